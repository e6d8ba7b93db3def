#include "tests/support/processes.h"
#include "tests/support/program.h"
#include "tests/support/scratch_folder.h"

#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QScopeGuard>
#include <QTest>

#include <csignal>

using namespace loopscope::test;

namespace {

constexpr double ms = 1e6;

QJsonObject jsonOf(const ProgramResult &result)
{
    return QJsonDocument::fromJson(result.out).object();
}

QHash<QString, QJsonObject> candidatesOf(const QJsonObject &comparison)
{
    QHash<QString, QJsonObject> candidates;
    for (const QJsonValue &candidate : comparison[QLatin1String("candidates")].toArray())
        candidates.insert(candidate[QLatin1String("name")].toString(), candidate.toObject());
    return candidates;
}

double medianWall(const QJsonObject &candidate)
{
    return candidate[QLatin1String("wall_ns")][QLatin1String("median")].toDouble();
}

QJsonArray runsOf(const QJsonObject &candidate)
{
    return candidate[QLatin1String("runs")].toArray();
}

/// What /usr/bin/time -v says of a command, by what stands before the colon.
QHash<QString, double> toldByTime(const QStringList &arguments)
{
    const ProgramResult result = run(QStringLiteral("/usr/bin/time"), QStringList{QStringLiteral("-v"), programPath()} + arguments);
    QHash<QString, double> told;
    for (const QString &line : QString::fromUtf8(result.err).split(QLatin1Char('\n'))) {
        if (const qsizetype colon = line.lastIndexOf(QLatin1String(": ")); colon > 0)
            told.insert(line.left(colon).trimmed(), line.mid(colon + 2).toDouble());
    }
    return told;
}

} // namespace

class CompareTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // The article's: time.sleep stops everybody, an executor rescues it, asyncio.sleep needs none.
    void sleepingOnTheLoopTakesAsLongAsAllSleepsTogether()
    {
        const ProgramResult result = runProgram(words("compare --scenario executor --set tasks=4 --set seconds=0.2 --workers 4 --repeat 2 "
                                                      "--report json"));
        QCOMPARE(result.err, QByteArray());
        QCOMPARE(result.exitCode, 0);
        const auto candidates = candidatesOf(jsonOf(result));
        QCOMPARE(candidates.size(), 4);
        for (const QJsonObject &candidate : candidates) {
            QCOMPARE(runsOf(candidate).size(), 2);
            for (const QJsonValue &run : runsOf(candidate))
                QCOMPARE(run[QLatin1String("tasks_done")].toInt(), 4);
        }
        QVERIFY(medianWall(candidates[QStringLiteral("loop")]) >= 800 * ms);
        QVERIFY(medianWall(candidates[QStringLiteral("pool, 4 workers")]) >= 200 * ms);
        const auto threadsOf = [&](const char *name) {
            return runsOf(candidates[QLatin1String(name)])[0][QLatin1String("peak_threads")].toInt();
        };
        QVERIFY(threadsOf("threads") > threadsOf("timers"));
    }

    void filesAreReadByEachStrategy()
    {
        const ScratchFolder scratch;
        for (int i = 0; i < 20; ++i)
            (void)scratch.write("f" + std::to_string(i), std::string(10'000, '\n'));
        const QString folder = QString::fromStdString(scratch.path(""));
        const ProgramResult result = runProgram(words("compare --repeat 1 --report json") + QStringList{folder});
        QCOMPARE(result.exitCode, 0);
        const QJsonObject json = jsonOf(result);
        const auto candidates = candidatesOf(json);
        QCOMPARE(candidates.size(), 5);
        for (const QJsonObject &candidate : candidates) {
            const bool isMissing = candidate[QLatin1String("strategy")].toString() == QLatin1String("io_uring")
                                   && !candidate[QLatin1String("obstacle")].isNull();
            QCOMPARE(runsOf(candidate).size(), isMissing ? 0 : 1);
            if (!isMissing)
                QCOMPARE(runsOf(candidate)[0][QLatin1String("bytes")].toInt(), 200'000);
        }
        QCOMPARE(json[QLatin1String("tasks")].toArray().size(), 20);
    }

    void resourcesAgreeWithTime()
    {
        // LeakSanitizer looks from another process, which would be counted.
        const QByteArray usual = qgetenv("ASAN_OPTIONS");
        qputenv("ASAN_OPTIONS", usual + ":detect_leaks=0");
        const auto restore = qScopeGuard([&usual] { qputenv("ASAN_OPTIONS", usual); });
        const QString work = QStringLiteral("--scenario cpu-bound --set seconds=0.2");
        const ProgramResult result =
            runProgram(words("compare --strategies pool,processes --workers 1 --repeat 1 --report json") + work.split(QLatin1Char(' ')));
        QCOMPARE(result.exitCode, 0);
        const auto candidates = candidatesOf(jsonOf(result));
        for (const char *strategy : {"pool", "processes"}) {
            const QJsonValue run = runsOf(candidates[QLatin1String(strategy) + QLatin1String(", 1 worker")])[0];
            const QString place = QLatin1String(strategy) == QLatin1String("pool") ? QStringLiteral("pool") : QStringLiteral("process");
            const ScratchFolder scratch;
            const auto told =
                toldByTime(words("run --workers 1 --report none --save") + QStringList{QString::fromStdString(scratch.path("t"))}
                           + work.split(QLatin1Char(' ')) + QStringList{QStringLiteral("--set"), QStringLiteral("place=") + place});
            QCOMPARE(run[QLatin1String("peak_processes")].toInt(), place == QLatin1String("pool") ? 1 : 2);
            const double cpu = run[QLatin1String("user_cpu_ns")].toDouble() + run[QLatin1String("system_cpu_ns")].toDouble();
            QVERIFY(cpu >= 0.75e9); // four tasks compute for 0.2 s each, wherever that is
            const double toldCpu = told[QStringLiteral("User time (seconds)")] + told[QStringLiteral("System time (seconds)")];
            QVERIFY2(std::abs(cpu / 1e9 - toldCpu) < 0.25 * toldCpu,
                     qPrintable(QString::number(cpu) + QLatin1Char(' ') + QString::number(toldCpu)));
            const double peak = run[QLatin1String("peak_rss_bytes")].toDouble();
            const double toldPeak = 1024 * told[QStringLiteral("Maximum resident set size (kbytes)")];
            QVERIFY2(std::abs(peak - toldPeak) < 0.25 * toldPeak,
                     qPrintable(QString::number(peak) + QLatin1Char(' ') + QString::number(toldPeak)));
        }
    }

    void aComparisonIsDrawnAndSavedAndReportedAgain()
    {
        const ScratchFolder scratch;
        const QString saved = QString::fromStdString(scratch.path("c.loopcompare"));
        const QString picture = QString::fromStdString(scratch.path("c.svg"));
        const ProgramResult result = runProgram(words("compare --scenario executor --set seconds=0.05 --workers 1,2 --repeat 1")
                                                + QStringList{QStringLiteral("--save"), saved, QStringLiteral("--screenshot"), picture});
        QCOMPARE(result.err, QByteArray());
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(runProgram({QStringLiteral("report"), saved}).out, result.out);
        QCOMPARE(
            jsonOf(runProgram({QStringLiteral("report"), saved, QStringLiteral("--json")}))[QLatin1String("candidates")].toArray().size(),
            5);
        QFile svg(picture);
        QVERIFY(svg.open(QIODevice::ReadOnly) && svg.readAll().contains("pool, 2 workers"));
        const ProgramResult nowhere = runProgram(words("compare --scenario executor --screenshot /nowhere/c.svg"));
        QCOMPARE(nowhere.exitCode, 1);
        QVERIFY(nowhere.err.contains("There is no such folder"));
    }

    void aStopReportsWhatThereIs()
    {
        ProgramOptions options;
        options.whenStarted = [](QProcess &process) {
            QVERIFY(QTest::qWaitFor([&process] { return !childrenOf(process.processId()).isEmpty(); }, 30'000));
            ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        };
        const ProgramResult result =
            runProgram(words("compare --scenario executor --set seconds=3600 --strategies timers,pool --repeat 1"), options);
        QCOMPARE(result.exitCode, 130);
        QVERIFY(result.out.contains("; cancelled\n"));
        QVERIFY(result.err.contains("loopscope: interrupted\n"));
    }

    void whatFailsIsSaid()
    {
        const ProgramResult result = runProgram(words("compare --repeat 1 --strategies coroutines,threads /nowhere/file"));
        QCOMPARE(result.exitCode, 0);
        QVERIFY2(result.out.contains("coroutines: not every task succeeded in 1 of 1 run\n"), result.out.constData());
        const auto usage = [](const char *line) {
            const ProgramResult wrong = runProgram(words(line));
            return QByteArray::number(wrong.exitCode) + ' ' + wrong.err.left(wrong.err.indexOf('\n'));
        };
        QCOMPARE(
            usage("compare --scenario nothing"),
            QByteArray("2 loopscope: scenario nothing: cannot be opened: No such file or directory; built in are async-read, executor, "
                       "blocked-loop, async-sleep, gather, cpu-bound, connections"));
        QCOMPARE(usage("compare --scenario executor --strategies pool,processes"),
                 QByteArray("2 loopscope: compare: there is no strategy processes for this work, but loop, pool, timers, threads"));
    }

    // No recording can be written, so that there is nothing to put into a table.
    void aTableWithoutResultsSaysWhy()
    {
        const QStringList arguments = words("compare --repeat 1 --report csv --strategies timers --scenario executor --set seconds=0");
        const QString line = QStringLiteral("ulimit -f 0; exec \"$0\" \"$@\"");
        const ProgramResult result = run(QStringLiteral("sh"), QStringList{QStringLiteral("-c"), line, programPath()} + arguments);
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.err.startsWith("loopscope: timers: "), result.err.constData());
        QVERIFY2(result.err.contains("File too large"), result.err.constData());
    }

    void aTableTellsBesideItWhatItHasNoRoomFor()
    {
        const ProgramResult result = runProgram(words("compare --repeat 1 --report csv --strategies coroutines,threads /nowhere/file"));
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.out.count('\n'), 3);
        for (const char *strategy : {"coroutines", "threads"})
            QVERIFY2(result.err.contains("loopscope: " + QByteArray(strategy) + ": not every task succeeded in 1 of 1 run\n"),
                     result.err.constData());
    }

    void resultsThatCannotBeWrittenAreAFailure()
    {
        ProgramOptions options;
        options.outputFile = QStringLiteral("/dev/full");
        const ProgramResult result =
            runProgram(words("compare --repeat 1 --strategies timers --scenario executor --set seconds=0"), options);
        QCOMPARE(result.exitCode, 1);
        QVERIFY(result.err.contains("No space left on device"));
    }
};

QTEST_GUILESS_MAIN(CompareTest)
#include "compare_test.moc"
