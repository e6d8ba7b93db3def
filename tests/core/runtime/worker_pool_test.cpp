#include "core/runtime/worker_pool.h"

#include "tests/support/descriptors.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <functional>
#include <latch>
#include <mutex>
#include <set>

#include <unistd.h>

using namespace loopscope;
using namespace std::chrono_literals;

namespace {

class Job final : public PoolJob {
public:
    explicit Job(std::function<void(LaneId)> function)
        : function_(std::move(function))
    {
    }
    void work(std::shared_ptr<PoolJob> /*self*/, LaneId worker) override { function_(worker); }
    void workTogether(PoolJobs & /*jobs*/, LaneId /*worker*/) override { QFAIL("it belongs to no batch"); }
    void refuse(const char *reason) override
    {
        if (!mayBeRefused)
            QFAIL(reason);
        isRefused = true;
    }

    bool mayBeRefused = false;
    std::atomic<bool> isRefused = false;

private:
    std::function<void(LaneId)> function_;
};

} // namespace

class WorkerPoolTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneWorkerTakesJobsInOrder()
    {
        SteadyClock clock;
        Recorder recorder(clock);
        WorkerPool pool(1, recorder);
        QVERIFY(pool.start());
        std::vector<int> order;
        for (int i = 0; i < 1000; ++i)
            pool.submit(std::make_shared<Job>([&order, i](LaneId) { order.push_back(i); }));
        QVERIFY(pool.closeAndWait(std::chrono::steady_clock::now() + 60s));
        QCOMPARE(order.size(), std::size_t(1000));
        QVERIFY(std::ranges::is_sorted(order));
    }

    void asManyWorkAtOnceAsThereAreWorkers()
    {
        SteadyClock clock;
        Recorder recorder(clock);
        WorkerPool pool(3, recorder);
        QVERIFY(pool.start());
        std::latch together(3); // ends only when three jobs are at work at the same time
        std::mutex mutex;
        std::set<LaneId> workers;
        for (int i = 0; i < 3; ++i) {
            pool.submit(std::make_shared<Job>([&](LaneId worker) {
                together.arrive_and_wait();
                const std::scoped_lock lock(mutex);
                workers.insert(worker);
            }));
        }
        QVERIFY(pool.closeAndWait(std::chrono::steady_clock::now() + 60s));
        QCOMPARE(workers, (std::set<LaneId>{1, 2, 3}));
        QCOMPARE(pool.workersMissing(), 0);
    }

    // As many as there are jobs for, not as many as there may be.
    void oneJobStartsOneWorker()
    {
        SteadyClock clock;
        Recorder recorder(clock);
        WorkerPool pool(100, recorder);
        QVERIFY(pool.start());
        std::mutex mutex;
        std::set<LaneId> workers;
        for (int i = 0; i < 20; ++i) {
            std::latch done(1);
            pool.submit(std::make_shared<Job>([&](LaneId worker) {
                const std::scoped_lock lock(mutex);
                workers.insert(worker);
                done.count_down();
            }));
            done.wait();
        }
        QVERIFY(pool.closeAndWait(std::chrono::steady_clock::now() + 60s));
        QVERIFY(workers.size() < 10); // a worker may not be back when the next job comes
    }

    void aThreadAJobEndsWithItsJob()
    {
        SteadyClock clock;
        Recorder recorder(clock);
        WorkerPool pool(
            3, recorder, [] {}, WorkerLife::Job);
        QVERIFY(pool.start());
        std::mutex mutex;
        std::set<pid_t> threads;
        std::set<LaneId> lanes;
        std::atomic<int> atWork = 0;
        std::atomic<int> most = 0;
        constexpr int jobs = 60;
        for (int i = 0; i < jobs; ++i) {
            pool.submit(std::make_shared<Job>([&](LaneId lane) {
                const int now = ++atWork;
                const std::scoped_lock lock(mutex);
                most = std::max(most.load(), now);
                threads.insert(::gettid());
                lanes.insert(lane);
                --atWork;
            }));
        }
        QVERIFY(pool.closeAndWait(std::chrono::steady_clock::now() + 60s));
        QCOMPARE(threads.size(), std::size_t(jobs)); // the kernel does not soon give a number again
        QVERIFY(most <= 3);
        QVERIFY(std::ranges::all_of(lanes, [](LaneId lane) { return lane >= 1 && lane <= 3; }));
        QCOMPARE(pool.workersMissing(), 0);
    }

    void aStuckWorkerIsNotWaitedFor()
    {
        SteadyClock clock;
        Recorder recorder(clock);
        WorkerPool pool(1, recorder);
        QVERIFY(pool.start());
        std::latch atWork(1);
        std::latch stuck(1);
        pool.submit(std::make_shared<Job>([&](LaneId) {
            atWork.count_down();
            stuck.wait();
        }));
        atWork.wait();
        QVERIFY(!pool.closeAndWait(std::chrono::steady_clock::now() + 10ms));
        stuck.count_down();
        QVERIFY(pool.closeAndWait(std::chrono::steady_clock::now() + 60s));
    }

    void withoutDescriptorsAJobWaitsUntilThereAreSome()
    {
        SteadyClock clock;
        Recorder recorder(clock);
        WorkerPool pool(1, recorder);
        QVERIFY(pool.start());
        std::latch done(1);
        const auto job = std::make_shared<Job>([&done](LaneId) { done.count_down(); });
        {
            const test::DescriptorLimit limit(2);
            pool.submit(job);
            QTRY_COMPARE_WITH_TIMEOUT(pool.workersMissing(), 1, 30'000);
        }
        done.wait();
        QCOMPARE(pool.workersMissing(), 0);
        QVERIFY(pool.closeAndWait(std::chrono::steady_clock::now() + 60s));
    }

    void withoutDescriptorsForLongAJobIsRefused()
    {
        SteadyClock clock;
        Recorder recorder(clock);
        WorkerPool pool(1, recorder);
        QVERIFY(pool.start());
        const auto job = std::make_shared<Job>([](LaneId) { QFAIL("there is no worker"); });
        job->mayBeRefused = true;
        const test::DescriptorLimit limit(2);
        pool.submit(job);
        QTRY_VERIFY_WITH_TIMEOUT(job->isRefused.load(), 30'000);
        QVERIFY(pool.closeAndWait(std::chrono::steady_clock::now() + 60s));
    }

    void anUnusedPoolEnds()
    {
        SteadyClock clock;
        Recorder recorder(clock);
        const WorkerPool pool(8, recorder);
    }
};

QTEST_GUILESS_MAIN(WorkerPoolTest)
#include "worker_pool_test.moc"
