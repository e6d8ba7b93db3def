#include "core/record/span_builder.h"

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <utility>

namespace loopscope {

namespace {

// How many harvests an event waits for its predecessor once events are known to have been dropped. A predecessor that was not dropped is
// published within microseconds and there at the next harvest; the others are for a thread that was preempted just then.
constexpr int harvestsOfPatience = 3;

// What making a lane costs, in events.
constexpr std::size_t eventsATask = 4;

// A small one that a worker reads has seven, three more if it waited for a slot.
constexpr std::uint32_t spansOfAFile = 8;

constexpr const char *incompleteNote = "events of it were lost: there are gaps between its spans";

std::string_view baseName(std::string_view path)
{
    return path.substr(path.find_last_of('/') + 1); // npos + 1 is 0
}

} // namespace

void SpanBuilder::take(Recorder &recorder, std::size_t mostEvents)
{
    if (!isBuilding_) {
        recorder.harvest(harvest_);
        begin();
    }
    build(&recorder, mostEvents);
}

void SpanBuilder::takeAll(Recorder &recorder)
{
    if (isBuilding_)
        build(&recorder, SIZE_MAX);
    take(recorder, SIZE_MAX);
}

void SpanBuilder::take(Recorder::Harvest harvest)
{
    assert(!isBuilding_);
    harvest_ = std::move(harvest);
    begin();
    build(nullptr, SIZE_MAX);
}

void SpanBuilder::begin()
{
    isBuilding_ = true;
    for (const RecordedSite &site : harvest_.newSites)
        sites_.push_back(trace_.internSite(site.reason, baseName(site.file), site.function, site.line));
    std::erase_if(harvest_.batches, [](const Recorder::Batch &batch) { return batch.events.empty(); });
}

// Creations first, for the events speak of these tasks; conclusions last, so that an outcome is never seen before the last span.
void SpanBuilder::build(const Recorder *recorder, std::size_t mostEvents)
{
    mostEvents -= createTasks(mostEvents / eventsATask) * eventsATask;
    if (!harvest_.created.empty())
        return;
    while (mostEvents > 0 && !harvest_.batches.empty())
        mostEvents -= buildRun(recorder, mostEvents);
    trace_.addWakes(std::exchange(wakes_, {}));
    if (!harvest_.batches.empty())
        return;
    concludeHarvest();
    isBuilding_ = false;
}

std::size_t SpanBuilder::createTasks(std::size_t mostTasks)
{
    const std::size_t created = std::min(mostTasks, harvest_.created.size());
    for (std::size_t i = 0; i < created; ++i) {
        takeCreation(harvest_.created.front());
        harvest_.created.pop_front();
    }
    return created;
}

// The batches' events in order of time, and within a batch in their own order, whatever their times say: takes of the batch with the
// earliest event as many as come before those of all others. Returns how many.
std::size_t SpanBuilder::buildRun(const Recorder *recorder, std::size_t mostEvents)
{
    auto &batches = harvest_.batches;
    const auto earliest = std::ranges::min_element(batches, {}, [](const Recorder::Batch &batch) { return batch.events.front().time; });
    Nanoseconds until = INT64_MAX;
    for (auto other = batches.begin(); other != batches.end(); ++other) {
        if (other != earliest)
            until = std::min(until, other->events.front().time);
    }
    const auto events = earliest->events.first(std::min(mostEvents, earliest->events.size()));
    std::size_t built = 0;
    do
        takeEvent(events[built], earliest->lane);
    while (++built < events.size() && events[built].time <= until);
    earliest->events = earliest->events.subspan(built);
    if (earliest->events.empty() && recorder != nullptr)
        recorder->advance(*earliest);
    if (earliest->events.empty())
        batches.erase(earliest);
    return built;
}

void SpanBuilder::concludeHarvest()
{
    std::erase_if(conclusions_, [this](TaskConcluded &concluded) { return concludeIfEnded(concluded); });
    for (TaskConcluded &concluded : harvest_.concluded) {
        if (!concludeIfEnded(concluded))
            conclusions_.push_back(std::move(concluded));
    }
    harvest_.concluded.clear();
    dropped_ = harvest_.dropped;
    giveUpOnLost();
    if (trace_.info().droppedEvents != dropped_ + late_)
        trace_.changeInfo([this](RunInfo &info) { info.droppedEvents = dropped_ + late_; });
}

void SpanBuilder::takeCreation(TaskCreated &created)
{
    const LaneId lane = trace_.addLane(LaneKind::Task, created.name, created.at);
    if (lane != created.lane)
        std::abort(); // all that is told of it from now on would be told of another
    if (created.filePath)
        trace_.reserveSpans(lane, spansOfAFile);
    trace_.changeTask(lane, [&](TaskFacts &facts) {
        facts.kind = trace_.internName(created.kind);
        facts.parent = created.parent;
        if (!created.filePath)
            return;
        facts.file = std::make_unique<FileFacts>();
        facts.file->path = *std::move(created.filePath);
    });
}

bool SpanBuilder::concludeIfEnded(TaskConcluded &concluded)
{
    const bool hasEnded = trace_.lane(concluded.lane).hasEnded();
    if (hasEnded)
        conclude(concluded);
    return hasEnded;
}

void SpanBuilder::conclude(TaskConcluded &concluded)
{
    TaskResult &result = concluded.result;
    if (trace_.lane(concluded.lane).incomplete)
        result.note = result.note.isEmpty() ? incompleteNote : std::string(result.note) + ", " + incompleteNote;
    trace_.changeTask(concluded.lane, [&](TaskFacts &facts) {
        facts.outcome = result.outcome;
        (result.outcome == Outcome::Failed ? facts.error : facts.result) = trace_.internName(result.text);
        facts.note = trace_.internName(result.note);
        if (!result.file)
            return;
        if (!facts.file)
            facts.file = std::make_unique<FileFacts>();
        result.file->path = std::move(facts.file->path);
        *facts.file = std::move(*result.file); // not the pointer: that memory goes back to the thread that ended the task
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
    const auto open = trace_.loop().open();
    if (event.kind == EventKind::Enter && event.state == State::Blocking)
        trace_.enter(loopLaneId, event.time, State::Blocking, siteOf(event.site), event.lane);
    else if (open && open->state == State::Blocking && open->peer == event.lane)
        trace_.enter(loopLaneId, event.time, State::Running, 0, noLane);
}

void SpanBuilder::followWorker(const Event &event)
{
    if (event.kind == EventKind::End || !trace_.hasLane(event.peer) || trace_.lane(event.peer).kind != LaneKind::Worker)
        return;
    const auto open = trace_.lane(event.peer).open();
    if (event.state == State::InWorker)
        trace_.enter(event.peer, event.time, State::InWorker, siteOf(event.site), event.lane);
    else if (event.state == State::Ready && open && open->peer == event.lane)
        trace_.leave(event.peer, event.time);
}

void SpanBuilder::takeInOrder(const Event &event)
{
    if (event.lane >= next_.size())
        next_.resize(std::max<std::size_t>(event.lane + 1, trace_.laneCount()));
    if (event.sequence < next_[event.lane]) {
        ++late_;
        trace_.markIncomplete(event.lane);
        return;
    }
    if (event.sequence > next_[event.lane]) {
        stalled_[event.lane].waiting.emplace(event.sequence, event);
        return;
    }
    apply(event);
    ++next_[event.lane];
    if (stalled_.empty())
        return;
    if (const auto stalled = stalled_.find(event.lane); stalled != stalled_.end())
        applyWaiting(event.lane, stalled->second);
}

void SpanBuilder::applyWaiting(LaneId task, Stalled &stalled)
{
    auto &waiting = stalled.waiting;
    for (; !waiting.empty() && waiting.begin()->first == next_[task]; ++next_[task]) {
        apply(waiting.begin()->second);
        waiting.erase(waiting.begin());
    }
}

void SpanBuilder::applyAfterGap(LaneId task, Stalled &stalled)
{
    while (!stalled.waiting.empty()) {
        trace_.loseOpenSpan(task);
        next_[task] = stalled.waiting.begin()->first;
        applyWaiting(task, stalled);
    }
}

void SpanBuilder::giveUpOnLost()
{
    for (auto entry = stalled_.begin(); entry != stalled_.end();) {
        auto &[task, stalled] = *entry;
        if (!stalled.waiting.empty() && ++stalled.patience >= harvestsOfPatience && dropped_ > 0)
            applyAfterGap(task, stalled);
        entry = stalled.waiting.empty() ? stalled_.erase(entry) : std::next(entry);
    }
}

void SpanBuilder::apply(const Event &event)
{
    if (event.kind == EventKind::End) {
        trace_.end(event.lane, event.time);
        return;
    }
    // A task's first state begins with it. Its thread may have been preempted between telling of the two, and its clock corrected
    // meanwhile.
    const Nanoseconds at = event.sequence == 0 ? trace_.lane(event.lane).begin : event.time;
    trace_.enter(event.lane, at, event.state, siteOf(event.site), event.peer);
    if (event.state == State::Ready && event.peer != noLane)
        wakes_.push_back({trace_.lane(event.lane).open()->begin, event.peer, event.lane});
}

void SpanBuilder::finish(Nanoseconds at, const std::string &note)
{
    for (auto &[task, stalled] : stalled_)
        applyAfterGap(task, stalled);
    stalled_.clear();
    trace_.addWakes(std::exchange(wakes_, {}));
    for (TaskConcluded &concluded : conclusions_)
        conclude(concluded);
    conclusions_.clear();
    for (const LaneId task : trace_.tasks()) {
        if (!trace_.lane(task).hasEnded())
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
    if (!trace_.lane(task).isOpen())
        trace_.loseOpenSpan(task); // it was told of, and its thread given up before the first event of it
    trace_.end(task, at);
    trace_.changeTask(task, [&](TaskFacts &facts) {
        facts.outcome = Outcome::Cancelled;
        facts.note = trace_.internName(note);
    });
}

SiteId SpanBuilder::siteOf(std::uint32_t recorded) const
{
    return recorded < sites_.size() ? sites_[recorded] : 0;
}

} // namespace loopscope
