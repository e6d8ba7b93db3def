#include "ui/timeline/row_image.h"

namespace loopscope {

RowImage::RowImage(const QSize &size)
    : image_(size, QImage::Format_RGB32)
    , pixels_(image_, QPoint(0, 0))
    , painter_(&image_)
{
}

void RowImage::begin(const QRect &row)
{
    Q_ASSERT(row.width() <= image_.width() && row.height() <= image_.height());
    row_ = row;
    pixels_.moveTo(row.topLeft());
    painter_.resetTransform();
    painter_.translate(-row.topLeft());
}

void RowImage::copyTo(QPainter &frame) const
{
    frame.drawImage(row_.topLeft(), image_, QRect(QPoint(0, 0), row_.size()));
}

} // namespace loopscope
