#pragma once

#include "core/analysis/loop_holds.h"
#include "core/analysis/stalls.h"
#include "core/text/number_style.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace loopscope {

/// What can be wrong with a run.
///
/// None of them is about less than the run's stall threshold (100 ms by default): what people do not notice and loaded machines do by
/// themselves is not told. What each asks for beyond that stands with its function, in findings/.
enum class FindingKind : std::uint8_t {
    Stall,             ///< one callback held the loop
    NeverYields,       ///< likewise, but it is one long computation that makes up most of the run
    PoolStarvation,    ///< jobs were queued for want of workers
    SequentialAwaits,  ///< a task awaited calls one after another that could have run together
    OversubscribedCpu, ///< more jobs computed at once than there are cores
    LateLoop,          ///< tasks were ready for long, and no single callback is to blame
    SlowChild,         ///< one child held a gather when all others had ended
};
inline constexpr std::array allFindingKinds = {FindingKind::Stall,
                                               FindingKind::NeverYields,
                                               FindingKind::PoolStarvation,
                                               FindingKind::SequentialAwaits,
                                               FindingKind::OversubscribedCpu,
                                               FindingKind::LateLoop,
                                               FindingKind::SlowChild};

/// The name of a kind in files: `stall`, `never_yields`, `pool_starvation`, `sequential_awaits`, `oversubscribed_cpu`, `late_loop`,
/// `slow_child`.
[[nodiscard]] std::string_view findingKey(FindingKind kind);

/// A line of code that is the matter, and the one to write in its place. An example, not a line of the program that was recorded.
struct CodeChange {
    std::string_view before;
    std::string_view after;
};

/// What to do about a kind of finding. Plain English, valid for ever.
struct Remedy {
    std::string_view advice; ///< a sentence: "Hand it to the pool."
    CodeChange qcoro;        ///< C++
    CodeChange asyncio;      ///< Python
};
[[nodiscard]] const Remedy &remedyFor(FindingKind kind);

/// A task that had to wait because of a finding.
struct AffectedTask {
    LaneId task = noLane;
    Nanoseconds waited = 0; ///< in all, because of it; positive

    friend constexpr bool operator==(const AffectedTask &, const AffectedTask &) = default;
};

/// Something that is wrong with a run, told with numbers.
struct Finding {
    FindingKind kind = FindingKind::Stall;
    LaneId task = noLane;               ///< whose it is; noLane if it is the run's as a whole, or the loop's
    TimeRange range;                    ///< when; not empty
    std::string text;                   ///< sentences for people: UTF-8 without control characters
    std::vector<AffectedTask> affected; ///< those that waited longest first
    SpanPlace evidence;                 ///< the span to look at, which overlaps the range

    [[nodiscard]] const Remedy &remedy() const { return remedyFor(kind); }
    /// What all affected tasks waited together.
    [[nodiscard]] Nanoseconds waited() const;
};

/// So many of one kind are told at most, the longest.
inline constexpr std::size_t mostFindingsOfAKind = 20;

/// What is wrong with a run, in order of time; nothing with one that is well, or that has no loop. `stalls` and `holds` are those of the
/// same trace. The findings' sentences write numbers as `numbers` does. Costs a look at each task, and a visit to the spans of those that
/// lived for longer than the stall threshold: nothing at all if the run did not.
[[nodiscard]] std::vector<Finding> findFindings(const Trace &trace, const std::vector<Stall> &stalls, const LoopHolds &holds,
                                                const NumberStyle &numbers = terminalNumbers);

} // namespace loopscope
