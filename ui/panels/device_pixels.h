#pragma once

#include <QPainter>
#include <QRect>

#include <cmath>

namespace loopscope {

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
    /// The device pixels of a rectangle of logical ones.
    [[nodiscard]] QRect rect(const QRectF &logical) const
    {
        const QPoint topLeft(round(logical.left()), round(logical.top()));
        return {topLeft, QSize(round(logical.right()) - topLeft.x(), round(logical.bottom()) - topLeft.y())};
    }

private:
    [[nodiscard]] int round(double logical) const { return static_cast<int>(std::lround(logical * ratio_)); }

    QPainter &painter_;
    double ratio_;
};

} // namespace loopscope
