#include "ui/window/opening_commands.h"

#include "core/formats/trace_registry.h"
#include "core/workload/byte_text.h"
#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"
#include "ui/window/foreign_paths.h"
#include "ui/window/message_bar.h"
#include "ui/window/open_offer.h"
#include "ui/window/problem_text.h"
#include "ui/window/run_controller.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QMenu>

#include <algorithm>

namespace loopscope {

namespace {

constexpr auto recentPathsKey = "recentPaths";
constexpr auto recentTracesKey = "recentTraces";

/// What is remembered must not depend on where the program was started.
std::string absolutePath(const std::string &rawPath)
{
    return rawPath.starts_with('/') ? rawPath : QFile::encodeName(QDir::currentPath()).toStdString() + '/' + rawPath;
}

std::vector<std::string> bytesOf(const QStringList &paths)
{
    std::vector<std::string> result;
    std::ranges::transform(paths, std::back_inserter(result), pathToBytes);
    return result;
}

constexpr int longestName = 60; // in average characters

/// A name may be as long as a file system lets it be, and hold ampersands; the tool tip has all of it.
QAction *addEntry(QMenu &menu, const RecentPaths::Entry &entry)
{
    const QFontMetrics metrics = menu.fontMetrics();
    const QString name = metrics.elidedText(RecentPaths::title(entry), Qt::ElideMiddle, longestName * metrics.averageCharWidth());
    QAction *action = menu.addAction(QString(name).replace(QLatin1Char('&'), QLatin1String("&&")));
    action->setToolTip(toolTipText(RecentPaths::lines(entry)));
    return action;
}

} // namespace

OpeningCommands::OpeningCommands(QWidget &window, RunController &controller, MessageBar &messages, OpenOffer &offer, QSettings &settings)
    : QObject(&window)
    , window_(window)
    , controller_(controller)
    , messages_(messages)
    , recentPaths_(settings, recentPathsKey)
    , recentTraces_(settings, recentTracesKey)
    , opener_(loopscope::openTrace)
{
    connectAll(offer);
}

void OpeningCommands::connectAll(OpenOffer &offer)
{
    connect(&controller_, &RunController::choiceNeeded, &offer, &OpenOffer::offer);
    connect(&controller_, &RunController::tracesFound, this, [this](const std::vector<std::string> &paths) {
        for (const std::string &path : paths)
            openTrace(path);
    });
    connect(&controller_, &RunController::reads, this, [this](const std::vector<std::string> &paths) {
        recentPaths_.add(paths);
        Q_EMIT recentChanged();
    });
    connect(&controller_, &RunController::scenarioOpened, this,
            [this](const std::shared_ptr<const Scenario> & /*scenario*/, const std::string &path) { rememberTrace(path); });
    connect(&offer, &OpenOffer::openWanted, this, [this](const std::vector<std::string> &paths) { openPaths(paths, PathIntent::Open); });
    connect(&offer, &OpenOffer::readWanted, this, [this](const std::vector<std::string> &paths) { openPaths(paths, PathIntent::Read); });
    connect(&opener_, &TraceOpener::progressed, this, [this](const std::string &path, quint64 read, quint64 all) {
        messages_.showProgress(Activity::Opening,
                               tr("Opening %1: %2 of %3").arg(RecentPaths::title({path}), formatBytes(read), formatBytes(all)));
    });
    connect(&opener_, &TraceOpener::begins, this, &OpeningCommands::showInstead);
    connect(&opener_, &TraceOpener::previewed, this, &OpeningCommands::showPreview);
    connect(&opener_, &TraceOpener::opened, this, [this](const std::shared_ptr<const OpenedFile> &file) { take(*file); });
    connect(&messages_, &MessageBar::cancelled, this, [this](Activity activity) {
        if (activity == Activity::Opening)
            opener_.cancel();
    });
}

void OpeningCommands::openPaths(const std::vector<std::string> &rawPaths, PathIntent intent)
{
    std::vector<std::string> paths;
    std::ranges::transform(rawPaths, std::back_inserter(paths), absolutePath);
    controller_.open(std::move(paths), intent);
}

void OpeningCommands::openTrace(const std::string &rawPath)
{
    const std::string path = absolutePath(rawPath);
    if (opener_.isOpening(path) || (show_ && show_(realPathOf(path))))
        return;
    messages_.showProgress(Activity::Opening, tr("Opening %1").arg(RecentPaths::title({path})));
    opener_.open(path);
}

void OpeningCommands::openLeftBehind(const std::string &journal)
{
    leftBehind_.insert(journal);
    openTrace(journal);
}

void OpeningCommands::giveUp(const TraceDocument &document)
{
    const auto preview = std::ranges::find_if(previews_, [&document](const auto &each) { return each.second.get() == &document; });
    if (preview == previews_.end())
        return;
    giveUp(std::string(preview->first));
}

void OpeningCommands::giveUp(const std::string &path)
{
    opener_.giveUp(path);
    previews_.erase(path);
    leftBehind_.erase(path);
    if (!opener_.isBusy())
        messages_.dismissProgress(Activity::Opening);
}

// Another path may have led to the same file.
void OpeningCommands::showInstead(const TraceFile &file)
{
    if (show_ && show_(file.realPath))
        giveUp(file.path);
}

void OpeningCommands::showPreview(const TraceFile &file, const std::shared_ptr<const Trace> &trace)
{
    std::shared_ptr<TraceDocument> &document = previews_[file.path];
    if (document) {
        document->replaceTrace(trace, *document->marks());
        return;
    }
    document = std::make_shared<TraceDocument>(trace, file);
    Q_EMIT documentOpened(document);
}

void OpeningCommands::take(const OpenedFile &file)
{
    if (!opener_.isBusy())
        messages_.dismissProgress(Activity::Opening);
    const auto preview = previews_.extract(file.file.path);
    const bool isLeftBehind = leftBehind_.erase(file.file.path) > 0;
    if (file.kind == TraceFileKind::Scenario) {
        controller_.open({file.file.path}, PathIntent::Open);
        return;
    }
    if (file.kind == TraceFileKind::Comparison) {
        rememberTrace(file.file.path);
        Q_EMIT comparisonChosen(file.file.path);
        return;
    }
    if (!file.result) {
        if (preview)
            Q_EMIT documentGivenUp(preview.mapped());
        tellFailure(file.file.path, file.result.error());
        return;
    }
    const OpenedTrace &opened = *file.result;
    if (isLeftBehind) {
        const auto run = std::make_shared<TraceDocument>(opened.trace, RunRequest());
        run->replaceTrace(opened.trace, opened.marks);
        Q_EMIT documentOpened(run);
        Q_EMIT leftBehindOpened(run, file.file.path);
        return;
    }
    const auto document = preview ? preview.mapped() : std::make_shared<TraceDocument>(opened.trace, file.file);
    document->completeTrace(opened.trace, opened.marks);
    if (!preview)
        Q_EMIT documentOpened(document);
    rememberTrace(file.file.path);
    tellProblems(*document);
}

void OpeningCommands::tellProblems(const TraceDocument &document)
{
    const QString text = problemSentence(document.trace()->info());
    if (!text.isEmpty())
        messages_.inform(tr("%1: %2").arg(document.name(), text));
}

void OpeningCommands::tellFailure(const std::string &path, const OpeningFailure &failure)
{
    const QString name = shownText(path);
    if (failure.isCancelled)
        messages_.inform(tr("%1 is not opened: it was cancelled.").arg(name));
    else
        messages_.warn(tr("%1 cannot be opened: %2.").arg(name, QString::fromStdString(failure.what)));
}

void OpeningCommands::rememberTrace(const std::string &path)
{
    recentTraces_.add({path});
    Q_EMIT recentChanged();
}

void OpeningCommands::chooseTraces()
{
    const QString filter = tr("Traces and scenarios (*.loopscope *.loopcompare *.json *.json.gz *.gz);;All files (*)");
    const QStringList chosen = QFileDialog::getOpenFileNames(&window_, tr("Open trace or scenario"), {}, filter);
    window_.activateWindow(); // without a window manager nobody else gives the keyboard back
    for (const std::string &path : bytesOf(chosen))
        openTrace(path);
}

void OpeningCommands::chooseFiles()
{
    openPaths(bytesOf(QFileDialog::getOpenFileNames(&window_, tr("Read files"))), PathIntent::Ask);
}

void OpeningCommands::chooseFolder()
{
    const QString chosen = QFileDialog::getExistingDirectory(&window_, tr("Read a folder"));
    if (!chosen.isEmpty())
        openPaths({pathToBytes(chosen)}, PathIntent::Ask);
}

void OpeningCommands::paste()
{
    const ForeignPaths pasted = pastedPaths(*QApplication::clipboard()->mimeData());
    openPaths(pasted.paths, PathIntent::Ask);
    if (!pasted.refusals.empty())
        messages_.warn(describeRefusals(pasted.refusals));
    else if (pasted.paths.empty())
        messages_.inform(tr("The clipboard holds no files and no absolute paths."));
}

void OpeningCommands::openRecent(const RecentPaths::Entry &entry, bool isTrace)
{
    if (isTrace)
        openTrace(entry.front());
    else
        openPaths(entry, PathIntent::Read);
}

void OpeningCommands::fillRecentMenu(QMenu &menu)
{
    menu.clear();
    menu.setToolTipsVisible(true);
    const auto addAll = [this, &menu](const QString &title, const RecentPaths &recent, bool isTrace) {
        if (!recent.entries().empty())
            menu.addSection(title);
        for (const RecentPaths::Entry &entry : recent.entries())
            connect(addEntry(menu, entry), &QAction::triggered, this, [this, entry, isTrace] { openRecent(entry, isTrace); });
    };
    addAll(tr("Opened"), recentTraces_, true);
    addAll(tr("Read"), recentPaths_, false);
    menu.addSeparator();
    QAction *forget = menu.addAction(tr("&Forget these"));
    forget->setEnabled(!recentPaths_.entries().empty() || !recentTraces_.entries().empty());
    connect(forget, &QAction::triggered, this, [this] {
        recentPaths_.clear();
        recentTraces_.clear();
        Q_EMIT recentChanged();
    });
}

} // namespace loopscope
