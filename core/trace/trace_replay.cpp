#include "core/trace/trace_replay.h"

#include <algorithm>
#include <utility>

namespace loopscope {

TraceReplay::TraceReplay(std::shared_ptr<const Trace> recorded)
    : recorded_(std::move(recorded))
{
    restart();
}

Nanoseconds TraceReplay::end() const
{
    const RunInfo &info = recorded_->info();
    return info.finished && info.wall > 0 ? info.wall : recorded_->now();
}

void TraceReplay::restart()
{
    trace_ = std::make_shared<Trace>();
    trace_->holdRecords(recorded_, 0);
    shown_ = trace_;
    living_.clear();
    nextWake_ = 0;
    follow(loopLaneId);
    numberNames();
    trace_->changeInfo([this](RunInfo &info) {
        const RunInfo &known = recorded_->info();
        info.title = known.title;
        info.startedUnixNs = known.startedUnixNs;
        info.workers = known.workers;
        info.inFlight = known.inFlight;
        info.stallThreshold = known.stallThreshold;
        info.skipped = known.skipped;
    });
}

// Both are numbered in the order in which they come.
void TraceReplay::numberNames()
{
    for (auto id = static_cast<NameId>(trace_->nameCount()); id < recorded_->nameCount(); ++id)
        trace_->internName(recorded_->name(id));
    for (auto id = static_cast<SiteId>(trace_->siteCount()); id < recorded_->siteCount(); ++id) {
        const Site &site = recorded_->site(id);
        trace_->internSite(recorded_->name(site.reason), recorded_->name(site.file), recorded_->name(site.function), site.line);
    }
}

void TraceReplay::moveTo(Nanoseconds at)
{
    at = std::clamp<Nanoseconds>(at, 0, end());
    const bool isAnew = at < std::exchange(at_, at);
    if (isAnew)
        restart();
    numberNames(); // of a recording that grows
    addLanes();
    std::vector<LaneId> ended;
    std::erase_if(living_, [&](Living &living) {
        const bool lives = advance(living);
        if (!lives)
            ended.push_back(living.lane);
        return !lives;
    });
    conclude(std::move(ended));
    addWakes();
    trace_->advanceTo(at);
    finishAtTheEnd();
}

// Lanes are numbered in the order of their creation, so none begins before one that stands before it.
void TraceReplay::addLanes()
{
    while (recorded_->hasLane(static_cast<LaneId>(trace_->laneCount()))) {
        const auto next = static_cast<LaneId>(trace_->laneCount());
        if (recorded_->lane(next).begin > at_)
            return;
        addLane(next);
    }
}

void TraceReplay::addLane(LaneId id)
{
    const Lane &lane = recorded_->lane(id);
    trace_->addLane(lane.kind, lane.name, lane.begin);
    if (lane.incomplete)
        trace_->markIncomplete(id);
    follow(id);
    if (lane.kind != LaneKind::Task)
        return;
    trace_->changeTask(id, [&](TaskFacts &facts) {
        facts.kind = lane.task.kind;
        facts.parent = lane.task.parent;
        if (!lane.task.file)
            return;
        facts.file = std::make_unique<FileFacts>();
        facts.file->path = lane.task.file->path;
    });
}

// From the instant that is shown on: what the lane did before is taken as a whole.
void TraceReplay::follow(LaneId id)
{
    const SpanStore &spans = recorded_->lane(id).spans;
    const std::size_t past = spans.firstEndingAfter(at_);
    trace_->adoptPrefix(id, spans, past);
    living_.push_back({id, past});
}

bool TraceReplay::advance(Living &living)
{
    advanceSpans(living);
    const Lane &lane = recorded_->lane(living.lane);
    if (!lane.hasEnded() || *lane.end() > at_)
        return true;
    trace_->end(living.lane, *lane.end());
    return false;
}

void TraceReplay::advanceSpans(Living &living)
{
    const std::size_t closed = recorded_->lane(living.lane).spans.size();
    while (true) {
        if (trace_->lane(living.lane).isOpen()) {
            const bool goesOn = living.next > closed || recorded_->span(living.lane, living.next - 1).end > at_;
            if (goesOn)
                return;
            trace_->leave(living.lane, recorded_->span(living.lane, living.next - 1).end);
        }
        if (living.next == recorded_->spanCount(living.lane))
            return;
        const Span span = recorded_->span(living.lane, living.next);
        if (span.begin > at_)
            return;
        trace_->enter(living.lane, span.begin, span.state, span.site, span.peer);
        ++living.next;
    }
}

void TraceReplay::conclude(std::vector<LaneId> ended)
{
    std::erase_if(ended, [this](LaneId lane) { return recorded_->lane(lane).kind != LaneKind::Task; });
    std::ranges::sort(ended, {}, [this](LaneId lane) { return std::pair(*recorded_->lane(lane).end(), lane); });
    for (const LaneId id : ended) {
        const TaskFacts &known = recorded_->lane(id).task;
        trace_->changeTask(id, [&](TaskFacts &facts) {
            facts.error = known.error;
            facts.note = known.note;
            facts.result = known.result;
            facts.outcome = known.outcome;
            if (known.file)
                *facts.file = *known.file;
        });
    }
}

void TraceReplay::addWakes()
{
    const WakeList &wakes = recorded_->wakes();
    const auto first = wakes.begin() + static_cast<std::ptrdiff_t>(nextWake_);
    const auto last = std::upper_bound(first, wakes.end(), at_, [](Nanoseconds at, const Wake &wake) { return at < wake.at; });
    nextWake_ = static_cast<std::size_t>(last - wakes.begin());
    trace_->addWakes({first, last});
}

void TraceReplay::finishAtTheEnd()
{
    if (at_ < end() || !recorded_->info().finished || trace_->info().finished)
        return;
    trace_->changeInfo([this](RunInfo &info) { info = recorded_->info(); });
}

} // namespace loopscope
