#include "core/analysis/cpu_share.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace loopscope;

namespace {

/// Three workers and no loop, so that a test says who computes.
struct Run {
    Trace trace;
    std::vector<LaneId> workers{trace.addLane(LaneKind::Worker, "#1", 0), trace.addLane(LaneKind::Worker, "#2", 0),
                                trace.addLane(LaneKind::Worker, "#3", 0)};

    LaneId job(std::size_t worker, TimeRange work, const char *kind, State before = State::Queued)
    {
        const LaneId task = trace.addLane(LaneKind::Task, "t", work.begin - 1);
        trace.changeTask(task, [&](TaskFacts &facts) {
            facts.kind = trace.internName(kind);
            if (facts.kind == trace.internName("file"))
                facts.file = std::make_unique<FileFacts>();
        });
        trace.enter(task, work.begin - 1, before, 0, noLane);
        trace.enter(task, work.begin, State::InWorker, 0, workers[worker]);
        trace.end(task, work.end);
        trace.advanceTo(std::max(trace.now(), work.end));
        return task;
    }
    [[nodiscard]] CpuShare share(int cores) const { return {trace, PreparedBatches(trace), cores}; }
};

} // namespace

class CpuShareTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whoComputesAloneHasAProcessor()
    {
        Run run;
        run.job(0, {100, 200}, "cpu");
        QCOMPARE(run.share(1).in({100, 200}), Nanoseconds(100));
        QCOMPARE(run.share(1).in({120, 150}), Nanoseconds(30));
    }

    void moreThanThereAreCoresShareThem()
    {
        Run run;
        run.job(0, {100, 200}, "cpu");
        run.job(1, {100, 160}, "cpu");
        run.job(2, {100, 160}, "sleep"); // takes none
        QCOMPARE(run.share(1).in({100, 200}), Nanoseconds(30 + 40));
        QCOMPARE(run.share(2).in({100, 200}), Nanoseconds(100));
    }

    void processorTimeThatNoLaneShowsIsAnothersAllTheTime()
    {
        Run run;
        run.job(0, {100, 200}, "cpu");
        run.job(0, {200, 300}, "cpu");
        run.trace.changeInfo([](RunInfo &info) { info.cpu = 200 + others(); });
        QCOMPARE(run.share(1).in({100, 200}), std::llround(100.0 / (1 + static_cast<double>(others()) / 300)));
        run.trace.changeInfo([](RunInfo &info) { info.cpu = 0; }); // not known
        QCOMPARE(run.share(1).in({100, 200}), Nanoseconds(100));
    }

    void aJobTakesSomethingBesidesWhateverTheProcessorTimeSays()
    {
        Trace unknown;
        QCOMPARE(besidesAJob(unknown), Nanoseconds(0));
        Run run;
        run.job(0, {10'000, 20'000}, "cpu");
        run.trace.changeInfo([](RunInfo &info) { info.cpu = 1; });
        QCOMPARE(run.share(1).in({10'000, 20'000}), std::llround(10'000 / (1 + static_cast<double>(besidesAJob(run.trace)) / 20'000)));
    }

    void readersAreCounted()
    {
        Run run;
        run.job(0, {100, 200}, "file");
        run.job(1, {150, 250}, "file", State::Awaiting); // prepared since 149
        run.job(2, {100, 300}, "cpu");
        const CpuShare share = run.share(8);
        QCOMPARE(share.readersAt(0), 0);
        QCOMPARE(share.readersAt(100), 1);
        QCOMPARE(share.readersAt(149), 2);
        QCOMPARE(share.readersAt(200), 1);
        QCOMPARE(share.readersAt(250), 0);
    }

    void moreReadersThanCoresAreNoSlower()
    {
        QCOMPARE(readingSlowdown(0, 0.5, 2), 1.0);
        QCOMPARE(readingSlowdown(1, 0.5, 2), 1.0);
        QCOMPARE(readingSlowdown(2, 0.5, 2), 1.5);
        QCOMPARE(readingSlowdown(64, 0.5, 2), 1.5);
        QCOMPARE(readingSlowdown(64, 0.5, 3), 2.0);
        QCOMPARE(readingSlowdown(64, 0.5, 64), 2.5);
        QCOMPARE(readingSlowdown(64, 0, 64), 1.0); // reads no file
    }

    void largeFilesShareTheWayToMemory()
    {
        FileFacts small;
        small.bytes = 4096;
        FileFacts large;
        large.bytes = 1'000'000;
        QVERIFY(crowdingOf(small) > 0);
        QVERIFY(crowdingOf(large) > crowdingOf(small));
    }

private:
    /// More than two jobs take besides.
    static Nanoseconds others()
    {
        Trace known;
        known.changeInfo([](RunInfo &info) { info.cpu = 1; });
        return 2 * besidesAJob(known) + 100;
    }
};

QTEST_GUILESS_MAIN(CpuShareTest)
#include "cpu_share_test.moc"
