// Findings of real runs: the mistakes that the scenarios make are found, and what is well is not blamed.

#include "core/analysis/findings.h"

#include "core/workload/scenario_run.h"
#include "tests/support/session_run.h"

#include <QTest>

#include <algorithm>

using namespace loopscope;
using namespace loopscope::test;

namespace {

using Values = std::map<std::string, std::string>;

/// A machine that is busy with other things can make any run late: one that is well is so at one of these tries.
constexpr int tries = 2;

std::vector<Finding> findingsOf(const Trace &trace)
{
    return findFindings(trace, findStalls(trace), LoopHolds(trace));
}

std::shared_ptr<const Trace> runBuiltIn(const char *name, const Values &values)
{
    const auto plan = planScenario(*findBuiltInScenario(name), values);
    SessionSettings settings;
    settings.workers = plan->workers;
    return runToEnd(settings, runScenario(*plan, {}));
}

std::string textsOf(const std::vector<Finding> &findings)
{
    std::string all;
    for (const Finding &finding : findings)
        all += finding.text + '\n';
    return all;
}

} // namespace

Q_DECLARE_METATYPE(Values)

class FindingsOfRunsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // The jobs that had not begun yet would have run on more workers, too.
    void aStarvedPoolIsFoundThoughTheRunWasStopped()
    {
        const auto plan = planScenario(*findBuiltInScenario("executor"), {{"tasks", "3"}, {"seconds", "2"}});
        SessionSettings settings;
        settings.workers = 1;
        Session session(settings);
        session.start(runScenario(*plan, {}));
        QTRY_VERIFY_WITH_TIMEOUT(session.trace()->now() > 500'000'000, 30'000);
        session.stop();
        QVERIFY(waitForEnd(session));
        const auto findings = findingsOf(*session.trace());
        const auto found = std::ranges::find(findings, FindingKind::PoolStarvation, &Finding::kind);
        QVERIFY2(found != findings.end(), textsOf(findings).c_str());
        // A job that the worker still took up, to find that it was to stop, was a short one.
        const bool isEnough = found->text.ends_with("; 2 would have sufficed.") || found->text.ends_with("; 3 would have sufficed.");
        QVERIFY2(isEnough, found->text.c_str());
    }

    void whatIsWellIsNotBlamed_data()
    {
        QTest::addColumn<QByteArray>("scenario");
        QTest::addColumn<Values>("values");
        QTest::newRow("async-read") << QByteArray("async-read") << Values{};
        QTest::newRow("async-sleep") << QByteArray("async-sleep") << Values{{"seconds", "0.3"}, {"tasks", "200"}};
        QTest::newRow("executor") << QByteArray("executor") << Values{{"seconds", "0.3"}};
        QTest::newRow("gather") << QByteArray("gather") << Values{{"seconds", "0.3"}};
        QTest::newRow("cpu-bound") << QByteArray("cpu-bound") << Values{{"seconds", "0.2"}};
        QTest::newRow("blocked-loop, mended") << QByteArray("blocked-loop")
                                              << Values{{"place", "pool"}, {"seconds", "0.4"}, {"ticks", "10"}};
    }
    void whatIsWellIsNotBlamed()
    {
        QFETCH(const QByteArray, scenario);
        QFETCH(const Values, values);
        std::string found;
        for (int i = 0; i < tries; ++i) {
            const auto trace = runBuiltIn(scenario.constData(), values);
            QVERIFY(trace);
            found = textsOf(findingsOf(*trace));
            if (found.empty())
                return;
        }
        QFAIL(found.c_str());
    }

    void aCallThatStopsEverybodyIsFound()
    {
        const auto trace = runBuiltIn("blocked-loop", {{"seconds", "0.5"}, {"ticks", "10"}});
        QVERIFY(trace);
        const auto findings = findingsOf(*trace);
        const auto stall = std::ranges::find_if(
            findings, [&](const Finding &each) { return trace->hasLane(each.task) && trace->nameOf(each.task) == "time.sleep"; });
        QVERIFY2(stall != findings.end(), textsOf(findings).c_str());
        QVERIFY(stall->range.length() >= 500 * nanosecondsPerMillisecond);
        QVERIFY(stall->affected.size() >= 3); // the tickers at least
    }

    void aPoolThatIsTooSmallIsFound()
    {
        const auto trace = runBuiltIn("executor", {{"seconds", "0.4"}, {"tasks", "6"}});
        QVERIFY(trace);
        const auto findings = findingsOf(*trace);
        const auto starved = std::ranges::find(findings, FindingKind::PoolStarvation, &Finding::kind);
        QVERIFY2(starved != findings.end(), textsOf(findings).c_str());
        QVERIFY2(starved->text.find("6 would have sufficed") != std::string::npos, starved->text.c_str());
    }
};

QTEST_GUILESS_MAIN(FindingsOfRunsTest)
#include "findings_of_runs_test.moc"
