#include "ui/timeline/timeline_navigator.h"

#include <algorithm>

namespace loopscope {

namespace {

constexpr double zoomStep = 1.5;
constexpr int panParts = 8; // of the visible range

} // namespace

TimelineNavigator::TimelineNavigator(Selection &selection, Viewport &viewport)
    : selection_(selection)
    , viewport_(viewport)
{
}

bool TimelineNavigator::run(TimelineCommand command, const Trace &trace, Nanoseconds anchor)
{
    return runOnTime(command, anchor) || runOnSpans(command, trace);
}

bool TimelineNavigator::runOnTime(TimelineCommand command, Nanoseconds anchor)
{
    switch (command) {
    case TimelineCommand::ZoomIn:
        viewport_.zoomAt(anchor, zoomStep);
        return true;
    case TimelineCommand::ZoomOut:
        viewport_.zoomAt(anchor, 1 / zoomStep);
        return true;
    case TimelineCommand::PanLeft:
        viewport_.pan(-viewport_.range().length() / panParts);
        return true;
    case TimelineCommand::PanRight:
        viewport_.pan(viewport_.range().length() / panParts);
        return true;
    case TimelineCommand::FitAll:
        viewport_.fitAll();
        return true;
    case TimelineCommand::FollowLive:
        if (viewport_.isGrowing())
            viewport_.followLive();
        return true;
    case TimelineCommand::ToggleFreeze:
        if (viewport_.isGrowing())
            viewport_.follow() == Follow::Live ? viewport_.freeze() : viewport_.followLive();
        return true;
    default:
        return false;
    }
}

bool TimelineNavigator::runOnSpans(TimelineCommand command, const Trace &trace)
{
    switch (command) {
    case TimelineCommand::NextSpan:
    case TimelineCommand::PreviousSpan: {
        const int step = command == TimelineCommand::NextSpan ? 1 : -1;
        show(trace, neighbourSpan(trace, selection_.lane(), selection_.span(), step, viewport_.range()));
        return true;
    }
    case TimelineCommand::FollowCause:
        follow(trace, causeOf);
        return true;
    case TimelineCommand::FollowEffect:
        follow(trace, effectOf);
        return true;
    case TimelineCommand::FitSelection:
        fitSelection(trace);
        return true;
    case TimelineCommand::ClearSelection:
        clearSelection();
        return true;
    default:
        return false;
    }
}

// One thing at a time: whoever has measured enough still wants the task that was looked at.
void TimelineNavigator::clearSelection()
{
    if (selection_.range())
        selection_.selectRange(std::nullopt);
    else
        selection_.clear();
}

void TimelineNavigator::fitSelection(const Trace &trace)
{
    if (selection_.range())
        viewport_.fit(*selection_.range());
    else
        fitSpan(trace);
}

void TimelineNavigator::fitSpan(const Trace &trace)
{
    const LaneId lane = selection_.lane();
    if (!trace.hasLane(lane) || trace.spanCount(lane) == 0)
        return;
    if (selection_.span())
        viewport_.fit(trace.span(lane, *selection_.span()).range());
    else
        viewport_.fit({trace.span(lane, 0).begin, trace.span(lane, trace.spanCount(lane) - 1).end});
}

void TimelineNavigator::follow(const Trace &trace, std::optional<SpanPlace> (*link)(const Trace &, SpanPlace))
{
    if (trace.hasLane(selection_.lane()) && selection_.span())
        show(trace, link(trace, {selection_.lane(), *selection_.span()}));
}

void TimelineNavigator::show(const Trace &trace, const std::optional<SpanPlace> &place)
{
    if (!place)
        return;
    selection_.select(place->lane, place->span);
    const TimeRange span = trace.span(place->lane, place->span).range();
    const TimeRange visible = viewport_.range();
    if (span.intersected(visible).isEmpty())
        viewport_.pan(span.begin + std::min(span.length(), visible.length()) / 2 - (visible.begin + visible.length() / 2));
}

} // namespace loopscope
