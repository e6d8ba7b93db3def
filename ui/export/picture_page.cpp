#include "ui/export/picture_page.h"

#include "ui/export/picture_words.h"
#include "ui/panels/run_summary.h"
#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"
#include "ui/timeline/culprit_links.h"
#include "ui/timeline/facts_at_hand.h"
#include "ui/timeline/overlay.h"

#include <QFontInfo>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

constexpr int narrowestPicture = 200;
constexpr double widestNames = 0.45; // of the picture
// A picture of more takes a gigabyte while it is made.
constexpr qint64 mostPixels = 200'000'000;

// What the whole run needs: a little room on both sides, on the right for the caps.
TimeRange rangeOf(const Trace &trace, const PictureOptions &options)
{
    if (options.range)
        return atLeastOneNanosecond(*options.range);
    const Nanoseconds length = runLength(trace);
    return {-length / 100, length + length / 25 + 1};
}

// In a trace of others neither what stands for the loop nor processes have rows.
std::size_t lanesToShow(const Trace &trace)
{
    return trace.hasLoop() ? trace.laneCount() : trace.rows().size();
}

void drawPlaced(QPainter &painter, const PlacedText &text, const QFont &font, const QColor &color)
{
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(text.at, text.text);
}

} // namespace

PicturePage::PicturePage(const Trace &trace, const PictureOptions &options, int largest)
    : options_(options)
    , theme_(options.isDark ? Theme::dark() : Theme::light())
{
    chooseScale(largest);
    const QFont base = QGuiApplication::font();
    fonts_ = timelineFonts(base, options_.scale, options_.density);
    metrics_ = timelineMetrics(fonts_, options_.scale, options_.density);
    titleFont_ = fonts_.strong;
    titleFont_.setPixelSize(static_cast<int>(std::lround(QFontInfo(base).pixelSize() * 1.3 * options_.scale)));
    title_ = options_.title.isEmpty() ? shownText(trace.info().title) : options_.title;
    layout_ =
        options_.order ? LaneLayout(options_.order, metrics_.rows, options_.folded) : LaneLayout(trace, metrics_.rows, options_.folded);
    chooseNameWidth(trace);
    const auto known = trace.hasLoop() ? stallsAtHand(trace) : std::vector<Stall>();
    stalls_ = known ? *known : findStalls(trace);
    statusLine_ = statusLine(trace, stalls_);
    loopSummary_ = loopSummary(trace, trace.info().finished ? stalls_ : std::vector<Stall>());
    layOutHead();
    layOutOverview(trace, stalls_);
    layOutTable(trace);
    legend_.emplace(legendOf(trace), metrics_, size_.width());
    layOutTimeline(trace, largest);
    if (options_.format == PictureOptions::Format::Svg)
        description_ = describe(trace);
    layout_ = {}; // it refers to the trace
}

void PicturePage::chooseScale(int largest)
{
    options_.scale = options_.format == PictureOptions::Format::Png ? std::clamp(options_.scale, 1.0, 4.0) : 1;
    asked_ = (QSizeF(options_.size) * options_.scale).toSize();
    const int width = std::clamp(options_.size.width(), narrowestPicture, largestPicture);
    options_.scale = std::min(options_.scale, static_cast<double>(largest) / width);
    size_.setWidth(static_cast<int>(std::lround(width * options_.scale)));
}

// In a picture nobody can point at a name to read it whole, so names have as much room as they need, within reason.
void PicturePage::chooseNameWidth(const Trace &trace)
{
    const int most = static_cast<int>(size_.width() * widestNames);
    if (options_.nameWidth) {
        metrics_.nameWidth = std::clamp(metrics_.px(*options_.nameWidth), 1, std::max(1, size_.width() / 2));
        return;
    }
    const int rowsAtMost = largestPicture / metrics_.rows.lane;
    int needed = metrics_.nameWidth;
    int seen = 0;
    for (auto row = layout_.rowAt(0); row && needed < most && seen < rowsAtMost; row = layout_.rowAfter(*row), ++seen) {
        if (row->isHeader())
            continue;
        const int texts =
            metrics_.bodyWidth(laneName(trace, row->lane)) + metrics_.smallWidth(laneFact(trace, row->lane, ByteFigures::Exact).text);
        needed = std::max(needed, texts + 2 * metrics_.padding + metrics_.px(12));
    }
    metrics_.nameWidth = std::max(1, std::min(needed, most));
}

void PicturePage::layOutHead()
{
    const int left = metrics_.padding;
    const int room = size_.width() - 2 * left;
    const QFontMetricsF titleMetrics(titleFont_);
    const TextWidth titleWidth = [&](const QString &text) { return static_cast<int>(std::ceil(titleMetrics.horizontalAdvance(text))); };
    int y = metrics_.px(14) + static_cast<int>(std::ceil(titleMetrics.ascent()));
    titleText_ = {QPoint(left, y), elidedRight(title_, room, titleWidth)};
    y += metrics_.px(20);
    summary_ = {QPoint(left, y), elidedRight(statusLine_, room, metrics_.smallWidth)};
    frameTop_ = y + metrics_.px(12);
}

void PicturePage::layOutOverview(const Trace &trace, const std::vector<Stall> &stalls)
{
    if (!options_.hasOverview)
        return;
    const QRect place(metrics_.padding, frameTop_, size_.width() - 2 * metrics_.padding, metrics_.px(36));
    const StateDensity density = options_.overview ? *options_.overview : countedOverview(trace, place.width());
    overview_.emplace(trace, density, stalls, options_, rangeOf(trace, options_), place, metrics_.px(1));
    frameTop_ = place.bottom() + 1 + metrics_.px(10);
}

void PicturePage::layOutTable(const Trace &trace)
{
    if (options_.selection.range)
        table_.emplace(trace, *options_.selection.range, options_.selection.lane, metrics_, size_.width());
}

std::optional<RowRange> PicturePage::rowsInView() const
{
    if (options_.lanes != PictureOptions::Lanes::InView || !options_.rows)
        return std::nullopt;
    auto first = layout_.counterpart(options_.rows->first);
    const auto last = layout_.counterpart(options_.rows->last);
    if (first && first->top < layout_.pinnedHeight()) // which the picture shows all of
        first = layout_.rowAt(layout_.pinnedHeight());
    if (!first || !last || last->top < first->top)
        return std::nullopt;
    return RowRange{*first, *last};
}

/// The height of the page without its head, as the options would have it. `around` is what is not lanes.
int PicturePage::wantedHeight(int around) const
{
    switch (options_.lanes) {
    case PictureOptions::Lanes::All:
        return around + layout_.height();
    case PictureOptions::Lanes::ThoseThatFit:
        return std::max(around, static_cast<int>(std::lround(options_.size.height() * options_.scale)));
    case PictureOptions::Lanes::InView:
        break;
    }
    const std::optional<RowRange> rows = rowsInView();
    return around + layout_.pinnedHeight() + (rows ? rows->last.top + rows->last.height - rows->first.top : 0);
}

/// Whether lanes are left out even on a page as tall as it wants to be.
bool PicturePage::leavesOutLanes(const Trace &trace) const
{
    if (options_.lanes == PictureOptions::Lanes::InView) {
        const std::optional<RowRange> rows = rowsInView();
        const auto second = layout_.rowAt(layout_.pinnedHeight());
        const auto last = layout_.rowAt(layout_.height() - 1);
        if (second && (!rows || rows->first.top > second->top || rows->last.top < last->top))
            return true;
    }
    return options_.lanes != PictureOptions::Lanes::ThoseThatFit && layout_.laneCount() < lanesToShow(trace);
}

void PicturePage::layOutTimeline(const Trace &trace, int largest)
{
    const int margin = metrics_.px(10);
    const int noteHeight = metrics_.px(22);
    const int tableHeight = table_ ? table_->height() + margin : 0;
    const int below = tableHeight + margin + legend_->height() + margin;
    const int around = frameTop_ + metrics_.rulerHeight + below;
    const bool isRaster = options_.format == PictureOptions::Format::Png;
    const int tallest = isRaster ? static_cast<int>(std::min<qint64>(largest, mostPixels / size_.width())) : largest;
    const int wanted = wantedHeight(around);
    sizeNote_ = noteOnSize(std::min(wanted, tallest), largest);
    const bool hasNote = !sizeNote_.isEmpty() || leavesOutLanes(trace);
    const int height = std::min(wanted + (hasNote ? noteHeight : 0), tallest);
    const std::optional<RowRange> rows = rowsInView();
    const int scroll = rows ? rows->first.top - layout_.pinnedHeight() : 0;
    int room = height - frameTop_ - below - (hasNote ? noteHeight : 0);
    std::array<QString, laneGroupCount> summaries;
    for (const LaneGroup group : {LaneGroup::Tasks, LaneGroup::Workers})
        summaries[static_cast<std::size_t>(group)] = groupSummary(trace, group);
    summaries[static_cast<std::size_t>(LaneGroup::Loop)] = loopSummary_;
    frame_ = makeFrame(trace, room, scroll, summaries);
    if (!hasNote && (lanesLeftOut(trace) > 0 || !noteOnDetail().isEmpty())) {
        room -= noteHeight;
        frame_ = makeFrame(trace, room, scroll, summaries);
    }
    size_.setHeight(height);
    tableTop_ = frameTop_ + room + margin;
    legendTop_ = tableTop_ + tableHeight;
    note_ = noteOn(trace);
    placedNote_ = {QPoint(metrics_.padding, legendTop_ + legend_->height() + metrics_.px(12)),
                   elidedRight(note_, size_.width() - 2 * metrics_.padding, metrics_.smallWidth)};
}

/// Why the page, were it so tall, would not be as large as asked for; empty if it would.
QString PicturePage::noteOnSize(int height, int largest) const
{
    const bool hasHeight = options_.lanes == PictureOptions::Lanes::ThoseThatFit;
    const QString asked = hasHeight ? PictureWords::tr("%1 × %2 pixels").arg(asked_.width()).arg(asked_.height())
                                    : PictureWords::tr("%1 pixels wide").arg(asked_.width());
    if (size_.width() < asked_.width() || (hasHeight && height < asked_.height())) {
        const bool isArea = options_.format == PictureOptions::Format::Png && std::max(asked_.width(), asked_.height()) <= largest;
        const auto limit = static_cast<quint64>(isArea ? mostPixels : largest);
        return (isArea ? PictureWords::tr("Made smaller than %1: a picture has at most %2 pixels.")
                       : PictureWords::tr("Made smaller than %1: a picture is at most %2 pixels wide and tall."))
            .arg(asked, formatCount(limit));
    }
    if (size_.width() > asked_.width() || (hasHeight && height > asked_.height()))
        return PictureWords::tr("Made larger than %1: title, ruler and legend need the room.").arg(asked);
    return {};
}

QString PicturePage::noteOnDetail() const
{
    if (options_.format == PictureOptions::Format::Png)
        return {};
    const FileDetail detail = FramePainter(theme_, fonts_, options_.scale, Medium::Vector).fileDetail(frame_);
    if (detail.isFull())
        return {};
    return detail.hasLabels ? PictureWords::tr("So many spans are drawn in plain colours, without patterns.")
                            : PictureWords::tr("So many spans are drawn in plain colours, without patterns and labels.");
}

QString PicturePage::noteOn(const Trace &trace) const
{
    QStringList notes;
    if (const std::size_t leftOut = lanesLeftOut(trace); leftOut > 0)
        notes.append(PictureWords::tr("%1 of %2 lanes are not shown.").arg(formatCount(leftOut), formatCount(lanesToShow(trace))));
    notes << noteOnDetail() << sizeNote_;
    notes.removeAll(QString());
    return notes.join(QLatin1Char(' '));
}

TimelineFrame PicturePage::makeFrame(const Trace &trace, int height, int scroll, const std::array<QString, laneGroupCount> &summaries) const
{
    FrameRequest request{trace, layout_, metrics_, QSize(size_.width(), std::max(1, height)), rangeOf(trace, options_)};
    request.scroll = scroll;
    request.figures = ByteFigures::Exact;
    request.whole = true;
    request.summaries = summaries;
    for (const LaneGroup group : {LaneGroup::Tasks, LaneGroup::Workers})
        request.groupSizes[static_cast<std::size_t>(group)] = groupSize(trace, group);
    request.stalls = stalls_;
    request.marks = options_.marks;
    const PictureSelection &selection = options_.selection;
    std::optional<SpanPlace> span;
    if (selection.span && trace.hasLane(selection.lane)) {
        span = SpanPlace{selection.lane, *selection.span};
        request.selectedLane = selection.lane;
        request.selectedSpan = selection.span;
    }
    TimelineFrame frame = buildFrame(request);
    const WakeLinks wakes = span ? wakeLinksOf(trace, *span) : WakeLinks();
    const std::vector<WakeLink> culprits = span ? culpritLinksOf(trace, *span) : std::vector<WakeLink>();
    frame.overlay = buildOverlay({.layout = layout_,
                                  .metrics = metrics_,
                                  .range = request.range,
                                  .scroll = scroll,
                                  .selected = selection.range,
                                  .selectedSpan = span,
                                  .wakes = &wakes,
                                  .culprits = culprits,
                                  .criticalPath = options_.criticalPath},
                                 frame);
    return frame;
}

std::size_t PicturePage::lanesLeftOut(const Trace &trace) const
{
    return lanesToShow(trace) - std::min(lanesToShow(trace), frame_.lanes.size());
}

QString PicturePage::describe(const Trace &trace) const
{
    QStringList lines;
    const auto isRow = [&trace](const LanePicture &lane) { return trace.lane(lane.lane).kind == LaneKind::Row; };
    for (const LanePicture &lane : frame_.lanes) {
        if (isRow(lane))
            continue;
        lines.append(laneName(trace, lane.lane) + QStringLiteral(": ") + laneFact(trace, lane.lane, ByteFigures::Exact).text);
    }
    if (!trace.hasLoop())
        return statusLine_ + QLatin1Char('\n') + lines.join(QLatin1Char('\n'));
    QStringList colours;
    for (const State state : taskStates)
        colours.append(QString::fromUtf8(stateTitle(state).data()) + QLatin1Char(' ') + theme_.state(state).name().toUpper());
    return statusLine_ + QLatin1Char('\n') + lines.join(QLatin1Char('\n')) + QLatin1Char('\n') + colours.join(QStringLiteral(", "));
}

void PicturePage::paint(QPainter &painter, Medium medium, PaintLimits limits) const
{
    if (limits.area)
        limits.area->translate(0, -frameTop_);
    painter.fillRect(QRect(QPoint(0, 0), size_), theme_.canvas);
    drawPlaced(painter, titleText_, titleFont_, theme_.text);
    drawPlaced(painter, summary_, fonts_.small, theme_.mutedText);
    const FramePainter frames(theme_, fonts_, options_.scale, medium);
    if (overview_)
        overview_->paint(painter, theme_, options_.scale, medium);
    painter.translate(0, frameTop_);
    painter.fillRect(QRect(0, 0, size_.width(), metrics_.px(1)), theme_.hairline);
    frames.paint(painter, frame_, limits);
    if (table_) {
        painter.translate(0, tableTop_ - frameTop_);
        table_->paint(painter, theme_, fonts_, frames.spanPainter());
        painter.translate(0, frameTop_ - tableTop_);
    }
    painter.translate(0, legendTop_ - frameTop_);
    painter.fillRect(QRect(0, -metrics_.px(4), size_.width(), metrics_.px(1)), theme_.hairline);
    legend_->paint(painter, theme_, fonts_, frames.spanPainter());
    painter.translate(0, -legendTop_);
    drawPlaced(painter, placedNote_, fonts_.small, theme_.mutedText);
}

} // namespace loopscope
