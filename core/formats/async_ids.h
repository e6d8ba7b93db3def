#pragma once

#include "core/trace/trace.h"

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <queue>
#include <unordered_map>
#include <vector>

namespace loopscope {

/// Finds ids for the operations of an asynchronous lane, from which openChromeJson() places them in the same rows: what is nested shares
/// the id of what it is in, and what only overlaps has one of its own. Memory grows with the rows, and time with the slices and the
/// logarithm of the rows, but where operations end in the middle of what they are in.
class AsyncIds {
public:
    /// `first` is the site of what the lane is called after, `rows` are as many as the lane has with its own, `nextId` is the id that the
    /// next operation may have.
    AsyncIds(SiteId first, std::uint32_t rows, std::uint64_t &nextId);

    /// The id of the next slice in order of time, in one of the rows.
    [[nodiscard]] std::uint64_t idOf(const Span &slice, std::uint32_t row, bool isOpen);
    /// The id of an instant: of the operation that it is in, or one of its own. Not before the slices that were asked for.
    [[nodiscard]] std::uint64_t idOfInstant(Nanoseconds at, SiteId site);

private:
    static constexpr Nanoseconds never = std::numeric_limits<Nanoseconds>::min();

    struct Row {
        Nanoseconds freeFrom = never;
        SiteId site = 0;
        std::optional<std::uint64_t> id; ///< of what is in it
    };
    /// What is known of some rows together.
    struct Node {
        Nanoseconds firstFreeFrom = never;
        Nanoseconds lastFreeFrom = never;
        Nanoseconds lastInnermost = never; ///< when the last one ends of what has nothing nested in it
    };
    struct End {
        Nanoseconds at = 0;
        std::uint32_t row = 0;

        friend bool operator>(const End &a, const End &b) { return a.at > b.at; }
    };

    /// The last row before `row` of which `holds` is true, which must be so of a node if it is of one below it.
    template <typename Holds>
    [[nodiscard]] std::optional<std::uint32_t> lastBefore(std::uint32_t row, Holds holds) const;
    /// The id of what a slice that lasts until `end` can be nested in, of the rows from `from` to before `row`.
    [[nodiscard]] std::optional<std::uint64_t> enclosing(SiteId site, std::uint32_t from, std::uint32_t row, Nanoseconds end) const;
    [[nodiscard]] bool isInnermost(std::uint32_t row) const;
    void enter(std::uint32_t row, const Row &content);
    void leaveEnded(Nanoseconds at);
    void leave(std::uint32_t row);
    void sumUp(std::uint32_t row);

    SiteId first_;
    std::uint64_t &nextId_;
    std::vector<Row> rows_;
    std::uint32_t leaves_;
    std::vector<Node> nodes_;                                                // a heap: the root is 1, the leaves are the rows
    std::priority_queue<End, std::vector<End>, std::greater<>> ends_;        // of what is in the rows
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> openRows_; // of each id, in the order in which they were entered
};

} // namespace loopscope
