#pragma once

#include <QtGlobal>

namespace loopscope {

/// What goes through all rows of a run that grows rests for so many times as long as it took: a twentieth of the time is for it.
inline constexpr qint64 restsACost = 20;

} // namespace loopscope
