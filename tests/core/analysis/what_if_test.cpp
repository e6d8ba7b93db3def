#include "core/analysis/what_if.h"

#include "core/analysis/recorded_work.h"
#include "core/workload/file_reading.h"
#include "core/workload/scenario_run.h"
#include "tests/support/found_files.h"
#include "tests/support/random_trace.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/session_run.h"
#include "tests/support/simulated_run.h"

#include <QTest>

#include <random>

using namespace loopscope;
using namespace loopscope::test;
using StepKind = SimulatedStep::Kind;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

/// Random tasks whose jobs sleep, so that nothing but the loop and the workers is short. Lengths are all different.
class RandomWork {
public:
    explicit RandomWork(unsigned seed)
        : random_(seed)
    {
    }

    std::vector<SimulatedTask> tasks(int most, int depth)
    {
        std::vector<SimulatedTask> tasks;
        const int count = between(1, most);
        for (int i = 0; i < count; ++i)
            tasks.push_back({"task", "sleep", steps(depth)});
        return tasks;
    }

private:
    int between(int least, int most) { return std::uniform_int_distribution(least, most)(random_); }
    Nanoseconds length() { return between(1, 20) * ms + between(0, 999'999); }

    std::vector<SimulatedStep> steps(int depth)
    {
        std::vector<SimulatedStep> steps;
        const int count = between(1, 4);
        for (int i = 0; i < count; ++i) {
            // A step on the loop between two others, as there is between two awaits.
            steps.push_back({StepKind::Run, length()});
            const int kind = between(0, depth > 0 ? 3 : 2);
            if (kind == 3)
                steps.push_back({StepKind::Gather, 0, 1, tasks(3, depth - 1)});
            else
                steps.push_back({kind == 0 ? StepKind::Job : kind == 1 ? StepKind::Sleep : StepKind::Block, length()});
        }
        steps.push_back({StepKind::Run, length()});
        return steps;
    }

    std::mt19937 random_;
};

Nanoseconds predictedWall(const Trace &trace, const WhatIf &change)
{
    return predictRun(trace, change)->info().wall;
}

WhatIf withWorkers(int workers)
{
    WhatIf change;
    change.workers = workers;
    return change;
}

} // namespace

class WhatIfTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withNothingChangedARunTakesAsLong()
    {
        for (unsigned seed = 0; seed < 50; ++seed) {
            const auto trace = simulatedRun(RandomWork(seed).tasks(6, 2), 2, 64);
            QCOMPARE(predictedWall(*trace, {}), trace->info().wall);
        }
    }

    void otherNumbersOfWorkersAreAsIfItHadRunWithThem()
    {
        for (unsigned seed = 0; seed < 100; ++seed) {
            const auto tasks = RandomWork(seed).tasks(8, 2);
            const auto recorded = simulatedRun(tasks, 3, 64);
            for (const int workers : {1, 2, 5})
                QCOMPARE(predictedWall(*recorded, withWorkers(workers)), simulatedRun(tasks, workers, 64)->info().wall);
        }
    }

    void whatBlocksTheLoopCanBeMoved()
    {
        const SimulatedTask blocking{"b", "sleep", {{StepKind::Run, ms}, {StepKind::Block, 100 * ms}, {StepKind::Run, ms}}};
        const SimulatedTask moved{"b", "sleep", {{StepKind::Run, ms}, {StepKind::Job, 100 * ms}, {StepKind::Run, ms}}};
        WhatIf change;
        change.movesLoopJobs = true;
        const auto recorded = simulatedRun({blocking, blocking, blocking}, 2, 64);
        // To hand a call over takes 1 µs, and only the first one's are not in the time of another job.
        QCOMPARE(predictedWall(*recorded, change), simulatedRun({moved, moved, moved}, 2, 64)->info().wall + 1'000);
    }

    void whoComputeShareTheCores()
    {
        const SimulatedTask computing{"c", "cpu", {{StepKind::Run, 1}, {StepKind::Job, 100 * ms}, {StepKind::Run, 1}}};
        const auto alone = simulatedRun({computing, computing, computing, computing}, 1, 2);
        const Nanoseconds two = predictedWall(*alone, withWorkers(2));
        const Nanoseconds four = predictedWall(*alone, withWorkers(4));
        QVERIFY2(std::abs(two - 200 * ms) < ms, std::to_string(two).c_str());
        QVERIFY2(std::abs(four - 200 * ms) < ms, std::to_string(four).c_str()); // two cores do no more than that
        // And back: what was slowed down is as long as it would have been.
        const auto crowded = predictRun(*alone, withWorkers(4));
        QVERIFY(std::abs(predictedWall(*crowded, withWorkers(1)) - 400 * ms) < 2 * ms);
    }

    // On one processor, where a worker has it half of the time meanwhile.
    void theLoopsOwnWorkTakesProcessorTimeFromJobs()
    {
        Trace recorded;
        recorded.changeInfo([](RunInfo &info) { info.cores = 1; });
        const LaneId worker = recorded.addLane(LaneKind::Worker, "#1", 0);
        const LaneId task = recorded.addLane(LaneKind::Task, "t", 0);
        recorded.enter(loopLaneId, 0, State::Running, 0, noLane);
        recorded.enter(task, 0, State::InWorker, 0, worker);
        recorded.leave(loopLaneId, 100);
        recorded.end(task, 150);
        recorded.advanceTo(150);
        const RecordedWork work = recordedWorkOf(recorded).value();
        QCOMPARE(work.tasks[0].steps[0].length, Nanoseconds(100));
    }

    // Of small jobs most of the time is that of waking the worker, and then the loop.
    void whoSleepsTakesAsLongToWake()
    {
        Trace recorded;
        const LaneId worker = recorded.addLane(LaneKind::Worker, "#1", 0);
        const LaneId task = recorded.addLane(LaneKind::Task, "t", 0);
        constexpr int rounds = 5;
        for (int i = 0; i < rounds; ++i) { // 10 on the loop, 30 until the worker comes, its 100, and 40 until the loop does
            const Nanoseconds begin = i * Nanoseconds(180);
            for (const LaneId lane : {loopLaneId, task})
                recorded.enter(lane, begin, State::Running, 0, noLane);
            recorded.leave(loopLaneId, begin + 10);
            recorded.enter(task, begin + 10, State::Queued, 0, noLane);
            recorded.enter(task, begin + 40, State::InWorker, 0, worker);
            recorded.enter(worker, begin + 40, State::InWorker, 0, task);
            recorded.leave(worker, begin + 140);
            recorded.enter(task, begin + 140, State::Ready, 0, worker);
        }
        for (const LaneId lane : {loopLaneId, task})
            recorded.enter(lane, rounds * 180, State::Running, 0, noLane);
        recorded.end(task, rounds * 180 + 10);
        recorded.leave(loopLaneId, rounds * 180 + 10);
        recorded.advanceTo(rounds * 180 + 10);
        QCOMPARE(predictedWall(recorded, withWorkers(1)), Nanoseconds(rounds * 180 + 10));
    }

    // Two files that a worker prepared for 80 and then did in 10 each: 50 of its time each, whoever does them.
    void jobsThatWerePreparedTogetherTakeEqualShares()
    {
        Trace recorded;
        const LaneId worker = recorded.addLane(LaneKind::Worker, "#1", 0);
        for (const Nanoseconds begin : {80, 90}) {
            const LaneId task = recorded.addLane(LaneKind::Task, "t", 0);
            recorded.enter(task, 0, State::Awaiting, 0, noLane);
            recorded.enter(task, begin, State::InWorker, 0, worker);
            recorded.end(task, begin + 10);
        }
        recorded.advanceTo(100);
        recorded.changeInfo([](RunInfo &info) { info.cores = 2; });
        const RecordedWork work = recordedWorkOf(recorded).value();
        for (const RecordedTask &task : work.tasks) {
            QCOMPARE(task.steps.size(), std::size_t(1));
            QCOMPARE(task.steps[0].kind, WorkStep::Kind::Job);
            QCOMPARE(task.steps[0].length, Nanoseconds(50));
        }
        QCOMPARE(predictedWall(recorded, withWorkers(1)), Nanoseconds(100));
        QCOMPARE(predictedWall(recorded, withWorkers(2)), Nanoseconds(50));
    }

    // Two files that a worker prepared for 80 in vain, before each took 100.
    void preparingInVainIsPartOfTheJobs()
    {
        Trace recorded;
        const LaneId worker = recorded.addLane(LaneKind::Worker, "#1", 0);
        for (const Nanoseconds begin : {82, 182}) {
            const LaneId task = recorded.addLane(LaneKind::Task, "t", 0);
            recorded.enter(task, 0, State::Queued, 0, noLane);
            recorded.enter(task, 1, State::Awaiting, 0, noLane);
            recorded.enter(task, 81, State::Queued, 0, noLane);
            recorded.enter(task, begin, State::InWorker, 0, worker);
            recorded.end(task, begin + 100);
        }
        recorded.advanceTo(282);
        recorded.changeInfo([](RunInfo &info) { info.cores = 4; });
        const RecordedWork work = recordedWorkOf(recorded).value();
        for (const RecordedTask &task : work.tasks) {
            QCOMPARE(task.steps.size(), std::size_t(1));
            QCOMPARE(task.steps[0].length, Nanoseconds(140));
        }
        QCOMPARE(predictedWall(recorded, withWorkers(1)), Nanoseconds(280));
    }

    // One job of each two wakes the worker, and takes 30 longer: the 70 that the other one takes, and 30.
    void theJobsOfAWokenWorkerTakeLonger()
    {
        Trace recorded;
        const LaneId worker = recorded.addLane(LaneKind::Worker, "#1", 0);
        const auto add = [&](Nanoseconds queued, TimeRange work) {
            const LaneId task = recorded.addLane(LaneKind::Task, "t", queued);
            recorded.enter(task, queued, State::Queued, 0, noLane);
            recorded.enter(task, work.begin, State::InWorker, 0, worker);
            recorded.enter(worker, work.begin, State::InWorker, 0, task);
            recorded.leave(worker, work.end);
            recorded.end(task, work.end);
        };
        constexpr int rounds = 40;
        for (int i = 0; i < rounds; ++i) {
            const Nanoseconds now = 1000 * i;
            add(now, {now + 30, now + 130});
            add(now + 10, {now + 130, now + 200});
        }
        recorded.advanceTo(1000 * rounds);
        const RecordedWork work = recordedWorkOf(recorded).value();
        QCOMPARE(work.delays.coldJob, Nanoseconds(30));
        QCOMPARE(work.tasks[0].steps[0].length, Nanoseconds(100)); // the first worker was not woken, but made
        QCOMPARE(work.tasks[2].steps[0].length, Nanoseconds(70));
        QCOMPARE(work.tasks[3].steps[0].length, Nanoseconds(70));
        QCOMPARE(predictedWall(recorded, withWorkers(1)), Nanoseconds(1000 * (rounds - 1) + 200));
    }

    // Two small ones that take 115 together take 100 alone.
    void whoReadsTogetherSharesTheWayToMemory()
    {
        Trace recorded;
        for (const LaneId worker : {recorded.addLane(LaneKind::Worker, "#1", 0), recorded.addLane(LaneKind::Worker, "#2", 0)}) {
            const LaneId task = recorded.addLane(LaneKind::Task, "t", 0);
            recorded.changeTask(task, [](TaskFacts &facts) { facts.file = std::make_unique<FileFacts>(); });
            recorded.enter(task, 0, State::Queued, 0, noLane);
            recorded.enter(task, 0, State::InWorker, 0, worker);
            recorded.end(task, 115'000);
        }
        recorded.advanceTo(115'000);
        recorded.changeInfo([](RunInfo &info) {
            info.cores = 4;
            info.workers = 2;
            info.inFlight = 2;
        });
        QCOMPARE(recordedWorkOf(recorded)->tasks[0].steps.back().length, Nanoseconds(100'000));
        QCOMPARE(predictedWall(recorded, withWorkers(1)), Nanoseconds(200'000));
        QCOMPARE(predictedWall(recorded, withWorkers(2)), Nanoseconds(115'000));
    }

    // 2 µs of each job's wall time are somebody else's who needs the processor, too.
    void whatNoLaneShowsTakesItsShare()
    {
        Trace recorded;
        const LaneId worker = recorded.addLane(LaneKind::Worker, "#1", 0);
        constexpr int jobs = 100;
        constexpr Nanoseconds length = 10'000;
        for (int i = 0; i < jobs; ++i) {
            const LaneId task = recorded.addLane(LaneKind::Task, "t", i * length);
            recorded.enter(task, i * length, State::Queued, 0, noLane);
            recorded.enter(task, i * length, State::InWorker, 0, worker);
            recorded.end(task, (i + 1) * length);
        }
        recorded.advanceTo(jobs * length);
        recorded.changeInfo([](RunInfo &info) {
            info.cores = 1;
            info.cpu = jobs * length;
        });
        const RecordedWork work = recordedWorkOf(recorded).value();
        QVERIFY(work.besidesAJob > 0);
        QVERIFY(work.tasks[0].steps[0].length < length - work.besidesAJob / 2);
        const Nanoseconds predicted = predictedWall(recorded, withWorkers(1));
        QVERIFY2(std::abs(predicted - jobs * length) < jobs * length / 20, std::to_string(predicted).c_str());
    }

    // As many live as there are slots, or 256, as in a run.
    void filesAreMadeAsTheyAreNeeded()
    {
        Trace recorded;
        const LaneId worker = recorded.addLane(LaneKind::Worker, "#1", 0);
        constexpr int files = 1000;
        for (int i = 0; i < files; ++i) {
            const LaneId task = recorded.addLane(LaneKind::Task, "t", i * 100);
            recorded.changeTask(task, [](TaskFacts &facts) { facts.file = std::make_unique<FileFacts>(); });
            recorded.enter(task, i * 100, State::Queued, 0, noLane);
            recorded.enter(task, i * 100, State::InWorker, 0, worker);
            recorded.end(task, i * 100 + 100);
        }
        recorded.advanceTo(files * 100);
        recorded.changeInfo([](RunInfo &info) {
            info.workers = 1;
            info.inFlight = 4;
        });
        const auto predicted = predictRun(recorded, {});
        QCOMPARE(predicted->info().wall, Nanoseconds(files * 100));
        QCOMPARE(predicted->lane(predicted->tasks()[0]).begin, Nanoseconds(0));
        QCOMPARE(predicted->lane(predicted->tasks()[255]).begin, Nanoseconds(0));
        QCOMPARE(predicted->lane(predicted->tasks()[256]).begin, Nanoseconds(100));
        recorded.changeInfo([](RunInfo &info) { info.inFlight = 300; });
        QCOMPARE(predictRun(recorded, {})->lane(predicted->tasks()[299]).begin, Nanoseconds(0));
        QVERIFY(predictRun(recorded, {})->lane(predicted->tasks()[300]).begin > 0);
        WhatIf change;
        change.hasEndlessInFlight = true;
        QCOMPARE(predictRun(recorded, change)->lane(predicted->tasks().back()).begin, Nanoseconds(0));
    }

    void filesWaitForSlotsOrDoNot()
    {
        const ScratchFolder scratch;
        std::vector<std::string> paths;
        for (int i = 0; i < 40; ++i)
            paths.push_back(scratch.write("f" + std::to_string(i), std::string(1000, '\n')));
        SessionSettings settings;
        settings.workers = 2;
        settings.inFlight = 1;
        const auto recorded = runToEnd(settings, readFiles(named(paths), FileReader::Pool));
        QVERIFY(recorded);
        WhatIf change;
        change.hasEndlessInFlight = true;
        const auto predicted = predictRun(*recorded, change);
        QCOMPARE(predicted->totals()[Outcome::Done], std::size_t(40));
        const auto awaited = [](const Trace &trace) {
            Nanoseconds sum = 0;
            for (const LaneId task : trace.tasks())
                sum += trace.times(task)[State::Awaiting];
            return sum;
        };
        QVERIFY(awaited(*recorded) > 0);
        QCOMPARE(awaited(*predicted), Nanoseconds(0));
        QCOMPARE(predicted->lane(predicted->tasks()[0]).task.file->bytes, std::uint64_t(1000));
    }

    // There a file is begun when the one before is read; on the pool it need not wait for that.
    void filesReadOnTheLoopCanBeReadOnThePool()
    {
        constexpr Nanoseconds us = nanosecondsPerMicrosecond;
        Trace recorded;
        constexpr int files = 10;
        for (int i = 0; i < files; ++i) {
            const Nanoseconds begin = i * 110 * us + (i < files / 2 ? 0 : 10 * us); // nothing was to do for a while
            const LaneId task = recorded.addLane(LaneKind::Task, "t", begin);
            recorded.changeTask(task, [](TaskFacts &facts) { facts.file = std::make_unique<FileFacts>(); });
            for (const LaneId lane : {loopLaneId, task}) {
                recorded.enter(lane, begin, State::Running, 0, noLane);
                recorded.enter(lane, begin + 10 * us, State::Blocking, 0, noLane);
            }
            recorded.end(task, begin + 110 * us);
            recorded.leave(loopLaneId, begin + 110 * us);
        }
        recorded.advanceTo(files * 110 * us + 10 * us);
        recorded.changeInfo([](RunInfo &info) {
            info.workers = 2;
            info.inFlight = 4;
            info.cores = 4;
        });
        QCOMPARE(predictedWall(recorded, {}), files * 110 * us + 10 * us);
        WhatIf change;
        change.movesLoopJobs = true;
        const Nanoseconds predicted = predictedWall(recorded, change);
        QVERIFY2(predicted >= files * 100 * us / 2 && predicted < files * 110 * us * 3 / 4, std::to_string(predicted).c_str());
    }

    // Who got a slot at once left no span of it, and has it all the same.
    void noMoreFilesAreInFlightThanThereAreSlots()
    {
        const ScratchFolder scratch;
        std::vector<std::string> paths;
        for (int i = 0; i < 12; ++i)
            paths.push_back(scratch.write("f" + std::to_string(i), std::string(3'000'000, '\n')));
        SessionSettings settings;
        settings.workers = 8;
        settings.inFlight = 2;
        const auto recorded = runToEnd(settings, readFiles(named(paths), FileReader::Pool));
        QVERIFY(recorded);
        std::vector<std::pair<Nanoseconds, int>> jobs;
        const auto predicted = predictRun(*recorded, {});
        for (const LaneId task : predicted->tasks()) {
            for (const Span &span : spansOf(*predicted, task)) {
                if (span.state == State::InWorker) {
                    jobs.emplace_back(span.begin, 1);
                    jobs.emplace_back(span.end, -1);
                }
            }
        }
        std::ranges::sort(jobs);
        int atOnce = 0;
        for (const auto &[at, change] : jobs) {
            atOnce += change;
            QVERIFY(atOnce <= 2);
        }
        QVERIFY(jobs.size() >= 24);
    }

    void aPredictionCanBeStopped()
    {
        const auto trace = simulatedRun({{"t", "sleep", {{StepKind::Run, ms}}}}, 1);
        std::stop_source stop;
        QVERIFY(predictRun(*trace, {}, stop.get_token()));
        stop.request_stop();
        QVERIFY(!predictRun(*trace, {}, stop.get_token()));
        QVERIFY(!recordedWorkOf(*trace, stop.get_token()));
    }

    void foreignNumbersOfWorkersAreBounded()
    {
        const auto trace = simulatedRun({{"t", "sleep", {{StepKind::Run, ms}}}}, 1);
        trace->changeInfo([](RunInfo &info) { info.workers = INT32_MAX; });
        QVERIFY(predictRun(*trace, {})->workers().size() <= 1024);
    }

    // A real run, whose spans are a real machine's: what is predicted is no run that could not be.
    void predictionsKeepThePromisesOfTraces()
    {
        for (const Scenario &scenario : builtInScenarios()) {
            std::map<std::string, std::string> values;
            for (const ScenarioParameter &parameter : scenario.parameters) {
                if (parameter.name == "seconds")
                    values["seconds"] = "0.01";
                else if (parameter.name == "ticks")
                    values["ticks"] = "2";
            }
            const auto plan = planScenario(scenario, values);
            QVERIFY(plan.has_value());
            const auto recorded = runToEnd({}, runScenario(*plan, {}));
            QVERIFY(recorded);
            const auto predicted = predictRun(*recorded, withWorkers(1));
            VERIFY_PROMISES(*predicted);
            QCOMPARE(predicted->tasks().size(), recorded->tasks().size());
            QCOMPARE(predicted->info().workers, 1);
            QVERIFY(!predicted->info().notes.empty());
        }
    }

    void anEmptyOrDamagedRunHasAnEnd()
    {
        QCOMPARE(predictedWall(Trace(), withWorkers(2)), Nanoseconds(0));
        for (unsigned seed = 0; seed < 200; ++seed)
            QVERIFY(predictRun(*randomTrace(seed, TraceOrigin::Run), withWorkers(2)) != nullptr);
    }

    // What a stranger wrote: the longest jobs that can be, more than a run has time for.
    void theLongestJobsHaveAnEnd()
    {
        for (const char *const kind : {"sleep", "cpu"}) {
            Trace recorded;
            for (int i = 0; i < 3000; ++i) {
                const LaneId task = recorded.addLane(LaneKind::Task, "t", 0);
                recorded.changeTask(task, [&](TaskFacts &facts) { facts.kind = recorded.internName(kind); });
                recorded.enter(task, 0, State::InWorker, 0, noLane);
                recorded.end(task, latestTime);
            }
            recorded.advanceTo(latestTime);
            recorded.changeInfo([](RunInfo &info) { info.cpu = INT64_MAX; });
            const Nanoseconds wall = predictedWall(recorded, withWorkers(1));
            QVERIFY2(wall > 0 && wall <= latestTime, std::to_string(wall).c_str());
        }
    }

    // A task that waits for slots again and again has one after the first.
    void manySlotsOfOneTaskAreOne()
    {
        Trace recorded;
        const LaneId task = recorded.addLane(LaneKind::Task, "t", 0);
        recorded.changeTask(task, [](TaskFacts &facts) { facts.file = std::make_unique<FileFacts>(); });
        const SiteId slot = recorded.internSite("slot", "", "", 0);
        constexpr int slots = 200'000;
        for (int i = 0; i < slots; ++i)
            recorded.enter(task, i, State::Awaiting, slot, noLane);
        recorded.end(task, slots);
        const LaneId other = recorded.addLane(LaneKind::Task, "u", 0);
        recorded.enter(other, 0, State::Awaiting, slot, noLane);
        recorded.enter(other, 1, State::Running, 0, noLane);
        recorded.end(other, 2);
        recorded.changeInfo([](RunInfo &info) { info.inFlight = 1; });
        const auto predicted = predictRun(recorded, {});
        QVERIFY(predicted->lane(predicted->tasks()[0]).hasEnded());
        QVERIFY(predicted->lane(predicted->tasks()[1]).hasEnded());
    }

    // The loop's lane tells of a call as long as it lasts.
    void theLoopIsBlockedNoLongerThanTheCall()
    {
        const auto recorded = simulatedRun({{"b", "sleep", {{StepKind::Run, ms}, {StepKind::Block, 5 * ms}, {StepKind::Run, 2 * ms}}}}, 1);
        const StateTimes loop = predictRun(*recorded, {})->times(loopLaneId);
        QCOMPARE(loop[State::Blocking], 5 * ms);
        QCOMPARE(loop[State::Running], 3 * ms);
    }
};

QTEST_GUILESS_MAIN(WhatIfTest)
#include "what_if_test.moc"
