#pragma once

#include "core/trace/trace.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace loopscope {

/// What a thread of a trace of others is in: piece by piece in order of time, of all its rows, the span in the deepest one. Where there is
/// none there is no piece. A slice is in several pieces if others are nested in it.
///
/// Costs the spans, and the logarithm of the rows. For a trace that does not grow meanwhile.
class InnermostSpans {
public:
    struct Piece {
        TimeRange range; ///< not empty
        State state = State::Slice;
        SiteId site = 0;
    };

    /// Before the first piece of a thread: of the lane and its rows.
    InnermostSpans(const Trace &trace, LaneId thread);

    /// The next piece, or nothing at the end. Always with the same trace.
    [[nodiscard]] std::optional<Piece> next(const Trace &trace);

private:
    struct Row {
        Span span;            // the one that is open, or comes next
        std::size_t next = 0; // after that
        bool isOpen = false;
    };
    struct Edge {
        Nanoseconds at = 0;
        std::uint32_t row = 0;
    };

    [[nodiscard]] bool readNext(const Trace &trace, std::uint32_t row);
    void open(std::uint32_t row);
    void close(std::uint32_t row);
    void pass(const Trace &trace);

    LaneId thread_;
    std::vector<Row> rows_;
    std::vector<Edge> edges_;             // a heap, the earliest first: where the span of each row begins, or, if it is open, ends
    std::vector<std::uint64_t> openRows_; // a bit each
    std::optional<std::uint32_t> deepest_;
    Nanoseconds at_ = 0;
};

} // namespace loopscope
