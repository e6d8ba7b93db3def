#include "core/trace/trace.h"

#include "core/trace/outside_spans.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace loopscope {

namespace {

std::size_t pathBytesOf(const TaskFacts &facts)
{
    return facts.file ? sizeof(FileFacts) + facts.file->path.capacity() : 0;
}

} // namespace

std::size_t Trace::SiteHash::operator()(const Site &site) const
{
    std::size_t hash = site.reason;
    for (const std::uint32_t part : {site.file, site.function, site.line})
        hash = hash * 0x9E3779B97F4A7C15U + part; // the odd constant of Fibonacci hashing (Knuth, TAOCP 3, 6.4)
    return hash;
}

Trace::Trace(TraceOrigin origin)
    : origin_(origin)
{
    sites_.emplace_back();
    siteIds_.emplace(Site{}, 0);
    addLane(LaneKind::Loop, "loop", 0);
}

std::size_t Trace::spanCount() const
{
    return closedSpans_ + openSpans_;
}

std::size_t Trace::byteSize() const
{
    return lanes_.byteSize() + laneNames_.byteSize() + names_.byteSize() + spanBytes_ + pathBytes_ + wakes_.size() * sizeof(Wake)
           + sites_.capacity() * sizeof(Site) + imported_.byteSize() + outsideBytes_
           + (tasks_.capacity() + workers_.capacity() + rows_.capacity() + endedTasks_.capacity()) * sizeof(LaneId);
}

double Trace::bytesASpan() const
{
    return closedSpans_ == 0 ? 0 : static_cast<double>(spanBytes_) / static_cast<double>(closedSpans_);
}

Span Trace::openSpan(const Lane &lane) const
{
    const OpenSpan open = lane.open().value();
    return {open.begin, std::max(now_, open.begin), open.state, open.site, open.peer};
}

std::size_t Trace::firstSpanEndingAfter(LaneId id, Nanoseconds at, std::size_t from) const
{
    const Lane &lane = lanes_[id];
    const std::size_t closed = lane.spans.firstEndingAfter(at, std::min(from, lane.spans.size()));
    if (closed < lane.spans.size() || !lane.isOpen() || openSpan(lane).end > at)
        return closed;
    return closed + 1;
}

StateTimes Trace::timesOf(LaneId id, std::size_t first, std::size_t last) const
{
    const Lane &lane = lanes_[id];
    const std::size_t closed = lane.spans.size();
    StateTimes times = lane.spans.timesOf(std::min(first, closed), std::min(last, closed));
    if (first <= closed && closed < last) {
        const Span open = openSpan(lane);
        times.add(open.state, open.length());
    }
    return times;
}

StateTimes Trace::timesIn(LaneId id, TimeRange range) const
{
    const Lane &lane = lanes_[id];
    StateTimes times = lane.spans.timesIn(range);
    if (lane.isOpen()) {
        const Span open = openSpan(lane);
        times.add(open.state, open.range().intersected(range).length());
    }
    return times;
}

StateTimes Trace::timesOutside(LaneId thread, TimeRange range) const
{
    const auto known = outside_.find(thread);
    return known == outside_.end() ? StateTimes() : known->second.timesIn(range);
}

SiteId Trace::internSite(std::string_view reason, std::string_view file, std::string_view function, std::uint32_t line)
{
    const Site site{names_.intern(reason), names_.intern(file), names_.intern(function), line};
    if (const auto known = siteIds_.find(site); known != siteIds_.end())
        return known->second;
    if (sites_.size() > largestSiteId)
        return 0;
    const auto id = static_cast<SiteId>(sites_.size());
    siteIds_.emplace(site, id);
    sites_.push_back(site);
    return id;
}

Lane &Trace::mutableLane(LaneId id)
{
    assert(hasLane(id));
    ++revision_;
    return lanes_[id];
}

LaneId Trace::addLane(LaneKind kind, std::string_view name, Nanoseconds begin)
{
    if (lanes_.size() > largestLaneId)
        return noLane;
    const auto id = static_cast<LaneId>(lanes_.size());
    Lane &lane = lanes_.emplaceBack();
    lane.id = id;
    lane.kind = kind;
    lane.name = laneNames_.keep(name);
    lane.begin = begin;
    list(lane);
    ++revision_;
    return id;
}

void Trace::list(const Lane &lane)
{
    switch (lane.kind) {
    case LaneKind::Loop:
        return;
    case LaneKind::Worker:
        workers_.push_back(lane.id);
        return;
    case LaneKind::Process:
        processes_.push_back(lane.id);
        return;
    case LaneKind::Task:
        tasks_.push_back(lane.id);
        ++totals_.byOutcome[static_cast<std::size_t>(Outcome::Unfinished)];
        if (!rows_.empty())
            rows_.push_back(lane.id);
        return;
    case LaneKind::Thread:
    case LaneKind::Row:
    case LaneKind::Counter:
        if (rows_.empty())
            rows_ = tasks_;
        rows_.push_back(lane.id);
    }
}

LaneId Trace::endOfRows(LaneId thread) const
{
    LaneId end = thread + 1;
    while (hasLane(end) && lanes_[end].kind == LaneKind::Row && lanes_[end].task.parent == thread)
        ++end;
    return end;
}

LaneId Trace::processOf(LaneId id) const
{
    // A row belongs to a thread and that to a process; a counter may belong to either.
    for (int steps = 0; steps < 3 && id != noLane; ++steps) {
        if (lanes_[id].kind == LaneKind::Process)
            return id;
        id = lanes_[id].task.parent;
    }
    return noLane;
}

void Trace::enter(LaneId id, Nanoseconds at, State state, SiteId site, LaneId peer)
{
    Lane &lane = mutableLane(id);
    assert(!lane.hasEnded());
    closeOpenSpan(lane, at);
    const Nanoseconds begin = std::max(at, lane.spans.isEmpty() ? lane.begin : lane.spans.end());
    lane.setOpen({begin, state, site, peer});
    ++openSpans_;
    now_ = std::max(now_, begin);
}

void Trace::leave(LaneId id, Nanoseconds at)
{
    closeOpenSpan(mutableLane(id), at);
}

inline void Trace::keep(Lane &lane, const Span &span)
{
    if (isFull_ || !SpanStore::canKeep(span)) {
        ++info_.spansNotKept;
        lane.incomplete = true;
        if (!isFull_)
            noteOnce(isOutOfRangeTold_, "spans before the run, after 52 days or of more lanes than can be numbered are not kept");
        return;
    }
    const std::size_t grown = lane.spans.append(span);
    ++closedSpans_;
    if (grown == 0)
        return;
    spanBytes_ += grown;
    noteIfFull();
}

void Trace::reserveSpans(LaneId id, std::uint32_t spans)
{
    if (isFull_)
        return;
    spanBytes_ += mutableLane(id).spans.reserve(spans);
    noteIfFull();
}

void Trace::closeOpenSpan(Lane &lane, Nanoseconds at)
{
    const auto open = lane.open();
    if (!open)
        return;
    const Nanoseconds end = std::max(at, open->begin);
    // A state that lasted no time at all is no span: intervals are half-open.
    if (end > open->begin)
        keep(lane, {open->begin, end, open->state, open->site, open->peer});
    lane.setClosed();
    --openSpans_;
    now_ = std::max(now_, end);
}

void Trace::appendSpan(LaneId id, const Span &span)
{
    Lane &lane = mutableLane(id);
    assert(!lane.isOpen() && !lane.hasEnded());
    keep(lane, span);
    now_ = std::max(now_, span.end);
}

void Trace::noteIfFull()
{
    constexpr std::size_t bytesAMegabyte = 1'000'000;
    if (byteSize() >= memoryLimit_)
        noteOnce(isFull_, "the " + std::to_string(memoryLimit_ / bytesAMegabyte) + " MB of memory for the recording were full after "
                              + std::to_string(now_ / nanosecondsPerMillisecond)
                              + " ms: the run went on, but what tasks did from then on was not kept");
}

void Trace::noteOnce(bool &isNoted, std::string note)
{
    if (std::exchange(isNoted, true))
        return;
    info_.notes.push_back(std::move(note));
    ++revision_;
}

void Trace::end(LaneId id, Nanoseconds at)
{
    Lane &lane = mutableLane(id);
    const auto open = lane.open();
    closeOpenSpan(lane, at);
    lane.setEnd(std::max({at, open ? open->begin : at, lane.begin}));
}

bool Trace::adoptSpans(LaneId id, std::span<const std::byte> records)
{
    Lane &lane = mutableLane(id);
    assert(!lane.isOpen());
    const std::size_t spansBefore = lane.spans.size();
    const std::size_t bytesBefore = lane.spans.byteSize();
    if (!lane.spans.adopt(records, lane.begin, {sites_.size(), lanes_.size()}))
        return false;
    closedSpans_ += lane.spans.size() - spansBefore;
    spanBytes_ += lane.spans.byteSize() - bytesBefore;
    if (!lane.spans.isEmpty())
        now_ = std::max(now_, lane.spans.end());
    return true;
}

void Trace::adoptPrefix(LaneId id, const SpanStore &spans, std::size_t count)
{
    Lane &lane = mutableLane(id);
    assert(!lane.isOpen());
    lane.spans.adoptPrefix(spans, count);
    closedSpans_ += count;
    spanBytes_ += lane.spans.byteSize();
    if (count > 0)
        now_ = std::max(now_, lane.spans.end());
}

void Trace::holdRecords(std::shared_ptr<const void> memory, std::size_t bytes)
{
    heldRecords_.push_back(std::move(memory));
    spanBytes_ += bytes;
}

bool Trace::sumUpRows(const std::stop_token &stop, std::size_t mostBytes)
{
    ++revision_;
    outside_.clear();
    outsideBytes_ = 0;
    const std::size_t known = byteSize();
    for (const LaneId lane : rows_) {
        if (lanes_[lane].kind != LaneKind::Thread || endOfRows(lane) == lane + 1)
            continue;
        auto outside = spansOutside(*this, lane, stop, mostBytes - std::min(mostBytes, known + outsideBytes_));
        if (!outside)
            return false;
        if (!outside->isEmpty())
            outsideBytes_ += outside_.emplace(lane, *std::move(outside)).first->second.byteSize();
    }
    return true;
}

void Trace::loseOpenSpan(LaneId id)
{
    Lane &lane = mutableLane(id);
    lane.incomplete = true;
    if (!lane.isOpen())
        return;
    lane.setClosed();
    --openSpans_;
}

// Threads publish at slightly different times, and what waited for a lost event comes late: only what is younger than the oldest new wake
// is touched.
void Trace::addWakes(std::vector<Wake> wakes)
{
    if (wakes.empty())
        return;
    ++revision_;
    noteIfFull();
    if (isFull_) {
        info_.spansNotKept += wakes.size();
        return;
    }
    if (!std::ranges::is_sorted(wakes, {}, &Wake::at)) // as a rule they are, and sorting takes memory
        std::ranges::stable_sort(wakes, {}, &Wake::at);
    const auto touched = std::ranges::upper_bound(wakes_, wakes.front().at, {}, &Wake::at) - wakes_.begin();
    const auto added = static_cast<std::ptrdiff_t>(wakes_.size());
    wakes_.insert(wakes_.end(), wakes.begin(), wakes.end());
    if (touched < added)
        std::ranges::inplace_merge(wakes_.begin() + touched, wakes_.begin() + added, wakes_.end(), {}, &Wake::at);
}

void Trace::changeTask(LaneId id, const std::function<void(TaskFacts &)> &change)
{
    Lane &lane = mutableLane(id);
    TaskFacts &facts = lane.task;
    const Outcome outcomeBefore = facts.outcome;
    const std::uint64_t bytesBefore = facts.file ? facts.file->bytes : 0;
    const bool wasFile = facts.file != nullptr;
    const std::size_t pathBytesBefore = pathBytesOf(facts);
    change(facts);
    ++factsRevision_;
    pathBytes_ += pathBytesOf(facts) - pathBytesBefore; // unsigned, as below

    totals_.bytes += (facts.file ? facts.file->bytes : 0) - bytesBefore; // unsigned: a smaller count wraps to a subtraction
    totals_.files += static_cast<std::size_t>(facts.file != nullptr) - static_cast<std::size_t>(wasFile);
    if (facts.outcome == outcomeBefore || lane.kind != LaneKind::Task)
        return;
    --totals_.byOutcome[static_cast<std::size_t>(outcomeBefore)];
    ++totals_.byOutcome[static_cast<std::size_t>(facts.outcome)];
    if (outcomeBefore == Outcome::Unfinished)
        endedTasks_.push_back(id);
}

void Trace::changeInfo(const std::function<void(RunInfo &)> &change)
{
    change(info_);
    ++revision_;
}

void Trace::changeImported(const std::function<void(ImportedEvents &)> &change)
{
    change(imported_);
    ++revision_;
}

void Trace::advanceTo(Nanoseconds now)
{
    if (now <= now_)
        return;
    now_ = now;
    ++revision_;
}

} // namespace loopscope
