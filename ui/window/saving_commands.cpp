#include "ui/window/saving_commands.h"

#include "core/formats/output_file.h"
#include "core/formats/own/own_file_writer.h"
#include "core/formats/run_report.h"
#include "core/formats/trace_registry.h"
#include "core/workload/byte_text.h"
#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"
#include "ui/window/message_bar.h"
#include "ui/window/suggested_name.h"

#include <QFile>
#include <QFileDialog>

#include <array>
#include <utility>

namespace loopscope {

namespace {

struct Output {
    TraceOutput output;
    const char *title;  ///< of the dialog
    const char *filter; ///< as QFileDialog wants it
    const char *ending; ///< that a name gets if it has none of those of the filter
};

constexpr std::array outputs{
    Output{TraceOutput::OwnFile, QT_TRANSLATE_NOOP("loopscope::SavingCommands", "Save the trace"),
           QT_TRANSLATE_NOOP("loopscope::SavingCommands", "Loopscope traces (*.loopscope)"), ".loopscope"},
    Output{TraceOutput::ChromeJson, QT_TRANSLATE_NOOP("loopscope::SavingCommands", "Export as Chrome JSON"),
           QT_TRANSLATE_NOOP("loopscope::SavingCommands", "Chrome JSON (*.json *.json.gz)"), ".json"},
    Output{TraceOutput::Csv, QT_TRANSLATE_NOOP("loopscope::SavingCommands", "Export as CSV"),
           QT_TRANSLATE_NOOP("loopscope::SavingCommands", "Comma-separated values (*.csv)"), ".csv"},
    Output{TraceOutput::ReportJson, QT_TRANSLATE_NOOP("loopscope::SavingCommands", "Export the report as JSON"),
           QT_TRANSLATE_NOOP("loopscope::SavingCommands", "JSON (*.json)"), ".json"},
    Output{TraceOutput::ReportText, QT_TRANSLATE_NOOP("loopscope::SavingCommands", "Export the report as text"),
           QT_TRANSLATE_NOOP("loopscope::SavingCommands", "Text (*.txt)"), ".txt"},
};

const Output &outputOf(TraceOutput output)
{
    return outputs[static_cast<std::size_t>(output)];
}

/// The name as it was chosen, with an ending that says what is in the file.
QString withEnding(const QString &path, TraceOutput output)
{
    const bool isPacked = output == TraceOutput::ChromeJson && path.endsWith(QLatin1String(".json.gz"), Qt::CaseInsensitive);
    const QLatin1String ending(outputOf(output).ending);
    return isPacked || path.endsWith(ending, Qt::CaseInsensitive) ? path : path + ending;
}

TraceSaver::Result failure(const std::string &reason)
{
    return tl::unexpected(OpeningFailure{.what = reason, .isCancelled = false});
}

TraceSaver::Result writeReport(const Trace &trace, const std::string &path, bool isJson)
{
    auto file = OutputFile::create(path);
    if (!file)
        return failure(file.error());
    if (isJson)
        writeJsonReport(trace, file->stream());
    else
        file->stream() << textReport(trace);
    const auto written = file->commit();
    return written ? TraceSaver::Result() : failure(written.error());
}

} // namespace

SavingCommands::SavingCommands(QWidget &window, MessageBar &messages)
    : QObject(&window)
    , window_(window)
    , messages_(messages)
{
    connect(&saver_, &TraceSaver::progressed, this, [this](quint64 written, quint64 all) {
        showProgress(tr("%1 of %2").arg(formatBytes(written), formatBytes(std::max(written, all))));
    });
}

void SavingCommands::save(const std::shared_ptr<TraceDocument> &document, const Then &then)
{
    const TraceFile &file = document->file();
    if (!file.isOurFormat)
        saveAs(document, then);
    else if (!isKeptFrom(file.path, *document)) // a link may lead elsewhere by now
        saveTo(file.path, document, then);
    else if (then)
        then(false);
}

void SavingCommands::saveAs(const std::shared_ptr<TraceDocument> &document, const Then &then)
{
    askWhere(document, TraceOutput::OwnFile, [this, document, then](const std::string &path) {
        if (!path.empty())
            saveTo(path, document, then);
        else if (then)
            then(false);
    });
}

void SavingCommands::saveTo(const std::string &path, const std::shared_ptr<TraceDocument> &document, const Then &then)
{
    const std::uint64_t edits = document->edits();
    const auto write = [trace = document->trace(), marks = *document->marks(), path](const OpeningObserver &observer) {
        return saveOwnFile(*trace, marks, path, observer);
    };
    start(path, write, [this, document, edits, path, then](bool isSaved) {
        if (isSaved) {
            document->noteSaved({path, true, realPathOf(path)}, edits);
            messages_.inform(tr("Saved as %1.").arg(shownText(path)));
            Q_EMIT saved(path);
        }
        if (then)
            then(isSaved);
    });
}

void SavingCommands::write(const std::shared_ptr<TraceDocument> &document, TraceOutput output)
{
    askWhere(document, output, [this, document, output](const std::string &path) {
        if (path.empty())
            return;
        const auto write = [trace = document->trace(), marks = *document->marks(), path, output](const OpeningObserver &observer) {
            const bool isReport = output == TraceOutput::ReportJson || output == TraceOutput::ReportText;
            return isReport ? writeReport(*trace, path, output == TraceOutput::ReportJson) : exportTrace(*trace, marks, path, observer);
        };
        start(path, write, [this, path](bool isWritten) {
            if (isWritten)
                messages_.inform(tr("Exported to %1.").arg(shownText(path)));
        });
    });
}

// The dialog does not block: what goes on meanwhile goes on.
void SavingCommands::askWhere(const std::shared_ptr<TraceDocument> &document, TraceOutput output,
                              const std::function<void(std::string)> &then)
{
    const Output &kind = outputOf(output);
    const std::string &path = document->file().path;
    const QString folder = path.empty() ? QString() : QFile::decodeName(path.substr(0, path.find_last_of('/') + 1).c_str());
    const QString title =
        document->name().isEmpty() ? QString::fromStdString(document->trace()->info().title) : withoutFormatEnding(document->name());
    auto *dialog = new QFileDialog(&window_, tr(kind.title), folder, tr(kind.filter));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(withEnding(suggestedName(title), output));
    const auto isChosen = std::make_shared<bool>(false);
    connect(dialog, &QFileDialog::fileSelected, this, [this, document, output, isChosen, then](const QString &chosen) {
        *isChosen = true;
        then(pathToWrite(*document, output, chosen));
    });
    connect(dialog, &QDialog::finished, this, [this, isChosen, then] {
        window_.activateWindow(); // without a window manager nobody else gives the keyboard back
        if (!*isChosen)
            then({});
    });
    dialog->open();
}

std::string SavingCommands::pathToWrite(const TraceDocument &document, TraceOutput output, const QString &chosen)
{
    const QString file = withEnding(chosen, output);
    if (isKeptFrom(pathToBytes(file), document))
        return {};
    if (file == chosen || !QFile::exists(file))
        return pathToBytes(file);
    // Nobody was asked whether that may be replaced.
    messages_.warn(tr("%1 is there already, and is left as it is. To replace it, choose it by its whole name.").arg(file));
    return {};
}

bool SavingCommands::isKeptFrom(const std::string &path, const TraceDocument &document)
{
    if (!isTaken_ || !isTaken_(realPathOf(path), document))
        return false;
    messages_.warn(tr("%1 is open in another tab, and is left as it is. Close that first, or choose another name.").arg(shownText(path)));
    return true;
}

void SavingCommands::start(const std::string &path, TraceSaver::Write write, const Then &then)
{
    if (saver_.isBusy()) {
        messages_.warn(tr("%1 is still being written. Try again when it is done.").arg(shownText(path_)));
        then(false);
        return;
    }
    path_ = path;
    saver_.start(std::move(write), [this, then](const TraceSaver::Result &result) {
        messages_.dismissProgress(Activity::Saving);
        const auto close = std::exchange(close_, nullptr);
        if (!result)
            tellFailure(result.error());
        then(result.has_value());
        if (result && close)
            close();
    });
}

void SavingCommands::closeWhenWritten(const std::function<void()> &close)
{
    close_ = close;
    showProgress({});
}

void SavingCommands::showProgress(const QString &howFar)
{
    const QString what = howFar.isEmpty() ? tr("Writing %1.").arg(shownText(path_)) : tr("Writing %1: %2.").arg(shownText(path_), howFar);
    messages_.showProgress(Activity::Saving, close_ ? tr("%1 The window closes when it is done.").arg(what) : what);
}

void SavingCommands::tellFailure(const OpeningFailure &failure)
{
    if (failure.isCancelled)
        messages_.inform(tr("%1 is not written: it was cancelled.").arg(shownText(path_)));
    else
        messages_.warn(tr("%1 could not be written: %2. Nothing is lost here; it can be saved elsewhere.")
                           .arg(shownText(path_), QString::fromStdString(failure.what)));
}

} // namespace loopscope
