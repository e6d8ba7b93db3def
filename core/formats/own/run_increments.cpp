#include "core/formats/own/run_increments.h"

#include <algorithm>

namespace loopscope {

namespace {

constexpr std::size_t mostSpansAtOnce = (std::size_t(64) << 20U) / SpanStore::recordBytes;
// Wakes come late by some milliseconds at most: only where more than so many are younger, all are told again.
constexpr std::size_t mostRecentWakes = 4096;

std::uint64_t fingerprintOf(const TaskFacts &facts)
{
    std::uint64_t print = facts.file ? facts.file->bytes + 1 : 0;
    for (const std::uint32_t part : {facts.kind, facts.error, facts.note, facts.result, facts.parent})
        print = print * 0x9E3779B97F4A7C15U + part;
    return print;
}

bool isOver(const Lane &lane)
{
    return lane.hasEnded() && (lane.kind != LaneKind::Task || lane.task.outcome != Outcome::Unfinished);
}

} // namespace

void RunIncrements::tell(const Trace &trace, const Marks &marks, const BlockSink &sink)
{
    const bool hasNewMarks = marks.last() != marks_.last() || marks.all() != marks_.all();
    if (trace.revision() == revision_ && !hasNewMarks)
        return;
    tellNumbered(trace, sink);
    const bool isAll = tellLiving(trace, sink);
    tellFacts(trace, sink);
    std::erase_if(living_, [&trace](const Living &living) {
        const Lane &lane = trace.lane(living.lane);
        return isOver(lane) && living.spans == lane.spans.size() && living.state == stateOf(lane);
    });
    tellWakes(trace, sink);
    if (hasNewMarks)
        encodeMarks(marks, sink);
    marks_ = marks;
    encodeInfo(trace, sink);
    revision_ = isAll ? trace.revision() : UINT64_MAX;
}

void RunIncrements::tellNumbered(const Trace &trace, const BlockSink &sink)
{
    encodeNames(trace, names_, sink);
    encodeSites(trace, sites_, sink);
    encodeLanes(trace, lanes_, sink);
    names_ = static_cast<NameId>(trace.nameCount());
    sites_ = static_cast<SiteId>(trace.siteCount());
    for (; trace.hasLane(lanes_); ++lanes_)
        living_.push_back({lanes_, 0, 0, {}});
}

// Spans before states, for one that is open begins after all that are not.
bool RunIncrements::tellLiving(const Trace &trace, const BlockSink &sink)
{
    SpanBlockBuilder spans(sink);
    BlockBuilder states(BlockKind::States, sink);
    std::size_t told = 0;
    const auto last = std::ranges::find_if(living_, [&](Living &living) {
        const Lane &lane = trace.lane(living.lane);
        spans.add(lane, living.spans, lane.spans.size());
        told += lane.spans.size() - living.spans;
        living.spans = lane.spans.size();
        const LaneState state = stateOf(lane);
        if (state != living.state)
            states.entry().number(state);
        living.state = state;
        return told > mostSpansAtOnce;
    });
    spans.flush();
    states.flush();
    return last == living_.end();
}

// Those that ended in the order in which they did.
void RunIncrements::tellFacts(const Trace &trace, const BlockSink &sink)
{
    BlockBuilder facts(BlockKind::Facts, sink);
    for (; endedTasks_ < trace.endedTasks().size(); ++endedTasks_)
        encodeFacts(trace.lane(trace.endedTasks()[endedTasks_]), facts.entry());
    for (Living &living : living_) {
        const Lane &lane = trace.lane(living.lane);
        const std::uint64_t print = fingerprintOf(lane.task);
        if (print != living.facts && lane.task.outcome == Outcome::Unfinished)
            encodeFacts(lane, facts.entry());
        living.facts = print;
    }
    facts.flush();
}

void RunIncrements::tellWakes(const Trace &trace, const BlockSink &sink)
{
    const auto &wakes = trace.wakes();
    const std::size_t unseen = wakes_ - recentWakes_.size();
    const auto recent = wakes.begin() + static_cast<std::ptrdiff_t>(unseen);
    const auto differing = std::ranges::mismatch(recentWakes_, std::ranges::subrange(recent, wakes.end())).in1;
    const auto same = static_cast<std::size_t>(differing - recentWakes_.begin());
    const std::size_t first = same == 0 ? 0 : unseen + same;
    if (first == wakes.size())
        return;
    encodeWakes(trace, first, sink);
    wakes_ = wakes.size();
    const std::size_t kept = std::min(wakes_, mostRecentWakes);
    recentWakes_.assign(wakes.end() - static_cast<std::ptrdiff_t>(kept), wakes.end());
}

} // namespace loopscope
