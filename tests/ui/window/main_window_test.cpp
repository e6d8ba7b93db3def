#include "ui/window/main_window.h"

#include "tests/support/scratch_folder.h"
#include "ui/panels/search_bar.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"
#include "ui/timeline/timeline_view.h"
#include "ui/window/change_keys_dialog.h"
#include "ui/window/drop_target.h"
#include "ui/window/export_dialog.h"
#include "ui/window/keys_dialog.h"
#include "ui/window/marks_dialog.h"
#include "ui/window/message_bar.h"
#include "ui/window/scenario_bar.h"
#include "ui/window/scenario_card.h"
#include "ui/window/start_page.h"

#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QDropEvent>
#include <QFile>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace loopscope;

namespace {

constexpr int watchdogMs = 30'000;
/// What is promised is 100 ms; a loaded machine takes some for itself.
constexpr int longestPauseMs = 1000;

std::unique_ptr<QMimeData> urls(const std::vector<std::string> &paths)
{
    auto data = std::make_unique<QMimeData>();
    QList<QUrl> list;
    for (const std::string &path : paths)
        list.append(QUrl::fromLocalFile(QString::fromStdString(path)));
    data->setUrls(list);
    return data;
}

/// What the windowing system sends, as far as the widget under the mouse sees it.
bool dragEnter(QWidget &widget, const QMimeData &data)
{
    QDragEnterEvent event(widget.rect().center(), Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&widget, &event);
    return event.isAccepted();
}

bool drop(QWidget &widget, const QMimeData &data, Qt::DropAction proposed = Qt::MoveAction)
{
    QDropEvent event(widget.rect().center(), Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    event.setDropAction(proposed);
    QApplication::sendEvent(&widget, &event);
    return event.isAccepted() && event.dropAction() == Qt::CopyAction;
}

} // namespace

/// For how long this thread's event loop stood still.
class PauseMeter {
public:
    PauseMeter()
    {
        QObject::connect(&ticker_, &QTimer::timeout, &ticker_, [this] { longestMs_ = std::max(longestMs_, sinceTick_.restart()); });
        sinceTick_.start();
        ticker_.start(5);
    }
    [[nodiscard]] qint64 longestMs() const { return std::max(longestMs_, sinceTick_.elapsed()); }

private:
    QTimer ticker_;
    QElapsedTimer sinceTick_;
    qint64 longestMs_ = 0;
};

class MainWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void saysWhatToDoWhenItIsEmpty();
    void saysWhatADropWillDo();
    void readsWhatIsDroppedOnAnyWidget();
    void countsFailuresInItsTitle();
    void refusesWhatIsNoFile();
    void ignoresDropsWithoutFiles();
    void saysThatADropJoinsTheRun();
    void opensEachDialogOnce();
    void readsWhatIsPasted();
    void runsAScenarioByItsCard();
    void tellsOfAllThatCannotBeUsed();
    void sharesNoMnemonicWithItsMenus();
    void opensAScenarioFileWithoutRunningIt();
    void exportsAPicture();
    void saysWhyAnExportFailed();
    void copiesAPicture();
    void searchesTheLanes();
    void goesBackToTheViewBefore();
    void marksAnInstant();
    void changedKeysCountAtOnce();
    void goesDarkWithThePalette();
    void darkReachesEveryWidget();
    void remembersItsSettings();
    void survivesForeignSettings();
    void closesInTheMiddleOfARun();
    void answersWhileTheLoopIsBlocked();
    void answersWhileManyFilesAreRead();

private:
    /// Writes a picture by the dialog; what the dialog says if that fails.
    QString exportTo(const QString &path);

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<QSettings> settings_;
    std::unique_ptr<MainWindow> window_;
    test::ScratchFolder scratch_;
};

void MainWindowTest::init()
{
    folder_ = std::make_unique<QTemporaryDir>();
    settings_ = std::make_unique<QSettings>(folder_->filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    settings_->setValue(QStringLiteral("run/asksBeforeLoss"), false);
    window_ = std::make_unique<MainWindow>(*settings_);
    window_->show();
    QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
}

void MainWindowTest::cleanup()
{
    window_.reset();
    settings_.reset();
}

void MainWindowTest::saysWhatToDoWhenItIsEmpty()
{
    QCOMPARE(window_->windowTitle(), QStringLiteral("Loopscope"));
    QVERIFY(window_->findChild<StartPage *>()->isVisible());
    QCOMPARE(static_cast<std::size_t>(window_->findChildren<ScenarioCard *>().size()), builtInScenarios().size());
}

void MainWindowTest::saysWhatADropWillDo()
{
    const auto data = urls({scratch_.write("a", "1"), scratch_.write("b", "2"), scratch_.makeFolder("f")});
    QVERIFY(dragEnter(*window_, *data));
    auto *target = window_->findChild<DropTarget *>();
    QVERIFY(target->isVisible());
    QCOMPARE(target->geometry(), window_->rect());
    QCOMPARE(target->text(), QStringLiteral("Read 2 files and 1 folder"));
    QDragLeaveEvent leave;
    QApplication::sendEvent(target, &leave);
    QVERIFY(!target->isVisible());
}

void MainWindowTest::readsWhatIsDroppedOnAnyWidget()
{
    const auto data = urls({scratch_.write("a", "1"), scratch_.write("b", "22"), scratch_.write("c", "333")});
    QLineEdit field(window_.get()); // would take the drop as text
    field.show();
    QVERIFY(dragEnter(field, *data));
    QVERIFY(drop(field, *data));
    QVERIFY(field.text().isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(window_->windowTitle(), QStringLiteral("Untitled[*] – 3 files read – Loopscope"), watchdogMs);
    QVERIFY(window_->findChild<TimelineView *>()->isVisible());
    QVERIFY(!window_->findChild<DropTarget *>()->isVisible());
}

void MainWindowTest::countsFailuresInItsTitle()
{
    window_->openPaths({scratch_.write("a", "1"), scratch_.path("gone"), scratch_.path("gone too")});
    QTRY_COMPARE_WITH_TIMEOUT(window_->windowTitle(), QStringLiteral("Untitled[*] – 1 file read, 2 failed – Loopscope"), watchdogMs);
}

void MainWindowTest::refusesWhatIsNoFile()
{
    QMimeData data;
    data.setData(QStringLiteral("text/uri-list"), "https://example.org/\r\n");
    QVERIFY(dragEnter(*window_, data));
    QVERIFY(drop(*window_, data));
    QVERIFY(window_->messages().text().contains(QStringLiteral("https://example.org/")));
    QVERIFY(!window_->controller().isSearching());
}

void MainWindowTest::ignoresDropsWithoutFiles()
{
    QMimeData data;
    data.setText(QStringLiteral("/etc/passwd"));
    QVERIFY(!dragEnter(*window_, data));
    QVERIFY(!window_->findChild<DropTarget *>()->isVisible());
}

void MainWindowTest::saysThatADropJoinsTheRun()
{
    window_->findChildren<ScenarioCard *>()[1]->click();
    QVERIFY(window_->controller().isRunning());
    const auto data = urls({scratch_.write("a", "1")});
    QVERIFY(dragEnter(*window_, *data));
    const auto *target = window_->findChild<DropTarget *>();
    QVERIFY2(target->text().startsWith(QStringLiteral("Read 1 file\n")), qPrintable(target->text()));
    QVERIFY(target->text().contains(QStringLiteral("join the run")));
}

void MainWindowTest::opensEachDialogOnce()
{
    window_->findChildren<ScenarioCard *>().front()->click();
    for (int i = 0; i < 3; ++i) {
        QTest::keyClick(window_.get(), Qt::Key_F1);
        QTest::keyClick(window_.get(), Qt::Key_I, Qt::ControlModifier);
    }
    QCOMPARE(window_->findChildren<QDialog *>().size(), 2);
}

void MainWindowTest::readsWhatIsPasted()
{
    QApplication::clipboard()->setText(QString::fromStdString(scratch_.write("pasted", "1")));
    QTest::keyClick(window_.get(), Qt::Key_V, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(window_->windowTitle(), QStringLiteral("Untitled[*] – 1 file read – Loopscope"), watchdogMs);
}

void MainWindowTest::runsAScenarioByItsCard()
{
    window_->findChildren<ScenarioCard *>().front()->click();
    QVERIFY(window_->controller().isRunning());
    QVERIFY(window_->findChild<ScenarioBar *>()->isVisible());
    QTest::keyClick(window_.get(), Qt::Key_Period, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(!window_->controller().isRunning(), watchdogMs);
    QTest::keyClick(window_.get(), Qt::Key_L, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(window_->findChild<StartPage *>()->isVisible(), watchdogMs);
}

void MainWindowTest::tellsOfAllThatCannotBeUsed()
{
    window_->openPaths({scratch_.write("bad.json", R"({"loopscope_scenario": 1)"), scratch_.makeFolder("empty"),
                        scratch_.write("worse.json", R"({"loopscope_scenario": 1, "name": 3})")});
    QTRY_VERIFY_WITH_TIMEOUT(!window_->controller().isSearching(), watchdogMs);
    const QString told = window_->messages().text();
    QVERIFY2(told.startsWith(QStringLiteral("2 scenarios cannot be used.")), qPrintable(told));
    for (const char *part : {"bad.json", "worse.json", "There is no file to read"})
        QVERIFY2(told.contains(QLatin1String(part)), part);
}

void MainWindowTest::sharesNoMnemonicWithItsMenus()
{
    QSet<QKeySequence> menus;
    for (const QAction *menu : window_->menuBar()->actions())
        menus.insert(QKeySequence::mnemonic(menu->text()));
    QCOMPARE(menus.size(), window_->menuBar()->actions().size());
    window_->findChildren<ScenarioCard *>().front()->click();
    for (const auto *button : window_->findChildren<QAbstractButton *>())
        QVERIFY2(button->text().isEmpty() || !menus.contains(QKeySequence::mnemonic(button->text())), qPrintable(button->text()));
    for (const auto *label : window_->findChildren<QLabel *>())
        QVERIFY2(!label->buddy() || !menus.contains(QKeySequence::mnemonic(label->text())), qPrintable(label->text()));
}

void MainWindowTest::opensAScenarioFileWithoutRunningIt()
{
    window_->openPaths({scratch_.write("mine.json", R"({"loopscope_scenario": 1, "name": "mine", "title": "Mine", "workers": 1,
        "tasks": [{"name": "nap", "kind": "timer", "duration_s": 0}]})")});
    auto *bar = window_->findChild<ScenarioBar *>();
    QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), watchdogMs);
    QVERIFY(!window_->controller().trace());
    QTest::keyClick(window_.get(), Qt::Key_R, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(window_->windowTitle(), QStringLiteral("Untitled[*] – mine: 1 task done – Loopscope"), watchdogMs);
}

QString MainWindowTest::exportTo(const QString &path)
{
    // The dialog runs an event loop of its own.
    QString failure;
    QTimer poll;
    connect(&poll, &QTimer::timeout, window_.get(), [this, path, &failure] {
        auto *dialog = window_->findChild<ExportDialog *>();
        if (!dialog || !dialog->isVisible())
            return;
        failure = dialog->failure();
        if (!failure.isEmpty()) {
            dialog->reject();
            return;
        }
        dialog->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"))->setText(path);
        dialog->accept();
    });
    poll.start(20);
    QTest::keyClick(window_.get(), Qt::Key_E, Qt::ControlModifier);
    return failure;
}

void MainWindowTest::exportsAPicture()
{
    window_->openPaths({scratch_.write("alpha", "1"), scratch_.write("beta", "22")});
    QTRY_COMPARE_WITH_TIMEOUT(window_->windowTitle(), QStringLiteral("Untitled[*] – 2 files read – Loopscope"), watchdogMs);
    const QString path = folder_->filePath(QStringLiteral("run.svg"));
    exportTo(path);
    QVERIFY(window_->messages().text().contains(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray svg = file.readAll();
    QVERIFY(svg.contains("alpha"));
    QVERIFY(svg.contains("beta"));
}

void MainWindowTest::saysWhyAnExportFailed()
{
    window_->openPaths({scratch_.write("alpha", "1")});
    QTRY_COMPARE_WITH_TIMEOUT(window_->windowTitle(), QStringLiteral("Untitled[*] – 1 file read – Loopscope"), watchdogMs);
    const QString failure = exportTo(folder_->filePath(QStringLiteral("nowhere/run.svg")));
    QVERIFY2(failure.contains(QStringLiteral("nowhere/run.svg")), qPrintable(failure));
}

void MainWindowTest::copiesAPicture()
{
    window_->openPaths({scratch_.write("alpha", "1")});
    QTRY_COMPARE_WITH_TIMEOUT(window_->windowTitle(), QStringLiteral("Untitled[*] – 1 file read – Loopscope"), watchdogMs);
    QTest::keyClick(window_.get(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(!QApplication::clipboard()->image().isNull());
}

void MainWindowTest::searchesTheLanes()
{
    window_->openPaths({scratch_.write("alpha", "1"), scratch_.write("beta", "22")});
    QTRY_COMPARE_WITH_TIMEOUT(window_->windowTitle(), QStringLiteral("Untitled[*] – 2 files read – Loopscope"), watchdogMs);
    auto *bar = window_->findChild<SearchBar *>();
    QVERIFY(!bar->isVisible());
    QTest::keyClick(window_.get(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(bar->isVisible());
    bar->findChild<QLineEdit *>()->setText(QStringLiteral("ALPHA"));
    QTRY_COMPARE_WITH_TIMEOUT(bar->verdict(), QStringLiteral("1 match"), watchdogMs);
    QTest::keyClick(bar->findChild<QLineEdit *>(), Qt::Key_Return);
    QCOMPARE(bar->verdict(), QStringLiteral("1 of 1"));
    QTest::keyClick(bar->findChild<QLineEdit *>(), Qt::Key_Escape);
    QVERIFY(!bar->isVisible());
    QTest::keyClick(window_.get(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier); // the filter of the table is another thing
    QVERIFY(!bar->isVisible());
}

void MainWindowTest::goesBackToTheViewBefore()
{
    window_->openPaths({scratch_.write("alpha", "1")});
    QTRY_COMPARE_WITH_TIMEOUT(window_->windowTitle(), QStringLiteral("Untitled[*] – 1 file read – Loopscope"), watchdogMs);
    auto *timeline = window_->findChild<TimelineView *>();
    const Nanoseconds whole = timeline->instantAtHand();
    QTest::keyClick(timeline, Qt::Key_W);
    QTest::keyClick(timeline, Qt::Key_D);
    QVERIFY(timeline->instantAtHand() != whole);
    QTest::keyClick(window_.get(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(timeline->instantAtHand(), whole);
    QTest::keyClick(window_.get(), Qt::Key_Right, Qt::AltModifier);
    QVERIFY(timeline->instantAtHand() != whole);
    QTest::mouseClick(timeline, Qt::BackButton);
    QEvent leave(QEvent::Leave); // so that the middle of the view is at hand again
    QApplication::sendEvent(timeline, &leave);
    QCOMPARE(timeline->instantAtHand(), whole);
}

void MainWindowTest::marksAnInstant()
{
    window_->openPaths({scratch_.write("alpha", "1")});
    QTRY_COMPARE_WITH_TIMEOUT(window_->windowTitle(), QStringLiteral("Untitled[*] – 1 file read – Loopscope"), watchdogMs);
    auto *timeline = window_->findChild<TimelineView *>();
    const QImage before = timeline->grab().toImage();
    timeline->setFocus();
    QTest::keyClick(timeline, Qt::Key_M);
    QVERIFY(timeline->grab().toImage() != before);
    QTest::keyClick(window_.get(), Qt::Key_M, Qt::ControlModifier);
    auto *dialog = window_->findChild<MarksDialog *>();
    QVERIFY(dialog);
    QCOMPARE(dialog->findChild<QTableView *>()->model()->rowCount(), 1);
}

void MainWindowTest::changedKeysCountAtOnce()
{
    window_->openPaths({scratch_.write("alpha", "1")});
    QTRY_COMPARE_WITH_TIMEOUT(window_->windowTitle(), QStringLiteral("Untitled[*] – 1 file read – Loopscope"), watchdogMs);
    QTest::keyClick(window_.get(), Qt::Key_F1);
    auto *help = window_->findChild<KeysDialog *>();
    Q_EMIT help->changeWanted();
    auto *dialog = window_->findChild<ChangeKeysDialog *>();
    QVERIFY(dialog);
    dialog->findChild<QLineEdit *>()->setText(plainTitle(Command::Search));
    dialog->findChild<QKeySequenceEdit *>()->setKeySequence(QKeySequence(Qt::Key_F9));
    for (auto *button : dialog->findChildren<QPushButton *>()) {
        if (button->text().contains(QStringLiteral("Add")))
            button->click();
    }
    const QString keys = QStringLiteral("Ctrl+F, /, F9");
    const auto labels = help->findChildren<QLabel *>();
    QVERIFY(std::ranges::any_of(labels, [&keys](const QLabel *label) { return label->text().startsWith(keys); }));
    QTest::keyClick(window_.get(), Qt::Key_F9);
    QVERIFY(window_->findChild<SearchBar *>()->isVisible());
    QVERIFY(keysText(loadKeys(*settings_), Command::Search).startsWith(keys));
}

void MainWindowTest::goesDarkWithThePalette()
{
    window_->openPaths({scratch_.write("alpha", "1")});
    QTRY_COMPARE_WITH_TIMEOUT(window_->windowTitle(), QStringLiteral("Untitled[*] – 1 file read – Loopscope"), watchdogMs);
    const QPalette before = QApplication::palette();
    QApplication::setPalette(paletteOf(Theme::dark()));
    QTRY_VERIFY(Theme::of(window_->palette()).isDark);
    QVERIFY(Theme::of(window_->findChild<TimelineView *>()->palette()).isDark);
    QApplication::setPalette(before);
    QTRY_VERIFY(!Theme::of(window_->palette()).isDark);
}

void MainWindowTest::darkReachesEveryWidget()
{
    window_->openPaths({scratch_.write("alpha", "1")});
    QTRY_COMPARE_WITH_TIMEOUT(window_->windowTitle(), QStringLiteral("Untitled[*] – 1 file read – Loopscope"), watchdogMs);
    const QPalette before = QApplication::palette();
    QPalette desktops; // as a dark desktop's: its placeholders would be invisible on our panels
    desktops.setColor(QPalette::Window, QColor(0x20, 0x20, 0x20));
    desktops.setColor(QPalette::WindowText, Qt::white);
    desktops.setColor(QPalette::PlaceholderText, QColor(0x10, 0x10, 0x10));
    QApplication::setPalette(desktops);
    QTRY_VERIFY(Theme::of(window_->palette()).isDark);
    const Theme dark = Theme::dark();
    for (const QWidget *widget : window_->findChildren<QWidget *>()) {
        const QPalette palette = widget->palette();
        QCOMPARE(Theme::of(palette).isDark, true);
        QVERIFY2(palette.color(QPalette::PlaceholderText).lightness() > 100, widget->metaObject()->className());
    }
    auto *workers = window_->findChild<QSpinBox *>();
    const QImage box = workers->grab().toImage();
    const int frame = box.pixelColor(box.width() / 2, 0).lightness();
    QVERIFY2(frame > dark.panel.lightness() + 20, QByteArray::number(frame));
    QApplication::setPalette(before);
    QTRY_VERIFY(!Theme::of(window_->palette()).isDark);
    const QImage light = workers->grab().toImage();
    QVERIFY(light.pixelColor(light.width() / 2, 0).lightness() < Theme::light().panel.lightness() - 20);
}

void MainWindowTest::remembersItsSettings()
{
    window_->openPaths({scratch_.write("alpha", "1")});
    QTRY_COMPARE_WITH_TIMEOUT(window_->windowTitle(), QStringLiteral("Untitled[*] – 1 file read – Loopscope"), watchdogMs);
    window_->resize(901, 603);
    LaneArrangement &lanes = window_->findChild<TimelineView *>()->arrangement();
    lanes.setSort(LaneSort::Blocking);
    lanes.setGrouping(LaneGrouping::Parent);
    window_->close();
    window_ = std::make_unique<MainWindow>(*settings_);
    QCOMPARE(window_->size(), QSize(901, 603));
    window_->openPaths({scratch_.path("alpha")});
    QTRY_COMPARE_WITH_TIMEOUT(window_->windowTitle(), QStringLiteral("Untitled[*] – 1 file read – Loopscope"), watchdogMs);
    QCOMPARE(window_->findChild<TimelineView *>()->arrangement().sort(), LaneSort::Blocking);
    QCOMPARE(window_->findChild<TimelineView *>()->arrangement().grouping(), LaneGrouping::Parent);
}

void MainWindowTest::survivesForeignSettings()
{
    window_.reset();
    const QStringList keys = settings_->allKeys();
    for (const QString &key : keys)
        settings_->setValue(key, QByteArray("\x01\xff rubbish"));
    window_ = std::make_unique<MainWindow>(*settings_);
    window_->show();
    QCOMPARE(window_->controller().settings(), RunSettings());
    QVERIFY(window_->width() >= 640);
}

void MainWindowTest::closesInTheMiddleOfARun()
{
    window_->findChildren<ScenarioCard *>().back()->click();
    QVERIFY(window_->controller().isRunning());
    QElapsedTimer timer;
    timer.start();
    window_->close();
    window_.reset();
    QVERIFY(timer.elapsed() < 15'000); // the run is not waited for
}

void MainWindowTest::answersWhileTheLoopIsBlocked()
{
    window_->openPaths({scratch_.write("block.json", R"({"loopscope_scenario": 1, "name": "block", "title": "Block", "workers": 1,
        "tasks": [{"name": "time.sleep", "kind": "sleep", "place": "loop", "duration_s": 2}]})")});
    QTRY_VERIFY_WITH_TIMEOUT(window_->findChild<ScenarioBar *>()->isVisible(), watchdogMs);
    const PauseMeter pauses;
    QTest::keyClick(window_.get(), Qt::Key_R, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(window_->windowTitle(), QStringLiteral("Untitled[*] – block: 0 of 1 tasks done – Loopscope"), watchdogMs);
    window_->openPaths({scratch_.write("joins", "1")}); // read once the loop is free again
    exportTo(folder_->filePath(QStringLiteral("blocked.svg")));
    QVERIFY(QFile::exists(folder_->filePath(QStringLiteral("blocked.svg"))));
    QVERIFY(window_->controller().isRunning());
    QTRY_COMPARE_WITH_TIMEOUT(window_->windowTitle(), QStringLiteral("Untitled[*] – block: 2 tasks done – Loopscope"), watchdogMs);
    QVERIFY2(pauses.longestMs() < longestPauseMs, QByteArray::number(pauses.longestMs()));
}

void MainWindowTest::answersWhileManyFilesAreRead()
{
    test::writeManyFiles(scratch_, 10, 1000, "content\n");
    const PauseMeter pauses;
    window_->openPaths({scratch_.path()});
    QTRY_VERIFY_WITH_TIMEOUT(window_->windowTitle().contains(QStringLiteral("files read – Loopscope")), watchdogMs);
    QVERIFY(window_->controller().trace()->tasks().size() >= 10'000);
    QVERIFY2(pauses.longestMs() < longestPauseMs, QByteArray::number(pauses.longestMs()));
}

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
