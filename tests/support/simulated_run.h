#pragma once

#include "core/trace/trace.h"

#include <memory>
#include <string>
#include <vector>

namespace loopscope::test {

struct SimulatedStep;

struct SimulatedTask {
    std::string name;
    std::string kind; ///< as TaskFacts has it
    std::vector<SimulatedStep> steps;
};

/// A step of a simulated task.
struct SimulatedStep {
    enum class Kind {
        Run,    ///< executes on the loop
        Block,  ///< likewise, marked as blocking
        Sleep,  ///< awaits a timer
        Job,    ///< is done by a worker, from a line of source
        Gather, ///< makes its children and awaits them all
    };

    Kind kind = Kind::Run;
    Nanoseconds length = 0; ///< but of a Gather
    std::uint32_t line = 1; ///< of a Job
    std::vector<SimulatedTask> children = {};
};

/// The run of such tasks by one loop and `workers` workers, all of them made at time 0: what a recorder would have written on a machine
/// without delays, so that a test knows every nanosecond of it. It has ended.
[[nodiscard]] std::shared_ptr<Trace> simulatedRun(const std::vector<SimulatedTask> &tasks, int workers, int cores = 0);

} // namespace loopscope::test
