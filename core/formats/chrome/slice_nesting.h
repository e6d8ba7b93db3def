#pragma once

#include "core/formats/chrome/collected_events.h"
#include "core/trace/time.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <stop_token>
#include <vector>

namespace loopscope::chrome {

/// The end of a slice that has none, and of the row it is in.
inline constexpr Nanoseconds openEnd = std::numeric_limits<Nanoseconds>::max();
inline constexpr std::uint32_t noSlice = UINT32_MAX;

/// A slice, and the one that it is nested in.
struct NestedSlice {
    Nanoseconds begin = 0;
    Nanoseconds end = openEnd;
    std::uint32_t label = 0;
    std::uint32_t event = 0;
    std::uint32_t parent = noSlice; ///< the number of that one, which is smaller than its own
    std::uint32_t head : 31 = 0;    ///< of an asynchronous one what it belongs to
    std::uint32_t hasArguments : 1 = 0;
};

static_assert(sizeof(NestedSlice) == 32);

/// Slices that are open at the same time, each nested in the one before. Times never go back.
class SliceStack {
public:
    /// Adds a slice to the end of `slices`, nested in the innermost that is open.
    void begin(std::vector<NestedSlice> &slices, NestedSlice slice);
    /// Ends the innermost slice that began with a mark of its own and has the name of `label`, any if that is empty. Its number; nothing if
    /// there is none.
    [[nodiscard]] std::optional<std::uint32_t> end(std::vector<NestedSlice> &slices, const std::vector<Label> &labels, Nanoseconds at,
                                                   std::uint32_t label);
    /// The outermost slice that is open at `at`.
    [[nodiscard]] std::optional<std::uint32_t> outermost(const std::vector<NestedSlice> &slices, Nanoseconds at);

private:
    void leaveEnded(const std::vector<NestedSlice> &slices, Nanoseconds at);

    std::vector<std::uint32_t> open_;
};

/// Puts the marks of a thread in the order in which slices nest: by time, the longer first of complete ones that begin together, and
/// otherwise as the file has them. False if it was told to stop.
[[nodiscard]] bool putInNestingOrder(Track &track, const std::stop_token &stop);

} // namespace loopscope::chrome
