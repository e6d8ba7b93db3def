#include "ui/panels/lane_story.h"

#include "ui/panels/import_story.h"
#include "ui/panels/run_summary.h"
#include "ui/panels/story_parts.h"
#include "ui/panels/wait_story.h"
#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"
#include "ui/timeline/facts_at_hand.h"
#include "ui/timeline/lane_text.h"
#include "ui/timeline/task_text.h"

#include <QStringList>

#include <algorithm>

namespace loopscope {

namespace {

constexpr std::size_t mostExamples = 5;
constexpr std::size_t mostFindings = 8;

QString share(Nanoseconds part, Nanoseconds whole)
{
    return formatPercent(whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0);
}

std::vector<Share> sharesOf(const StateTimes &times, Nanoseconds whole)
{
    std::vector<Share> shares;
    for (const State state : taskStates) {
        if (times[state] > 0)
            shares.push_back({state, times[state]});
    }
    if (const Nanoseconds idle = whole - times.total(); idle > 0)
        shares.push_back({std::nullopt, idle});
    return shares;
}

// A task.

QString textKind(const FileFacts &file)
{
    return file.firstInvalidUtf8 ? StoryWords::tr("invalid UTF-8 at byte %1").arg(formatCount(*file.firstInvalidUtf8))
                                 : StoryWords::tr("valid UTF-8");
}

QString fileSummary(const Lane &task, const FileFacts &file, Nanoseconds life)
{
    QStringList parts;
    switch (task.task.outcome) {
    case Outcome::Unfinished:
        parts += file.size ? StoryWords::tr("%1 of %2").arg(formatBytes(file.bytes), formatBytes(*file.size)) : formatBytes(file.bytes);
        parts += StoryWords::tr("reading for %1").arg(formatDuration(life));
        break;
    case Outcome::Done:
        parts += {formatBytes(file.bytes), textKind(file), StoryWords::tr("read in %1").arg(formatDuration(life))};
        break;
    case Outcome::Cancelled:
    case Outcome::Failed:
        parts += {formatBytes(file.bytes), StoryWords::tr("%1 after %2").arg(outcomeName(task.task.outcome), formatDuration(life))};
        break;
    }
    if (file.bytes > 0)
        parts += formatRate(file.bytes, life);
    return joinedByDots(parts);
}

QString taskSummary(const Lane &task, Nanoseconds life)
{
    const TaskFacts &facts = task.task;
    if (facts.file)
        return fileSummary(task, *facts.file, life);
    if (facts.outcome != Outcome::Unfinished)
        return StoryWords::tr("%1 after %2").arg(outcomeName(facts.outcome), formatDuration(life));
    return StoryWords::tr("%1, %2 old").arg(stateText(task), formatDuration(life));
}

void addOutcome(const Trace &trace, const Lane &task, LaneStory &story)
{
    const TaskFacts &facts = task.task;
    if (facts.outcome == Outcome::Failed)
        story.facts.push_back({StoryWords::tr("Error"), facts.error == 0 ? StoryWords::tr("unknown") : shownText(trace.name(facts.error)),
                               std::nullopt, true});
    addFact(story, StoryWords::tr("Result"), shownText(trace.name(facts.result)));
    if (facts.file && facts.outcome == Outcome::Done && facts.result == 0)
        addFact(story, StoryWords::tr("Lines"), formatCount(facts.file->lines));
    addFact(story, StoryWords::tr("Note"), shownText(trace.name(facts.note)));
    if (task.incomplete)
        addFact(story, StoryWords::tr("Incomplete"), StoryWords::tr("Events of this task were lost; there are gaps between its spans."));
}

void addWhereabouts(const Trace &trace, const Lane &task, LaneStory &story)
{
    if (trace.hasLane(task.task.parent))
        story.facts.push_back({StoryWords::tr("Parent"), laneTitle(trace, task.task.parent), Target{task.task.parent, std::nullopt}});
    if (task.task.file)
        addFact(story, StoryWords::tr("Path"), shownText(task.task.file->path));
    const RangeEnds life = formatEnds({task.begin, task.end().value_or(task.begin)});
    addFact(story, StoryWords::tr("Life"),
            task.hasEnded() ? StoryWords::tr("%1 to %2").arg(life.begin, life.end) : StoryWords::tr("since %1").arg(life.begin));
}

void addSpanTime(const Span &span, LaneStory &story)
{
    const RangeEnds ends = formatEnds(span.range());
    addFact(story, StoryWords::tr("This span"),
            StoryWords::tr("%1 for %2, %3 to %4").arg(stateName(span.state), formatDuration(span.length()), ends.begin, ends.end));
}

LaneStory taskStory(const Trace &trace, const Lane &task, std::optional<std::size_t> span)
{
    LaneStory story;
    story.title = laneTitle(trace, task.id);
    story.summary = taskSummary(task, lifetime(trace, task).length());
    story.shares = sharesOf(trace.times(task.id), 0);
    addOutcome(trace, task, story);
    const bool isSelected = span && *span < trace.spanCount(task.id);
    if (!isSelected)
        span = tellingSpan(trace, task.id);
    if (isSelected)
        addSpanTime(trace.span(task.id, *span), story);
    if (span) {
        story.passage = passageOn(trace, task.id, *span);
        for (const std::optional<Fact> &fact : {wokenBy(trace, task.id, *span), sourceLine(trace, trace.span(task.id, *span))}) {
            if (fact)
                story.facts.push_back(*fact);
        }
    }
    addWhereabouts(trace, task, story);
    if (const auto &file = task.task.file) {
        story.preview = file->preview;
        story.fileSize = std::max(file->bytes, file->size.value_or(0));
    }
    return story;
}

// A worker.

LaneStory workerStory(const Trace &trace, const Lane &worker, std::optional<std::size_t> selected)
{
    const StateTimes times = trace.times(worker.id);
    std::vector<std::size_t> jobs(trace.spanCount(worker.id));
    std::generate(jobs.begin(), jobs.end(), [next = std::size_t(0)]() mutable { return next++; });
    const std::size_t examples = std::min(mostExamples, jobs.size());
    std::ranges::partial_sort(jobs, jobs.begin() + static_cast<std::ptrdiff_t>(examples), std::greater<>(),
                              [&](std::size_t job) { return trace.span(worker.id, job).length(); });

    LaneStory story;
    story.title = StoryWords::tr("Worker #%1").arg(worker.number());
    story.summary = joinedByDots({StoryWords::tr("busy %1").arg(share(times.total(), runLength(trace))),
                                  jobs.size() == 1 ? StoryWords::tr("1 job") : StoryWords::tr("%1 jobs").arg(formatCount(jobs.size()))});
    story.shares = sharesOf(times, runLength(trace));
    const auto addJob = [&](const QString &label, std::size_t job) {
        const Span span = trace.span(worker.id, job);
        const bool hasTask = trace.hasLane(span.peer);
        const Target target = hasTask ? Target{span.peer, trace.firstSpanEndingAfter(span.peer, span.begin)} : Target{worker.id, job};
        story.facts.push_back({label,
                               StoryWords::tr("%1, %2 at %3")
                                   .arg(hasTask ? laneTitle(trace, span.peer) : StoryWords::tr("a job"), formatDuration(span.length()),
                                        formatInstant(span.begin)),
                               target});
    };
    if (selected && *selected < trace.spanCount(worker.id))
        addJob(StoryWords::tr("This job"), *selected);
    for (std::size_t i = 0; i < examples; ++i)
        addJob(i == 0 ? StoryWords::tr("Longest") : QString(), jobs[i]);
    return story;
}

// The loop, and the run as a whole.

void addStalls(const Trace &trace, std::vector<Stall> stalls, LaneStory &story)
{
    std::ranges::stable_sort(stalls, std::greater<>(), [](const Stall &stall) { return stall.range.length(); });
    stalls.resize(std::min(stalls.size(), mostExamples));
    for (std::size_t i = 0; i < stalls.size(); ++i) {
        const Stall &stall = stalls[i];
        const bool hasTask = trace.hasLane(stall.task);
        const QString who = hasTask ? laneTitle(trace, stall.task) : StoryWords::tr("no task");
        const Target target =
            hasTask ? Target{stall.task, trace.firstSpanEndingAfter(stall.task, stall.range.begin)} : Target{loopLaneId, {}};
        story.facts.push_back(
            {i == 0 ? StoryWords::tr("Longest") : QString(),
             StoryWords::tr("%1, %2 at %3").arg(who, formatDuration(stall.range.length()), formatInstant(stall.range.begin)), target});
    }
}

void addLoopFacts(const Trace &trace, LaneStory &story)
{
    const QString threshold = formatDuration(trace.info().stallThreshold);
    if (const auto stalls = stallsAtHand(trace)) {
        addFact(story, StoryWords::tr("Stalls"),
                stalls->empty() ? StoryWords::tr("none over %1").arg(threshold)
                                : StoryWords::tr("%1 over %2").arg(formatCount(stalls->size()), threshold));
        addStalls(trace, *stalls, story);
    } else {
        addFact(story, StoryWords::tr("Stalls"),
                trace.info().finished ? StoryWords::tr("being looked for") : StoryWords::tr("told when the run has ended"));
    }
}

/// What is wrong with the run, each a link to its evidence.
void addFindings(const Explanation *explanation, LaneStory &story)
{
    if (!explanation)
        return;
    const std::vector<Finding> &findings = explanation->findings;
    if (findings.empty())
        addFact(story, StoryWords::tr("Findings"), StoryWords::tr("none"));
    for (std::size_t i = 0; i < std::min(findings.size(), mostFindings); ++i) {
        const SpanPlace place = findings[i].evidence;
        story.facts.push_back(
            {i == 0 ? StoryWords::tr("Findings") : QString(), shownText(findings[i].text), Target{place.lane, place.span}});
    }
    if (findings.size() > mostFindings)
        addFact(story, QStringLiteral(" "),
                StoryWords::tr("and %1 more, which the report tells").arg(formatCount(findings.size() - mostFindings)));
}

/// What the run's time was spent on, with a link to the longest piece of that.
void addCriticalPath(const Trace &trace, const Explanation *explanation, LaneStory &story)
{
    if (!explanation || explanation->criticalPath.empty())
        return;
    const Nanoseconds wall = explanation->criticalPath.back().range.end;
    std::vector<State> states(taskStates.begin(), taskStates.end());
    std::erase_if(states, [&](State state) { return explanation->pathTimes[state] < wall / 100; });
    std::ranges::sort(states, std::greater<>(), [&](State state) { return explanation->pathTimes[state]; });
    QStringList parts;
    for (const State state : states)
        parts += StoryWords::tr("%1 %2").arg(stateName(state), share(explanation->pathTimes[state], wall));
    const PathPiece &longest =
        *std::ranges::max_element(explanation->criticalPath, {}, [](const PathPiece &piece) { return piece.range.length(); });
    const std::size_t span = trace.firstSpanEndingAfter(longest.task, longest.range.begin);
    story.facts.push_back({StoryWords::tr("Critical path"),
                           parts.isEmpty() ? StoryWords::tr("not known") : parts.join(QStringLiteral(", ")),
                           Target{longest.task, longest.state ? std::optional(span) : std::nullopt}});
}

/// The passage on a span that is the evidence of a finding tells that, and what to do. Of a stall it does already.
LaneStory withFinding(LaneStory story, LaneId lane, std::optional<std::size_t> span, const Explanation *explanation)
{
    if (!explanation || !span)
        return story;
    const auto finding = std::ranges::find_if(explanation->findings, [&](const Finding &each) {
        return each.kind != FindingKind::Stall && each.evidence == SpanPlace{lane, *span};
    });
    if (finding == explanation->findings.end())
        return story;
    const Remedy &remedy = finding->remedy();
    const auto text = [](std::string_view code) { return QString::fromUtf8(code.data(), static_cast<qsizetype>(code.size())); };
    Passage &passage = story.passage;
    passage.text = shownText(finding->text) + QLatin1Char(' ') + text(remedy.advice);
    passage.linesBefore = text(remedy.qcoro.before);
    passage.linesAfter = text(remedy.qcoro.after);
    passage.pythonBefore = text(remedy.asyncio.before);
    passage.pythonAfter = text(remedy.asyncio.after);
    return story;
}

/// What a span of the loop's lane was: whose code ran, or whose call blocked.
void addLoopSpan(const Trace &trace, const Span &span, LaneStory &story)
{
    const QString what = span.state == State::Blocking ? StoryWords::tr("blocked") : StoryWords::tr("busy");
    const QString when = StoryWords::tr("%1 for %2 at %3").arg(what, formatDuration(span.length()), formatInstant(span.begin));
    if (!trace.hasLane(span.peer)) {
        addFact(story, StoryWords::tr("This span"), when);
        return;
    }
    const Target target{span.peer, trace.firstSpanEndingAfter(span.peer, span.begin)};
    story.facts.push_back({StoryWords::tr("This span"), StoryWords::tr("%1, %2").arg(laneTitle(trace, span.peer), when), target});
}

LaneStory loopStory(const Trace &trace, std::optional<std::size_t> span, const Explanation *explanation)
{
    const Nanoseconds wall = runLength(trace);
    LaneStory story;
    story.title = StoryWords::tr("Event loop");
    story.summary = StoryWords::tr("busy %1 of %2").arg(share(busyTime(trace, loopLaneId), wall), formatDuration(wall));
    story.shares = sharesOf(trace.timesIn(loopLaneId, {0, wall}), wall);
    if (span && *span < trace.spanCount(loopLaneId))
        addLoopSpan(trace, trace.span(loopLaneId, *span), story);
    addLoopFacts(trace, story);
    addFindings(explanation, story);
    return story;
}

LaneStory runStory(const Trace &trace, const Explanation *explanation)
{
    const RunInfo &info = trace.info();
    const Nanoseconds wall = runLength(trace);
    LaneStory story;
    story.title = info.title.empty() ? StoryWords::tr("Run") : shownText(info.title);
    story.summary = progressText(trace);
    addFact(story, StoryWords::tr("Time"), formatDuration(wall));
    if (info.cpu > 0)
        addFact(story, StoryWords::tr("CPU time"), StoryWords::tr("%1 of the whole program").arg(formatDuration(info.cpu)));
    if (trace.totals().bytes > 0)
        addFact(story, StoryWords::tr("Read"), joinedByDots({formatBytes(trace.totals().bytes), formatRate(trace.totals().bytes, wall)}));
    story.facts.push_back({StoryWords::tr("Loop"), StoryWords::tr("busy %1").arg(share(busyTime(trace, loopLaneId), wall)),
                           Target{loopLaneId, std::nullopt}});
    addLoopFacts(trace, story);
    addFindings(explanation, story);
    addCriticalPath(trace, explanation, story);
    addFact(story, StoryWords::tr("Workers"), formatCount(trace.workers().size()));
    if (info.inFlight > 0 && trace.totals().files > 0)
        addFact(story, StoryWords::tr("In flight"),
                counted(static_cast<quint64>(info.inFlight), StoryWords::tr("1 file at most"), StoryWords::tr("%1 files at most")));
    addFact(story, StoryWords::tr("Recorded"),
            StoryWords::tr("%1, %2").arg(counted(trace.spanCount(), StoryWords::tr("1 span"), StoryWords::tr("%1 spans")),
                                         formatBytes(trace.byteSize())));
    if (info.droppedEvents > 0)
        story.facts.push_back({StoryWords::tr("Dropped"),
                               counted(info.droppedEvents, StoryWords::tr("1 event"), StoryWords::tr("%1 events")), std::nullopt, true});
    if (info.peakRssBytes > 0)
        addFact(story, StoryWords::tr("Memory"), StoryWords::tr("%1 at most, of the whole program").arg(formatBytes(info.peakRssBytes)));
    addFact(story, StoryWords::tr("Skipped"), skippedText(info));
    for (const std::string &note : info.notes)
        addFact(story, StoryWords::tr("Note"), shownText(note));
    return story;
}

} // namespace

LaneStory storyOf(const Trace &trace, LaneId lane, std::optional<std::size_t> span, std::optional<std::size_t> instant,
                  const Explanation *explanation)
{
    if (!trace.hasLoop())
        return importStoryOf(trace, lane, span, instant);
    if (!trace.hasLane(lane))
        return runStory(trace, explanation);
    switch (trace.lane(lane).kind) {
    case LaneKind::Loop:
        return loopStory(trace, span, explanation);
    case LaneKind::Worker:
        return workerStory(trace, trace.lane(lane), span);
    case LaneKind::Task:
    case LaneKind::Process:
    case LaneKind::Thread:
    case LaneKind::Row:
    case LaneKind::Counter:
        return withFinding(taskStory(trace, trace.lane(lane), span), lane, span, explanation);
    }
    return {};
}

} // namespace loopscope
