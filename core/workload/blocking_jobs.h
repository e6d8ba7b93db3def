#pragma once

#include "core/trace/task_result.h"
#include "core/workload/chunk_reader.h"

#include <chrono>
#include <stop_token>
#include <string>

namespace loopscope {

// Jobs that really block the thread they run on, be it a worker's or the loop's. Any thread. Each ends as cancelled within milliseconds of
// a stop request; a system call of blockingRead() alone cannot be interrupted.

/// Blocks for `duration` of real time, without computing. "Finished sleeping".
[[nodiscard]] TaskResult sleepFor(std::chrono::nanoseconds duration, const std::stop_token &stop);

/// Computes for `duration` of this thread's CPU time: it counts primes, and returns how many. "Counted 78,498 primes below 1,000,003".
[[nodiscard]] TaskResult burnCpu(std::chrono::nanoseconds duration, const std::stop_token &stop);

/// Reads a regular file by blocking calls to its end, chunk by chunk, and keeps nothing of it but its facts. "Read 1.05 MB". `path` is in
/// raw bytes.
[[nodiscard]] TaskResult blockingRead(const std::string &path, const std::stop_token &stop);

/// Steps `reader` to its end, and waits between steps while there is no descriptor. More or NoDescriptors if a stop ended that.
[[nodiscard]] ReadStep readToEnd(ChunkReader &reader, const std::stop_token &stop);

} // namespace loopscope
