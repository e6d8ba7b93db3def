#pragma once

#include "ui/commands/command.h"
#include "ui/timeline/selection.h"
#include "ui/timeline/span_navigation.h"
#include "ui/timeline/viewport.h"

namespace loopscope {

/// Carries out what keys ask for, as far as it concerns time and selection: zooming, panning, walking from span to span.
class TimelineNavigator {
public:
    /// Both must outlive it.
    TimelineNavigator(Selection &selection, Viewport &viewport);

    /// `anchor` is the instant that zooming keeps in its place. False if the command is none of time or selection, but of lanes.
    bool run(Command command, const Trace &trace, Nanoseconds anchor);
    /// Shows the selected span, or all of the selected lane, whether a range is selected or not.
    void fitSpan(const Trace &trace);

private:
    bool runOnTime(Command command, Nanoseconds anchor);
    bool runOnSpans(Command command, const Trace &trace);
    void clearSelection();
    void fitSelection(const Trace &trace);
    void follow(const Trace &trace, std::optional<SpanPlace> (*link)(const Trace &, SpanPlace));
    void show(const Trace &trace, const std::optional<SpanPlace> &place);

    Selection &selection_;
    Viewport &viewport_;
};

} // namespace loopscope
