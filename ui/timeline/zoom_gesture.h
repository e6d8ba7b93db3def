#pragma once

#include "ui/timeline/coordinates.h"
#include "ui/timeline/viewport.h"

#include <optional>

namespace loopscope {

/// Zooming step by step at one place: a burst of the wheel, a pinch. However many steps there are, and in both directions, the instant that
/// was under the cursor at the first stays at its pixel; on up to 4,000 columns, for in the shortest range they are two nanoseconds wide
/// then.
class ZoomGesture {
public:
    /// Zooms by `factor` at a column of `scale`, which shows the viewport's range. It goes on with the gesture before, if that was at the
    /// same column and nothing else has moved the range since.
    void zoom(Viewport &viewport, const TimeScale &scale, int column, double factor);

private:
    struct Gesture {
        TimeScale origin;
        int column = 0;
        Nanoseconds at = 0;
        double factor = 1; ///< of all steps so far
        TimeRange shown;   ///< after the last step
    };

    std::optional<Gesture> gesture_;
};

} // namespace loopscope
