#include "core/runtime/process_usage.h"

#include <QTest>

#include <string>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace loopscope;

namespace {

constexpr std::uint64_t mebibyte = 1 << 20;

/// The peak of this program started anew by a process that needs `bytes` itself, in MiB as its exit code; -1 if that failed.
int peakWhenStartedByALargeOne(std::size_t bytes)
{
    const pid_t child = ::fork();
    if (child == 0) {
        const std::string large(bytes, 'x');
        ::execl("/proc/self/exe", "process_usage_test", "--tell-peak", large.substr(0, 1).c_str(), nullptr);
        ::_exit(255);
    }
    int status = 0;
    return child > 0 && ::waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace

class ProcessUsageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void thePeakIsNotThatOfTheParent()
    {
        const int peak = peakWhenStartedByALargeOne(400 * mebibyte);
        QVERIFY2(peak > 0 && peak < 200, qPrintable(QString::number(peak)));
    }

    void thePeakGrowsWithTheMemory()
    {
        const std::string large(100 * mebibyte, 'x');
        QVERIFY(peakRssBytes() > large.size());
    }

    void whatWasBeforeCanBeForgotten()
    {
        if (::access("/proc/self/clear_refs", W_OK) != 0)
            QSKIP("the system does not let a process forget its peak");
        {
            const std::string large(400 * mebibyte, 'x');
            QVERIFY(peakRssBytes() > large.size());
        }
        forgetPeakRss();
        QVERIFY2(peakRssBytes() < 300 * mebibyte, qPrintable(QString::number(peakRssBytes())));
    }

    void timeOfTheProcessorIsCounted()
    {
        const Nanoseconds before = processCpuTime();
        while (processCpuTime() < before + 10 * nanosecondsPerMillisecond) { }
        QVERIFY(before > 0);
    }
};

int main(int argc, char **argv)
{
    if (argc > 1 && std::string_view(argv[1]) == "--tell-peak")
        return static_cast<int>(peakRssBytes() / mebibyte);
    ProcessUsageTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "process_usage_test.moc"
