#include "ui/compare/comparison_page.h"

#include "ui/compare/comparison_figures.h"
#include "ui/compare/comparison_words.h"
#include "ui/theme/shown_text.h"

#include <QFontInfo>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QPainter>

#include <algorithm>
#include <climits>
#include <cmath>

namespace loopscope {

namespace {

constexpr int narrowest = 320;          // in logical pixels
constexpr int mostPixels = 200'000'000; // a picture of more takes a gigabyte while it is made

QString describe(const Comparison &comparison)
{
    QStringList lines;
    if (comparison.repetitions > 0)
        lines.append(conditionsText(comparison));
    for (const CandidateResult &result : comparison.candidates) {
        QStringList figures;
        for (const ComparisonColumn column : comparisonColumns) {
            if (column != ComparisonColumn::Strategy)
                figures.append(columnTitle(column) + QLatin1Char(' ') + figureText(comparison, result, column));
        }
        lines.append(candidateText(result) + QStringLiteral(": ") + figures.join(QStringLiteral(", ")));
    }
    return lines.join(QLatin1Char('\n'));
}

/// The trace of whichever candidate has one.
const Trace *anyTrace(const Comparison &comparison)
{
    const auto with = std::ranges::find_if(comparison.candidates, [](const CandidateResult &result) { return result.trace != nullptr; });
    return with == comparison.candidates.end() ? nullptr : with->trace.get();
}

} // namespace

ComparisonPage::ComparisonPage(const Comparison &comparison, const ComparisonLook &look)
    : look_(look)
    , title_(shownText(comparison.title))
    , description_(describe(comparison))
{
    const QFont base = QGuiApplication::font();
    fonts_ = timelineFonts(base, look_.scale, Density::Compact);
    metrics_ = timelineMetrics(fonts_, look_.scale, Density::Compact);
    titleFont_ = fonts_.strong;
    titleFont_.setPixelSize(static_cast<int>(std::lround(QFontInfo(base).pixelSize() * 1.3 * look_.scale)));
    const int width = std::min(largestPage(look_.format), metrics_.px(std::max(narrowest, look_.width)));
    const int gap = metrics_.px(14);
    size_.setWidth(width);
    int y = 0;
    if (look_.isWhole) {
        layOutHead(comparison, y);
        tableTop_ = y;
        table_.emplace(comparison, metrics_, width);
        y += table_->height() + gap;
    }
    if (SweepCurve::isFor(comparison)) {
        curveTop_ = y;
        curve_.emplace(comparison, metrics_, width);
        y += curve_->height() + gap;
    }
    timelinesTop_ = y;
    timelines_.emplace(comparison, metrics_, width);
    y += timelines_->height();
    if (const Trace *trace = anyTrace(comparison)) {
        legendTop_ = y + metrics_.px(6);
        legend_.emplace(legendOf(*trace), metrics_, width);
        y = legendTop_ + legend_->height();
    }
    if (look_.isWhole)
        layOutNotes(comparison, y);
    size_.setHeight(std::max(1, y + gap));
    // What is on a screen is scrolled, and never all of it made into pixels.
    const bool isRaster = look_.format == PictureOptions::Format::Png;
    const int most = std::min(largestPage(look_.format), isRaster ? mostPixels / width : INT_MAX);
    if (look_.isWhole && size_.height() > most) {
        size_.setHeight(most);
        note_ = ComparisonWords::tr("What lies below %1 pixels is left out.").arg(most);
    }
}

void ComparisonPage::layOutHead(const Comparison &comparison, int &y)
{
    const int left = metrics_.padding;
    const int room = size_.width() - 2 * left;
    const QFontMetricsF titleMetrics(titleFont_);
    const TextWidth titleWidth = [&](const QString &text) { return static_cast<int>(std::ceil(titleMetrics.horizontalAdvance(text))); };
    y = metrics_.px(14) + static_cast<int>(std::ceil(titleMetrics.ascent()));
    titleText_ = {QPoint(left, y), elidedRight(title_, room, titleWidth)};
    y += metrics_.px(20);
    conditions_ = {QPoint(left, y), elidedRight(conditionsText(comparison), room, metrics_.smallWidth)};
    y += metrics_.px(14);
}

void ComparisonPage::layOutNotes(const Comparison &comparison, int &y)
{
    for (const std::string &note : comparison.notes()) {
        y += metrics_.px(18);
        notes_.push_back(
            {QPoint(metrics_.padding, y), elidedRight(shownText(note), size_.width() - 2 * metrics_.padding, metrics_.smallWidth)});
    }
}

void ComparisonPage::paint(QPainter &painter, Medium medium, PaintLimits limits) const
{
    painter.fillRect(QRect(QPoint(0, 0), size_), look_.theme.canvas);
    painter.setFont(titleFont_);
    painter.setPen(look_.theme.text);
    painter.drawText(titleText_.at, titleText_.text);
    painter.setFont(fonts_.small);
    painter.setPen(look_.theme.mutedText);
    painter.drawText(conditions_.at, conditions_.text);
    for (const PlacedText &note : notes_)
        painter.drawText(note.at, note.text);
    const FramePainter frames(look_.theme, fonts_, look_.scale, medium);
    const FramePainter ghosts(look_.theme.ghost(), fonts_, look_.scale, medium);
    const auto at = [&painter](int top, auto paintPart) {
        painter.translate(0, top);
        paintPart();
        painter.translate(0, -top);
    };
    if (table_)
        at(tableTop_, [&] { table_->paint(painter, look_.theme, fonts_); });
    if (curve_)
        at(curveTop_, [&] { curve_->paint(painter, look_.theme, fonts_, look_.scale); });
    if (limits.area)
        limits.area->translate(0, -timelinesTop_);
    at(timelinesTop_, [&] { timelines_->paint(painter, frames, ghosts, fonts_, limits); });
    if (legend_)
        at(legendTop_, [&] { legend_->paint(painter, look_.theme, fonts_, frames.spanPainter()); });
}

Picture comparisonPicture(const Comparison &comparison, const ComparisonLook &look)
{
    return Picture(std::make_unique<ComparisonPage>(comparison, look), look.format);
}

} // namespace loopscope
