#include "tests/support/program.h"
#include "tests/support/report.h"
#include "tests/support/scratch_folder.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <algorithm>

#include <csignal>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace loopscope::test;

namespace {

constexpr int promisedMs = 2000;
constexpr int watchdogMs = 20'000;

/// Waits until the program has a loop and a worker beside its first thread: by then it watches for signals.
bool waitForThreads(const QProcess &process)
{
    const QString threads = QStringLiteral("/proc/%1/task").arg(process.processId());
    return QTest::qWaitFor([&] { return QDir(threads).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size() >= 3; }, watchdogMs);
}

bool waitUntilOpen(const QProcess &process, const QString &path)
{
    const QDir descriptors(QStringLiteral("/proc/%1/fd").arg(process.processId()));
    return QTest::qWaitFor(
        [&] {
            const QStringList names = descriptors.entryList(QDir::Files | QDir::System);
            return std::ranges::any_of(names,
                                       [&](const QString &name) { return QFile::symLinkTarget(descriptors.filePath(name)) == path; });
        },
        watchdogMs);
}

void send(const QProcess &process, int signal)
{
    ::kill(static_cast<pid_t>(process.processId()), signal);
}

/// A pipe whose reader does not read.
class FullPipe {
public:
    explicit FullPipe(const ScratchFolder &scratch)
        : path_(scratch.path("pipe"))
    {
        ::mkfifo(path_.c_str(), 0600);
        descriptor_ = ::open(path_.c_str(), O_RDWR | O_CLOEXEC);
    }
    FullPipe(const FullPipe &) = delete;
    FullPipe &operator=(const FullPipe &) = delete;
    ~FullPipe() { ::close(descriptor_); }

    [[nodiscard]] QString path() const { return QString::fromStdString(path_); }
    [[nodiscard]] int unread() const
    {
        int bytes = 0;
        ::ioctl(descriptor_, FIONREAD, &bytes);
        return bytes;
    }

private:
    std::string path_;
    int descriptor_ = -1;
};

} // namespace

/// Signals during a run.
class InterruptTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anInterruptedRunStillReports_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("signal");
        const auto row = [](const char *name, const char *arguments, int signal) { QTest::newRow(name) << words(arguments) << signal; };
        row("pool, SIGINT", "--scenario executor --set tasks=6 --set seconds=60", SIGINT);
        row("pool, SIGTERM", "--scenario executor --set tasks=6 --set seconds=60", SIGTERM);
        row("blocked loop", "--scenario executor --set tasks=3 --set seconds=60 --set place=loop", SIGINT);
        row("timers", "--scenario async-sleep --set seconds=60", SIGINT);
        row("a file of a terabyte", "large", SIGINT);
    }

    void anInterruptedRunStillReports()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const int, signal);
        const ScratchFolder scratch;
        QCOMPARE(::truncate(scratch.write("large", "").c_str(), off_t(1) << 40), 0); // a hole, which takes no room
        QElapsedTimer sinceSignal;
        const auto interrupt = [&](QProcess &process) {
            QVERIFY(waitForThreads(process));
            send(process, signal);
            sinceSignal.start();
        };
        const ProgramResult result =
            runProgram(words("run --report json") + arguments, {QString::fromStdString(scratch.path()), {}, {}, interrupt});
        QVERIFY2(sinceSignal.elapsed() < promisedMs, qPrintable(QString::number(sinceSignal.elapsed())));
        QCOMPARE(result.exitCode, 130);
        QVERIFY2(result.err.endsWith("loopscope: interrupted\n"), result.err.constData());
        const auto report = readReport(result.out);
        QVERIFY(report);
        QCOMPARE(brokenInvariant(*report), QByteArray());
        QCOMPARE(report->count("done") + report->count("failed") + report->count("cancelled"), report->tasks.size());
    }

    void aReadThatHangsDoesNotHoldTheStop()
    {
        const ScratchFolder scratch;
        const std::string stalls = scratch.write("stalls", "x");
        scratch.write("reads", "x");
        QElapsedTimer sinceSignal;
        const auto interrupt = [&](QProcess &process) {
            QVERIFY(waitUntilOpen(process, QString::fromStdString(stalls)));
            send(process, SIGTERM);
            sinceSignal.start();
        };
        const QStringList environment = {QStringLiteral("LD_PRELOAD=" LOOPSCOPE_STALLING_READ),
                                         QStringLiteral("ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0")};
        const ProgramResult result =
            runProgram(words("run --report json stalls reads"), {QString::fromStdString(scratch.path()), environment, {}, interrupt});
        QVERIFY2(sinceSignal.elapsed() < promisedMs, qPrintable(QString::number(sinceSignal.elapsed())));
        QCOMPARE(result.exitCode, 130);
        const auto report = readReport(result.out);
        QVERIFY(report);
        QCOMPARE(report->task(QStringLiteral("stalls"))->outcome, QStringLiteral("cancelled"));
        QVERIFY(report->task(QStringLiteral("stalls"))->json[QLatin1String("note")].toString().contains(QLatin1String("abandoned")));
        QCOMPARE(brokenInvariant(*report), QByteArray());
    }

    void anEchoOfTheSignalDoesNotCostTheReport()
    {
        const auto interrupt = [](QProcess &process) {
            QVERIFY(waitForThreads(process));
            send(process, SIGINT);
            send(process, SIGTERM);
        };
        const ProgramResult result =
            runProgram(words("run --report json --scenario async-sleep --set seconds=60"), {{}, {}, {}, interrupt});
        QCOMPARE(result.exitCode, 130);
        QVERIFY(readReport(result.out));
    }

    void aSecondSignalEndsItAtOnce()
    {
        const ScratchFolder scratch;
        const FullPipe pipe(scratch);
        QStringList arguments = words("run --report json");
        for (int i = 0; i < 1000; ++i)
            arguments.append(QStringLiteral("/nowhere/%1").arg(i));
        QElapsedTimer sinceSecond;
        const auto interruptTwice = [&](QProcess &process) {
            // The run is over, and its report fills the pipe: no stop can help.
            QVERIFY(QTest::qWaitFor([&pipe] { return pipe.unread() >= 65536; }, watchdogMs));
            send(process, SIGINT);
            QVERIFY(!process.waitForFinished(500));
            send(process, SIGTERM);
            sinceSecond.start();
        };
        const ProgramResult result = runProgram(arguments, {{}, {}, pipe.path(), interruptTwice});
        QVERIFY(sinceSecond.elapsed() < promisedMs);
        QCOMPARE(result.exitCode, -1);
    }
};

QTEST_GUILESS_MAIN(InterruptTest)
#include "interrupt_test.moc"
