// The timeline in the hand: keys, wheel and drags in the real window, on the largest run that it is made for. What they do in every detail
// is tested beside their sources; here it is that each of them arrives, and that what it did can be taken back to the pixel. Pinching is
// left out, for no tool pinches on a screen without a touchpad.

#include "core/formats/own/own_file_writer.h"
#include "core/trace/marks.h"
#include "tests/support/program.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/synthetic_trace.h"
#include "tests/support/x_display.h"

#include <QElapsedTimer>
#include <QImage>
#include <QPoint>
#include <QTest>
#include <QThread>

#include <csignal>
#include <functional>

using namespace loopscope;

namespace {

constexpr int watchdogMs = 60'000;
#ifdef LOOPSCOPE_SANITIZED
constexpr int spans = 500'000; // what watches memory multiplies the time
#else
constexpr int spans = 10'000'000;
#endif
constexpr QSize screenSize(1400, 900);
/// Lanes of tasks, right of their names.
constexpr QRect canvas(240, 222, 860, 350);
/// In one of them, at an instant at which it lives.
constexpr QPoint hand(500, 412);
/// Of the loop's header, where only a mark is to be seen.
constexpr QRect headerLine(240, 156, 600, 1);
constexpr unsigned long stillMs = 150;
constexpr unsigned long viewMs = 600; // what a person leaves sooner is no view to go back to
constexpr auto hour = R"({"loopscope_scenario": 1, "name": "hour", "title": "An hour", "workers": 1,
    "tasks": [{"name": "nap", "kind": "timer", "duration_s": 3600}]})";

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

QStringList words(const char *arguments)
{
    return QString::fromLatin1(arguments).split(QLatin1Char(' '));
}

} // namespace

class TimelineHandTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase();
    void zoomsAndComesBack_data();
    void zoomsAndComesBack();
    void movesAndComesBack_data();
    void movesAndComesBack();
    void keepsWhatIsUnderTheMouse();
    void countsKeysByTheirPlace();
    void selectsAndWalks();
    void measuresARange();
    void fitsTheSelection();
    void goesBackAndForth();
    void searches();
    void showsTheKeys_data();
    void showsTheKeys();
    void followsCauseAndEffect();
    void freezesAndFollowsALiveRun();

private:
    using Deed = std::function<void()>;
    /// So near that spans are wide enough to be clicked on.
    const Deed nearer = [this] { mouse(QStringLiteral("key --delay 30") + QStringLiteral(" w").repeated(12)); };

    void open(const QStringList &arguments);
    void endProgram();
    void press(const char *keys) const { display_.xdotool(words("key --delay 30") + words(keys)); }
    /// Does with the mouse what xdotool's `arguments` say, beginning in the midst of the lanes.
    void mouse(const QString &arguments) const
    {
        display_.xdotool((QStringLiteral("mousemove %1 %2 ").arg(hand.x()).arg(hand.y()) + arguments).split(u' '));
    }
    /// Puts the mouse where it shows nothing: on no lane.
    void rest() const { display_.xdotool(words("mousemove 20 890")); }
    [[nodiscard]] QImage canvasPicture() const { return display_.picture().copy(canvas); }
    /// The spans of a run that is going on: left of what the headings tell, which goes on while the view stands still.
    [[nodiscard]] QImage liveSpans() const { return display_.picture().copy(canvas.adjusted(0, 0, -200, 0)); }
    /// What the canvas shows once it is still.
    [[nodiscard]] QImage still() const;
    /// Does it, and gives what the canvas shows then; a null picture if that is what it showed before.
    [[nodiscard]] QImage after(const Deed &deed) const;
    [[nodiscard]] QImage after(const char *keys) const
    {
        return after([&] { press(keys); });
    }
    [[nodiscard]] bool comesToShow(const QImage &picture) const;

    XDisplay display_{screenSize.width(), screenSize.height()};
    test::ScratchFolder scratch_;
    QProcess program_;
    QString window_;
    QImage whole_; // the canvas with all of the run and nothing selected
};

void TimelineHandTest::initTestCase()
{
    QVERIFY2(display_.isUp(), "Xvfb could not be started: is the package xvfb installed?");
    const std::string path = scratch_.path("large.loopscope");
    QVERIFY(saveOwnFile(*test::syntheticTrace(test::screenFilling(spans)), {}, path, {}).has_value());
    open({QStringLiteral("open"), text(path)});
    QTRY_VERIFY_WITH_TIMEOUT(display_.titleOf(window_).startsWith(QStringLiteral("large.loopscope ")), watchdogMs);
    rest();
    whole_ = still();
}

void TimelineHandTest::open(const QStringList &arguments)
{
    program_.setProcessEnvironment(display_.environment(text(scratch_.makeFolder("home"))));
    program_.setProcessChannelMode(QProcess::ForwardedChannels);
    program_.start(test::programPath(), arguments);
    QVERIFY(program_.waitForStarted(watchdogMs));
    QTRY_VERIFY_WITH_TIMEOUT(!(window_ = display_.findWindow(program_.processId(), QStringLiteral("Loopscope"))).isEmpty(), watchdogMs);
    display_.place(window_, 0, 0, screenSize.width(), screenSize.height());
    display_.focus(window_);
}

void TimelineHandTest::init()
{
    if (whole_.isNull())
        return;
    rest();
    press("Escape Escape Home");
    QVERIFY(comesToShow(whole_));
}

void TimelineHandTest::cleanupTestCase()
{
    endProgram();
}

void TimelineHandTest::endProgram()
{
    if (program_.state() == QProcess::NotRunning)
        return;
    QCOMPARE(::kill(static_cast<pid_t>(program_.processId()), SIGTERM), 0);
    QVERIFY(program_.waitForFinished(watchdogMs));
    QCOMPARE(program_.exitStatus(), QProcess::NormalExit);
}

QImage TimelineHandTest::still() const
{
    QImage before = canvasPicture();
    QElapsedTimer watch;
    watch.start();
    while (watch.elapsed() < watchdogMs) {
        QThread::msleep(stillMs);
        QImage now = canvasPicture();
        if (!now.isNull() && now == before)
            return now;
        before = now;
    }
    return {};
}

QImage TimelineHandTest::after(const Deed &deed) const
{
    const QImage before = still();
    deed();
    rest();
    if (!QTest::qWaitFor([&] { return canvasPicture() != before; }, watchdogMs))
        return {};
    QImage now = still();
    return now == before ? QImage() : now;
}

bool TimelineHandTest::comesToShow(const QImage &picture) const
{
    return !picture.isNull() && QTest::qWaitFor([&] { return canvasPicture() == picture; }, watchdogMs);
}

void TimelineHandTest::zoomsAndComesBack_data()
{
    QTest::addColumn<QString>("deed");
    QTest::newRow("W") << "key w";
    QTest::newRow("+") << "key plus";
    QTest::newRow("Ctrl+wheel") << "keydown ctrl click 4 keyup ctrl";
}

void TimelineHandTest::zoomsAndComesBack()
{
    QFETCH(QString, deed);
    QVERIFY(!after([&] { mouse(deed); }).isNull());
    press("ctrl+0");
    QVERIFY(comesToShow(whole_));
    // And out again, by each of the other ways.
    const QImage near = after("w w w");
    QVERIFY(!near.isNull());
    const QStringList out = {QStringLiteral("key s"), QStringLiteral("key minus"), QStringLiteral("keydown ctrl click 5 keyup ctrl")};
    for (const QString &zoomOut : out)
        QVERIFY2(!after([&] { mouse(zoomOut); }).isNull(), qPrintable(zoomOut));
}

void TimelineHandTest::movesAndComesBack_data()
{
    QTest::addColumn<QString>("there");
    QTest::addColumn<QString>("back");
    QTest::newRow("D, A") << "key d"
                          << "key a";
    QTest::newRow("arrows") << "key Right"
                            << "key Left";
    QTest::newRow("Shift+wheel") << "keydown shift click 5 keyup shift"
                                 << "keydown shift click 4 keyup shift";
    QTest::newRow("horizontal wheel") << "click 7"
                                      << "click 6";
    QTest::newRow("Shift+drag") << "keydown shift mousedown 1 mousemove 400 412 mousemove 300 412 mouseup 1 keyup shift"
                                << "mousemove 300 412 keydown shift mousedown 1 mousemove 400 412 mousemove 500 412 mouseup 1 keyup shift";
    QTest::newRow("middle button") << "mousedown 2 mousemove 400 412 mousemove 300 412 mouseup 2"
                                   << "mousemove 300 412 mousedown 2 mousemove 400 412 mousemove 500 412 mouseup 2";
    QTest::newRow("wheel") << "click 5"
                           << "click 4";
    QTest::newRow("PgDn, PgUp") << "key Next"
                                << "key Prior";
}

void TimelineHandTest::movesAndComesBack()
{
    QFETCH(QString, there);
    QFETCH(QString, back);
    const QImage near = after("w w w w w");
    QVERIFY(!near.isNull());
    QVERIFY(!after([&] { mouse(there); }).isNull());
    mouse(back);
    rest();
    QVERIFY(comesToShow(near));
}

void TimelineHandTest::keepsWhatIsUnderTheMouse()
{
    // The columns that the mark's line is in.
    const auto markedColumns = [this] {
        const QImage line = display_.picture().copy(headerLine);
        QList<int> columns;
        for (int x = 0; x < line.width(); ++x) {
            if (line.pixel(x, 0) != line.pixel(0, 0))
                columns.push_back(x + headerLine.x());
        }
        return columns;
    };
    QVERIFY(markedColumns().isEmpty());
    QVERIFY(!after([&] { mouse(QStringLiteral("key m")); }).isNull());
    QTRY_VERIFY_WITH_TIMEOUT(display_.titleOf(window_).startsWith(QStringLiteral("large.loopscope* ")), watchdogMs);
    const QList<int> marked = markedColumns();
    QVERIFY(marked.contains(hand.x()));
    QVERIFY(!after([&] { mouse(QStringLiteral("keydown ctrl click 4 click 4 click 4 keyup ctrl")); }).isNull());
    QCOMPARE(markedColumns(), marked);
    // What is marked can be taken away: else the other tests would see it.
    press("ctrl+0 ctrl+m");
    QString marks;
    QTRY_VERIFY_WITH_TIMEOUT(!(marks = display_.findWindow(program_.processId(), QStringLiteral("Marks"))).isEmpty(), watchdogMs);
    display_.focus(marks);
    press("Delete");
    press("Escape");
    QTRY_VERIFY_WITH_TIMEOUT(display_.findWindow(program_.processId(), QStringLiteral("Marks")).isEmpty(), watchdogMs);
    display_.focus(window_);
    QVERIFY(comesToShow(whole_));
}

void TimelineHandTest::countsKeysByTheirPlace()
{
    const QImage byLetter = after("w");
    QVERIFY(!byLetter.isNull());
    press("Home");
    QVERIFY(comesToShow(whole_));
    display_.xdotool(words("key 25")); // where W is on a keyboard of the United States, whatever it writes
    QVERIFY(comesToShow(byLetter));
}

void TimelineHandTest::selectsAndWalks()
{
    const QImage near = after(nearer);
    QVERIFY(!near.isNull());
    const QImage selected = after([&] { mouse(QStringLiteral("click 1")); });
    QVERIFY(!selected.isNull());
    const QImage next = after("period period");
    QVERIFY(!next.isNull());
    press("comma comma");
    QVERIFY(comesToShow(selected));
    QVERIFY(!after("Down").isNull());
    press("Up");
    QVERIFY(!after("Escape").isNull());
}

void TimelineHandTest::measuresARange()
{
    QVERIFY(!after(nearer).isNull());
    const QImage near = still();
    bool hasSnapped = false;
    for (int x = 729; x > 560 && !hasSnapped; x -= 5) { // somewhere an edge of the lane's spans is a few pixels beside the mouse
        const QString drag = QStringLiteral("mousedown 1 mousemove 550 412 mousemove 560 414 mousemove %1 414 mouseup 1").arg(x);
        const QImage snapped = after([&] { mouse(drag); });
        QVERIFY(!snapped.isNull());
        press("Escape");
        QVERIFY(comesToShow(near));
        const QImage exact = after([&] { mouse(QStringLiteral("keydown alt ") + drag + QStringLiteral(" keyup alt")); });
        QVERIFY(!exact.isNull());
        hasSnapped = exact != snapped;
        press("Escape");
        QVERIFY(comesToShow(near));
    }
    QVERIFY2(hasSnapped, "with Alt the edges have to be where the mouse was");
    // What is measured comes up below, and another lane is under the mouse then.
    QVERIFY(
        !after([&] { mouse(QStringLiteral("mousedown 1 mousemove 550 412 mousemove 703 470 sleep 0.4 mouseup 1 sleep 0.4")); }).isNull());
    press("Escape");
    QVERIFY(comesToShow(near));
}

void TimelineHandTest::fitsTheSelection()
{
    QVERIFY(!after(nearer).isNull());
    const QImage selected = after([&] { mouse(QStringLiteral("click 1")); });
    QVERIFY(!selected.isNull());
    const QImage fitted = after("f");
    QVERIFY(!fitted.isNull());
    press("Escape Home");
    QVERIFY(comesToShow(whole_));
    QVERIFY(!after(nearer).isNull());
    mouse(QStringLiteral("click --repeat 2 --delay 60 1"));
    rest();
    QVERIFY(comesToShow(fitted));
}

void TimelineHandTest::goesBackAndForth()
{
    QThread::msleep(viewMs);
    const QImage near = after("w w w");
    QVERIFY(!near.isNull());
    QThread::msleep(viewMs);
    press("alt+Left");
    QVERIFY(comesToShow(whole_));
    press("alt+Right");
    QVERIFY(comesToShow(near));
}

void TimelineHandTest::searches()
{
    const QImage opened = after([&] {
        press("ctrl+f");
        display_.type(QStringLiteral("task 1"));
    });
    QVERIFY(!opened.isNull());
    const QImage first = after("Return");
    QVERIFY(!first.isNull());
    const QImage second = after("Return");
    QVERIFY(!second.isNull());
    press("shift+Return");
    QVERIFY(comesToShow(first));
    press("Escape Escape slash");
    display_.type(QStringLiteral("task 1"));
    press("Return");
    QVERIFY(comesToShow(first));
    press("Escape");
}

void TimelineHandTest::showsTheKeys_data()
{
    QTest::addColumn<QString>("key");
    QTest::newRow("F1") << "F1";
    QTest::newRow("?") << "question";
}

void TimelineHandTest::showsTheKeys()
{
    QFETCH(QString, key);
    display_.press(key);
    QString dialog;
    QTRY_VERIFY_WITH_TIMEOUT(!(dialog = display_.findWindow(program_.processId(), QStringLiteral("Keys and mouse"))).isEmpty(), watchdogMs);
    display_.focus(dialog);
    press("Escape");
    QTRY_VERIFY_WITH_TIMEOUT(display_.findWindow(program_.processId(), QStringLiteral("Keys and mouse")).isEmpty(), watchdogMs);
    display_.focus(window_);
}

// From a task to what woke it, in another lane, and on to what that made go on: wherever it is, so nothing is as it was afterwards.
void TimelineHandTest::followsCauseAndEffect()
{
    QVERIFY(!after(nearer).isNull());
    QVERIFY(!after([&] { mouse(QStringLiteral("click 1")); }).isNull());
    whole_ = {};
    QVERIFY(!after("bracketleft").isNull());
    QVERIFY(!after("bracketright").isNull());
}

void TimelineHandTest::freezesAndFollowsALiveRun()
{
    endProgram();
    open({text(scratch_.write("hour.json", hour))});
    QTRY_COMPARE_WITH_TIMEOUT(display_.titleOf(window_), QStringLiteral("An hour – Loopscope"), watchdogMs);
    display_.press(QStringLiteral("ctrl+r"));
    QTRY_COMPARE_WITH_TIMEOUT(display_.titleOf(window_), QStringLiteral("Untitled* – hour: 0 of 1 tasks done – Loopscope"), watchdogMs);
    rest();
    const auto moves = [this] {
        const QImage before = liveSpans();
        return QTest::qWaitFor([&] { return liveSpans() != before; }, watchdogMs);
    };
    const auto stands = [this] {
        const QImage before = liveSpans();
        QThread::msleep(2 * viewMs);
        return liveSpans() == before;
    };
    QVERIFY(moves());
    press("space");
    QVERIFY(QTest::qWaitFor(stands, watchdogMs));
    const QImage frozen = liveSpans();
    QVERIFY(stands());
    press("End");
    QVERIFY(moves());
    QVERIFY(liveSpans() != frozen);
}

QTEST_GUILESS_MAIN(TimelineHandTest)
#include "timeline_hand_test.moc"
