#pragma once

#include "core/formats/chrome/assembly_context.h"
#include "core/formats/chrome/slice_nesting.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace loopscope::chrome {

/// Puts the slices of one thread or operation into its lane and rows of it below, so that none overlaps another of its row: each in the
/// first row that is free when it begins and is below that of the slice it is nested in. Rows are made when they are needed.
class RowPlacement {
public:
    /// Into `head`, which is the trace's last lane. `rowOf` has a place for each of `slices`.
    RowPlacement(AssemblyContext &context, const std::vector<NestedSlice> &slices, std::vector<std::uint32_t> &rowOf, LaneId head);

    /// Places a slice. Slices come in order of their begins.
    void place(std::uint32_t slice);
    [[nodiscard]] LaneGroup lanes() const { return {head_, static_cast<std::uint32_t>(freeFrom_.size())}; }

private:
    /// What stands against another row, if anything does.
    [[nodiscard]] std::optional<Problem> makeRow(Nanoseconds begin);

    AssemblyContext &context_;
    const std::vector<NestedSlice> &slices_;
    std::vector<std::uint32_t> &rowOf_;
    LaneId head_;
    std::vector<Nanoseconds> freeFrom_; // of each row
};

} // namespace loopscope::chrome
