#pragma once

#include "core/trace/trace.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace loopscope {

/// How long a slice lasted without those that are nested in it: which lie wholly within, in rows further down. What only overlaps it is
/// another's. Of many thousand nested ones those in the row right below count alone, in which nearly all others are nested in turn, so that
/// it never takes long.
[[nodiscard]] Nanoseconds selfTime(const Trace &trace, SpanPlace slice);
/// The slice that a slice is nested in: of those further up within which it lies wholly the nearest; nothing if there is none.
[[nodiscard]] std::optional<SpanPlace> outerSlice(const Trace &trace, SpanPlace slice);
/// Of a thread, or one row, the slice in which an instant lies, at both of its edges too: the innermost one. Nothing if there is none.
[[nodiscard]] std::optional<SpanPlace> sliceAt(const Trace &trace, LaneId lane, Nanoseconds at);

/// What slices of one name are together.
struct NameTotal {
    NameId name = 0;
    std::size_t count = 0;
    Nanoseconds total = 0; ///< of their lengths: where one lies in another of the same name, both count

    friend bool operator==(const NameTotal &, const NameTotal &) = default;
};

/// The names of a thread's slices, of all its rows.
struct ThreadNames {
    std::vector<NameTotal> names; ///< those with the most time, the longest first
    bool isWhole = true;          ///< otherwise only the first of the slices were looked at
};

/// The `most` names with the most time. Looks at `mostSlices` slices at most.
[[nodiscard]] ThreadNames topNames(const Trace &trace, LaneId thread, std::size_t most, std::size_t mostSlices);

} // namespace loopscope
