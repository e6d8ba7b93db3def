#include "core/trace/outside_spans.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace loopscope {

namespace {

bool beginsSooner(const Span &a, const Span &b)
{
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
}

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

/// Takes apart what the rows of a thread cover and its own lane does not.
class OutsideSpans {
public:
    OutsideSpans(const Trace &trace, LaneId thread)
        : trace_(trace)
        , thread_(thread)
    {
        const LaneId end = trace.endOfRows(thread);
        for (LaneId row = thread + 1; row != end; ++row)
            collect(row);
        std::ranges::sort(found_, beginsSooner);
    }

    /// In order of time, without overlap.
    [[nodiscard]] SpanStore store() const
    {
        SpanStore store;
        RisingSpans own(trace_, thread_);
        Nanoseconds covered = 0; // up to here
        for (const Span &span : found_) {
            const Nanoseconds end = std::min(span.end, latestTime);
            for (Nanoseconds at = std::max(covered, span.begin); at < end;) {
                const TimeRange next = own.endingAfter(at);
                if (at < next.begin)
                    store.append({at, std::min(next.begin, end), span.state});
                at = next.begin < end ? next.end : end;
            }
            covered = std::max(covered, end);
        }
        return store;
    }

private:
    void collect(LaneId row)
    {
        RisingSpans own(trace_, thread_);
        const SpanStore &spans = trace_.lane(row).spans;
        SpanStore::Stretch stretch;
        for (std::size_t i = 0; i < spans.size(); ++i) {
            if (!stretch.has(i))
                stretch = spans.stretchAt(i);
            collect(stretch[i], own);
        }
        if (trace_.lane(row).isOpen())
            collect(trace_.span(row, spans.size()), own);
    }

    // Nearly all of them lie within one of the thread's own.
    void collect(const Span &span, RisingSpans &own)
    {
        const TimeRange around = own.endingAfter(span.begin);
        const bool isWithin = around.begin <= span.begin && span.end <= around.end;
        if (!isWithin && span.begin < std::min(span.end, latestTime))
            found_.push_back(span);
    }

    const Trace &trace_;
    LaneId thread_;
    std::vector<Span> found_;
};

} // namespace

SpanStore spansOutside(const Trace &trace, LaneId thread)
{
    return OutsideSpans(trace, thread).store();
}

} // namespace loopscope
