#pragma once

#include "ui/theme/theme.h"
#include "ui/timeline/text_painter.h"

#include <QColor>
#include <QImage>
#include <QRect>

#include <array>
#include <map>
#include <utility>

class QPainter;

namespace loopscope {

/// Draws single spans and caps: each state in its colour and with its second cue, each outcome as its sign. The timeline, its pictures and
/// the legend use the same. One thread at a time.
class SpanPainter {
public:
    /// `scale` is device pixels a logical one; the painters given below draw in device pixels.
    SpanPainter(const Theme &theme, double scale, Medium medium);

    /// Fills `rect`, of at least one pixel, with a span in a state, or with a slice.
    void paintSpan(QPainter &painter, const QRect &rect, SpanColour colour) const;
    /// Draws the sign of an end into the square `rect`: done ■, cancelled ⊘, failed ✕. Nothing for Unfinished.
    void paintCap(QPainter &painter, const QRect &rect, Outcome outcome) const;

private:
    /// The ends of a rounded bar, as pixels: a path for each costs more than all else in a frame.
    struct BarEnds {
        QImage left;
        QImage right;
    };

    /// The texture of a state: one tile of it, and strips of tiles by their height.
    struct Texture {
        QImage tile;
        std::map<int, QImage> strips; // a handful
    };

    void fillRounded(QPainter &painter, const QRect &rect, const QColor &color) const;
    [[nodiscard]] const BarEnds &barEnds(const QColor &color, int height) const;
    void paintAwaiting(QPainter &painter, const QRect &rect) const;
    void paintTextured(QPainter &painter, const QRect &rect, State state) const;
    void fillTexture(QPainter &painter, const QRect &rect, State state) const;
    void strokeTexture(QPainter &painter, const QRect &rect, State state) const;
    [[nodiscard]] int px(double logical) const;

    Theme theme_;
    double scale_;
    Medium medium_;
    mutable std::array<Texture, stateCount> textures_;
    mutable std::map<std::pair<QRgb, int>, BarEnds> barEnds_; // by colour and height: a handful
};

} // namespace loopscope
