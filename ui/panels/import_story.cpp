#include "ui/panels/import_story.h"

#include "core/analysis/slices.h"
#include "ui/panels/run_summary.h"
#include "ui/panels/story_parts.h"
#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"
#include "ui/timeline/lane_text.h"
#include "ui/timeline/span_text.h"
#include "ui/timeline/task_text.h"
#include "ui/timeline/wake_links.h"

#include <algorithm>

namespace loopscope {

namespace {

constexpr std::size_t mostNames = 10;
constexpr std::size_t mostSlices = 1'000'000;
constexpr std::size_t mostFlows = 5;
constexpr std::size_t mostProblems = 3;

void addCategory(const Trace &trace, SiteId site, LaneStory &story)
{
    addFact(story, StoryWords::tr("Category"), shownText(trace.name(trace.site(site).file)));
}

void addWhereabouts(const Trace &trace, LaneId lane, LaneStory &story)
{
    addFact(story, StoryWords::tr("Thread"), laneTitle(trace, lane), Target{trace.headOf(lane), std::nullopt});
    if (const LaneId process = trace.processOf(lane); process != noLane)
        addFact(story, StoryWords::tr("Process"), laneTitle(trace, process));
}

// A slice.

void addFlows(const Trace &trace, SpanPlace place, LaneStory &story)
{
    std::size_t told = 0;
    for (const WakeLink &link : wakeLinksOf(trace, place).links) {
        const bool isCause = link.cause == place;
        const SpanPlace other = isCause ? link.effect : link.cause;
        if (told++ == mostFlows)
            return;
        addFact(story, isCause ? StoryWords::tr("Leads to") : StoryWords::tr("Comes from"),
                StoryWords::tr("%1 in %2").arg(siteName(trace, trace.span(other.lane, other.span).site), whereabouts(trace, other.lane)),
                Target{other.lane, other.span});
    }
}

LaneStory sliceStory(const Trace &trace, SpanPlace place)
{
    const Span span = trace.span(place.lane, place.span);
    const Nanoseconds self = selfTime(trace, place);
    LaneStory story;
    story.title = siteName(trace, span.site);
    story.summary = StoryWords::tr("%1 in %2").arg(formatDuration(span.length()), whereabouts(trace, place.lane));
    if (span.state != State::Slice)
        addFact(story, StoryWords::tr("State"), stateName(span.state));
    addCategory(trace, span.site, story);
    addWhereabouts(trace, place.lane, story);
    addFact(story, StoryWords::tr("Begin"), formatInstant(span.begin));
    addFact(story, StoryWords::tr("Length"), formatDuration(span.length()));
    const double share = span.length() > 0 ? static_cast<double>(self) / static_cast<double>(span.length()) : 1;
    addFact(story, StoryWords::tr("Self"), StoryWords::tr("%1, %2").arg(formatDuration(self), formatPercent(share)));
    if (const auto outer = outerSlice(trace, place))
        addFact(story, StoryWords::tr("Inside"), siteName(trace, trace.span(outer->lane, outer->span).site),
                Target{outer->lane, outer->span});
    addFlows(trace, place, story);
    if (span.state == State::Slice)
        story.arguments = trace.imported().arguments(span.peer);
    return story;
}

LaneStory instantStory(const Trace &trace, const Instant &instant)
{
    LaneStory story;
    story.title = siteName(trace, instant.site);
    story.summary = StoryWords::tr("at %1 in %2").arg(formatInstant(instant.at), whereabouts(trace, instant.lane));
    addCategory(trace, instant.site, story);
    addWhereabouts(trace, instant.lane, story);
    story.arguments = trace.imported().arguments(instant.event);
    return story;
}

// A lane.

void addNames(const Trace &trace, LaneId thread, LaneStory &story)
{
    const ThreadNames top = topNames(trace, thread, mostNames, mostSlices);
    for (const NameTotal &name : top.names) {
        const QString shown = shownText(trace.name(name.name));
        const QString slices = counted(name.count, StoryWords::tr("1 slice"), StoryWords::tr("%1 slices"));
        addFact(
            story, &name == &top.names.front() ? StoryWords::tr("Most time") : QString(),
            StoryWords::tr("%1: %2, %3").arg(shown.isEmpty() ? StoryWords::tr("(no name)") : shown, formatDuration(name.total), slices));
    }
    if (!top.isWhole)
        addFact(story, QString(), StoryWords::tr("of the first %1 slices").arg(formatCount(mostSlices)));
}

LaneStory threadStory(const Trace &trace, LaneId thread)
{
    const LaneId end = trace.endOfRows(thread);
    std::size_t slices = 0;
    for (LaneId row = thread; row != end; ++row)
        slices += trace.spanCount(row);
    LaneStory story;
    story.title = laneTitle(trace, thread);
    const LaneId process = trace.processOf(thread);
    const QString kind = shownText(trace.name(trace.lane(thread).task.kind));
    story.summary = joinedByDots({process == noLane ? kind : StoryWords::tr("%1 of %2").arg(kind, laneTitle(trace, process)),
                                  StoryWords::tr("busy %1").arg(laneFact(trace, thread).text)});
    const StateTimes times = trace.times(thread);
    for (const State state : taskStates) {
        if (times[state] > 0)
            story.shares.push_back({state, times[state]});
    }
    addFact(story, StoryWords::tr("Busy"), formatDuration(busyTime(trace, thread)));
    addFact(story, StoryWords::tr("Slices"), formatCount(slices));
    addFact(story, StoryWords::tr("Depth"), counted(end - thread, StoryWords::tr("1 row"), StoryWords::tr("%1 rows")));
    if (const auto instants = trace.imported().instants(thread).size(); instants > 0)
        addFact(story, StoryWords::tr("Instants"), formatCount(instants));
    addFact(story, StoryWords::tr("Note"), shownText(trace.name(trace.lane(thread).task.note)));
    addNames(trace, thread, story);
    if (trace.lane(thread).incomplete)
        addFact(story, StoryWords::tr("Incomplete"),
                StoryWords::tr("There was no memory for all of it; there are gaps between its slices."));
    return story;
}

LaneStory counterStory(const Trace &trace, LaneId counter)
{
    const auto samples = trace.imported().samples(counter);
    LaneStory story;
    story.title = laneTitle(trace, counter);
    const LaneId owner = trace.lane(counter).task.parent;
    story.summary = trace.hasLane(owner) ? StoryWords::tr("counter of %1").arg(laneTitle(trace, owner)) : StoryWords::tr("counter");
    addFact(story, StoryWords::tr("Samples"), formatCount(samples.size()));
    if (samples.empty())
        return story;
    const SampleExtent extent = trace.imported().extentOf(counter, 0, samples.size());
    addFact(story, StoryWords::tr("Least"), formatNumber(extent.least));
    addFact(story, StoryWords::tr("Greatest"), formatNumber(extent.most));
    addFact(story, StoryWords::tr("First"),
            StoryWords::tr("%1 at %2").arg(formatNumber(samples.front().value), formatInstant(samples.front().at)));
    addFact(story, StoryWords::tr("Last"),
            StoryWords::tr("%1 at %2").arg(formatNumber(samples.back().value), formatInstant(samples.back().at)));
    return story;
}

// The trace as a whole.

void addProblems(const RunInfo &info, LaneStory &story)
{
    for (std::size_t i = 0; i < std::min(mostProblems, info.problems.size()); ++i) {
        const ImportProblem &problem = info.problems[i];
        story.facts.push_back({i == 0 ? StoryWords::tr("Problems") : QString(), problemText(problem), std::nullopt, problem.isLeftOut});
    }
    if (info.problems.size() > mostProblems)
        addFact(story, QString(),
                counted(info.problems.size() - mostProblems, StoryWords::tr("and 1 more kind: see Help > About this run"),
                        StoryWords::tr("and %1 more kinds: see Help > About this run")));
}

LaneStory traceStory(const Trace &trace)
{
    const RunInfo &info = trace.info();
    LaneStory story;
    story.title = info.title.empty() ? StoryWords::tr("Trace") : shownText(info.title);
    story.summary = progressText(trace);
    addFact(story, StoryWords::tr("Format"), shownText(info.importedFrom));
    addFact(story, StoryWords::tr("Time"), formatDuration(runLength(trace)));
    addFact(story, StoryWords::tr("Slices"), formatCount(trace.spanCount()));
    const auto addCount = [&](const QString &label, std::size_t count) {
        if (count > 0)
            addFact(story, label, formatCount(count));
    };
    addCount(StoryWords::tr("Instants"), trace.imported().instants().size());
    addCount(StoryWords::tr("Flows"), trace.imported().flows().size());
    addFact(story, StoryWords::tr("Memory"), formatBytes(trace.byteSize()));
    addProblems(info, story);
    for (const std::string &note : info.notes)
        addFact(story, StoryWords::tr("Note"), shownText(note));
    return story;
}

} // namespace

LaneStory importStoryOf(const Trace &trace, LaneId lane, std::optional<std::size_t> span, std::optional<std::size_t> instant)
{
    if (!trace.hasLane(lane) || lane == loopLaneId)
        return traceStory(trace);
    if (span && *span < trace.spanCount(lane))
        return sliceStory(trace, {lane, *span});
    if (const auto instants = trace.imported().instants(lane); instant && *instant < instants.size())
        return instantStory(trace, instants[*instant]);
    return trace.lane(lane).kind == LaneKind::Counter ? counterStory(trace, lane) : threadStory(trace, trace.headOf(lane));
}

} // namespace loopscope
