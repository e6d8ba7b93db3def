#include "app/command_line.h"
#include "core/trace/span.h"

#include <QTest>

using namespace loopscope;

namespace {

tl::expected<Command, UsageError> parse(std::vector<std::string_view> arguments)
{
    return parseCommandLine(arguments);
}

RunOptions parseRun(std::vector<std::string_view> arguments)
{
    arguments.insert(arguments.begin(), "run");
    const auto command = parse(arguments);
    if (command && std::holds_alternative<RunOptions>(*command))
        return std::get<RunOptions>(*command);
    QTest::qFail(command ? "not a run" : command.error().what.c_str(), __FILE__, __LINE__);
    return {};
}

std::string helpOf(std::vector<std::string_view> arguments)
{
    const auto command = parse(arguments);
    return command && std::holds_alternative<ShowText>(*command) ? std::get<ShowText>(*command).text : std::string();
}

} // namespace

class CommandLineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutACommandFilesOpenTheWindow()
    {
        const auto command = parse({"a", "--", "-b", "--"});
        QVERIFY(command.has_value());
        QCOMPARE(std::get<WindowOptions>(*command).paths, (std::vector<std::string>{"a", "-b", "--"}));
        QVERIFY(std::get<WindowOptions>(*parse({})).paths.empty());
        QCOMPARE(std::get<WindowOptions>(*parse({"./run"})).paths, std::vector<std::string>{"./run"});
        QCOMPARE(std::get<WindowOptions>(*parse({"--", "run"})).paths, std::vector<std::string>{"run"});
    }

    void everyOptionOfRunArrives()
    {
        const RunOptions run = parseRun({"--scenario",
                                         "executor",
                                         "--set",
                                         "tasks=6",
                                         "--set=place=loop",
                                         "--workers",
                                         "3",
                                         "--in-flight=7",
                                         "--stall-threshold",
                                         "2.5",
                                         "--screenshot",
                                         "p.png",
                                         "--size",
                                         "640x480",
                                         "--scale",
                                         "2",
                                         "--theme",
                                         "dark",
                                         "--report",
                                         "json",
                                         "--reader",
                                         "io_uring",
                                         "--save",
                                         "file:///t%20u",
                                         "f",
                                         "-"});
        QCOMPARE(run.scenario, std::optional<std::string>("executor"));
        QCOMPARE(run.values, (std::map<std::string, std::string>{{"tasks", "6"}, {"place", "loop"}}));
        QCOMPARE(run.workers, std::optional<int>(3));
        QCOMPARE(run.inFlight, std::optional<int>(7));
        QCOMPARE(run.reader, FileReader::IoUring);
        QCOMPARE(run.stallThreshold, std::optional<Nanoseconds>(2'500'000));
        QCOMPARE(run.screenshot, std::optional<std::string>("p.png"));
        QVERIFY(run.look.size == (PixelSize{640, 480}));
        QCOMPARE(run.look.scale, std::optional<double>(2.0));
        QCOMPARE(run.look.isDark, std::optional<bool>(true));
        QVERIFY(run.report == ReportFormat::Json);
        QCOMPARE(run.save, std::optional<std::string>("/t u"));
        QCOMPARE(run.paths, (std::vector<std::string>{"f", "-"}));
    }

    void aThreadAJobIsAWayToHaveWorkers()
    {
        QVERIFY(parseRun({"--workers", "per-job", "f"}).hasThreadAJob);
        QVERIFY(!parseRun({"--workers", "per-job", "--workers", "2", "f"}).hasThreadAJob);
        QVERIFY(parseRun({"--reader", "sequential", "f"}).reader == FileReader::Sequential);
    }

    void whatIsNotGivenIsLeftOpen()
    {
        const RunOptions run = parseRun({"f"});
        QVERIFY(!run.scenario && !run.workers && !run.inFlight && !run.stallThreshold);
        QVERIFY(!run.screenshot && !run.look.size && !run.look.scale && !run.look.isDark);
        QVERIFY(run.report == ReportFormat::Text);
        QVERIFY(!run.save);
        QCOMPARE(run.reader, FileReader::Automatic);
    }

    void pathsAreRawBytes()
    {
        const RunOptions run = parseRun({"\xff\nname", "--", "--workers"});
        QCOMPARE(run.paths, (std::vector<std::string>{"\xff\nname", "--workers"}));
    }

    void aFileUrlIsThePathThatItNames()
    {
        const std::vector<std::string> local{"/a b", "http://x/", "file://far.example/a", "./file:/a"};
        QCOMPARE(parseRun({"file:///a%20b", "http://x/", "file://far.example/a", "./file:/a"}).paths, local);
        QCOMPARE(std::get<WindowOptions>(*parse({"FILE:/a%20b"})).paths, std::vector<std::string>{"/a b"});
        QCOMPARE(parseRun({"--scenario", "file:///a.json"}).scenario, std::optional<std::string>("/a.json"));
    }

    void theEndingOfAPictureMayBeInUpperCase()
    {
        QCOMPARE(parseRun({"f", "--screenshot", "X.PNG", "--scale", "2"}).screenshot, std::optional<std::string>("X.PNG"));
    }

    void aPictureHasANameThatQtCanWrite()
    {
        const auto command = parse({"run", "f", "--screenshot", "\xff.svg"});
        QVERIFY(!command.has_value());
        QCOMPARE(command.error().what,
                 std::string("run: --screenshot: \"\\xFF.svg\" is no valid UTF-8, as the name of a picture has to be"));
    }

    void aValueMayContainAnEqualsSign()
    {
        QCOMPARE(parseRun({"--scenario=x", "--set", "a=b=c", "--set=d="}).values,
                 (std::map<std::string, std::string>{{"a", "b=c"}, {"d", ""}}));
    }

    void theLastOfAnOptionCounts() { QCOMPARE(parseRun({"--workers", "1", "--workers=2", "f"}).workers, std::optional<int>(2)); }

    void wrongUsageIsASentence_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *name, const QStringList &arguments, const char *sentence) {
            QTest::newRow(name) << arguments << QString::fromUtf8(sentence);
        };
        const auto words = [](const char *line) { return QString::fromUtf8(line).split(QLatin1Char(' ')); };
        row("nothing to run", words("run"), "run: there is nothing to run: name a file, a folder or a --scenario");
        row("unknown option", words("run --wrkers 3 f"), "run: there is no option --wrkers");
        row("unknown short option", words("run -x f"), "run: there is no option -x");
        row("unknown option of the window", words("--fast"), "there is no option --fast");
        row("no value", words("run f --workers"), "run: --workers needs a value: N|per-job");
        row("no number", words("run --workers three f"), "run: --workers: \"three\" is neither per-job nor a whole number from 1 to 1024");
        row("no worker", words("run --workers 0 f"), "run: --workers: \"0\" is neither per-job nor a whole number from 1 to 1024");
        row("too many workers", words("run --workers 1025 f"),
            "run: --workers: \"1025\" is neither per-job nor a whole number from 1 to 1024");
        row("more than a number", words("run --in-flight 6x f"), "run: --in-flight: \"6x\" is no whole number from 1 to 65536");
        row("reader", words("run --reader uring f"), "run: --reader: \"uring\" is none of auto, pool, io_uring, sequential and processes");
        row("negative threshold", words("run --stall-threshold=-1 f"), "run: --stall-threshold: \"-1\" is no number from 0.001 to 3600000");
        row("no threshold", words("run --stall-threshold nan f"), "run: --stall-threshold: \"nan\" is no number from 0.001 to 3600000");
        row("size", words("run --size 640 f"), "run: --size: \"640\" is no size such as 1600x900, each side from 1 to 40000");
        row("scale", words("run --scale 9 f"), "run: --scale: \"9\" is no number from 1 to 4");
        row("theme", words("run --theme Dark f"), "run: --theme: \"Dark\" is neither light nor dark");
        row("report", words("run --report xml f"), "run: --report: \"xml\" is none of text, json and none");
        row("a trace without a name", words("run --save= f"), "run: --save: \"\" is no name of a file");
        row("picture", words("run --screenshot x.gif f"), "run: --screenshot: \"x.gif\" does not end in .png, .svg or .pdf");
        row("picture without a name", words("run --screenshot .png f"), "run: --screenshot: \".png\" does not end in .png, .svg or .pdf");
        row("size of no picture", words("run --size 10x10 f"), "run: --size needs a --screenshot");
        row("scale of no picture", words("run --scale 1 f"), "run: --scale needs a --screenshot");
        row("theme of no picture", words("run --theme light f"), "run: --theme needs a --screenshot");
        row("scale without pixels", words("run --scale 2 --screenshot a.SVG f"),
            "run: --scale is for a .png alone: the others have no pixels");
        row("help as a value", words("run --set --help f"), "run: --set: \"--help\" is not of the form KEY=VALUE");
        row("a long value", {QStringLiteral("run"), QStringLiteral("--report"), QString(5000, QLatin1Char('x'))},
            ("run: --report: \"" + std::string(100, 'x') + "…" + std::string(99, 'x') + "\" is none of text, json and none").c_str());
        row("parameter without a value", words("run --scenario x --set tasks"), "run: --set: \"tasks\" is not of the form KEY=VALUE");
        row("parameter of nothing", words("run --set tasks=3 f"), "run: --set needs a --scenario whose parameter it sets");
        row("nothing to compare", words("compare"), "compare: there is nothing to compare: name a file, a folder or a --scenario");
        row("strategies without one", words("compare --strategies a,,b f"),
            "compare: --strategies: \"a,,b\" is no list of different names, such as pool,threads");
        row("strategies twice", words("compare --strategies a,a f"),
            "compare: --strategies: \"a,a\" is no list of different names, such as pool,threads");
        row("workers of a sweep", words("compare --workers 1,0 f"),
            "compare: --workers: \"1,0\" is no list of different numbers from 1 to 1024, such as 1,2,4");
        row("repetitions", words("compare --repeat 0 f"), "compare: --repeat: \"0\" is no whole number from 1 to 1000");
        row("report of a comparison", words("compare --report xml f"), "compare: --report: \"xml\" is none of text, json and csv");
        row("values without a scenario", words("compare --set a=b f"), "compare: --set needs a --scenario whose parameter it sets");
        row("a place", words("compare --scenario executor --set place=loop"),
            "compare: --set place=... is what strategies differ in: choose --strategies instead");
        row("flag with a value", words("scenarios --json=yes"), "scenarios: --json takes no value");
        row("file for scenarios", words("scenarios f"), "scenarios: takes no file, yet there is f");
        row("no trace to open", words("open"), "open: TRACE is missing");
        row("two traces to open", words("open a b"), "open: there is one file too many: b");
        row("no trace to report on", words("report --json"), "report: TRACE is missing");
        row("nowhere to convert to", words("convert a"), "convert: OUT is missing");
        row("workers of a prediction", words("what-if a --workers 0"), "what-if: --workers: \"0\" is no whole number from 1 to 1024");
        row("no trace to ask about", words("what-if --workers 2"), "what-if: TRACE is missing");
        row("no format", words("convert a b.xml"), "convert: b.xml ends in none of .loopscope, .json, .json.gz and .csv");
        row("no picture", words("screenshot a"), "screenshot: OUT is missing");
        row("no format of pictures", words("screenshot a b.gif"), "screenshot: \"b.gif\" does not end in .png, .svg or .pdf");
        row("scale of a trace without pixels", words("screenshot a b.svg --scale 2"),
            "screenshot: --scale is for a .png alone: the others have no pixels");
        row("no range", words("screenshot a b.svg --range 2..1"), "screenshot: --range: \"2..1\" is no range of time such as 1.5s..2s");
        row("hostile", {QStringLiteral("run"), QStringLiteral("--a\x1b[2J")}, "run: there is no option --a\\x1B[2J");
    }

    void wrongUsageIsASentence()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QString, sentence);
        std::vector<std::string> bytes;
        for (const QString &argument : arguments)
            bytes.push_back(argument.toStdString());
        const auto command = parse({bytes.begin(), bytes.end()});
        QVERIFY(!command.has_value());
        QCOMPARE(QString::fromStdString(command.error().what), sentence);
    }

    void everyOptionOfCompareArrives()
    {
        const auto command = parse({"compare", "--scenario", "executor", "--set", "tasks=6", "--strategies", "pool,loop", "--workers=1,4",
                                    "--repeat", "7", "--cold", "--report", "csv", "file:///a%20b", "c"});
        QVERIFY(command.has_value());
        const auto &compare = std::get<CompareOptions>(*command);
        QCOMPARE(compare.scenario.value_or(""), std::string("executor"));
        QCOMPARE(compare.values, (std::map<std::string, std::string>{{"tasks", "6"}}));
        QCOMPARE(compare.strategies, (std::vector<std::string>{"pool", "loop"}));
        QCOMPARE(compare.workers, (std::vector<int>{1, 4}));
        QCOMPARE(compare.repetitions, 7);
        QVERIFY(compare.isCold);
        QVERIFY(compare.report == CompareOptions::Report::Csv);
        QCOMPARE(compare.paths, (std::vector<std::string>{"/a b", "c"}));
    }

    void helpNamesEveryOptionWithinEightyColumns()
    {
        const std::string run = helpOf({"run", "x", "--help"});
        for (const char *option : {"--scenario NAME|FILE", "--set KEY=VALUE", "--workers N", "--in-flight N", "--reader auto|pool|io_uring",
                                   "--stall-threshold MS", "--screenshot PIC", "--size WxH", "--scale S", "--theme light|dark",
                                   "--save TRACE", "--report text|json|none", "--help"})
            QVERIFY2(run.find(option) != std::string::npos, option);
        QVERIFY(helpOf({"--help"}).find("loopscope scenarios [--json]") != std::string::npos);
        QVERIFY(helpOf({"scenarios", "-h"}).find("--json") != std::string::npos);
        const std::string shot = helpOf({"screenshot", "--help"});
        for (const char *option : {"--size WxH", "--scale S", "--range A..B", "--lanes PATTERN", "--theme light|dark"})
            QVERIFY2(shot.find(option) != std::string::npos, option);
        const std::string compare = helpOf({"compare", "--help"});
        for (const char *option : {"--scenario NAME|FILE", "--set KEY=VALUE", "--strategies A,B,...", "--workers N,M,...", "--repeat N",
                                   "--cold", "--report text|json|csv"})
            QVERIFY2(compare.find(option) != std::string::npos, option);
        for (const std::string &help :
             {run, shot, compare, helpOf({"what-if", "--help"}), helpOf({"--help"}), helpOf({"scenarios", "--help"}),
              helpOf({"open", "--help"}), helpOf({"report", "--help"}), helpOf({"convert", "--help"})}) {
            QVERIFY(!help.empty());
            for (const QString &line : QString::fromStdString(help).split(QLatin1Char('\n')))
                QVERIFY2(line.size() <= 80, qPrintable(line));
        }
    }

    void theCommandsOnTracesTakeTheirFiles()
    {
        QCOMPARE(std::get<OpenOptions>(*parse({"open", "t"})).trace, std::string("t"));
        const auto report = std::get<ReportOptions>(*parse({"report", "file:///a%20b", "--json"}));
        QCOMPARE(report.trace, std::string("/a b"));
        QVERIFY(report.format == ReportFormat::Json);
        const auto convert = std::get<ConvertOptions>(*parse({"convert", "--", "-in", "out.JSON.GZ"}));
        QCOMPARE(convert.from, std::string("-in"));
        QCOMPARE(convert.to, std::string("out.JSON.GZ"));
    }

    void everyOptionOfScreenshotArrives()
    {
        const auto shot = std::get<ScreenshotOptions>(*parse({"screenshot", "t", "--size", "640x480", "p.png", "--scale=2", "--range",
                                                              "1.5s..2500", "--lanes", "work*", "--theme", "dark"}));
        QCOMPARE(shot.trace, std::string("t"));
        QCOMPARE(shot.picture, std::string("p.png"));
        QVERIFY(shot.look.size == (PixelSize{640, 480}));
        QCOMPARE(shot.look.scale, std::optional<double>(2.0));
        QVERIFY(shot.look.range == (TimeRange{1'500'000'000, 2'500'000'000}));
        QCOMPARE(shot.look.lanes, std::optional<std::string>("work*"));
        QCOMPARE(shot.look.isDark, std::optional<bool>(true));
    }

    void aRangeMayLeaveOutAnEnd()
    {
        QVERIFY(parseTimeRange("10us..") == (TimeRange{10'000, latestTime}));
        QVERIFY(parseTimeRange("..3ns") == (TimeRange{0, 3}));
        QVERIFY(parseTimeRange("0.5..1") == (TimeRange{500'000, 1'000'000}));
        for (const char *wrong : {"", "..", "1", "1..1", "2..1", "-1..1", "a..b", "1 ..2", "1..nan", "1..1e99s", "1h..2h"})
            QVERIFY2(!parseTimeRange(wrong), wrong);
    }

    void versionIsOneLine()
    {
        const std::string version = helpOf({"--version"});
        QVERIFY(version.starts_with("loopscope ") && version.ends_with("\n"));
    }

    void afterTwoDashesHelpIsAFile() { QCOMPARE(parseRun({"--", "--help"}).paths, std::vector<std::string>{"--help"}); }
};

QTEST_GUILESS_MAIN(CommandLineTest)
#include "command_line_test.moc"
