#pragma once

#include <QFont>

namespace loopscope {

/// The system's fixed-width font, in a size that looks as large as `text`.
[[nodiscard]] QFont fixedFontBeside(const QFont &text);

} // namespace loopscope
