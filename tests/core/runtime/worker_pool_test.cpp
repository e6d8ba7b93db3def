#include "core/runtime/worker_pool.h"

#include "tests/support/descriptors.h"

#include <QTest>

#include <atomic>
#include <functional>
#include <latch>
#include <mutex>
#include <set>

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
    void refuse(const std::string &reason) override
    {
        if (!mayBeRefused)
            QFAIL(reason.c_str());
        isRefused = true;
    }

    bool mayBeRefused = false;
    bool isRefused = false;

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

    void aStuckWorkerIsLeftAlone()
    {
        // The stuck worker outlives the pool and uses these.
        static SteadyClock clock;
        static Recorder recorder(clock);
        static std::latch stuck(1);
        static std::atomic<bool> hasEnded{false};
        {
            WorkerPool pool(1, recorder);
            std::latch atWork(1);
            pool.submit(std::make_shared<Job>([&atWork](LaneId) {
                atWork.count_down();
                stuck.wait();
                hasEnded = true;
            }));
            atWork.wait();
            QVERIFY(!pool.closeAndWait(std::chrono::steady_clock::now() + 10ms));
        }
        QVERIFY(!hasEnded);
        stuck.count_down();
        QTRY_VERIFY_WITH_TIMEOUT(hasEnded.load(), 30'000);
    }

    void withoutDescriptorsAJobIsRefusedUntilThereAreSome()
    {
        SteadyClock clock;
        Recorder recorder(clock);
        WorkerPool pool(1, recorder);
        std::atomic<int> done = 0;
        const auto early = std::make_shared<Job>([&done](LaneId) { ++done; });
        early->mayBeRefused = true;
        {
            const test::DescriptorLimit limit(2);
            pool.submit(early);
        }
        QVERIFY(early->isRefused);
        pool.submit(std::make_shared<Job>([&done](LaneId) { ++done; }));
        QVERIFY(pool.closeAndWait(std::chrono::steady_clock::now() + 60s));
        QCOMPARE(done.load(), 1);
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
