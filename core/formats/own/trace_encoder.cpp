#include "core/formats/own/trace_encoder.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace loopscope {

namespace {

constexpr std::size_t blockBytes = std::size_t(1) << 20U;
// Two large pages, into which a reader reads it.
constexpr std::size_t spanBlockBytes = std::size_t(4) << 20U;

template <typename Value>
std::string_view bytesOf(const std::vector<Value> &values)
{
    return {reinterpret_cast<const char *>(values.data()), values.size() * sizeof(Value)};
}

} // namespace

bool BlockBuilder::isFull() const
{
    return bytes_.bytes().size() >= blockBytes;
}

ByteWriter &BlockBuilder::entry()
{
    if (isFull())
        flush();
    return bytes_;
}

bool BlockBuilder::flush()
{
    if (!isEmpty() && !isRefused_)
        isRefused_ = !sink_({kind_, 0, bytes_.bytes(), {}});
    bytes_.clear();
    return !isRefused_;
}

bool SpanBlockBuilder::add(const Lane &lane, std::size_t first, std::size_t last)
{
    while (first < last) {
        const auto records = lane.spans.recordsFrom(first);
        const std::size_t count = std::min(last - first, records.size() / SpanStore::recordBytes);
        const std::size_t bytes = count * SpanStore::recordBytes;
        const std::size_t directory = (runs_.size() + 2) * sizeof(runs_.front());
        if (directory + records_.size() + bytes > spanBlockBytes && !flush())
            return false;
        addRecords(lane.id, {reinterpret_cast<const char *>(records.data()), bytes});
        first += count;
    }
    return true;
}

void SpanBlockBuilder::addRecords(LaneId lane, std::string_view records)
{
    const auto count = static_cast<std::uint32_t>(records.size() / SpanStore::recordBytes);
    if (!runs_.empty() && runs_.back().first == lane)
        runs_.back().second += count;
    else
        runs_.emplace_back(lane, count);
    records_.append(records);
}

bool SpanBlockBuilder::flush()
{
    if (runs_.empty())
        return true;
    ByteWriter head;
    head.number(static_cast<std::uint64_t>(runs_.size()));
    for (const auto &[lane, count] : runs_) {
        head.number(lane);
        head.number(count);
    }
    const bool isTaken = sink_({BlockKind::Spans, 0, head.bytes(), records_});
    runs_.clear();
    records_.clear();
    return isTaken;
}

bool encodeNames(const Trace &trace, NameId first, const BlockSink &sink)
{
    BlockBuilder builder(BlockKind::Names, sink);
    for (NameId id = first; id < trace.nameCount(); ++id)
        builder.entry().text(trace.name(id));
    return builder.flush();
}

bool encodeSites(const Trace &trace, SiteId first, const BlockSink &sink)
{
    BlockBuilder builder(BlockKind::Sites, sink);
    for (SiteId id = first; id < trace.siteCount(); ++id) {
        const Site &site = trace.site(id);
        ByteWriter &out = builder.entry();
        for (const std::uint32_t part : {site.reason, site.file, site.function, site.line})
            out.number(part);
    }
    return builder.flush();
}

bool encodeLanes(const Trace &trace, LaneId first, const BlockSink &sink)
{
    BlockBuilder builder(BlockKind::Lanes, sink);
    for (LaneId id = first; trace.hasLane(id); ++id) {
        const Lane &lane = trace.lane(id);
        ByteWriter &out = builder.entry();
        out.number(lane.kind);
        out.number(lane.task.parent);
        out.number(lane.begin);
        out.text(lane.name);
    }
    return builder.flush();
}

LaneState stateOf(const Lane &lane)
{
    LaneState state;
    state.lane = lane.id;
    state.isIncomplete = lane.incomplete ? 1 : 0;
    if (const auto end = lane.end()) {
        state.stage = LaneState::Stage::Ended;
        state.since = *end;
    } else if (const auto open = lane.open()) {
        state.stage = LaneState::Stage::Open;
        state.state = static_cast<std::uint8_t>(open->state);
        state.site = open->site;
        state.peer = open->peer;
        state.since = open->begin;
    }
    return state;
}

bool encodeWakes(const Trace &trace, std::size_t first, const BlockSink &sink)
{
    static_assert(sizeof(Wake) == 16); // as it lies in the file
    constexpr std::size_t most = blockBytes / sizeof(Wake);
    const WakeList &wakes = trace.wakes();
    std::vector<Wake> part;
    while (first < wakes.size()) {
        const auto begin = wakes.begin() + static_cast<std::ptrdiff_t>(first);
        part.assign(begin, begin + static_cast<std::ptrdiff_t>(std::min(most, wakes.size() - first)));
        ByteWriter head;
        head.number(static_cast<std::uint64_t>(first));
        if (!sink({BlockKind::Wakes, 0, head.bytes(), {reinterpret_cast<const char *>(part.data()), part.size() * sizeof(Wake)}}))
            return false;
        first += part.size();
    }
    return true;
}

bool encodeMarks(const Marks &marks, const BlockSink &sink)
{
    ByteWriter out;
    out.number(marks.last());
    for (const Mark &mark : marks.all()) {
        out.number(mark.id);
        out.number(mark.at);
        out.text(mark.name);
    }
    return sink({BlockKind::Marks, 0, out.bytes(), {}});
}

bool encodeEnd(const Trace &trace, const BlockSink &sink)
{
    ByteWriter out;
    out.number(static_cast<std::uint64_t>(trace.laneCount()));
    std::uint64_t spans = 0;
    for (LaneId id = 0; trace.hasLane(id); ++id)
        spans += trace.lane(id).spans.size();
    out.number(spans);
    return sink({BlockKind::End, 0, out.bytes(), {}});
}

} // namespace loopscope
