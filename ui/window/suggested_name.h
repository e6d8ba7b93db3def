#pragma once

#include <QString>

namespace loopscope {

/// A file name without an ending out of a run's title, which may hold anything: what a person recognises of it, in 60 characters at most,
/// with nothing in it that a file system may take amiss, nor a shell between quotes, which it needs for blanks and parentheses; neither
/// empty nor hidden.
[[nodiscard]] QString suggestedName(const QString &title);
/// A file's name without the endings that say in which format it is: "trace.v2" of "trace.v2.json.gz".
[[nodiscard]] QString withoutFormatEnding(const QString &fileName);

} // namespace loopscope
