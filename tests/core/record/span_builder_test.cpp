#include "core/record/span_builder.h"

#include "tests/support/manual_clock.h"

#include <QTest>

#include <thread>

using namespace loopscope;

namespace {

constexpr LaneId worker = 1;
constexpr LaneId task = 2;

Event enters(Nanoseconds time, std::uint32_t sequence, State state, LaneId peer = noLane, EventKind kind = EventKind::Enter)
{
    return Event{time, task, sequence, peer, 0, kind, state, false};
}

Event loopEvent(Nanoseconds time, EventKind kind)
{
    return Event{time, loopLaneId, 0, noLane, 0, kind, State::Running, false};
}

Event ends(Nanoseconds time, std::uint32_t sequence)
{
    return enters(time, sequence, State::Running, noLane, EventKind::End);
}

/// What a thread recorded.
struct Recorded {
    LaneId thread;
    std::vector<Event> events;
};

/// A trace with a loop, a worker and one task that was created at 0.
struct Fixture {
    Trace trace;
    SpanBuilder builder{trace};

    Fixture()
    {
        trace.addLane(LaneKind::Worker, "#1", 0);
        Recorder::Harvest harvest;
        harvest.newSites.emplace_back();
        harvest.created.push_back(TaskCreated{task, noLane, 0, "t", "x", {}});
        builder.take(std::move(harvest));
    }

    void take(const std::vector<Recorded> &batches, std::uint64_t dropped = 0)
    {
        Recorder::Harvest harvest;
        for (const Recorded &batch : batches)
            harvest.batches.push_back({batch.thread, batch.events});
        harvest.dropped = dropped;
        builder.take(std::move(harvest));
    }

    [[nodiscard]] QByteArray spans(LaneId lane) const
    {
        QByteArray text;
        for (std::size_t i = 0; i < trace.spanCount(lane); ++i) {
            const Span span = trace.span(lane, i);
            text +=
                QByteArray(stateKey(span.state).data()) + ' ' + QByteArray::number(span.begin) + '-' + QByteArray::number(span.end) + ' ';
        }
        return text.trimmed();
    }
};

} // namespace

class SpanBuilderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void followsATaskThroughLoopAndPool()
    {
        Fixture f;
        f.take({{loopLaneId,
                 {enters(0, 0, State::Ready), enters(10, 1, State::Running), enters(20, 2, State::Queued), enters(70, 5, State::Running),
                  ends(80, 6)}},
                {worker, {enters(30, 3, State::InWorker, worker), enters(60, 4, State::Ready, worker)}}});
        QCOMPARE(f.spans(task), QByteArray("ready 0-10 running 10-20 queued 20-30 in_worker 30-60 ready 60-70 running 70-80"));
        QCOMPARE(f.spans(worker), QByteArray("in_worker 30-60"));
        QCOMPARE(f.trace.wakes().size(), std::size_t(1));
        QCOMPARE(f.trace.wakes()[0], (Wake{60, worker, task}));
    }

    void anEventWaitsForItsPredecessor()
    {
        Fixture f;
        f.take({{loopLaneId, {enters(0, 0, State::Ready), enters(50, 3, State::Running)}}});
        QCOMPARE(f.trace.lane(task).open()->state, State::Ready);
        f.take({{worker, {enters(10, 1, State::InWorker, worker), enters(40, 2, State::Ready, worker)}}});
        QCOMPARE(f.trace.lane(task).open()->state, State::Running);
        QCOMPARE(f.trace.times(task)[State::InWorker], Nanoseconds(30));
        QVERIFY(!f.trace.lane(task).incomplete);
    }

    void orderBeatsTheClock()
    {
        Fixture f; // the worker read its clock before the loop did, and published later
        f.take({{loopLaneId, {enters(0, 0, State::Ready), enters(10, 1, State::Running), enters(20, 2, State::Queued)}},
                {worker, {enters(19, 3, State::InWorker, worker), enters(30, 4, State::Ready, worker)}}});
        f.take({{loopLaneId, {ends(30, 5)}}});
        QCOMPARE(f.spans(task), QByteArray("ready 0-10 running 10-20 in_worker 20-30"));
        QCOMPARE(f.trace.times(task).total(), Nanoseconds(30));
    }

    void theLoopIsBlockedWhileATaskBlocksIt()
    {
        Fixture f;
        f.take({{loopLaneId,
                 {enters(0, 0, State::Ready), loopEvent(5, EventKind::LoopBusy), enters(10, 1, State::Running),
                  enters(20, 2, State::Blocking), enters(90, 3, State::Running), ends(95, 4), loopEvent(99, EventKind::LoopIdle)}}});
        QCOMPARE(f.spans(loopLaneId), QByteArray("running 5-20 blocking 20-90 running 90-99"));
        QCOMPARE(f.trace.span(loopLaneId, 1).peer, task);
    }

    void lossLeavesAGapAndIsSaid()
    {
        Fixture f;
        std::vector<Event> events{enters(0, 0, State::Ready), enters(10, 1, State::Running)};
        Event late = enters(50, 4, State::Awaiting);
        late.afterLoss = true;
        events.push_back(late);
        f.take({{loopLaneId, events}}, 2);
        for (int i = 0; i < 5; ++i)
            f.take({}, 2);
        QVERIFY(f.trace.lane(task).incomplete);
        QCOMPARE(f.trace.info().droppedEvents, std::uint64_t(2));
        f.take({{loopLaneId, {ends(60, 5)}}}, 2);
        QCOMPARE(f.spans(task), QByteArray("ready 0-10 awaiting 50-60"));
    }

    void aLostEndIsNoInventedSpan()
    {
        Fixture f;
        f.take({{loopLaneId, {enters(0, 0, State::Ready), enters(10, 1, State::Running)}}}, 1);
        Recorder::Harvest harvest;
        harvest.dropped = 1;
        harvest.concluded.push_back(TaskConcluded{task, TaskResult::done("ok")});
        f.builder.take(std::move(harvest));
        f.builder.finish(100, "over");
        QCOMPARE(f.trace.lane(task).task.outcome, Outcome::Done);
        QVERIFY(f.trace.lane(task).incomplete);
        QCOMPARE(f.spans(task), QByteArray("ready 0-10"));
    }

    void anOutcomeIsNotSeenBeforeTheLastSpan()
    {
        Fixture f;
        Recorder::Harvest harvest;
        harvest.concluded.push_back(TaskConcluded{task, TaskResult::done("ok")});
        f.builder.take(std::move(harvest));
        QCOMPARE(f.trace.lane(task).task.outcome, Outcome::Unfinished);
        f.take({{loopLaneId, {enters(0, 0, State::Ready), enters(1, 1, State::Running), ends(2, 2)}}});
        QCOMPARE(f.trace.lane(task).task.outcome, Outcome::Done);
    }

    void whatHasNotEndedIsCancelledAtTheEnd()
    {
        Fixture f;
        f.take({{worker, {enters(10, 1, State::InWorker, worker)}},
                {loopLaneId, {enters(0, 0, State::Ready), loopEvent(1, EventKind::LoopBusy)}}});
        f.builder.finish(100, "the loop did not answer");
        QCOMPARE(f.spans(task), QByteArray("ready 0-10 in_worker 10-100"));
        QCOMPARE(f.spans(worker), QByteArray("in_worker 10-100"));
        QCOMPARE(f.spans(loopLaneId), QByteArray("running 1-100"));
        QCOMPARE(f.trace.lane(task).task.outcome, Outcome::Cancelled);
        QCOMPARE(f.trace.name(f.trace.lane(task).task.note), std::string("the loop did not answer"));
    }

    void aTaskWithoutEventsIsIncomplete()
    {
        Fixture f;
        f.builder.finish(100, "the loop did not answer");
        QVERIFY(f.trace.lane(task).incomplete);
        QCOMPARE(f.trace.lane(task).task.outcome, Outcome::Cancelled);
    }

    void anAbandonedJobLeavesItsWorker()
    {
        Fixture f;
        f.take({{worker, {enters(10, 1, State::InWorker, worker)}},
                {loopLaneId, {enters(0, 0, State::Ready), enters(40, 2, State::Ready, worker, EventKind::Abandon), ends(50, 3)}}});
        QCOMPARE(f.spans(task), QByteArray("ready 0-10 in_worker 10-40 ready 40-50"));
        QCOMPARE(f.spans(worker), QByteArray("in_worker 10-40"));
    }

    void progressIsKept()
    {
        Fixture f;
        f.trace.changeTask(task, [](TaskFacts &facts) { facts.file = std::make_unique<FileFacts>(); });
        const std::uint64_t big = (std::uint64_t(1) << 40U) + 5;
        f.take({{worker,
                 {Event{5, task, 0, static_cast<LaneId>(big >> 24U), static_cast<std::uint32_t>(big & 0xFF'FFFFU), EventKind::Progress,
                        State::Running, false}}}});
        QCOMPARE(f.trace.lane(task).task.file->bytes, big);
    }

    // Its place was given up after a loss: what comes late is counted, and does not bring an ended task back to life.
    void anEventThatComesTooLateIsCounted()
    {
        Fixture f;
        f.take({{loopLaneId, {enters(0, 0, State::Ready), enters(10, 1, State::Running), ends(100, 4)}}}, 1);
        for (int i = 0; i < 10; ++i)
            f.take({}, 1);
        QCOMPARE(f.trace.lane(task).end(), std::optional<Nanoseconds>(100));
        f.take({{worker, {enters(20, 2, State::InWorker, worker)}}}, 1);
        QVERIFY(!f.trace.lane(task).isOpen());
        QVERIFY(f.trace.lane(task).incomplete);
        QCOMPARE(f.trace.info().droppedEvents, std::uint64_t(2));
    }

    // It was told of, and its thread preempted before the event: a clock that was corrected meanwhile gives the same instant another
    // number.
    void aTasksFirstStateBeginsWithIt()
    {
        Fixture f;
        f.take({{loopLaneId, {enters(3, 0, State::Ready), enters(10, 1, State::Running), ends(20, 2)}}});
        QCOMPARE(f.spans(task), QByteArray("ready 0-10 running 10-20"));
    }

    // What a drain leaves, the next ones build, in the same order of time; nothing is fetched meanwhile, so nothing overtakes it.
    void buildsNoMoreAtOnceThanIsAsked()
    {
        test::ManualClock clock;
        Recorder recorder(clock);
        Trace trace;
        SpanBuilder builder(trace);
        constexpr LaneId first = 1;
        constexpr LaneId tasks = 50;
        for (LaneId lane = first; lane < first + tasks; ++lane) {
            recorder.tell(TaskCreated{lane, noLane, 0, "t", "x", {}});
            recorder.enterAt(lane, lane, 0, State::Ready, 0, noLane);
            recorder.enterAt(1000 + lane, lane, 1, State::Running, 0, noLane);
            recorder.tell(TaskConcluded{lane, TaskResult::done("ok")});
        }
        builder.take(recorder, 120);
        QCOMPARE(trace.tasks().size(), std::size_t(30));
        builder.take(recorder, 90);
        QCOMPARE(trace.tasks().size(), std::size_t(tasks));
        QCOMPARE(trace.spanCount(), std::size_t(10)); // of the first five tasks: a closed span and an open one
        for (LaneId lane = first; lane < first + tasks; ++lane)
            recorder.enterAt(2000 + lane, lane, 2, State::Awaiting, 0, noLane);
        for (int i = 0; i < 3; ++i)
            builder.take(recorder, 30);
        QCOMPARE(trace.spanCount(), std::size_t(2 * tasks));
        QCOMPARE(trace.lane(first + tasks - 1).open()->state, State::Running);
        builder.takeAll(recorder);
        for (LaneId lane = first; lane < first + tasks; ++lane) {
            QCOMPARE(trace.spanCount(lane), std::size_t(3));
            QCOMPARE(trace.lane(lane).open()->begin, Nanoseconds(2000 + lane));
        }
    }

    // Two threads record more than they have memory for at once, while what came before is built bit by bit.
    void buildsWhereItWasRecordedWhileMoreComes()
    {
        constexpr std::uint32_t rounds = 40;
        constexpr std::uint32_t eventsARound = 300;
        test::ManualClock clock;
        Recorder recorder(clock, std::size_t(3) * EventBuffer::chunkCapacity);
        Trace trace;
        SpanBuilder builder(trace);
        for (const LaneId lane : {1U, 2U})
            recorder.tell(TaskCreated{lane, noLane, 0, "t", "x", {}});
        const auto record = [&recorder](LaneId lane, std::uint32_t round) {
            for (std::uint32_t i = round * eventsARound; i < (round + 1) * eventsARound; ++i)
                recorder.enterAt(2 * i + lane, lane, i, i % 2 == 0 ? State::Ready : State::Running, 0, noLane);
        };
        for (std::uint32_t round = 0; round < rounds; ++round) {
            std::thread([&] {
                recorder.bindThread(worker); // and so to the buffer of the one before
                record(2, round);
            }).join();
            record(1, round);
            for (std::uint32_t built = 0; built < 2 * eventsARound; built += 100)
                builder.take(recorder, 100);
        }
        builder.takeAll(recorder);
        for (const LaneId lane : {1U, 2U}) {
            QVERIFY(!trace.lane(lane).incomplete);
            QCOMPARE(trace.spanCount(lane), std::size_t(rounds * eventsARound));
            for (std::uint32_t i = 1; i < rounds * eventsARound; ++i) {
                QCOMPARE(trace.span(lane, i).begin, Nanoseconds(2 * i + lane));
                QCOMPARE(trace.span(lane, i).state, i % 2 == 0 ? State::Ready : State::Running);
            }
        }
        QCOMPARE(trace.info().droppedEvents, std::uint64_t(0));
    }
};

QTEST_GUILESS_MAIN(SpanBuilderTest)
#include "span_builder_test.moc"
