// The main window with documents: opened, saved, thrown away, side by side.

#include "core/formats/own/own_file_reader.h"
#include "tests/support/document_window.h"
#include "ui/timeline/timeline_view.h"
#include "ui/window/document_tabs.h"
#include "ui/window/marks_dialog.h"
#include "ui/window/message_bar.h"
#include "ui/window/open_offer.h"
#include "ui/window/scenario_bar.h"
#include "ui/window/start_page.h"
#include "ui/window/trace_page.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QFileDialog>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QTabBar>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace loopscope;
using namespace loopscope::test;

namespace {

constexpr auto chromeTrace = R"({"traceEvents": [{"ph": "X", "name": "work", "ts": 1, "dur": 2000, "pid": 1, "tid": 1},
    {"name": "no phase", "ts": 1, "pid": 1, "tid": 1}]})";

} // namespace

class DocumentWindowTest : public QObject, private test::DocumentWindow {
    Q_OBJECT

private Q_SLOTS:
    void init() { openWindow(); }
    void cleanup() { deleteWindow(); }
    void savesARunAndOpensItAgain();
    void opensATraceOfOthersAndTellsItsProblems();
    void saysWhyATraceCannotBeOpened_data();
    void saysWhyATraceCannotBeOpened();
    void offersToOpenWhatIsRecognised();
    void readsARecognisedFileIfThatIsWanted();
    void asksBeforeARunIsThrownAway();
    void asksBeforeARunTakesThePlaceOfAnother();
    void savesBeforeItCloses();
    void doesNotAskIfItShallNot();
    void keepsWhatWasThereIfSavingFails();
    void showsTracesSideBySide();
    void goesThroughTabsByKeys();
    void exportsWhatTheMenuSays();
    void savesNothingWhileTheRunGoesOn();
    void opensAFileOnceByWhicheverPath();
    void doesNotSaveOverWhatAnotherTabShows();
    void closesTheMarksWithTheirTab();
    void tellsWhereRecentFilesAre();
};

void DocumentWindowTest::savesARunAndOpensItAgain()
{
    readOneFile("alpha");
    trigger(Qt::Key_S);
    const std::string path = scratch_->path("mine.loopscope");
    choosePath(path);
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("mine.loopscope[*] – 1 file read – Loopscope"), watchdogMs);
    QVERIFY(!window_->isWindowModified());
    QVERIFY(told().contains(QStringLiteral("mine.loopscope")));
    QTest::keyClick(window_->findChild<TimelineView *>(), Qt::Key_M);
    QTRY_VERIFY_WITH_TIMEOUT(window_->isWindowModified(), watchdogMs);
    trigger(Qt::Key_S); // where it is kept already
    QTRY_VERIFY_WITH_TIMEOUT(!window_->isWindowModified(), watchdogMs);

    trigger(Qt::Key_W);
    QTRY_VERIFY_WITH_TIMEOUT(window_->findChild<StartPage *>()->isVisible(), watchdogMs);
    window_->openTraceFile(path);
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("mine.loopscope[*] – 1 file read – Loopscope"), watchdogMs);
    QVERIFY(!window_->isWindowModified());
    const TracePage *page = window_->findChild<DocumentTabs *>()->current();
    QCOMPARE(page->pictureScope().marks.size(), 1U);
    QCOMPARE(page->document()->trace()->tasks().size(), 1U);
    window_->openTraceFile(path); // it is open
    QCOMPARE(window_->findChild<DocumentTabs *>()->pages().size(), 1U);
}

void DocumentWindowTest::opensATraceOfOthersAndTellsItsProblems()
{
    window_->openTraceFile(scratch_->write("others.json", chromeTrace));
    QTRY_VERIFY_WITH_TIMEOUT(title().startsWith(QStringLiteral("others.json[*] – 1 thread")), watchdogMs);
    QVERIFY2(told().contains(QStringLiteral("others.json: 1 event could not be used")), qPrintable(told()));
    // What others wrote is not written over: saving asks where to.
    trigger(Qt::Key_S);
    choosePath(scratch_->path("copy.loopscope"));
    QTRY_VERIFY_WITH_TIMEOUT(title().startsWith(QStringLiteral("copy.loopscope[*] – 1 thread")), watchdogMs);
    QVERIFY(openOwnFile(scratch_->path("copy.loopscope"), {}));
}

void DocumentWindowTest::saysWhyATraceCannotBeOpened_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("reason");
    QTest::newRow("vanished") << QStringLiteral("gone") << QStringLiteral("No such file");
    QTest::newRow("FIFO") << QStringLiteral("fifo") << QStringLiteral("FIFO");
    QTest::newRow("folder") << QStringLiteral("folder") << QStringLiteral("folder");
    QTest::newRow("a picture") << QStringLiteral("png") << QStringLiteral("PNG");
    if (::geteuid() != 0) // to whom nothing is unreadable
        QTest::newRow("unreadable") << QStringLiteral("locked") << QStringLiteral("Permission denied");
    QTest::newRow("damaged") << QStringLiteral("damaged") << QStringLiteral("damaged");
}

void DocumentWindowTest::saysWhyATraceCannotBeOpened()
{
    QFETCH(QString, kind);
    QFETCH(QString, reason);
    const std::string path = scratch_->path(kind.toStdString());
    if (kind == QLatin1String("fifo"))
        QCOMPARE(::mkfifo(path.c_str(), 0600), 0);
    if (kind == QLatin1String("folder"))
        scratch_->makeFolder("folder");
    if (kind == QLatin1String("png"))
        scratch_->write("png", std::string("\x89PNG\r\n\x1a\n") + std::string(100, 'x'));
    if (kind == QLatin1String("damaged"))
        scratch_->write("damaged", R"({"traceEvents": 3})");
    if (kind == QLatin1String("locked")) {
        scratch_->write("locked", chromeTrace);
        QCOMPARE(::chmod(path.c_str(), 0), 0);
    }
    window_->openTraceFile(path);
    QTRY_VERIFY_WITH_TIMEOUT(told().contains(QStringLiteral("cannot be opened")), watchdogMs);
    QVERIFY2(told().contains(text(path)), qPrintable(told()));
    if (kind != QLatin1String("damaged"))
        QVERIFY2(told().contains(reason, Qt::CaseInsensitive), qPrintable(told()));
    QVERIFY(window_->findChild<StartPage *>()->isVisible());
}

void DocumentWindowTest::offersToOpenWhatIsRecognised()
{
    QApplication::clipboard()->setText(text(scratch_->write("others.json", chromeTrace)) + QLatin1Char('\n')
                                       + text(scratch_->write("plain", "1")));
    trigger(Qt::Key_V);
    auto *offer = window_->findChild<OpenOffer *>();
    QTRY_VERIFY_WITH_TIMEOUT(offer->isVisible(), watchdogMs);
    QCOMPARE(offer->offered(), std::vector<std::string>{scratch_->path("others.json")});
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("Untitled[*] – 1 file read – Loopscope"), watchdogMs); // the plain one
    offer->findChild<QPushButton *>()->click();
    QTRY_VERIFY_WITH_TIMEOUT(title().startsWith(QStringLiteral("others.json[*] – 1 thread")), watchdogMs);
    QCOMPARE(window_->findChild<DocumentTabs *>()->pages().size(), 2U);
}

void DocumentWindowTest::readsARecognisedFileIfThatIsWanted()
{
    QApplication::clipboard()->setText(text(scratch_->write("others.json", chromeTrace)));
    trigger(Qt::Key_V);
    auto *offer = window_->findChild<OpenOffer *>();
    QTRY_VERIFY_WITH_TIMEOUT(offer->isVisible(), watchdogMs);
    offer->findChildren<QPushButton *>().at(1)->click();
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("Untitled[*] – 1 file read – Loopscope"), watchdogMs);
}

void DocumentWindowTest::asksBeforeARunIsThrownAway()
{
    readOneFile("alpha");
    QVERIFY(!window_->close());
    answer(QMessageBox::Cancel);
    QVERIFY(window_->isVisible());
    trigger(Qt::Key_W);
    answer(QMessageBox::Cancel);
    QCOMPARE(title(), QStringLiteral("Untitled[*] – 1 file read – Loopscope"));
    trigger(Qt::Key_W);
    answer(QMessageBox::Discard);
    QTRY_VERIFY_WITH_TIMEOUT(window_->findChild<StartPage *>()->isVisible(), watchdogMs);
    QVERIFY(window_->close());
}

void DocumentWindowTest::asksBeforeARunTakesThePlaceOfAnother()
{
    readOneFile("alpha");
    const auto first = window_->controller().document();
    window_->openPaths({scratch_->write("beta", "22"), scratch_->write("gamma", "333")});
    answer(QMessageBox::Cancel);
    QCOMPARE(window_->controller().document(), first);
    window_->openPaths({scratch_->path("beta"), scratch_->path("gamma")});
    QTRY_VERIFY_WITH_TIMEOUT(question(), watchdogMs);
    question()->checkBox()->setChecked(true);
    answer(QMessageBox::Discard);
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("Untitled[*] – 2 files read – Loopscope"), watchdogMs);
    QVERIFY(!window_->controller().settings().asksBeforeLoss);
    QVERIFY(window_->close());
}

void DocumentWindowTest::savesBeforeItCloses()
{
    readOneFile("alpha");
    QVERIFY(!window_->close());
    answer(QMessageBox::Save);
    choosePath(scratch_->path("last")); // gets its ending
    QTRY_VERIFY_WITH_TIMEOUT(!window_->isVisible(), watchdogMs);
    const auto opened = openOwnFile(scratch_->path("last.loopscope"), {});
    QVERIFY(opened);
    QCOMPARE(opened->trace->tasks().size(), 1U);
}

void DocumentWindowTest::doesNotAskIfItShallNot()
{
    readOneFile("alpha");
    window_->closeUnasked();
    QVERIFY(!window_->isVisible());
}

void DocumentWindowTest::keepsWhatWasThereIfSavingFails()
{
    readOneFile("alpha");
    const std::string path = scratch_->makeFolder("folder.loopscope");
    trigger(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    auto *dialog = window_->findChild<QFileDialog *>();
    QVERIFY(dialog);
    Q_EMIT dialog->fileSelected(text(path)); // as if it had been made after the dialog looked
    dialog->close();
    QTRY_VERIFY_WITH_TIMEOUT(told().contains(QStringLiteral("could not be written")), watchdogMs);
    QVERIFY2(told().contains(QStringLiteral("folder")), qPrintable(told()));
}

void DocumentWindowTest::showsTracesSideBySide()
{
    auto *tabs = window_->findChild<DocumentTabs *>();
    auto *bar = tabs->findChild<QTabBar *>();
    window_->openTraceFile(scratch_->write("a.json", chromeTrace));
    QTRY_VERIFY_WITH_TIMEOUT(title().startsWith(QStringLiteral("a.json")), watchdogMs);
    QVERIFY(!bar->isVisible()); // one alone needs none
    window_->openTraceFile(scratch_->write("b.json", chromeTrace));
    QTRY_VERIFY_WITH_TIMEOUT(title().startsWith(QStringLiteral("b.json")), watchdogMs);
    QVERIFY(bar->isVisible());
    QCOMPARE(bar->tabText(0), QStringLiteral("a.json"));
    // Each has a view of its own.
    const auto pages = tabs->pages();
    const TimeRange whole = pages[0]->viewport().range();
    pages[1]->viewport().zoomAt(0, 4);
    QCOMPARE(pages[0]->viewport().range(), whole);
    // A run comes beside them, and the next one in its place.
    window_->openPaths({scratch_->write("alpha", "1")});
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("Untitled[*] – 1 file read – Loopscope"), watchdogMs);
    QCOMPARE(bar->count(), 3);
    window_->openPaths({scratch_->write("beta", "1"), scratch_->write("gamma", "1")});
    answer(QMessageBox::Discard);
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("Untitled[*] – 2 files read – Loopscope"), watchdogMs);
    QCOMPARE(bar->count(), 3);
    QTest::mouseClick(bar, Qt::MiddleButton, {}, bar->tabRect(0).center());
    QCOMPARE(bar->count(), 2);
    QCOMPARE(bar->tabText(0), QStringLiteral("b.json"));
}

void DocumentWindowTest::goesThroughTabsByKeys()
{
    for (const char *name : {"a.json", "b.json", "c.json"}) {
        window_->openTraceFile(scratch_->write(name, chromeTrace));
        QTRY_VERIFY_WITH_TIMEOUT(title().startsWith(QLatin1String(name)), watchdogMs);
    }
    trigger(Qt::Key_Tab);
    QVERIFY(title().startsWith(QStringLiteral("a.json")));
    trigger(Qt::Key_Backtab, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(title().startsWith(QStringLiteral("c.json")));
    trigger(Qt::Key_W);
    QVERIFY(title().startsWith(QStringLiteral("b.json")));
    trigger(Qt::Key_W);
    trigger(Qt::Key_W);
    QVERIFY(window_->findChild<StartPage *>()->isVisible());
    trigger(Qt::Key_W); // with no tab left, the window
    QVERIFY(!window_->isVisible());
}

void DocumentWindowTest::exportsWhatTheMenuSays()
{
    readOneFile("alpha");
    struct Wanted {
        const char *action;
        const char *file;
        const char *begin;
    };
    for (const Wanted &wanted : {Wanted{"&Chrome JSON…", "run.json", "{"}, Wanted{"C&SV…", "run.csv", "lane,kind,state"},
                                 Wanted{"Report as &JSON…", "report.json", "{"}, Wanted{"Report as &text…", "report.txt", "1 file"}}) {
        for (QAction *action : window_->actions()) {
            if (action->text() == QString::fromUtf8(wanted.action))
                action->trigger();
        }
        choosePath(scratch_->path(wanted.file));
        QTRY_VERIFY_WITH_TIMEOUT(told().contains(tr("Exported to %1.").arg(text(scratch_->path(wanted.file)))), watchdogMs);
        QFile file(text(scratch_->path(wanted.file)));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll();
        QVERIFY2(content.startsWith(wanted.begin), content.left(100).constData());
    }
    QCOMPARE(title(), QStringLiteral("Untitled[*] – 1 file read – Loopscope")); // an export is no saving
}

void DocumentWindowTest::savesNothingWhileTheRunGoesOn()
{
    startAnHour();
    trigger(Qt::Key_S);
    QVERIFY(!window_->findChild<QFileDialog *>());
    // Closing stops it first, if it is to be saved.
    QVERIFY(!window_->close());
    answer(QMessageBox::Save);
    choosePath(scratch_->path("hour.loopscope"));
    QTRY_VERIFY_WITH_TIMEOUT(!window_->isVisible(), watchdogMs);
    const auto opened = openOwnFile(scratch_->path("hour.loopscope"), {});
    QVERIFY(opened);
    QVERIFY(opened->trace->info().stopped);
}

void DocumentWindowTest::opensAFileOnceByWhicheverPath()
{
    const std::string path = scratch_->write("others.json", chromeTrace);
    QVERIFY(QFile::link(text(path), text(scratch_->path("link.json"))));
    window_->openTraceFile(path);
    QTRY_VERIFY_WITH_TIMEOUT(currentPage(), watchdogMs);
    window_->openTraceFile(scratch_->write("second.json", chromeTrace));
    QTRY_VERIFY_WITH_TIMEOUT(title().startsWith(QStringLiteral("second.json")), watchdogMs);
    for (const std::string &again :
         {scratch_->path("link.json"), scratch_->path() + "//others.json", scratch_->path() + "/./others.json"}) {
        window_->openTraceFile(again);
        QTRY_VERIFY_WITH_TIMEOUT(title().startsWith(QStringLiteral("others.json")), watchdogMs);
        QTRY_VERIFY_WITH_TIMEOUT(!told().contains(QStringLiteral("Opening")), watchdogMs);
        QCOMPARE(window_->findChild<DocumentTabs *>()->pages().size(), 2U);
        trigger(Qt::Key_Tab);
        QVERIFY(title().startsWith(QStringLiteral("second.json")));
    }
}

void DocumentWindowTest::doesNotSaveOverWhatAnotherTabShows()
{
    readOneFile("alpha");
    const std::string path = scratch_->path("mine.loopscope");
    beginToSave(path);
    QTRY_VERIFY_WITH_TIMEOUT(title().startsWith(QStringLiteral("mine.loopscope")), watchdogMs);
    window_->openTraceFile(scratch_->write("others.json", chromeTrace));
    QTRY_VERIFY_WITH_TIMEOUT(title().startsWith(QStringLiteral("others.json")), watchdogMs);
    beginToSave(scratch_->path() + "/./mine.loopscope");
    QVERIFY2(told().contains(QStringLiteral("is open in another tab")), qPrintable(told()));
    QVERIFY(title().startsWith(QStringLiteral("others.json")));
    const auto kept = openOwnFile(path, {});
    QVERIFY(kept);
    QCOMPARE(kept->trace->tasks().size(), 1U);
}

void DocumentWindowTest::closesTheMarksWithTheirTab()
{
    for (const char *name : {"a.json", "b.json"}) {
        window_->openTraceFile(scratch_->write(name, chromeTrace));
        QTRY_VERIFY_WITH_TIMEOUT(title().startsWith(QLatin1String(name)), watchdogMs);
    }
    currentPage()->showMarks();
    QPointer<MarksDialog> marks = window_->findChild<MarksDialog *>();
    QVERIFY(marks && marks->isVisible());
    trigger(Qt::Key_Tab);
    QVERIFY(title().startsWith(QStringLiteral("a.json")));
    QTRY_VERIFY_WITH_TIMEOUT(!marks, watchdogMs);
}

void DocumentWindowTest::tellsWhereRecentFilesAre()
{
    const std::string name = std::string(200, 'x') + " & y.json";
    window_->openTraceFile(scratch_->write(name.c_str(), chromeTrace));
    QTRY_VERIFY_WITH_TIMEOUT(currentPage(), watchdogMs);
    QMenu *recent = nullptr;
    for (auto *menu : window_->findChildren<QMenu *>()) {
        if (menu->title() == QStringLiteral("Open rece&nt"))
            recent = menu;
    }
    QVERIFY(recent);
    Q_EMIT recent->aboutToShow();
    QVERIFY(recent->toolTipsVisible());
    const QAction *entry = recent->actions().at(1); // below its heading
    QVERIFY(entry->text().contains(QStringLiteral("…")));
    QVERIFY(entry->text().endsWith(QStringLiteral(" && y.json")));
    QVERIFY(entry->toolTip().contains(text(std::string(200, 'x'))));
}

QTEST_MAIN(DocumentWindowTest)
#include "document_window_test.moc"
