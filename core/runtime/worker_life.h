#pragma once

#include <cstdint>

namespace loopscope {

/// How long the thread of a worker lives.
enum class WorkerLife : std::uint8_t {
    Run, ///< it takes one job after another
    Job  ///< a thread a job, which is what a pool is there to spare: for comparing
};

} // namespace loopscope
