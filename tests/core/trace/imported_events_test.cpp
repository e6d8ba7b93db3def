#include "core/trace/imported_events.h"
#include "core/trace/trace.h"

#include <QTest>

using namespace loopscope;

namespace {

// A process of two threads, the first of them with nested slices, and a counter.
struct ImportedTrace {
    Trace trace{TraceOrigin::Import};
    LaneId process = add(LaneKind::Process, "renderer", noLane);
    LaneId main = add(LaneKind::Thread, "main", process);
    LaneId nested = add(LaneKind::Row, "main", main);
    LaneId compositor = add(LaneKind::Thread, "compositor", process);
    LaneId memory = add(LaneKind::Counter, "memory", process);

    LaneId add(LaneKind kind, std::string_view name, LaneId parent)
    {
        const LaneId lane = trace.addLane(kind, name, 0);
        trace.changeTask(lane, [parent](TaskFacts &facts) { facts.parent = parent; });
        return lane;
    }
};

class Arguments : public EventSource {
public:
    [[nodiscard]] std::string arguments(EventId event) const override { return "{\"event\":" + std::to_string(event) + "}"; }
};

} // namespace

class ImportedEventsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTraceOfOthersHasNoLoopToShow()
    {
        QVERIFY(Trace().hasLoop());
        QVERIFY(!Trace(TraceOrigin::Import).hasLoop());
    }

    void rowsAreTheTasksAndWhatWasImported()
    {
        Trace run;
        const LaneId worker = run.addLane(LaneKind::Worker, "#1", 0);
        const LaneId task = run.addLane(LaneKind::Task, "a", 0);
        QCOMPARE(run.rows(), (std::vector<LaneId>{task}));
        const LaneId thread = run.addLane(LaneKind::Thread, "t", 0);
        const LaneId later = run.addLane(LaneKind::Task, "b", 0);
        QCOMPARE(run.rows(), (std::vector<LaneId>{task, thread, later}));
        QCOMPARE(run.tasks(), (std::vector<LaneId>{task, later}));
        QCOMPARE(run.workers(), (std::vector<LaneId>{worker}));

        const ImportedTrace imported;
        QCOMPARE(imported.trace.rows(), (std::vector<LaneId>{imported.main, imported.nested, imported.compositor, imported.memory}));
        QCOMPARE(imported.trace.processes(), (std::vector<LaneId>{imported.process}));
        QVERIFY(imported.trace.tasks().empty());
    }

    void aLaneKnowsItsThreadAndItsProcess()
    {
        const ImportedTrace imported;
        QCOMPARE(imported.trace.headOf(imported.nested), imported.main);
        QCOMPARE(imported.trace.headOf(imported.compositor), imported.compositor);
        QCOMPARE(imported.trace.processOf(imported.nested), imported.process);
        QCOMPARE(imported.trace.processOf(imported.memory), imported.process);
        QCOMPARE(imported.trace.processOf(loopLaneId), noLane);
    }

    void slicesKeepTheNumberOfTheirEvent()
    {
        ImportedTrace imported;
        const SiteId site = imported.trace.internSite("paint", "gfx", "", 0);
        imported.trace.enter(imported.main, 10, State::Slice, site, largestEventId);
        imported.trace.leave(imported.main, 30);
        imported.trace.changeImported([](ImportedEvents &events) { events.setSource(std::make_shared<Arguments>()); });
        const Span span = imported.trace.span(imported.main, 0);
        QCOMPARE(span.state, State::Slice);
        QCOMPARE(span.peer, largestEventId);
        QCOMPARE(imported.trace.times(imported.main)[State::Slice], Nanoseconds(20));
        QCOMPARE(imported.trace.imported().arguments(span.peer), "{\"event\":" + std::to_string(largestEventId) + "}");
        QCOMPARE(imported.trace.imported().arguments(noEvent), std::string());
    }

    void spansOfAFileAreAppendedAsTheyAre()
    {
        ImportedTrace imported;
        imported.trace.appendSpan(imported.main, {10, 30, State::Slice, 0, 1});
        imported.trace.appendSpan(imported.main, {30, 30, State::Slice, 0, 2}); // of no length
        imported.trace.appendSpan(imported.main, {40, 50, State::Ready, 0, noLane});
        QCOMPARE(imported.trace.spanCount(imported.main), std::size_t(3));
        QCOMPARE(imported.trace.span(imported.main, 1), (Span{30, 30, State::Slice, 0, 2}));
        QCOMPARE(imported.trace.now(), Nanoseconds(50));
        QCOMPARE(imported.trace.spanCount(), std::size_t(3));
        imported.trace.appendSpan(imported.main, {60, latestTime + 1, State::Slice, 0, 3});
        QCOMPARE(imported.trace.spanCount(imported.main), std::size_t(3));
        QCOMPARE(imported.trace.info().spansNotKept, std::uint64_t(1));
    }

    void instantsAreFoundByLaneInOrderOfTime()
    {
        ImportedEvents events;
        events.setInstants({{50, 2, 0, 1}, {20, 2, 0, 2}, {30, 1, 0, 3}, {20, 2, 0, 4}});
        std::vector<EventId> ofTwo;
        for (const Instant &instant : events.instants(2))
            ofTwo.push_back(instant.event);
        QCOMPARE(ofTwo, (std::vector<EventId>{2, 4, 1}));
        QCOMPARE(events.instants(1).size(), std::size_t(1));
        QVERIFY(events.instants(7).empty());
    }

    void flowsAndSamplesAreInOrderOfTime()
    {
        ImportedEvents events;
        events.setFlows({{50, 60, 1, 2, 0}, {10, 90, 2, 1, 0}});
        QCOMPARE(events.flows().front().sent, Nanoseconds(10));
        events.setSamples(3, {{20, 2.0}, {10, 1.0}, {20, 3.0}});
        const std::vector<Sample> expected{{10, 1.0}, {20, 2.0}, {20, 3.0}};
        QVERIFY(std::ranges::equal(events.samples(3), expected));
        QVERIFY(events.samples(4).empty());
    }

    void memoryIsCounted()
    {
        Trace trace(TraceOrigin::Import);
        const std::size_t before = trace.byteSize();
        trace.changeImported([](ImportedEvents &events) { events.setInstants(std::vector<Instant>(1000)); });
        QVERIFY(trace.byteSize() >= before + 1000 * sizeof(Instant));
    }
};

QTEST_GUILESS_MAIN(ImportedEventsTest)
#include "imported_events_test.moc"
