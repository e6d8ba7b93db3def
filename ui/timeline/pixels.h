#pragma once

#include <QPoint>
#include <QRect>
#include <QRgb>

#include <cstddef>
#include <optional>

class QImage;
class QPainter;

namespace loopscope {

/// A rectangle of pixels of an image, to be written without QPainter. They are the image's own: it must outlive them, and nobody else may
/// share it.
class Pixels {
public:
    /// All of an image of 32 bits a pixel, opaque or premultiplied. `origin` is where its upper left corner is for those who write.
    Pixels(QImage &image, QPoint origin);

    /// Where the upper left corner is from now on.
    void moveTo(QPoint origin) { area_.moveTo(origin); }
    /// Narrows them to a rectangle of at least one pixel within area().
    void limitTo(const QRect &area);
    [[nodiscard]] const QRect &area() const { return area_; }
    /// How many pixels there are from one row to the next.
    [[nodiscard]] std::ptrdiff_t stride() const { return stride_; }
    /// A pixel of the area, with those to the right of it in its row.
    [[nodiscard]] QRgb *at(int x, int y) const { return first_ + stride_ * (y - area_.top()) + (x - area_.left()); }
    /// Fills a rectangle of at least one pixel within the area.
    void fill(const QRect &rect, QRgb color) const;
    /// Copies an opaque image of 32 bits a pixel, all of which is within the area.
    void copy(QPoint at, const QImage &image) const;

private:
    QRgb *first_;
    std::ptrdiff_t stride_;
    QRect area_;
};

/// The pixels on which `painter` draws, counted as it does: those of an image, without scaling, and as far as nothing clips them, if that
/// is a rectangle. They stay valid while it is active; both may draw in turns, for on an image it draws at once.
[[nodiscard]] std::optional<Pixels> pixelsUnder(const QPainter &painter);

} // namespace loopscope
