#include "core/analysis/findings.h"

#include "tests/support/random_trace.h"
#include "tests/support/simulated_run.h"

#include <QTest>

#include <random>

using namespace loopscope;
using namespace loopscope::test;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;
using Kind = SimulatedStep::Kind;

std::vector<Finding> findingsOf(const Trace &trace)
{
    return findFindings(trace, findStalls(trace), LoopHolds(trace));
}

SimulatedTask task(std::string name, std::vector<SimulatedStep> steps, std::string kind = "sleep")
{
    return {std::move(name), std::move(kind), std::move(steps)};
}

/// Runs that are well, by chance, and what is put into them. The same for the same seed.
class Chance {
public:
    explicit Chance(std::uint32_t seed)
        : random_(seed)
    {
    }

    std::uint32_t between(std::uint32_t least, std::uint32_t most)
    {
        return least + static_cast<std::uint32_t>(random_() % (most - least + 1));
    }
    /// In nanoseconds, not in whole milliseconds.
    Nanoseconds time(std::uint32_t leastMs, std::uint32_t mostMs)
    {
        return leastMs * ms + static_cast<Nanoseconds>(random_() % ((mostMs - leastMs) * std::uint64_t(ms)));
    }
    bool coin() { return random_() % 2 == 0; }

    SimulatedStep run() { return {Kind::Run, 1 + time(0, 2)}; }

    /// A ticker, a task that calls the pool again and again from one line, or a parent of children that are alike.
    SimulatedTask well(int number)
    {
        SimulatedTask made = task("well " + std::to_string(number), {});
        const std::uint32_t kind = between(0, 2);
        const Nanoseconds job = time(1, 300);
        for (std::uint32_t turns = between(1, 8); turns > 0; --turns) {
            made.steps.push_back(run());
            if (kind == 0)
                made.steps.push_back({Kind::Sleep, time(1, 300)});
            else if (kind == 1)
                made.steps.push_back({Kind::Job, job, 7});
        }
        if (kind == 2) {
            std::vector<SimulatedTask> children;
            for (std::uint32_t count = between(1, 4); count > 0; --count)
                children.push_back(task("child", {run(), {Kind::Sleep, job + time(0, 20)}, run()}));
            made.steps.push_back({Kind::Gather, 0, 1, std::move(children)});
        }
        made.steps.push_back(run());
        return made;
    }
    std::vector<SimulatedTask> allWell()
    {
        std::vector<SimulatedTask> tasks;
        for (std::uint32_t count = between(1, 12); count > 0; --count)
            tasks.push_back(well(static_cast<int>(count)));
        return tasks;
    }
    /// Puts tasks among those of a run, at any place.
    void hide(std::vector<SimulatedTask> &tasks, SimulatedTask culprit)
    {
        tasks.insert(tasks.begin() + between(0, static_cast<std::uint32_t>(tasks.size())), std::move(culprit));
    }

private:
    std::mt19937 random_;
};

constexpr int plenty = 64; // of workers: nobody is queued

LaneId laneNamed(const Trace &trace, std::string_view name)
{
    const auto found = std::ranges::find(trace.tasks(), name, [&](LaneId lane) { return trace.nameOf(lane); });
    return found == trace.tasks().end() ? noLane : *found;
}

/// What the tasks were ready in a range, one by one.
std::vector<AffectedTask> readyIn(const Trace &trace, TimeRange range)
{
    std::vector<AffectedTask> tasks;
    for (const LaneId lane : trace.tasks()) {
        Nanoseconds waited = 0;
        for (std::size_t i = 0; i < trace.spanCount(lane); ++i) {
            const Span span = trace.span(lane, i);
            waited += span.state == State::Ready ? span.range().intersected(range).length() : 0;
        }
        if (waited > 0)
            tasks.push_back({lane, waited});
    }
    std::ranges::stable_sort(tasks, std::greater<>(), &AffectedTask::waited);
    return tasks;
}

QByteArray texts(const std::vector<Finding> &findings)
{
    QByteArray all;
    for (const Finding &finding : findings)
        all += QByteArray::fromStdString(std::string(findingKey(finding.kind)) + ": " + finding.text + "\n");
    return all;
}

void addSeeds(quint32 count)
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 0; seed < count; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

} // namespace

// Exactly one finding, of that kind, or the test fails and says what there was.
#define COMPARE_ONLY(findings, expectedKind)                                                                                               \
    QVERIFY2((findings).size() == 1, texts(findings).constData());                                                                         \
    QCOMPARE(findingKey((findings).front().kind), findingKey(expectedKind))

class FindingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRunThatIsWellHasNone_data() { addSeeds(100); }
    void aRunThatIsWellHasNone()
    {
        QFETCH(const quint32, seed);
        Chance chance(seed);
        const auto trace = simulatedRun(chance.allWell(), plenty, 2);
        const auto findings = findingsOf(*trace);
        QVERIFY2(findings.empty(), texts(findings).constData());
    }

    void aStallIsFoundWithItsCulpritStartAndLength_data() { addSeeds(60); }
    void aStallIsFoundWithItsCulpritStartAndLength()
    {
        QFETCH(const quint32, seed);
        Chance chance(seed);
        std::vector<SimulatedTask> tasks = chance.allWell();
        const Nanoseconds start = chance.time(20, 600);
        const Nanoseconds length = chance.time(101, 900);
        const bool isMarked = chance.coin();
        // Ends long after, so that an unmarked one is not most of the run.
        chance.hide(tasks,
                    task("culprit", {{Kind::Sleep, start}, {isMarked ? Kind::Block : Kind::Run, length}, {Kind::Sleep, 2 * length}}));
        const auto trace = simulatedRun(tasks, plenty, 2);
        const auto findings = findingsOf(*trace);
        COMPARE_ONLY(findings, FindingKind::Stall);
        const Finding &finding = findings.front();
        QCOMPARE(trace->nameOf(finding.task), std::string_view("culprit"));
        QCOMPARE(finding.range.length(), length);
        QVERIFY(finding.range.begin >= start && finding.range.begin < start + 60 * ms);
        QCOMPARE(finding.affected, readyIn(*trace, finding.range));
        QCOMPARE(finding.evidence.lane, finding.task);
        QCOMPARE(trace->span(finding.task, finding.evidence.span).range(), finding.range);
        QVERIFY(finding.text.starts_with("culprit held the loop for "));
    }

    void aTaskThatComputesMostOfTheRunNeverYields_data() { addSeeds(30); }
    void aTaskThatComputesMostOfTheRunNeverYields()
    {
        QFETCH(const quint32, seed);
        Chance chance(seed);
        std::vector<SimulatedTask> tasks = chance.allWell();
        const Nanoseconds length = chance.time(5'000, 20'000);
        chance.hide(tasks, task("culprit", {{Kind::Sleep, chance.time(1, 500)}, {Kind::Run, length}}));
        const auto trace = simulatedRun(tasks, plenty, 2);
        const auto findings = findingsOf(*trace);
        COMPARE_ONLY(findings, FindingKind::NeverYields);
        QCOMPARE(trace->nameOf(findings.front().task), std::string_view("culprit"));
        QCOMPARE(findings.front().range.length(), length);
    }

    void aCallThatBlocksForMostOfTheRunIsAStallAllTheSame()
    {
        const auto trace = simulatedRun({task("culprit", {{Kind::Run, ms}, {Kind::Block, 3'000 * ms}})}, 1);
        const auto findings = findingsOf(*trace);
        COMPARE_ONLY(findings, FindingKind::Stall);
        QVERIFY(findings.front().affected.empty());
        QVERIFY(findings.front().text.ends_with("No task waited because of it."));
    }

    void aStarvedPoolIsFoundAndSaysHowManyWorkersWouldDo_data() { addSeeds(40); }
    void aStarvedPoolIsFoundAndSaysHowManyWorkersWouldDo()
    {
        QFETCH(const quint32, seed);
        Chance chance(seed);
        const int workers = static_cast<int>(chance.between(1, 4));
        const int jobs = workers + static_cast<int>(chance.between(1, 6));
        const Nanoseconds start = chance.time(1, 400);
        const Nanoseconds length = chance.time(130, 700);
        std::vector<SimulatedTask> tasks;
        for (int i = 0; i < jobs; ++i)
            tasks.push_back(task("caller", {{Kind::Sleep, start}, {Kind::Run, 10'000}, {Kind::Job, length}}));
        for (int i = 0; i < 3; ++i)
            chance.hide(tasks, task("ticker", {chance.run(), {Kind::Sleep, chance.time(1, 800)}, chance.run()}));
        const auto trace = simulatedRun(tasks, workers, 2);
        const auto findings = findingsOf(*trace);
        COMPARE_ONLY(findings, FindingKind::PoolStarvation);
        const Finding &finding = findings.front();
        QCOMPARE(finding.affected.size(), std::size_t(jobs - workers));
        QVERIFY2(finding.text.find("; " + std::to_string(jobs) + " would have sufficed.") != std::string::npos, finding.text.c_str());
        QCOMPARE(trace->span(finding.evidence.lane, finding.evidence.span).state, State::Queued);
        QVERIFY(findingsOf(*simulatedRun(tasks, jobs, 2)).empty()); // it is true
    }

    void jobsThatComputeAreNotHelpedByMoreWorkersThanCores()
    {
        std::vector<SimulatedTask> tasks(6, task("count_primes", {{Kind::Job, 500 * ms}}, "cpu"));
        QVERIFY(findingsOf(*simulatedRun(tasks, 2, 2)).empty());
        QVERIFY(findingsOf(*simulatedRun(tasks, 2)).empty()); // nobody knows
        const auto findings = findingsOf(*simulatedRun(tasks, 2, 4));
        COMPARE_ONLY(findings, FindingKind::PoolStarvation);
    }

    void callsOneAfterAnotherAreFound_data() { addSeeds(40); }
    void callsOneAfterAnotherAreFound()
    {
        QFETCH(const quint32, seed);
        Chance chance(seed);
        std::vector<SimulatedTask> tasks = chance.allWell();
        SimulatedTask culprit = task("culprit", {{Kind::Sleep, chance.time(1, 300)}});
        const std::uint32_t calls = chance.between(3, 6);
        Nanoseconds sum = 0;
        Nanoseconds longest = 0;
        for (std::uint32_t line = 1; line <= calls; ++line) {
            culprit.steps.push_back({Kind::Job, chance.time(101, 600), 10 * line});
            sum += culprit.steps.back().length;
            longest = std::max(longest, culprit.steps.back().length);
            culprit.steps.push_back(chance.run());
        }
        chance.hide(tasks, culprit);
        const auto trace = simulatedRun(tasks, plenty, 2);
        const auto findings = findingsOf(*trace);
        COMPARE_ONLY(findings, FindingKind::SequentialAwaits);
        QCOMPARE(trace->nameOf(findings.front().task), std::string_view("culprit"));
        QCOMPARE(findings.front().affected, (std::vector<AffectedTask>{{findings.front().task, sum - longest}}));
    }

    void twoCallsOrOneLineOrWorkBetweenThemAreNoSequence()
    {
        const auto call = [](std::uint32_t line) { return SimulatedStep{Kind::Job, 200 * ms, line}; };
        const SimulatedStep work{Kind::Run, 50 * ms};
        const std::vector<std::vector<SimulatedStep>> wells = {{call(1), call(2)},
                                                               {call(1), call(1), call(1), call(1)},
                                                               {call(1), work, call(2), work, call(3)},
                                                               {call(1), {Kind::Sleep, ms}, call(2), {Kind::Sleep, ms}, call(3)}};
        for (const auto &steps : wells)
            QVERIFY(findingsOf(*simulatedRun({task("well", steps)}, 2)).empty());
        COMPARE_ONLY(findingsOf(*simulatedRun({task("not well", {call(1), call(2), call(3)})}, 2)), FindingKind::SequentialAwaits);
    }

    void moreJobsThatComputeThanCoresAreFound_data() { addSeeds(30); }
    void moreJobsThatComputeThanCoresAreFound()
    {
        QFETCH(const quint32, seed);
        Chance chance(seed);
        const int cores = static_cast<int>(chance.between(1, 4));
        const int jobs = cores + static_cast<int>(chance.between(1, 4));
        const Nanoseconds length = chance.time(102, 900);
        std::vector<SimulatedTask> tasks;
        for (int i = 0; i < jobs; ++i)
            tasks.push_back(task("computes", {{Kind::Sleep, 100 * ms}, {Kind::Job, length}}, "cpu"));
        const auto trace = simulatedRun(tasks, jobs, cores);
        const auto findings = findingsOf(*trace);
        COMPARE_ONLY(findings, FindingKind::OversubscribedCpu);
        QCOMPARE(findings.front().range, (TimeRange{100 * ms, 100 * ms + length}));
        QCOMPARE(findings.front().affected.size(), std::size_t(jobs));
        QCOMPARE(findings.front().affected.front().waited, length / jobs * (jobs - cores));
        QVERIFY(findingsOf(*simulatedRun(tasks, jobs, jobs)).empty());
        QVERIFY(findingsOf(*simulatedRun(tasks, jobs)).empty()); // nobody knows the cores
    }

    void aLoopThatIsLateForWantOfTimeIsFound_data() { addSeeds(20); }
    void aLoopThatIsLateForWantOfTimeIsFound()
    {
        QFETCH(const quint32, seed);
        Chance chance(seed);
        const Nanoseconds start = chance.time(400, 600);
        const std::uint32_t count = chance.between(200, 400);
        std::vector<SimulatedTask> tasks;
        for (std::uint32_t i = 0; i < count; ++i)
            tasks.push_back(task("one of many", {{Kind::Sleep, start}, {Kind::Run, chance.time(1, 2)}}));
        const auto trace = simulatedRun(tasks, 1);
        const auto findings = findingsOf(*trace);
        COMPARE_ONLY(findings, FindingKind::LateLoop);
        QCOMPARE(findings.front().range.begin, start);
        Nanoseconds waited = 0;
        for (const AffectedTask &each : readyIn(*trace, trace->extent()))
            waited += each.waited > 100 * ms ? each.waited : 0;
        QCOMPARE(findings.front().waited(), waited);
    }

    void oneSlowChildIsFound_data() { addSeeds(40); }
    void oneSlowChildIsFound()
    {
        QFETCH(const quint32, seed);
        Chance chance(seed);
        std::vector<SimulatedTask> tasks = chance.allWell();
        std::vector<SimulatedTask> children;
        for (std::uint32_t count = chance.between(2, 6); count > 0; --count)
            children.push_back(task("quick", {{Kind::Sleep, chance.time(20, 150)}}));
        const Nanoseconds length = chance.time(450, 2'000);
        chance.hide(children, task("slow", {{Kind::Sleep, length}}));
        chance.hide(tasks, task("parent", {{Kind::Sleep, chance.time(1, 200)}, {Kind::Gather, 0, 1, children}}));
        const auto trace = simulatedRun(tasks, plenty, 2);
        const auto findings = findingsOf(*trace);
        COMPARE_ONLY(findings, FindingKind::SlowChild);
        const Finding &finding = findings.front();
        QCOMPARE(trace->nameOf(finding.task), std::string_view("slow"));
        QCOMPARE(finding.range.end, *trace->lane(finding.task).end());
        QCOMPARE(finding.affected, (std::vector<AffectedTask>{{laneNamed(*trace, "parent"), finding.range.length()}}));
        QVERIFY(finding.range.length() >= length - 200 * ms);
    }

    void theLongestOfManyAreTold()
    {
        std::vector<SimulatedStep> steps;
        for (int i = 1; i <= 50; ++i) {
            steps.push_back({Kind::Block, (100 + i) * ms});
            steps.push_back({Kind::Sleep, ms});
        }
        const auto findings = findingsOf(*simulatedRun({task("culprit", steps)}, 1));
        QCOMPARE(findings.size(), mostFindingsOfAKind);
        QCOMPARE(findings.front().range.length(), 131 * ms);
        QCOMPARE(findings.back().range.length(), 150 * ms);
    }

    void foreignNamesAreMadeSafe()
    {
        const auto trace = simulatedRun({task("bad\n\x1b[31m name", {{Kind::Block, 200 * ms}})}, 1);
        const auto findings = findingsOf(*trace);
        COMPARE_ONLY(findings, FindingKind::Stall);
        QVERIFY(std::ranges::none_of(findings.front().text, [](char c) { return c >= 0 && c < ' '; }));
    }

    void everyKindHasItsKeyAndRemedy()
    {
        for (const FindingKind kind : allFindingKinds) {
            const Remedy &remedy = remedyFor(kind);
            QVERIFY(!findingKey(kind).empty() && remedy.advice.ends_with("."));
            for (const CodeChange &change : {remedy.qcoro, remedy.asyncio})
                QVERIFY(!change.before.empty() && !change.after.empty() && change.before != change.after);
        }
    }

    void keepsItsPromisesForAnyTrace_data() { addSeeds(60); }
    void keepsItsPromisesForAnyTrace()
    {
        QFETCH(const quint32, seed);
        const auto trace = randomTrace(seed, seed % 10 == 0 ? TraceOrigin::Import : TraceOrigin::Run);
        trace->changeInfo([&](RunInfo &info) { info.stallThreshold = 1 + seed * 10; }); // so that there is something to find
        const auto findings = findingsOf(*trace);
        QVERIFY(std::ranges::is_sorted(findings, {}, [](const Finding &finding) { return finding.range.begin; }));
        for (const Finding &finding : findings) {
            QVERIFY(!finding.range.isEmpty() && !finding.text.empty());
            QVERIFY(std::ranges::is_sorted(finding.affected, std::greater<>(), &AffectedTask::waited));
            QVERIFY(finding.affected.empty() || finding.affected.back().waited > 0);
            const auto [lane, span] = finding.evidence;
            QVERIFY(trace->hasLane(lane) && span < trace->spanCount(lane));
            QVERIFY(!trace->span(lane, span).range().intersected(finding.range).isEmpty());
        }
        QVERIFY(trace->hasLoop() || findings.empty());
    }
};

QTEST_GUILESS_MAIN(FindingsTest)
#include "findings_test.moc"
