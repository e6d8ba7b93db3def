#include "ui/timeline/pixels.h"

#include <QImage>
#include <QPaintEngine>
#include <QPainter>
#include <QRegion>
#include <QTransform>

#include <cstring>
#include <cwchar>

namespace loopscope {

namespace {

bool isOf32Bits(const QImage &image)
{
    return image.format() == QImage::Format_RGB32 || image.format() == QImage::Format_ARGB32_Premultiplied;
}

} // namespace

Pixels::Pixels(QImage &image, QPoint origin)
    : first_(reinterpret_cast<QRgb *>(image.bits()))
    , stride_(image.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb)))
    , area_(origin, image.size())
{
    Q_ASSERT(isOf32Bits(image));
}

void Pixels::limitTo(const QRect &area)
{
    Q_ASSERT(area_.contains(area));
    first_ = at(area.left(), area.top());
    area_ = area;
}

void Pixels::fill(const QRect &rect, QRgb color) const
{
    Q_ASSERT(area_.contains(rect));
    QRgb *row = at(rect.left(), rect.top());
    const int width = rect.width();
    constexpr int narrow = 8;                       // a call costs more than it saves
    static_assert(sizeof(wchar_t) == sizeof(QRgb)); // words of 32 bits, which the C library fills fastest, whatever they are called
    if (width < narrow) {
        for (int y = 0; y < rect.height(); ++y, row += stride_) {
            for (int x = 0; x < width; ++x)
                row[x] = color;
        }
    } else {
        for (int y = 0; y < rect.height(); ++y, row += stride_)
            std::wmemset(reinterpret_cast<wchar_t *>(row), static_cast<wchar_t>(color), static_cast<std::size_t>(width));
    }
}

void Pixels::copy(QPoint at, const QImage &image) const
{
    Q_ASSERT(image.format() == QImage::Format_RGB32 && area_.contains(QRect(at, image.size())));
    const uchar *from = image.constBits();
    QRgb *row = this->at(at.x(), at.y());
    for (int y = 0; y < image.height(); ++y, row += stride_, from += image.bytesPerLine())
        std::memcpy(row, from, static_cast<std::size_t>(image.width()) * sizeof(QRgb));
}

std::optional<Pixels> pixelsUnder(const QPainter &painter)
{
    auto *const image = dynamic_cast<QImage *>(painter.paintEngine()->paintDevice());
    const bool isPlain =
        !painter.hasClipping() && painter.opacity() >= 1 && painter.compositionMode() == QPainter::CompositionMode_SourceOver;
    const QTransform &toImage = painter.deviceTransform();
    const QPoint offset(qRound(toImage.dx()), qRound(toImage.dy()));
    const bool isMoved = toImage.type() <= QTransform::TxTranslate && toImage.map(QPointF(0, 0)) == QPointF(offset);
    if (!image || !isOf32Bits(*image) || !isPlain || !isMoved)
        return std::nullopt;
    // That of a widget is what of it is to be seen and in need of painting.
    const QRegion clip = painter.paintEngine()->systemClip();
    const QRect visible = clip.isEmpty() ? image->rect() : image->rect() & clip.boundingRect();
    if (clip.rectCount() > 1 || visible.isEmpty())
        return std::nullopt;
    Pixels pixels(*image, -offset);
    pixels.limitTo(visible.translated(-offset));
    return pixels;
}

} // namespace loopscope
