#include "ui/window/about_text.h"

#include "ui/panels/run_summary.h"
#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QMessageBox>
#include <QStringList>

namespace loopscope {

namespace {

struct AboutWords {
    Q_DECLARE_TR_FUNCTIONS(loopscope::AboutText)
};

QString memoryText(const Trace &trace)
{
    const QString taken = formatBytes(trace.byteSize());
    if (trace.memoryLimit() == SIZE_MAX)
        return AboutWords::tr("Memory of the recording: %1").arg(taken);
    return AboutWords::tr("Memory of the recording: %1 of at most %2").arg(taken, formatBytes(trace.memoryLimit()));
}

QString aboutImportText(const Trace &trace)
{
    const RunInfo &info = trace.info();
    QStringList lines{shownText(info.title), QString(), statusLine(trace), QString()};
    lines.append(AboutWords::tr("Format: %1").arg(shownText(info.importedFrom)));
    lines.append(AboutWords::tr("Instants: %1").arg(formatCount(trace.imported().instants().size())));
    lines.append(AboutWords::tr("Flows: %1").arg(formatCount(trace.imported().flows().size())));
    lines.append(memoryText(trace));
    lines.append(AboutWords::tr("A slice takes %1 bytes, summaries and room for more included").arg(trace.bytesASpan(), 0, 'f', 1));
    for (const std::string &note : info.notes)
        lines.append(shownText(note));
    lines.append(QString());
    lines.append(info.problems.empty() ? AboutWords::tr("Nothing was left out or mended.")
                                       : AboutWords::tr("What was left out or mended:"));
    for (const ImportProblem &problem : info.problems)
        lines.append(problemText(problem));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

QString aboutRunText(const Trace &trace)
{
    const RunInfo &info = trace.info();
    if (!trace.hasLoop())
        return aboutImportText(trace);
    const QDateTime started = QDateTime::fromMSecsSinceEpoch(info.startedUnixNs / nanosecondsPerMillisecond);
    QStringList lines;
    lines.append(QString::fromStdString(info.title));
    lines.append(QString());
    lines.append(statusLine(trace));
    lines.append(QString());
    lines.append(AboutWords::tr("Started: %1").arg(QLocale().toString(started, QLocale::ShortFormat)));
    lines.append(AboutWords::tr("Workers: %1").arg(info.workers));
    lines.append(AboutWords::tr("Files read at the same time, at most: %1").arg(info.inFlight));
    lines.append(AboutWords::tr("Stall threshold: %1").arg(formatDuration(info.stallThreshold)));
    lines.append(AboutWords::tr("Events dropped: %1").arg(formatCount(info.droppedEvents)));
    lines.append(memoryText(trace));
    lines.append(AboutWords::tr("A span takes %1 bytes, summaries and room for more included").arg(trace.bytesASpan(), 0, 'f', 1));
    lines.append(AboutWords::tr("Spans and wakes not kept: %1").arg(formatCount(info.spansNotKept)));
    if (info.finished) {
        lines.append(AboutWords::tr("CPU time of the process: %1").arg(formatDuration(info.cpu)));
        lines.append(AboutWords::tr("Memory of the process, at most: %1").arg(formatBytes(info.peakRssBytes)));
    }
    if (!info.skipped.empty())
        lines.append(AboutWords::tr("Skipped in folders: %1").arg(skippedText(info)));
    for (const std::string &note : info.notes)
        lines.append(QString::fromStdString(note));
    return lines.join(QLatin1Char('\n'));
}

QString aboutProgramText()
{
    return AboutWords::tr(
               "Loopscope %1\n\nAn oscilloscope for event loops: it runs real coroutines and blocking jobs, and shows what every task was "
               "doing at every instant, and why it was not running.\n\nMIT licence.")
        .arg(QCoreApplication::applicationVersion());
}

void showText(QWidget *parent, const QString &title, const QString &text)
{
    const QString name = QStringLiteral("text: ") + title;
    auto *box = parent->findChild<QMessageBox *>(name, Qt::FindDirectChildrenOnly);
    if (!box) {
        box = new QMessageBox(QMessageBox::NoIcon, title, {}, QMessageBox::Close, parent);
        box->setObjectName(name);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->setTextFormat(Qt::PlainText);
        box->setModal(false);
    }
    box->setText(text);
    box->show();
    box->raise();
    box->activateWindow();
}

} // namespace loopscope
