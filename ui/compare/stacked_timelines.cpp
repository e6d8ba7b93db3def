#include "ui/compare/stacked_timelines.h"

#include "ui/compare/comparison_figures.h"
#include "ui/compare/comparison_words.h"
#include "ui/theme/format.h"
#include "ui/timeline/facts_at_hand.h"
#include "ui/timeline/lane_layout.h"

#include <QPainter>

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {

// So tall that some ten lanes are in sight, and several strategies fit a screen.
constexpr double tallestTimeline = 300; // in logical pixels

/// From the common start to the end of the longest, with a little room on both sides, on the right for the caps.
TimeRange rangeOf(const Comparison &comparison)
{
    Nanoseconds longest = 1;
    for (const CandidateResult &result : comparison.candidates) {
        if (result.trace)
            longest = std::max(longest, result.trace->now());
    }
    return {-longest / 100, longest + longest / 25 + 1};
}

/// Lines of time stay, their labels are above the first timeline.
void removeRuler(TimelineFrame &frame)
{
    frame.rulerBase = {};
    for (TickPicture &tick : frame.ticks)
        tick.label = {};
}

QString factsOf(const Comparison &comparison, const CandidateResult &result, std::size_t lanesLeftOut)
{
    const auto figure = [&](ComparisonColumn column) { return figureText(comparison, result, column); };
    QString text = figure(ComparisonColumn::Wall) + QStringLiteral(" · × ") + figure(ComparisonColumn::Ratio);
    const bool isMeasured = std::ranges::any_of(result.runs, [](const RunFigures &run) { return run.resources.peakThreads > 0; });
    if (isMeasured) // else its process is not known
        text += ComparisonWords::tr(" · CPU %1 · %2 threads · %3")
                    .arg(figure(ComparisonColumn::Cpu), figure(ComparisonColumn::Threads), figure(ComparisonColumn::Memory));
    if (result.spreadOf([](const RunFigures &run) { return run.longestStall; }).median > 0)
        text += ComparisonWords::tr(" · stalls of up to %1").arg(figure(ComparisonColumn::LongestStall));
    if (lanesLeftOut > 0)
        text += lanesLeftOut == 1 ? ComparisonWords::tr(" · 1 more lane")
                                  : ComparisonWords::tr(" · %1 more lanes").arg(formatCount(lanesLeftOut));
    return text;
}

} // namespace

StackedTimelines::StackedTimelines(const Comparison &comparison, const TimelineMetrics &metrics, int width)
{
    const TimeRange range = rangeOf(comparison);
    for (std::size_t i = 0; i < comparison.candidates.size(); ++i) {
        if (comparison.candidates[i].trace)
            add(comparison, i, metrics, width, range);
    }
}

void StackedTimelines::add(const Comparison &comparison, std::size_t candidate, const TimelineMetrics &metrics, int width, TimeRange range)
{
    const CandidateResult &result = comparison.candidates[candidate];
    const Trace &trace = *result.trace;
    TimelineMetrics own = metrics;
    if (!timelines_.empty())
        own.rulerHeight = 0;
    const LaneLayout layout(trace, own.rows, {});
    const std::vector<Stall> stalls = foundStalls(result.trace);
    FrameRequest request{.trace = trace, .layout = layout, .metrics = own, .size = {}, .range = range};
    request.size = QSize(width, own.rulerHeight + std::min(layout.height(), metrics.px(tallestTimeline)));
    request.stalls = stalls;
    request.whole = true;
    for (const LaneGroup group : {LaneGroup::Tasks, LaneGroup::Workers})
        request.summaries[static_cast<std::size_t>(group)] = groupSummary(trace, group);
    request.summaries[static_cast<std::size_t>(LaneGroup::Loop)] = loopSummary(trace, stalls);

    Timeline &timeline = timelines_.emplace_back();
    timeline.candidate = candidate;
    timeline.isPredicted = result.isPredicted;
    timeline.top = height_;
    timeline.frameTop = height_ + metrics.px(28);
    timeline.frame = buildFrame(request);
    if (timelines_.size() > 1)
        removeRuler(timeline.frame);
    const int left = metrics.padding;
    const int baseline = height_ + metrics.px(18);
    timeline.title = {QPoint(left, baseline), elidedRight(candidateText(result), width / 2, metrics.strongWidth)};
    const int factsAt = left + metrics.strongWidth(timeline.title.text) + metrics.px(14);
    const QString facts = factsOf(comparison, result, trace.laneCount() - std::min(trace.laneCount(), timeline.frame.lanes.size()));
    timeline.facts = {QPoint(factsAt, baseline), elidedRight(facts, width - metrics.padding - factsAt, metrics.smallWidth)};
    height_ = timeline.frameTop + timeline.frame.size.height() + metrics.px(14);
}

std::size_t StackedTimelines::laneCount() const
{
    std::size_t lanes = 0;
    for (const Timeline &timeline : timelines_)
        lanes += timeline.frame.lanes.size();
    return lanes;
}

std::optional<std::size_t> StackedTimelines::candidateAt(int y) const
{
    const auto behind = std::ranges::upper_bound(timelines_, y, {}, &Timeline::top);
    if (behind == timelines_.begin() || y >= height_)
        return std::nullopt;
    return std::prev(behind)->candidate;
}

void StackedTimelines::paint(QPainter &painter, const FramePainter &frames, const FramePainter &ghosts, const TimelineFonts &fonts,
                             const PaintLimits &limits) const
{
    for (const Timeline &timeline : timelines_) {
        QFont titleFont = fonts.strong;
        titleFont.setItalic(timeline.isPredicted); // beside the pale colours, the second cue
        painter.setFont(titleFont);
        painter.setPen(frames.theme().text);
        painter.drawText(timeline.title.at, timeline.title.text);
        painter.setFont(fonts.small);
        painter.setPen(frames.theme().mutedText);
        painter.drawText(timeline.facts.at, timeline.facts.text);
        PaintLimits own = limits;
        if (own.area)
            own.area->translate(0, -timeline.frameTop);
        painter.translate(0, timeline.frameTop);
        (timeline.isPredicted ? ghosts : frames).paint(painter, timeline.frame, own);
        painter.translate(0, -timeline.frameTop);
    }
}

} // namespace loopscope
