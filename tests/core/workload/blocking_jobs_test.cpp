#include "core/workload/blocking_jobs.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

#include <ctime>
#include <sys/stat.h>

using namespace loopscope;
using namespace std::chrono_literals;

namespace {

using Clock = std::chrono::steady_clock;

std::chrono::nanoseconds cpuTimeOfThread()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

/// Runs `job` on another thread, requests a stop once that has begun, and gives its result.
template <typename Job>
TaskResult stopped(Job job)
{
    std::stop_source source;
    std::atomic<bool> hasBegun = false;
    TaskResult result;
    std::thread thread([&] {
        hasBegun = true;
        result = job(source.get_token());
    });
    while (!hasBegun)
        std::this_thread::yield();
    source.request_stop();
    thread.join(); // the watchdog is the test's time-out: the jobs would last an hour
    return result;
}

} // namespace

class BlockingJobsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sleepingBlocksForItsTime()
    {
        const auto begin = Clock::now();
        const std::chrono::nanoseconds cpu = cpuTimeOfThread();
        const TaskResult result = sleepFor(50ms, {});
        QCOMPARE(result.outcome, Outcome::Done);
        QCOMPARE(std::string(result.text), std::string("Finished sleeping"));
        QVERIFY(Clock::now() - begin >= 50ms);
        QVERIFY(cpuTimeOfThread() - cpu < 25ms);
    }

    void computingTakesItsTimeOfTheThread()
    {
        const std::chrono::nanoseconds cpu = cpuTimeOfThread();
        const TaskResult result = burnCpu(50ms, {});
        QCOMPARE(result.outcome, Outcome::Done);
        QVERIFY(cpuTimeOfThread() - cpu >= 50ms);
    }

    void computingTellsTheTruth()
    {
        const TaskResult result = burnCpu(5ms, {});
        const QStringList words = QString::fromStdString(std::string(result.text)).remove(QLatin1Char(',')).split(QLatin1Char(' '));
        QCOMPARE(words.size(), 5); // "Counted N primes below M"
        const auto limit = words.at(4).toULongLong();
        std::vector<bool> isComposite(limit);
        std::size_t primes = 0;
        for (std::size_t i = 2; i < limit; ++i) {
            primes += !isComposite[i];
            for (std::size_t multiple = 2 * i; multiple < limit; multiple += i)
                isComposite[multiple] = true;
        }
        QVERIFY(limit > 3);
        QCOMPARE(words.at(1).toULongLong(), primes);
    }

    void jobsEndSoonAfterAStop()
    {
        QCOMPARE(stopped([](const std::stop_token &stop) { return sleepFor(1h, stop); }).outcome, Outcome::Cancelled);
        QCOMPARE(stopped([](const std::stop_token &stop) { return burnCpu(1h, stop); }).outcome, Outcome::Cancelled);
    }

    void nothingBeginsAfterAStop()
    {
        std::stop_source source;
        source.request_stop();
        QCOMPARE(sleepFor(1h, source.get_token()).outcome, Outcome::Cancelled);
        QCOMPARE(burnCpu(1h, source.get_token()).outcome, Outcome::Cancelled);
        QCOMPARE(blockingRead(LOOPSCOPE_TEST_DATA "/scenarios/good/smallest.json", source.get_token()).outcome, Outcome::Cancelled);
    }

    void aFileIsReadToItsEnd()
    {
        QTemporaryDir dir;
        QFile file(dir.filePath(QStringLiteral("numbers")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QByteArray line = QByteArray(999, 'x') + '\n';
        for (int i = 0; i < 1049; ++i)
            QCOMPARE(file.write(line), line.size());
        file.close();
        const TaskResult result = blockingRead(file.fileName().toStdString(), {});
        QCOMPARE(result.outcome, Outcome::Done);
        QCOMPARE(std::string(result.text), std::string("Read 1.05 MB"));
        QCOMPARE(result.file->bytes, std::uint64_t(1'049'000));
        QCOMPARE(result.file->lines, std::uint64_t(1049));
    }

    void aReadThatIsStoppedIsCancelled()
    {
        QTemporaryDir dir;
        QFile file(dir.filePath(QStringLiteral("sparse")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.resize(qint64(1) << 40));
        const std::string path = file.fileName().toStdString();
        QCOMPARE(stopped([&](const std::stop_token &stop) { return blockingRead(path, stop); }).outcome, Outcome::Cancelled);
    }

    void whatCannotBeReadFailsWithItsReason()
    {
        QTemporaryDir dir;
        const std::string fifo = dir.filePath(QStringLiteral("fifo")).toStdString();
        QCOMPARE(mkfifo(fifo.c_str(), 0600), 0);
        QCOMPARE(blockingRead(fifo, {}).outcome, Outcome::Failed);
        const TaskResult missing = blockingRead(fifo + "x", {});
        QCOMPARE(missing.outcome, Outcome::Failed);
        QCOMPARE(std::string(missing.text), std::string("No such file or directory"));
    }
};

QTEST_GUILESS_MAIN(BlockingJobsTest)
#include "blocking_jobs_test.moc"
