#pragma once

#include "core/trace/trace.h"

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace loopscope {

/// Finds ids for the operations of an asynchronous lane, from which openChromeJson() places them in the same rows: what is nested shares
/// the id of what it is in, and what only overlaps has one of its own. Memory grows with the rows.
class AsyncIds {
public:
    /// `first` is the site of what the lane is called after, `nextId` the id that the next operation may have.
    AsyncIds(SiteId first, std::uint64_t &nextId)
        : first_(first)
        , nextId_(nextId)
    {
    }

    /// The id of the next slice in order of time.
    [[nodiscard]] std::uint64_t idOf(const Span &slice, std::uint32_t row, bool isOpen);
    /// The id of an instant: of the operation that it is in, or one of its own.
    [[nodiscard]] std::uint64_t idOfInstant(Nanoseconds at, SiteId site);

private:
    struct Row {
        Nanoseconds freeFrom = 0;
        SiteId site = 0;
        std::optional<std::uint64_t> id; ///< of what was last in it
    };

    [[nodiscard]] std::uint32_t firstFree(std::uint32_t from, Nanoseconds at) const;
    /// The id of what a slice that lasts until `end` can be nested in.
    [[nodiscard]] std::optional<std::uint64_t> enclosing(const Span &slice, std::uint32_t row, Nanoseconds end) const;
    void leave(Row &row, std::uint32_t number);

    SiteId first_;
    std::uint64_t &nextId_;
    std::vector<Row> rows_;
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> openRows_; // of each id, in the order in which they were entered
};

} // namespace loopscope
