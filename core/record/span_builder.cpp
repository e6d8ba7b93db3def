#include "core/record/span_builder.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

namespace loopscope {

namespace {

// How many harvests an event waits for its predecessor once events are known to have been dropped. A predecessor that was not dropped is
// published within microseconds and there at the next harvest; the others are for a thread that was preempted just then.
constexpr int harvestsOfPatience = 3;

std::string_view baseName(std::string_view path)
{
    return path.substr(path.find_last_of('/') + 1); // npos + 1 is 0
}

/// The batches' events in order of time; within a batch in their own order, whatever their times say.
class Merge {
public:
    explicit Merge(const std::vector<Recorder::Batch> &batches)
        : batches_(batches)
        , read_(batches.size(), 0)
    {
    }

    /// The next event, and the lane of the thread that recorded it; null at the end.
    std::pair<const Event *, LaneId> next()
    {
        std::size_t best = batches_.size();
        for (std::size_t i = 0; i < batches_.size(); ++i) {
            const bool isLeft = read_[i] < batches_[i].events.size();
            if (isLeft && (best == batches_.size() || head(i).time < head(best).time))
                best = i;
        }
        if (best == batches_.size())
            return {nullptr, noLane};
        const Event &event = head(best);
        ++read_[best];
        return {&event, batches_[best].lane};
    }

private:
    [[nodiscard]] const Event &head(std::size_t i) const { return batches_[i].events[read_[i]]; }

    const std::vector<Recorder::Batch> &batches_;
    std::vector<std::size_t> read_;
};

} // namespace

void SpanBuilder::take(Recorder::Harvest harvest)
{
    for (const RecordedSite &site : harvest.newSites)
        sites_.push_back(trace_.internSite(site.reason, baseName(site.file), site.function, site.line));
    // Creations first, for the events speak of these tasks; conclusions last, so that an outcome is never seen before the last span.
    for (TaskNews &news : harvest.news) {
        if (auto *created = std::get_if<TaskCreated>(&news))
            takeCreation(*created);
    }
    Merge merge(harvest.batches);
    for (auto [event, thread] = merge.next(); event != nullptr; std::tie(event, thread) = merge.next())
        takeEvent(*event, thread);
    for (TaskNews &news : harvest.news) {
        if (auto *concluded = std::get_if<TaskConcluded>(&news))
            conclusions_.push_back(std::move(*concluded));
    }
    takeConclusions();
    if (harvest.dropped != dropped_) {
        dropped_ = harvest.dropped;
        trace_.changeInfo([this](RunInfo &info) { info.droppedEvents = dropped_; });
    }
    giveUpOnLost();
}

void SpanBuilder::takeCreation(TaskCreated &created)
{
    const LaneId lane = trace_.addLane(LaneKind::Task, created.name, created.at);
    trace_.changeTask(lane, [&created](TaskFacts &facts) {
        facts.kind = std::move(created.kind);
        facts.parent = created.parent;
        facts.file = std::move(created.file);
    });
}

void SpanBuilder::takeConclusions()
{
    std::erase_if(conclusions_, [this](TaskConcluded &concluded) {
        const bool hasEnded = trace_.lane(concluded.lane).end.has_value();
        if (hasEnded)
            conclude(concluded);
        return hasEnded;
    });
}

void SpanBuilder::conclude(TaskConcluded &concluded)
{
    trace_.changeTask(concluded.lane, [&result = concluded.result](TaskFacts &facts) {
        facts.outcome = result.outcome;
        facts.error = std::move(result.error);
        facts.note = std::move(result.note);
        facts.result = std::move(result.result);
        if (result.file)
            facts.file = std::move(result.file);
    });
}

void SpanBuilder::takeEvent(const Event &event, LaneId thread)
{
    if (event.afterLoss && thread != noLane)
        trace_.loseOpenSpan(thread);
    switch (event.kind) {
    case EventKind::LoopBusy:
        trace_.enter(loopLaneId, event.time, State::Running, 0, noLane);
        return;
    case EventKind::LoopIdle:
        trace_.leave(loopLaneId, event.time);
        return;
    case EventKind::Progress:
    case EventKind::FileSize:
        takeProgress(event);
        return;
    case EventKind::Enter:
    case EventKind::Abandon:
    case EventKind::End:
        if (thread == loopLaneId)
            followLoop(event);
        followWorker(event);
        takeInOrder(event);
    }
}

void SpanBuilder::takeProgress(const Event &event)
{
    trace_.changeTask(event.lane, [&event](TaskFacts &facts) {
        if (!facts.file || facts.outcome != Outcome::Unfinished)
            return;
        if (event.kind == EventKind::Progress)
            facts.file->bytes = event.value();
        else
            facts.file->size = event.value();
    });
}

void SpanBuilder::followLoop(const Event &event)
{
    const auto &open = trace_.loop().open;
    if (event.kind == EventKind::Enter && event.state == State::Blocking)
        trace_.enter(loopLaneId, event.time, State::Blocking, siteOf(event.site), event.lane);
    else if (open && open->state == State::Blocking && open->peer == event.lane)
        trace_.enter(loopLaneId, event.time, State::Running, 0, noLane);
}

void SpanBuilder::followWorker(const Event &event)
{
    if (event.kind == EventKind::End || !trace_.hasLane(event.peer) || trace_.lane(event.peer).kind != LaneKind::Worker)
        return;
    const auto &open = trace_.lane(event.peer).open;
    if (event.state == State::InWorker)
        trace_.enter(event.peer, event.time, State::InWorker, siteOf(event.site), event.lane);
    else if (event.state == State::Ready && open && open->peer == event.lane)
        trace_.leave(event.peer, event.time);
}

void SpanBuilder::takeInOrder(const Event &event)
{
    if (event.lane >= orders_.size())
        orders_.resize(event.lane + 1);
    Order &order = orders_[event.lane];
    if (event.sequence != order.next) {
        if (!std::exchange(order.isStalled, true))
            stalled_.push_back(event.lane);
        order.waiting.emplace(event.sequence, event);
        return;
    }
    apply(event);
    ++order.next;
    applyWaiting(order);
}

void SpanBuilder::applyWaiting(Order &order)
{
    while (!order.waiting.empty() && order.waiting.begin()->first == order.next) {
        apply(order.waiting.begin()->second);
        order.waiting.erase(order.waiting.begin());
        ++order.next;
    }
}

void SpanBuilder::applyAfterGap(Order &order, LaneId task)
{
    while (!order.waiting.empty()) {
        trace_.loseOpenSpan(task);
        order.next = order.waiting.begin()->first;
        applyWaiting(order);
    }
}

void SpanBuilder::giveUpOnLost()
{
    std::erase_if(stalled_, [this](LaneId task) {
        Order &order = orders_[task];
        if (!order.waiting.empty() && ++order.patience >= harvestsOfPatience && dropped_ > 0)
            applyAfterGap(order, task);
        if (!order.waiting.empty())
            return false;
        order.patience = 0;
        order.isStalled = false;
        return true;
    });
}

void SpanBuilder::apply(const Event &event)
{
    if (event.kind == EventKind::End) {
        trace_.end(event.lane, event.time);
        return;
    }
    trace_.enter(event.lane, event.time, event.state, siteOf(event.site), event.peer);
    if (event.state == State::Ready && event.peer != noLane)
        trace_.addWake({trace_.lane(event.lane).open->begin, event.peer, event.lane});
}

void SpanBuilder::finish(Nanoseconds at, const std::string &note)
{
    for (const LaneId task : stalled_)
        applyAfterGap(orders_[task], task);
    stalled_.clear();
    for (TaskConcluded &concluded : conclusions_)
        conclude(concluded);
    conclusions_.clear();
    for (const LaneId task : trace_.tasks()) {
        if (!trace_.lane(task).end)
            endUnfinished(task, at, note);
    }
    trace_.leave(loopLaneId, at);
    for (const LaneId worker : trace_.workers())
        trace_.leave(worker, at);
}

void SpanBuilder::endUnfinished(LaneId task, Nanoseconds at, const std::string &note)
{
    if (trace_.lane(task).task.outcome != Outcome::Unfinished) {
        trace_.loseOpenSpan(task); // its end was told, so the event of it was dropped: since when is not known
        trace_.end(task, at);
        return;
    }
    if (!trace_.lane(task).open)
        trace_.loseOpenSpan(task); // it was told of, and its thread given up before the first event of it
    trace_.end(task, at);
    trace_.changeTask(task, [&note](TaskFacts &facts) {
        facts.outcome = Outcome::Cancelled;
        facts.note = note;
    });
}

SiteId SpanBuilder::siteOf(std::uint32_t recorded) const
{
    return recorded < sites_.size() ? sites_[recorded] : 0;
}

} // namespace loopscope
