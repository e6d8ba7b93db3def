#include "core/experiment/experiment_plan.h"

#include <QTest>

using namespace loopscope;

namespace {

std::string keysOf(const std::vector<Strategy> &strategies)
{
    std::string keys;
    for (const Strategy &strategy : strategies)
        keys += strategy.key + ' ';
    return keys;
}

std::string namesOf(const std::vector<Candidate> &candidates)
{
    std::string names;
    for (const Candidate &candidate : candidates)
        names += candidate.name() + "; ";
    return names;
}

std::string strategiesOfBuiltIn(const char *scenario)
{
    return keysOf(strategiesOf(*findBuiltInScenario(scenario)));
}

} // namespace

class ExperimentPlanTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void strategiesFitTheScenario()
    {
        QCOMPARE(strategiesOfBuiltIn("executor"), std::string("loop pool timers threads "));
        QCOMPARE(strategiesOfBuiltIn("cpu-bound"), std::string("loop pool threads processes "));
        QCOMPARE(strategiesOfBuiltIn("blocked-loop"), std::string("loop pool threads "));
        QCOMPARE(strategiesOfBuiltIn("async-read"), keysOf(readingStrategies()));
        QCOMPARE(strategiesOfBuiltIn("connections"), std::string("coroutines threads "));
        QCOMPARE(strategiesOfBuiltIn("gather"), std::string("as-written "));
        QCOMPARE(keysOf(readingStrategies()), std::string("sequential coroutines threads processes io_uring "));
    }

    void aSweepVariesWhereItMatters()
    {
        const auto all = candidatesOf(readingStrategies(), {}, {1, 2, 8});
        QVERIFY(all.has_value());
        QCOMPARE(namesOf(*all), std::string("sequential; coroutines, 1 worker; coroutines, 2 workers; coroutines, 8 workers; threads; "
                                            "processes, 1 worker; processes, 2 workers; processes, 8 workers; "
                                            "io_uring, 1 worker; io_uring, 2 workers; io_uring, 8 workers; "));
    }

    void theChosenComeInTheOrderOfTheChoice()
    {
        const auto some = candidatesOf(readingStrategies(), {"threads", "sequential"}, {});
        QVERIFY(some.has_value());
        QCOMPARE(namesOf(*some), std::string("threads; sequential; "));
        const auto wrong = candidatesOf(readingStrategies(), {"threads", "fibers"}, {});
        QVERIFY(!wrong);
        QCOMPARE(wrong.error(),
                 std::string("there is no strategy fibers for this work, but sequential, coroutines, threads, processes, io_uring"));
    }

    void aCommandRunsTheWorkAsTheCandidateHasIt()
    {
        const ExperimentWork work{"t", {"--scenario", "executor", "--set", "seconds=2"}, {"a", "-b"}};
        const auto pool = candidatesOf(strategiesOf(*findBuiltInScenario("executor")), {"pool"}, {3});
        QVERIFY(pool.has_value());
        QCOMPARE(commandOf("/p", work, pool->front(), "/t"),
                 (std::vector<std::string>{"/p", "run", "--set", "place=pool", "--workers", "3", "--scenario", "executor", "--set",
                                           "seconds=2", "--report", "none", "--save", "/t", "--", "a", "-b"}));
    }
};

QTEST_GUILESS_MAIN(ExperimentPlanTest)
#include "experiment_plan_test.moc"
