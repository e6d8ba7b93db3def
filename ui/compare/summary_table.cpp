#include "ui/compare/summary_table.h"

#include "ui/compare/comparison_figures.h"

#include <QPainter>

#include <algorithm>

namespace loopscope {

namespace {

constexpr double narrowestShareBars = 140; // in logical pixels, as what follows
constexpr double widestBars = 360;
constexpr double betweenColumns = 18;
constexpr double widestName = 220;

std::vector<QString> textsOf(const Comparison &comparison, ComparisonColumn column)
{
    std::vector<QString> texts{columnTitle(column)};
    for (const CandidateResult &result : comparison.candidates)
        texts.push_back(figureText(comparison, result, column));
    return texts;
}

} // namespace

SummaryTable::SummaryTable(const Comparison &comparison, const TimelineMetrics &metrics, int width)
    : metrics_(&metrics)
    , rowHeight_(metrics.px(22))
{
    const int right = width - metrics.padding;
    const int gap = metrics.px(betweenColumns);
    int x = metrics.padding;
    for (const ComparisonColumn column : comparisonColumns) {
        std::vector<QString> texts = textsOf(comparison, column);
        int needed = 0;
        for (QString &text : texts) {
            text = elidedMiddle(text, metrics.px(widestName), metrics.smallWidth);
            needed = std::max(needed, metrics.smallWidth(text));
        }
        // The bars stand behind the first figures, which they show.
        if (column == ComparisonColumn::Cpu) {
            const int bars = std::min(metrics.px(widestBars), right - x);
            if (bars >= metrics.px(narrowestShareBars)) {
                const int taken = std::clamp((right - x) / 3, metrics.px(narrowestShareBars), bars);
                addBars(comparison, x, x + taken);
                x += taken + gap;
            }
        }
        if (x + needed > right)
            break;
        x = addColumn(texts, x, column != ComparisonColumn::Strategy) + gap;
    }
    const int rows = static_cast<int>(comparison.candidates.size()) + 1;
    rule_ = QRect(metrics.padding, rowHeight_, right - metrics.padding, metrics.px(1));
    height_ = rows * rowHeight_;
    metrics_ = nullptr;
}

int SummaryTable::baseline(int row) const
{
    return rowHeight_ * row + rowHeight_ / 2 + metrics_->smallBaseline;
}

// Returns its right end.
int SummaryTable::addColumn(const std::vector<QString> &texts, int left, bool isRight)
{
    int width = 0;
    for (const QString &text : texts)
        width = std::max(width, metrics_->smallWidth(text));
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const int x = isRight ? left + width - metrics_->smallWidth(texts[i]) : left;
        cells_.push_back({{QPoint(x, baseline(static_cast<int>(i))), texts[i]}, i == 0});
    }
    return left + width;
}

void SummaryTable::addBars(const Comparison &comparison, int left, int right)
{
    Nanoseconds longest = 1;
    for (const CandidateResult &result : comparison.candidates)
        longest = std::max(longest, result.wall().most);
    const auto xOf = [&](Nanoseconds time) {
        return left + static_cast<int>(static_cast<double>(time) / static_cast<double>(longest) * (right - left));
    };
    const int inset = metrics_->px(5);
    for (std::size_t i = 0; i < comparison.candidates.size(); ++i) {
        const CandidateResult &result = comparison.candidates[i];
        if (result.runs.empty())
            continue;
        const Spread wall = result.wall();
        const int top = rowHeight_ * (static_cast<int>(i) + 1);
        const QRect median(left, top + inset, std::max(metrics_->px(1), xOf(wall.median) - left), rowHeight_ - 2 * inset);
        const int least = xOf(wall.least);
        const QRect range(least, top + rowHeight_ / 2, std::max(metrics_->px(1), xOf(wall.most) - least), metrics_->px(1));
        bars_.push_back({median, range});
    }
}

void SummaryTable::paint(QPainter &painter, const Theme &theme, const TimelineFonts &fonts) const
{
    painter.setFont(fonts.small);
    for (const Cell &cell : cells_) {
        painter.setPen(cell.isMuted ? theme.mutedText : theme.text);
        painter.drawText(cell.text.at, cell.text.text);
    }
    for (const Bar &bar : bars_) {
        painter.fillRect(bar.median, theme.accent);
        painter.fillRect(bar.range, theme.text);
    }
    painter.fillRect(rule_, theme.hairline);
}

} // namespace loopscope
