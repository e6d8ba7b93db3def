// What TimelineView does with the selected range of time, and what it lays over the lanes.

#include "ui/timeline/culprit_links.h"
#include "ui/timeline/gestures.h"
#include "ui/timeline/overlay.h"
#include "ui/timeline/span_edges.h"
#include "ui/timeline/timeline_view.h"

#include <QScrollBar>

#include <algorithm>
#include <cstdlib>

namespace loopscope {

namespace {

// In logical pixels.
constexpr int snapReach = 6;
constexpr int gripReach = 4;

constexpr qint64 wakesIntervalMs = 200; // of a run that goes on

} // namespace

bool TimelineView::isOnCanvas(QPoint at) const
{
    const QSize canvas = canvasSize();
    return trace_ && at.x() >= canvas.width() - timeScale().columns && at.x() < canvas.width();
}

bool TimelineView::isClick(QPoint pressed, QPoint released) const
{
    return (pressed - released).manhattanLength() < metrics_.px(shortestDrag);
}

Nanoseconds TimelineView::rangeEdgeAt(QPoint at, Qt::KeyboardModifiers modifiers)
{
    const TimeScale scale = timeScale();
    const int column = std::clamp(at.x() - (canvasSize().width() - scale.columns), 0, scale.columns);
    const TimeRange extent = viewport_.extent();
    const Nanoseconds instant = std::clamp(timeOfColumn(scale, column), extent.begin, extent.end);
    if (modifiers.testFlag(Qt::AltModifier))
        return instant;
    const TimelineFrame &picture = frame();
    std::vector<LaneId> lanes;
    lanes.reserve(picture.lanes.size());
    for (const LanePicture &lane : picture.lanes)
        lanes.push_back(lane.lane);
    const LanePicture *lane = at.y() >= metrics_.rulerHeight ? laneAt(picture, at) : nullptr;
    const Nanoseconds reach = timeOfColumn(scale, column + metrics_.px(snapReach)) - timeOfColumn(scale, column);
    return snapped(*trace_, lane ? lane->lane : noLane, lanes, instant, reach);
}

// Of the range's edge at this place the other one, which stays where it is when this one is moved.
std::optional<Nanoseconds> TimelineView::edgeOppositeTo(QPoint at) const
{
    const std::optional<TimeRange> range = selection_.range();
    if (!range || !isOnCanvas(at))
        return std::nullopt;
    const TimeScale scale = timeScale();
    const int column = at.x() - (canvasSize().width() - scale.columns);
    const int toBegin = std::abs(nearestEdge(scale, range->begin) - column);
    const int toEnd = std::abs(nearestEdge(scale, range->end) - column);
    if (std::min(toBegin, toEnd) > metrics_.px(gripReach))
        return std::nullopt;
    return toBegin < toEnd ? range->end : range->begin;
}

void TimelineView::pressRange(QPoint at, Qt::KeyboardModifiers modifiers)
{
    const std::optional<Nanoseconds> opposite = edgeOppositeTo(at);
    rangeDrag_ = RangeDrag{at, opposite ? *opposite : rangeEdgeAt(at, modifiers)};
}

void TimelineView::dragRange(QPoint at, Qt::KeyboardModifiers modifiers)
{
    if (!rangeDrag_->isMoving && isClick(rangeDrag_->pressed, at))
        return;
    rangeDrag_->isMoving = true;
    hover_.reset();
    tellHover();
    setCursor(Qt::SplitHCursor);
    const Nanoseconds moved = rangeEdgeAt(at, modifiers);
    selection_.selectRange(TimeRange{std::min(rangeDrag_->fixed, moved), std::max(rangeDrag_->fixed, moved)});
}

void TimelineView::releaseRange(const RangeDrag &drag)
{
    if (drag.isMoving)
        Q_EMIT rangeSelected();
    else
        selectAt(drag.pressed);
}

// The nearer edge comes to where the mouse is. Without a range there is the selected span to begin with.
void TimelineView::extendRange(QPoint at, Qt::KeyboardModifiers modifiers)
{
    std::optional<TimeRange> range = selection_.range();
    const bool hasLane = trace_ && trace_->hasLane(selection_.lane());
    if (!range && hasLane && selection_.span() && *selection_.span() < trace_->spanCount(selection_.lane()))
        range = trace_->span(selection_.lane(), *selection_.span()).range();
    if (!range || !isOnCanvas(at))
        return;
    const Nanoseconds edge = rangeEdgeAt(at, modifiers);
    if (std::abs(edge - range->begin) < std::abs(edge - range->end))
        range->begin = edge;
    else
        range->end = edge;
    selection_.selectRange(range);
}

void TimelineView::invalidateOverlay()
{
    isOverlayDirty_ = true;
    updateCanvas();
}

const TimelineFrame &TimelineView::withOverlay()
{
    if (!isOverlayDirty_ || !trace_)
        return frame_;
    isOverlayDirty_ = false;
    refreshWakes();
    frame_.overlay = buildOverlay({.layout = layout_,
                                   .metrics = metrics_,
                                   .range = viewport_.range(),
                                   .scroll = scrollBar_->value(),
                                   .selected = selection_.range(),
                                   .selectedSpan = wakesOf_,
                                   .wakes = &wakes_,
                                   .culprits = culprits_,
                                   .criticalPath = criticalPath()},
                                  frame_);
    return frame_;
}

void TimelineView::refreshWakes()
{
    std::optional<SpanPlace> selected;
    if (selection_.span() && trace_->hasLane(selection_.lane()))
        selected = SpanPlace{selection_.lane(), *selection_.span()};
    const std::size_t wakes = trace_->wakes().size();
    const bool isFresh = wakes == wakesSeen_ || (!trace_->info().finished && wakesAge_.isValid() && wakesAge_.elapsed() < wakesIntervalMs);
    if (selected == wakesOf_ && isFresh)
        return;
    wakesOf_ = selected;
    wakesSeen_ = wakes;
    wakesAge_.start();
    wakes_ = selected ? wakeLinksOf(*trace_, *selected) : WakeLinks();
    culprits_ = selected ? culpritLinksOf(*trace_, *selected) : std::vector<WakeLink>();
}

void TimelineView::setShowsCriticalPath(bool shows)
{
    showsCriticalPath_ = shows;
    invalidateOverlay();
}

// Of a replay there is none, as of a run that goes on: what comes later is not known.
std::span<const PathPiece> TimelineView::criticalPath()
{
    if (!showsCriticalPath_)
        return {};
    explanation_ = explanationAtHand(trace_);
    return explanation_ ? std::span(explanation_->criticalPath) : std::span<const PathPiece>();
}

} // namespace loopscope
