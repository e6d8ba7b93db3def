#include "core/record/recorder.h"
#include "core/record/span_builder.h"
#include "tests/support/manual_clock.h"

#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace loopscope;

namespace {

Recorder::Harvest harvestOf(Recorder &recorder)
{
    Recorder::Harvest harvest;
    recorder.harvest(harvest);
    return harvest;
}

/// All events of a thread, the first that recorded.
std::vector<Event> eventsOf(Recorder &recorder)
{
    auto harvest = harvestOf(recorder);
    std::vector<Event> events;
    for (auto &batch = harvest.batches[0]; !batch.events.empty(); recorder.advance(batch))
        events.insert(events.end(), batch.events.begin(), batch.events.end());
    return events;
}

} // namespace

class RecorderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stampsWithTheClock()
    {
        test::ManualClock clock;
        Recorder recorder(clock);
        clock.set(41);
        recorder.enter(1, 0, State::Ready, 0, noLane);
        clock.set(42);
        recorder.end(1, 1);
        const auto harvest = harvestOf(recorder);
        QCOMPARE(harvest.batches.size(), std::size_t(1));
        QCOMPARE(harvest.batches[0].events.size(), std::size_t(2));
        QCOMPARE(harvest.batches[0].events[0].time, Nanoseconds(41));
        QCOMPARE(harvest.batches[0].events[1].time, Nanoseconds(42));
        QVERIFY(eventsOf(recorder).empty());
    }

    void numbersEqualSitesTheSame()
    {
        test::ManualClock clock;
        Recorder recorder(clock);
        const RecordedSite here{"timer", "a.cpp", "f()", 3};
        const RecordedSite there{"timer", "a.cpp", "f()", 4};
        const auto number = recorder.site(here);
        QCOMPARE(recorder.site(here), number);
        QVERIFY(recorder.site(there) != number);
        std::uint32_t elsewhere = 0;
        std::thread([&] { elsewhere = recorder.site(here); }).join();
        QCOMPARE(elsewhere, number);
        QCOMPARE(harvestOf(recorder).newSites.size(), std::size_t(3)); // with the empty one
    }

    // However little it may hold: it fills, is emptied, and takes events again.
    void aFullBufferRecovers()
    {
        test::ManualClock clock;
        Recorder recorder(clock, 1);
        const auto fill = [&recorder] {
            for (std::uint32_t i = 0; i < 3 * EventBuffer::chunkCapacity; ++i)
                recorder.enter(1, i, State::Ready, 0, noLane);
        };
        fill();
        QCOMPARE(eventsOf(recorder).size(), 2 * EventBuffer::chunkCapacity);
        fill();
        QVERIFY(eventsOf(recorder).size() >= EventBuffer::chunkCapacity);
    }

    void tellsRecordersApart()
    {
        test::ManualClock clock;
        for (int i = 0; i < 3; ++i) { // likely at the same address
            Recorder recorder(clock);
            recorder.loopBusy();
            QCOMPARE(harvestOf(recorder).batches.size(), std::size_t(1));
        }
    }

    void carriesWideValues()
    {
        test::ManualClock clock;
        Recorder recorder(clock);
        recorder.progress(1, 0x34'5678'9ABC'DEF0U);
        QCOMPARE(eventsOf(recorder)[0].value(), std::uint64_t(0x34'5678'9ABC'DEF0U));
    }

    // Four threads hand 200 tasks to each other while a fifth builds the trace: every task is whole, whatever the threads' timing.
    void tasksThatWanderBetweenThreadsStayWhole()
    {
        SteadyClock clock;
        Recorder recorder(clock);
        Trace trace;
        SpanBuilder builder(trace);
        constexpr int threads = 4;
        constexpr LaneId tasks = 200;
        constexpr std::uint32_t hops = 100;
        std::vector<std::atomic<std::uint32_t>> next(tasks); // the hand-over: whose turn it is
        for (LaneId task = 0; task < tasks; ++task)
            recorder.tell(TaskCreated{task + 1, noLane, clock.ticks(), "t", "x", {}});
        std::atomic<int> running{threads};
        std::vector<std::thread> hands;
        for (int hand = 0; hand < threads; ++hand) {
            hands.emplace_back([&, hand] {
                const auto site = recorder.site({"hop", "x.cpp", "f", static_cast<std::uint32_t>(hand)});
                for (std::uint32_t hop = static_cast<std::uint32_t>(hand); hop < hops; hop += threads) {
                    for (LaneId task = 0; task < tasks; ++task) {
                        while (next[task].load(std::memory_order_acquire) != hop)
                            std::this_thread::yield();
                        recorder.enter(task + 1, hop, hop % 2 == 0 ? State::Ready : State::Awaiting, site, noLane);
                        next[task].store(hop + 1, std::memory_order_release);
                    }
                }
                --running;
            });
        }
        while (running > 0)
            builder.takeAll(recorder);
        for (auto &hand : hands)
            hand.join();
        builder.takeAll(recorder);
        const Nanoseconds end = clock.now();
        builder.finish(end, "over");
        for (const LaneId task : trace.tasks()) {
            QVERIFY(!trace.lane(task).incomplete);
            Nanoseconds at = trace.span(task, 0).begin;
            for (std::size_t i = 0; i < trace.spanCount(task); ++i) {
                QCOMPARE(trace.span(task, i).begin, at);
                at = trace.span(task, i).end;
            }
            QCOMPARE(at, end);
            QCOMPARE(trace.lane(task).task.outcome, Outcome::Cancelled);
        }
    }
};

QTEST_GUILESS_MAIN(RecorderTest)
#include "recorder_test.moc"
