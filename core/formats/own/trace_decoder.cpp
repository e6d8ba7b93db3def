#include "core/formats/own/trace_decoder.h"

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {

constexpr LaneId lanesALook = 1 << 14; // a millisecond or so

} // namespace

TraceDecoder::TraceDecoder(TraceOrigin origin, DecodingBounds bounds)
    : bounds_(std::move(bounds))
    , trace_(std::make_shared<Trace>(origin))
{
}

bool TraceDecoder::add(const ReadBlock &block)
{
    ByteReader in(block.payload);
    const auto take = [&] {
        switch (block.kind) {
        case BlockKind::Info:
            return addInfo(in);
        case BlockKind::Names:
            return addNames(in);
        case BlockKind::Sites:
            return addSites(in);
        case BlockKind::Lanes:
            return addLanes(in);
        case BlockKind::Facts:
            return addFacts(in);
        case BlockKind::States:
            return addStates(in);
        case BlockKind::Spans:
            return addSpans(in, block);
        case BlockKind::Wakes:
            return addWakes(in);
        case BlockKind::Marks:
            return addMarks(in);
        case BlockKind::Instants:
            return addInstants(in);
        case BlockKind::Flows:
            return addFlows(in);
        case BlockKind::Samples:
            return addSamples(in);
        case BlockKind::Arguments:
            return addArguments(block);
        case BlockKind::End:
            return addEnd(in);
        }
        return true;
    };
    return take() && !in.hasFailed() && mayGoOn();
}

bool TraceDecoder::addInfo(ByteReader &in)
{
    RunInfo info;
    if (!decodeInfo(in, info, now_))
        return false;
    trace_->changeInfo([&info](RunInfo &known) { known = std::move(info); });
    hasInfo_ = true;
    return true;
}

bool TraceDecoder::addNames(ByteReader &in)
{
    while (!in.atEnd()) {
        const std::size_t next = trace_->nameCount();
        if (trace_->internName(in.text()) != next)
            return false; // it is there already, and all numbers after it would be others
    }
    return true;
}

bool TraceDecoder::addSites(ByteReader &in)
{
    while (!in.atEnd()) {
        const Site site{in.number<NameId>(), in.number<NameId>(), in.number<NameId>(), in.number<std::uint32_t>()};
        if (in.hasFailed() || !hasName(site.reason) || !hasName(site.file) || !hasName(site.function))
            return false;
        const std::size_t next = trace_->siteCount();
        if (trace_->internSite(trace_->name(site.reason), trace_->name(site.file), trace_->name(site.function), site.line) != next)
            return false;
    }
    return true;
}

bool TraceDecoder::mayGoOn()
{
    if (bounds_.stop.stop_requested())
        refusal_ = Refusal::Stopped;
    else if (byteSize() > bounds_.mostBytes)
        refusal_ = Refusal::TooLarge;
    return refusal_ == Refusal::Damaged;
}

// A few packed bytes can be a lane, which takes more than anything else of their size.
bool TraceDecoder::addLanes(ByteReader &in)
{
    while (!in.atEnd()) {
        const auto kind = in.number<LaneKind>();
        const auto parent = in.number<LaneId>();
        const auto begin = in.number<Nanoseconds>();
        const std::string_view name = in.text();
        if (in.hasFailed() || kind == LaneKind::Loop || kind > LaneKind::Counter || !isUsableTime(begin))
            return false;
        if (kind == LaneKind::Row && !isNextRowOf(parent))
            return false;
        const LaneId lane = trace_->addLane(kind, name, begin);
        if (lane == noLane)
            return false;
        if (lane % lanesALook == 0 && !mayGoOn())
            return false;
        if (trace_->hasLane(parent)) // else its facts tell, when all lanes are there
            trace_->changeTask(lane, [parent](TaskFacts &facts) { facts.parent = parent; });
    }
    return true;
}

// For it speaks for its thread, and the rows of a thread are the lanes behind it.
bool TraceDecoder::isNextRowOf(LaneId thread) const
{
    const auto last = static_cast<LaneId>(trace_->laneCount() - 1);
    return trace_->hasLane(thread) && trace_->lane(thread).kind == LaneKind::Thread && trace_->headOf(last) == thread;
}

bool TraceDecoder::addStates(ByteReader &in)
{
    while (!in.atEnd()) {
        const auto state = in.number<LaneState>();
        const bool isEvent = state.state == static_cast<std::uint8_t>(State::Slice);
        const bool hasPeer = isEvent ? state.peer <= largestEventId || state.peer == noEvent : isLaneOrNone(state.peer);
        const bool isOpen = state.stage == LaneState::Stage::Open;
        if (in.hasFailed() || !trace_->hasLane(state.lane) || state.stage > LaneState::Stage::Ended || !isUsableTime(state.since)
            || (isOpen && (state.state >= stateCount || !hasSite(state.site) || !hasPeer)))
            return false;
        if (state.lane >= states_.size())
            states_.resize(trace_->laneCount());
        states_[state.lane] = state;
    }
    return true;
}

bool TraceDecoder::addSpans(ByteReader &in, const ReadBlock &block)
{
    const auto runs = in.number<std::uint64_t>();
    constexpr std::size_t runBytes = sizeof(LaneId) + sizeof(std::uint32_t);
    if (runs > in.left() / runBytes)
        return false;
    ByteReader directory(in.raw(runs * runBytes));
    bool isUsed = false; // where it lies
    for (std::uint64_t i = 0; i < runs; ++i) {
        const auto lane = directory.number<LaneId>();
        const auto records = in.raw(std::size_t(directory.number<std::uint32_t>()) * SpanStore::recordBytes);
        if (in.hasFailed() || !trace_->hasLane(lane))
            return false;
        const SpanStore &spans = trace_->lane(lane).spans;
        const std::size_t adopted = spans.adoptedSpans();
        if (!trace_->adoptSpans(lane, records))
            return false;
        isUsed = isUsed || spans.adoptedSpans() > adopted;
    }
    if (isUsed)
        trace_->holdRecords(block.memory, block.payload.size());
    return in.atEnd();
}

bool TraceDecoder::addWakes(ByteReader &in)
{
    const auto first = in.number<std::uint64_t>();
    if (first > wakes_.size())
        return false;
    wakes_.resize(first); // later ones were told before one that came late
    if (wakes_.empty())
        wakes_.reserve(in.left() / sizeof(Wake)); // all of them, in a complete file; else they grow by a factor
    while (!in.atEnd()) {
        const auto wake = in.number<Wake>();
        if (in.hasFailed() || !isUsableTime(wake.at) || !isLaneOrNone(wake.from) || !isLaneOrNone(wake.to))
            return false;
        wakes_.push_back(wake);
    }
    return true;
}

bool TraceDecoder::addMarks(ByteReader &in)
{
    const auto last = in.number<MarkId>();
    std::vector<Mark> marks;
    while (!in.atEnd()) {
        const auto id = in.number<MarkId>();
        const auto at = in.number<Nanoseconds>();
        marks.push_back({id, at, std::string(in.text())});
        if (in.hasFailed() || !isUsableTime(at))
            return false;
    }
    auto restored = Marks::restored(std::move(marks), last);
    if (!restored)
        return false;
    marks_ = *std::move(restored);
    return true;
}

bool TraceDecoder::addArguments(const ReadBlock &block)
{
    if (block.key > largestEventId || (!arguments_.empty() && arguments_.back().first >= block.key))
        return false;
    arguments_.push_back({block.key, block.at});
    return true;
}

bool TraceDecoder::addEnd(ByteReader &in)
{
    const auto lanes = in.number<std::uint64_t>();
    const auto spans = in.number<std::uint64_t>();
    isComplete_ = lanes == trace_->laneCount() && spans == trace_->spanCount();
    return isComplete_;
}

std::size_t TraceDecoder::byteSize() const
{
    return trace_->byteSize() + previewBytes_ + states_.capacity() * sizeof(LaneState) + wakes_.capacity() * sizeof(Wake)
           + instants_.capacity() * sizeof(Instant) + flows_.capacity() * sizeof(Flow) + sampleCount_ * 2 * sizeof(Sample);
}

void TraceDecoder::applyStates()
{
    for (LaneId lane = 0; lane < states_.size(); ++lane) {
        const LaneState &state = states_[lane];
        if (state.isIncomplete != 0)
            trace_->markIncomplete(lane);
        const SpanStore &spans = trace_->lane(lane).spans;
        // A file that was cut off may tell of spans, and not how the lane was after them.
        const bool isOutdated = !spans.isEmpty() && state.since < spans.end();
        if (state.stage == LaneState::Stage::Ended)
            trace_->end(lane, state.since);
        else if (state.stage == LaneState::Stage::Open && !isOutdated)
            trace_->enter(lane, state.since, static_cast<State>(state.state), state.site, state.peer);
    }
}

tl::expected<OpenedTrace, TraceDecoder::Refusal> TraceDecoder::finish(FileDescriptor file)
{
    applyStates();
    trace_->addWakes(std::move(wakes_));
    trace_->changeImported([&](ImportedEvents &events) {
        events.setInstants(std::move(instants_));
        events.setFlows(std::move(flows_));
        for (auto &[lane, samples] : samples_)
            events.setSamples(lane, std::move(samples));
        sampleCount_ = 0; // the trace counts them
        if (!arguments_.empty())
            events.setSource(std::make_shared<SavedArguments>(std::move(file), std::move(arguments_)));
    });
    trace_->advanceTo(now_);
    if (!trace_->sumUpRows(bounds_.stop, bounds_.mostBytes - std::min(bounds_.mostBytes, previewBytes_)))
        return tl::unexpected(bounds_.stop.stop_requested() ? Refusal::Stopped : Refusal::TooLarge);
    return OpenedTrace{trace_, std::move(marks_)};
}

} // namespace loopscope
