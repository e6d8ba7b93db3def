#pragma once

#include "core/experiment/comparison.h"
#include "tests/support/simulated_run.h"

namespace loopscope::test {

/// A comparison of two tasks that sleep for 10 ms each: on the loop, and on a pool of 1 and of 2 workers; with three runs each, of which
/// the middle one took as long as its trace says; and a strategy that cannot be had.
[[nodiscard]] inline Comparison sampleComparison()
{
    using Kind = SimulatedStep::Kind;
    constexpr Nanoseconds ms = nanosecondsPerMillisecond;
    const SimulatedTask onLoop{"a", "sleep", {{Kind::Block, 10 * ms}}};
    const SimulatedTask onPool{"a", "sleep", {{Kind::Job, 10 * ms}}};
    const auto result = [](const char *key, std::optional<int> workers, Nanoseconds wall, std::shared_ptr<const Trace> trace) {
        CandidateResult candidate;
        candidate.candidate.strategy.key = key;
        candidate.candidate.strategy.text = "how it is done";
        candidate.candidate.workers = workers;
        candidate.trace = std::move(trace);
        for (const Nanoseconds time : {wall, wall - 2 * ms, wall + 4 * ms}) {
            RunFigures run;
            run.wall = time;
            run.tasks = run.tasksDone = 2;
            run.resources.userCpuNs = 3 * ms;
            run.resources.peakRssBytes = 20'000'000;
            run.resources.peakThreads = 4;
            candidate.runs.push_back(run);
        }
        return candidate;
    };
    Comparison comparison;
    comparison.title = "sample";
    comparison.repetitions = 3;
    comparison.cores = 2;
    comparison.isComplete = true;
    comparison.candidates.push_back(result("loop", std::nullopt, 20 * ms, simulatedRun({onLoop, onLoop}, 1)));
    comparison.candidates.push_back(result("pool", 1, 20 * ms, simulatedRun({onPool, onPool}, 1)));
    comparison.candidates.push_back(result("pool", 2, 10 * ms, simulatedRun({onPool, onPool}, 2)));
    CandidateResult &missing = comparison.candidates.emplace_back();
    missing.candidate.strategy.key = "io_uring";
    missing.obstacle = "the system refuses it";
    return comparison;
}

} // namespace loopscope::test
