#include "ui/export/picture_table.h"

#include "ui/panels/name_table_model.h"
#include "ui/panels/range_table_model.h"
#include "ui/panels/range_text.h"
#include "ui/theme/format.h"

#include <QPainter>

#include <algorithm>

namespace loopscope {

namespace {

constexpr int headRow = 1;      // after the title; what follows are the rows of the model
constexpr int swatchWidth = 24; // in logical pixels

constexpr int mostNames = 12;
constexpr int longestName = 220; // in logical pixels

std::vector<QString> textsOf(const QAbstractItemModel &model, const std::vector<int> &rows, int column)
{
    std::vector<QString> texts{model.headerData(column, Qt::Horizontal).toString()};
    for (const int row : rows)
        texts.push_back(model.index(row, column).data().toString());
    return texts;
}

// The first ones and the last, which is of all.
std::vector<int> rowsOf(const QAbstractItemModel &model)
{
    std::vector<int> rows;
    for (int row = 0; row + 1 < model.rowCount() && row < mostNames; ++row)
        rows.push_back(row);
    rows.push_back(model.rowCount() - 1);
    return rows;
}

} // namespace

PictureTable::PictureTable(const Trace &trace, TimeRange range, LaneId lane, const TimelineMetrics &metrics, int width)
    : metrics_(&metrics)
    , rowHeight_(metrics.px(20))
{
    if (trace.hasLoop()) {
        RangeTableModel model;
        layOut(model, std::make_shared<RangeMeasurement>(trace, range, lane), trace, width);
    } else {
        NameTableModel model;
        layOut(model, std::make_shared<NameMeasurement>(trace, range, lane, mostNames), trace, width);
    }
    metrics_ = nullptr;
}

template <typename Model, typename Measurement>
void PictureTable::layOut(Model &model, const std::shared_ptr<Measurement> &measured, const Trace &trace, int width)
{
    while (!measured->advance(trace, SIZE_MAX)) { }
    model.show(measured, std::shared_ptr<const Trace>(std::shared_ptr<void>(), &trace)); // the model does not outlive this function
    const int left = metrics_->padding;
    const int right = width - metrics_->padding;
    const QString title = formatDuration(measured->range().length()) + QStringLiteral(": ") + rangeSummary(trace, *measured);
    title_ = {QPoint(left, baseline(0)), elidedRight(title, right - left, metrics_->smallWidth)};
    const std::vector<int> rows = rowsOf(model);
    addRows(model, rows, left, addColumns(model, rows, measured->lane() != noLane, left, right), right);
}

void PictureTable::addRows(const QAbstractItemModel &model, const std::vector<int> &rows, int left, int x, int right)
{
    const int lines = headRow + 1 + static_cast<int>(rows.size());
    rule_ = QRect(left, rowHeight_ * (lines - 1), right - left, metrics_->px(1));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const QVariant colour = model.index(rows[i], 0).data(RangeTableModel::ColourRole);
        if (!colour.isValid())
            continue;
        const int top = rowHeight_ * (headRow + 1 + static_cast<int>(i));
        swatches_.push_back(
            {QRect(left, top + metrics_->px(3), metrics_->px(swatchWidth), rowHeight_ - metrics_->px(6)), colour.value<SpanColour>()});
        const QRect place(x, top + metrics_->px(2), std::min(metrics_->px(240), right - x), rowHeight_ - metrics_->px(4));
        addBars(model.index(rows[i], RangeTableModel::Lengths).data(RangeTableModel::BarsRole).value<QList<double>>(), place,
                colour.value<SpanColour>());
    }
    height_ = rowHeight_ * lines;
}

// Returns where the columns end.
int PictureTable::addColumns(const QAbstractItemModel &model, const std::vector<int> &rows, bool hasLane, int left, int right)
{
    const TimelineMetrics &metrics = *metrics_;
    int x = left;
    for (int column = 0; column < RangeTableModel::Lengths; ++column) {
        const bool isOfLane =
            column == RangeTableModel::LaneTime || column == RangeTableModel::LaneShare || column == RangeTableModel::LaneSpans;
        if (isOfLane && !hasLane)
            continue;
        std::vector<QString> texts = textsOf(model, rows, column);
        for (QString &text : texts)
            text = elidedMiddle(text, metrics.px(longestName), metrics.smallWidth);
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

void PictureTable::addBars(const QList<double> &bars, const QRect &place, SpanColour colour)
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
        bars_.push_back({QRect(place.left() + i * width, place.bottom() + 1 - height, width - gap, height), colour});
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
        spans.paintSpan(painter, swatch.rect, swatch.colour);
    for (const Swatch &bar : bars_)
        painter.fillRect(bar.rect, theme.of(bar.colour));
    painter.fillRect(rule_, theme.hairline);
}

} // namespace loopscope
