#pragma once

#include <QPainter>
#include <QRect>

#include <cmath>

namespace loopscope {

/// The device pixels of a rectangle of logical ones.
[[nodiscard]] inline QRect inDevicePixels(const QRectF &logical, double ratio)
{
    const auto round = [ratio](double place) { return static_cast<int>(std::lround(place * ratio)); };
    const QPoint topLeft(round(logical.left()), round(logical.top()));
    return {topLeft, QSize(round(logical.right()) - topLeft.x(), round(logical.bottom()) - topLeft.y())};
}

/// Lets something that draws in device pixels draw on a widget: while it lives, `painter` does too.
class DevicePixels {
public:
    explicit DevicePixels(QPainter &painter)
        : painter_(painter)
        , ratio_(painter.device()->devicePixelRatioF())
    {
        painter_.save();
        painter_.scale(1 / ratio_, 1 / ratio_);
    }
    ~DevicePixels() { painter_.restore(); }
    DevicePixels(const DevicePixels &) = delete;
    DevicePixels &operator=(const DevicePixels &) = delete;

    [[nodiscard]] double ratio() const { return ratio_; }
    [[nodiscard]] QRect rect(const QRectF &logical) const { return inDevicePixels(logical, ratio_); }

private:
    QPainter &painter_;
    double ratio_;
};

} // namespace loopscope
