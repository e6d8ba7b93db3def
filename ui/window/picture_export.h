#pragma once

#include "core/trace/trace.h"
#include "ui/timeline/metrics.h"

#include <QSize>
#include <QString>

#include <tl/expected.hpp>

class QWidget;

namespace loopscope {

/// What of a run is in view, and how.
struct PictureScope {
    TimeRange range;
    LaneId firstLane = noLane; ///< the first in sight below the loop's
    QSize size;                ///< of the timeline, in logical pixels
    Density density = Density::Comfortable;
    bool isDark = false;
};

/// Asks where to and how, and writes a picture of the timeline there. The path written, empty if nothing was wanted, or a sentence that
/// says why it failed.
[[nodiscard]] tl::expected<QString, QString> askAndExportPicture(const Trace &trace, const PictureScope &scope, QWidget *parent);

/// Puts a picture of what is in view into the clipboard, twice as sharp as a plain screen shows it. An error is a sentence.
[[nodiscard]] tl::expected<void, QString> copyPicture(const Trace &trace, const PictureScope &scope);

} // namespace loopscope
