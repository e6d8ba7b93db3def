#include "core/analysis/prepared_batches.h"

#include <QTest>

using namespace loopscope;

namespace {

/// Two workers, and tasks whose jobs they do.
struct Run {
    Trace trace;
    LaneId first = trace.addLane(LaneKind::Worker, "#1", 0);
    LaneId second = trace.addLane(LaneKind::Worker, "#2", 0);

    /// A job that was being prepared since `prepared`. Answers where its in-worker span is.
    SpanPlace prepared(Nanoseconds prepared, LaneId worker, TimeRange work) { return job(State::Awaiting, prepared, worker, work); }
    /// A job that was done alone after it had been prepared in vain.
    SpanPlace vain(TimeRange preparation, LaneId worker, TimeRange work)
    {
        const LaneId task = trace.addLane(LaneKind::Task, "t", preparation.begin - 5);
        trace.enter(task, preparation.begin - 5, State::Queued, 0, noLane);
        trace.enter(task, preparation.begin, State::Awaiting, 0, noLane);
        trace.enter(task, preparation.end, State::Queued, 0, noLane);
        trace.enter(task, work.begin, State::InWorker, 0, worker);
        trace.end(task, work.end);
        return {task, trace.spanCount(task) - 1};
    }
    SpanPlace alone(Nanoseconds queued, LaneId worker, TimeRange work) { return job(State::Queued, queued, worker, work); }

private:
    SpanPlace job(State before, Nanoseconds since, LaneId worker, TimeRange work)
    {
        const LaneId task = trace.addLane(LaneKind::Task, "t", since - 5);
        trace.enter(task, since - 5, State::Queued, 0, noLane);
        trace.enter(task, since, before, 0, noLane);
        trace.enter(task, work.begin, State::InWorker, 0, worker);
        trace.end(task, work.end);
        return {task, trace.spanCount(task) - 1};
    }
};

} // namespace

class PreparedBatchesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jobsThatAreDoneAloneAreNone()
    {
        Run run;
        const SpanPlace job = run.alone(10, run.first, {20, 30});
        const PreparedBatches batches(run.trace);
        QVERIFY(batches.all().empty());
        QVERIFY(batches.of(job) == nullptr);
        QVERIFY(batches.of({job.lane, 99}) == nullptr);
    }

    void aWorkersJobsAreTogetherUntilItBeginsAnew()
    {
        Run run;
        const SpanPlace a = run.prepared(100, run.first, {150, 160});
        const SpanPlace other = run.prepared(101, run.second, {140, 145}); // at the same time, by another worker
        const SpanPlace b = run.prepared(102, run.first, {165, 170});      // joined a moment later
        const SpanPlace c = run.prepared(170, run.first, {200, 201});      // the next one begins when the last one ends
        const PreparedBatches batches(run.trace);
        const std::vector<PreparedBatch> expected{{run.first, {100, 170}, 2}, {run.first, {170, 201}, 1}, {run.second, {101, 145}, 1}};
        QCOMPARE(batches.all(), expected);
        QCOMPARE(batches.of(a), &batches.all()[0]);
        QCOMPARE(batches.of(b), &batches.all()[0]);
        QCOMPARE(batches.of(c), &batches.all()[1]);
        QCOMPARE(batches.of(other), &batches.all()[2]);
        QVERIFY(batches.of({a.lane, a.span - 1}) == nullptr);
    }

    // They turned out to be too large, say.
    void jobsMayBePreparedInVain()
    {
        Run run;
        const SpanPlace a = run.vain({100, 180}, run.second, {200, 250});
        const SpanPlace b = run.vain({101, 181}, run.first, {185, 210}); // in the same call
        const SpanPlace done = run.prepared(100, run.first, {150, 160}); // as this one
        const SpanPlace later = run.vain({300, 310}, run.first, {320, 330});
        const PreparedBatches batches(run.trace);
        const std::vector<PreparedBatch> expected{{run.first, {100, 160}, 1}, {noLane, {100, 181}, 2}, {noLane, {300, 310}, 1}};
        QCOMPARE(batches.all(), expected);
        QCOMPARE(batches.of(done), &batches.all()[0]);
        QVERIFY(batches.vainOf(done) == nullptr);
        for (const SpanPlace job : {a, b, later}) {
            QVERIFY(batches.of(job) == nullptr);
            QVERIFY(wasPreparedInVain(run.trace, job));
        }
        QCOMPARE(batches.vainOf(a), &batches.all()[1]);
        QCOMPARE(batches.vainOf(b), &batches.all()[1]);
        QCOMPARE(batches.vainOf(later), &batches.all()[2]);
        QVERIFY(!wasPreparedInVain(run.trace, done));
        QVERIFY(!wasPreparedInVain(run.trace, {a.lane, 0}));
    }

    // Of a damaged trace: jobs of one worker overlap.
    void batchesOfOneWorkerDoNotOverlap()
    {
        Run run;
        static_cast<void>(run.prepared(100, run.first, {150, 170}));
        static_cast<void>(run.prepared(50, run.first, {210, 220}));
        static_cast<void>(run.prepared(170, run.first, {180, 201}));
        const PreparedBatches batches(run.trace);
        const std::vector<PreparedBatch> expected{{run.first, {50, 220}, 3}};
        QCOMPARE(batches.all(), expected);
    }

    // Of a damaged trace: the worker of a job may be anything.
    void whatNoWorkerDidIsNone()
    {
        Run run;
        static_cast<void>(run.prepared(100, noLane, {150, 160}));
        static_cast<void>(run.prepared(100, loopLaneId, {150, 160}));
        QVERIFY(PreparedBatches(run.trace).all().empty());
    }
};

QTEST_GUILESS_MAIN(PreparedBatchesTest)
#include "prepared_batches_test.moc"
