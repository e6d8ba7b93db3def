#include "core/analysis/critical_path.h"

#include "core/analysis/waker.h"

#include <algorithm>

namespace loopscope {

namespace {

// Tasks that wake each other at one instant and take no time for it: more than a few in a row are none that a run makes.
constexpr std::size_t mostJumps = 32;

/// Goes from the end of a run to its beginning. Each step adds a piece, or goes over to another task at the same instant.
class WayBack {
public:
    WayBack(const Trace &trace, const LoopHolds &holds, TimeRange run)
        : trace_(trace)
        , holds_(holds)
        , at_(run.end)
    {
    }

    std::vector<PathPiece> from(LaneId task)
    {
        pieces_.reserve(2 * trace_.tasks().size()); // as many as a run of small files has; a vector that grows uses twice the memory
        task_ = task;
        while (at_ > 0)
            step();
        std::ranges::reverse(pieces_);
        return std::move(pieces_);
    }

private:
    void step();
    void stepFromReady(std::size_t index, const Span &span);
    void stepFromQueued(std::size_t index, const Span &span);
    void stepWithoutSpan(std::size_t next);
    bool goToMaker();
    [[nodiscard]] bool isLoopAtWork(TimeRange range) const;
    bool goToCause(std::size_t index, const Span &span);
    /// Goes over to another task, if it can.
    bool goTo(LaneId task, PathLink link);
    /// Requires canGoTo(task, at_).
    void go(LaneId task, PathLink link);

    /// Adds what the task did since `begin`.
    void take(Nanoseconds begin, std::optional<State> state, PathLink link = PathLink::Continued);
    /// The span in which a lane is just before `at`; nothing if it is in none.
    [[nodiscard]] std::optional<std::size_t> spanBefore(LaneId lane, Nanoseconds at) const;
    [[nodiscard]] bool canGoTo(LaneId task, Nanoseconds at) const;
    /// When a task ended whose last deed was to wake this one, at `at`, a moment later: within what this one did until then. Nothing if it
    /// had not ended.
    [[nodiscard]] std::optional<Nanoseconds> endBefore(LaneId task, Nanoseconds at) const;

    const Trace &trace_;
    const LoopHolds &holds_;
    LaneId task_ = noLane;
    Nanoseconds at_;
    std::vector<PathPiece> pieces_; // the last one first
    std::vector<LaneId> left_;      // the tasks that were left at this instant
};

void WayBack::take(Nanoseconds begin, std::optional<State> state, PathLink link)
{
    begin = std::max<Nanoseconds>(0, begin);
    if (begin >= at_)
        return;
    pieces_.push_back({task_, {begin, at_}, state, begin == 0 ? PathLink::Begin : link});
    at_ = begin;
    left_.clear();
}

std::optional<std::size_t> WayBack::spanBefore(LaneId lane, Nanoseconds at) const
{
    const std::size_t index = trace_.firstSpanEndingAfter(lane, at - 1);
    return index < trace_.spanCount(lane) && trace_.span(lane, index).begin < at ? std::optional(index) : std::nullopt;
}

bool WayBack::canGoTo(LaneId task, Nanoseconds at) const
{
    return task != task_ && trace_.hasLane(task) && trace_.lane(task).kind == LaneKind::Task
           && (spanBefore(task, at) || endBefore(task, at)) && left_.size() < mostJumps && std::ranges::find(left_, task) == left_.end();
}

std::optional<Nanoseconds> WayBack::endBefore(LaneId task, Nanoseconds at) const
{
    const std::optional<Nanoseconds> end = trace_.lane(task).end();
    if (!end || *end >= at)
        return std::nullopt;
    const std::optional<std::size_t> meanwhile = spanBefore(task_, at);
    const bool isWithin = meanwhile && trace_.span(task_, *meanwhile).begin < *end;
    return isWithin && spanBefore(task, *end) ? end : std::nullopt;
}

bool WayBack::goTo(LaneId task, PathLink link)
{
    if (!canGoTo(task, at_))
        return false;
    go(task, link);
    return true;
}

void WayBack::go(LaneId task, PathLink link)
{
    if (const auto end = endBefore(task, at_))
        take(*end, trace_.span(task_, *spanBefore(task_, at_)).state);
    if (!pieces_.empty())
        pieces_.back().link = link;
    left_.push_back(task_);
    task_ = task;
}

void WayBack::step()
{
    const std::optional<std::size_t> index = spanBefore(task_, at_);
    if (!index)
        return stepWithoutSpan(trace_.firstSpanEndingAfter(task_, at_ - 1));
    const Span span = trace_.span(task_, *index);
    switch (span.state) {
    case State::Ready:
        return stepFromReady(*index, span);
    case State::Queued:
        return stepFromQueued(*index, span);
    case State::Awaiting:
        // A task that was awaited and resumed at once has no ready span that could tell of the waker.
        if (span.end == at_ && goTo(wakerOf(trace_, {task_, *index}), PathLink::Woken))
            return;
        [[fallthrough]];
    case State::Running:
    case State::InWorker:
    case State::Blocking:
    case State::Slice:
        return take(span.begin, span.state);
    }
}

void WayBack::stepFromReady(std::size_t index, const Span &span)
{
    const LoopHold *hold = holds_.lastEndingBy(at_);
    if (hold != nullptr && hold->range.end > span.begin && canGoTo(hold->task, hold->range.end)) {
        const LaneId holder = hold->task;
        take(hold->range.end, State::Ready);
        go(holder, PathLink::LoopFreed);
        return;
    }
    take(span.begin, State::Ready);
    if (at_ > 0)
        goToCause(index, span);
}

bool WayBack::goToCause(std::size_t index, const Span &span)
{
    const bool isNew = index == 0;
    return (isNew && goTo(trace_.lane(task_).task.parent, PathLink::Spawned)) || goTo(span.peer, PathLink::Woken);
}

void WayBack::stepFromQueued(std::size_t index, const Span &span)
{
    const std::optional<Span> job =
        span.end == at_ && index + 1 < trace_.spanCount(task_) ? std::optional(trace_.span(task_, index + 1)) : std::nullopt;
    const bool hasWorker =
        job && job->state == State::InWorker && trace_.hasLane(job->peer) && trace_.lane(job->peer).kind == LaneKind::Worker;
    if (!hasWorker)
        return take(span.begin, State::Queued);
    const std::size_t next = trace_.firstSpanEndingAfter(job->peer, at_);
    if (next > 0) {
        const Span before = trace_.span(job->peer, next - 1);
        if (before.end > span.begin && canGoTo(before.peer, before.end)) {
            take(before.end, State::Queued);
            go(before.peer, PathLink::WorkerFreed);
            return;
        }
    }
    take(span.begin, State::Queued);
}

void WayBack::stepWithoutSpan(std::size_t next)
{
    const Lane &lane = trace_.lane(task_);
    if (next > 0)
        return take(trace_.span(task_, next - 1).end, std::nullopt);
    if (lane.begin < at_)
        return take(lane.begin, std::nullopt);
    if (!goTo(lane.task.parent, PathLink::Spawned) && !goToMaker())
        take(0, std::nullopt);
}

// What no task made, the loop did, at work without a pause since some task had held it: as files are made when others have been read.
bool WayBack::goToMaker()
{
    const LoopHold *hold = holds_.lastEndingBy(at_);
    if (hold == nullptr || !isLoopAtWork({hold->range.end, at_}) || !canGoTo(hold->task, hold->range.end))
        return false;
    const LaneId holder = hold->task;
    take(hold->range.end, std::nullopt);
    go(holder, PathLink::LoopFreed);
    return true;
}

// Looks at no more than what the way back passes.
bool WayBack::isLoopAtWork(TimeRange range) const
{
    Nanoseconds since = range.end;
    for (std::size_t i = trace_.firstSpanEndingAfter(loopLaneId, range.end - 1); since > range.begin; --i) {
        if (i == trace_.spanCount(loopLaneId) || trace_.span(loopLaneId, i).end < since)
            return false;
        since = trace_.span(loopLaneId, i).begin;
        if (i == 0)
            break;
    }
    return since <= range.begin;
}

/// The task that ended last, or has not ended.
LaneId lastTask(const Trace &trace, Nanoseconds end)
{
    LaneId last = noLane;
    Nanoseconds lastEnd = INT64_MIN;
    for (const LaneId task : trace.tasks()) {
        const Nanoseconds taskEnd = std::min(end, trace.lane(task).end().value_or(end));
        if (taskEnd > lastEnd) {
            last = task;
            lastEnd = taskEnd;
        }
    }
    return last;
}

} // namespace

std::vector<PathPiece> criticalPath(const Trace &trace, const LoopHolds &holds)
{
    const TimeRange run{0, trace.info().finished ? trace.info().wall : trace.now()};
    const LaneId last = trace.hasLoop() && !run.isEmpty() ? lastTask(trace, run.end) : noLane;
    if (last == noLane)
        return {};
    return WayBack(trace, holds, run).from(last);
}

StateTimes timesAlong(const std::vector<PathPiece> &path)
{
    StateTimes times;
    for (const PathPiece &piece : path) {
        if (piece.state)
            times.add(*piece.state, piece.range.length());
    }
    return times;
}

} // namespace loopscope
