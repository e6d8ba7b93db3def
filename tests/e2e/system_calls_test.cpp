#include "tests/support/program.h"
#include "tests/support/report.h"
#include "tests/support/scratch_folder.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

#include <unistd.h>

using namespace loopscope::test;

namespace {

// strace stamps calls by the wall clock, the report tells where on it the run's own clock began: what lies between two readings of two
// clocks.
constexpr qint64 clockDifferenceNs = 1'000'000;

struct ReadCall {
    QString path;
    qint64 at = 0; // ns since 1970
};

/// strace does not allow it where the kernel, or a container's filter, does not.
bool isTracingPermitted()
{
    return run(QStringLiteral("strace"), words("-qq -o /dev/null true")).exitCode == 0;
}

QList<ReadCall> readCalls(const std::string &log, const std::string &below)
{
    static const QRegularExpression call(QStringLiteral(R"(^\d+ +(\d+)\.(\d{9}) p?read(?:64|v)?\(\d+<([^>]*)>)"));
    QFile file(QString::fromStdString(log));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<ReadCall> calls;
    while (!file.atEnd()) {
        const QRegularExpressionMatch match = call.match(QString::fromUtf8(file.readLine()));
        if (match.hasMatch() && match.captured(3).startsWith(QString::fromStdString(below)))
            calls.append({match.captured(3), match.captured(1).toLongLong() * 1'000'000'000 + match.captured(2).toLongLong()});
    }
    return calls;
}

bool isInWorker(const ReportTask &task, qint64 at)
{
    return std::ranges::any_of(task.spans, [at](const ReportSpan &span) {
        return span.worker && span.begin - clockDifferenceNs <= at && at <= span.end + clockDifferenceNs;
    });
}

/// Bytes read by each thread of a process so far, by its number: what proc(5) calls rchar.
QHash<QString, qint64> bytesReadByThread(qint64 process)
{
    QHash<QString, qint64> bytes;
    const QString threads = QStringLiteral("/proc/%1/task").arg(process);
    for (const QString &thread : QDir(threads).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile file(threads + QLatin1Char('/') + thread + QStringLiteral("/io"));
        if (file.open(QIODevice::ReadOnly))
            bytes.insert(thread, file.readLine().mid(sizeof("rchar: ") - 1).trimmed().toLongLong());
    }
    return bytes;
}

} // namespace

/// What the kernel says of a run must be what the report says of it.
class SystemCallsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyReadLiesInAnInWorkerSpanOfItsFile()
    {
        if (!isTracingPermitted()) {
            QVERIFY2(qgetenv("CI") != "true", "strace may not trace here; that has to be permitted where CI runs");
            QSKIP("strace may not trace here: only onlyWorkersRead() tells who reads");
        }
        const ScratchFolder scratch;
        const std::string files = scratch.makeFolder("files");
        for (int i = 1; i <= 8; ++i)
            scratch.write("files/" + std::to_string(i), std::string(static_cast<std::size_t>(i) * 300'000, 'x'));
        const std::string log = scratch.path("log");
        const QStringList tracing = words("-f -y -qq -s 0 -e trace=read,pread64,readv --absolute-timestamps=format:unix,precision:ns -o")
                                    + QStringList{QString::fromStdString(log), programPath()};
        // LeakSanitizer refuses to work under a tracer.
        const ProgramResult result =
            run(QStringLiteral("strace"), tracing + words("run --workers 3 --report json") + QStringList{QString::fromStdString(files)},
                {{}, {QStringLiteral("ASAN_OPTIONS=detect_leaks=0")}, {}, {}});
        QCOMPARE(result.exitCode, 0);
        const auto report = readReport(result.out);
        QVERIFY(report);
        QCOMPARE(brokenInvariant(*report), QByteArray());

        QHash<QString, int> readsOf;
        for (const ReadCall &call : readCalls(log, files)) {
            const ReportTask *task = report->task(call.path);
            QVERIFY2(task && isInWorker(*task, call.at - report->startedUnix), qPrintable(call.path));
            ++readsOf[call.path];
        }
        QCOMPARE(readsOf.size(), qsizetype(8));
        // Chunks of 256 KiB: 2,400,000 bytes are ten reads at least.
        QVERIFY(readsOf.value(QString::fromStdString(files) + QStringLiteral("/8")) >= 10);
    }

    /// Needs no tracer: asks the kernel how much each thread has read while a large file is being read.
    void onlyWorkersRead()
    {
        const ScratchFolder scratch;
        const std::string large = scratch.write("large", "");
        QCOMPARE(::truncate(large.c_str(), off_t(1) << 40), 0); // holes: takes no room, and longer than the test lasts
        QHash<QString, qint64> bytes;
        QString firstThread;
        const auto watch = [&](QProcess &process) {
            firstThread = QString::number(process.processId());
            QVERIFY(QTest::qWaitFor(
                [&] {
                    bytes = bytesReadByThread(process.processId());
                    return std::ranges::any_of(bytes, [](qint64 read) { return read > 100'000'000; });
                },
                20'000));
            process.terminate();
        };
        const ProgramResult result =
            runProgram(words("run --workers 1 --report json") + QStringList{QString::fromStdString(large)}, {{}, {}, {}, watch});
        QCOMPARE(result.exitCode, 130);
        QCOMPARE(std::ranges::count_if(bytes, [](qint64 read) { return read > 10'000'000; }), 1);
        QVERIFY(bytes.value(firstThread) < 10'000'000);
        const auto report = readReport(result.out);
        QVERIFY(report);
        QVERIFY(report->tasks.front().in("in_worker") > 0);
        QVERIFY(report->json[QLatin1String("peak_rss_bytes")].toInteger() < 200'000'000);
    }
};

QTEST_GUILESS_MAIN(SystemCallsTest)
#include "system_calls_test.moc"
