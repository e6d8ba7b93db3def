#pragma once

#include "core/trace/span.h"

#include <cstdint>
#include <type_traits>

namespace loopscope {

enum class EventKind : std::uint8_t {
    Enter,    ///< the lane, a task's, enters `state`
    Abandon,  ///< as Enter Ready: the task gives up on a job that goes on; `peer` is its worker
    End,      ///< the lane, a task's, has ended
    LoopBusy, ///< the loop begins to call back
    LoopIdle, ///< the loop has nothing to do
    Progress, ///< `value()` bytes of the task's file have been read
    FileSize, ///< the task's file has `value()` bytes
};

/// One thing that happened, as a thread writes it down: fixed-size, trivially copyable, 24 bytes.
struct Event {
    Nanoseconds time; ///< the clock's ticks, until a batch gives it
    LaneId lane;
    /// Of a task: counts its events of the kinds Enter, Abandon and End from 0, in causal order, whichever thread records them.
    std::uint32_t sequence;
    /// The other lane, as in Span. In Progress and FileSize: the high part of the value.
    LaneId peer;
    /// A number of the recorder's; see Recorder::site(). In Progress and FileSize: the low part of the value.
    std::uint32_t site : 24;
    EventKind kind : 3;
    State state : 4;
    /// Events of this thread were lost just before this one.
    bool afterLoss : 1;

    /// Below 2^56.
    [[nodiscard]] std::uint64_t value() const { return std::uint64_t{peer} << 24U | site; }
};

static_assert(std::is_trivially_copyable_v<Event> && sizeof(Event) == 24 && stateCount <= 16 && largestSiteId == (1U << 24U) - 1
              && static_cast<unsigned>(EventKind::FileSize) < 1U << 3U);

} // namespace loopscope
