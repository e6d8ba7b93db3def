#include "tests/support/imported_text.h"

using namespace loopscope;
using namespace loopscope::test;

namespace {

const std::string good = R"({"name":"a","ph":"X","ts":5,"dur":3,"pid":1,"tid":2})";
const QString goodAlone = lines({R"(process "process 1")", R"(thread "thread 2" of 1: a 0-3000)"});

std::string withBad(const std::string &bad)
{
    return '[' + good + ',' + bad + ']';
}

QString problem(std::uint64_t count, std::uint64_t byte, const char *what)
{
    return QStringLiteral("%1 at %2: %3\n").arg(count).arg(byte).arg(QLatin1String(what));
}

// Every character of its strings as an escape.
std::string escaped(std::string_view json)
{
    std::string all;
    bool isInString = false;
    for (const char c : json) {
        isInString ^= c == '"';
        if (!isInString || c == '"')
            all += c;
        else
            all += QStringLiteral("\\u%1").arg(static_cast<int>(c), 4, 16, QLatin1Char('0')).toStdString();
    }
    return all;
}

// A list with one event, in which a part is repeated as often as needed, without the memory for it.
class LongStream : public ByteStream {
public:
    LongStream(std::string before, std::string part, std::uint64_t times, std::string behind)
        : before_(std::move(before))
        , part_(std::move(part))
        , partBytes_(part_.size() * times)
        , behind_(std::move(behind))
    {
    }

    [[nodiscard]] tl::expected<std::size_t, std::string> read(char *to, std::size_t most) override
    {
        std::size_t done = 0;
        for (; done < most && at_ < before_.size() + partBytes_ + behind_.size(); ++done, ++at_) {
            if (at_ < before_.size())
                to[done] = before_[at_];
            else if (at_ < before_.size() + partBytes_)
                to[done] = part_[(at_ - before_.size()) % part_.size()];
            else
                to[done] = behind_[at_ - before_.size() - partBytes_];
        }
        return done;
    }
    [[nodiscard]] std::uint64_t usedBytes() const override { return at_; }
    [[nodiscard]] std::shared_ptr<const InputFile> again() const override { return nullptr; }

private:
    std::string before_;
    std::string part_;
    std::uint64_t partBytes_;
    std::string behind_;
    std::uint64_t at_ = 0;
};

} // namespace

// Hostile files and broken ones: bounded, and what is left out is counted with the place of the first.
class ChromeFaultsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEventThatCannotBeUsedIsLeftOutAndCounted_data()
    {
        QTest::addColumn<QByteArray>("event");
        QTest::addColumn<QByteArray>("what");
        const auto row = [](const char *name, const char *event, const char *what) {
            QTest::newRow(name) << QByteArray(event) << QByteArray(what);
        };
        const auto *noNumber = "events with a time that is no number were left out";
        row("NaN", R"({"ph":"i","ts":NaN})", noNumber);
        row("Infinity", R"({"ph":"i","ts":-Infinity})", noNumber);
        row("letters", R"({"ph":"i","ts":"100a"})", noNumber);
        row("null", R"({"ph":"i","ts":null})", noNumber);
        row("an object", R"({"ph":"i","ts":{"a":1}})", noNumber);
        row("1e999", R"({"ph":"i","ts":1e999})", "events with a time beyond 126 years were left out");
        row("an overflowing duration", R"({"ph":"X","ts":1,"dur":1e300})", "events with a time beyond 126 years were left out");
        row("no time", R"({"ph":"i"})", "events without a time were left out");
        row("no duration", R"({"ph":"X","ts":1})", "complete events without a duration were left out");
        row("a bad duration", R"({"ph":"X","ts":1,"dur":"x"})", "complete events with a duration that is no number were left out");
        row("a negative duration", R"({"ph":"X","ts":1,"dur":-1})", "complete events with a negative duration were left out");
        row("no phase", R"({"ts":1})", "events without a phase were left out");
        row("an empty phase", R"({"ts":1,"ph":""})", "events without a phase were left out");
        row("a number as phase", R"({"ts":1,"ph":7})", "events without a phase were left out");
        row("unknown phase", R"({"ts":1,"ph":"?"})", "events of unknown phases were left out");
        row("an escaped unknown phase", "{\"ts\":1,\"ph\":\"\\u0042\\u0042\",\"p\\u0068\":\"\\u003f\"}",
            "events of unknown phases were left out");
        row("an escaped time", "{\"ts\":\"\\u0031\",\"ph\":\"i\"}", noNumber);
        row("a sample", R"({"ts":1,"ph":"P"})", "samples, objects, memory dumps and other events that are not shown were left out");
        const auto *noId = "asynchronous events and flows without a usable id were left out";
        row("b without id", R"({"ts":1,"ph":"b"})", noId);
        row("e with null", R"({"ts":1,"ph":"e","id":null})", noId);
        row("n with an empty id", R"({"ts":1,"ph":"n","id":""})", noId);
        row("S with an object", R"({"ts":1,"ph":"S","id":{}})", noId);
        row("f with a bad id2", R"({"ts":1,"ph":"f","id2":{"x":1}})", noId);
        row("end without begin", R"({"ts":6,"ph":"E","pid":1,"tid":2})", "ends of slices that did not begin were left out");
        row("e without b", R"({"ts":6,"ph":"e","id":1})", "ends of slices that did not begin were left out");
        row("a number", "7", "entries of the list of events that are no objects were left out");
        row("a text", "\"x]\"", "entries of the list of events that are no objects were left out");
        row("an array", "[1,[2]]", "entries of the list of events that are no objects were left out");
        row("no colon", R"({"ph" "i"})", "events that are no valid JSON were left out");
        row("no value", R"({"ph":,"ts":1})", "events that are no valid JSON were left out");
        row("no key", R"({7:1})", "events that are no valid JSON were left out");
        row("wrong brackets", R"({"ph":"i"])", "events that are no valid JSON were left out");
        row("no comma", R"({"ph":"i" "ts":1})", "events that are no valid JSON were left out");
        row("a counter of words", R"({"ph":"C","ts":6,"args":{"a":"b"}})", "values of counters that are no finite numbers were left out");
        row("a counter of NaN", R"({"ph":"C","ts":6,"args":{"a":NaN}})", "values of counters that are no finite numbers were left out");
        row("a counter of nothing", R"({"ph":"C","ts":6})", "values of counters that are no finite numbers were left out");
        row("a bad name", R"({"ph":"M","name":"process_name","args":{"name":[]}})",
            "names and sort indices of the wrong type were left out");
        row("a bad sort index", R"({"ph":"M","name":"thread_sort_index","args":{"sort_index":1e99}})",
            "names and sort indices of the wrong type were left out");
    }

    void anEventThatCannotBeUsedIsLeftOutAndCounted()
    {
        QFETCH(QByteArray, event);
        QFETCH(QByteArray, what);
        QCOMPARE(described(withBad(event.toStdString())), goodAlone);
        QCOMPARE(problemsOf(withBad(event.toStdString())), problem(1, good.size() + 2, what.constData()));
    }

    // Of everything that means something by itself or is what others are found by, one is with escapes and one without.
    void escapesChangeNothing()
    {
        const std::string plain = R"({"ph":"M","pid":"p","name":"process_name","args":{"name":"tool"}},
            {"ph":"M","pid":"p","tid":"t","name":"thread_sort_index","args":{"sort_index":3}},
            {"ph":"X","pid":"p","tid":"t","ts":0,"dur":9,"name":"x","cat":"c","cname":"thread_state_runnable"},
            {"ph":"B","pid":"p","tid":"u","ts":0,"name":"b","args":{"a":1}},{"ph":"E","pid":"p","tid":"u","ts":5,"name":"b"},
            {"ph":"b","pid":"p","ts":1,"id":"i","scope":"s","cat":"c","name":"get"},
            {"ph":"e","pid":"p","ts":3,"id":"j","scope":"s","cat":"c","name":"get"},
            {"ph":"n","pid":"p","ts":2,"id2":{"global":"i"},"cat":"c","name":"try"},
            {"ph":"s","pid":"p","tid":"t","ts":1,"id":"f","name":"go"},{"ph":"f","pid":"p","tid":"u","bp":"e","ts":2,"id":"f","name":"go"},
            {"ph":"C","pid":"p","ts":4,"id":"k","name":"m","args":{"value":1,"other":2}})";
        const std::string once = "{\"displayTimeUnit\":\"ns\",\"traceEvents\":[" + plain + "]}";
        const std::string twice = "{\"displayTimeUnit\":\"ns\",\"traceEvents\":[" + plain + ',' + plain + "]}";
        const std::string mixed = escaped("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[" + plain) + ',' + plain + "]}";
        QVERIFY(importText(once)->trace->hasLane(7));
        QCOMPARE(described(escaped(once)), described(once));
        QCOMPARE(described(mixed), described(twice));
        QVERIFY(importText(mixed)->trace->info().showsNanoseconds);
        QVERIFY(!problemsOf(mixed).contains(QLatin1String("phase")));
    }

    void theFirstPlaceIsTold()
    {
        QCOMPARE(problemsOf('[' + good + R"(,{"ph":"i"},{"ts":3},{"ph":"i"}])"),
                 problem(2, good.size() + 2, "events without a time were left out")
                     + problem(1, good.size() + 13, "events without a phase were left out"));
    }

    void whatIsCutOffKeepsTheEventsBefore()
    {
        const QString noEnd = QStringLiteral("the file ends before its trace does");
        const std::string second = "," + good;
        for (std::size_t cut = 2; cut < second.size(); ++cut) {
            const std::string text = "{\"traceEvents\":[" + good + second.substr(0, cut);
            QCOMPARE(described(text), goodAlone);
            const QString problems = problemsOf(text);
            QVERIFY2(problems.contains(noEnd) && problems.contains(QLatin1String("1 at 69: the last event is cut off, and was left out")),
                     qPrintable(problems));
        }
        for (const char *text : {"[", "[,", "{\"traceEvents\":[", "{\"traceEvents\":[],\"a"}) {
            QCOMPARE(described(text), QString());
            QVERIFY(problemsOf(text).contains(noEnd));
        }
        // Chrome's format lets an array go without its end.
        QCOMPARE(described('[' + good + ",\n"), goodAlone);
    }

    void aCommaBehindTheLastEventIsTold()
    {
        QCOMPARE(described('[' + good + ", ]"), goodAlone);
        QCOMPARE(problemsOf('[' + good + ", ]"), problem(1, good.size() + 1, "there is a comma behind the last event"));
        QCOMPARE(problemsOf("{\"traceEvents\":[" + good + ",]}"), problem(1, good.size() + 16, "there is a comma behind the last event"));
    }

    void whatFollowsTheTraceIsTold()
    {
        QCOMPARE(described('[' + good + "] \n"), goodAlone);
        QCOMPARE(problemsOf('[' + good + "] \n"), QString());
        QCOMPARE(described('[' + good + "] [" + good + ']'), goodAlone);
        QCOMPARE(problemsOf('[' + good + "] [" + good + ']'),
                 problem(1, good.size() + 3, "what follows the end of the trace was left out"));
    }

    void whatIsNoTraceIsRefused()
    {
        QCOMPARE(described(""), QStringLiteral("refused: it is not JSON"));
        QCOMPARE(described("PK\x03\x04"), QStringLiteral("refused: it is not JSON"));
        QCOMPARE(described("{\"a\":[1]}"), QStringLiteral("refused: it is JSON, but has no list of trace events"));
        QCOMPARE(described("[1,2]"),
                 QStringLiteral("refused: it is JSON, but none of the entries of its list is a trace event that can be shown"));
        QCOMPARE(described("[{\"a\":1},{}]"),
                 QStringLiteral("refused: it is JSON, but none of the entries of its list is a trace event that can be shown"));
        QCOMPARE(described("[]"), QString());
    }

    void aMillionBracketsAreBounded()
    {
        constexpr std::size_t depth = 1'000'000;
        const std::string deep = std::string(depth, '[') + std::string(depth, ']');
        QCOMPARE(described(withBad(deep)), goodAlone);
        QCOMPARE(described('[' + good.substr(0, good.size() - 1) + ",\"args\":" + deep + "}]"), goodAlone);
        QCOMPARE(described("{\"x\":" + deep + ",\"traceEvents\":[" + good + "]}"), goodAlone);
        QCOMPARE(described('[' + good + ',' + std::string(depth, '[')), goodAlone);
    }

    void aMillionNestedSlicesAreBounded()
    {
        constexpr std::uint64_t count = 1'000'000;
        std::string text = "[";
        for (std::uint64_t i = 0; i < count; ++i)
            text += "{\"ph\":\"B\",\"ts\":1,\"name\":\"b\"},";
        text += good + ']';
        const auto opened = importText(text);
        QVERIFY(opened.has_value());
        QCOMPARE(opened->trace->spanCount(), std::size_t(chrome::ImportLimits().rows + 1));
        const std::uint64_t rows = chrome::ImportLimits().rows;
        QCOMPARE(QString::fromStdString(describeProblems(*opened->trace)),
                 problem(rows, 1, "slices that do not end go on to the end of the trace")
                     + problem(count - rows, 1 + rows * 29, "slices that more than 4096 rows would be needed for were left out"));
    }

    void anEndlessStringIsBounded()
    {
        constexpr std::uint64_t times = 40'000'000;
        for (const bool isClosed : {true, false}) {
            LongStream stream('[' + good + ",{\"ph\":\"i\",\"name\":\"", "x", times, isClosed ? "\"}," + good + "]" : "");
            chrome::ImportSettings settings;
            settings.isAlone = true;
            const auto opened = chrome::runImport(stream, settings, {});
            QVERIFY(opened.has_value());
            QCOMPARE(opened->trace->spanCount(), std::size_t(isClosed ? 2 : 1));
            QVERIFY(describeProblems(*opened->trace).starts_with("1 at 54: events of more than 16 MiB were left out\n"));
        }
        // Likewise outside of events.
        LongStream stream("{\"x\":\"", "x", times, "\",\"traceEvents\":[" + good + "]}");
        const auto opened = chrome::runImport(stream, {}, {});
        QVERIFY(opened && opened->trace->spanCount() == 1);
    }

    void slicesThatDoNotEndAreOpen()
    {
        const std::string text =
            R"([{"name":"a","ph":"B","ts":0,"pid":1,"tid":1},{"name":"b","ph":"B","ts":2,"pid":1,"tid":1},{"name":"c","ph":"i","ts":9,"pid":1,"tid":1}])";
        QCOMPARE(described(text),
                 lines({R"(process "process 1")", R"(thread "thread 1" of 1: a 0-?, c@9000)", R"(row "thread 1" of 2: b 2000-?)"}));
        QVERIFY(problemsOf(text).contains(QLatin1String("2 at ")));
        QCOMPARE(importText(text)->trace->span(2, 0).end, Nanoseconds(9000));
    }

    void slicesThatPartlyOverlapGoToAnExtraRow()
    {
        const std::string text =
            R"([{"name":"a","ph":"X","ts":0,"dur":10,"pid":1,"tid":1},{"name":"b","ph":"X","ts":5,"dur":10,"pid":1,"tid":1},
                                     {"name":"c","ph":"X","ts":12,"dur":1,"pid":1,"tid":1},{"name":"d","ph":"X","ts":20,"dur":1,"pid":1,"tid":1}])";
        QCOMPARE(described(text), lines({R"(process "process 1")", R"(thread "thread 1" of 1: a 0-10000, d 20000-21000)",
                                         R"(row "thread 1" of 2: b 5000-15000)", R"(row "thread 1" of 2: c 12000-13000)"}));
        QVERIFY(problemsOf(text).startsWith(QLatin1String("1 at ")) && problemsOf(text).contains(QLatin1String("partly overlap")));
    }

    void flowsWithoutACounterpartAreCounted()
    {
        QVERIFY(problemsOf(R"([{"ph":"s","ts":1,"id":1},{"ph":"f","ts":2,"id":2},{"ph":"t","ts":3,"id":3},{"ph":"s","ts":4,"id":1}])")
                    .startsWith(QLatin1String("4 at ")));
    }

    void badUtf8InANameIsEscaped()
    {
        const std::string text = "[{\"name\":\"a\xFF\",\"ph\":\"X\",\"ts\":5,\"dur\":3,\"pid\":1,\"tid\":2}," + good + ']';
        QVERIFY(described(text).contains(QLatin1String("a\\xFF 0-3000")));
        QCOMPARE(problemsOf(text), problem(1, 1, "names that are not UTF-8 are shown with \\x escapes"));
    }

    void longNamesAreShortened()
    {
        const std::string text = "[{\"name\":\"" + std::string(100'000, 'x') + "\",\"ph\":\"X\",\"ts\":5,\"dur\":3,\"pid\":1,\"tid\":2}]";
        const auto opened = importText(text);
        QVERIFY(opened.has_value());
        QVERIFY(opened->trace->reason(opened->trace->span(2, 0).site).size() < 5000);
        QCOMPARE(problemsOf(text), problem(1, 1, "names of more than 4096 characters were shortened"));
    }

    void manyLanesAndNamesAreCapped()
    {
        chrome::ImportSettings settings;
        settings.limits.lanes = 5;
        settings.limits.labels = 3;
        settings.limits.ids = 2;
        std::string text = "[";
        for (int i = 0; i < 10; ++i) {
            const std::string n = std::to_string(i);
            text += "{\"name\":\"n" + n + "\",\"ph\":\"X\",\"ts\":" + n + ",\"dur\":1,\"pid\":1,\"tid\":" + n + "},";
        }
        for (int i = 0; i < 3; ++i)
            text += "{\"name\":\"n0\",\"ph\":\"b\",\"ts\":1,\"pid\":1,\"tid\":1,\"id\":" + std::to_string(i) + "},";
        text.back() = ']';
        const auto opened = importText(text, settings);
        QVERIFY(opened.has_value());
        QCOMPARE(opened->trace->laneCount(), std::size_t(6));
        const QString problems = problemsOf(text, settings);
        QVERIFY2(problems.contains(QLatin1String("events of more lanes than a million were left out")), qPrintable(problems));
        QVERIFY2(problems.contains(QLatin1String("names beyond the first million are not told apart")), qPrintable(problems));
        QVERIFY2(problems.contains(problem(1, text.rfind('{'), "events of more ids than four million were left out")),
                 qPrintable(problems));
        QVERIFY(describe(*opened->trace).find("(one of too many names) 3000-4000") != std::string::npos);
    }

    // The limit is looked at after each window, here of about ten events.
    void whatThereIsNoMemoryForIsLeftOut_data()
    {
        QTest::addColumn<QByteArray>("event");
        QTest::newRow("slices") << QByteArray(R"({"ph":"X","ts":5,"dur":3,"name":"a"})");
        QTest::newRow("instants") << QByteArray(R"({"ph":"i","ts":5,"name":"a"})");
        QTest::newRow("operations") << QByteArray(R"({"ph":"n","ts":5,"id":1,"name":"a"})");
        QTest::newRow("ids") << QByteArray(R"({"ph":"n","ts":5,"id":"@","name":"a"})");
        QTest::newRow("flows") << QByteArray(R"({"ph":"s","ts":5,"id":1,"name":"a"})");
        QTest::newRow("samples") << QByteArray(R"({"ph":"C","ts":5,"name":"a","args":{"value":1}})");
        QTest::newRow("names") << QByteArray(R"({"ph":"M","name":"@"})");
        QTest::newRow("threads") << QByteArray(R"({"ph":"M","tid":"@","name":"a"})");
        QTest::newRow("processes") << QByteArray(R"({"ph":"M","pid":"@","name":"a"})");
        QTest::newRow("events of no use") << QByteArray(R"({"ph":"?"})");
    }

    void whatThereIsNoMemoryForIsLeftOut()
    {
        QFETCH(QByteArray, event);
        std::string text = '[' + good;
        for (int i = 0; i < 50'000; ++i)
            text += ',' + QByteArray(event).replace('@', QByteArray::number(i)).toStdString();
        text += ',' + withBad("7").substr(1);
        chrome::ImportSettings settings;
        settings.windows.window = 512;
        const QString full = QStringLiteral(": the limit of memory was reached: what follows was left out\n");
        QVERIFY(!problemsOf(text, settings).contains(full));
        settings.limits.memory = 10'000;
        const auto opened = importText(text, settings);
        QVERIFY(opened.has_value());
        const QString problems = QString::fromStdString(describeProblems(*opened->trace));
        QVERIFY2(problems.contains(full), qPrintable(problems));
        QVERIFY2(!problems.contains(QLatin1String("no objects")), qPrintable(problems)); // those come later
        QCOMPARE(opened->trace->reason(opened->trace->span(2, 0).site), std::string_view("a"));
        // Where it stopped is between two events, and neither soon nor at the end.
        const std::uint64_t at =
            std::ranges::find(opened->trace->info().problems, std::string_view(memoryFull), &ImportProblem::what)->firstByte;
        QVERIFY(at > 500 && at < text.size() - 4'000);
        QCOMPARE(text[at], ',');
    }

    void rowsAreLanesToo()
    {
        chrome::ImportSettings settings;
        settings.limits.lanes = 2;
        const std::string text =
            R"([{"name":"a","ph":"X","ts":0,"dur":9,"pid":1,"tid":1},{"name":"b","ph":"X","ts":1,"dur":1,"pid":1,"tid":1}])";
        QCOMPARE(described(text, settings), lines({R"(process "process 1")", R"(thread "thread 1" of 1: a 0-9000)"}));
        QCOMPARE(problemsOf(text, settings), problem(1, text.rfind('{'), "events of more lanes than a million were left out"));
    }

    void anEventFarFromAllOthersIsLeftOut()
    {
        std::string text = R"([{"name":"lost","ph":"X","ts":0,"dur":1,"pid":1,"tid":2},)";
        for (int i = 0; i < 3; ++i)
            text += R"({"name":"a","ph":"X","ts":170000000000000)" + std::to_string(i) + R"(,"dur":1,"pid":1,"tid":2},)";
        text.back() = ']';
        QCOMPARE(described(text), lines({R"(process "process 1")", R"(thread "thread 2" of 1: a 0-1000, a 1000-2000, a 2000-3000)"}));
        QVERIFY(problemsOf(text).startsWith(QLatin1String("1 at ")) && problemsOf(text).contains(QLatin1String("weeks away")));
        QCOMPARE(importText(text)->trace->now(), Nanoseconds(3000));
        // Likewise if it is the last one.
        std::string other = "[";
        for (int i = 0; i < 3; ++i)
            other += R"({"name":"a","ph":"X","ts":)" + std::to_string(i) + R"(,"dur":1,"pid":1,"tid":2},)";
        other += R"({"name":"lost","ph":"i","ts":1700000000000000,"pid":1,"tid":2}])";
        QCOMPARE(described(other), lines({R"(process "process 1")", R"(thread "thread 2" of 1: a 0-1000, a 1000-2000, a 2000-3000)"}));
        QCOMPARE(importText(other)->trace->now(), Nanoseconds(3000));
    }

    void eventsCenturiesApartAreLeftOut()
    {
        std::string text = R"([{"name":"lost","ph":"i","ts":-3900000000000000,"pid":1,"tid":2},)";
        for (int i = 0; i < 3; ++i)
            text += R"({"name":"a","ph":"X","ts":)" + std::to_string(i) + R"(,"dur":1,"pid":1,"tid":2},)";
        text += R"({"name":"lost","ph":"X","ts":3900000000000000,"dur":3900000000000000,"pid":1,"tid":2}])";
        QCOMPARE(described(text), lines({R"(process "process 1")", R"(thread "thread 2" of 1: a 0-1000, a 1000-2000, a 2000-3000)"}));
        QVERIFY(problemsOf(text).startsWith(QLatin1String("2 at 1: ")) && problemsOf(text).contains(QLatin1String("weeks away")));
        QCOMPARE(importText(text)->trace->now(), Nanoseconds(3000));
    }
};

QTEST_GUILESS_MAIN(ChromeFaultsTest)
#include "chrome_faults_test.moc"
