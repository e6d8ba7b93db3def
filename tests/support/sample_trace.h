#pragma once

#include "core/trace/trace.h"

#include <memory>
#include <string_view>
#include <vector>

namespace loopscope::test {

/// A run as in an article on asyncio, of six seconds: eight tasks on three workers, one of which blocks the loop for 600 ms; with every
/// state, every outcome, a file of 64 000 000 bytes and one that cannot be read. It has ended.
[[nodiscard]] std::shared_ptr<Trace> articleTrace();

/// A run that goes on: a file half read, a task that waits for a slot, one in a worker, one queued.
[[nodiscard]] std::shared_ptr<Trace> liveTrace();

/// `lanes` tasks of `spansPerLane` spans each, states in turn, each span 1 µs to 3 µs long. Regular, so that the same arguments give the
/// same trace.
[[nodiscard]] std::shared_ptr<Trace> largeTrace(int lanes, int spansPerLane);

/// Adds a task whose spans are told in a line: "ready 0 5, running 5 9, in_worker 9 20 #1", times in ms. Its last span stays open if it is
/// written without an end.
LaneId addTask(Trace &trace, std::string_view name, std::string_view spans);

} // namespace loopscope::test
