#pragma once

#include "ui/timeline/pixels.h"

#include <QImage>
#include <QPainter>
#include <QRect>
#include <QSize>

namespace loopscope {

/// A row of lanes on its way to the screen. What lies over one another in it, from the ground to the text, is put together in an image so
/// small that the processor's cache holds it, and every pixel goes to memory once.
class RowImage {
public:
    /// Rows are at most so large.
    explicit RowImage(const QSize &size);

    /// Begins the row that stands at `row`, whose pixels are all to be painted. Both ways of painting it take places as the frame has them,
    /// and may take turns.
    void begin(const QRect &row);
    [[nodiscard]] QPainter &painter() { return painter_; }
    [[nodiscard]] const Pixels &pixels() const { return pixels_; }
    /// Paints the row where it stands.
    void copyTo(QPainter &frame) const;

private:
    QImage image_;
    Pixels pixels_;
    QPainter painter_;
    QRect row_;
};

} // namespace loopscope
