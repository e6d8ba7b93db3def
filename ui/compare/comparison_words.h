#pragma once

#include <QCoreApplication>

namespace loopscope {

/// In whose name texts about comparisons are translated.
struct ComparisonWords {
    Q_DECLARE_TR_FUNCTIONS(loopscope::Comparison)
};

} // namespace loopscope
