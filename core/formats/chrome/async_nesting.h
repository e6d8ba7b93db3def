#pragma once

#include "core/formats/chrome/assembly_context.h"
#include "core/formats/chrome/slice_nesting.h"

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace loopscope::chrome {

/// What the slices of asynchronous operations of one name are shown under.
struct AsyncHead {
    std::uint32_t process = 0;
    std::uint32_t label = 0;
    std::vector<std::uint32_t> slices; ///< their numbers among AsyncNesting::slices()
    std::vector<InstantMark> instants; ///< with times of the trace
};

/// Nests the marks of asynchronous operations: those of an id in each other, and what is nested in nothing goes by its name.
class AsyncNesting {
public:
    explicit AsyncNesting(AssemblyContext &context)
        : context_(context)
    {
    }

    /// False if it was told to stop.
    [[nodiscard]] bool run();
    /// In order of their begins.
    [[nodiscard]] const std::vector<NestedSlice> &slices() const { return slices_; }
    [[nodiscard]] const std::vector<AsyncHead> &heads() const { return heads_; }
    /// The numbers of the heads that belong to a process.
    [[nodiscard]] const std::vector<std::uint32_t> &headsOf(std::uint32_t process) const { return headsOfProcess_[process]; }

private:
    void nest(const AsyncMark &mark);
    [[nodiscard]] std::uint32_t headOf(const AsyncMark &mark, std::optional<std::uint32_t> outermost);

    AssemblyContext &context_;
    std::vector<SliceStack> stacks_; // by id
    std::vector<NestedSlice> slices_;
    std::vector<AsyncHead> heads_;
    std::unordered_map<std::uint64_t, std::uint32_t> headNumbers_; // by process and label
    std::vector<std::vector<std::uint32_t>> headsOfProcess_;
};

} // namespace loopscope::chrome
