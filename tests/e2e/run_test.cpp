#include "tests/support/program.h"
#include "tests/support/report.h"
#include "tests/support/scratch_folder.h"

#include <QHash>
#include <QJsonArray>
#include <QSet>
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

/// What a line of shell writes, at `folder`; records end in a zero byte.
QStringList recordsOf(const char *line, const QString &folder)
{
    const QStringList arguments{QStringLiteral("-c"), QString::fromUtf8(line)};
    return QString::fromUtf8(run(QStringLiteral("sh"), arguments, {folder, {}, {}, {}}).out).split(QChar(0), Qt::SkipEmptyParts);
}

/// "12 3" for every file below `folder` and every link there to one: its bytes and newlines, as wc tells them.
QHash<QString, QString> countedByWc(const QString &folder)
{
    // The lines of wc come in the order of the names.
    constexpr auto files = "find . \\( -type f -o -xtype f \\) -print0 | sort -z";
    const QStringList names = recordsOf(files, folder);
    const auto counts = [&](const char *option) {
        const QByteArray line = QByteArray(files) + " | xargs -0 wc " + option + " | grep -v ' total$' | awk '{print $1}' | tr '\\n' '\\0'";
        return recordsOf(line.constData(), folder);
    };
    const QStringList bytes = counts("-c");
    const QStringList lines = counts("-l");
    QHash<QString, QString> counted;
    if (bytes.size() == names.size() && lines.size() == names.size()) {
        for (qsizetype i = 0; i < names.size(); ++i)
            counted.insert(names[i], bytes[i] + QLatin1Char(' ') + lines[i]);
    }
    return counted;
}

/// Whether iconv takes all of the files for UTF-8.
bool isUtf8ForIconv(const QStringList &files, const QString &folder)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.setStandardOutputFile(QProcess::nullDevice());
    process.start(QStringLiteral("xargs"), words("-0 iconv -f UTF-8 -t UTF-8"));
    process.write(files.join(QChar(0)).toUtf8());
    process.closeWriteChannel();
    return process.waitForFinished(60'000) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
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

/// Those that held the loop for longer than the threshold, each once.
QSet<int> stalledTasks(const Report &report)
{
    QSet<int> tasks;
    for (const QJsonValue stall : report.json[QLatin1String("loop")][QLatin1String("stalls")].toArray()) {
        if (!stall[QLatin1String("task")].isNull())
            tasks.insert(stall[QLatin1String("task")].toInt());
    }
    return tasks;
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
        row("--workers 1 --reader pool /usr/include/linux");
        row("--workers 4 --in-flight 1000 /usr/include/linux");
        row("--workers 2 --reader io_uring /usr/include/linux");
    }

    void everyScenarioKeepsTheInvariants()
    {
        QFETCH(const QStringList, arguments);
        const ProgramResult result = runProgram(words("run --report json") + arguments);
        // Where io_uring is refused, which containers may do, that is said.
        QVERIFY2(result.err.isEmpty() || result.err.startsWith("loopscope: io_uring is not to be had"), result.err.constData());
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
        // Lower bounds and order hold however slow the machine is.
        QVERIFY2(report->wall >= 600 * ms, qPrintable(QString::number(report->wall)));
        std::vector<qint64> begins;
        for (const ReportTask &task : report->tasks)
            begins.push_back(std::ranges::find_if(task.spans, [](const ReportSpan &span) { return span.worker.has_value(); })->begin);
        std::ranges::sort(begins);
        QVERIFY(begins[3] - begins[0] >= 300 * ms); // three at once, no more: the fourth waits until the first has slept
        QVERIFY(std::ranges::count_if(report->tasks, [](const ReportTask &task) { return task.in("queued") > 0; }) >= 3);
        QCOMPARE(brokenInvariant(*report), QByteArray());
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
        QVERIFY2(report->wall >= 900 * ms, qPrintable(QString::number(report->wall)));
        qint64 blocking = 0;
        for (const ReportTask &task : report->tasks) {
            QCOMPARE(task.in("in_worker"), 0);
            QVERIFY(task.in("blocking") >= 150 * ms);
            blocking += task.in("blocking");
        }
        QVERIFY(blocking <= report->wall); // so they did not overlap
        QCOMPARE(stalledTasks(*report).size(), 6);
        QCOMPARE(brokenInvariant(*report), QByteArray());
    }

    void theStallThresholdIsChosen()
    {
        const auto stalls = [](const char *threshold) {
            const QStringList arguments = words("run --scenario executor --set tasks=2 --set seconds=0.15 --set place=loop --report json");
            const auto report =
                readReport(runProgram(arguments + QStringList{QStringLiteral("--stall-threshold"), QString::fromLatin1(threshold)}).out);
            return report ? stalledTasks(*report).size() : -1;
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

    void allOfUsrIncludeIsAsOtherToolsTell()
    {
        const QString folder = QStringLiteral("/usr/include");
        const QHash<QString, QString> counted = countedByWc(folder);
        QVERIFY2(counted.size() > 1000, "find and wc did not tell of it");
        const ProgramResult result =
            runProgram({QStringLiteral("run"), QStringLiteral("--report=json"), QStringLiteral(".")}, {folder, {}, {}, {}});
        QCOMPARE(result.exitCode, 0);
        const auto report = readReport(result.out);
        QVERIFY(report);
        QCOMPARE(report->tasks.size(), static_cast<std::size_t>(counted.size()));
        QStringList valid;
        for (const ReportTask &task : report->tasks) {
            QCOMPARE(QString::number(task.json[QLatin1String("bytes")].toInteger()) + QLatin1Char(' ')
                         + QString::number(task.json[QLatin1String("lines")].toInteger()),
                     counted.value(task.name));
            if (task.json[QLatin1String("valid_utf8")].toBool())
                valid.append(task.name);
            else
                QVERIFY2(!isUtf8ForIconv({task.name}, folder), qPrintable(task.name));
        }
        QVERIFY(isUtf8ForIconv(valid, folder));
    }

    void filesBesideAScenarioAreReadToo()
    {
        const ScratchFolder scratch;
        scratch.write("f", "x\n");
        const ProgramResult result =
            runProgram(words("run --report json --scenario executor --set seconds=0 /nope f"), {fromPath(scratch.path()), {}, {}, {}});
        QCOMPARE(result.exitCode, 1);
        QCOMPARE(result.err, QByteArray("loopscope: /nope: No such file or directory\n"));
        const auto report = readReport(result.out);
        QVERIFY(report);
        QCOMPARE(report->tasks.size(), std::size_t(5));
        QCOMPARE(report->task(QStringLiteral("f"))->outcome, QStringLiteral("done"));
    }

    void aUrlIsAFileOrARefusal()
    {
        const ScratchFolder scratch;
        const QString url =
            QStringLiteral("file://") + fromPath(scratch.write("a b", "x")).replace(QLatin1Char(' '), QStringLiteral("%20"));
        const ProgramResult result = runProgram({QStringLiteral("run"), QStringLiteral("--report=json"), url, QStringLiteral("http://x/")});
        QCOMPARE(result.exitCode, 1);
        QCOMPARE(result.err, QByteArray("loopscope: http://x/: http: is not read, only files on this machine are\n"));
        const auto report = readReport(result.out);
        QVERIFY(report);
        QCOMPARE(report->task(fromPath(scratch.path("a b")))->outcome, QStringLiteral("done"));
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

    // A shell's limit can be raised to that of the system, and each connection takes two.
    void descriptorsAreAsManyAsTheSystemGrants()
    {
        const QString script = QStringLiteral("ulimit -Sn 100; exec \"$0\" run --scenario connections --set clients=150 --set requests=1");
        const ProgramResult result = run(QStringLiteral("sh"), {QStringLiteral("-c"), script, programPath()}, {});
        QVERIFY2(result.exitCode == 0, result.err.constData());
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
