#include "ui/panels/state_swatch.h"

#include "ui/panels/device_pixels.h"
#include "ui/timeline/span_painter.h"

#include <QPainter>

namespace loopscope {

StateSwatch::StateSwatch(Sign sign, QWidget *parent)
    : QWidget(parent)
    , sign_(sign)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize StateSwatch::sizeHint() const
{
    const int height = fontMetrics().ascent();
    return std::holds_alternative<Outcome>(sign_) ? QSize(height * 2 / 3, height * 2 / 3) : QSize(height * 3 / 2, height);
}

void StateSwatch::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    const Theme theme = Theme::of(palette());
    const DevicePixels pixels(painter);
    const SpanPainter spans(theme, pixels.ratio(), Medium::Raster);
    const QRect place = pixels.rect(rect());
    if (const SpanColour *colour = std::get_if<SpanColour>(&sign_)) {
        spans.paintSpan(painter, place, *colour);
    } else if (const Outcome *outcome = std::get_if<Outcome>(&sign_)) {
        spans.paintCap(painter, place, *outcome);
    } else {
        painter.setPen(theme.hairline);
        painter.drawRect(place.adjusted(0, 0, -1, -1));
    }
}

} // namespace loopscope
