#include "tests/support/folder_contents.h"
#include "tests/support/program.h"
#include "tests/support/report.h"
#include "tests/support/scratch_folder.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <filesystem>
#include <optional>

#include <csignal>
#include <sys/stat.h>
#include <unistd.h>

using namespace loopscope::test;

namespace {

constexpr const char *foreignTrace =
    "[{\"ph\":\"M\",\"pid\":7,\"name\":\"process_name\",\"args\":{\"name\":\"tool\"}},\n{\"ph\":\"X\",\"pid\":7,\"tid\":1,\"ts\":0,\"dur\":"
    "30,\"name\":\"=work\"},{\"ph\":\"X\",\"pid\":7,\"tid\":1,\"ts\":10,\"dur\":5,\"name\":\"\\u001b[2Jinner\"},\n{\"ph\":\"?\",\"ts\":1},{"
    "\"ph\":\"i\",\"pid\":7,\"tid\":1,\"ts\":12,\"name\":\"click\",\"s\":\"t\"},{\"ph\":\"!\",\"ts\":1}]";

constexpr const char *ownRun =
    "{\"otherData\":{\"format\":\"loopscope run\",\"version\":1,\"title\":\"own\",\"now_ns\":90000},\"traceEvents\":["
    "{\"ph\":\"M\",\"name\":\"loopscope_lane\",\"args\":{\"lane\":1,\"lane_kind\":\"task\",\"name\":\"fetch\",\"begin_ns\":0}},"
    "{\"ph\":\"X\",\"tid\":2,\"ts\":0,\"dur\":60.000,\"name\":\"awaiting\"}]}";

QByteArray bytesOf(const std::string &path)
{
    return QByteArray::fromStdString(contentOf(path));
}

/// Whether a program has a file open that has no name, as what is written has none before its end.
bool writesAFile(const QProcess &process)
{
    const std::string folder = "/proc/" + std::to_string(process.processId()) + "/fd";
    std::error_code gone;
    for (const auto &entry : std::filesystem::directory_iterator(folder, gone)) {
        const std::string target = std::filesystem::read_symlink(entry.path(), gone).string();
        if (target.ends_with(" (deleted)") && !target.starts_with("/memfd:"))
            return true;
    }
    return false;
}

} // namespace

/// The commands on traces, by what they leave and say.
class TraceCommandsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRunIsPredictedAndSaved()
    {
        const ScratchFolder scratch;
        const QString trace = QString::fromStdString(scratch.path("t.loopscope"));
        const QString predicted = QString::fromStdString(scratch.path("p.loopscope"));
        const QStringList run = words("run --scenario executor --set tasks=4 --set seconds=0.05 --workers 1 --report none --save");
        QCOMPARE(runProgram(run + QStringList{trace}).exitCode, 0);
        const ProgramResult result = runProgram(words("what-if --workers 4 --save") + QStringList{predicted, trace});
        QCOMPARE(result.err, QByteArray());
        QCOMPARE(result.exitCode, 0);
        QVERIFY2(result.out.startsWith("recorded   ") && result.out.contains("\npredicted  "), result.out.constData());
        QVERIFY(runProgram({QStringLiteral("report"), predicted}).out.contains("this is a prediction, and nothing of it was measured"));
        QVERIFY(runProgram(words("what-if --workers 4 --json") + QStringList{trace}).out.startsWith("{\"version\":1,"));
        const ProgramResult nothing = runProgram({QStringLiteral("what-if"), trace});
        QCOMPARE(nothing.exitCode, 2);
        QVERIFY(nothing.err.startsWith("loopscope: what-if: nothing would be otherwise: "));
    }

    void init()
    {
        scratch_.emplace().write("foreign.json", foreignTrace);
        scratch_->write("own.json", ownRun);
    }

    void whatIsWrongWithATraceIsToldByKind()
    {
        const ProgramResult result = loopscope("report foreign.json");
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.err.count('\n'), 1);
        QVERIFY2(result.err.startsWith("loopscope: foreign.json: events of unknown phases were left out: 2, the first at byte "),
                 result.err.constData());
        QVERIFY2(result.out.startsWith("foreign.json: Chrome JSON\n"), result.out.constData());
        QVERIFY(result.out.contains("tool (7) / thread 1\n"));
        QVERIFY(result.out.contains("\\x1B[2Jinner\n"));
        QVERIFY(!result.out.contains('\x1b'));
    }

    void aReportIsJsonToo()
    {
        const ProgramResult result = loopscope("report foreign.json --json");
        QCOMPARE(result.exitCode, 0);
        const QJsonDocument report = QJsonDocument::fromJson(result.out);
        QCOMPARE(report[QLatin1String("lanes")].toArray().size(), 1);
        QCOMPARE(report[QLatin1String("lanes")][0][QLatin1String("slices")].toInt(), 2);
        QCOMPARE(report[QLatin1String("problems")][0][QLatin1String("count")].toInt(), 2);
    }

    void aRunOfOursHasTheReportOfARun()
    {
        QVERIFY(loopscope("report own.json").out.startsWith("own: 1 task, 1 unfinished\n"));
        const auto report = readReport(loopscope("report own.json --json").out);
        QVERIFY(report && report->tasks.size() == 1);
        QCOMPARE(report->tasks.front().in("awaiting"), 60'000);
    }

    // Whatever it went through, what is reported of it is the same.
    void aRunOfOursGoesThroughAllFormats()
    {
        const QByteArray report = loopscope("report own.json --json").out;
        QCOMPARE(loopscope("convert own.json a.loopscope").exitCode, 0);
        QCOMPARE(loopscope("convert a.loopscope b.json.gz").exitCode, 0);
        QCOMPARE(loopscope("convert b.json.gz c.loopscope").exitCode, 0);
        QCOMPARE(loopscope("report c.loopscope --json").out, report);
        QCOMPARE(bytesOf(scratch_->path("c.loopscope")), bytesOf(scratch_->path("a.loopscope")));
    }

    void aTableHasARowASpanSliceOrInstant()
    {
        QCOMPARE(loopscope("convert foreign.json t.csv").exitCode, 0);
        QCOMPARE(bytesOf(scratch_->path("t.csv")), QByteArray("lane,kind,state,name,depth,begin_ns,dur_ns,reason,worker\n"
                                                              "tool (7) / thread 1,slice,,'=work,0,0,30000,,\n"
                                                              "tool (7) / thread 1,instant,,click,2,12000,0,,\n"
                                                              "tool (7) / thread 1,slice,,\x1b[2Jinner,1,10000,5000,,\n"));
    }

    // Each format holds the trace of others whole: what comes of the last one is what comes of the first.
    void aTraceOfOthersGoesThroughAllFormats()
    {
        QCOMPARE(loopscope("convert foreign.json a.loopscope").exitCode, 0);
        QCOMPARE(loopscope("convert a.loopscope b.json.gz").exitCode, 0);
        QCOMPARE(loopscope("convert b.json.gz c.json").exitCode, 0);
        QCOMPARE(loopscope("convert c.json last.csv").exitCode, 0);
        QCOMPARE(loopscope("convert foreign.json first.csv").exitCode, 0);
        QCOMPARE(bytesOf(scratch_->path("last.csv")), bytesOf(scratch_->path("first.csv")));
    }

    void whatIsNoTraceIsRefused_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("sentence");
        const auto row = [](const char *seems, const QByteArray &content) {
            QTest::newRow(seems) << content << QByteArray("it is no trace that Loopscope knows, but seems to be ") + seems;
        };
        row("empty", "");
        row("text", "hello\n");
        row("a PNG picture", "\x89PNG\r\n\x1a\n");
        row("text in UTF-16", QByteArray("\xff\xfe{\0", 4));
        QTest::newRow("scenario") << QByteArray("{\"loopscope_scenario\":1}")
                                  << QByteArray("it is a scenario, which can be run, and not a trace");
    }

    void whatIsNoTraceIsRefused()
    {
        QFETCH(const QByteArray, content);
        QFETCH(const QByteArray, sentence);
        scratch_->write("x.json", {content.constData(), static_cast<std::size_t>(content.size())});
        for (const char *line : {"report x.json", "convert x.json y.csv", "screenshot x.json y.svg", "open x.json"}) {
            const ProgramResult result = loopscope(line);
            QCOMPARE(result.exitCode, 1);
            QCOMPARE(result.err, "loopscope: x.json: " + sentence + '\n');
            QCOMPARE(result.out, QByteArray());
        }
        QCOMPARE(entriesIn(scratch_->path()), std::ptrdiff_t(3));
    }

    void aFifoIsNotWaitedFor()
    {
        QCOMPARE(::mkfifo(scratch_->path("fifo").c_str(), 0600), 0);
        const ProgramResult result = loopscope("report fifo");
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.err.startsWith("loopscope: fifo: "), result.err.constData());
    }

    void aNameCannotWriteToTheTerminal()
    {
        const ProgramResult result = run(programPath(), {QStringLiteral("report"), QStringLiteral("\x1b[2J")}, inScratch());
        QCOMPARE(result.err, QByteArray("loopscope: \\x1B[2J: No such file or directory\n"));
    }

    // By its raw bytes, and shown escaped.
    void aTraceMayHaveAnyName()
    {
        const std::string odd = "a\n\xff\xe2\x80\xae.json";
        std::filesystem::rename(scratch_->path("foreign.json"), scratch_->path(odd));
        // QProcess has no arguments that are no UTF-8.
        const ProgramResult result =
            run(QStringLiteral("sh"), {QStringLiteral("-c"), QStringLiteral("exec \"$0\" report a*"), programPath()}, inScratch());
        QCOMPARE(result.exitCode, 0);
        QVERIFY2(result.err.startsWith("loopscope: a\\n\\xFF"), result.err.constData());
        QVERIFY2(result.out.startsWith("a\\n\\xFF"), result.out.constData());
        QVERIFY(!result.out.contains("\xe2\x80\xae"));
    }

    void aTraceMayBeConvertedOntoItself()
    {
        const QByteArray before = loopscope("report foreign.json --json").out;
        QCOMPARE(loopscope("convert foreign.json foreign.json").exitCode, 0);
        QCOMPARE(QJsonDocument::fromJson(loopscope("report foreign.json --json").out)[QLatin1String("names")],
                 QJsonDocument::fromJson(before)[QLatin1String("names")]);
    }

    void whatCannotBeWrittenLeavesNothing_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("sentence");
        const auto row = [](const char *name, const char *line, const char *sentence) {
            QTest::newRow(name) << QByteArray(line) << QByteArray(sentence);
        };
        row("no room", "ulimit -f 8; exec \"$0\" convert big.json out/t.csv", "out/t.csv: File too large\n");
        row("no room for JSON", "ulimit -f 8; exec \"$0\" convert big.json out/t.json", "out/t.json: File too large\n");
        row("no room for packed", "ulimit -f 8; exec \"$0\" convert big.json out/t.json.gz", "out/t.json.gz: File too large\n");
        row("no room for ours", "ulimit -f 8; exec \"$0\" convert big.json out/t.loopscope", "out/t.loopscope: File too large\n");
        row("no folder", "exec \"$0\" convert big.json nowhere/t.csv", "nowhere/t.csv: No such file or directory\n");
        row("a folder", "mkdir out/t.csv; exec \"$0\" convert big.json out/t.csv; rmdir out/t.csv", "out/t.csv: it is a folder\n");
        row("a device", "ln -s /dev/full out/t.csv; \"$0\" convert big.json out/t.csv; rm out/t.csv; exit 1",
            "out/t.csv: it is a device, not a file\n");
    }

    void whatCannotBeWrittenLeavesNothing()
    {
        QFETCH(const QByteArray, line);
        QFETCH(const QByteArray, sentence);
        std::string events = "[";
        for (int i = 0; i < 3000; ++i)
            events +=
                "{\"ph\":\"X\",\"pid\":1,\"tid\":1,\"ts\":" + std::to_string(i) + ",\"dur\":1,\"name\":\"n" + std::to_string(i) + "\"},\n";
        scratch_->write("big.json", events + "{\"ph\":\"i\",\"pid\":1,\"tid\":1,\"ts\":1,\"name\":\"x\"}]");
        scratch_->makeFolder("out");
        const ProgramResult result = run(QStringLiteral("sh"), {QStringLiteral("-c"), QString::fromUtf8(line), programPath()}, inScratch());
        QCOMPARE(result.exitCode, 1);
        QCOMPARE(result.err, "loopscope: " + sentence);
        QVERIFY(entriesIn(scratch_->path("out")) == 0 || line.startsWith("mkdir"));
    }

    void aFolderThatTakesNoFilesIsTold()
    {
        const std::string closed = scratch_->makeFolder("closed");
        QCOMPARE(::chmod(closed.c_str(), 0555), 0);
        // What permissions forbid others, only /sys forbids root.
        const ProgramResult result = loopscope(::geteuid() == 0 ? "convert foreign.json /sys/t.csv" : "convert foreign.json closed/t.csv");
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.err.contains("t.csv: Permission denied\n"), result.err.constData());
    }

    void anEarlierFileStaysWhenTheNewOneFails()
    {
        scratch_->write("t.csv", "earlier");
        scratch_->write("x.json", "no trace");
        QCOMPARE(loopscope("convert x.json t.csv").exitCode, 1);
        QCOMPARE(bytesOf(scratch_->path("t.csv")), QByteArray("earlier"));
    }

    void aPictureIsDrawnOfARangeAndOfLanes()
    {
        const auto drawn = [this](const char *line) {
            const ProgramResult result = loopscope(line);
            return result.exitCode == 0 ? bytesOf(scratch_->path("p.svg")) : result.err;
        };
        QVERIFY(drawn("screenshot own.json p.svg --range 5us..20us --lanes FET*H --theme dark").startsWith("<?xml"));
        QCOMPARE(drawn("screenshot own.json p.svg --lanes nobody"),
                 QByteArray("loopscope: The picture was not written: no lane has a name with nobody in it.\n"));
        QVERIFY(drawn("screenshot own.json p.svg --range 5s..6s").startsWith("loopscope: The picture was not written: the trace ends "));
        QVERIFY(drawn("screenshot foreign.json nowhere/p.svg").startsWith("loopscope: The picture was not written to nowhere/p.svg: "));
    }

    void aPictureHasTheSizeAskedFor()
    {
        QCOMPARE(loopscope("screenshot foreign.json p.png --size 640x400 --scale 2").exitCode, 0);
        QCOMPARE(bytesOf(scratch_->path("p.png")).mid(16, 8), QByteArray("\x00\x00\x05\x00\x00\x00\x03\x20", 8));
    }

    void aSignalEndsAConversionAndLeavesNothing()
    {
        writeLargeTrace();
        const auto before = entriesIn(scratch_->path());
        const auto interrupt = [this, before](QProcess &process) {
            QTRY_VERIFY_WITH_TIMEOUT(entriesIn(scratch_->path()) > before || writesAFile(process), 60'000);
            ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        };
        const ProgramResult result =
            run(programPath(), words("convert large.json out.json.gz"), {QString::fromStdString(scratch_->path()), {}, {}, interrupt});
        QCOMPARE(result.err, QByteArray("loopscope: interrupted\n"));
        QCOMPARE(result.exitCode, 130);
        QCOMPARE(entriesIn(scratch_->path()), before);
    }

    void progressIsShownOnATerminalAlone()
    {
        writeLargeTrace();
        // script(1) gives the program a terminal for its standard error.
        const QString line = QStringLiteral("'%1' convert large.json out.csv").arg(programPath());
        const ProgramResult result =
            run(QStringLiteral("script"), {QStringLiteral("-qec"), line, QStringLiteral("/dev/null")}, inScratch());
        QCOMPARE(result.exitCode, 0);
        QVERIFY2(result.out.contains("reading, "), result.out.constData());
        QVERIFY(result.out.endsWith("\r\x1b[K")); // and removed
        QCOMPARE(loopscope("convert large.json out.csv").err, QByteArray());
    }

private:
    [[nodiscard]] ProgramOptions inScratch() const { return {QString::fromStdString(scratch_->path()), {}, {}, {}}; }
    [[nodiscard]] ProgramResult loopscope(const char *line) const { return runProgram(words(line), inScratch()); }

    // Long enough to be read for a while.
    void writeLargeTrace() const
    {
        std::string events = "[";
        for (int i = 0; i < 1'000'000; ++i)
            events +=
                "{\"ph\":\"X\",\"pid\":1,\"tid\":1,\"ts\":" + std::to_string(i) + ",\"dur\":1,\"name\":\"n\",\"args\":{\"a\":1}}," + '\n';
        events.back() = ' ';
        events[events.size() - 2] = ']';
        scratch_->write("large.json", events);
    }

    std::optional<ScratchFolder> scratch_;
};

QTEST_GUILESS_MAIN(TraceCommandsTest)
#include "trace_commands_test.moc"
