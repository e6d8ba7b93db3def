#include "core/formats/exported_run.h"

#include "core/formats/trace_registry.h"
#include "tests/support/folder_contents.h"
#include "tests/support/random_trace.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/trace_difference.h"

#include <QJsonDocument>
#include <QTest>

#include <algorithm>

using namespace loopscope;
using namespace loopscope::test;

namespace {

/// Exports a trace and opens that again.
OpeningResult thereAndBack(const Trace &trace, const Marks &marks, const std::string &path)
{
    const OpeningObserver observer;
    if (const auto written = exportTrace(trace, marks, path, observer); !written)
        return tl::unexpected(written.error());
    return openTrace(path, observer);
}

std::shared_ptr<Trace> opened(const ScratchFolder &folder, std::string_view content)
{
    const auto result = openExportedRun(folder.write("given.json", content), {});
    return result ? result->trace : nullptr;
}

std::string problemsOf(const Trace &trace)
{
    std::string text;
    for (const ImportProblem &problem : trace.info().problems)
        text += std::to_string(problem.count) + ' ' + problem.what + '\n';
    return text;
}

/// A run with a worker and a task of the lanes 1 and 2, and these events.
std::string runOf(std::string_view events)
{
    return R"({"otherData":{"format":"loopscope run","version":1},"traceEvents":[
{"ph":"M","pid":1,"name":"loopscope_lane","args":{"lane":1,"lane_kind":"worker","name":"w","begin_ns":0}},
{"ph":"M","pid":1,"name":"loopscope_lane","args":{"lane":2,"lane_kind":"task","name":"t","begin_ns":5000,"outcome":"done","ended_as":1}})"
           + std::string(events) + "]}";
}

} // namespace

/// Runs that went out as Chrome JSON and came back.
class ExportedRunTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anyRunComesBackAsItWas()
    {
        for (std::uint32_t seed = 0; seed < 40; ++seed) {
            const auto trace = randomTrace(seed, TraceOrigin::Run);
            const Marks marks = randomMarks(seed);
            const auto back = thereAndBack(*trace, marks, scratch_.path(seed % 2 == 0 ? "run.json" : "run.json.gz"));
            QVERIFY2(back, qPrintable(QStringLiteral("seed %1").arg(seed)));
            QVERIFY2(differenceBetween(*trace, *back->trace).empty(),
                     qPrintable(QStringLiteral("seed %1: ").arg(seed) + QString::fromStdString(differenceBetween(*trace, *back->trace))));
            QCOMPARE(differenceBetween(marks, back->marks), std::string());
        }
    }

    void anEmptyRunDoesToo()
    {
        const Trace trace;
        const auto back = thereAndBack(trace, {}, scratch_.path("run.json"));
        QVERIFY(back);
        QCOMPARE(differenceBetween(trace, *back->trace), std::string());
    }

    // Tools that rewrite JSON leave other white space, and another order of members.
    void anotherLayoutIsTheSameRun()
    {
        Trace trace;
        const LaneId task = trace.addLane(LaneKind::Task, "a", 0);
        trace.enter(task, 0, State::Ready, trace.internSite("x", "y.cpp", "f", 3), noLane);
        trace.enter(task, 1'234'567, State::Running, 0, noLane);
        trace.end(task, 2'000'001);
        const std::string path = scratch_.path("run.json");
        QVERIFY(exportTrace(trace, {}, path, {}));
        const QByteArray indented = QJsonDocument::fromJson(QByteArray::fromStdString(contentOf(path))).toJson(QJsonDocument::Indented);
        const auto back = opened(scratch_, indented.toStdString());
        QVERIFY(back);
        QCOMPARE(differenceBetween(trace, *back), std::string());
    }

    void whatIsCutOffIsKeptUpToThere()
    {
        const auto trace = randomTrace(1, TraceOrigin::Run);
        const std::string path = scratch_.path("run.json");
        QVERIFY(exportTrace(*trace, {}, path, {}));
        const std::string whole = contentOf(path);
        std::size_t before = 0;
        for (std::size_t parts = 1; parts < 20; ++parts) {
            const auto back = opened(scratch_, whole.substr(0, whole.size() * parts / 20));
            QVERIFY(back);
            QVERIFY(back->spanCount() >= before && back->spanCount() <= trace->spanCount());
            before = back->spanCount();
            QVERIFY(problemsOf(*back).find("the file ends before its end") != std::string::npos);
        }
        QVERIFY(before > 0);
    }

    void whatIsBehindTheDocumentIsTold()
    {
        const std::string text = runOf("") + " \n";
        QCOMPARE(problemsOf(*opened(scratch_, text)), std::string());
        const auto trace = opened(scratch_, text + "more");
        QCOMPARE(problemsOf(*trace), std::string("1 what follows the end of the trace was left out\n"));
        QCOMPARE(trace->info().problems.front().firstByte, std::uint64_t(text.size()));
    }

    void damagedPackingIsTold()
    {
        const auto trace = randomTrace(1, TraceOrigin::Run);
        const std::string path = scratch_.path("run.json.gz");
        QVERIFY(exportTrace(*trace, {}, path, {}));
        const std::string whole = contentOf(path);
        QCOMPARE(problemsOf(*opened(scratch_, whole)), problemsOf(*trace));
        std::string damaged = whole;
        damaged.at(damaged.size() - 6) ^= 1; // in its checksum
        const auto tells = [&](const std::string &content, const char *problem) {
            const auto back = opened(scratch_, content);
            return back && back->spanCount() == trace->spanCount() && problemsOf(*back) == problemsOf(*trace) + problem;
        };
        QVERIFY(tells(damaged, "1 the packed file is damaged: what follows was left out\n"));
        QVERIFY(tells(whole + "garbage", "1 what follows the end of the packed file was left out\n"));
        QVERIFY(tells(whole.substr(0, whole.size() - 4), "1 the packed file is cut off\n"));
    }

    void noFileMakesReportsEndless()
    {
        Trace trace;
        trace.changeInfo([](RunInfo &info) {
            for (int i = 0; i < 1000; ++i) {
                info.notes.push_back(std::to_string(i));
                info.problems.push_back({std::to_string(i), 1, 0, true});
                info.skipped[std::to_string(i)] = 1;
            }
        });
        const auto back = thereAndBack(trace, {}, scratch_.path("run.json"));
        QVERIFY(back);
        const RunInfo &info = back->trace->info();
        QCOMPARE(info.notes.size(), std::size_t(64));
        QCOMPARE(info.problems.size(), std::size_t(64));
        QCOMPARE(info.skipped.size(), std::size_t(64));
    }

    void longPreviewsAreCut()
    {
        const std::string content(2 * mostPreviewBytes, 'x');
        Trace trace;
        const LaneId task = trace.addLane(LaneKind::Task, "a", 0);
        trace.changeTask(task, [&content](TaskFacts &facts) {
            facts.file = std::make_unique<FileFacts>();
            facts.file->preview = std::make_shared<const std::string>(content);
        });
        const auto back = thereAndBack(trace, {}, scratch_.path("run.json"));
        QVERIFY(back);
        QCOMPARE(*back->trace->lane(task).task.file->preview, content.substr(0, mostPreviewBytes));
    }

    void whatThereIsNoMemoryForIsLeftOut()
    {
        Trace trace;
        constexpr Nanoseconds count = 100'000;
        const LaneId task = trace.addLane(LaneKind::Task, "a", 0);
        for (Nanoseconds i = 0; i < count; ++i)
            trace.enter(task, i, i % 2 == 0 ? State::Ready : State::Running, 0, noLane);
        trace.end(task, count);
        const std::string path = scratch_.path("run.json");
        QVERIFY(exportTrace(trace, {}, path, {}));
        const auto back = openExportedRun(path, {}, trace.byteSize() / 2);
        QVERIFY(back);
        QCOMPARE(problemsOf(*back->trace), "1 " + std::string(memoryFull) + '\n');
        QVERIFY(back->trace->spanCount() > count / 4 && back->trace->spanCount() < count * 3 / 4);
        QCOMPARE(back->trace->span(task, 1000).begin, trace.span(task, 1000).begin);
    }

    void aCommaBehindTheLastEventIsTold()
    {
        const std::string text = runOf(",\n");
        const auto trace = opened(scratch_, text);
        QVERIFY(trace);
        QCOMPARE(problemsOf(*trace), std::string("1 there is a comma behind the last event\n"));
        QCOMPARE(trace->info().problems.front().firstByte, std::uint64_t(text.rfind(',')));
    }

    void anEscapedListOfEventsIsOne()
    {
        std::string text = runOf(R"(,{"ph":"X","tid":3,"ts":5.000,"dur":1.000,"name":"running"})");
        text.replace(text.find("traceEvents"), 1, "\\u0074");
        const auto trace = opened(scratch_, text);
        QVERIFY(trace);
        QCOMPARE(trace->spanCount(), std::size_t(1));
    }

    void aLaneThatEndsBeforeItsSpansIsTold_data()
    {
        QTest::addColumn<QByteArray>("end");
        QTest::addColumn<int>("endNs");
        QTest::addColumn<int>("problems");
        QTest::newRow("with its spans") << QByteArray("7000") << 7000 << 0;
        QTest::newRow("later") << QByteArray("9000") << 9000 << 0;
        QTest::newRow("sooner") << QByteArray("6999") << 7000 << 1;
        QTest::newRow("before it begins") << QByteArray("4999") << 7000 << 1;
    }

    void aLaneThatEndsBeforeItsSpansIsTold()
    {
        QFETCH(const QByteArray, end);
        QFETCH(const int, endNs);
        QFETCH(const int, problems);
        std::string text = runOf(R"(,{"ph":"X","tid":3,"ts":5.000,"dur":2.000,"name":"running"})");
        const std::string begin = "\"begin_ns\":5000";
        text.replace(text.find(begin), begin.size(), begin + ",\"end_ns\":" + end.toStdString());
        const auto trace = opened(scratch_, text);
        QVERIFY(trace);
        QCOMPARE(trace->spanCount(), std::size_t(1));
        QCOMPARE(trace->lane(2).end().value_or(0), Nanoseconds(endNs));
        QCOMPARE(problemsOf(*trace),
                 problems == 0 ? std::string() : "1 ends of lanes that are before those of their spans were moved to these\n");
        if (problems != 0)
            QCOMPARE(trace->info().problems[0].firstByte, std::uint64_t(text.rfind('{', text.find(begin) - 60)));
    }

    void whatDoesNotFitIsLeftOutAndCounted_data()
    {
        QTest::addColumn<QByteArray>("event");
        QTest::addColumn<int>("spans");
        QTest::addColumn<int>("problems");
        const auto row = [](const char *name, const char *event, int spans, int problems) {
            QTest::newRow(name) << QByteArray(event) << spans << problems;
        };
        row("one that fits", R"({"ph":"X","tid":3,"ts":5.000,"dur":1.000,"name":"running","args":{"site":0,"peer":1}})", 1, 0);
        row("no state", R"({"ph":"X","tid":3,"ts":5.000,"dur":1.000,"name":"walking"})", 0, 1);
        row("a slice", R"({"ph":"X","tid":3,"ts":5.000,"dur":1.000,"name":"slice"})", 0, 1);
        row("no such lane", R"({"ph":"X","tid":4,"ts":5.000,"dur":1.000,"name":"running"})", 0, 1);
        row("no lane", R"({"ph":"X","tid":0,"ts":5.000,"dur":1.000,"name":"running"})", 0, 1);
        row("no such site", R"({"ph":"X","tid":3,"ts":5.000,"dur":1.000,"name":"running","args":{"site":1}})", 0, 1);
        row("no such peer", R"({"ph":"X","tid":3,"ts":5.000,"dur":1.000,"name":"running","args":{"peer":3}})", 0, 1);
        row("before the lane", R"({"ph":"X","tid":3,"ts":4.999,"dur":1.000,"name":"running"})", 0, 1);
        row("negative", R"({"ph":"X","tid":3,"ts":5.000,"dur":-1.000,"name":"running"})", 0, 1);
        row("endless", R"({"ph":"X","tid":3,"ts":5.000,"dur":1e300,"name":"running"})", 0, 1);
        row("no number", R"({"ph":"X","tid":3,"ts":"soon","dur":1.000,"name":"running"})", 0, 1);
        row("two at once",
            R"({"ph":"X","tid":3,"ts":5.000,"dur":2.000,"name":"running"},{"ph":"X","tid":3,"ts":6.000,"dur":2.000,"name":"ready"})", 1, 1);
        row("behind an open one",
            R"({"ph":"B","tid":3,"ts":5.000,"name":"running"},{"ph":"X","tid":3,"ts":6.000,"dur":2.000,"name":"ready"})", 1, 1);
        row("an escaped key", "{\"ph\":\"X\",\"tid\":3,\"ts\":5.000,\"dur\":1.000,\"name\":\"running\",\"arg\\u0073\":{\"peer\":1}}", 0, 1);
        row("an escaped key inside",
            "{\"ph\":\"X\",\"tid\":3,\"ts\":5.000,\"dur\":1.000,\"name\":\"running\",\"args\":{\"pee\\u0072\" : 1}}", 0, 1);
        row("an escaped value", "{\"ph\":\"X\",\"tid\":3,\"ts\":5.000,\"dur\":1.000,\"name\":\"runnin\\u0067\",\"args\":{\"peer\":1}}", 1,
            0);
        row("unknown phase", R"({"ph":"Q","tid":3,"ts":5.000})", 0, 1);
        row("no object", R"(17)", 0, 1);
        row("bad JSON", R"({"ph":"X","tid":3,"ts":5.000,"dur":1.000,"name":"running","args":{"site":nul}})", 0, 1);
        row("bad UTF-8", "{\"ph\":\"X\",\"tid\":3,\"ts\":5.000,\"dur\":1.000,\"name\":\"\xff\"}", 0, 1);
        row("a lane out of turn", R"({"ph":"M","name":"loopscope_lane","args":{"lane":9,"lane_kind":"task","name":"x","begin_ns":0}})", 0,
            1);
        row("a wake of nobody", R"({"ph":"M","name":"loopscope_wake","args":{"at_ns":1,"to":77}})", 0, 1);
        row("names out of turn", R"({"ph":"M","name":"loopscope_names","args":{"first":5,"names":["a"]}})", 0, 1);
        row("a site of no name", R"({"ph":"M","name":"loopscope_sites","args":{"first":1,"sites":[[9,0,0,1]]}})", 0, 1);
        row("a mark without a name", R"({"ph":"i","cat":"mark","ts":1.000,"args":{"mark":1,"at_ns":1}})", 0, 1);
    }

    void whatDoesNotFitIsLeftOutAndCounted()
    {
        QFETCH(const QByteArray, event);
        QFETCH(const int, spans);
        QFETCH(const int, problems);
        const auto trace = opened(scratch_, runOf(',' + event.toStdString()));
        QVERIFY(trace);
        QCOMPARE(trace->laneCount(), std::size_t(3));
        QCOMPARE(trace->spanCount(), static_cast<std::size_t>(spans));
        QCOMPARE(static_cast<int>(trace->info().problems.size()), problems);
        if (problems > 0)
            QCOMPARE(trace->info().problems.front().count, std::uint64_t(1));
    }

    void aMillionBracketsAreBounded()
    {
        constexpr std::size_t depth = 1'000'000;
        const std::string deep = std::string(depth, '[') + std::string(depth, ']');
        const std::string span = "{\"ph\":\"X\",\"tid\":3,\"ts\":7.000,\"dur\":1.000,\"name\":\"running\"";
        for (const std::string &event : {deep, span + ",\"args\":" + deep + '}'}) {
            const auto trace = opened(scratch_, runOf(',' + event + ',' + span + '}'));
            QVERIFY(trace);
            QCOMPARE(trace->spanCount(), std::size_t(1));
            QCOMPARE(trace->info().problems.size(), std::size_t(1));
        }
    }

    void anEndlessStringIsBounded()
    {
        const std::string span = "{\"ph\":\"X\",\"tid\":3,\"ts\":7.000,\"dur\":1.000,\"name\":\"running\"";
        const std::string event = span + ",\"args\":{\"reason\":\"" + std::string(40'000'000, 'x');
        const auto closed = opened(scratch_, runOf(',' + event + "\"}}," + span + '}'));
        QVERIFY(closed && closed->spanCount() == 1);
        const auto open = opened(scratch_, runOf(',' + span + "}," + event));
        QVERIFY(open && open->spanCount() == 1);
        QVERIFY(problemsOf(*open).find("the file ends before its end") != std::string::npos);
    }

    void whatIsNotAKnownLaneIsNobody()
    {
        const auto trace = opened(
            scratch_,
            runOf(R"(,{"ph":"M","name":"loopscope_lane","args":{"lane":3,"lane_kind":"task","name":"x","begin_ns":0,"parent":999}})"));
        QVERIFY(trace);
        QCOMPARE(trace->lane(3).task.parent, noLane);
    }

    void aNewerVersionIsRefused()
    {
        const auto result =
            openTrace(scratch_.write("new.json", R"({"otherData":{"format":"loopscope run","version":2},"traceEvents":[]})"), {});
        QVERIFY(!result);
        QCOMPARE(result.error().what, std::string("it was exported by a newer version of Loopscope (format 2, and this one knows 1)"));
    }

    void openingEndsWhenItIsTold()
    {
        const auto trace = randomTrace(3, TraceOrigin::Run);
        const std::string path = scratch_.path("run.json");
        QVERIFY(exportTrace(*trace, {}, path, {}));
        std::stop_source stop;
        stop.request_stop();
        OpeningObserver observer;
        observer.stop = stop.get_token();
        const auto result = openTrace(path, observer);
        QVERIFY(!result && result.error().isCancelled);
    }

private:
    ScratchFolder scratch_;
};

QTEST_GUILESS_MAIN(ExportedRunTest)
#include "exported_run_test.moc"
