#include "ui/export/picture_legend.h"

#include "ui/export/picture_words.h"

#include <QPainter>

namespace loopscope {

namespace {

QString titleOf(State state)
{
    return state == State::Blocking ? PictureWords::tr("blocking the loop") : QString::fromUtf8(stateTitle(state).data());
}

} // namespace

std::vector<LegendItem> legendOf(const Trace &trace)
{
    std::vector<LegendItem> items;
    StateTimes times;
    for (std::size_t i = 0; i < trace.rows().size() && !trace.hasLoop(); ++i)
        times += trace.times(trace.rows()[i]);
    for (const State state : taskStates) {
        if (trace.hasLoop() || times[state] > 0)
            items.push_back({SpanColour(state), titleOf(state)});
    }
    if (trace.hasLoop()) {
        for (const Outcome outcome : {Outcome::Done, Outcome::Cancelled, Outcome::Failed})
            items.push_back({outcome, QString::fromUtf8(outcomeKey(outcome).data())});
    } else {
        items.push_back({SpanColour(SliceHue(8)), PictureWords::tr("slice, coloured by its name")});
        items.push_back({SpanColour(mixedSlices), PictureWords::tr("several slices")});
    }
    return items;
}

PictureLegend::PictureLegend(const std::vector<LegendItem> &items, const TimelineMetrics &metrics, int width)
{
    const int rowHeight = metrics.px(24);
    int x = metrics.padding;
    int row = 0;
    for (const LegendItem &item : items) {
        const bool isCap = std::holds_alternative<Outcome>(item.sign);
        const QSize icon = isCap ? QSize(metrics.capSize, metrics.capSize) : QSize(metrics.px(24), metrics.px(14));
        const int needed = icon.width() + metrics.px(7) + metrics.smallWidth(item.text);
        if (x > metrics.padding && x + needed > width - metrics.padding) {
            x = metrics.padding;
            ++row;
        }
        const int middle = row * rowHeight + rowHeight / 2;
        const PlacedText label{QPoint(x + icon.width() + metrics.px(7), middle + metrics.smallBaseline), item.text};
        entries_.push_back({QRect(QPoint(x, middle - icon.height() / 2), icon), item.sign, label});
        x += needed + metrics.px(20);
    }
    height_ = (row + 1) * rowHeight;
}

void PictureLegend::paint(QPainter &painter, const Theme &theme, const TimelineFonts &fonts, const SpanPainter &spans) const
{
    painter.setFont(fonts.small);
    for (const Entry &entry : entries_) {
        if (const auto *colour = std::get_if<SpanColour>(&entry.sign))
            spans.paintSpan(painter, entry.swatch, *colour);
        else
            spans.paintCap(painter, entry.swatch, std::get<Outcome>(entry.sign));
        painter.setPen(theme.text);
        painter.drawText(entry.text.at, entry.text.text);
    }
}

} // namespace loopscope
