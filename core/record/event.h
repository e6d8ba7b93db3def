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

/// One thing that happened, as a thread writes it down: fixed-size, trivially copyable, 32 bytes.
struct Event {
    Nanoseconds time; ///< the clock's ticks, until it is harvested
    LaneId lane;
    /// Of a task: counts its events of the kinds Enter, Abandon and End from 0, in causal order, whichever thread records them.
    std::uint32_t sequence;
    /// A number of the recorder's; see Recorder::site(). In Progress and FileSize: the low half of the value.
    std::uint32_t site;
    /// The other lane, as in Span. In Progress and FileSize: the high half of the value.
    LaneId peer;
    EventKind kind;
    State state;
    /// Events of this thread were lost just before this one.
    bool afterLoss;

    [[nodiscard]] std::uint64_t value() const { return static_cast<std::uint64_t>(peer) << 32U | site; }
};

static_assert(std::is_trivially_copyable_v<Event> && sizeof(Event) == 32);

} // namespace loopscope
