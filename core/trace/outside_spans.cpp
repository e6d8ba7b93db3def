#include "core/trace/outside_spans.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace loopscope {

namespace {

constexpr std::size_t visitsALook = 1 << 14; // a millisecond or so, between two looks at whether it is to stop

/// The closed and open spans of a lane, asked for instants that rise: most often for the next one.
class RisingSpans {
public:
    RisingSpans(const Trace &trace, LaneId lane)
        : trace_(trace)
        , lane_(lane)
        , count_(trace.spanCount(lane))
    {
        read(0);
    }

    /// Of the first span that ends after an instant; beyond all times if there is none.
    [[nodiscard]] TimeRange endingAfter(Nanoseconds at)
    {
        constexpr int fewSteps = 4;
        for (int step = 0; range_.end <= at && step < fewSteps; ++step)
            read(place_ + 1);
        if (range_.end <= at)
            read(trace_.firstSpanEndingAfter(lane_, at, place_));
        return range_;
    }

private:
    void read(std::size_t place)
    {
        constexpr Nanoseconds beyond = std::numeric_limits<Nanoseconds>::max();
        place_ = place;
        range_ = place < count_ ? trace_.span(lane_, place).range() : TimeRange{beyond, beyond};
    }

    const Trace &trace_;
    LaneId lane_;
    std::size_t count_;
    std::size_t place_ = 0;
    TimeRange range_;
};

/// The slices of a row of a thread that do not lie within one of the thread's own, one after the other.
class OutsideRow {
public:
    OutsideRow(const Trace &trace, LaneId thread, LaneId row)
        : trace_(trace)
        , own_(trace, thread)
        , row_(row)
        , count_(trace.spanCount(row))
    {
    }

    /// Goes to the next one; false if there is none, or it was stopped.
    [[nodiscard]] bool advance(const std::stop_token &stop)
    {
        const SpanStore &closed = trace_.lane(row_).spans;
        while (next_ < count_) {
            if (next_ % visitsALook == 0 && stop.stop_requested())
                return false;
            if (!stretch_.has(next_) && next_ < closed.size())
                stretch_ = closed.stretchAt(next_);
            const Span span = next_ < closed.size() ? stretch_[next_] : trace_.span(row_, next_);
            ++next_;
            if (isOutside(span)) {
                span_ = span;
                return true;
            }
        }
        return false;
    }
    [[nodiscard]] const Span &span() const { return span_; }

private:
    // Nearly all of them lie within one of the thread's own.
    [[nodiscard]] bool isOutside(const Span &span)
    {
        const TimeRange around = own_.endingAfter(span.begin);
        const bool isWithin = around.begin <= span.begin && span.end <= around.end;
        return !isWithin && span.begin < std::min(span.end, latestTime);
    }

    const Trace &trace_;
    RisingSpans own_;
    LaneId row_;
    std::size_t count_;
    std::size_t next_ = 0;
    SpanStore::Stretch stretch_;
    Span span_;
};

/// Merges what the rows of a thread cover and its own lane does not.
class OutsideSpans {
public:
    OutsideSpans(const Trace &trace, LaneId thread, const std::stop_token &stop, std::size_t mostBytes)
        : stop_(stop)
        , mostBytes_(mostBytes)
        , own_(trace, thread)
    {
        const LaneId end = trace.endOfRows(thread);
        rows_.reserve(end - thread - 1);
        for (LaneId row = thread + 1; row != end; ++row)
            rows_.emplace_back(trace, thread, row);
    }

    /// Nothing if it was stopped, or takes too much memory.
    [[nodiscard]] std::optional<SpanStore> merged()
    {
        for (std::size_t row = 0; row < rows_.size(); ++row)
            pushNextOf(row);
        while (!heads_.empty() && mayGoOn()) {
            std::ranges::pop_heap(heads_, IsLater());
            const std::size_t row = heads_.back().row;
            heads_.pop_back();
            append(rows_[row].span());
            pushNextOf(row);
        }
        if (stop_.stop_requested() || bytes_ > mostBytes_)
            return std::nullopt;
        return std::move(store_);
    }

private:
    struct Head {
        Nanoseconds begin = 0;
        Nanoseconds end = 0;
        std::size_t row = 0;
    };
    struct IsLater {
        bool operator()(const Head &a, const Head &b) const { return a.begin != b.begin ? a.begin > b.begin : a.end < b.end; }
    };

    [[nodiscard]] bool mayGoOn() { return bytes_ <= mostBytes_ && (++steps_ % visitsALook != 0 || !stop_.stop_requested()); }

    void pushNextOf(std::size_t row)
    {
        if (!rows_[row].advance(stop_))
            return;
        heads_.push_back({rows_[row].span().begin, rows_[row].span().end, row});
        std::ranges::push_heap(heads_, IsLater());
    }

    void append(const Span &span)
    {
        const Nanoseconds end = std::min(span.end, latestTime);
        for (Nanoseconds at = std::max(covered_, span.begin); at < end && mayGoOn();) {
            const TimeRange next = own_.endingAfter(at);
            if (at < next.begin)
                bytes_ += store_.append({at, std::min(next.begin, end), span.state});
            at = next.begin < end ? next.end : end;
        }
        covered_ = std::max(covered_, end);
    }

    const std::stop_token &stop_;
    const std::size_t mostBytes_;
    RisingSpans own_;
    std::vector<OutsideRow> rows_;
    std::vector<Head> heads_; // a heap: of each row what comes next
    SpanStore store_;
    std::size_t bytes_ = 0; // that the store takes
    std::size_t steps_ = 0;
    Nanoseconds covered_ = 0; // up to here
};

} // namespace

std::optional<SpanStore> spansOutside(const Trace &trace, LaneId thread, const std::stop_token &stop, std::size_t mostBytes)
{
    return OutsideSpans(trace, thread, stop, mostBytes).merged();
}

} // namespace loopscope
