#include "ui/timeline/frame_painter.h"

#include "ui/timeline/area_sheet.h"
#include "ui/timeline/mark_painter.h"
#include "ui/timeline/pixels.h"
#include "ui/timeline/row_image.h"

#include <QImage>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace loopscope {

namespace {

// Of lanes in the order in which they stand those that `area` touches.
std::span<const LanePicture> lanesWithin(std::span<const LanePicture> lanes, const std::optional<QRect> &area)
{
    if (!area)
        return lanes;
    const auto bottomOf = [](const LanePicture &lane) { return lane.rect.bottom(); };
    const auto topOf = [](const LanePicture &lane) { return lane.rect.top(); };
    const auto first = std::ranges::lower_bound(lanes, area->top(), {}, bottomOf);
    const auto last = std::ranges::upper_bound(first, lanes.end(), area->bottom(), {}, topOf);
    return {first, last};
}

// Whether a row is cut by those that stay where they are.
bool isScrolledUnder(const TimelineFrame &frame)
{
    const auto isCut = [&frame](const auto &row) { return row.rect.top() <= frame.pinned.bottom(); };
    const bool cutsLane = frame.lanes.size() > frame.pinnedLanes && isCut(frame.lanes.front());
    return cutsLane || (frame.groups.size() > frame.pinnedGroups && isCut(frame.groups.front()));
}

int tallest(std::span<const LanePicture> lanes)
{
    const auto heightOf = [](const LanePicture &lane) { return lane.rect.height(); };
    return heightOf(*std::ranges::max_element(lanes, {}, heightOf));
}

} // namespace

FramePainter::FramePainter(const Theme &theme, const TimelineFonts &fonts, double scale, Medium medium)
    : theme_(theme)
    , scale_(scale)
    , bodyText_(fonts.body, medium)
    , strongText_(fonts.strong, medium)
    , smallText_(fonts.small, medium)
    , smallFont_(fonts.small)
    , spans_(theme, scale, medium)
    , labels_(theme, fonts.small, scale, medium)
    , overlays_(theme, fonts, scale)
    , medium_(medium)
{
}

int FramePainter::px(double logical) const
{
    return std::max(1, static_cast<int>(std::lround(logical * scale_)));
}

void FramePainter::paint(QPainter &painter, const TimelineFrame &frame, const PaintLimits &limits) const
{
    const std::span lanes(frame.lanes);
    const std::span groups(frame.groups);
    const std::size_t movingLanes = lanes.size() - frame.pinnedLanes;
    const std::size_t movingGroups = groups.size() - frame.pinnedGroups;
    // On a screen each row has a ground of its own, and none is painted under it; in a file one area is less than many.
    const int rowsEnd = medium_ == Medium::Raster ? std::min(frame.lanesBottom, frame.size.height()) : 0;
    painter.fillRect(QRect(QPoint(0, 0), frame.size).adjusted(0, rowsEnd, 0, 0), theme_.canvas);
    paintRows(painter, frame, lanes.first(movingLanes), groups.first(movingGroups), limits);
    if (medium_ == Medium::Vector)
        painter.fillRect(frame.pinned, theme_.canvas);
    paintRows(painter, frame, lanes.subspan(movingLanes), groups.subspan(movingGroups), limits);
    if (isScrolledUnder(frame))
        painter.fillRect(QRect(0, frame.pinned.bottom() + 1 - px(1), frame.size.width(), px(1)), theme_.hairline);
    overlays_.paintOverLanes(painter, frame.overlay);
    paintRuler(painter, frame);
    paintMarks(painter, frame.marks, theme_, smallFont_, px(1), frame.lanesBottom);
    overlays_.paintOverRuler(painter, frame.overlay);
    painter.fillRect(QRect(frame.nameWidth - px(1), 0, px(1), frame.lanesBottom), theme_.hairline);
}

void FramePainter::paintRows(QPainter &painter, const TimelineFrame &frame, std::span<const LanePicture> lanes,
                             std::span<const GroupPicture> groups, const PaintLimits &limits) const
{
    // A mark of what is selected reaches a little into the rows beside it.
    lanes = lanesWithin(lanes, limits.area ? std::optional(limits.area->adjusted(0, -px(2), 0, px(2))) : std::nullopt);
    if (!lanes.empty()) {
        const FileDetail detail = medium_ == Medium::Raster ? FileDetail{} : fileDetail(frame);
        const bool isComplete =
            medium_ == Medium::Raster ? paintAsPixels(painter, frame, lanes, limits) : paintAsAreas(painter, frame, lanes, detail, limits);
        if (!isComplete)
            return;
        paintOverSpans(painter, lanes, detail, limits);
        if (frame.nowX)
            paintNow(painter, *frame.nowX, lanes.front().rect.top(), lanes.back().rect.bottom());
    }
    for (const GroupPicture &group : groups)
        paintGroup(painter, group);
}

FileDetail FramePainter::fileDetail(const TimelineFrame &frame) const
{
    return fileDetailOf(frame, spans_.areas(SpanShapes::Detail::Full), spans_.areas(SpanShapes::Detail::Plain));
}

bool FramePainter::paintAsAreas(QPainter &painter, const TimelineFrame &frame, std::span<const LanePicture> lanes, const FileDetail &detail,
                                const PaintLimits &limits) const
{
    const int top = lanes.front().rect.top();
    const int bottom = lanes.back().rect.bottom() + 1;
    AreaSheet ground;
    for (const LanePicture &lane : lanes)
        paintGround(lane, [&ground](const QRect &rect, const QColor &color) { ground.add(rect, color); });
    ground.paint(painter);
    AreaSheet grid;
    paintGrid(frame, top, bottom, [&grid](const QRect &rect, const QColor &color) { grid.add(rect, color); });
    grid.paint(painter);
    overlays_.paintUnderSpans(painter, frame.overlay, top, bottom);
    SpanAreas spans = spans_.areas(detail.shapes);
    for (const LanePicture &lane : lanes) {
        if (limits.isOver())
            return false;
        if (lane.counter)
            paintCounter(painter, *lane.counter);
        if (detail.isImage(lane)) {
            paintAsImage(painter, lane);
            continue;
        }
        for (const SpanPicture &span : lane.spans)
            spans.add(span.rect, span.colour());
    }
    spans.paint(painter);
    return true;
}

bool FramePainter::paintAsPixels(QPainter &painter, const TimelineFrame &frame, std::span<const LanePicture> lanes,
                                 const PaintLimits &limits) const
{
    const std::optional<Pixels> direct = pixelsUnder(painter);
    std::optional<RowImage> row;
    for (const LanePicture &lane : lanes) {
        if (limits.isOver())
            return false;
        if (direct && direct->area().contains(lane.rect)) {
            paintRow(painter, *direct, frame, lane);
            continue;
        }
        if (!row)
            row.emplace(QSize(frame.size.width(), tallest(lanes)));
        row->begin(lane.rect);
        paintRow(row->painter(), row->pixels(), frame, lane);
        row->copyTo(painter);
    }
    return true;
}

// From the ground to the texts on spans, while it is in the processor's cache.
void FramePainter::paintRow(QPainter &painter, const Pixels &pixels, const TimelineFrame &frame, const LanePicture &lane) const
{
    const auto fill = [&pixels, &lane](const QRect &rect, const QColor &color) {
        if (const QRect inside = rect & lane.rect; !inside.isEmpty())
            pixels.fill(inside, color.rgb());
    };
    paintGround(lane, fill);
    paintGrid(frame, lane.rect.top(), lane.rect.bottom() + 1, fill);
    overlays_.paintUnderSpans(painter, frame.overlay, lane.rect.top(), lane.rect.bottom() + 1);
    if (lane.counter)
        paintCounter(painter, *lane.counter);
    spans_.raster().paint(pixels, lane.spans);
    labels_.paint(painter, pixels, lane.labels);
}

template <typename Fill>
void FramePainter::paintGround(const LanePicture &lane, Fill fill) const
{
    if (lane.isSelected) {
        fill(lane.rect, theme_.selection);
        fill(QRect(lane.rect.left(), lane.rect.top(), px(3), lane.rect.height()), theme_.accent);
    } else if (lane.isStriped || medium_ == Medium::Raster) {
        fill(lane.rect, lane.isStriped ? theme_.stripe : theme_.canvas);
    }
}

template <typename Fill>
void FramePainter::paintGrid(const TimelineFrame &frame, int top, int bottom, Fill fill) const
{
    for (const TickPicture &tick : frame.ticks) {
        if (tick.isLarge)
            fill(QRect(tick.x, top, px(1), bottom - top), theme_.grid);
    }
}

// Each as an area of its own would take a hundred times the bytes.
void FramePainter::paintAsImage(QPainter &painter, const LanePicture &lane) const
{
    QRect area;
    for (const SpanPicture &span : lane.spans)
        area |= span.rect;
    QImage image(area.size(), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    spans_.raster().paint(Pixels(image, area.topLeft()), lane.spans);
    painter.drawImage(area.topLeft(), image);
}

// One kind of thing after the other, for in a file what looks alike takes less room together.
void FramePainter::paintOverSpans(QPainter &painter, std::span<const LanePicture> lanes, const FileDetail &detail,
                                  const PaintLimits &limits) const
{
    paintStalls(painter, lanes);
    if (medium_ == Medium::Vector && detail.hasLabels && !limits.isOver())
        labels_.paint(painter, lanes);
    for (const auto paintKind : {&FramePainter::paintFound, &FramePainter::paintInstants, &FramePainter::paintCaps,
                                 &FramePainter::paintSelected, &FramePainter::paintNames, &FramePainter::paintFacts}) {
        if (limits.isOver())
            return;
        (this->*paintKind)(painter, lanes);
    }
}

void FramePainter::paintStalls(QPainter &painter, std::span<const LanePicture> lanes) const
{
    AreaSheet stalls;
    for (const LanePicture &lane : lanes) {
        for (const QRect &stall : lane.stalls)
            stalls.add(stall, theme_.state(State::Blocking));
    }
    stalls.paint(painter);
}

// A line along its lower edge, which tells it from the frame of what is selected.
void FramePainter::paintFound(QPainter &painter, std::span<const LanePicture> lanes) const
{
    AreaSheet lines;
    const int most = px(3);
    for (const LanePicture &lane : lanes) {
        for (const SpanPicture &span : lane.spans) {
            const int height = std::min(most, span.rect.height());
            if (span.isMatch)
                lines.add(QRect(span.rect.left(), span.rect.bottom() + 1 - height, span.rect.width(), height), theme_.accent);
        }
    }
    lines.paint(painter);
}

void FramePainter::paintInstants(QPainter &painter, std::span<const LanePicture> lanes) const
{
    for (const LanePicture &lane : lanes) {
        for (const InstantPicture &instant : lane.instants)
            paintInstant(painter, instant);
    }
}

void FramePainter::paintCaps(QPainter &painter, std::span<const LanePicture> lanes) const
{
    for (const Outcome outcome : {Outcome::Done, Outcome::Failed, Outcome::Cancelled}) {
        std::vector<QRect> caps;
        for (const LanePicture &lane : lanes) {
            if (lane.cap && lane.cap->outcome == outcome)
                caps.push_back(lane.cap->rect);
        }
        spans_.paintCaps(painter, caps, outcome);
    }
}

void FramePainter::paintSelected(QPainter &painter, std::span<const LanePicture> lanes) const
{
    for (const LanePicture &lane : lanes) {
        if (lane.selectedSpan)
            paintSelectedSpan(painter, *lane.selectedSpan);
        if (!lane.matchPlate.isEmpty())
            paintMatch(painter, lane.matchPlate);
    }
}

void FramePainter::paintNames(QPainter &painter, std::span<const LanePicture> lanes) const
{
    for (const LanePicture &lane : lanes)
        bodyText_.draw(painter, lane.name, theme_.text);
}

void FramePainter::paintFacts(QPainter &painter, std::span<const LanePicture> lanes) const
{
    for (const LanePicture &lane : lanes)
        smallText_.draw(painter, lane.fact, lane.isFailure ? theme_.failure : theme_.mutedText);
}

// What changes within a pixel is pale, up to the greatest value.
void FramePainter::paintCounter(QPainter &painter, const CounterPicture &counter) const
{
    QColor pale = theme_.slice(counter.hue);
    pale.setAlphaF(0.45F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(pale);
    painter.drawPolygon(counter.most);
    painter.setBrush(theme_.slice(counter.hue));
    painter.drawPolygon(counter.least);
}

void FramePainter::paintInstant(QPainter &painter, const InstantPicture &instant) const
{
    const QRectF place = QRectF(instant.rect);
    const std::array<QPointF, 3> triangle = {place.topLeft(), place.topRight(), QPointF(place.center().x(), place.bottom())};
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme_.canvas, px(1))); // so that it stands out from slices of every colour
    painter.setBrush(instant.isSelected ? theme_.accent : theme_.text);
    painter.drawPolygon(triangle.data(), 3);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void FramePainter::paintMatch(QPainter &painter, const QRect &plate) const
{
    QColor highlight = theme_.accent;
    highlight.setAlphaF(theme_.isDark ? 0.35F : 0.22F);
    painter.fillRect(plate, highlight);
    painter.fillRect(QRect(plate.left(), plate.bottom() + 1 - px(1), plate.width(), px(1)), theme_.accent); // a second cue beside the tint
}

void FramePainter::paintGroup(QPainter &painter, const GroupPicture &group) const
{
    painter.fillRect(group.rect, group.isCurrent ? theme_.selection : theme_.panel);
    if (group.isCurrent)
        painter.fillRect(QRect(group.rect.left(), group.rect.top(), px(3), group.rect.height()), theme_.accent);
    const QRectF a = QRectF(group.arrow);
    const std::array<QPointF, 3> folded = {a.topLeft() + QPointF(a.width() * 0.2, 0), a.bottomLeft() + QPointF(a.width() * 0.2, 0),
                                           QPointF(a.right() - a.width() * 0.1, a.center().y())};
    const std::array<QPointF, 3> open = {a.topLeft() + QPointF(0, a.height() * 0.2), a.topRight() + QPointF(0, a.height() * 0.2),
                                         QPointF(a.center().x(), a.bottom() - a.height() * 0.1)};
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme_.mutedText);
    painter.drawPolygon(group.isFolded ? folded.data() : open.data(), 3);
    painter.setRenderHint(QPainter::Antialiasing, false);
    strongText_.draw(painter, group.title, theme_.text);
    smallText_.draw(painter, group.count, theme_.mutedText);
    smallText_.draw(painter, group.summary, theme_.mutedText);
}

void FramePainter::paintRuler(QPainter &painter, const TimelineFrame &frame) const
{
    if (frame.ruler.isEmpty())
        return;
    painter.fillRect(QRect(0, 0, frame.size.width(), frame.ruler.height()), theme_.canvas);
    const int bottom = frame.ruler.bottom();
    const auto isHidden = [&](const TickPicture &tick) {
        const auto index = static_cast<std::size_t>(&tick - frame.ticks.data());
        return frame.overlay.range && std::ranges::binary_search(frame.overlay.range->hiddenTicks, index);
    };
    smallText_.draw(painter, frame.rulerBase, theme_.text);
    for (const TickPicture &tick : frame.ticks) {
        const int height = tick.isLarge ? px(8) : px(4);
        painter.fillRect(QRect(tick.x, bottom - height, px(1), height), theme_.mutedText);
        if (!isHidden(tick))
            smallText_.draw(painter, tick.label, theme_.mutedText);
    }
    if (frame.nowX)
        painter.fillRect(QRect(*frame.nowX, bottom - px(12), px(1), px(12)), theme_.accent);
    painter.fillRect(QRect(0, bottom, frame.size.width(), px(1)), theme_.hairline);
}

void FramePainter::paintNow(QPainter &painter, int x, int top, int bottom) const
{
    const int dash = px(4);
    std::vector<QRect> dashes;
    for (int y = top; y <= bottom; y += dash + px(3))
        dashes.emplace_back(x, y, px(1), std::min(dash, bottom + 1 - y));
    fillAreas(painter, dashes, theme_.accent);
}

void FramePainter::paintSelectedSpan(QPainter &painter, const QRect &span) const
{
    const int width = px(2);
    const double half = width / 2.0;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme_.accent, width));
    painter.drawRoundedRect(QRectF(span).adjusted(-half, -half, half, half), px(3), px(3));
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void FramePainter::paintHover(QPainter &painter, const QRect &lane, const QRect &span) const
{
    if (!lane.isEmpty())
        painter.fillRect(lane, theme_.hover());
    if (span.isEmpty())
        return;
    // A frame, for a tint would take from the contrast of the text on it.
    const int line = px(1);
    painter.fillRect(QRect(span.left(), span.top(), span.width(), line), theme_.text);
    painter.fillRect(QRect(span.left(), span.bottom() + 1 - line, span.width(), line), theme_.text);
    painter.fillRect(QRect(span.left(), span.top(), line, span.height()), theme_.text);
    painter.fillRect(QRect(span.right() + 1 - line, span.top(), line, span.height()), theme_.text);
}

} // namespace loopscope
