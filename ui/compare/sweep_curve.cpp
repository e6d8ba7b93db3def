#include "ui/compare/sweep_curve.h"

#include "ui/compare/comparison_words.h"
#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

using Points = std::vector<const CandidateResult *>;

/// The measured candidates of each strategy, by their number of workers.
std::vector<Points> strategiesOf(const Comparison &comparison)
{
    std::vector<Points> strategies;
    for (const CandidateResult &result : comparison.candidates) {
        if (result.runs.empty())
            continue;
        const auto same = std::ranges::find_if(
            strategies, [&](const Points &points) { return points.front()->candidate.strategy.key == result.candidate.strategy.key; });
        if (same == strategies.end())
            strategies.push_back({&result});
        else
            same->push_back(&result);
    }
    for (Points &points : strategies)
        std::ranges::sort(points, {}, [](const CandidateResult *result) { return result->candidate.workers.value_or(0); });
    return strategies;
}

/// The next of 1, 2, 5, 10, 20, … that is no smaller.
Nanoseconds roundStep(double least)
{
    const double power = std::pow(10, std::floor(std::log10(std::max(1.0, least))));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= least)
            return static_cast<Nanoseconds>(factor * power);
    }
    return static_cast<Nanoseconds>(10 * power);
}

} // namespace

bool SweepCurve::isFor(const Comparison &comparison)
{
    const auto workersOf = [](const CandidateResult *result) { return result->candidate.workers.value_or(0); };
    return std::ranges::any_of(strategiesOf(comparison), [&](const Points &points) { // which are in their order
        return workersOf(points.front()) > 0 && workersOf(points.front()) != workersOf(points.back());
    });
}

SweepCurve::SweepCurve(const Comparison &comparison, const TimelineMetrics &metrics, int width)
    : metrics_(&metrics)
{
    const int titleHeight = metrics.px(26);
    plot_ = QRect(QPoint(metrics.padding + metrics.px(64), titleHeight),
                  QPoint(width - metrics.padding - metrics.px(130), titleHeight + metrics.px(190)));
    title_ = {QPoint(metrics.padding, titleHeight / 2 + metrics.smallBaseline),
              ComparisonWords::tr("Wall time by number of workers; dashed: if twice the workers took half of it")};
    height_ = plot_.bottom() + metrics.px(30);
    layOutAxes(comparison);
    SliceHue hue = 0;
    for (const Points &points : strategiesOf(comparison)) {
        addLine(points, hue);
        hue = static_cast<SliceHue>((hue + 5) % sliceHueCount); // far from the one before
    }
    placeLabels();
    metrics_ = nullptr;
}

void SweepCurve::layOutAxes(const Comparison &comparison)
{
    axis_.leastWorkers = INT32_MAX;
    std::vector<int> counts;
    for (const CandidateResult &result : comparison.candidates) {
        axis_.most = std::max(axis_.most, result.wall().most);
        if (result.candidate.workers)
            counts.push_back(*result.candidate.workers);
    }
    std::ranges::sort(counts);
    counts.erase(std::ranges::unique(counts).begin(), counts.end());
    axis_.leastWorkers = counts.front();
    axis_.mostWorkers = counts.back();
    const Nanoseconds step = roundStep(static_cast<double>(axis_.most) / 5);
    axis_.most = (axis_.most + step - 1) / step * step;
    for (Nanoseconds at = 0; at <= axis_.most; at += step) {
        const double y = pointAt(axis_.leastWorkers, at).y();
        grid_.emplace_back(plot_.left(), y, plot_.right(), y);
        addTick(formatDuration(at), QPoint(plot_.left() - metrics_->px(8), static_cast<int>(y) + metrics_->smallBaseline), true);
    }
    for (const int count : counts)
        addTick(QString::number(count), QPoint(static_cast<int>(pointAt(count, 0).x()), plot_.bottom() + metrics_->px(18)), false);
}

void SweepCurve::addTick(const QString &text, QPoint at, bool isLeftOfIt)
{
    const int width = metrics_->smallWidth(text);
    ticks_.push_back({at - QPoint(isLeftOfIt ? width : width / 2, 0), text});
}

QPointF SweepCurve::pointAt(double workers, Nanoseconds wall) const
{
    const double octaves = std::log2(static_cast<double>(axis_.mostWorkers) / axis_.leastWorkers);
    const double x = octaves > 0 ? std::log2(workers / axis_.leastWorkers) / octaves : 0.5;
    const double y = static_cast<double>(wall) / static_cast<double>(axis_.most);
    return {plot_.left() + x * plot_.width(), plot_.bottom() - y * plot_.height()};
}

void SweepCurve::addLine(const std::vector<const CandidateResult *> &points, SliceHue hue)
{
    Line line;
    line.hue = hue;
    line.isLevel = !points.front()->candidate.workers;
    for (const CandidateResult *result : points) {
        const Spread wall = result->wall();
        const int workers = result->candidate.workers.value_or(axis_.leastWorkers);
        line.points << pointAt(workers, wall.median);
        if (!line.isLevel)
            line.ranges.emplace_back(pointAt(workers, wall.least), pointAt(workers, wall.most));
    }
    if (line.isLevel) {
        line.points << QPointF(plot_.right(), line.points.first().y());
    } else {
        const int first = *points.front()->candidate.workers;
        const auto wall = static_cast<double>(points.front()->wall().median);
        constexpr int steps = 32;
        for (int i = 0; i <= steps; ++i) {
            const double workers = first * std::pow(static_cast<double>(axis_.mostWorkers) / first, static_cast<double>(i) / steps);
            line.ideal << pointAt(workers, static_cast<Nanoseconds>(wall * first / workers));
        }
    }
    line.label.text = shownText(points.front()->candidate.strategy.key);
    lines_.push_back(std::move(line));
}

// To the right of the lines' ends, each below the one before.
void SweepCurve::placeLabels()
{
    std::vector<Line *> lines;
    lines.reserve(lines_.size());
    for (Line &line : lines_)
        lines.push_back(&line);
    std::ranges::stable_sort(lines, {}, [](const Line *line) { return line->points.last().y(); });
    const int lineHeight = metrics_->px(15);
    const int lowest = plot_.bottom() + metrics_->px(8) - lineHeight * (static_cast<int>(lines.size()) - 1);
    int top = plot_.top();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const QPointF end = lines[i]->points.last();
        const int y = std::max(top, std::min(static_cast<int>(end.y()), lowest + static_cast<int>(i) * lineHeight));
        const int x = plot_.right() + metrics_->px(22);
        lines[i]->label.at = QPoint(x, y + metrics_->smallBaseline);
        lines[i]->leader = QLineF(end, QPointF(x - metrics_->px(4), y));
        top = y + lineHeight;
    }
}

void SweepCurve::paint(QPainter &painter, const Theme &theme, const TimelineFonts &fonts, double scale) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(fonts.small);
    painter.setPen(theme.text);
    painter.drawText(title_.at, title_.text);
    painter.setPen(theme.mutedText);
    for (const PlacedText &tick : ticks_)
        painter.drawText(tick.at, tick.text);
    painter.setPen(QPen(theme.grid, scale));
    for (const QLineF &line : grid_)
        painter.drawLine(line);
    for (const Line &line : lines_) {
        const QColor colour = theme.isDark ? theme.slice(line.hue).lighter(130) : theme.slice(line.hue).darker(150);
        painter.setPen(QPen(colour, scale, Qt::DashLine));
        painter.drawPolyline(line.ideal);
        painter.setPen(QPen(theme.mutedText, scale / 2));
        painter.drawLine(line.leader);
        painter.setPen(QPen(colour, 2 * scale, line.isLevel ? Qt::DotLine : Qt::SolidLine));
        painter.drawPolyline(line.points);
        painter.setPen(QPen(colour, scale));
        for (const QLineF &range : line.ranges)
            painter.drawLine(range);
        painter.setBrush(colour);
        for (qsizetype i = 0; !line.isLevel && i < line.points.size(); ++i)
            painter.drawEllipse(line.points[i], 3 * scale, 3 * scale);
        painter.setPen(theme.text);
        painter.drawText(line.label.at, line.label.text);
    }
    painter.restore();
}

} // namespace loopscope
