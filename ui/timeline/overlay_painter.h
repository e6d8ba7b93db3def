#pragma once

#include "ui/theme/theme.h"
#include "ui/timeline/frame.h"

class QPainter;

namespace loopscope {

/// Replays a FrameOverlay, in the frame's device pixels: the selected range, the critical path and the arrows of wakes and culprits.
class OverlayPainter {
public:
    OverlayPainter(const Theme &theme, const TimelineFonts &fonts, double scale);

    /// The ground of the range in rows between `top` and `bottom`: under the spans, whose colours tell states.
    void paintUnderSpans(QPainter &painter, const FrameOverlay &overlay, int top, int bottom) const;
    void paintOverLanes(QPainter &painter, const FrameOverlay &overlay) const;
    void paintOverRuler(QPainter &painter, const FrameOverlay &overlay) const;

private:
    void paintPath(QPainter &painter, const PathPicture &path) const;
    void paintArrow(QPainter &painter, const ArrowPicture &arrow) const;
    void paintSlanted(QPainter &painter, const ArrowPicture &arrow) const;
    void paintPlate(QPainter &painter, const QRect &plate, const PlacedText &text, const QColor &color) const;
    [[nodiscard]] int px(double logical) const;

    Theme theme_;
    QFont font_;
    double scale_;
};

} // namespace loopscope
