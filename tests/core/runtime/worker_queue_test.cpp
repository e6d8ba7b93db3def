#include "core/runtime/worker_queue.h"

#include <QTest>

#include <algorithm>
#include <cstddef>
#include <memory>

using namespace loopscope;

namespace {

class Batch final : public PoolBatch {
public:
    std::size_t takenOf(std::size_t share) const override { return share; }
    Reason reason() const override { return "together"; }
};

class Job final : public PoolJob {
public:
    explicit Job(PoolBatch *batch = nullptr)
        : batch_(batch)
    {
    }
    void work(std::shared_ptr<PoolJob> /*self*/, LaneId /*worker*/) override { }
    void refuse(const char * /*reason*/) override { }
    PoolBatch *batch() const override { return batch_; }
    void workTogether(PoolJobs & /*jobs*/, LaneId /*worker*/) override { }

private:
    PoolBatch *batch_;
};

PoolJobs addJobs(WorkerQueue &queue, int count, PoolBatch *batch = nullptr)
{
    PoolJobs added;
    for (int i = 0; i < count; ++i)
        queue.add(added.emplace_back(std::make_shared<Job>(batch)));
    return added;
}

PoolJobs firstOf(const PoolJobs &jobs, std::ptrdiff_t count)
{
    return {jobs.begin(), jobs.begin() + count};
}

} // namespace

class WorkerQueueTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesJobsInTheirOrder();
    void takesBackToTheHead();
    void leavesABatchForOtherWorkers();
    void endsABatchAtAnother();
    void wantsAWorkerForEachJobThatNoneIsIdleFor();
    void admitsTheOneExpected();
    void admitsALateOneIfALaneIsFree();
    void refusesALateOneOnceItIsOver();
    void awakesOneAtATime();
};

void WorkerQueueTest::givesJobsInTheirOrder()
{
    WorkerQueue queue(2);
    const PoolJobs jobs = addJobs(queue, 3);
    for (const auto &job : jobs) {
        QVERIFY(queue.hasJobs);
        PoolJobs taken;
        QVERIFY(!queue.takeJobs(taken));
        QCOMPARE(taken, PoolJobs{job});
    }
    QVERIFY(!queue.hasJobs);
}

void WorkerQueueTest::takesBackToTheHead()
{
    WorkerQueue queue(1);
    const PoolJobs jobs = addJobs(queue, 3);
    PoolJobs taken{queue.takeFirst(), queue.takeFirst(), queue.takeFirst()};
    queue.add(std::make_shared<Job>());
    queue.putBack(taken);
    QVERIFY(taken.empty());
    QVERIFY(queue.hasJobs);
    QCOMPARE(queue.jobs.size(), std::size_t(4));
    QVERIFY(std::equal(jobs.begin(), jobs.end(), queue.jobs.begin()));
}

void WorkerQueueTest::leavesABatchForOtherWorkers()
{
    WorkerQueue queue(2);
    Batch batch;
    const PoolJobs jobs = addJobs(queue, 12, &batch);
    PoolJobs taken;
    QVERIFY(queue.takeJobs(taken));
    QCOMPARE(taken, firstOf(jobs, 3)); // the other one takes as many, and each comes again
}

void WorkerQueueTest::endsABatchAtAnother()
{
    WorkerQueue queue(1);
    Batch one;
    Batch other;
    const PoolJobs jobs = addJobs(queue, 2, &one);
    addJobs(queue, 10, &other);
    PoolJobs taken;
    QVERIFY(queue.takeJobs(taken));
    QCOMPARE(taken, jobs);
}

void WorkerQueueTest::wantsAWorkerForEachJobThatNoneIsIdleFor()
{
    WorkerQueue queue(2);
    QVERIFY(!queue.needsWorker());
    addJobs(queue, 3);
    QVERIFY(queue.needsWorker());
    QCOMPARE(queue.addWorker(), LaneId(1));
    QVERIFY(queue.needsWorker());
    QCOMPARE(queue.addWorker(), LaneId(2));
    QVERIFY(!queue.needsWorker()); // there are no more lanes
}

void WorkerQueueTest::admitsTheOneExpected()
{
    WorkerQueue queue(2);
    addJobs(queue, 1);
    queue.expected = queue.addWorker();
    QCOMPARE(queue.admitWorker(), LaneId(1));
    QVERIFY(!queue.expected);
    QCOMPARE(queue.alive, 1);
    PoolJobs taken;
    queue.takeJobs(taken);
    --queue.idle;
    queue.workerLeft(1);
    QCOMPARE(queue.alive, 0);
    QVERIFY(queue.hasEnded());
}

void WorkerQueueTest::admitsALateOneIfALaneIsFree()
{
    WorkerQueue queue(1);
    addJobs(queue, 2);
    queue.expected = queue.addWorker();
    queue.giveUpExpected();
    QVERIFY(queue.isShort);
    QCOMPARE(queue.lost, 1);
    QCOMPARE(queue.admitWorker(), LaneId(1));
    QVERIFY(!queue.isShort);
    QCOMPARE(queue.lost, 0);

    queue.lost = 1; // one more, when the only lane is taken
    QCOMPARE(queue.admitWorker(), noLane);
}

void WorkerQueueTest::refusesALateOneOnceItIsOver()
{
    WorkerQueue queue(1);
    addJobs(queue, 1);
    queue.expected = queue.addWorker();
    queue.giveUpExpected();
    static_cast<void>(queue.takeFirst());
    queue.isClosing = true;
    QCOMPARE(queue.admitWorker(), noLane);
    QVERIFY(queue.hasEnded());
}

void WorkerQueueTest::awakesOneAtATime()
{
    WorkerQueue queue(2);
    queue.asleep = 2;
    QVERIFY(!queue.takeAwakening()); // there is nothing to do
    addJobs(queue, 2);
    QVERIFY(queue.takeAwakening());
    QVERIFY(!queue.takeAwakening()); // that one tells the other
    queue.isAwakening = false;
    queue.isWatched = true;
    QVERIFY(!queue.takeAwakening()); // an idle one looks by itself
}

QTEST_GUILESS_MAIN(WorkerQueueTest)

#include "worker_queue_test.moc"
