#include "ui/timeline/label_painter.h"

#include "ui/timeline/area_sheet.h"
#include "ui/timeline/span_texture.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

// A screen shows a thousand texts of some 3 kB; at twice the scale a few hundred more than these.
constexpr qsizetype mostImageBytes = 16 << 20;
constexpr qsizetype bytesAnImage = 256; // beside its pixels and its text, about

int px(double logical, double scale)
{
    return std::max(1, static_cast<int>(std::lround(logical * scale)));
}

bool hasPlate(const LabelPicture &label)
{
    return isTextured(label.colour.state) || label.colour.state == State::Awaiting;
}

} // namespace

LabelPainter::LabelPainter(const Theme &theme, const QFont &font, double scale, Medium medium)
    : theme_(theme)
    , text_(font, medium)
    , plateEdge_(px(2, scale))
    , plateTail_(px(4, scale))
    , images_(mostImageBytes)
{
}

QRect LabelPainter::plateOf(const LabelPicture &label) const
{
    const int left = label.span.left() + plateEdge_;
    const int right = label.text.at.x() + label.width + plateTail_;
    return {left, label.span.top() + plateEdge_, right - left, label.span.height() - 2 * plateEdge_};
}

QColor LabelPainter::textColorOn(SpanColour colour) const
{
    return theme_.textOn(colour.state);
}

void LabelPainter::paint(QPainter &painter, std::span<const LanePicture> lanes) const
{
    AreaSheet plates;
    for (const LanePicture &lane : lanes) {
        for (const LabelPicture &label : lane.labels) {
            if (hasPlate(label))
                plates.add(plateOf(label), theme_.of(label.colour));
        }
    }
    plates.paint(painter);
    for (std::size_t state = 0; state < stateCount; ++state) {
        for (const LanePicture &lane : lanes) {
            for (const LabelPicture &label : lane.labels) {
                if (label.colour.state == static_cast<State>(state))
                    text_.draw(painter, label.text, textColorOn(label.colour));
            }
        }
    }
}

void LabelPainter::paint(QPainter &painter, const Pixels &pixels, std::span<const LabelPicture> labels) const
{
    for (const LabelPicture &label : labels) {
        const QRect plate = plateOf(label);
        if (const QImage image = imageOf(label, plate); !image.isNull()) {
            pixels.copy(plate.topLeft(), image);
            continue;
        }
        if (hasPlate(label))
            pixels.fill(plate, theme_.of(label.colour).rgb());
        text_.draw(painter, label.text, textColorOn(label.colour));
    }
}

QImage LabelPainter::imageOf(const LabelPicture &label, const QRect &plate) const
{
    const Key key{label.text.text, label.colour, plate.height()};
    if (const QImage *known = images_.object(key); known && (known->isNull() || known->width() == plate.width()))
        return *known;
    QImage image = drawn(label, plate);
    const qsizetype bytes = bytesAnImage + 2 * label.text.text.size() + image.sizeInBytes();
    images_.insert(key, new QImage(image), bytes); // the cache owns it, and deletes it at once if it is too large
    return image;
}

QImage LabelPainter::drawn(const LabelPicture &label, const QRect &plate) const
{
    if (!plate.contains(text_.inkOf(label.text)))
        return {};
    QImage image(plate.size(), QImage::Format_RGB32);
    image.fill(theme_.of(label.colour).rgb());
    QPainter painter(&image);
    painter.translate(-plate.topLeft());
    text_.draw(painter, label.text, textColorOn(label.colour));
    return image;
}

} // namespace loopscope
