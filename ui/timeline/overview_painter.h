#pragma once

#include "ui/theme/theme.h"
#include "ui/timeline/overview.h"
#include "ui/timeline/text_painter.h"

#include <optional>
#include <span>

class QPainter;

namespace loopscope {

/// What of an overview is visible in the timeline, in device pixels.
struct OverviewWindow {
    QRect rect;
    std::optional<QRect> selected; ///< the selected range
    std::optional<int> instant{};  ///< that of a replay, a column: what comes after it is pale
};

/// Replays an overview, in device pixels.
class OverviewPainter {
public:
    /// On pixels a band is painted step by step, for to find the inside of a ragged outline takes ten times as long; in a file it is one
    /// area.
    OverviewPainter(const Theme &theme, double scale, Medium medium = Medium::Raster);

    /// The states and the stalls, on the ground of the canvas.
    void paint(QPainter &painter, const OverviewPicture &picture) const;
    /// Over it a tick at each of these columns of it, which are those of marks.
    void paintMarks(QPainter &painter, const QRect &overview, std::span<const int> columns) const;
    /// Over it what is visible: the rest is pale, and there is a handle at each side; and a line at the instant.
    void paintWindow(QPainter &painter, const QRect &overview, const OverviewWindow &window) const;

private:
    [[nodiscard]] int px(double logical) const;
    void paintSelection(QPainter &painter, const QRect &selected) const;
    void paintHandles(QPainter &painter, const QRect &seen) const;

    Theme theme_;
    double scale_;
    Medium medium_;
};

} // namespace loopscope
