#include "core/workload/scenario_plan.h"

#include <QTest>

using namespace loopscope;

namespace {

Scenario builtIn(std::string_view name)
{
    const Scenario *scenario = findBuiltInScenario(name);
    return scenario ? *scenario : Scenario{};
}

std::string errorOf(const Scenario &scenario, const std::map<std::string, std::string> &values)
{
    const auto plan = planScenario(scenario, values);
    return plan ? "no error" : plan.error().text();
}

} // namespace

class ScenarioPlanTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyBuiltInIsExplainedAndPlanned()
    {
        QCOMPARE(builtInScenarios().size(), std::size_t(7));
        for (const Scenario &scenario : builtInScenarios()) {
            QVERIFY2(planScenario(scenario, {}), scenario.name.c_str());
            QVERIFY(!scenario.title.empty());
            QVERIFY(!scenario.summary.empty());
            QVERIFY(scenario.description.size() > 200);
            for (const ScenarioParameter &parameter : scenario.parameters)
                QVERIFY2(!parameter.explanation.empty(), parameter.name.c_str());
        }
    }

    void theExecutorIsThatOfTheArticle()
    {
        const auto plan = planScenario(builtIn("executor"), {});
        QVERIFY(plan);
        QCOMPARE(plan->title, std::string("executor"));
        QCOMPARE(plan->workers, 3);
        QCOMPARE(plan->taskCount, std::int64_t(3));
        QCOMPARE(plan->tasks.size(), std::size_t(1));
        const PlannedTask &task = *plan->tasks.front();
        QCOMPARE(task.count, 3);
        QCOMPARE(task.duration, 3 * nanosecondsPerSecond);
        QCOMPARE(task.place, Place::Pool);
        QCOMPARE(task.nameOf(1), std::string("sync_function (2)"));
    }

    void valuesReachTheTasks()
    {
        const auto plan = planScenario(builtIn("executor"), {{"tasks", "1"}, {"seconds", "0.25"}, {"place", "loop"}});
        QVERIFY(plan);
        const PlannedTask &task = *plan->tasks.front();
        QCOMPARE(task.duration, 250 * nanosecondsPerMillisecond);
        QCOMPARE(task.place, Place::Loop);
        QCOMPARE(task.nameOf(0), std::string("sync_function"));
    }

    void whatIsNotEnabledIsNotPlanned()
    {
        const auto with = planScenario(builtIn("cpu-bound"), {});
        const auto without = planScenario(builtIn("cpu-bound"), {{"tickers", "false"}});
        QVERIFY(with && without);
        QCOMPARE(with->taskCount, std::int64_t(6));
        QCOMPARE(without->taskCount, std::int64_t(4));
        QCOMPARE(without->tasks.size(), std::size_t(1));
    }

    void childrenCountAsOftenAsTheirParents()
    {
        const auto plan = planScenario(builtIn("gather"), {{"children", "2"}});
        QVERIFY(plan);
        QCOMPARE(plan->taskCount, std::int64_t(1 + 2 + 2 + 1 + 2));
    }

    void totalsAreCheckedWithTheValuesChosen()
    {
        const auto scenario = parseScenario(R"({"loopscope_scenario":1,"name":"x","title":"x",
            "parameters":[{"name":"n","type":"integer","default":1,"min":1,"max":100000}],
            "tasks":[{"name":"p","kind":"parent","count":"$n","children":[{"name":"c","kind":"timer","duration_s":1,"count":"$n"}]}]})");
        QVERIFY(scenario);
        QCOMPARE(errorOf(*scenario, {{"n", "300"}}), std::string("no error"));
        QCOMPARE(errorOf(*scenario, {{"n", "100000"}}),
                 std::string("tasks[0].children[0]: makes the scenario more than 100,000 tasks, with all counts multiplied"));
        QCOMPARE(errorOf(builtIn("async-read"), {{"samples", "1000"}, {"size", "500000"}}),
                 std::string("tasks[0]: makes the samples 250 GB in all; 16.8 MB are allowed"));
    }

    void repetitionsCountAsJobs()
    {
        const auto scenario = parseScenario(R"({"loopscope_scenario":1,"name":"x","title":"x",
            "parameters":[{"name":"n","type":"integer","default":1,"min":1,"max":1000000}],
            "tasks":[{"name":"a","kind":"sleep","duration_s":0,"repeat":"$n"},
                     {"name":"p","kind":"parent","count":2,"children":[{"name":"c","kind":"timer","duration_s":0,"repeat":"$n"}]}]})");
        QVERIFY(scenario);
        QCOMPARE(errorOf(*scenario, {{"n", "333332"}}), std::string("no error"));
        QCOMPARE(errorOf(*scenario, {{"n", "333333"}}),
                 std::string("tasks[1].children[0]: makes the scenario more than 1,000,000 jobs, with all counts and repeats multiplied"));
    }

    void filesThatAreNamedCountAsTasks()
    {
        const auto scenario = parseScenario(R"({"loopscope_scenario":1,"name":"x","title":"x",
            "parameters":[{"name":"n","type":"integer","default":1,"min":1,"max":100000}],
            "tasks":[{"name":"p","kind":"parent","count":"$n","children":[{"kind":"files","files":["a","b","c"]}]}]})");
        QVERIFY(scenario);
        QCOMPARE(planScenario(*scenario, {{"n", "10"}})->taskCount, std::int64_t(40));
        QCOMPARE(planScenario(*scenario, {{"n", "10"}})->poolTaskCount, std::int64_t(30));
        QCOMPARE(errorOf(*scenario, {{"n", "25000"}}), std::string("no error"));
        QCOMPARE(errorOf(*scenario, {{"n", "25001"}}),
                 std::string("tasks[0].children[0]: makes the scenario more than 100,000 tasks, with all counts multiplied"));
    }

    void filesThatAreGivenCountForEachTaskThatReadsThem()
    {
        const auto scenario = parseScenario(R"({"loopscope_scenario":1,"name":"x","title":"x","tasks":[
            {"kind":"files"},{"name":"p","kind":"parent","count":4,"children":[{"kind":"files","files":["a"]}]}]})");
        QVERIFY(scenario);
        const auto plan = planScenario(*scenario, {});
        QVERIFY(plan);
        QCOMPARE(plan->readings, std::int64_t(5));
        QVERIFY(!objectionToFiles(*plan, 20'000));
        QCOMPARE(objectionToFiles(*plan, 20'001).value_or(""),
                 std::string("the scenario reads each of the 20,001 files 5 times, a task each; 100,000 are allowed"));
    }

    void filesThatAreReadOnceCanBeAnyNumber()
    {
        const auto plan = planScenario(builtIn("async-read"), {});
        QVERIFY(plan);
        QVERIFY(!objectionToFiles(*plan, 10'000'000));
    }

    void wrongValuesAreErrorsOfThePlan()
    {
        QVERIFY(errorOf(builtIn("executor"), {{"tasks", "0"}}).starts_with("parameter tasks: "));
        QVERIFY(errorOf(builtIn("executor"), {{"task", "1"}}).starts_with("parameter \"task\": there is no such parameter"));
    }
};

QTEST_GUILESS_MAIN(ScenarioPlanTest)
#include "scenario_plan_test.moc"
