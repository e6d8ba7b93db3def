#include "ui/export/picture_table.h"

#include "ui/panels/range_table_model.h"
#include "ui/panels/range_text.h"
#include "ui/theme/format.h"

#include <QPainter>

#include <algorithm>

namespace loopscope {

namespace {

constexpr int headRow = 1;      // after the title; what follows are the rows of the model
constexpr int swatchWidth = 24; // in logical pixels

std::vector<QString> textsOf(const RangeTableModel &model, int column)
{
    std::vector<QString> texts{model.headerData(column, Qt::Horizontal).toString()};
    for (int row = 0; row < model.rowCount(); ++row)
        texts.push_back(model.index(row, column).data().toString());
    return texts;
}

} // namespace

PictureTable::PictureTable(const Trace &trace, TimeRange range, LaneId lane, const TimelineMetrics &metrics, int width)
    : metrics_(&metrics)
    , rowHeight_(metrics.px(20))
{
    const auto measured = std::make_shared<RangeMeasurement>(trace, range, lane);
    measured->advance(trace, SIZE_MAX);
    RangeTableModel model;
    model.show(measured, std::shared_ptr<const Trace>(std::shared_ptr<void>(), &trace)); // the model does not outlive this function
    const int left = metrics.padding;
    const int right = width - metrics.padding;
    const QString title = formatDuration(range.length()) + QStringLiteral(": ") + rangeSummary(trace, *measured);
    title_ = {QPoint(left, baseline(0)), elidedRight(title, right - left, metrics.smallWidth)};
    const int x = addColumns(model, measured->lane() != noLane, left, right);
    const int rows = headRow + 1 + model.rowCount();
    rule_ = QRect(left, rowHeight_ * (rows - 1), right - left, metrics.px(1));
    for (int row = 0; row < static_cast<int>(taskStates.size()); ++row) {
        const int top = rowHeight_ * (headRow + 1 + row);
        const State state = taskStates[static_cast<std::size_t>(row)];
        swatches_.push_back({QRect(left, top + metrics.px(3), metrics.px(swatchWidth), rowHeight_ - metrics.px(6)), state});
        const QRect place(x, top + metrics.px(2), std::min(metrics.px(240), right - x), rowHeight_ - metrics.px(4));
        addBars(model.index(row, RangeTableModel::Lengths).data(RangeTableModel::BarsRole).value<QList<double>>(), place, state);
    }
    height_ = rowHeight_ * rows;
    metrics_ = nullptr;
}

// Returns where the columns end.
int PictureTable::addColumns(const RangeTableModel &model, bool hasLane, int left, int right)
{
    const TimelineMetrics &metrics = *metrics_;
    int x = left;
    for (int column = 0; column < RangeTableModel::Lengths; ++column) {
        const bool isOfLane =
            column == RangeTableModel::LaneTime || column == RangeTableModel::LaneShare || column == RangeTableModel::LaneSpans;
        if (isOfLane && !hasLane)
            continue;
        std::vector<QString> texts = textsOf(model, column);
        texts.front() = elidedMiddle(texts.front(), metrics.px(120), metrics.smallWidth);
        int needed = metrics.px(40);
        for (const QString &text : texts)
            needed = std::max(needed, metrics.smallWidth(text));
        const int indent = column == RangeTableModel::State ? metrics.px(swatchWidth) + metrics.px(7) : 0;
        if (x + indent + needed > right)
            break;
        addColumn(texts, x + indent, needed, column != RangeTableModel::State);
        x += indent + needed + metrics.px(18);
    }
    return x;
}

int PictureTable::baseline(int row) const
{
    return rowHeight_ * row + rowHeight_ / 2 + metrics_->smallBaseline;
}

void PictureTable::addColumn(const std::vector<QString> &texts, int left, int width, bool isRight)
{
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const int row = headRow + static_cast<int>(i);
        const int x = isRight ? left + width - metrics_->smallWidth(texts[i]) : left;
        lines_.push_back({{QPoint(x, baseline(row)), texts[i]}, i == 0});
    }
}

void PictureTable::addBars(const QList<double> &bars, const QRect &place, State state)
{
    const int gap = metrics_->px(1);
    const auto count = static_cast<int>(bars.size());
    if (count == 0 || place.width() < count * (gap + 1))
        return;
    const int width = std::min(place.width() / count, place.height());
    for (int i = 0; i < count; ++i) {
        if (bars[i] <= 0)
            continue;
        const int height = std::max(gap, static_cast<int>(bars[i] * place.height()));
        bars_.push_back({QRect(place.left() + i * width, place.bottom() + 1 - height, width - gap, height), state});
    }
}

void PictureTable::paint(QPainter &painter, const Theme &theme, const TimelineFonts &fonts, const SpanPainter &spans) const
{
    const auto draw = [&](const PlacedText &text, const QColor &color) {
        painter.setPen(color);
        painter.drawText(text.at, text.text);
    };
    painter.setFont(fonts.small);
    draw(title_, theme.text);
    for (const Line &line : lines_)
        draw(line.text, line.isMuted ? theme.mutedText : theme.text);
    for (const Swatch &swatch : swatches_)
        spans.paintSpan(painter, swatch.rect, swatch.state);
    for (const Swatch &bar : bars_)
        painter.fillRect(bar.rect, theme.state(bar.state));
    painter.fillRect(rule_, theme.hairline);
}

} // namespace loopscope
