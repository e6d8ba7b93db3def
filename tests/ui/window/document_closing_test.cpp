// The main window when documents go: tabs and the window are closed, runs take the place of others, and something still goes on.

#include "core/formats/own/own_file_reader.h"
#include "tests/support/document_window.h"
#include "tests/support/sample_trace.h"
#include "tests/support/small_disk.h"
#include "ui/window/autosave.h"
#include "ui/window/choice_bar.h"
#include "ui/window/document_tabs.h"
#include "ui/window/message_bar.h"
#include "ui/window/scenario_bar.h"
#include "ui/window/start_page.h"
#include "ui/window/trace_page.h"

#include <QDir>
#include <QFile>
#include <QPushButton>
#include <QTest>

using namespace loopscope;
using namespace loopscope::test;

namespace {

constexpr auto chromeTrace = R"({"traceEvents": [{"ph": "X", "name": "work", "ts": 1, "dur": 2000, "pid": 1, "tid": 1}]})";

} // namespace

class DocumentClosingTest : public QObject, private test::DocumentWindow {
    Q_OBJECT

private Q_SLOTS:
    void init() { openWindow(); }
    void cleanup() { deleteWindow(); }
    void waitsForWhatIsWrittenBeforeItCloses();
    void staysOpenIfWhatIsWrittenFails();
    void staysOpenIfWritingIsCancelled();
    void keepsWhatWasLeftBehindAmongTheRecentRuns();
    void savesAnOpeningDocumentWithoutStoppingTheRun();
    void givesUpAnOpeningWhoseTabIsClosed();
    void answersEverybodyWhoAsksMeanwhile();
    void leavesAReopenedRunInItsTab();
    void opensNoScenarioWhoseRunIsNotWanted();
    void staysUnsavedWhereNothingCanBeWritten_data();
    void staysUnsavedWhereNothingCanBeWritten();
};

void DocumentClosingTest::waitsForWhatIsWrittenBeforeItCloses()
{
    readOneFile("alpha");
    const std::string path = scratch_->path("late.loopscope");
    beginToSave(path);
    QVERIFY(!window_->close());
    QVERIFY(!question());
    QVERIFY2(told().contains(QStringLiteral("The window closes when it is done")), qPrintable(told()));
    QTRY_VERIFY_WITH_TIMEOUT(!window_->isVisible(), watchdogMs);
    QVERIFY(openOwnFile(path, {}));
}

void DocumentClosingTest::staysOpenIfWhatIsWrittenFails()
{
    readOneFile("alpha");
    beginToSave(scratch_->makeFolder("folder.loopscope"));
    QVERIFY(!window_->close());
    QTRY_VERIFY_WITH_TIMEOUT(told().contains(QStringLiteral("could not be written")), watchdogMs);
    QVERIFY(window_->isVisible());
    beginToSave(scratch_->path("second.loopscope")); // which closes nothing
    QTRY_VERIFY_WITH_TIMEOUT(told().contains(QStringLiteral("Saved as")), watchdogMs);
    QVERIFY(window_->isVisible());
}

void DocumentClosingTest::staysOpenIfWritingIsCancelled()
{
    const std::string path = writeBigTrace("big.json");
    window_->openTraceFile(path);
    QTRY_VERIFY_WITH_TIMEOUT(currentPage() && currentPage()->document()->trace()->info().finished, watchdogMs);
    beginToSave(scratch_->path("copy.loopscope"));
    QVERIFY(!window_->close());
    Q_EMIT window_->messages().cancelled(Activity::Saving);
    QTRY_VERIFY_WITH_TIMEOUT(told().contains(QStringLiteral("it was cancelled")), watchdogMs);
    QVERIFY(window_->isVisible());
    QVERIFY(!QFile::exists(text(scratch_->path("copy.loopscope"))));
    QVERIFY(window_->close()); // nothing holds it any more
}

void DocumentClosingTest::keepsWhatWasLeftBehindAmongTheRecentRuns()
{
    {
        Autosave autosave(folder_->filePath(QStringLiteral("journals")));
        const auto trace = test::liveTrace();
        const auto run = std::make_shared<TraceDocument>(trace, RunRequest());
        autosave.begin(run);
        trace->changeInfo([](RunInfo &info) { info.finished = true; });
        autosave.keepUp();
    }
    openWindow();
    for (auto *bar : window_->findChildren<ChoiceBar *>()) {
        if (bar->isVisible())
            bar->findChild<QPushButton *>()->click();
    }
    QTRY_VERIFY_WITH_TIMEOUT(currentPage(), watchdogMs);
    const auto run = currentPage()->document();
    trigger(Qt::Key_W);
    QTRY_VERIFY_WITH_TIMEOUT(question(), watchdogMs);
    QVERIFY(question()->informativeText().contains(QStringLiteral("Recent runs")));
    answer(QMessageBox::Discard);
    QTRY_VERIFY_WITH_TIMEOUT(!currentPage(), watchdogMs);
    QCOMPARE(window_->controller().recentRuns().size(), 1U);
    QCOMPARE(window_->controller().recentRuns().at(0), run);
}

void DocumentClosingTest::savesAnOpeningDocumentWithoutStoppingTheRun()
{
    startAnHour();
    window_->openTraceFile(writeBigTrace("big.json"));
    QTRY_VERIFY_WITH_TIMEOUT(title().startsWith(QStringLiteral("big.json")), watchdogMs);
    currentPage()->document()->noteEdit();
    trigger(Qt::Key_W);
    answer(QMessageBox::Save);
    choosePath(scratch_->path("big.loopscope"));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(text(scratch_->path("big.loopscope"))), watchdogMs);
    QVERIFY(window_->controller().isRunning());
    QVERIFY(!window_->controller().isStopping());
    QTRY_COMPARE_WITH_TIMEOUT(window_->findChild<DocumentTabs *>()->pages().size(), 1U, watchdogMs);
    const auto saved = openOwnFile(scratch_->path("big.loopscope"), {});
    QVERIFY(saved);
    QCOMPARE(saved->trace->spanCount(), std::size_t(400'001));
}

void DocumentClosingTest::givesUpAnOpeningWhoseTabIsClosed()
{
    const std::string path = writeBigTrace("big.json");
    for (int time = 0; time < 2; ++time) { // it can be opened again at once
        window_->openTraceFile(path);
        QTRY_VERIFY_WITH_TIMEOUT(currentPage(), watchdogMs);
        trigger(Qt::Key_W);
        QVERIFY(!currentPage());
        QVERIFY2(!told().contains(QStringLiteral("Opening")), qPrintable(told()));
    }
    window_->openTraceFile(path);
    QTRY_VERIFY_WITH_TIMEOUT(currentPage() && currentPage()->document()->trace()->info().finished, watchdogMs);
    QCOMPARE(window_->findChild<DocumentTabs *>()->pages().size(), 1U);
}

// While a question is open, a run wants to begin, and the window to close.
void DocumentClosingTest::answersEverybodyWhoAsksMeanwhile()
{
    window_->openTraceFile(scratch_->write("others.json", chromeTrace));
    QTRY_VERIFY_WITH_TIMEOUT(currentPage(), watchdogMs);
    currentPage()->document()->noteEdit();
    const auto others = currentPage()->document();
    readOneFile("alpha");
    const auto run = currentPage()->document();
    trigger(Qt::Key_W);
    QTRY_VERIFY_WITH_TIMEOUT(question(), watchdogMs);
    QVERIFY(!window_->close());
    answer(QMessageBox::Discard); // of the run, and not asked for again
    QTRY_VERIFY_WITH_TIMEOUT(question() && question()->text().contains(QStringLiteral("others.json")), watchdogMs);
    QVERIFY(window_->isVisible());
    answer(QMessageBox::Cancel);
    QTest::qWait(0);
    QVERIFY(window_->isVisible());
    QCOMPARE(currentPage()->document(), others);
    QVERIFY(!window_->close());
    answer(QMessageBox::Discard);
    QTRY_VERIFY_WITH_TIMEOUT(!window_->isVisible(), watchdogMs);
}

void DocumentClosingTest::leavesAReopenedRunInItsTab()
{
    readOneFile("alpha");
    const auto first = currentPage()->document();
    trigger(Qt::Key_W);
    answer(QMessageBox::Discard);
    QTRY_VERIFY_WITH_TIMEOUT(window_->findChild<StartPage *>()->isVisible(), watchdogMs);
    Q_EMIT window_->findChild<StartPage *>()->recentRunClicked(0);
    QCOMPARE(currentPage()->document(), first);
    window_->openPaths({scratch_->write("beta", "22"), scratch_->write("gamma", "333")});
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("Untitled[*] – 2 files read – Loopscope"), watchdogMs);
    QVERIFY(window_->findChild<DocumentTabs *>()->pageOf(first.get()));
}

void DocumentClosingTest::opensNoScenarioWhoseRunIsNotWanted()
{
    readOneFile("alpha");
    auto *bar = window_->findChild<ScenarioBar *>();
    trigger(Qt::Key_1);
    answer(QMessageBox::Cancel);
    QTRY_VERIFY_WITH_TIMEOUT(!question(), watchdogMs);
    QVERIFY(!bar->scenario());
    QCOMPARE(title(), QStringLiteral("Untitled[*] – 1 file read – Loopscope"));
    trigger(Qt::Key_1);
    answer(QMessageBox::Discard);
    QTRY_VERIFY_WITH_TIMEOUT(bar->scenario(), watchdogMs);
    QCOMPARE(window_->controller().document()->request().scenario, bar->scenario());
}

void DocumentClosingTest::staysUnsavedWhereNothingCanBeWritten_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("reason");
    QTest::newRow("a full disk") << QStringLiteral("%1/out/full.loopscope") << QStringLiteral("File too large");
    QTest::newRow("a folder that takes no files") << QStringLiteral("/sys/t.loopscope") << QString();
    QTest::newRow("a folder that is gone") << QStringLiteral("%1/gone/t.loopscope") << QStringLiteral("No such file or directory");
}

void DocumentClosingTest::staysUnsavedWhereNothingCanBeWritten()
{
    QFETCH(QString, path);
    QFETCH(QString, reason);
    path.replace(QLatin1String("%1"), text(scratch_->path()));
    readOneFile("alpha");
    const std::string out = scratch_->makeFolder("out");
    {
        const SmallDisk full(16);
        beginToSave(path.toStdString());
        QTRY_VERIFY_WITH_TIMEOUT(told().contains(QStringLiteral("could not be written")), watchdogMs);
    }
    QVERIFY2(told().contains(path) && told().contains(reason), qPrintable(told()));
    QVERIFY(!told().contains(QStringLiteral("Writing"))); // nothing goes on
    QVERIFY(currentPage()->document()->isUnsaved() && window_->isWindowModified());
    QVERIFY(QDir(text(out)).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)); // nothing is left behind
    beginToSave(scratch_->path("out/elsewhere.loopscope"));
    QTRY_VERIFY_WITH_TIMEOUT(!window_->isWindowModified(), watchdogMs);
    QVERIFY(openOwnFile(scratch_->path("out/elsewhere.loopscope"), {}));
}

QTEST_MAIN(DocumentClosingTest)
#include "document_closing_test.moc"
