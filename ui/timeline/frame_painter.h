#pragma once

#include "ui/timeline/file_detail.h"
#include "ui/timeline/frame.h"
#include "ui/timeline/label_painter.h"
#include "ui/timeline/overlay_painter.h"
#include "ui/timeline/pixels.h"
#include "ui/timeline/span_painter.h"
#include "ui/timeline/text_painter.h"

#include <functional>
#include <optional>
#include <span>

namespace loopscope {

/// What of a frame has to be painted.
struct PaintLimits {
    std::optional<QRect> area;    ///< rows outside of it may be left out; nothing may if there is none
    std::function<bool()> goesOn; ///< asked at every lane, and before each kind of thing over them: once it says no, the rest is left out

    [[nodiscard]] bool isOver() const { return goesOn && !goesOn(); }
};

/// Replays a TimelineFrame. Decides nothing: where and what stands in the frame, how it looks in the theme.
class FramePainter {
public:
    FramePainter(const Theme &theme, const TimelineFonts &fonts, double scale, Medium medium);

    /// Draws in the frame's device pixels. All of the frame's area is painted.
    void paint(QPainter &painter, const TimelineFrame &frame, const PaintLimits &limits = {}) const;
    /// Marks the lane and the span under the mouse, on top of what paint() drew. Either may be empty.
    void paintHover(QPainter &painter, const QRect &lane, const QRect &span) const;

    /// How a file shows the spans of a frame.
    [[nodiscard]] FileDetail fileDetail(const TimelineFrame &frame) const;
    [[nodiscard]] const SpanPainter &spanPainter() const { return spans_; }
    [[nodiscard]] const Theme &theme() const { return theme_; }

private:
    void paintRows(QPainter &painter, const TimelineFrame &frame, std::span<const LanePicture> lanes, std::span<const GroupPicture> groups,
                   const PaintLimits &limits) const;
    template <typename Fill>
    void paintGround(const LanePicture &lane, Fill fill) const;
    template <typename Fill>
    void paintGrid(const TimelineFrame &frame, int top, int bottom, Fill fill) const;
    // The ground and the spans of lanes, at least one; false if that was not to go on.
    bool paintAsAreas(QPainter &painter, const TimelineFrame &frame, std::span<const LanePicture> lanes, const FileDetail &detail,
                      const PaintLimits &limits) const;
    bool paintAsPixels(QPainter &painter, const TimelineFrame &frame, std::span<const LanePicture> lanes, const PaintLimits &limits) const;
    void paintRow(QPainter &painter, const Pixels &pixels, const TimelineFrame &frame, const LanePicture &lane) const;
    void paintAsImage(QPainter &painter, const LanePicture &lane) const;
    void paintOverSpans(QPainter &painter, std::span<const LanePicture> lanes, const FileDetail &detail, const PaintLimits &limits) const;
    void paintStalls(QPainter &painter, std::span<const LanePicture> lanes) const;
    void paintFound(QPainter &painter, std::span<const LanePicture> lanes) const;
    void paintInstants(QPainter &painter, std::span<const LanePicture> lanes) const;
    void paintCaps(QPainter &painter, std::span<const LanePicture> lanes) const;
    void paintSelected(QPainter &painter, std::span<const LanePicture> lanes) const;
    void paintNames(QPainter &painter, std::span<const LanePicture> lanes) const;
    void paintFacts(QPainter &painter, std::span<const LanePicture> lanes) const;
    void paintCounter(QPainter &painter, const CounterPicture &counter) const;
    void paintInstant(QPainter &painter, const InstantPicture &instant) const;
    void paintMatch(QPainter &painter, const QRect &plate) const;
    void paintGroup(QPainter &painter, const GroupPicture &group) const;
    void paintRuler(QPainter &painter, const TimelineFrame &frame) const;
    void paintNow(QPainter &painter, int x, int top, int bottom) const;
    void paintSelectedSpan(QPainter &painter, const QRect &span) const;
    [[nodiscard]] int px(double logical) const;

    Theme theme_;
    double scale_;
    TextPainter bodyText_;
    TextPainter strongText_;
    TextPainter smallText_;
    QFont smallFont_; // for marks
    SpanPainter spans_;
    LabelPainter labels_;
    OverlayPainter overlays_;
    Medium medium_;
};

} // namespace loopscope
