#include "ui/window/trace_opener.h"

#include "tests/support/scratch_folder.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <latch>
#include <thread>

using namespace loopscope;

namespace {

constexpr int watchdogMs = 30'000;

OpenedTrace traceOf(const std::string &title)
{
    OpenedTrace opened{std::make_shared<Trace>(), {}};
    opened.trace->changeInfo([&title](RunInfo &info) { info.title = title; });
    return opened;
}

void waitFor(const std::stop_token &stop)
{
    while (!stop.stop_requested())
        std::this_thread::yield();
}

const OpenedFile &fileAt(const QSignalSpy &spy, qsizetype index)
{
    return *spy.at(index).at(0).value<std::shared_ptr<const OpenedFile>>();
}

} // namespace

class TraceOpenerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opensOneAfterTheOther();
    void tellsHowFarItIsAndWhatIsKnown();
    void tellsWhyItFailed();
    void leavesScenariosAlone();
    void cancelsAtOnceWhatDoesNotAnswer();
    void givesUpOneFileAlone();
    void goesWhileAFileIsOpened();

private:
    test::ScratchFolder scratch_;
};

void TraceOpenerTest::opensOneAfterTheOther()
{
    TraceOpener opener([](const std::string &path, const OpeningObserver &) { return traceOf(path); });
    const QSignalSpy opened(&opener, &TraceOpener::opened);
    const std::string first = scratch_.write("a", "1");
    const std::string second = scratch_.write("b", "2");
    opener.open(first);
    opener.open(second);
    QVERIFY(opener.isOpening(second));
    QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 2, watchdogMs);
    QVERIFY(!opener.isBusy());
    QCOMPARE(fileAt(opened, 0).file.path, first);
    QCOMPARE(fileAt(opened, 1).result->trace->info().title, second);
    QVERIFY(!fileAt(opened, 1).file.isOurFormat);
}

void TraceOpenerTest::tellsHowFarItIsAndWhatIsKnown()
{
    TraceOpener opener([](const std::string &, const OpeningObserver &observer) {
        observer.progressed(3, 10);
        observer.previewed(traceOf("a part").trace);
        return traceOf("all");
    });
    const QSignalSpy progressed(&opener, &TraceOpener::progressed);
    const QSignalSpy previewed(&opener, &TraceOpener::previewed);
    const QSignalSpy opened(&opener, &TraceOpener::opened);
    opener.open(scratch_.write("a", "1"));
    QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, watchdogMs);
    QCOMPARE(progressed.count(), 1);
    QCOMPARE(progressed.at(0).at(1).toULongLong(), 3U);
    QCOMPARE(previewed.at(0).at(1).value<std::shared_ptr<const Trace>>()->info().title, std::string("a part"));
}

void TraceOpenerTest::tellsWhyItFailed()
{
    TraceOpener opener([](const std::string &, const OpeningObserver &) {
        return OpeningResult(tl::unexpected(OpeningFailure{"it seems to be a picture", false}));
    });
    const QSignalSpy opened(&opener, &TraceOpener::opened);
    opener.open(scratch_.path("gone"));
    QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, watchdogMs);
    QCOMPARE(fileAt(opened, 0).result.error().what, std::string("it seems to be a picture"));
}

void TraceOpenerTest::leavesScenariosAlone()
{
    TraceOpener opener([](const std::string &path, const OpeningObserver &) { return traceOf(path); });
    const QSignalSpy opened(&opener, &TraceOpener::opened);
    opener.open(scratch_.write("s.json", R"({"loopscope_scenario": 1, "name": "s"})"));
    QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, watchdogMs);
    QVERIFY(fileAt(opened, 0).kind == TraceFileKind::Scenario);
    QVERIFY(!fileAt(opened, 0).result);
}

void TraceOpenerTest::cancelsAtOnceWhatDoesNotAnswer()
{
    const auto isReleased = std::make_shared<std::atomic<bool>>(false);
    TraceOpener opener([isReleased](const std::string &path, const OpeningObserver &observer) {
        while (!*isReleased)
            std::this_thread::yield();
        observer.progressed(1, 2); // too late to be told
        return traceOf(path);
    });
    const QSignalSpy progressed(&opener, &TraceOpener::progressed);
    const QSignalSpy opened(&opener, &TraceOpener::opened);
    opener.open(scratch_.write("a", "1"));
    opener.open(scratch_.write("b", "2"));
    opener.cancel();
    QCOMPARE(opened.count(), 2);
    QVERIFY(fileAt(opened, 0).result.error().isCancelled);
    QVERIFY(!opener.isBusy());
    *isReleased = true;
    opener.open(scratch_.path("b")); // which is not disturbed by the one before
    QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 3, watchdogMs);
    QVERIFY(fileAt(opened, 2).result);
    QVERIFY(progressed.count() <= 1);
}

void TraceOpenerTest::givesUpOneFileAlone()
{
    const std::string first = scratch_.write("a", "1");
    TraceOpener opener([first](const std::string &path, const OpeningObserver &observer) {
        if (path == first)
            waitFor(observer.stop);
        return traceOf(path);
    });
    const QSignalSpy opened(&opener, &TraceOpener::opened);
    opener.open(first);
    opener.open(scratch_.write("b", "2"));
    opener.open(scratch_.write("c", "3"));
    opener.giveUp(scratch_.path("b")); // waits
    opener.giveUp(first);              // goes on
    QVERIFY(!opener.isOpening(first));
    QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, watchdogMs); // nothing is told of those two
    QCOMPARE(fileAt(opened, 0).file.path, scratch_.path("c"));
    QVERIFY(!opener.isBusy());
}

void TraceOpenerTest::goesWhileAFileIsOpened()
{
    const auto began = std::make_shared<std::latch>(1);
    const auto ended = std::make_shared<std::latch>(1);
    {
        TraceOpener opener([began, ended](const std::string &path, const OpeningObserver &observer) {
            began->count_down();
            waitFor(observer.stop);
            ended->count_down();
            return traceOf(path);
        });
        opener.open(scratch_.write("a", "1"));
        began->wait();
    }
    ended->wait();
}

QTEST_GUILESS_MAIN(TraceOpenerTest)
#include "trace_opener_test.moc"
