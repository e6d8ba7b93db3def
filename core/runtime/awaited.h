#pragma once

#include <tl/expected.hpp>

namespace loopscope {

/// Why an await ended without its value: the task was asked to end. There is no cause to be told beyond that.
struct Cancelled {
    /// The wait was given up although its job goes on: a call that the system does not answer.
    bool abandoned = false;
};

/// What every await of the runtime gives: its value, or Cancelled.
template <typename T>
using Awaited = tl::expected<T, Cancelled>;

} // namespace loopscope
