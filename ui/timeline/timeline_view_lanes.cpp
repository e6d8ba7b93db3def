// How TimelineView keeps its lanes in place, lets them be moved, and highlights the one under the mouse.

#include "core/analysis/culprits.h"
#include "ui/theme/format.h"
#include "ui/timeline/counter_curve.h"
#include "ui/timeline/culprit_links.h"
#include "ui/timeline/lane_drag.h"
#include "ui/timeline/timeline_view.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>

namespace loopscope {

namespace {

// A mouse that moved within this time is about to point at something.
constexpr qint64 handRestsMs = 1500;

} // namespace

// The rows move, and yet the selected lane, or else the one under the mouse, stays where it is in sight.
void TimelineView::rearrange()
{
    if (isMovingLane_) {
        relayout();
        return;
    }
    const LaneId kept = topInView(selection_.lane()) ? selection_.lane() : laneUnderMouse();
    const std::optional<int> top = topInView(kept);
    relayout();
    const auto row = top ? layout_.rowOf(kept) : std::nullopt;
    if (row && row->top >= layout_.pinnedHeight())
        scrollBar_->setValue(row->top + metrics_.rulerHeight - *top);
}

std::optional<int> TimelineView::topInView(LaneId lane) const
{
    const auto row = layout_.rowOf(lane);
    if (!row || row->top < layout_.pinnedHeight())
        return std::nullopt;
    const int top = row->top - scrollBar_->value() + metrics_.rulerHeight;
    const bool isInSight = top + row->height > metrics_.rulerHeight + layout_.pinnedHeight() && top < canvasSize().height();
    return isInSight ? std::optional(top) : std::nullopt;
}

LaneId TimelineView::laneUnderMouse() const
{
    if (!hover_ || hover_->y() < metrics_.rulerHeight)
        return noLane;
    const int below = hover_->y() - metrics_.rulerHeight;
    const auto row = layout_.rowAt(below < layout_.pinnedHeight() ? below : below + scrollBar_->value());
    return row ? row->lane : noLane;
}

// On a span of the loop or of a worker the task that ran there; else the lane itself.
LaneId TimelineView::taskUnderMouse() const
{
    const LaneId lane = laneUnderMouse();
    const auto picture = std::ranges::find(frame_.lanes, lane, &LanePicture::lane);
    if (picture == frame_.lanes.end() || !trace_->hasLoop() || trace_->lane(lane).kind == LaneKind::Task)
        return lane;
    const std::optional<std::size_t> span = spanUnder(*picture, *hover_);
    if (!span)
        return lane;
    const LaneId peer = trace_->span(lane, *span).peer;
    const LaneId task = lane == loopLaneId && peer == noLane ? holderUnderMouse() : peer;
    return trace_->hasLane(task) && trace_->lane(task).kind == LaneKind::Task ? task : lane;
}

// The task that held the loop longest in the column of pixels under the mouse. The loop's spans go on over many callbacks.
LaneId TimelineView::holderUnderMouse() const
{
    const TimeRange column{instantAt(*hover_), instantAt(*hover_ + QPoint(1, 0))};
    const TimeRange range = atLeastOneNanosecond(column);
    if (!areHoldersSoonFound(*trace_, range))
        return noLane;
    const std::vector<Culprit> holders = loopShares(*trace_, LoopHolds(*trace_, range), range).culprits;
    return holders.empty() ? noLane : holders.front().task;
}

bool TimelineView::isHandOnLanes() const
{
    return nameDrag_ || rangeDrag_ || pan_ || (hover_ && hoverAge_.isValid() && hoverAge_.elapsed() < handRestsMs);
}

void TimelineView::setHover(Hover &hover)
{
    hovered_ = &hover;
    connect(&hover, &Hover::changed, this, &TimelineView::showHover);
}

void TimelineView::tellHover()
{
    showCursor();
    if (!hovered_)
        return;
    (void)frame(); // what has been scrolled is elsewhere by now
    hovered_->setLane(taskUnderMouse());
}

QRect TimelineView::hoveredRow() const
{
    if (!hovered_ || hovered_->lane() == noLane)
        return {};
    const auto lane = std::ranges::find(frame_.lanes, hovered_->lane(), &LanePicture::lane);
    return lane == frame_.lanes.end() ? QRect() : lane->rect;
}

// Only the two rows are painted anew, and nothing is computed for that.
void TimelineView::showHover()
{
    const QRect rect = hoveredRow();
    for (const QRect &row : {hoverRect_, rect}) {
        if (!row.isEmpty())
            update(logicalRect(row));
    }
    hoverRect_ = rect;
}

void TimelineView::paintHover(QPainter &painter) const
{
    if (pan_ || isDraggingDivider_ || nameDrag_)
        return;
    const LaneId under = laneUnderMouse();
    const LaneId task = hovered_ ? hovered_->lane() : under;
    for (const LanePicture &lane : frame_.lanes) {
        if (lane.lane == under || lane.lane == task)
            paintHover(painter, lane, lane.lane == under && hover_ && hover_->x() >= frame_.nameWidth);
    }
}

void TimelineView::paintHover(QPainter &painter, const LanePicture &lane, bool isOnSpans) const
{
    const bool isPinned = &lane >= frame_.lanes.data() + frame_.lanes.size() - frame_.pinnedLanes;
    QRect row = lane.rect;
    if (!isPinned)
        row.setTop(std::max(row.top(), frame_.pinned.bottom() + 1));
    const SpanPicture *span = isOnSpans ? spanAt(lane, hover_->x(), metrics_.px(3)) : nullptr;
    painter_->paintHover(painter, row, span ? span->rect.intersected(row) : QRect());
    if (lane.counter && isOnSpans)
        paintReading(painter, lane.lane, row);
}

// The value of a counter where the mouse is, beside a line.
void TimelineView::paintReading(QPainter &painter, LaneId counter, const QRect &row) const
{
    const std::optional<double> value = counterValue(*trace_, counter, instantAt(*hover_));
    if (!value)
        return;
    const Theme &theme = painter_->theme();
    const int x = hover_->x();
    painter.fillRect(QRect(x, row.top(), metrics_.px(1), row.height()), theme.text);
    const QString text = formatNumber(*value);
    const int width = metrics_.smallWidth(text) + 2 * metrics_.px(5);
    const int gap = metrics_.px(4);
    const int left = x + gap + width <= row.right() ? x + gap : x - gap - width;
    const int inset = metrics_.spanInset;
    painter.fillRect(QRect(left, row.top() + inset, width, row.height() - 2 * inset), theme.selection);
    painter.setFont(timelineFonts(font(), scale_, density_).small);
    painter.setPen(theme.text);
    painter.drawText(QPoint(left + metrics_.px(5), row.top() + row.height() / 2 + metrics_.smallBaseline), text);
}

void TimelineView::contextMenuEvent(QContextMenuEvent *event)
{
    if (!trace_)
        return;
    if (event->reason() != QContextMenuEvent::Keyboard) {
        if (const MarkPicture *mark = markAt(frame().marks, devicePoint(event->pos()))) {
            Q_EMIT markMenuRequested(mark->mark, event->globalPos());
            return;
        }
        selectLaneAt(devicePoint(event->pos()));
        Q_EMIT menuRequested(event->globalPos());
        return;
    }
    const auto place = std::ranges::find(frame_.lanes, selection_.lane(), &LanePicture::lane);
    const QPoint at = place == frame_.lanes.end() ? QPoint(metrics_.padding, metrics_.rulerHeight) : place->rect.bottomLeft();
    Q_EMIT menuRequested(mapToGlobal((QPointF(at) / scale_).toPoint()));
}

// What is selected of a lane stays selected.
void TimelineView::selectLaneAt(QPoint at)
{
    const LanePicture *lane = at.y() < metrics_.rulerHeight || groupAt(frame(), at) ? nullptr : laneAt(frame(), at);
    if (lane && lane->lane != selection_.lane())
        selection_.select(lane->lane);
}

void TimelineView::showFirstLanes()
{
    scrollBar_->setValue(0);
}

void TimelineView::moveSelectedLane(int step)
{
    const auto row = layout_.rowOf(selection_.lane());
    if (!row)
        return;
    const LaneSection &section = layout_.sectionOf(*row);
    std::size_t place = row->index;
    for (; step > 0 && place < section.lanes.size(); --step)
        place = section.unitEnd(place);
    for (; step < 0 && place > 0; ++step)
        place = section.unitBegin(section.unitBegin(place) - 1);
    if (step != 0)
        return;
    moveLane(row->lane, place);
    if (const auto moved = layout_.rowOf(row->lane))
        scrollTo(*moved);
}

// A lane that is moved goes, and the others stay where they are in sight.
void TimelineView::moveLane(LaneId lane, std::size_t index)
{
    const QScopedValueRollback moving(isMovingLane_, true);
    arrangement_.move(lane, index);
}

void TimelineView::beginNameDrag(QPoint at)
{
    const LanePicture *lane =
        at.x() < frame_.nameWidth && at.y() >= metrics_.rulerHeight && !groupAt(frame_, at) ? laneAt(frame_, at) : nullptr;
    if (lane && lane->lane != loopLaneId)
        nameDrag_ = NameDrag{lane->lane, at, at, false};
}

void TimelineView::dragNameTo(QPoint at)
{
    nameDrag_->at = at;
    const int way = std::abs(at.y() - nameDrag_->from.y());
    if (!nameDrag_->hasMoved && way < metrics_.px(QApplication::startDragDistance()))
        return;
    nameDrag_->hasMoved = true;
    setCursor(Qt::ClosedHandCursor);
    if (at.y() >= canvasSize().height())
        scrollBy(metrics_.rows.lane);
    else if (at.y() < metrics_.rulerHeight + layout_.pinnedHeight() && !arrangement_.isPinned(nameDrag_->lane))
        scrollBy(-metrics_.rows.lane);
    updateCanvas();
}

void TimelineView::endNameDrag()
{
    const auto drag = std::exchange(nameDrag_, std::nullopt);
    if (!drag || !drag->hasMoved)
        return;
    if (const auto place = dropPlace(layout_, drag->lane, layoutY(*drag)))
        moveLane(drag->lane, place->index);
    updateCanvas();
}

// Where in the layout a lane is dragged to: only pinned ones go among those that do not scroll.
int TimelineView::layoutY(const NameDrag &drag) const
{
    const int y = drag.at.y() - metrics_.rulerHeight;
    const bool staysInPlace = y < layout_.pinnedHeight() && arrangement_.isPinned(drag.lane);
    return staysInPlace ? y : std::max(y, layout_.pinnedHeight()) + scrollBar_->value();
}

void TimelineView::paintDropLine(QPainter &painter) const
{
    if (!nameDrag_ || !nameDrag_->hasMoved)
        return;
    const auto place = dropPlace(layout_, nameDrag_->lane, layoutY(*nameDrag_));
    if (!place)
        return;
    const int scroll = place->line <= layout_.pinnedHeight() ? 0 : scrollBar_->value();
    const int y = place->line + metrics_.rulerHeight - scroll;
    const int height = metrics_.px(2);
    painter.fillRect(QRect(0, y - height / 2, canvasSize().width(), height), painter_->theme().accent);
}

} // namespace loopscope
