#pragma once

#include <QString>

namespace loopscope {

/// A file name without an ending out of a run's title, which may hold anything: small letters, numbers and hyphens, 60 at most.
[[nodiscard]] QString suggestedName(const QString &title);

} // namespace loopscope
