#include "core/runtime/runtime.h"
#include "core/runtime/worker_pool.h"
#include "tests/support/session_run.h"

#include <QTest>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <new>

#include <dlfcn.h>
#include <pthread.h>

using namespace loopscope;
using namespace loopscope::test;

namespace {

std::atomic<int> threadsToGrant{INT_MAX};

std::atomic<int> detachedToGrant{INT_MAX}; // Qt's
std::atomic<int> detachedToRefuse{0};      // after these
std::atomic<int> detachedInTime{INT_MAX};
std::atomic<unsigned long> lateness{0}; // of those after these, in ms

std::atomic<int> threadsWithoutMemory{0};
std::atomic<bool> isMemoryShort{false}; // for these
thread_local bool hasNoMemory = false;  // if it is short

QCoro::Task<TaskResult> useWorkerFor(Runtime &runtime, unsigned long ms)
{
    auto job = [ms](const std::stop_token &) {
        QThread::msleep(ms);
        return 1;
    };
    const auto done = co_await runtime.runBlocking(job, "job");
    if (!done)
        co_return TaskResult::cancelled();
    co_return TaskResult::done("done");
}

QCoro::Task<TaskResult> useWorker(Runtime &runtime)
{
    return useWorkerFor(runtime, 5);
}

bool isDetached(const pthread_attr_t *attributes)
{
    int state = PTHREAD_CREATE_JOINABLE;
    return attributes != nullptr && pthread_attr_getdetachstate(attributes, &state) == 0 && state == PTHREAD_CREATE_DETACHED;
}

/// What a thread does once it has begun.
struct Beginning {
    void *(*start)(void *);
    void *argument;
};

void *beginLate(void *given)
{
    const auto beginning = *std::unique_ptr<Beginning>(static_cast<Beginning *>(given));
    QThread::msleep(lateness);
    return beginning.start(beginning.argument);
}

void *beginWithoutMemory(void *given)
{
    const auto beginning = *std::unique_ptr<Beginning>(static_cast<Beginning *>(given));
    hasNoMemory = true;
    return beginning.start(beginning.argument);
}

class CountedJob final : public PoolJob {
public:
    explicit CountedJob(std::atomic<int> &done)
        : done_(done)
    {
    }
    void work(std::shared_ptr<PoolJob> /*self*/, LaneId /*worker*/) override { ++done_; }
    void workTogether(PoolJobs & /*jobs*/, LaneId /*worker*/) override { QFAIL("it belongs to no batch"); }
    void refuse(const char *reason) override { QFAIL(reason); }

private:
    std::atomic<int> &done_;
};

void expectRefusals()
{
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(QStringLiteral("Thread creation error")));
}

} // namespace

/// Stands before the C library's: grants as many threads as the test says, and lets them begin when it says. As root, RLIMIT_NPROC would
/// not bite.
extern "C" int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument)
{
    using Create = int (*)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    static const auto create = reinterpret_cast<Create>(dlsym(RTLD_NEXT, "pthread_create"));
    if (threadsToGrant.fetch_sub(1) <= 0)
        return EAGAIN;
    if (isDetached(attributes) && detachedToGrant.fetch_sub(1) <= 0 && detachedToRefuse.fetch_sub(1) > 0)
        return EAGAIN;
    if (isDetached(attributes) && detachedInTime.fetch_sub(1) <= 0)
        return create(thread, attributes, beginLate, new Beginning{start, argument});
    if (threadsWithoutMemory.fetch_sub(1) > 0)
        return create(thread, attributes, beginWithoutMemory, new Beginning{start, argument});
    return create(thread, attributes, start, argument);
}

// Not inlined: or g++ sees malloc() and operator delete, and warns of a mismatch.
[[gnu::noinline]] void *operator new(std::size_t size)
{
    void *const memory = hasNoMemory && isMemoryShort ? nullptr : std::malloc(size);
    if (memory == nullptr)
        throw std::bad_alloc();
    return memory;
}

[[gnu::noinline]] void operator delete(void *memory) noexcept
{
    std::free(memory);
}

[[gnu::noinline]] void operator delete(void *memory, std::size_t /*size*/) noexcept
{
    std::free(memory);
}

class ThreadShortageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup()
    {
        threadsToGrant = INT_MAX;
        detachedToGrant = INT_MAX;
        detachedToRefuse = 0;
        detachedInTime = INT_MAX;
        threadsWithoutMemory = 0;
        isMemoryShort = false;
    }

    void aThreadThatIsRefusedAfterAllIsTriedAgain()
    {
        SessionSettings settings;
        settings.workers = 1;
        Session session(settings);
        detachedToGrant = 1; // the loop
        detachedToRefuse = 1;
        expectRefusals();
        session.start([](Runtime &runtime) { runtime.spawn({"t", "x"}, useWorker); });
        QVERIFY(waitForEnd(session));
        VERIFY_PROMISES(*session.trace());
        QCOMPARE(session.trace()->totals()[Outcome::Done], std::size_t(1));
        QVERIFY(session.trace()->info().notes.empty());
    }

    void aWorkerThatComesLateWorks_data()
    {
        QTest::addColumn<unsigned long>("ms");
        QTest::addColumn<int>("threads");
        constexpr int oneWorker = 3 + 1;               // after the timers, the starter of workers, and the loop
        for (const unsigned long ms : {30UL, 800UL}) { // the latter has been given up when it comes
            QTest::addRow("%lu ms, the last thread", ms) << ms << oneWorker;
            QTest::addRow("%lu ms", ms) << ms << INT_MAX;
        }
    }

    void aWorkerThatComesLateWorks()
    {
        QFETCH(const unsigned long, ms);
        QFETCH(const int, threads);
        SessionSettings settings;
        settings.workers = 1;
        Session session(settings);
        threadsToGrant = threads;
        detachedInTime = 1; // the loop
        lateness = ms;
        session.start([](Runtime &runtime) {
            for (int i = 0; i < 3; ++i)
                runtime.spawn({"t", "x"}, useWorker);
        });
        QVERIFY(waitForEnd(session));
        VERIFY_PROMISES(*session.trace());
        QCOMPARE(session.trace()->totals()[Outcome::Done], std::size_t(3));
        QVERIFY(session.trace()->info().notes.empty());
    }

    void patienceBeginsWhenTheLastWorkerHasEnded()
    {
        SessionSettings settings;
        settings.workers = 2;
        settings.workerLife = WorkerLife::Job;
        Session session(settings);
        threadsToGrant = 3 + 1; // the timers, the starter of workers, the loop, and a job's
        session.start([](Runtime &runtime) {
            for (int i = 0; i < 2; ++i)
                runtime.spawn({"t", "x"}, [](Runtime &own) { return useWorkerFor(own, 2500); });
        });
        const auto ended = [&session] { return session.trace()->endedTasks().size(); };
        QTRY_COMPARE_WITH_TIMEOUT(ended(), std::size_t(1), 30'000);
        threadsToGrant = INT_MAX;
        QVERIFY(waitForEnd(session));
        QCOMPARE(session.trace()->totals()[Outcome::Done], std::size_t(2));
    }

    void aThreadAJobWaitsUntilThereAreThreads()
    {
        SessionSettings settings;
        settings.workers = 4;
        settings.workerLife = WorkerLife::Job;
        Session session(settings);
        threadsToGrant = 3 + 5; // the timers, the starter of workers, the loop, and some jobs'
        session.start([](Runtime &runtime) {
            for (int i = 0; i < 20; ++i)
                runtime.spawn({"t", "x"}, useWorker);
        });
        const auto ended = [&session] { return session.trace()->endedTasks().size(); };
        QTRY_COMPARE_WITH_TIMEOUT(ended(), std::size_t(5), 30'000);
        QCOMPARE(session.phase(), Session::Phase::Running);
        threadsToGrant = INT_MAX;
        QVERIFY(waitForEnd(session));
        QCOMPARE(session.trace()->totals()[Outcome::Done] + session.trace()->totals()[Outcome::Failed], std::size_t(20));
        QVERIFY(session.trace()->totals()[Outcome::Done] > 5U);
    }

    void fewerWorkersDoTheWorkAndItIsSaid()
    {
        SessionSettings settings;
        settings.workers = 4;
        Session session(settings);
        threadsToGrant = 3 + 2; // the timers, the starter of workers, the loop, and two workers
        expectRefusals();
        session.start([](Runtime &runtime) {
            for (int i = 0; i < 20; ++i)
                runtime.spawn({"t", "x"}, useWorker);
        });
        QVERIFY(waitForEnd(session));
        VERIFY_PROMISES(*session.trace());
        QCOMPARE(session.trace()->totals()[Outcome::Done], std::size_t(20));
        QCOMPARE(session.trace()->info().notes.size(), std::size_t(1));
        QCOMPARE(session.trace()->info().notes.front(), std::string("the system granted only 2 of 4 workers"));
    }

    void withoutAnyWorkerTasksFailWithTheReason()
    {
        SessionSettings settings;
        settings.workers = 2;
        Session session(settings);
        threadsToGrant = 3;
        expectRefusals();
        session.start([](Runtime &runtime) { runtime.spawn({"t", "x"}, useWorker); });
        QVERIFY(waitForEnd(session));
        VERIFY_PROMISES(*session.trace());
        const TaskFacts &facts = session.trace()->lane(session.trace()->tasks().front()).task;
        QCOMPARE(facts.outcome, Outcome::Failed);
        QCOMPARE(session.trace()->name(facts.error), std::string("the system grants no thread for a worker"));
    }

    void withoutMemoryForAWorkerAJobWaits()
    {
        SteadyClock clock;
        Recorder recorder(clock);
        std::atomic<int> done = 0;
        WorkerPool pool(1, recorder);
        isMemoryShort = true;
        threadsWithoutMemory = 1; // the starter of workers
        QVERIFY(pool.start());
        pool.submit(std::make_shared<CountedJob>(done));
        QTRY_COMPARE_WITH_TIMEOUT(pool.workersMissing(), 1, 30'000);
        isMemoryShort = false;
        QVERIFY(pool.closeAndWait(std::chrono::steady_clock::now() + std::chrono::seconds(60)));
        QCOMPARE(done.load(), 1);
    }

    void withoutAThreadForTheLoopTheRunEnds()
    {
        for (const int granted : {0, 1, 2}) {
            Session session({});
            threadsToGrant = granted;
            if (granted == 2)
                expectRefusals();
            session.start([](Runtime &runtime) { runtime.spawn({"t", "x"}, useWorker); });
            QVERIFY(waitForEnd(session));
            QVERIFY(session.trace()->tasks().empty());
            QCOMPARE(session.trace()->info().notes.size(), std::size_t(1));
            threadsToGrant = INT_MAX;
        }
    }
};

QTEST_GUILESS_MAIN(ThreadShortageTest)
#include "thread_shortage_test.moc"
