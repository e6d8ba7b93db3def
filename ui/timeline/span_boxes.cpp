#include "ui/timeline/span_boxes.h"

#include <algorithm>
#include <array>
#include <optional>

namespace loopscope {

namespace {

// From here on a summary is asked for instead of visiting each span.
constexpr std::size_t fewSpans = 8;

// The time of each name among the slices of a column that were visited.
class NameTally {
public:
    void clear()
    {
        used_ = 0;
        unnamed_ = 0;
    }

    void add(NameId name, Nanoseconds time)
    {
        const auto known = std::find_if(names_.begin(), end(), [name](const NamedTime &named) { return named.name == name; });
        if (known != end())
            known->time += time;
        else if (used_ < names_.size())
            names_[used_++] = {name, time};
        else
            unnamed_ += time;
    }
    void addUnnamed(Nanoseconds time) { unnamed_ += time; }

    // The one with most of `all`, the time of all slices; 0 if that is not certain.
    [[nodiscard]] NameId most(Nanoseconds all)
    {
        if (used_ == 0)
            return 0;
        const auto most = std::max_element(names_.begin(), end(), [](const NamedTime &a, const NamedTime &b) { return a.time < b.time; });
        return unnamed_ == 0 || most->time > all / 2 ? most->name : 0;
    }

private:
    struct NamedTime {
        NameId name = 0;
        Nanoseconds time = 0;
    };
    using Names = std::array<NamedTime, fewSpans + 1>;

    [[nodiscard]] Names::iterator end() { return names_.begin() + static_cast<std::ptrdiff_t>(used_); }

    Names names_{};
    std::size_t used_ = 0;
    Nanoseconds unnamed_ = 0;
};

// The spans at home in one column.
struct ColumnRun {
    int column = 0;
    std::size_t first = 0;
    std::size_t count = 0;
    Nanoseconds begin = 0; // of the first
    Nanoseconds end = 0;   // of the last
    StateTimes times;      // once there are several
    State firstState = State::Running;
};

State stateOf(const ColumnRun &run)
{
    if (run.count == 1)
        return run.firstState;
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
        , life_{trace.lane(lane).begin, trace.lane(lane).end().value_or(trace.now())}
        , ahead_(spans_)
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
            // The first column that it can cover is this one or the next.
            column_ = edges_.columnAt(span.begin, column_);
            const int firstWhole = edges_[column_] >= span.begin ? column_ : column_ + 1;
            const bool coversAColumn = firstWhole < columns_ && edges_[firstWhole + 1] <= span.end;
            i = coversAColumn ? addLong(i, span) : addShort(i, span);
        }
        finishRun(INT64_MAX);
        leftWithHole(columns_, INT64_MAX);
        return std::move(result_);
    }

private:
    [[nodiscard]] Span at(std::size_t i)
    {
        if (i >= closed_)
            return trace_.span(lane_, i);
        if (!stretch_.has(i))
            stretch_ = spans_.stretchAt(i);
        return stretch_[i];
    }
    [[nodiscard]] int inside(int column) const { return std::clamp(column, 0, columns_); }

    std::size_t addLong(std::size_t i, const Span &span)
    {
        finishRun(span.begin);
        int left = inside(edges_.nearestTo(span.begin));
        if (!result_.boxes.empty())
            left = std::max(left, result_.boxes.back().right);
        left = leftWithHole(left, span.begin);
        boxEnd_ = span.end;
        result_.boxes.push_back({left, inside(edges_.nearestTo(span.end)), span.state, i, 1, nameOf(span)});
        lastIsRun_ = false;
        return i + 1;
    }

    // Adds span i and all after it that end in its column; gives the index of the next one.
    std::size_t addShort(std::size_t i, const Span &span)
    {
        const Nanoseconds middle = span.begin + span.length() / 2;
        const int home = column_ + 1 < columns_ && edges_[column_ + 1] <= middle ? column_ + 1 : column_;
        if (run_ && run_->column != home)
            finishRun(span.begin);
        if (!run_)
            beginRun(home, i, span);
        addToRun(span, span.range().intersected(range_).length());
        if (sumsUntil_ == i) {
            sums_.add(span.state, span.length());
            ++sumsUntil_;
        }
        const std::size_t next = span.end < edges_[home + 1] ? addFollowing(i + 1, edges_[home + 1]) : i + 1;
        run_->count += next - i;
        return next;
    }

    // Adds the spans from `first` on that end until `end`: one by one while they are few, and then by their summaries. Where the column
    // before had many, this one will, too; yet slices are visited for their names.
    std::size_t addFollowing(std::size_t first, Nanoseconds end)
    {
        std::size_t next = first;
        const bool visits = !isCrowded_ || run_->firstState == State::Slice;
        for (; visits && next < closed_ && next - first < fewSpans; ++next) {
            ++result_.queries;
            const Span span = at(next);
            if (span.end > end)
                return next;
            addToRun(span, span.length());
        }
        if (next < closed_)
            next = addBySummaries(next, end);
        isCrowded_ = next - first >= fewSpans;
        if (next == closed_ && next < count_ && at(next).end <= end) {
            const Span open = at(next);
            addToRun(open, open.length());
            ++next;
        }
        return next;
    }

    std::size_t addBySummaries(std::size_t first, Nanoseconds end)
    {
        result_.queries += 2;
        readAhead();
        const std::size_t last = spans_.firstEndingAfter(end, first);
        if (last == first)
            return first;
        // What is summed up until the last span of a column serves for the next one.
        const StateTimes before = sumsUntil_ == first ? sums_ : spans_.timesBefore(first);
        sums_ = spans_.timesBefore(last);
        sumsUntil_ = last;
        StateTimes times = sums_;
        times -= before;
        run_->times += times;
        run_->end = at(last - 1).end;
        names_.addUnnamed(times[State::Slice]);
        return last;
    }

    // Where a column has many spans, those of the next ones are far away in memory.
    void readAhead()
    {
        constexpr int columnsAhead = 16;
        readUntil_ = std::max(readUntil_, column_ + 2);
        for (; readUntil_ <= std::min(columns_, column_ + columnsAhead); ++readUntil_)
            ahead_.prepare(edges_[readUntil_]);
    }

    [[nodiscard]] NameId nameOf(const Span &span) const { return span.state == State::Slice ? trace_.site(span.site).reason : 0; }

    void beginRun(int column, std::size_t first, const Span &span)
    {
        run_ = ColumnRun{column, first, 0, span.begin, span.end, {}, span.state};
        names_.clear();
    }

    void addToRun(const Span &span, Nanoseconds time)
    {
        run_->times.add(span.state, time);
        run_->end = span.end;
        if (span.state == State::Slice)
            names_.add(nameOf(span), time);
    }

    // Whether the column of `run` is idle for most of its time, if the next span begins at `next`.
    [[nodiscard]] bool isSparse(const ColumnRun &run, Nanoseconds next) const
    {
        const TimeRange column = TimeRange{edges_[run.column], edges_[run.column + 1]}.intersected(life_);
        const Nanoseconds before = result_.boxes.empty() ? 0 : column.intersected({column.begin, boxEnd_}).length();
        const Nanoseconds after = column.intersected({next, column.end}).length();
        return before + run.times.total() + after < (column.length() + 1) / 2;
    }

    // The next span begins at `next`.
    void finishRun(Nanoseconds next)
    {
        if (!run_)
            return;
        const ColumnRun run = *run_;
        run_.reset();
        const State state = stateOf(run);
        const bool isSparse = state != State::Blocking && this->isSparse(run, next);
        const NameId name = state == State::Slice ? names_.most(run.times[State::Slice]) : 0;
        std::vector<SpanBox> &boxes = result_.boxes;
        if (!boxes.empty() && !lastIsRun_)
            boxes.back().right = std::min(boxes.back().right, run.column);
        const int left = leftWithHole(run.column, run.begin);
        boxEnd_ = run.end;
        if (!boxes.empty() && lastIsRun_ && boxes.back().right == left && boxes.back().state == state && boxes.back().name == name
            && boxes.back().isSparse == isSparse) {
            boxes.back().right = run.column + 1;
            boxes.back().count += run.count;
            return;
        }
        boxes.push_back({left, run.column + 1, state, run.first, run.count, name, isSparse});
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
    SpanStore::Stretch stretch_; // in which the last span was
    std::size_t closed_;
    std::size_t count_; // with the open one
    TimeRange life_;    // of the lane, until now
    SpanStore::ReadAhead ahead_;
    int readUntil_ = 0; // the edges that it was told of
    std::optional<ColumnRun> run_;
    NameTally names_;        // of its slices
    int column_ = 0;         // in which the last span begins
    bool isCrowded_ = false; // the last column was
    StateTimes sums_;        // of all spans of the lane before this one:
    std::size_t sumsUntil_ = SIZE_MAX;
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
