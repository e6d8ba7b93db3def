#include "core/formats/chrome/trace_assembly.h"

#include "core/formats/chrome/flow_binding.h"
#include "core/formats/chrome/row_placement.h"
#include "core/trace/stoppable_sort.h"

#include <algorithm>
#include <utility>

namespace loopscope::chrome {

namespace {

bool isNumber(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string processTitle(const Process &process)
{
    if (!process.name.empty())
        return process.name + " (" + process.id + ')';
    return isNumber(process.id) ? "process " + process.id : process.id;
}

std::string threadTitle(const Track &track)
{
    if (!track.name.empty())
        return track.name;
    return isNumber(track.id) ? "thread " + track.id : track.id;
}

std::pair<LaneId, Nanoseconds> placeOf(const Instant &instant)
{
    return {instant.lane, instant.at};
}

template <typename T>
void freeMemory(std::vector<T> &list)
{
    std::vector<T>().swap(list);
}

} // namespace

TraceAssembly::TraceAssembly(CollectedEvents &events, const ImportLimits &limits, std::stop_token stop, bool isLast)
    : trace_(std::make_shared<Trace>(TraceOrigin::Import))
    , context_{*trace_, events, limits, std::move(stop), 0, {}, std::vector<SiteId>(events.labels.size()), {}}
    , isLast_(isLast)
    , async_(context_)
{
}

bool TraceAssembly::run()
{
    CollectedEvents &events = context_.events;
    chooseBase();
    lanesOfTrack_.resize(events.tracks.size());
    if (!async_.run())
        return false;
    asyncRows_.resize(async_.slices().size());
    if (isLast_)
        freeMemory(events.async);
    for (const std::uint32_t process : processesInOrder()) {
        if (!addProcess(process))
            return false;
    }
    trace_->advanceTo(last_ - context_.base);
    return trace_->sumUpRows(context_.stop) && addInstants() && bindFlows(context_, lanesOfTrack_);
}

std::vector<std::pair<EventId, EventId>> TraceAssembly::takeEndEvents()
{
    std::ranges::sort(context_.endEvents);
    return std::move(context_.endEvents);
}

// The earliest time. If the latest is too far from it for a trace, as of a file in which some event lacks its true time, most events
// decide.
void TraceAssembly::chooseBase()
{
    const CollectedEvents &events = context_.events;
    if (events.earliest > events.latest)
        return;
    context_.base = events.earliest;
    last_ = events.latest;
    // As numbers without a sign: the difference may be too large for one that has a sign.
    if (static_cast<std::uint64_t>(events.latest) - static_cast<std::uint64_t>(events.earliest) <= static_cast<std::uint64_t>(latestTime))
        return;
    std::vector<Nanoseconds> times;
    for (const Track &track : events.tracks)
        std::ranges::transform(track.slices, std::back_inserter(times), &SliceMark::at);
    std::ranges::transform(events.async, std::back_inserter(times), &AsyncMark::at);
    std::ranges::transform(events.instants, std::back_inserter(times), &InstantMark::at);
    std::ranges::transform(events.flows, std::back_inserter(times), &FlowMark::at);
    for (const Series &series : events.series)
        std::ranges::transform(series.samples, std::back_inserter(times), &Sample::at);
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::ranges::nth_element(times, middle);
    const Nanoseconds lowest = *middle - latestTime / 2;
    context_.base = *middle;
    for (const Nanoseconds at : times)
        context_.base = at < lowest ? context_.base : std::min(context_.base, at);
    last_ = context_.base; // slices that end later move the end on
    for (const Nanoseconds at : times)
        last_ = at > context_.base + latestTime ? last_ : std::max(last_, at);
}

std::vector<std::uint32_t> TraceAssembly::processesInOrder() const
{
    const CollectedEvents &events = context_.events;
    std::vector<std::uint32_t> order;
    for (std::uint32_t process = 0; process < events.processes.size(); ++process) {
        const Process &candidate = events.processes[process];
        if (!candidate.series.empty() || !async_.headsOf(process).empty()
            || std::ranges::any_of(candidate.tracks, [&events](std::uint32_t track) { return events.tracks[track].isUsed; }))
            order.push_back(process);
    }
    std::ranges::stable_sort(order, {}, [&events](std::uint32_t process) { return events.processes[process].sortIndex; });
    return order;
}

bool TraceAssembly::addProcess(std::uint32_t number)
{
    CollectedEvents &events = context_.events;
    const Process &process = events.processes[number];
    const LaneId lane = context_.addLane(LaneKind::Process, processTitle(process), 0, noLane, "process");
    if (lane != noLane && !process.labels.empty()) {
        const NameId labels = trace_->internName(process.labels);
        trace_->changeTask(lane, [labels](TaskFacts &facts) { facts.note = labels; });
    }
    std::vector<std::uint32_t> threads = process.tracks;
    std::erase_if(threads, [&events](std::uint32_t track) { return !events.tracks[track].isUsed; });
    std::ranges::stable_sort(threads, {}, [&events](std::uint32_t track) { return events.tracks[track].sortIndex; });
    return std::ranges::all_of(threads, [&](std::uint32_t track) { return addThread(track, lane); })
           && std::ranges::all_of(async_.headsOf(number), [&](std::uint32_t head) { return addAsyncHead(async_.heads()[head], lane); })
           && std::ranges::all_of(process.series, [&](std::uint32_t series) { return addSeries(series, lane); });
}

bool TraceAssembly::addThread(std::uint32_t number, LaneId process)
{
    if (context_.stop.stop_requested())
        return false;
    Track &track = context_.events.tracks[number];
    if (!putInNestingOrder(track, context_.stop))
        return false;
    const Nanoseconds begin = track.slices.empty() ? 0 : std::max<Nanoseconds>(0, track.slices.front().at - context_.base);
    LaneGroup &lanes = lanesOfTrack_[number];
    lanes.first = context_.addLane(LaneKind::Thread, threadTitle(track), begin, process, "thread");
    if (lanes.first == noLane) {
        for (const SliceMark &mark : track.slices)
            context_.problems.add(Problem::TooManyLanes, mark.event);
        return true;
    }
    lanes.count = 1;
    if (!track.name.empty() && isNumber(track.id)) {
        const NameId id = trace_->internName(track.id);
        trace_->changeTask(lanes.first, [id](TaskFacts &facts) { facts.result = id; });
    }
    return placeThread(track, lanes);
}

bool TraceAssembly::placeThread(Track &track, LaneGroup &lanes)
{
    std::vector<NestedSlice> slices;
    slices.reserve(track.slices.size());
    SliceStack stack;
    std::size_t done = 0;
    for (const SliceMark &mark : track.slices) {
        if (++done % stopCheckEvery == 0 && context_.stop.stop_requested())
            return false;
        const bool isComplete = mark.markKind() == MarkKind::Complete;
        if (!context_.isInReach(mark.at, isComplete ? mark.end : mark.at, mark.event))
            continue;
        const Nanoseconds at = mark.at - context_.base;
        if (mark.markKind() != MarkKind::End) {
            NestedSlice slice{at, isComplete ? mark.end - context_.base : openEnd, mark.label, mark.event};
            slice.hasArguments = mark.hasArguments != 0 ? 1 : 0;
            stack.begin(slices, slice);
        } else if (const auto ended = stack.end(slices, context_.events.labels, at, mark.label)) {
            context_.noteEnd(slices[*ended], mark.event, mark.hasArguments != 0);
        } else {
            context_.problems.add(Problem::EndWithoutBegin, mark.event);
        }
    }
    if (isLast_)
        freeMemory(track.slices);
    std::vector<std::uint32_t> rowOf(slices.size());
    RowPlacement rows(context_, slices, rowOf, lanes.first);
    for (std::uint32_t slice = 0; slice < slices.size(); ++slice) {
        if (slice % stopCheckEvery == 0 && context_.stop.stop_requested())
            return false;
        rows.place(slice);
    }
    lanes = rows.lanes();
    return true;
}

bool TraceAssembly::addAsyncHead(const AsyncHead &head, LaneId process)
{
    if (context_.stop.stop_requested())
        return false;
    const Nanoseconds begin = head.slices.empty() ? head.instants.front().at : async_.slices()[head.slices.front()].begin;
    const LaneId lane = context_.addLane(LaneKind::Thread, context_.events.labels[head.label].name, begin, process, "async");
    if (lane == noLane) {
        for (const std::uint32_t slice : head.slices)
            context_.problems.add(Problem::TooManyLanes, async_.slices()[slice].event);
        for (const InstantMark &instant : head.instants)
            context_.problems.add(Problem::TooManyLanes, instant.event);
        return true;
    }
    for (const InstantMark &instant : head.instants)
        instants_.push_back({instant.at, lane, context_.siteOf(instant.label), eventIdOf(instant.event)});
    RowPlacement rows(context_, async_.slices(), asyncRows_, lane);
    std::size_t done = 0;
    for (const std::uint32_t slice : head.slices) {
        if (++done % stopCheckEvery == 0 && context_.stop.stop_requested())
            return false;
        rows.place(slice);
    }
    return true;
}

bool TraceAssembly::addSeries(std::uint32_t number, LaneId process)
{
    if (context_.stop.stop_requested())
        return false;
    Series &series = context_.events.series[number];
    if (!sortStoppably(series.samples, &Sample::at, context_.stop))
        return false;
    const LaneId lane = context_.addLane(LaneKind::Counter, series.name, 0, process, "counter");
    if (lane == noLane) {
        context_.problems.add(Problem::TooManyLanes, series.firstEvent);
        return true;
    }
    std::vector<Sample> samples;
    samples.reserve(series.samples.size());
    for (const Sample &sample : series.samples) {
        if (context_.isInReach(sample.at, sample.at, series.firstEvent))
            samples.push_back({sample.at - context_.base, sample.value});
    }
    if (isLast_)
        freeMemory(series.samples);
    trace_->changeImported([&](ImportedEvents &imported) { imported.setSamples(lane, std::move(samples)); });
    return true;
}

bool TraceAssembly::addInstants()
{
    std::size_t done = 0;
    for (const InstantMark &mark : context_.events.instants) {
        if (++done % stopCheckEvery == 0 && context_.stop.stop_requested())
            return false;
        const LaneId lane = lanesOfTrack_[mark.track].first;
        if (lane == noLane)
            context_.problems.add(Problem::TooManyLanes, mark.event);
        else if (context_.isInReach(mark.at, mark.at, mark.event))
            instants_.push_back({mark.at - context_.base, lane, context_.siteOf(mark.label), eventIdOf(mark.event)});
    }
    if (isLast_)
        freeMemory(context_.events.instants);
    if (!sortStoppably(instants_, placeOf, context_.stop))
        return false;
    trace_->changeImported([this](ImportedEvents &imported) { imported.setInstants(std::move(instants_)); });
    return true;
}

} // namespace loopscope::chrome
