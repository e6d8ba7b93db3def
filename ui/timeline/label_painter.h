#pragma once

#include "ui/theme/theme.h"
#include "ui/timeline/frame.h"
#include "ui/timeline/pixels.h"
#include "ui/timeline/text_painter.h"

#include <QCache>
#include <QFont>
#include <QHashFunctions>
#include <QImage>
#include <QRect>
#include <QString>

#include <cstddef>
#include <span>

class QPainter;

namespace loopscope {

/// Draws the texts on spans. Where a span has a texture or a line, a plate in its colour is under the text, for they make letters hard to
/// read. One thread at a time.
class LabelPainter {
public:
    /// `scale` is device pixels a logical one.
    LabelPainter(const Theme &theme, const QFont &font, double scale, Medium medium);

    /// For a file: one kind of thing after the other, for what looks alike takes less room together.
    void paint(QPainter &painter, std::span<const LanePicture> lanes) const;
    /// For a screen: over the spans of a row, of which `pixels` are the same as those that `painter` draws on. A text is kept as an image,
    /// with the ground it stands on, for the next frames: a screen shows a thousand, and drawing glyphs takes ten times as long.
    void paint(QPainter &painter, const Pixels &pixels, std::span<const LabelPicture> labels) const;

private:
    struct Key {
        QString text;
        SpanColour colour;
        int height = 0; // of the plate

        friend bool operator==(const Key &, const Key &) = default;
        friend std::size_t qHash(const Key &key, std::size_t seed)
        {
            return qHashMulti(seed, key.text, static_cast<int>(key.colour.state), static_cast<int>(key.colour.hue), key.height);
        }
    };

    [[nodiscard]] QRect plateOf(const LabelPicture &label) const;
    [[nodiscard]] QColor textColorOn(SpanColour colour) const;
    /// What stands in the plate of a label; null if the text reaches beyond it.
    [[nodiscard]] QImage imageOf(const LabelPicture &label, const QRect &plate) const;
    [[nodiscard]] QImage drawn(const LabelPicture &label, const QRect &plate) const;

    Theme theme_;
    TextPainter text_;
    int plateEdge_;                      // between the span's edge and the plate
    int plateTail_;                      // behind the text
    mutable QCache<Key, QImage> images_; // by the bytes they take
};

} // namespace loopscope
