#pragma once

#include "ui/timeline/pixels.h"

#include <QImage>
#include <QPainter>
#include <QRect>
#include <QSize>

namespace loopscope {

/// A row of a lane that cannot be written where it stands, for the painter is clipped there, or the picture ends within it: it is put
/// together in an image, and that is drawn.
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
