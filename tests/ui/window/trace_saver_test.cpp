#include "ui/window/trace_saver.h"

#include <QSignalSpy>
#include <QTest>

#include <optional>
#include <thread>

using namespace loopscope;

namespace {

constexpr int watchdogMs = 30'000;

} // namespace

class TraceSaverTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatCameOfIt();
    void canBeCancelled();
};

void TraceSaverTest::tellsWhatCameOfIt()
{
    TraceSaver saver;
    const QSignalSpy progressed(&saver, &TraceSaver::progressed);
    const std::thread::id here = std::this_thread::get_id();
    std::optional<TraceSaver::Result> result;
    bool isElsewhere = false;
    saver.start(
        [&isElsewhere, here](const OpeningObserver &observer) -> TraceSaver::Result {
            isElsewhere = std::this_thread::get_id() != here;
            observer.progressed(1, 2);
            return tl::unexpected(OpeningFailure{"No space left on device", false});
        },
        [&result](const TraceSaver::Result &given) { result = given; });
    QVERIFY(saver.isBusy());
    QTRY_VERIFY_WITH_TIMEOUT(result.has_value(), watchdogMs);
    QVERIFY(!saver.isBusy());
    QVERIFY(isElsewhere);
    QCOMPARE(progressed.count(), 1);
    QCOMPARE(result->error().what, std::string("No space left on device"));
}

void TraceSaverTest::canBeCancelled()
{
    TraceSaver saver;
    std::optional<TraceSaver::Result> result;
    saver.start(
        [](const OpeningObserver &observer) -> TraceSaver::Result {
            while (!observer.stop.stop_requested())
                std::this_thread::yield();
            return tl::unexpected(OpeningFailure{{}, true});
        },
        [&result](const TraceSaver::Result &given) { result = given; });
    saver.cancel();
    QTRY_VERIFY_WITH_TIMEOUT(result.has_value(), watchdogMs);
    QVERIFY(result->error().isCancelled);
}

QTEST_GUILESS_MAIN(TraceSaverTest)
#include "trace_saver_test.moc"
