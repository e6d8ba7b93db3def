#include "core/formats/trace_registry.h"
#include "tests/support/described_trace.h"
#include "tests/support/random_events.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/trace_difference.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>
#include <ctime>
#include <limits>
#include <optional>
#include <sstream>
#include <vector>

using namespace loopscope;
using namespace loopscope::test;

namespace {

/// What there is in a trace, a line each, arguments too. Flows that are sent together are in no order.
std::vector<std::string> told(const Trace &trace)
{
    std::vector<std::string> lines;
    std::istringstream text(describe(trace));
    for (std::string line; std::getline(text, line);)
        lines.push_back(line);
    std::sort(std::ranges::find_if(lines, [](const std::string &line) { return line.starts_with("flow "); }), lines.end());
    for (LaneId lane = 1; trace.hasLane(lane); ++lane) {
        for (std::size_t i = 0; i < trace.spanCount(lane); ++i) {
            if (const Span span = trace.span(lane, i); span.state == State::Slice)
                lines.push_back(trace.imported().arguments(span.peer));
        }
    }
    for (const Instant &instant : trace.imported().instants())
        lines.push_back(trace.imported().arguments(instant.event));
    for (const std::string &note : trace.info().notes)
        lines.push_back("note " + note);
    // Where they were found is told, too, once they come from an export.
    lines.push_back(QString::fromStdString(describeProblems(trace)).remove(QLatin1String("in the file that was exported: ")).toStdString());
    lines.push_back("until " + std::to_string(trace.now()));
    return lines;
}

std::string firstDifference(const std::vector<std::string> &a, const std::vector<std::string> &b)
{
    const auto [first, second] = std::ranges::mismatch(a, b);
    if (first == a.end() && second == b.end())
        return {};
    return (first == a.end() ? "nothing" : *first) + " became " + (second == b.end() ? "nothing" : *second);
}

/// Operations that begin one after the other and go on together, each with steps of different lengths.
std::string concurrentOperations(int operations, int steps)
{
    std::string events = "[";
    const auto event = [&events](char phase, const std::string &name, int id, int at) {
        events += "{\"ph\":\"" + std::string(1, phase) + "\",\"pid\":1,\"name\":\"" + name + "\",\"id\":" + std::to_string(id)
                  + ",\"ts\":" + std::to_string(at) + "},\n";
    };
    for (int id = 0; id < operations; ++id) {
        event('b', "get", id, id);
        int at = operations + id;
        for (int step = 0; step < steps; ++step) {
            const std::string name = "step " + std::to_string(step % 7);
            event('b', name, id, at);
            at += 600 + (id * 7919 + step * 104'729) % 900;
            event('e', name, id, at);
        }
        event('e', "get", id, at + 5);
    }
    return events.replace(events.size() - 2, 2, "]");
}

} // namespace

/// Traces of others that went out as Chrome JSON and came back through the importer.
class ImportedExportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anyTraceComesBackAsItWas()
    {
        for (std::uint32_t seed = 0; seed < 100; ++seed)
            comesBack(randomEvents(seed), "seed " + std::to_string(seed));
    }

    void eachKindComesBack_data()
    {
        QTest::addColumn<QByteArray>("events");
        const auto row = [](const char *name, const char *events) { QTest::newRow(name) << QByteArray(events); };
        row("names, labels and order", R"([{"ph":"M","pid":7,"name":"process_name","args":{"name":"tool, beta"
}
},
            {"ph":"M","pid":7,"name":"process_labels","args":{"labels":"a,b"}},{"ph":"M","pid":7,"tid":1,"name":"thread_sort_index","args":{"sort_index":9}},
            {"ph":"X","pid":7,"tid":1,"ts":0,"dur":1,"name":"late"},{"ph":"X","pid":7,"tid":2,"ts":0,"dur":1,"name":"soon"}])");
        row("ids that are text", R"([{"ph":"X","pid":"db","tid":"main","ts":0,"dur":1,"name":"x"}])");
        row("ids that are missing", R"([{"ph":"X","ts":0,"dur":1,"name":"x"}])");
        row("large and odd ids", R"([{"ph":"X","pid":4294967296,"tid":"007","ts":0,"dur":1,"name":"x"}])");
        row("two threads of one name", R"([{"ph":"M","pid":1,"tid":1,"name":"thread_name","args":{"name":"w"}},
            {"ph":"M","pid":1,"tid":2,"name":"thread_name","args":{"name":"w"}},{"ph":"X","pid":1,"tid":1,"ts":0,"dur":1,"name":"a"},
            {"ph":"X","pid":1,"tid":2,"ts":0,"dur":1,"name":"b"}])");
        row("nested, without an end",
            R"([{"ph":"B","pid":1,"tid":1,"ts":0,"name":"a"},{"ph":"X","pid":1,"tid":1,"ts":2,"dur":3,"name":"b"}])");
        row("no length inside of no length", R"([{"ph":"B","pid":1,"tid":1,"ts":0,"name":"a"},{"ph":"B","pid":1,"tid":1,"ts":0,"name":"b"},
            {"ph":"E","pid":1,"tid":1,"ts":0,"name":"b"},{"ph":"E","pid":1,"tid":1,"ts":0,"name":"a"}])");
        row("the shorter one outside", R"([{"ph":"B","pid":1,"tid":1,"ts":0,"name":"a"},{"ph":"B","pid":1,"tid":1,"ts":0,"name":"b"},
            {"ph":"E","pid":1,"tid":1,"ts":5,"name":"a"},{"ph":"E","pid":1,"tid":1,"ts":9,"name":"b"}])");
        row("states", R"([{"ph":"X","pid":1,"tid":1,"ts":0,"dur":1,"name":"r","cname":"thread_state_running"},
            {"ph":"X","pid":1,"tid":1,"ts":1,"dur":1,"name":"s","cname":"thread_state_iowait"}])");
        row("counters",
            R"([{"ph":"C","pid":1,"ts":0,"name":"m","id":"2","args":{"value":0.1,"b":-3}},{"ph":"C","pid":1,"ts":1,"cat":"x","name":"m","args":{"value":1e300}}])");
        row("asynchronous",
            R"([{"ph":"b","pid":1,"ts":0,"id":1,"cat":"n","name":"get","args":{"u":"/"}},{"ph":"b","pid":1,"ts":1,"id":1,"cat":"n","name":"dns"},
            {"ph":"n","pid":1,"ts":1,"id":1,"cat":"n","name":"try"},{"ph":"e","pid":1,"ts":2,"id":1,"cat":"n","name":"dns"},
            {"ph":"b","pid":1,"ts":1,"id":2,"cat":"n","name":"get"},{"ph":"e","pid":1,"ts":4,"id":2,"cat":"n","name":"get"},
            {"ph":"e","pid":1,"ts":3,"id":1,"cat":"n","name":"get"}])");
        row("flows", R"([{"ph":"X","pid":1,"tid":1,"ts":0,"dur":5,"name":"a"},{"ph":"X","pid":1,"tid":2,"ts":6,"dur":5,"name":"b"},
            {"ph":"s","pid":1,"tid":1,"ts":1,"id":1,"name":"go","cat":"c"},{"ph":"t","pid":1,"tid":2,"ts":7,"id":1,"name":"go","cat":"c"},
            {"ph":"f","pid":1,"tid":1,"ts":8,"id":1,"name":"go","cat":"c"},{"ph":"s","pid":1,"tid":1,"ts":2,"id":2,"name":"go"},
            {"ph":"f","pid":1,"tid":2,"ts":3,"id":2,"name":"go"}])");
        row("arguments", R"([{"ph":"B","pid":1,"tid":1,"ts":0,"name":"a","args":{"x":[1,{"y":"\u20ac\n"}]}},
            {"ph":"i","pid":1,"tid":1,"ts":1,"name":"i","s":"g","args":{"k":null}},{"ph":"E","pid":1,"tid":1,"ts":2,"name":"a","args":{"z":2}}])");
    }

    void eachKindComesBack()
    {
        QFETCH(const QByteArray, events);
        comesBack(events.toStdString(), "it");
    }

    // Each in a row of its own, which may not cost time for each of the others.
    void concurrentOperationsTakeNoLonger()
    {
        const auto few = exportTime(concurrentOperations(95, 400));
        const auto many = exportTime(concurrentOperations(1900, 20));
        QVERIFY(few && many);
        QVERIFY2(*many < 6 * *few, (std::to_string(*many) + " s and " + std::to_string(*few)).c_str());
    }

    void numbersOfProcessesAndThreadsStay()
    {
        const std::string json = exportOf(
            R"([{"ph":"M","pid":77,"name":"process_name","args":{"name":"tool"}},{"ph":"M","pid":77,"tid":4711,"name":"thread_name","args":{"name":"main"}},
            {"ph":"X","pid":77,"tid":4711,"ts":0,"dur":1,"name":"a"},{"ph":"X","pid":77,"tid":12,"ts":0,"dur":1,"name":"b"},
            {"ph":"M","pid":78,"tid":4711,"name":"thread_name","args":{"name":"main"}},{"ph":"X","pid":78,"tid":4711,"ts":0,"dur":1,"name":"c"}])");
        for (const char *ids : {R"("pid":77,"tid":4711,"ts":0.000,"name":"a")", R"("pid":77,"tid":12,"ts":0.000,"name":"b")",
                                R"("pid":78,"tid":4711,"ts":0.000,"name":"c")"})
            QVERIFY2(json.find(ids) != std::string::npos, json.c_str());
    }

    void aThreadMayBeCalledLikeANumber()
    {
        const std::string json = exportOf(
            R"([{"ph":"M","pid":1,"tid":7,"name":"thread_name","args":{"name":"thread 9"}},{"ph":"X","pid":1,"tid":7,"ts":0,"dur":1,"name":"a"},
            {"ph":"M","pid":1,"tid":9,"name":"thread_name","args":{"name":"nine"}},{"ph":"X","pid":1,"tid":9,"ts":0,"dur":1,"name":"b"}])");
        for (const char *ids : {R"("pid":1,"tid":7,"ts":0.000,"name":"a")", R"("pid":1,"tid":9,"ts":0.000,"name":"b")"})
            QVERIFY2(json.find(ids) != std::string::npos, json.c_str());
    }

    // Not all events are exported again: the arrow that nobody receives is not.
    void timeBeginsWhereItDid()
    {
        comesBack(R"([{"ph":"s","pid":1,"tid":1,"ts":1,"id":1,"name":"lost"},{"ph":"X","pid":1,"tid":1,"ts":6,"dur":1,"name":"a"},
            {"ph":"s","pid":1,"tid":1,"ts":9,"id":2,"name":"lost"}])",
                  "it");
    }

    void newProblemsAreToldBesideEarlierOnes()
    {
        const std::string exported =
            exportOf(R"([{"ph":"X","pid":1,"tid":1,"ts":0,"name":"a"},{"ph":"X","pid":1,"tid":1,"ts":0,"dur":1,"name":"b"},)");
        const std::string lines = problemsOf(exported.substr(0, exported.size() - 10));
        QCOMPARE(lines, std::string("1 in the file that was exported: complete events without a duration were left out\n"
                                    "1 in the file that was exported: the file ends before its trace does\n"
                                    "1 the last event is cut off, and was left out\n"
                                    "1 the file ends before its trace does\n"));
        QCOMPARE(
            problemsOf(R"([{"ph":"M","pid":1,"name":"loopscope_problem","args":{"what":"events without a phase were left out","count":0,
                 "first_byte":0,"left_out":true}},{"ts":1}])"),
            std::string("1 names and sort indices of the wrong type were left out\n1 events without a phase were left out\n"));
    }

    void noFileMakesReportsEndless()
    {
        std::string text = "[";
        for (int i = 0; i < 1000; ++i) {
            const std::string n = std::to_string(i);
            text += "{\"ph\":\"M\",\"name\":\"loopscope_note\",\"args\":{\"note\":\"" + n + "\"}},\n";
            text += "{\"ph\":\"M\",\"name\":\"loopscope_problem\",\"args\":{\"what\":\"" + n
                    + "\",\"count\":1,\"first_byte\":0,\"left_out\":true}},\n";
        }
        const auto opened = openTrace(scratch_.write("in.json", text + R"({"ph":"X","ts":0,"dur":1}])"), {});
        QVERIFY(opened);
        QCOMPARE(opened->trace->info().notes.size(), std::size_t(64));
        QCOMPARE(opened->trace->info().problems.size(), std::size_t(64));
    }

    void aMarkThatCannotBeIsLeftOutAlone()
    {
        const auto mark = [](int id, const char *name) {
            const std::string facts = "\"mark\":" + std::to_string(id) + ",\"last_mark\":3,\"at_ns\":5,\"name\":\"" + name + '"';
            return "{\"ph\":\"M\",\"pid\":1,\"name\":\"loopscope_mark\",\"args\":{" + facts + "}},";
        };
        const std::string text =
            "[" + mark(1, "a") + mark(0, "b") + mark(2, " ") + mark(4, "c") + mark(1, "d") + R"({"ph":"X","ts":0,"dur":1}])";
        const auto opened = openTrace(scratch_.write("in.json", text), {});
        QVERIFY(opened);
        QCOMPARE(opened->marks.all(), (std::vector<Mark>{{1, 5, "d"}}));
        QCOMPARE(opened->trace->info().problems.front().count, std::uint64_t(3));
        QCOMPARE(opened->trace->info().problems.front().firstByte, std::uint64_t(text.find("{", text.find("},") + 2)));
    }

    // Python writes NaN, which is no JSON: others must be able to read what comes of it.
    void argumentsThatAreNoJsonBecomeText()
    {
        const std::string json = exportOf(
            R"([{"ph":"X","pid":1,"tid":1,"ts":0,"dur":1,"name":"a","args":{"x":NaN}},{"ph":"X","pid":1,"tid":1,"ts":1,"dur":1,"name":"b"}])");
        QVERIFY(!QJsonDocument::fromJson(QByteArray::fromStdString(json)).isNull());
        const std::string asText = "\"not JSON\":\"{\\\"x\\\":NaN}\"";
        QVERIFY2(json.find("NaN") == std::string::npos || json.find(asText) != std::string::npos, json.c_str());
    }

private:
    std::string exportOf(const std::string &events)
    {
        const auto trace = openTrace(scratch_.write("in.json", events), {});
        const std::string path = scratch_.path("out.json");
        if (!trace || !exportTrace(*trace->trace, {}, path, {}))
            return "it failed";
        QFile file(QString::fromStdString(path));
        return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
    }

    std::string problemsOf(const std::string &events)
    {
        const auto opened = openTrace(scratch_.write("in.json", events), {});
        std::string lines;
        for (const ImportProblem &problem : opened ? opened->trace->info().problems : std::vector<ImportProblem>())
            lines += std::to_string(problem.count) + ' ' + problem.what + '\n';
        return lines;
    }

    void comesBack(const std::string &events, const std::string &what)
    {
        const auto trace = openTrace(scratch_.write("in.json", events), {});
        QVERIFY2(trace, what.c_str());
        const std::string path = scratch_.path("out.json");
        Marks marks;
        marks.add(7, "a \"mark\" of \xe2\x82\xac\n");
        marks.add(3);
        marks.remove(marks.add(5));
        trace->trace->changeInfo([](RunInfo &info) { info.notes.push_back("a \"note\" of \xe2\x82\xac"); });
        QVERIFY(exportTrace(*trace->trace, marks, path, {}));
        const auto back = openTrace(path, {});
        QVERIFY2(back, what.c_str());
        const std::string difference = firstDifference(told(*trace->trace), told(*back->trace));
        QVERIFY2(difference.empty(), (what + ": " + difference).c_str());
        QCOMPARE(differenceBetween(marks, back->marks), std::string());
    }

    /// How long exporting takes in s, at best; nothing if it fails. CPU time, so that a busy machine does not fail it.
    std::optional<double> exportTime(const std::string &events)
    {
        const auto trace = openTrace(scratch_.write("in.json", events), {});
        double best = std::numeric_limits<double>::infinity();
        for (int i = 0; i < 3; ++i) {
            const std::clock_t begin = std::clock();
            if (!trace || !exportTrace(*trace->trace, {}, scratch_.path("out.json"), {}))
                return std::nullopt;
            best = std::min(best, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
        }
        return best;
    }

    ScratchFolder scratch_;
};

QTEST_GUILESS_MAIN(ImportedExportTest)
#include "imported_export_test.moc"
