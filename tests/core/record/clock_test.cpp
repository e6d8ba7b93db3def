#include "core/record/clock.h"

#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace loopscope;

namespace {

std::atomic<Ticks> counter;

Ticks readCounter()
{
    return counter;
}

// Both clocks go on by some milliseconds.
void advance(SteadyClock &clock)
{
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    counter += 5'000'000;
    clock.synchronise();
}

} // namespace

class ClockTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // What was read between two readings of now() has a time between them, within the few instructions that lie between: never more than
    // the thread was preempted for.
    void ticksBecomeTheTimeTheyWereReadAt()
    {
        struct Reading {
            Nanoseconds before;
            Ticks ticks;
            Nanoseconds after;
        };
        SteadyClock clock;
        for (int round = 0; round < 20; ++round) {
            std::vector<Reading> readings;
            for (int i = 0; i < 100; ++i) {
                const Nanoseconds before = clock.now();
                const Ticks ticks = clock.ticks();
                readings.push_back({before, ticks, clock.now()});
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
            clock.synchronise();
            constexpr Nanoseconds error = 20'000; // an anchor may have been interrupted in each of its attempts
            for (const Reading &reading : readings) {
                QVERIFY(clock.timeOf(reading.ticks) >= reading.before - error);
                QVERIFY(clock.timeOf(reading.ticks) <= reading.after + error);
            }
        }
    }

    // What one thread has read before it tells another, on whatever processors they are, that one reads no earlier.
    void threadsAgreeOnTheOrderOfReadings()
    {
        SteadyClock clock;
        constexpr int rounds = 2'000;
        std::vector<Ticks> readings(rounds);
        std::atomic<int> turn = 0;
        const auto readEveryOther = [&](int first) {
            for (int i = first; i < rounds; i += 2) {
                while (turn.load(std::memory_order_acquire) != i)
                    std::this_thread::yield();
                readings[static_cast<std::size_t>(i)] = clock.ticks();
                turn.store(i + 1, std::memory_order_release);
            }
        };
        std::thread other([&readEveryOther] { readEveryOther(1); });
        readEveryOther(0);
        other.join();
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        clock.synchronise();
        constexpr Nanoseconds error = 1'000; // a processor may read the counter some instructions early
        for (std::size_t i = 1; i < readings.size(); ++i)
            QVERIFY(clock.timeOf(readings[i]) >= clock.timeOf(readings[i - 1]) - error);
        QVERIFY(clock.timeOf(readings.back()) > clock.timeOf(readings.front()));
    }

    void timesOfOneThreadNeverRunBackwards()
    {
        SteadyClock clock;
        Nanoseconds last = 0;
        for (int round = 0; round < 200; ++round) {
            std::vector<Ticks> ticks;
            for (int i = 0; i < 100; ++i)
                ticks.push_back(clock.ticks());
            clock.synchronise();
            for (const Ticks tick : ticks) {
                QVERIFY(clock.timeOf(tick) >= last);
                last = clock.timeOf(tick);
            }
        }
    }

    // As after a machine's sleep: the times of that interval lie within it, and the next ones are true again.
    void aCounterThatIsSetBackIsFollowed()
    {
        counter = 1'000'000'000;
        SteadyClock clock(readCounter);
        const Nanoseconds begin = clock.now();
        advance(clock);
        const Ticks before = clock.ticks();
        counter = 1000;
        const Ticks after = clock.ticks();
        advance(clock);
        for (const Ticks ticks : {before, after}) {
            QVERIFY(clock.timeOf(ticks) >= begin);
            QVERIFY(clock.timeOf(ticks) <= clock.now());
        }
        const Nanoseconds then = clock.now();
        const Ticks later = clock.ticks();
        advance(clock);
        QVERIFY(clock.timeOf(later) >= then - 1'000'000);
        QVERIFY(clock.timeOf(later) <= clock.now());
    }

    void whatComesLateHasItsTimeStill()
    {
        SteadyClock clock;
        const Ticks ticks = clock.ticks();
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        clock.synchronise();
        const Nanoseconds time = clock.timeOf(ticks);
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        clock.synchronise();
        QCOMPARE(clock.timeOf(ticks), time);
    }
};

QTEST_GUILESS_MAIN(ClockTest)
#include "clock_test.moc"
