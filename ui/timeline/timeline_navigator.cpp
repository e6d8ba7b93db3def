#include "ui/timeline/timeline_navigator.h"

#include "ui/timeline/gestures.h"

namespace loopscope {

TimelineNavigator::TimelineNavigator(Selection &selection, Viewport &viewport)
    : selection_(selection)
    , viewport_(viewport)
{
}

bool TimelineNavigator::run(Command command, const Trace &trace, Nanoseconds anchor)
{
    return runOnTime(command, anchor) || runOnSpans(command, trace);
}

bool TimelineNavigator::runOnTime(Command command, Nanoseconds anchor)
{
    switch (command) {
    case Command::ZoomIn:
        viewport_.zoomAt(anchor, keyZoom);
        return true;
    case Command::ZoomOut:
        viewport_.zoomAt(anchor, 1 / keyZoom);
        return true;
    case Command::PanLeft:
        viewport_.pan(-viewport_.range().length() / panParts);
        return true;
    case Command::PanRight:
        viewport_.pan(viewport_.range().length() / panParts);
        return true;
    case Command::FitAll:
        viewport_.fitAll();
        return true;
    case Command::FollowLive:
        if (viewport_.isGrowing())
            viewport_.followLive();
        return viewport_.isGrowing(); // else there may be a replay, which has an end of its own
    case Command::ToggleFreeze:
        if (viewport_.isGrowing())
            viewport_.follow() == Follow::Live ? viewport_.freeze() : viewport_.followLive();
        return viewport_.isGrowing();
    default:
        return false;
    }
}

bool TimelineNavigator::runOnSpans(Command command, const Trace &trace)
{
    switch (command) {
    case Command::NextSpan:
    case Command::PreviousSpan: {
        const int step = command == Command::NextSpan ? 1 : -1;
        show(trace, neighbourSpan(trace, selection_.lane(), selection_.span(), step, viewport_.range()));
        return true;
    }
    case Command::FollowCause:
        follow(trace, causeOf);
        return true;
    case Command::FollowEffect:
        follow(trace, effectOf);
        return true;
    case Command::FitSelection:
        fitSelection(trace);
        return true;
    case Command::ClearSelection:
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
    if (const auto range = rangeOf(trace, selection_.lane(), selection_.span()))
        viewport_.fit(*range);
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
    viewport_.reveal(trace.span(place->lane, place->span).range());
}

} // namespace loopscope
