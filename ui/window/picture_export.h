#pragma once

#include "core/trace/trace.h"
#include "ui/export/picture.h"
#include "ui/timeline/metrics.h"

#include <QSize>
#include <QString>

#include <tl/expected.hpp>

class QWidget;

namespace loopscope {

/// What of a run is in view, and how.
struct PictureScope {
    TimeRange range;
    std::optional<RowRange> rows; ///< in sight below the loop's
    QSize size;                   ///< of the timeline, in logical pixels
    FoldedGroups folded{};
    std::shared_ptr<const LaneOrder> order; ///< of the lanes
    std::optional<int> nameWidth;           ///< of the column of names in logical pixels, if a person has chosen it
    Density density = Density::Comfortable;
    bool isDark = false;
    bool hasOverview = false;
    std::shared_ptr<const StateDensity> overview;
    std::optional<Nanoseconds> replayInstant;
    PictureSelection selection{};
    std::vector<Mark> marks;
    std::vector<PathPiece> criticalPath;
};

/// Asks where to and how, and writes a picture of the timeline there: the dialog stays until that is done or given up. Returns a sentence
/// on what was written and what of the run is not in it; nothing if no picture was wanted. The trace may grow meanwhile.
[[nodiscard]] QString askAndExportPicture(const Trace &trace, const PictureScope &scope, QWidget *parent);

/// Puts a picture of what is in view into the clipboard, twice as sharp as a plain screen shows it. An error is a sentence.
[[nodiscard]] tl::expected<void, QString> copyPicture(const Trace &trace, const PictureScope &scope);

} // namespace loopscope
