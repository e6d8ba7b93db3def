#pragma once

namespace loopscope {

// What the timeline and its overview make alike of what a hand does.

inline constexpr double wheelNotch = 120; ///< of QWheelEvent::angleDelta
inline constexpr double wheelZoom = 1.25; ///< a notch
inline constexpr double keyZoom = 1.5;    ///< a key
inline constexpr int panParts = 8;        ///< of the visible range, a key
inline constexpr int shortestDrag = 4;    ///< in logical pixels; below, it is a click

} // namespace loopscope
