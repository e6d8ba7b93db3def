#include "ui/timeline/zoom_gesture.h"

#include <cmath>

namespace loopscope {

void ZoomGesture::zoom(Viewport &viewport, const TimeScale &scale, int column, double factor)
{
    const bool goesOn =
        gesture_ && gesture_->column == column && gesture_->origin.columns == scale.columns && gesture_->shown == scale.range;
    if (!goesOn)
        gesture_ = Gesture{scale, column, timeOfColumn(scale, column), 1, scale.range};
    Gesture &gesture = *gesture_;
    gesture.factor *= factor;
    viewport.zoomFrom(gesture.origin.range, gesture.at, gesture.factor);
    gesture.shown = viewport.range();
    // Steps against a limit do not count: the first step back is to be seen.
    const auto origin = static_cast<double>(gesture.origin.range.length());
    const auto shown = static_cast<double>(gesture.shown.length());
    if (std::abs(origin / gesture.factor - shown) > 1)
        gesture.factor = origin / shown;
    if (columnOfTime({gesture.shown, scale.columns}, gesture.at) != column)
        gesture_.reset(); // the whole run is visible, and the instant is elsewhere
}

} // namespace loopscope
