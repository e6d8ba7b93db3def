#include "core/analysis/critical_path.h"
#include "core/analysis/culprits.h"
#include "core/analysis/findings.h"
#include "core/analysis/reported_name.h"
#include "core/analysis/stalls.h"
#include "core/formats/report_columns.h"
#include "core/formats/run_report.h"
#include "core/text/display_text.h"
#include "core/text/number_text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace loopscope {

namespace {

constexpr std::size_t mostListed = 5;
constexpr std::size_t mostFailedListed = 10;
// Shorter pieces of the critical path than this part of the run are not listed.
constexpr Nanoseconds leastListedPart = 20;

struct Life {
    LaneId task = noLane;
    Nanoseconds length = 0;
};

/// The longest lives of tasks, the longest first: `most` at most.
std::vector<Life> longestLives(const Trace &trace, std::size_t most)
{
    std::vector<Life> lives;
    lives.reserve(trace.tasks().size());
    for (const LaneId task : trace.tasks()) {
        const Lane &lane = trace.lane(task);
        lives.push_back({task, lane.end().value_or(trace.now()) - lane.begin});
    }
    const std::size_t kept = std::min(lives.size(), most);
    std::ranges::partial_sort(lives, lives.begin() + static_cast<std::ptrdiff_t>(kept), std::greater<>(), &Life::length);
    lives.resize(kept);
    return lives;
}

/// The lines of a report, in two columns.
class Lines {
public:
    void add(const std::string &label, const std::string &text) { text_ += leftAligned(label, 11) + text + '\n'; }
    void item(const std::string &text) { text_ += "  " + text + '\n'; }
    void plain(const std::string &text) { text_ += text + '\n'; }
    void more(std::size_t all, std::size_t listed)
    {
        if (all > listed)
            item("... and " + std::to_string(all - listed) + " more");
    }
    std::string take() { return std::move(text_); }

private:
    std::string text_;
};

std::string joined(const std::vector<std::string> &parts)
{
    std::string text;
    for (const std::string &part : parts)
        text += (text.empty() ? "" : ", ") + part;
    return text;
}

void addHeadline(const Trace &trace, Lines &lines)
{
    const TaskTotals &totals = trace.totals();
    std::vector<std::string> parts{countText(trace.tasks().size(), "task")};
    for (const Outcome outcome : {Outcome::Done, Outcome::Failed, Outcome::Cancelled, Outcome::Unfinished}) {
        if (totals[outcome] > 0)
            parts.push_back(std::to_string(totals[outcome]) + ' ' + std::string(outcomeKey(outcome)));
    }
    const std::string title = displayText(trace.info().title);
    lines.plain((title.empty() ? "" : title + ": ") + joined(parts) + (trace.info().stopped ? "; stopped" : ""));
    lines.plain("");
}

void addFiles(const Trace &trace, Lines &lines)
{
    std::uint64_t newlines = 0;
    std::size_t invalid = 0;
    for (const LaneId task : trace.tasks()) {
        if (const auto &file = trace.lane(task).task.file) {
            newlines += file->lines;
            invalid += file->firstInvalidUtf8 ? 1 : 0;
        }
    }
    const auto bytes = static_cast<double>(trace.totals().bytes);
    const Nanoseconds wall = trace.info().wall;
    std::vector<std::string> parts{bytesText(bytes), countText(newlines, "line")};
    if (wall > 0)
        parts.push_back(bytesText(bytes * 1e9 / static_cast<double>(wall)) + "/s");
    lines.add("read", joined(parts) + " in " + countText(trace.totals().files, "file"));
    if (invalid > 0)
        lines.add("not UTF-8", countText(invalid, "file"));
}

void addRun(const Trace &trace, Lines &lines)
{
    const RunInfo &info = trace.info();
    lines.add("wall", durationText(info.wall));
    lines.add("cpu", durationText(info.cpu) + " (" + shareText(info.cpu, info.wall) + " of the wall time)");
    lines.add("peak rss", bytesText(static_cast<double>(info.peakRssBytes)));
    lines.add("workers", std::to_string(info.workers));
    if (trace.totals().files > 0)
        addFiles(trace, lines);
    std::vector<std::string> skipped;
    skipped.reserve(info.skipped.size());
    for (const auto &[kind, count] : info.skipped)
        skipped.push_back(std::to_string(count) + ' ' + displayText(kind));
    if (!skipped.empty())
        lines.add("skipped", joined(skipped));
    if (info.droppedEvents > 0)
        lines.add("dropped", countText(info.droppedEvents, "event") + ": what happened then is not known");
    if (info.spansNotKept > 0)
        lines.add("not kept", countText(info.spansNotKept, "span") + ", wakes among them: the trace has gaps");
    for (const std::string &note : info.notes)
        lines.add("note", displayText(note));
    lines.plain("");
}

void addStates(const Trace &trace, Lines &lines)
{
    StateTimes times;
    for (const LaneId task : trace.tasks())
        times += trace.times(task);
    lines.plain("state       all tasks   share");
    for (const State state : taskStates)
        lines.add(std::string(stateTitle(state)),
                  rightAligned(durationText(times[state]), 10) + rightAligned(shareText(times[state], times.total()), 8));
    lines.plain("");
}

void addLoop(const Trace &trace, std::vector<Stall> stalls, Lines &lines)
{
    const LoopUse use = loopUse(trace, stalls);
    const Nanoseconds all = use.busy + use.idle;
    lines.add("loop", "busy " + durationText(use.busy) + " (" + shareText(use.busy, all) + "), idle " + durationText(use.idle));
    std::string summary = "none over " + durationText(trace.info().stallThreshold);
    if (!stalls.empty())
        summary = std::to_string(stalls.size()) + " over " + durationText(trace.info().stallThreshold);
    lines.add("stalls", summary);
    const std::size_t listed = std::min(stalls.size(), mostListed);
    std::ranges::partial_sort(stalls, stalls.begin() + static_cast<std::ptrdiff_t>(listed), std::greater<>(),
                              [](const Stall &stall) { return stall.range.length(); });
    for (std::size_t i = 0; i < listed; ++i) {
        const Stall &stall = stalls[i];
        lines.item(rightAligned(durationText(stall.range.length()), 7) + " at " + leftAligned(durationText(stall.range.begin), 9)
                   + (trace.hasLane(stall.task) ? reportedName(trace, stall.task) : "the loop itself"));
    }
    lines.more(stalls.size(), listed);
    lines.plain("");
}

void addFindings(const Trace &trace, const std::vector<Stall> &stalls, const LoopHolds &holds, Lines &lines)
{
    std::vector<Finding> findings = findFindings(trace, stalls, holds);
    lines.add("findings", findings.empty() ? "none" : std::to_string(findings.size()));
    const auto gravity = [](const Finding &finding) { return std::pair(finding.waited(), finding.range.length()); };
    std::ranges::stable_sort(findings, std::greater<>(), gravity);
    const std::size_t listed = std::min(findings.size(), mostListed);
    for (std::size_t i = 0; i < listed; ++i)
        lines.item(findings[i].text + ' ' + std::string(findings[i].remedy().advice));
    lines.more(findings.size(), listed);
    lines.plain("");
}

std::string pieceText(const Trace &trace, const PathPiece &piece)
{
    const std::string what = piece.state ? std::string(stateTitle(*piece.state)) : "not known";
    return rightAligned(durationText(piece.range.length()), 7) + " at " + leftAligned(durationText(piece.range.begin), 9)
           + reportedName(trace, piece.task) + ": " + what;
}

/// What the run's time was spent on, and the longest pieces of it.
void addCriticalPath(const Trace &trace, const LoopHolds &holds, Lines &lines)
{
    std::vector<PathPiece> path = criticalPath(trace, holds);
    if (path.empty())
        return;
    const Nanoseconds wall = path.back().range.end;
    const StateTimes times = timesAlong(path);
    std::vector<std::string> parts;
    for (const State state : taskStates) {
        if (times[state] > 0)
            parts.push_back(std::string(stateTitle(state)) + ' ' + durationText(times[state]) + " (" + shareText(times[state], wall) + ')');
    }
    if (const Nanoseconds unknown = wall - times.total(); unknown > 0)
        parts.push_back("not known " + durationText(unknown));
    lines.add("critical", joined(parts));
    std::erase_if(path, [wall](const PathPiece &piece) { return piece.range.length() < wall / leastListedPart; });
    const std::size_t listed = std::min(path.size(), mostListed);
    std::ranges::partial_sort(path, path.begin() + static_cast<std::ptrdiff_t>(listed), std::greater<>(),
                              [](const PathPiece &piece) { return piece.range.length(); });
    for (std::size_t i = 0; i < listed; ++i)
        lines.item(pieceText(trace, path[i]));
    lines.plain("");
}

/// The longest span in which a task was ready, if it is one that a person would notice.
std::optional<Span> longestLateness(const Trace &trace, LaneId task)
{
    std::optional<Span> longest;
    for (std::size_t i = 0; i < trace.spanCount(task); ++i) {
        const Span span = trace.span(task, i);
        if (span.state == State::Ready && span.length() > (longest ? longest->length() : trace.info().stallThreshold))
            longest = span;
    }
    return longest;
}

/// "queued 3.00 s, in worker 3.00 s": the states that took a tenth of its life at least.
std::string mainStates(const Trace &trace, LaneId task)
{
    const StateTimes times = trace.times(task);
    std::vector<std::string> parts;
    for (const State state : taskStates) {
        if (times[state] > 0 && times[state] >= times.total() / 10)
            parts.push_back(std::string(stateTitle(state)) + ' ' + durationText(times[state]));
    }
    return joined(parts);
}

void addSlowest(const Trace &trace, const LoopHolds &holds, Lines &lines)
{
    const std::vector<Life> slowest = longestLives(trace, mostListed);
    if (!slowest.empty())
        lines.plain("slowest");
    for (const auto &[task, life] : slowest) {
        const TaskFacts &facts = trace.lane(task).task;
        std::vector<std::string> parts{mainStates(trace, task)};
        if (facts.file)
            parts.push_back(bytesText(static_cast<double>(facts.file->bytes)));
        if (facts.result != 0)
            parts.push_back('"' + displayText(trace.name(facts.result)) + '"');
        lines.item(rightAligned(durationText(life), 7) + "  " + reportedName(trace, task) + ": " + joined(parts));
        if (const auto late = longestLateness(trace, task))
            lines.item("         ready for " + durationText(late->length()) + ": "
                       + culpritText(trace, loopShares(trace, holds, late->range())));
    }
}

void addFailed(const Trace &trace, Lines &lines)
{
    const std::size_t failed = trace.totals()[Outcome::Failed];
    if (failed == 0)
        return;
    lines.plain("");
    lines.plain("failed");
    std::size_t listed = 0;
    for (const LaneId task : trace.tasks()) {
        const TaskFacts &facts = trace.lane(task).task;
        if (facts.outcome != Outcome::Failed)
            continue;
        lines.item(reportedName(trace, task) + ": " + displayText(trace.name(facts.error)));
        if (++listed == mostFailedListed)
            break;
    }
    lines.more(failed, listed);
}

} // namespace

std::string textReport(const Trace &trace)
{
    Lines lines;
    addHeadline(trace, lines);
    addRun(trace, lines);
    addStates(trace, lines);
    const std::vector<Stall> stalls = findStalls(trace);
    const LoopHolds holds(trace);
    addLoop(trace, stalls, lines);
    addFindings(trace, stalls, holds, lines);
    addCriticalPath(trace, holds, lines);
    addSlowest(trace, holds, lines);
    addFailed(trace, lines);
    return lines.take();
}

} // namespace loopscope
