#include "tests/support/processes.h"
#include "tests/support/program.h"
#include "tests/support/report.h"
#include "tests/support/scratch_folder.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace loopscope::test;

namespace {

constexpr int watchdogMs = 20'000;
// What is interrupted would go on for far longer. The promise is 2 s, of a machine that has nothing else to do.
constexpr int soonMs = 15'000;

/// Waits until the program has a loop and a worker beside its first thread: by then it watches for signals.
bool waitForThreads(const QProcess &process)
{
    const QString threads = QStringLiteral("/proc/%1/task").arg(process.processId());
    return QTest::qWaitFor([&] { return QDir(threads).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size() >= 3; }, watchdogMs);
}

/// Waits until a read() of the program hangs.
bool waitUntilItStalls(const QProcess &process)
{
    const QDir threads(QStringLiteral("/proc/%1/task").arg(process.processId()));
    return QTest::qWaitFor(
        [&] {
            const QStringList ids = threads.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
            return std::ranges::any_of(ids, [&](const QString &id) {
                QFile name(threads.filePath(id + QStringLiteral("/comm")));
                return name.open(QIODevice::ReadOnly) && name.readAll() == "stalling\n";
            });
        },
        watchdogMs);
}

/// Waits until the program has a handler for SIGINT.
bool waitUntilItListens(const QProcess &process)
{
    const auto listens = [&process] {
        QFile status(QStringLiteral("/proc/%1/status").arg(process.processId()));
        const QByteArray text = status.open(QIODevice::ReadOnly) ? status.readAll() : QByteArray();
        const qsizetype at = text.indexOf("SigCgt:");
        return at >= 0 && (text.mid(at + 7, text.indexOf('\n', at) - at - 7).trimmed().toULongLong(nullptr, 16) & (1U << (SIGINT - 1)));
    };
    return QTest::qWaitFor(listens, watchdogMs);
}

void send(const QProcess &process, int signal)
{
    ::kill(static_cast<pid_t>(process.processId()), signal);
}

/// Fewer than it waits for, so that poll(2) is refused.
void grantOneDescriptor(const QProcess &process)
{
    const rlimit one{1, 1};
    QCOMPARE(::prlimit(static_cast<pid_t>(process.processId()), RLIMIT_NOFILE, &one, nullptr), 0);
}

/// Memory that the program has now, in KiB.
qint64 residentKib(const QProcess &process)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(process.processId()));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = status.readAll();
    const qsizetype at = text.indexOf("VmRSS:");
    return at < 0 ? 0 : text.mid(at + 6, text.indexOf("kB", at) - at - 6).trimmed().toLongLong();
}

/// A pipe whose reader reads only when it is told to.
class SlowPipe {
public:
    explicit SlowPipe(const ScratchFolder &scratch)
        : path_(scratch.path("pipe"))
    {
        ::mkfifo(path_.c_str(), 0600);
        descriptor_ = ::open(path_.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    }
    SlowPipe(const SlowPipe &) = delete;
    SlowPipe &operator=(const SlowPipe &) = delete;
    ~SlowPipe() { ::close(descriptor_); }

    [[nodiscard]] QString path() const { return QString::fromStdString(path_); }
    /// With what is nobody's.
    void fill() const
    {
        const std::string bytes(4096, ' ');
        while (::write(descriptor_, bytes.data(), bytes.size()) > 0) { }
    }
    [[nodiscard]] bool isFull() const
    {
        pollfd end{descriptor_, POLLOUT, 0};
        return ::poll(&end, 1, 0) == 0;
    }
    /// What there is, up to `most` bytes.
    QByteArray read(qsizetype most) const
    {
        QByteArray bytes(most, Qt::Uninitialized);
        bytes.truncate(std::max<qsizetype>(0, ::read(descriptor_, bytes.data(), static_cast<std::size_t>(most))));
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
    void initTestCase() { writeManyFiles(manyFiles_, 20, 1000, std::string(4096, 'x')); }

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
        QVERIFY2(sinceSignal.elapsed() < soonMs, qPrintable(QString::number(sinceSignal.elapsed())));
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
        scratch.write("stalls", "x");
        scratch.write("reads", "x");
        QElapsedTimer sinceSignal;
        const auto interrupt = [&](QProcess &process) {
            QVERIFY(waitUntilItStalls(process));
            send(process, SIGTERM);
            sinceSignal.start();
        };
        const QStringList environment = {QStringLiteral("LD_PRELOAD=" LOOPSCOPE_STALLING_READ),
                                         QStringLiteral("LD_LIBRARY_PATH=" LOOPSCOPE_PRELOADS),
                                         QStringLiteral("ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0")};
        const ProgramResult result =
            runProgram(words("run --report json stalls reads"), {QString::fromStdString(scratch.path()), environment, {}, interrupt});
        QVERIFY2(sinceSignal.elapsed() < soonMs, qPrintable(QString::number(sinceSignal.elapsed())));
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

    void aReportThatNobodyReadsIsGivenUp_data()
    {
        QTest::addColumn<QString>("redirection");
        QTest::newRow("the report") << QString();
        QTest::newRow("and the errors") << QStringLiteral("2>&1");
    }

    void aReportThatNobodyReadsIsGivenUp()
    {
        QFETCH(const QString, redirection);
        const ScratchFolder scratch;
        const SlowPipe pipe(scratch);
        QElapsedTimer sinceSignal;
        const auto interrupt = [&](QProcess &process) {
            // The run is over, and its report fills the pipe.
            QVERIFY(QTest::qWaitFor([&pipe] { return pipe.isFull(); }, watchdogMs));
            send(process, SIGINT);
            sinceSignal.start();
        };
        const QString line = QStringLiteral("exec \"$0\" \"$@\" ") + redirection;
        const ProgramResult result = run(QStringLiteral("sh"), QStringList{QStringLiteral("-c"), line, programPath()} + largeReport(),
                                         {{}, {}, pipe.path(), interrupt});
        QVERIFY2(sinceSignal.elapsed() < soonMs, qPrintable(QString::number(sinceSignal.elapsed())));
        QCOMPARE(result.exitCode, 130);
        if (redirection.isEmpty()) {
            QVERIFY2(result.err.contains("cannot write to the standard output: nobody reads it\n"), result.err.constData());
            QVERIFY2(result.err.endsWith("loopscope: interrupted\n"), result.err.constData());
        }
    }

    void aReportIsWrittenWholeForAReaderThatReads()
    {
        const ScratchFolder scratch;
        const SlowPipe pipe(scratch);
        QByteArray read;
        const auto interrupt = [&](QProcess &process) {
            QVERIFY(QTest::qWaitFor([&pipe] { return pipe.isFull(); }, watchdogMs));
            send(process, SIGINT);
            QTRY_VERIFY_WITH_TIMEOUT((read += pipe.read(20'000)).endsWith("]}\n"), watchdogMs); // longer than a reader may stand still
        };
        const ProgramResult result = runProgram(largeReport(), {{}, {}, pipe.path(), interrupt});
        QCOMPARE(result.exitCode, 130);
        const auto report = readReport(read);
        QVERIFY(report);
        QCOMPARE(report->count("failed"), std::size_t(1000));
    }

    void reportsThatNobodyReadsAreInterrupted_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("a run") << words("report t.loopscope");
        QTest::newRow("a comparison") << words("report c.loopcompare");
        QTest::newRow("a prediction") << words("what-if --workers 4 t.loopscope");
    }

    void reportsThatNobodyReadsAreInterrupted()
    {
        QFETCH(const QStringList, arguments);
        const ScratchFolder scratch;
        const QString folder = QString::fromStdString(scratch.path());
        const QStringList work = words("--scenario executor --set seconds=0 --save");
        QCOMPARE(runProgram(words("run --report none") + work + words("t.loopscope"), {folder, {}, {}, {}}).exitCode, 0);
        QCOMPARE(runProgram(words("compare --repeat 1 --strategies timers") + work + words("c.loopcompare"), {folder, {}, {}, {}}).exitCode,
                 0);
        const SlowPipe pipe(scratch);
        pipe.fill();
        const auto interrupt = [&](QProcess &process) {
            QVERIFY(waitUntilItListens(process));
            QVERIFY(!process.waitForFinished(300)); // so that it writes, as a rule
            send(process, SIGINT);
        };
        const ProgramResult result = runProgram(arguments, {folder, {}, pipe.path(), interrupt});
        QCOMPARE(result.exitCode, 130);
        QVERIFY2(result.err.endsWith("loopscope: interrupted\n"), result.err.constData());
    }

    void aReportIsWrittenWhereWaitingIsRefused()
    {
        const ScratchFolder scratch;
        const SlowPipe pipe(scratch);
        QByteArray read;
        const auto limit = [&](QProcess &process) {
            QVERIFY(QTest::qWaitFor([&pipe] { return pipe.isFull(); }, watchdogMs));
            grantOneDescriptor(process);
            QTRY_VERIFY_WITH_TIMEOUT((read += pipe.read(20'000)).endsWith("]}\n"), watchdogMs);
        };
        (void)runProgram(largeReport(), {{}, {}, pipe.path(), limit});
        QVERIFY(readReport(read));
    }

    void aReportThatNobodyReadsIsGivenUpWhereWaitingIsRefused()
    {
        const ScratchFolder scratch;
        const SlowPipe pipe(scratch);
        QElapsedTimer sinceSignal;
        const auto interrupt = [&](QProcess &process) {
            QVERIFY(QTest::qWaitFor([&pipe] { return pipe.isFull(); }, watchdogMs));
            grantOneDescriptor(process);
            send(process, SIGINT);
            sinceSignal.start();
        };
        const QStringList environment{QStringLiteral("ASAN_OPTIONS=detect_leaks=0")}; // looking for them takes descriptors
        const ProgramResult result = runProgram(largeReport(), {{}, environment, pipe.path(), interrupt});
        QVERIFY2(sinceSignal.elapsed() < soonMs, qPrintable(QString::number(sinceSignal.elapsed())));
        QCOMPARE(result.exitCode, 130);
    }

    void aSecondSignalEndsItAtOnce()
    {
        const ScratchFolder scratch;
        const SlowPipe pipe(scratch);
        QElapsedTimer sinceSecond;
        const auto interruptTwice = [&](QProcess &process) {
            QVERIFY(QTest::qWaitFor([&pipe] { return pipe.isFull(); }, watchdogMs));
            send(process, SIGINT);
            for (int i = 0; i < 5; ++i) { // so slowly that the report would last for seconds
                QVERIFY(!process.waitForFinished(100));
                QVERIFY(!pipe.read(5'000).isEmpty());
            }
            send(process, SIGTERM);
            sinceSecond.start();
        };
        const ProgramResult result = runProgram(largeReport(), {{}, {}, pipe.path(), interruptTwice});
        QVERIFY(sinceSecond.elapsed() < soonMs);
        QCOMPARE(result.exitCode, -1);
    }

    void aPictureIsGivenUp()
    {
        const ScratchFolder scratch;
        scratch.write("file", "x");
        QElapsedTimer sinceSignal;
        const auto interrupt = [&](QProcess &process) {
            // The picture takes 800 MB: it is being drawn.
            QVERIFY(QTest::qWaitFor([&process] { return residentKib(process) > 300'000; }, watchdogMs));
            send(process, SIGTERM);
            sinceSignal.start();
        };
        const QStringList arguments = words("run --report json --size 40000x5000 --screenshot p.png file");
        const ProgramResult result = runProgram(arguments, {QString::fromStdString(scratch.path()), {}, {}, interrupt});
        QVERIFY2(sinceSignal.elapsed() < soonMs, qPrintable(QString::number(sinceSignal.elapsed())));
        QCOMPARE(result.exitCode, 130);
        QVERIFY2(result.err.contains("The picture was not written") && result.err.endsWith("loopscope: interrupted\n"),
                 result.err.constData());
        QVERIFY(readReport(result.out));
        QCOMPARE(QDir(QString::fromStdString(scratch.path())).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
                 QStringList{QStringLiteral("file")});
    }

    void manyFilesAreNoExcuse_data()
    {
        QTest::addColumn<int>("delayMs");
        for (const int delayMs : {0, 20, 50, 100, 200}) // in the search, or in the run
            QTest::addRow("%d ms", delayMs) << delayMs;
    }

    void manyFilesAreNoExcuse()
    {
        QFETCH(const int, delayMs);
        QElapsedTimer sinceSignal;
        const auto interrupt = [&](QProcess &process) {
            QVERIFY(waitUntilItListens(process));
            QTest::qSleep(delayMs);
            send(process, SIGINT);
            sinceSignal.start();
        };
        const QStringList arguments =
            words("run --report json") + QStringList{QString::fromStdString(manyFiles_.path()), QStringLiteral("/nowhere")};
        const ProgramResult result = runProgram(arguments, {{}, {}, {}, interrupt});
        QVERIFY2(sinceSignal.elapsed() < soonMs, qPrintable(QString::number(sinceSignal.elapsed())));
        QCOMPARE(result.exitCode, 130);
        QVERIFY2(result.err.endsWith("loopscope: interrupted\n"), result.err.constData());
        const auto report = readReport(result.out);
        QVERIFY(report);
        QCOMPARE(brokenInvariant(*report), QByteArray());
        QCOMPARE(report->count("done") + report->count("failed") + report->count("cancelled"), report->tasks.size());
        QVERIFY(report->task(QStringLiteral("/nowhere"))); // looked at or not
        static const QRegularExpression note(QStringLiteral("the search was interrupted after (\\d+) files?\n"));
        const QRegularExpressionMatch match = note.match(QString::fromUtf8(result.err));
        QCOMPARE(report->tasks.size(), match.hasMatch() ? match.captured(1).toULongLong() : 20'001);
    }

    // They are in the middle of a job that lasts an hour.
    void helpersEndWithAProgramThatIsKilled()
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(programPath(),
                      {QStringLiteral("run"), QStringLiteral("--scenario"), QStringLiteral("cpu-bound"), QStringLiteral("--set"),
                       QStringLiteral("place=process"), QStringLiteral("--set"), QStringLiteral("seconds=600")});
        QVERIFY(process.waitForStarted(watchdogMs));
        QStringList helpers;
        QTRY_VERIFY_WITH_TIMEOUT(!(helpers = childrenOf(process.processId())).isEmpty(), watchdogMs);
        QTest::qWait(200); // so that they are at work
        send(process, SIGKILL);
        QVERIFY(process.waitForFinished(watchdogMs));
        const auto areGone = [&helpers] { return std::ranges::none_of(helpers, [](const QString &pid) { return isAlive(pid); }); };
        QTRY_VERIFY_WITH_TIMEOUT(areGone(), soonMs);
    }

    void aSignalThatTheCallerIgnoresIsIgnored()
    {
        const auto interrupt = [](QProcess &process) {
            QVERIFY(waitForThreads(process));
            send(process, SIGINT);
        };
        const QString line = QStringLiteral("trap '' INT; exec \"$0\" run --report json --scenario async-sleep --set seconds=1");
        const ProgramResult result = run(QStringLiteral("sh"), {QStringLiteral("-c"), line, programPath()}, {{}, {}, {}, interrupt});
        QCOMPARE(result.exitCode, 0);
        const auto report = readReport(result.out);
        QVERIFY(report);
        QCOMPARE(report->count("done"), report->tasks.size());
    }

private:
    /// A run that is over at once, with a report of more than a pipe holds.
    static QStringList largeReport()
    {
        QStringList arguments = words("run --report json");
        for (int i = 0; i < 1000; ++i)
            arguments.append(QStringLiteral("/nowhere/%1").arg(i));
        return arguments;
    }

    ScratchFolder manyFiles_;
};

QTEST_GUILESS_MAIN(InterruptTest)
#include "interrupt_test.moc"
