#include "ui/timeline/span_boxes.h"

#include <algorithm>
#include <array>
#include <optional>

namespace loopscope {

namespace {

// From here on a summary is asked for instead of visiting each span.
constexpr std::size_t fewSpans = 8;

struct NamedTime {
    NameId name = 0;
    Nanoseconds time = 0;
};

// The spans at home in one column.
struct ColumnRun {
    int column = 0;
    std::size_t first = 0;
    std::size_t count = 0;
    Nanoseconds begin = 0; // of the first
    StateTimes times;
    State firstState = State::Running;
    std::array<NamedTime, fewSpans + 1> names{}; // of the slices that were visited
    std::size_t namesUsed = 0;
    Nanoseconds unnamed = 0; // time of slices that were not
};

void addName(ColumnRun &run, NameId name, Nanoseconds time)
{
    const auto end = run.names.begin() + static_cast<std::ptrdiff_t>(run.namesUsed);
    const auto known = std::find_if(run.names.begin(), end, [name](const NamedTime &named) { return named.name == name; });
    if (known != end)
        known->time += time;
    else if (run.namesUsed < run.names.size())
        run.names[run.namesUsed++] = {name, time};
    else
        run.unnamed += time;
}

NameId mostOf(const ColumnRun &run, State state)
{
    if (state != State::Slice || run.namesUsed == 0)
        return 0;
    const auto end = run.names.begin() + static_cast<std::ptrdiff_t>(run.namesUsed);
    const auto most = std::ranges::max_element(run.names.begin(), end, {}, &NamedTime::time);
    return run.unnamed == 0 || most->time > run.times[State::Slice] / 2 ? most->name : 0;
}

State stateOf(const ColumnRun &run)
{
    if (run.times[State::Blocking] > 0)
        return State::Blocking;
    State longest = run.firstState; // all of no length: what can be said is what came first
    Nanoseconds most = 0;
    for (std::size_t i = 0; i < stateCount; ++i) {
        const auto state = static_cast<State>(i);
        if (run.times[state] > most) {
            most = run.times[state];
            longest = state;
        }
    }
    return longest;
}

class BoxBuilder {
public:
    BoxBuilder(const Trace &trace, LaneId lane, const ColumnEdges &edges)
        : trace_(trace)
        , edges_(edges)
        , range_(edges.scale().range)
        , columns_(edges.scale().columns)
        , lane_(lane)
        , spans_(trace.lane(lane).spans)
        , closed_(spans_.size())
        , count_(trace.spanCount(lane))
    {
    }

    LaneBoxes build()
    {
        ++result_.queries;
        std::size_t i = trace_.firstSpanEndingAfter(lane_, range_.begin);
        result_.boxes.reserve(std::min(count_ - i, static_cast<std::size_t>(columns_)));
        while (i < count_) {
            ++result_.queries;
            const Span span = at(i);
            if (span.begin >= range_.end)
                break;
            i = coversAColumn(span) ? addLong(i, span) : addShort(i, span);
        }
        finishRun();
        leftWithHole(columns_, INT64_MAX);
        return std::move(result_);
    }

private:
    [[nodiscard]] Span at(std::size_t i) const { return i < closed_ ? spans_[i] : trace_.span(lane_, i); }
    [[nodiscard]] int inside(int column) const { return std::clamp(column, 0, columns_); }

    [[nodiscard]] bool coversAColumn(const Span &span) const
    {
        int firstWhole = 0;
        if (span.begin > range_.begin) {
            const int column = edges_.columnAt(span.begin);
            firstWhole = edges_[column] == span.begin ? column : column + 1;
        }
        return firstWhole < (span.end >= range_.end ? columns_ : edges_.columnAt(span.end));
    }

    std::size_t addLong(std::size_t i, const Span &span)
    {
        finishRun();
        int left = inside(nearestEdge(edges_.scale(), span.begin));
        if (!result_.boxes.empty())
            left = std::max(left, result_.boxes.back().right);
        left = leftWithHole(left, span.begin);
        boxEnd_ = span.end;
        result_.boxes.push_back({left, inside(nearestEdge(edges_.scale(), span.end)), span.state, i, 1, nameOf(span)});
        lastIsRun_ = false;
        return i + 1;
    }

    // Adds span i and all after it that end in its column; gives the index of the next one.
    std::size_t addShort(std::size_t i, const Span &span)
    {
        const int home = edges_.columnAt(span.begin + span.length() / 2);
        if (run_ && run_->column != home)
            finishRun();
        if (!run_)
            beginRun(home, i, span);
        addToRun(span, span.range().intersected(range_).length());
        const std::size_t next = addFollowing(i + 1, edges_[home + 1]);
        run_->count += next - i;
        return next;
    }

    // Adds the spans from `first` on that end until `end`: one by one while they are few, and then by their summaries.
    std::size_t addFollowing(std::size_t first, Nanoseconds end)
    {
        std::size_t next = first;
        for (; next < count_ && next - first < fewSpans; ++next) {
            ++result_.queries;
            const Span span = at(next);
            if (span.end > end)
                return next;
            addToRun(span, span.length());
        }
        if (next == count_)
            return next;
        result_.queries += 2;
        const std::size_t last = trace_.firstSpanEndingAfter(lane_, end, next);
        const StateTimes times = trace_.timesOf(lane_, next, last);
        run_->times += times;
        run_->unnamed += times[State::Slice];
        return last;
    }

    [[nodiscard]] NameId nameOf(const Span &span) const { return span.state == State::Slice ? trace_.site(span.site).reason : 0; }

    void beginRun(int column, std::size_t first, const Span &span)
    {
        run_.emplace();
        run_->column = column;
        run_->first = first;
        run_->begin = span.begin;
        run_->firstState = span.state;
    }

    void addToRun(const Span &span, Nanoseconds time)
    {
        run_->times.add(span.state, time);
        if (span.state == State::Slice)
            addName(*run_, nameOf(span), time);
    }

    void finishRun()
    {
        if (!run_)
            return;
        const ColumnRun run = *run_;
        run_.reset();
        const State state = stateOf(run);
        const NameId name = mostOf(run, state);
        std::vector<SpanBox> &boxes = result_.boxes;
        if (!boxes.empty() && !lastIsRun_)
            boxes.back().right = std::min(boxes.back().right, run.column);
        const int left = leftWithHole(run.column, run.begin);
        boxEnd_ = at(run.first + run.count - 1).end;
        if (!boxes.empty() && lastIsRun_ && boxes.back().right == left && boxes.back().state == state && boxes.back().name == name) {
            boxes.back().right = run.column + 1;
            boxes.back().count += run.count;
            return;
        }
        boxes.push_back({left, run.column + 1, state, run.first, run.count, name});
        lastIsRun_ = true;
    }

    // The left edge of a box that begins with a span at `begin`, once the column before it, if it is no span's home, is given away.
    int leftWithHole(int left, Nanoseconds begin)
    {
        std::vector<SpanBox> &boxes = result_.boxes;
        const int hole = left - 1;
        if (hole < 0 || (boxes.empty() ? 0 : boxes.back().right) != hole)
            return left;
        const TimeRange column{edges_[hole], edges_[left]};
        const Nanoseconds before = boxes.empty() ? 0 : column.intersected({column.begin, boxEnd_}).length();
        const Nanoseconds after = column.intersected({begin, column.end}).length();
        if (column.isEmpty() || before + after < column.length() - before - after)
            return left;
        if (before < after)
            return hole;
        if (!boxes.empty())
            boxes.back().right = left;
        return left;
    }

    const Trace &trace_;
    const ColumnEdges &edges_;
    TimeRange range_;
    int columns_;
    LaneId lane_;
    const SpanStore &spans_;
    std::size_t closed_;
    std::size_t count_; // with the open one
    std::optional<ColumnRun> run_;
    Nanoseconds boxEnd_ = 0; // of the last span of the last box
    bool lastIsRun_ = false;
    LaneBoxes result_;
};

} // namespace

LaneBoxes spanBoxes(const Trace &trace, LaneId lane, const ColumnEdges &edges)
{
    return BoxBuilder(trace, lane, edges).build();
}

LaneBoxes spanBoxes(const Trace &trace, LaneId lane, const TimeScale &scale)
{
    return spanBoxes(trace, lane, ColumnEdges(scale));
}

std::size_t spanInBox(const Trace &trace, LaneId lane, const TimeScale &scale, const SpanBox &box, int column)
{
    const std::size_t there = trace.firstSpanEndingAfter(lane, timeOfColumn(scale, column));
    return std::clamp(there, box.first, box.first + box.count - 1);
}

} // namespace loopscope
