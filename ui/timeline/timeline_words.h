#pragma once

#include <QCoreApplication>

namespace loopscope {

/// In whose name texts of lanes and spans are translated.
struct TimelineWords {
    Q_DECLARE_TR_FUNCTIONS(loopscope::Timeline)
};

} // namespace loopscope
