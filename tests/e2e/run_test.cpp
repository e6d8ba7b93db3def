#include "tests/support/program.h"
#include "tests/support/report.h"
#include "tests/support/scratch_folder.h"

#include <QJsonArray>
#include <QTest>

#include <algorithm>
#include <filesystem>

#include <sys/stat.h>

using namespace loopscope::test;

namespace {

constexpr qint64 ms = 1'000'000;

QString fromPath(const std::string &path)
{
    return QString::fromStdString(path);
}

/// Bytes, newlines and validity of every file below `folder`, as wc and iconv tell them: "12 3 1" each.
QStringList asOtherToolsTell(const QString &folder)
{
    const QString script = QStringLiteral("find . -type f -exec sh -c 'iconv -f UTF-8 -t UTF-8 \"$1\" >/dev/null 2>&1; bad=$?; "
                                          "echo $(wc -c <\"$1\") $(wc -l <\"$1\") $((bad == 0))' _ {} \\;");
    QStringList lines = QString::fromUtf8(run(QStringLiteral("sh"), {QStringLiteral("-c"), script}, {folder, {}, {}, {}}).out)
                            .split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    lines.sort();
    return lines;
}

QStringList asReported(const Report &report)
{
    QStringList lines;
    for (const ReportTask &task : report.tasks) {
        lines.append(QStringLiteral("%1 %2 %3")
                         .arg(task.json[QLatin1String("bytes")].toInteger())
                         .arg(task.json[QLatin1String("lines")].toInteger())
                         .arg(task.json[QLatin1String("valid_utf8")].toBool() ? 1 : 0));
    }
    lines.sort();
    return lines;
}

void writeNastyTree(const ScratchFolder &scratch)
{
    scratch.write("plain", "one\ntwo\n");
    scratch.write("empty", "");
    scratch.write("no newline at the end", "x");
    scratch.write("new\nline", "\n\n\n");
    scratch.write("bad\xff\xfename", "text\n");
    scratch.write("right\xe2\x80\xaeleft", "\xe2\x82\xac\n");
    scratch.write("--workers", "an option?\n");
    scratch.write("bad content", std::string(300'000, 'a') + "\xc3(\n");
    scratch.write("cut off at the end", "abc\xe2\x82");
    scratch.write("zeros", std::string(600'000, '\0'));
    // Three bytes a character: chunks cut some of them.
    std::string euros;
    for (int i = 0; i < 200'000; ++i)
        euros += "\xe2\x82\xac";
    scratch.write("cut characters", euros);
    scratch.makeFolder("deep/er/est");
    scratch.write("deep/er/est/file", "deep\n");
}

} // namespace

/// Real runs of the program, by what they report.
class RunTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyScenarioKeepsTheInvariants_data()
    {
        QTest::addColumn<QStringList>("arguments");
        const auto row = [](const char *line) { QTest::newRow(line) << words(line); };
        row("--scenario async-read --set size=100000");
        row("--scenario executor --set tasks=7 --set seconds=0.05");
        row("--scenario executor --set tasks=3 --set seconds=0.05 --set place=loop");
        row("--scenario gather --set seconds=0.1");
        row("--scenario async-sleep --set seconds=0.2");
        row("--scenario blocked-loop --set seconds=0.2 --set ticks=4");
        row("--scenario cpu-bound --set seconds=0.1");
        row("--workers 1 /usr/include/linux");
        row("--workers 4 --in-flight 1000 /usr/include/linux");
    }

    void everyScenarioKeepsTheInvariants()
    {
        QFETCH(const QStringList, arguments);
        const ProgramResult result = runProgram(words("run --report json") + arguments);
        QCOMPARE(result.err, QByteArray());
        QCOMPARE(result.exitCode, 0);
        const auto report = readReport(result.out);
        QVERIFY(report);
        QVERIFY(!report->tasks.empty());
        QCOMPARE(report->count("done"), report->tasks.size());
        QCOMPARE(brokenInvariant(*report), QByteArray());
    }

    void sixBlockingTasksOnThreeWorkersTakeTwoRounds()
    {
        const auto report =
            readReport(runProgram(words("run --scenario executor --set tasks=6 --set seconds=0.3 --workers 3 --report json")).out);
        QVERIFY(report);
        QCOMPARE(report->tasks.size(), std::size_t(6));
        QVERIFY2(report->wall >= 600 * ms && report->wall < 900 * ms, qPrintable(QString::number(report->wall)));
        const auto waitedForAWorker = [](const ReportTask &task) { return task.in("queued") > 250 * ms; };
        QCOMPARE(std::ranges::count_if(report->tasks, waitedForAWorker), 3);
        for (const ReportTask &task : report->tasks) {
            QCOMPARE(task.result, QStringLiteral("Finished sleeping"));
            QVERIFY(task.in("in_worker") >= 300 * ms);
            QCOMPARE(task.in("blocking"), 0);
        }
        QCOMPARE(report->json[QLatin1String("workers")].toInt(), 3);
        QCOMPARE(report->json[QLatin1String("workers_lanes")].toArray().size(), 3);
    }

    void onTheLoopTheyBlockOneAfterTheOther()
    {
        const auto report = readReport(
            runProgram(words("run --scenario executor --set tasks=6 --set seconds=0.15 --set place=loop --report json --workers 3")).out);
        QVERIFY(report);
        QVERIFY2(report->wall >= 900 * ms && report->wall < 1500 * ms, qPrintable(QString::number(report->wall)));
        qint64 blocking = 0;
        for (const ReportTask &task : report->tasks) {
            QCOMPARE(task.in("in_worker"), 0);
            QVERIFY(task.in("blocking") >= 150 * ms);
            blocking += task.in("blocking");
        }
        QVERIFY(blocking <= report->wall); // so they did not overlap
        QCOMPARE(report->json[QLatin1String("loop")][QLatin1String("stalls")].toArray().size(), 6);
        QCOMPARE(brokenInvariant(*report), QByteArray());
    }

    void theStallThresholdIsChosen()
    {
        const auto stalls = [](const char *threshold) {
            const QStringList arguments = words("run --scenario executor --set tasks=2 --set seconds=0.15 --set place=loop --report json");
            const auto report =
                readReport(runProgram(arguments + QStringList{QStringLiteral("--stall-threshold"), QString::fromLatin1(threshold)}).out);
            return report ? report->json[QLatin1String("loop")][QLatin1String("stalls")].toArray().size() : -1;
        };
        QCOMPARE(stalls("100"), 2);
        QCOMPARE(stalls("60000"), 0);
    }

    void countsEqualThoseOfOtherTools()
    {
        const ScratchFolder scratch;
        writeNastyTree(scratch);
        const ProgramResult result = runProgram({QStringLiteral("run"), QStringLiteral("--report=json"), fromPath(scratch.path())});
        QCOMPARE(result.exitCode, 0);
        const auto report = readReport(result.out);
        QVERIFY(report);
        QCOMPARE(asReported(*report), asOtherToolsTell(fromPath(scratch.path())));
        QCOMPARE(report->count("done"), std::size_t(12));
        QVERIFY(report->task(fromPath(scratch.path()) + QStringLiteral("/new\nline")));
        QVERIFY(report->task(fromPath(scratch.path()) + QStringLiteral("/bad\\xFF\\xFEname")));
        QVERIFY(report->task(fromPath(scratch.path()) + QStringLiteral("/deep/er/est/file")));
    }

    void aPathOfAnyBytesIsTaken()
    {
        const ScratchFolder scratch;
        scratch.write("bad\xff", "x\n");
        const QString script = QStringLiteral("exec \"$0\" run --report json -- \"$(printf 'bad\\377')\"");
        const auto report = readReport(
            run(QStringLiteral("sh"), {QStringLiteral("-c"), script, programPath()}, {fromPath(scratch.path()), {}, {}, {}}).out);
        QVERIFY(report);
        QCOMPARE(report->count("done"), std::size_t(1));
        QCOMPARE(report->tasks.front().name, QStringLiteral("bad\\xFF"));
    }

    void whatIsNoFileIsSkippedInFoldersAndFailsByName()
    {
        const ScratchFolder scratch;
        scratch.write("file", "x");
        QCOMPARE(::mkfifo(scratch.path("fifo").c_str(), 0600), 0);
        std::filesystem::create_symlink("nowhere", scratch.path("dangling"));
        std::filesystem::create_directory_symlink(scratch.path(), scratch.path("loop"));

        const ProgramResult folder = runProgram({QStringLiteral("run"), QStringLiteral("--report=json"), fromPath(scratch.path())});
        QCOMPARE(folder.exitCode, 0);
        const auto read = readReport(folder.out);
        QVERIFY(read);
        QCOMPARE(read->tasks.size(), std::size_t(1));
        QCOMPARE(read->json[QLatin1String("skipped")].toObject(),
                 (QJsonObject{{QStringLiteral("dangling_link"), 1}, {QStringLiteral("fifo"), 1}, {QStringLiteral("folder_link"), 1}}));

        const ProgramResult named = runProgram({QStringLiteral("run"), QStringLiteral("--report=json"), QStringLiteral("fifo"),
                                                QStringLiteral("missing"), QStringLiteral("file")},
                                               {fromPath(scratch.path()), {}, {}, {}});
        QCOMPARE(named.exitCode, 1);
        QVERIFY2(named.err.contains("fifo: ") && named.err.contains("missing: "), named.err.constData());
        const auto failed = readReport(named.out);
        QVERIFY(failed);
        QCOMPARE(failed->count("failed"), std::size_t(2));
        QCOMPARE(failed->count("done"), std::size_t(1));
        QVERIFY(!failed->task(QStringLiteral("missing"))->error.isEmpty());
        QCOMPARE(brokenInvariant(*failed), QByteArray());
    }

    void manyFailuresAreNotAsManyLines()
    {
        QStringList arguments = words("run --report text");
        for (int i = 0; i < 500; ++i)
            arguments.append(QStringLiteral("/nowhere/%1").arg(i));
        const ProgramResult result = runProgram(arguments);
        QCOMPARE(result.exitCode, 1);
        QVERIFY(result.err.count('\n') < 40);
        QVERIFY2(result.err.contains("480 more"), result.err.constData());
        QVERIFY(result.out.contains("500 failed"));
    }

    void anEmptyFolderIsASuccess()
    {
        const ScratchFolder scratch;
        const ProgramResult result = runProgram({QStringLiteral("run"), fromPath(scratch.path())});
        QCOMPARE(result.exitCode, 0);
        QVERIFY(result.out.startsWith("0 files"));
    }

    void aBrokenScenarioNamesThePlace()
    {
        const ScratchFolder scratch;
        const std::string path = scratch.write("broken.json", R"({"loopscope_scenario":1,"name":"x","title":"x",
            "tasks":[{"kind":"sleep","duration_s":1e9}]})");
        const ProgramResult result = runProgram({QStringLiteral("run"), QStringLiteral("--scenario"), fromPath(path)});
        QCOMPARE(result.exitCode, 2);
        QVERIFY2(result.err.contains("tasks[0]"), result.err.constData());
    }
};

QTEST_GUILESS_MAIN(RunTest)
#include "run_test.moc"
