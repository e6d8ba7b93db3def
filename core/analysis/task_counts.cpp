#include "core/analysis/task_counts.h"

#include <algorithm>

namespace loopscope {

namespace {

NameId nameOf(const Trace &trace, std::string_view text)
{
    for (std::size_t name = 1; name < trace.nameCount(); ++name) {
        if (trace.name(static_cast<NameId>(name)) == text)
            return static_cast<NameId>(name);
    }
    return 0;
}

void add(std::uint32_t &count, bool isEntered)
{
    count = isEntered ? count + 1 : count - 1;
}

} // namespace

TaskCountWalk::TaskCountWalk(const Trace &trace)
    : trace_(trace)
    , slot_(nameOf(trace, slotReason))
{
    turns_.reserve(trace.tasks().size());
    for (const LaneId task : trace.tasks()) {
        if (trace.spanCount(task) > 0)
            turns_.push_back({trace.span(task, 0).begin, task, 0, false});
    }
    std::ranges::make_heap(turns_, IsLater());
}

std::optional<TaskCountWalk::Change> TaskCountWalk::next()
{
    const TaskCounts before = counts_;
    while (!turns_.empty()) {
        const Nanoseconds at = turns_.front().at;
        while (!turns_.empty() && turns_.front().at == at) {
            std::ranges::pop_heap(turns_, IsLater());
            const Turn turn = turns_.back();
            turns_.pop_back();
            take(turn);
        }
        if (counts_ != before)
            return Change{at, counts_};
    }
    return std::nullopt;
}

void TaskCountWalk::take(const Turn &turn)
{
    const Span span = trace_.span(turn.task, turn.span);
    count(turn, span, !turn.isEnd);
    const std::uint32_t following = turn.span + 1;
    const bool isFollowed = following < trace_.spanCount(turn.task);
    if (!turn.isEnd) {
        // What is open at the end of the recording does not end.
        const bool isOpen = !isFollowed && trace_.lane(turn.task).isOpen();
        if (!isOpen)
            push({span.end, turn.task, turn.span, true});
    } else if (isFollowed) {
        push({trace_.span(turn.task, following).begin, turn.task, following, false});
    }
}

void TaskCountWalk::push(const Turn &turn)
{
    turns_.push_back(turn);
    std::ranges::push_heap(turns_, IsLater());
}

void TaskCountWalk::count(const Turn &turn, const Span &span, bool isEntered)
{
    const bool hasNotBegun = turn.span == 0 && span.state == State::Ready;
    const bool waitsForSlot = slot_ != 0 && span.state == State::Awaiting && trace_.site(span.site).reason == slot_;
    if (span.state == State::Ready)
        add(counts_.ready, isEntered);
    if (span.state == State::Queued)
        add(counts_.queued, isEntered);
    if (!hasNotBegun && !waitsForSlot)
        add(counts_.inFlight, isEntered);
}

} // namespace loopscope
