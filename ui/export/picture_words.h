#pragma once

#include <QCoreApplication>

namespace loopscope {

/// In whose name texts of pictures are translated.
struct PictureWords {
    Q_DECLARE_TR_FUNCTIONS(loopscope::Picture)
};

} // namespace loopscope
