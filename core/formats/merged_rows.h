#pragma once

#include "core/trace/trace.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace loopscope {

/// The slices of a thread and its rows, as one list in order of their beginnings; of those that begin together the outer ones first.
/// Memory grows with the rows alone.
class MergedRows {
public:
    /// `head` is the thread's lane. The trace must outlive it, and not change.
    MergedRows(const Trace &trace, LaneId head);

    struct Slice {
        Span span;
        std::uint32_t row = 0;
        bool isOpen = false; ///< it has no end
    };
    /// The next one; nothing at the end.
    std::optional<Slice> next();
    [[nodiscard]] std::uint32_t rowCount() const { return static_cast<std::uint32_t>(rows_); }

private:
    struct Head {
        Nanoseconds begin = 0;
        std::uint32_t row = 0;
        std::size_t index = 0;
    };
    struct IsLater {
        bool operator()(const Head &a, const Head &b) const { return a.begin != b.begin ? a.begin > b.begin : a.row > b.row; }
    };

    void push(std::uint32_t row, std::size_t index);

    const Trace &trace_;
    LaneId head_;
    std::size_t rows_;
    std::vector<Head> heads_; // a heap: of each row what comes next
};

} // namespace loopscope
