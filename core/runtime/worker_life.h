#pragma once

#include <functional>

#include <cstdint>

namespace loopscope {

/// How long the thread of a worker lives.
enum class WorkerLife : std::uint8_t {
    Run, ///< it takes one job after another
    Job  ///< a thread a job, which is what a pool is there to spare: for comparing
};

/// Lets something be done on the calling thread, a worker, at the end of its work: before its pool is closed, while the thread itself may
/// be kept for longer. In the reverse order of the calls.
void atWorkerEnd(std::function<void()> what);

} // namespace loopscope
