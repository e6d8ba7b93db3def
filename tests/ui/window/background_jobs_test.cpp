#include "ui/window/background_jobs.h"

#include "tests/support/scratch_folder.h"
#include "ui/window/path_opener.h"
#include "ui/window/trace_opener.h"
#include "ui/window/trace_saver.h"

#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <cerrno>
#include <new>
#include <optional>
#include <thread>

#include <dlfcn.h>
#include <pthread.h>

using namespace loopscope;

namespace {

constexpr int watchdogMs = 30'000;
std::atomic<bool> refusesThreads{false};

} // namespace

/// Stands before the C library's. As root, RLIMIT_NPROC would not bite.
extern "C" int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument)
{
    using Create = int (*)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    static const auto create = reinterpret_cast<Create>(dlsym(RTLD_NEXT, "pthread_create"));
    return refusesThreads ? EAGAIN : create(thread, attributes, start, argument);
}

class BackgroundJobsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { refusesThreads = false; }
    void bringsWhatAJobTellsToItsOwner();
    void saysThatThereIsNoThread();
    void saysThatThereIsNoMemory();
    void letsTheOpenerSayWhy();
    void letsTheSaverSayWhy();
    void letsTheSearchSayWhy();

private:
    /// Runs a job, and gives the reason why it failed.
    std::string failureOf(std::function<void(const BackgroundJobs::Tell &)> job)
    {
        QObject owner;
        BackgroundJobs jobs(owner);
        std::optional<std::string> reason;
        jobs.start(std::move(job), [&reason](const std::string &given) { reason = given; });
        (void)QTest::qWaitFor([&reason] { return reason.has_value(); }, watchdogMs);
        return reason.value_or("nothing was told");
    }

    test::ScratchFolder scratch_;
};

void BackgroundJobsTest::bringsWhatAJobTellsToItsOwner()
{
    QObject owner;
    BackgroundJobs jobs(owner);
    const std::thread::id here = std::this_thread::get_id();
    std::optional<std::thread::id> told;
    bool hasFailed = false;
    jobs.start([&told](const BackgroundJobs::Tell &tell) { tell([&told] { told = std::this_thread::get_id(); }); },
               [&hasFailed](const std::string &) { hasFailed = true; });
    QTRY_VERIFY_WITH_TIMEOUT(told.has_value(), watchdogMs);
    QCOMPARE(*told, here);
    QVERIFY(!hasFailed);
}

void BackgroundJobsTest::saysThatThereIsNoThread()
{
    refusesThreads = true;
    QCOMPARE(failureOf([](const BackgroundJobs::Tell &) {}), std::string("the system grants no thread for it"));
}

void BackgroundJobsTest::saysThatThereIsNoMemory()
{
    QCOMPARE(failureOf([](const BackgroundJobs::Tell &) { throw std::bad_alloc(); }), std::string("there is not enough memory"));
}

void BackgroundJobsTest::letsTheOpenerSayWhy()
{
    TraceOpener opener([](const std::string &, const OpeningObserver &) -> OpeningResult { throw std::bad_alloc(); });
    const QSignalSpy opened(&opener, &TraceOpener::opened);
    opener.open(scratch_.write("a", "1"));
    opener.open(scratch_.write("b", "1"));
    QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 2, watchdogMs); // one failure does not hold up the next file
    QVERIFY(!opener.isBusy());
    const auto file = opened.at(0).at(0).value<std::shared_ptr<const OpenedFile>>();
    QCOMPARE(file->file.path, scratch_.path("a"));
    QCOMPARE(file->result.error().what, std::string("there is not enough memory"));
}

void BackgroundJobsTest::letsTheSaverSayWhy()
{
    refusesThreads = true;
    TraceSaver saver;
    std::optional<TraceSaver::Result> result;
    saver.start([](const OpeningObserver &) { return TraceSaver::Result(); },
                [&result](const TraceSaver::Result &given) { result = given; });
    QTRY_VERIFY_WITH_TIMEOUT(result.has_value(), watchdogMs);
    QVERIFY(!saver.isBusy());
    QCOMPARE(result->error().what, std::string("the system grants no thread for it"));
}

void BackgroundJobsTest::letsTheSearchSayWhy()
{
    refusesThreads = true;
    PathOpener opener;
    const QSignalSpy opened(&opener, &PathOpener::opened);
    opener.open({scratch_.write("a", "1")}, PathIntent::Read);
    QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, watchdogMs);
    QVERIFY(!opener.isBusy());
    const auto found = opened.at(0).at(0).value<std::shared_ptr<const OpenedPaths>>();
    QCOMPARE(found->failure, std::string("the system grants no thread for it"));
    QVERIFY(found->files.files.empty());
}

QTEST_GUILESS_MAIN(BackgroundJobsTest)
#include "background_jobs_test.moc"
