#include "core/workload/scenario_run.h"

#include "tests/support/found_files.h"
#include "tests/support/session_run.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <set>

using namespace loopscope;
using namespace loopscope::test;

namespace {

using Values = std::map<std::string, std::string>;

/// Runs a scenario to its end as the window and the command line do; null if it does not end.
std::shared_ptr<const Trace> run(const Scenario &scenario, const Values &values, const std::vector<std::string> &files = {})
{
    const auto plan = planScenario(scenario, values);
    if (!plan)
        return nullptr;
    SessionSettings settings;
    settings.title = plan->title;
    settings.workers = plan->workers;
    return runToEnd(settings, runScenario(*plan, named(files)));
}

std::shared_ptr<const Trace> runBuiltIn(std::string_view name, const Values &values, const std::vector<std::string> &files = {})
{
    const Scenario *scenario = findBuiltInScenario(name);
    return scenario ? run(*scenario, values, files) : nullptr;
}

std::shared_ptr<const Trace> runTasks(const std::string &tasks, const std::vector<std::string> &files = {})
{
    const auto scenario = parseScenario(R"({"loopscope_scenario":1,"name":"test","title":"Test","workers":2,"tasks":[)" + tasks + "]}");
    return scenario ? run(*scenario, {}, files) : nullptr;
}

/// The times of all tasks together.
StateTimes timesOfTasks(const Trace &trace)
{
    StateTimes times;
    for (const LaneId task : trace.tasks())
        times += trace.times(task);
    return times;
}

bool haveAll(const Trace &trace, Outcome outcome)
{
    return std::ranges::all_of(trace.tasks(), [&](LaneId task) { return trace.lane(task).task.outcome == outcome; });
}

/// The reasons of a task's spans in a state.
std::set<std::string> reasonsOf(const Trace &trace, LaneId task, State state)
{
    std::set<std::string> reasons;
    for (const Span &span : spansOf(trace, task)) {
        if (span.state == state)
            reasons.insert(trace.reason(span.site));
    }
    return reasons;
}

} // namespace

class ScenarioRunTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyBuiltInKeepsThePromises_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<Values>("values");
        const auto row = [](const char *title, const char *name, const Values &values) {
            QTest::newRow(title) << QByteArray(name) << values;
        };
        row("async-read", "async-read", {{"size", "5000"}});
        row("async-read of empty files", "async-read", {{"size", "0"}});
        row("async-read of many files", "async-read", {{"size", "100"}, {"samples", "500"}});
        row("executor", "executor", {{"tasks", "7"}, {"seconds", "0.01"}});
        row("executor on the loop", "executor", {{"seconds", "0.01"}, {"place", "loop"}});
        row("executor by timers", "executor", {{"tasks", "7"}, {"seconds", "0.01"}, {"place", "timer"}});
        row("executor without time", "executor", {{"seconds", "0"}, {"tasks", "100"}});
        row("blocked-loop", "blocked-loop", {{"seconds", "0.2"}, {"ticks", "5"}});
        row("blocked-loop, mended", "blocked-loop", {{"seconds", "0.2"}, {"ticks", "5"}, {"place", "pool"}});
        row("async-sleep", "async-sleep", {{"tasks", "500"}, {"seconds", "0.01"}});
        row("gather", "gather", {{"seconds", "0.05"}, {"children", "5"}});
        row("cpu-bound", "cpu-bound", {{"seconds", "0.02"}});
        row("cpu-bound on the loop", "cpu-bound", {{"seconds", "0.02"}, {"place", "loop"}, {"tickers", "false"}});
    }
    void everyBuiltInKeepsThePromises()
    {
        QFETCH(const QByteArray, name);
        QFETCH(const Values, values);
        const auto trace = runBuiltIn(name.toStdString(), values);
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        QVERIFY(haveAll(*trace, Outcome::Done));
        const auto plan = planScenario(*findBuiltInScenario(name.toStdString()), values);
        QCOMPARE(std::int64_t(trace->tasks().size()), plan->taskCount);
        for (const LaneId task : trace->tasks())
            QVERIFY(!trace->name(trace->lane(task).task.result).empty());
    }

    void filesThatWouldBeTooManyTasksFailTheRun()
    {
        const std::vector<std::string> files(200, "/dev/null");
        const auto trace = runTasks(R"({"name":"p","kind":"parent","count":1000,"children":[{"kind":"files"}]})", files);
        QVERIFY(trace);
        QCOMPARE(trace->tasks().size(), std::size_t(1));
        const TaskFacts &facts = trace->lane(trace->tasks().front()).task;
        QCOMPARE(facts.outcome, Outcome::Failed);
        QCOMPARE(trace->name(facts.error),
                 std::string("the scenario reads each of the 200 files 1,000 times, a task each; 100,000 are allowed"));
    }

    void sixTasksOnThreeWorkersQueue()
    {
        const auto trace = runBuiltIn("executor", {{"tasks", "6"}, {"seconds", "0.2"}});
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        QCOMPARE(trace->workers().size(), std::size_t(3));
        constexpr Nanoseconds slept = 200 * nanosecondsPerMillisecond;
        int queued = 0;
        for (const LaneId task : trace->tasks()) {
            const StateTimes times = trace->times(task);
            QCOMPARE(trace->name(trace->lane(task).task.result), std::string("Finished sleeping"));
            QCOMPARE(trace->name(trace->lane(task).task.kind), std::string("sleep"));
            QCOMPARE(reasonsOf(*trace, task, State::InWorker), std::set<std::string>{"sleep 0.2 s"});
            QVERIFY(times[State::InWorker] >= slept);
            QCOMPARE(times[State::Blocking], Nanoseconds(0));
            queued += times[State::Queued] > slept / 2;
        }
        QCOMPARE(queued, 3);
        QVERIFY(trace->info().wall >= 2 * slept);
        QVERIFY(trace->info().wall < 3 * slept);
    }

    void onTheLoopOneBlocksAfterAnother()
    {
        const auto trace = runBuiltIn("executor", {{"tasks", "3"}, {"seconds", "0.1"}, {"place", "loop"}});
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        const StateTimes times = timesOfTasks(*trace);
        constexpr Nanoseconds slept = 100 * nanosecondsPerMillisecond;
        QVERIFY(times[State::Blocking] >= 3 * slept);
        QVERIFY(times[State::Ready] >= 3 * slept); // the second waits for the first, the third for both
        QCOMPARE(times[State::InWorker], Nanoseconds(0));
        for (const LaneId task : trace->tasks())
            QCOMPARE(trace->name(trace->lane(task).task.result), std::string("Finished sleeping"));
    }

    void awaitedSleepsOverlap()
    {
        const auto trace = runBuiltIn("async-sleep", {{"tasks", "20"}, {"seconds", "0.1"}});
        QVERIFY(trace);
        QVERIFY(trace->info().wall < 1000 * nanosecondsPerMillisecond);
        for (const LaneId task : trace->tasks())
            QVERIFY(trace->times(task)[State::Awaiting] >= 100 * nanosecondsPerMillisecond);
    }

    void whileOneBlocksTheOthersAreReady()
    {
        const auto trace = runBuiltIn("blocked-loop", {{"seconds", "0.4"}, {"ticks", "6"}, {"tickers", "2"}});
        QVERIFY(trace);
        const LaneId culprit = taskNamed(*trace, "time.sleep");
        QVERIFY(culprit != noLane);
        QCOMPARE(reasonsOf(*trace, culprit, State::Awaiting), std::set<std::string>{"start delay"});
        QVERIFY(trace->times(culprit)[State::Blocking] >= 400 * nanosecondsPerMillisecond);
        for (const char *name : {"ticker (1)", "ticker (2)"}) {
            const LaneId ticker = taskNamed(*trace, name);
            QVERIFY(ticker != noLane);
            QVERIFY(trace->times(ticker)[State::Ready] >= 250 * nanosecondsPerMillisecond);
            QCOMPARE(trace->name(trace->lane(ticker).task.result), std::string("Ticked 6 times"));
        }
    }

    void computingIsCpuTime()
    {
        const auto trace = runBuiltIn("cpu-bound", {{"tasks", "2"}, {"seconds", "0.1"}});
        QVERIFY(trace);
        QVERIFY(trace->info().cpu >= 200 * nanosecondsPerMillisecond);
        QVERIFY(trace->name(trace->lane(taskNamed(*trace, "count_primes (1)")).task.result).starts_with("Counted "));
    }

    void allTasksExistBeforeTheFirstRuns()
    {
        const auto trace = runTasks(R"({"name":"first","kind":"sleep","duration_s":0.05,"place":"loop"},
                                       {"name":"other","kind":"timer","duration_s":0,"count":50},
                                       {"name":"late","kind":"timer","duration_s":0,"start_delay_s":0.02},
                                       {"kind":"files","sample_bytes":100})");
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        QCOMPARE(trace->tasks().size(), std::size_t(1 + 50 + 1 + 5));
        const LaneId first = taskNamed(*trace, "first");
        const Nanoseconds began = trace->span(first, 1).begin; // the span after its first *ready*
        for (const LaneId task : trace->tasks()) {
            QVERIFY(trace->lane(task).begin <= began);
            QCOMPARE(trace->span(task, 0).state, State::Ready);
        }
    }

    void parentsGatherTheirChildren()
    {
        const auto trace = runBuiltIn("gather", {{"seconds", "0.1"}, {"children", "2"}});
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        const LaneId parent = taskNamed(*trace, "main");
        QCOMPARE(trace->name(trace->lane(parent).task.kind), std::string("parent"));
        QCOMPARE(trace->name(trace->lane(parent).task.result), std::string("Gathered 5 children"));
        QCOMPARE(reasonsOf(*trace, parent, State::Awaiting), std::set<std::string>{"gather"});
        const LaneId group = taskNamed(*trace, "group");
        QCOMPARE(trace->lane(group).task.parent, parent);
        QCOMPARE(trace->lane(taskNamed(*trace, "slow")).task.parent, group);
        for (const LaneId task : trace->tasks())
            QVERIFY(*trace->lane(task).end() <= *trace->lane(parent).end());
    }

    void aTaskThatTakesTooLongFails()
    {
        const auto trace = runTasks(R"({"name":"pool","kind":"sleep","duration_s":3600,"timeout_s":0.05},
                                       {"name":"timer","kind":"timer","duration_s":3600,"timeout_s":0.05},
                                       {"name":"cpu","kind":"cpu","duration_s":3600,"timeout_s":0.05},
                                       {"name":"delayed","kind":"timer","start_delay_s":3600,"duration_s":0,"timeout_s":0.05},
                                       {"name":"repeated","kind":"sleep","place":"loop","duration_s":0.02,"repeat":100000,"timeout_s":0.05})");
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        for (const LaneId task : trace->tasks()) {
            QCOMPARE(trace->lane(task).task.outcome, Outcome::Failed);
            QVERIFY(trace->name(trace->lane(task).task.error).starts_with("timed out"));
        }
    }

    void aParentThatFailsTakesItsChildrenAlong()
    {
        const auto trace = runTasks(R"({"name":"late","kind":"parent","timeout_s":0.05,
                                        "children":[{"name":"endless","kind":"timer","duration_s":3600,"count":3}]},
                                       {"name":"unlucky","kind":"parent",
                                        "children":[{"name":"lost","kind":"timer","duration_s":3600,"timeout_s":0.01},
                                                    {"name":"fine","kind":"timer","duration_s":0.01}]})");
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        QCOMPARE(trace->lane(taskNamed(*trace, "late")).task.outcome, Outcome::Failed);
        QCOMPARE(trace->lane(taskNamed(*trace, "endless (2)")).task.outcome, Outcome::Cancelled);
        const TaskFacts &unlucky = trace->lane(taskNamed(*trace, "unlucky")).task;
        QCOMPARE(unlucky.outcome, Outcome::Failed);
        QCOMPARE(trace->name(unlucky.error), std::string("only 1 of 2 children succeeded"));
    }

    void filesGivenAreReadInsteadOfSamples()
    {
        const std::string file = LOOPSCOPE_TEST_DATA "/scenarios/good/smallest.json";
        const auto trace = runTasks(R"({"kind":"files"},{"name":"reader","kind":"read","count":3,"repeat":2})", {file, file + ".missing"});
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        QCOMPARE(trace->tasks().size(), std::size_t(5));
        QCOMPARE(trace->lane(taskNamed(*trace, "smallest.json")).task.file->path, file);
        QCOMPARE(trace->lane(taskNamed(*trace, "smallest.json.missing")).task.outcome, Outcome::Failed);
        const TaskFacts &first = trace->lane(taskNamed(*trace, "reader (1)")).task;
        QVERIFY(trace->name(first.result).starts_with("Read "));
        QCOMPARE(first.file->path, file);
        QCOMPARE(trace->name(trace->lane(taskNamed(*trace, "reader (2)")).task.error), std::string("No such file or directory"));
        QCOMPARE(trace->lane(taskNamed(*trace, "reader (3)")).task.outcome, Outcome::Done);
    }

    void filesThatNoTaskReadsAreReadBesideIt_data()
    {
        QTest::addColumn<QByteArray>("task");
        QTest::addColumn<int>("beside");
        QTest::newRow("reads none") << QByteArray(R"({"name":"s","kind":"sleep","duration_s":0})") << 3;
        QTest::newRow("reads one") << QByteArray(R"({"name":"r","kind":"read"})") << 2;
        QTest::newRow("reads more") << QByteArray(R"({"name":"r","kind":"read","count":5})") << 0;
        QTest::newRow("reads all") << QByteArray(R"({"kind":"files"})") << 3;
        QTest::newRow("a child reads two") << QByteArray(
            R"({"name":"p","kind":"parent","children":[{"name":"r","kind":"read","count":2}]})")
                                           << 1;
    }
    void filesThatNoTaskReadsAreReadBesideIt()
    {
        QFETCH(const QByteArray, task);
        QFETCH(const int, beside);
        const std::string file = LOOPSCOPE_TEST_DATA "/scenarios/good/smallest.json";
        const std::vector<std::string> files{file, file, "/nope"};
        const auto trace = runTasks(task.toStdString(), files);
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        std::set<std::string> read;
        int ofKindFile = 0;
        for (const LaneId id : trace->tasks()) {
            const TaskFacts &facts = trace->lane(id).task;
            ofKindFile += trace->name(facts.kind) == "file" ? 1 : 0;
            if (facts.file)
                read.insert(facts.file->path);
        }
        QCOMPARE(ofKindFile, beside);
        QCOMPARE(read, (std::set<std::string>{file, "/nope"}));
    }

    void samplesAreTextAsLongAsAskedFor()
    {
        const auto trace = runBuiltIn("async-read", {{"samples", "3"}, {"size", "100001"}});
        QVERIFY(trace);
        for (int i = 1; i <= 3; ++i) {
            const auto &file = trace->lane(taskNamed(*trace, "sample-" + std::to_string(i) + ".txt")).task.file;
            QVERIFY(file);
            QCOMPARE(file->bytes, std::uint64_t(100'001 * i));
            QVERIFY(file->lines > 1000);
            QVERIFY(!file->firstInvalidUtf8);
            QVERIFY(!QFile::exists(QString::fromStdString(file->path))); // it went with the run
        }
    }

    void samplesThatCannotBeMadeAreAFailure()
    {
        const QByteArray before = qgetenv("TMPDIR");
        qputenv("TMPDIR", LOOPSCOPE_TEST_DATA "/scenarios/good/smallest.json"); // no folder
        const auto trace = runTasks(R"({"kind":"files"},{"name":"reader","kind":"read"},{"name":"timer","kind":"timer","duration_s":0})");
        qputenv("TMPDIR", before);
        QVERIFY(trace);
        QCOMPARE(trace->tasks().size(), std::size_t(3));
        QCOMPARE(trace->name(trace->lane(taskNamed(*trace, "samples")).task.error),
                 std::string("no temporary folder for the sample files could be made"));
        QCOMPARE(trace->lane(taskNamed(*trace, "reader")).task.outcome, Outcome::Failed);
        QCOMPARE(trace->lane(taskNamed(*trace, "timer")).task.outcome, Outcome::Done);
    }

    void everyKeyRuns()
    {
        const auto scenario = loadScenario(LOOPSCOPE_TEST_DATA "/scenarios/good/every_key.json");
        QVERIFY(scenario);
        for (const char *place : {"pool", "loop"}) {
            const auto trace = run(*scenario, {{"where", place}});
            QVERIFY(trace);
            VERIFY_PROMISES(*trace);
            QVERIFY(haveAll(*trace, Outcome::Done));
        }
    }

    void aRunThatIsStoppedCancelsEverything()
    {
        for (const char *place : {"pool", "loop"}) {
            const auto plan = planScenario(*findBuiltInScenario("executor"), {{"tasks", "9"}, {"seconds", "3600"}, {"place", place}});
            QVERIFY(plan);
            Session session({});
            session.start(runScenario(*plan, {}));
            QTRY_VERIFY(!session.trace()->tasks().empty());
            session.stop();
            QVERIFY(waitForEnd(session));
            VERIFY_PROMISES(*session.trace());
            QVERIFY(haveAll(*session.trace(), Outcome::Cancelled));
        }
    }
};

QTEST_GUILESS_MAIN(ScenarioRunTest)
#include "scenario_run_test.moc"
