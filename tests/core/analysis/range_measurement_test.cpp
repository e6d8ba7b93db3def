#include "core/analysis/range_measurement.h"

#include <QTest>

#include <random>

using namespace loopscope;

namespace {

// Tasks with random spans, some of no length, the last one open, and wakes among them.
void fill(Trace &trace, int tasks, int spans)
{
    std::mt19937 random(11); // NOLINT(cert-msc32-c,cert-msc51-cpp): the same trace every time
    trace.addLane(LaneKind::Worker, "worker", 0);
    for (int task = 0; task < tasks; ++task) {
        const LaneId lane = trace.addLane(LaneKind::Task, "task", task);
        Nanoseconds at = task;
        for (int span = 0; span < spans; ++span) {
            trace.enter(lane, at, taskStates[random() % taskStates.size()], 0, noLane);
            at += random() % 40;
            trace.addWake({at, 1, lane});
        }
        if (task % 2 == 0)
            trace.end(lane, at);
        trace.advanceTo(std::max(trace.now(), at + 5));
    }
}

RangeMeasurement measured(const Trace &trace, TimeRange range, LaneId lane, std::size_t steps = SIZE_MAX)
{
    RangeMeasurement measurement(trace, range, lane);
    while (!measurement.advance(trace, steps)) { }
    return measurement;
}

// The same by looking at everything.
struct Naive {
    Naive(const Trace &trace, const std::vector<LaneId> &lanes, TimeRange range)
    {
        for (const LaneId lane : lanes) {
            for (std::size_t i = 0; i < trace.spanCount(lane); ++i)
                add(trace.span(lane, i), range);
        }
    }

    void add(const Span &span, TimeRange range)
    {
        const Nanoseconds inside = span.range().intersected(range).length();
        if (inside == 0 && !(span.begin == span.end && range.contains(span.begin)))
            return;
        times.add(span.state, inside);
        ++count;
        longest = std::max(longest, span.end - span.begin);
    }

    StateTimes times;
    std::size_t count = 0;
    Nanoseconds longest = 0;
};

Nanoseconds longestOf(const MeasuredLanes &lanes)
{
    Nanoseconds longest = 0;
    for (const State state : taskStates)
        longest = std::max(longest, lanes[state].lengths.longest());
    return longest;
}

} // namespace

class RangeMeasurementTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void measuresAsLookingAtEverythingDoes()
    {
        Trace trace;
        fill(trace, 7, 700);
        for (const TimeRange range : {TimeRange{0, trace.now()}, TimeRange{100, 5'000}, TimeRange{3'000, 3'001}, TimeRange{-50, 2}}) {
            const LaneId lane = trace.tasks()[3];
            const RangeMeasurement measurement = measured(trace, range, lane);
            const Naive all(trace, trace.tasks(), range);
            const Naive one(trace, {lane}, range);
            QCOMPARE(measurement.ofTasks().times, all.times);
            QCOMPARE(measurement.ofTasks().spanCount(), all.count);
            QCOMPARE(longestOf(measurement.ofTasks()), all.longest);
            QCOMPARE(measurement.ofLane().times, one.times);
            QCOMPARE(measurement.ofLane().spanCount(), one.count);
            QCOMPARE(longestOf(measurement.ofLane()), one.longest);
        }
    }

    void slicesGiveTheSame()
    {
        Trace trace;
        fill(trace, 5, 300);
        const TimeRange range{50, 4'000};
        const RangeMeasurement whole = measured(trace, range, trace.tasks()[1]);
        for (const std::size_t steps : {1, 7, 100}) {
            const RangeMeasurement sliced = measured(trace, range, trace.tasks()[1], steps);
            QCOMPARE(sliced.ofTasks().times, whole.ofTasks().times);
            QCOMPARE(sliced.ofTasks().spanCount(), whole.ofTasks().spanCount());
            QCOMPARE(sliced.ofTasks().wakes, whole.ofTasks().wakes);
            QCOMPARE(sliced.ofLane().spanCount(), whole.ofLane().spanCount());
            QCOMPARE(sliced.taskCount(), whole.taskCount());
        }
    }

    void theLongestLeadsToItsSpan()
    {
        Trace trace;
        fill(trace, 3, 50);
        const RangeMeasurement measurement = measured(trace, trace.extent(), noLane);
        for (const State state : taskStates) {
            const MeasuredSpans &spans = measurement.ofTasks()[state];
            const Span longest = trace.span(spans.longestLane, spans.longestSpan);
            QCOMPARE(longest.state, state);
            QCOMPARE(longest.end - longest.begin, spans.lengths.longest());
        }
        QCOMPARE(measurement.ofLane().spanCount(), std::size_t(0));
    }

    void wakesAndTasksInsideAreCounted()
    {
        Trace trace;
        trace.addLane(LaneKind::Worker, "worker", 0);
        const LaneId early = trace.addLane(LaneKind::Task, "early", 0);
        const LaneId late = trace.addLane(LaneKind::Task, "late", 100);
        trace.enter(early, 0, State::Running, 0, noLane);
        trace.end(early, 100);
        trace.enter(late, 100, State::Running, 0, noLane);
        trace.end(late, 200);
        trace.addWakes({{10, 1, early}, {20, 0, late}, {99, 1, early}, {100, 1, early}});
        const RangeMeasurement measurement = measured(trace, {10, 100}, early);
        QCOMPARE(measurement.taskCount(), std::size_t(1));
        QCOMPARE(measurement.ofTasks().wakes, std::size_t(3));
        QCOMPARE(measurement.ofLane().wakes, std::size_t(2));
    }

    void aTraceWithoutTasksIsDone()
    {
        const Trace trace;
        const RangeMeasurement measurement = measured(trace, {0, 100}, 17);
        QVERIFY(measurement.isDone());
        QCOMPARE(measurement.lane(), noLane);
        QCOMPARE(measurement.share(), 1.0);
    }
};

QTEST_GUILESS_MAIN(RangeMeasurementTest)
#include "range_measurement_test.moc"
