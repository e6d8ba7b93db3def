#include "ui/timeline/span_boxes.h"

#include <algorithm>
#include <optional>

namespace loopscope {

namespace {

// From here on a summary is asked for instead of visiting each span.
constexpr std::size_t fewSpans = 8;

// The spans at home in one column.
struct ColumnRun {
    int column = 0;
    std::size_t first = 0;
    std::size_t count = 0;
    StateTimes times;
    State firstState = State::Running;
};

State stateOf(const ColumnRun &run)
{
    if (run.times[State::Blocking] > 0)
        return State::Blocking;
    State longest = run.firstState; // all of no length: what can be said is what came first
    Nanoseconds most = 0;
    for (const State state : allStates) {
        if (run.times[state] > most) {
            most = run.times[state];
            longest = state;
        }
    }
    return longest;
}

class BoxBuilder {
public:
    BoxBuilder(const Trace &trace, LaneId lane, const TimeScale &scale)
        : trace_(trace)
        , scale_(scale)
        , lane_(lane)
        , count_(trace.spanCount(lane))
    {
    }

    LaneBoxes build()
    {
        ++result_.queries;
        std::size_t i = trace_.firstSpanEndingAfter(lane_, scale_.range.begin);
        while (i < count_) {
            ++result_.queries;
            const Span span = trace_.span(lane_, i);
            if (span.begin >= scale_.range.end)
                break;
            i = coversAColumn(span) ? addLong(i, span) : addShort(i, span);
        }
        finishRun();
        return std::move(result_);
    }

private:
    [[nodiscard]] int inside(int column) const { return std::clamp(column, 0, scale_.columns); }

    [[nodiscard]] bool coversAColumn(const Span &span) const
    {
        const int beginColumn = columnOfTime(scale_, span.begin);
        const bool isAtEdge = timeOfColumn(scale_, beginColumn) == span.begin;
        return inside(isAtEdge ? beginColumn : beginColumn + 1) < inside(columnOfTime(scale_, span.end));
    }

    std::size_t addLong(std::size_t i, const Span &span)
    {
        finishRun();
        int left = inside(nearestEdge(scale_, span.begin));
        if (!result_.boxes.empty())
            left = std::max(left, result_.boxes.back().right);
        result_.boxes.push_back({left, inside(nearestEdge(scale_, span.end)), span.state, i, 1});
        lastIsRun_ = false;
        return i + 1;
    }

    // Adds span i and all after it that end in its column; gives the index of the next one.
    std::size_t addShort(std::size_t i, const Span &span)
    {
        const int home = std::clamp(columnOfTime(scale_, span.begin + span.length() / 2), 0, scale_.columns - 1);
        if (run_ && run_->column != home)
            finishRun();
        if (!run_)
            run_ = ColumnRun{home, i, 0, {}, span.state};
        ++result_.queries;
        const std::size_t next = std::max(i + 1, trace_.firstSpanEndingAfter(lane_, timeOfColumn(scale_, home + 1)));
        run_->times += timesOf(i, next, span);
        run_->count += next - i;
        return next;
    }

    StateTimes timesOf(std::size_t from, std::size_t to, const Span &firstSpan)
    {
        StateTimes times;
        if (to - from > fewSpans) {
            result_.queries += 2;
            return trace_.timesIn(lane_, TimeRange{firstSpan.begin, trace_.span(lane_, to - 1).end}.intersected(scale_.range));
        }
        result_.queries += to - from - 1;
        for (std::size_t i = from; i < to; ++i) {
            const Span span = i == from ? firstSpan : trace_.span(lane_, i);
            times.add(span.state, span.range().intersected(scale_.range).length());
        }
        return times;
    }

    void finishRun()
    {
        if (!run_)
            return;
        const ColumnRun run = *run_;
        run_.reset();
        const State state = stateOf(run);
        std::vector<SpanBox> &boxes = result_.boxes;
        if (!boxes.empty() && !lastIsRun_)
            boxes.back().right = std::min(boxes.back().right, run.column);
        if (!boxes.empty() && lastIsRun_ && boxes.back().right == run.column && boxes.back().state == state) {
            boxes.back().right = run.column + 1;
            boxes.back().count += run.count;
            return;
        }
        boxes.push_back({run.column, run.column + 1, state, run.first, run.count});
        lastIsRun_ = true;
    }

    const Trace &trace_;
    const TimeScale &scale_;
    LaneId lane_;
    std::size_t count_;
    std::optional<ColumnRun> run_;
    bool lastIsRun_ = false;
    LaneBoxes result_;
};

} // namespace

LaneBoxes spanBoxes(const Trace &trace, LaneId lane, const TimeScale &scale)
{
    return BoxBuilder(trace, lane, scale).build();
}

std::size_t spanInBox(const Trace &trace, LaneId lane, const TimeScale &scale, const SpanBox &box, int column)
{
    const std::size_t there = trace.firstSpanEndingAfter(lane, timeOfColumn(scale, column));
    return std::clamp(there, box.first, box.first + box.count - 1);
}

} // namespace loopscope
