// What TimelineView does with mouse, wheel and keys.

#include "ui/theme/shown_text.h"
#include "ui/timeline/accessible_timeline.h"
#include "ui/timeline/gestures.h"
#include "ui/timeline/span_boxes.h"
#include "ui/timeline/span_text.h"
#include "ui/timeline/timeline_view.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace loopscope {

namespace {

constexpr int lanesANotch = 3;
constexpr int wheelPanParts = 10; // of the visible range, a notch

bool walksSpans(Command command)
{
    return command == Command::FollowCause || command == Command::FollowEffect || command == Command::NextSpan
           || command == Command::PreviousSpan;
}

} // namespace

QPoint TimelineView::devicePoint(QPointF at) const
{
    return {static_cast<int>(std::floor(at.x() * scale_)), static_cast<int>(std::floor(at.y() * scale_))};
}

Nanoseconds TimelineView::instantAt(QPoint at) const
{
    const TimeScale scale = timeScale();
    return timeOfColumn(scale, at.x() - (canvasSize().width() - scale.columns));
}

Nanoseconds TimelineView::instantAtHand() const
{
    const TimeScale scale = timeScale();
    const bool isOnLanes = hover_ && hover_->x() >= canvasSize().width() - scale.columns;
    return isOnLanes ? instantAt(*hover_) : scale.range.begin + scale.range.length() / 2;
}

void TimelineView::zoomAt(QPointF at, double factor)
{
    const TimeScale scale = timeScale();
    zoom_.zoom(viewport_, scale, devicePoint(at).x() - (canvasSize().width() - scale.columns), factor);
}

bool TimelineView::isOnDivider(QPoint at) const
{
    return trace_ && std::abs(at.x() - (canvasSize().width() - timeScale().columns)) <= metrics_.px(3);
}

void TimelineView::hoverAt(QPoint at)
{
    hover_ = at;
    hoverAge_.start();
    tellHover();
    updateCanvas();
}

// What can be done where the mouse rests.
void TimelineView::showCursor()
{
    if (!hover_ || isDragging())
        return;
    const Qt::CursorShape shape = isOnDivider(*hover_) || edgeOppositeTo(*hover_) ? Qt::SplitHCursor : Qt::ArrowCursor;
    if (cursor().shape() != shape) // asked at each frame
        setCursor(shape);
}

void TimelineView::selectAt(QPoint at)
{
    if (at.y() < metrics_.rulerHeight)
        return;
    const TimelineFrame &picture = frame();
    if (const GroupPicture *group = groupAt(picture, at)) {
        setFolded(group->key, !group->isFolded);
        return;
    }
    const LanePicture *lane = laneAt(picture, at);
    if (!lane) {
        selection_.clear();
        return;
    }
    if (const InstantPicture *instant = at.x() >= picture.nameWidth ? loopscope::instantAt(*lane, at, metrics_.px(3)) : nullptr) {
        selection_.selectInstant(lane->lane, instant->first);
        return;
    }
    selection_.select(lane->lane, spanUnder(*lane, at));
}

// The span at a point of a lane in the frame; of those that share a pixel the nearest.
std::optional<std::size_t> TimelineView::spanUnder(const LanePicture &lane, QPoint at) const
{
    const SpanPicture *span = at.x() >= frame_.nameWidth ? spanAt(lane, at.x(), metrics_.px(3)) : nullptr;
    if (!span)
        return std::nullopt;
    const SpanBox box{span->rect.left(), span->rect.right() + 1, span->state, span->first, span->count};
    return spanInBox(*trace_, lane.lane, timeScale(), box, at.x() - frame_.nameWidth);
}

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    const QPoint at = devicePoint(event->position());
    const bool isPan =
        event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && event->modifiers().testFlag(Qt::ShiftModifier));
    if (isPan) {
        pan_ = PanDrag{at, false, viewport_.range()};
        setCursor(Qt::ClosedHandCursor);
    } else if (event->button() == Qt::LeftButton && isOnDivider(at)) {
        isDraggingDivider_ = true;
    } else if (event->button() == Qt::LeftButton && isOnCanvas(at)) {
        pressRange(at, event->modifiers());
    } else if (event->button() == Qt::LeftButton) {
        selectAt(at);
        beginNameDrag(at);
    }
    QToolTip::hideText();
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint at = devicePoint(event->position());
    if (event->buttons() == Qt::NoButton)
        dropDrags(); // a menu took the release
    if (rangeDrag_)
        dragRange(at, event->modifiers());
    else if (pan_ || isDraggingDivider_)
        dragTo(at);
    else if (nameDrag_)
        dragNameTo(at);
    else
        hoverAt(at);
}

void TimelineView::dragTo(QPoint at)
{
    if (isDraggingDivider_) {
        nameWidth_ = std::clamp(static_cast<int>(at.x() / scale_), 80, std::max(80, width() / 2));
        restyle();
        return;
    }
    pan_->isMoving = pan_->isMoving || !isClick(pan_->from, at);
    const TimeScale scale{pan_->range, timeScale().columns};
    const Nanoseconds offset = timeOfColumn(scale, 0) - timeOfColumn(scale, at.x() - pan_->from.x());
    viewport_.setRange({pan_->range.begin + offset, pan_->range.end + offset});
}

void TimelineView::mouseReleaseEvent(QMouseEvent *event)
{
    const QPoint at = devicePoint(event->position());
    const bool isLeft = event->button() == Qt::LeftButton;
    const std::optional<RangeDrag> range = isLeft ? rangeDrag_ : std::nullopt;
    if (isLeft && !range && pan_ && !pan_->isMoving && isClick(pan_->from, at))
        extendRange(at, event->modifiers());
    if (isLeft)
        endNameDrag();
    dropDrags();
    hoverAt(at);
    if (range) // last: a panel that comes up under the mouse takes it away, and with it what it hovers over
        releaseRange(*range);
}

// Whatever was dragged stays where it is.
void TimelineView::dropDrags()
{
    pan_.reset();
    rangeDrag_.reset();
    nameDrag_.reset();
    isDraggingDivider_ = false;
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QPoint at = devicePoint(event->position());
    if (event->button() != Qt::LeftButton || !trace_)
        return;
    if (const MarkPicture *mark = markAt(frame().marks, at)) {
        Q_EMIT markActivated(mark->mark);
        return;
    }
    selectAt(at);
    if (selection_.range() && isOnCanvas(at) && selection_.range()->contains(instantAt(at)))
        navigator_.run(Command::FitSelection, *trace_, 0);
    else if (!groupAt(frame(), at) && laneAt(frame(), at))
        navigator_.fitSpan(*trace_);
}

void TimelineView::leaveEvent(QEvent *)
{
    hover_.reset();
    tellHover();
    updateCanvas();
}

void TimelineView::wheelEvent(QWheelEvent *event)
{
    const QPoint delta = event->angleDelta();
    const double vertical = delta.y() / wheelNotch;
    const double horizontal = delta.x() / wheelNotch;
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        zoomAt(event->position(), std::pow(wheelZoom, vertical));
    } else if (event->modifiers().testFlag(Qt::ShiftModifier) || std::abs(horizontal) > std::abs(vertical)) {
        const double notches = vertical != 0 && horizontal == 0 ? vertical : horizontal;
        viewport_.pan(std::llround(-notches * static_cast<double>(viewport_.range().length()) / wheelPanParts));
    } else {
        scrollBy(static_cast<int>(std::lround(-vertical * lanesANotch * metrics_.rows.lane)));
    }
    hoverAt(devicePoint(event->position()));
    event->accept();
}

bool TimelineView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        showToolTip(devicePoint(help->pos()), help->globalPos());
        return true;
    }
    if (event->type() == QEvent::NativeGesture) {
        const auto *gesture = static_cast<QNativeGestureEvent *>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            zoomAt(gesture->position(), 1 + gesture->value());
            return true;
        }
    }
    return QWidget::event(event);
}

void TimelineView::showToolTip(QPoint at, QPoint globalPosition)
{
    const QString text = trace_ ? toolTipAt(at) : QString();
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(globalPosition, text, this);
}

QString TimelineView::toolTipAt(QPoint at)
{
    if (at.y() < metrics_.rulerHeight)
        return {};
    const TimelineFrame &picture = frame();
    const LanePicture *lane = laneAt(picture, at);
    if (!lane)
        return {};
    if (at.x() < picture.nameWidth) {
        const QString fact = laneFact(*trace_, lane->lane, ByteFigures::Exact).text;
        return toolTipText(laneName(*trace_, lane->lane) + QStringLiteral(": ") + fact);
    }
    if (lane->counter)
        return counterToolTip(*trace_, lane->lane, instantAt(at));
    if (const InstantPicture *instant = loopscope::instantAt(*lane, at, metrics_.px(3)))
        return instantToolTip(*trace_, lane->lane, instant->first, instant->count);
    const SpanPicture *span = spanAt(*lane, at.x(), metrics_.px(3));
    if (!span)
        return {};
    return span->count > 1 ? runToolTip(*trace_, lane->lane, span->first, span->count) : spanToolTip(*trace_, lane->lane, span->first);
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    const std::optional<Command> command = keys_.timelineCommand(*event);
    if (!command || !trace_) {
        QWidget::keyPressEvent(event);
        return;
    }
    if (*command == Command::ClearSelection && nameDrag_) {
        nameDrag_.reset();
        invalidate();
        return;
    }
    if (*command == Command::ClearSelection && std::exchange(rangeDrag_, std::nullopt))
        setCursor(Qt::ArrowCursor);
    if (*command == Command::ClearSelection && currentGroup_) { // one thing at a time
        currentGroup_.reset();
        invalidate();
        return;
    }
    if (!navigator_.run(*command, *trace_, instantAtHand()))
        runLaneCommand(*command);
    else if (walksSpans(*command))
        bringUp(selection_.lane());
}

// Its group may be folded; it may be hidden, or left out by the filter.
void TimelineView::bringUp(LaneId lane)
{
    if (!trace_->hasLane(lane))
        return;
    arrangement_.reveal(lane);
    if (const auto place = arrangement_.order()->placeOf(lane))
        setFolded(arrangement_.order()->sections()[place->section].key, false);
    if (const auto row = layout_.rowOf(lane))
        scrollTo(*row);
}

void TimelineView::goToInstant(LaneId lane, std::size_t instant)
{
    if (!trace_ || instant >= trace_->imported().instants(lane).size())
        return;
    bringUp(lane);
    selection_.selectInstant(lane, instant);
    const Nanoseconds at = trace_->imported().instants(lane)[instant].at;
    viewport_.reveal({at, at});
}

void TimelineView::goTo(LaneId lane, std::optional<std::size_t> span)
{
    if (!trace_ || !trace_->hasLane(lane))
        return;
    bringUp(lane);
    selection_.select(lane, span);
    if (const auto range = rangeOf(*trace_, lane, span))
        viewport_.reveal(*range);
}

void TimelineView::moveToRow(int step)
{
    const auto from = currentGroup_ ? layout_.headerOf(*currentGroup_) : layout_.rowOf(selection_.lane());
    const auto to = !from ? layout_.firstLaneRow() : step > 0 ? layout_.rowAfter(*from) : layout_.rowBefore(*from);
    if (to && to->isHeader())
        moveToHeader(to->key());
    else if (to)
        selection_.select(to->lane);
}

void TimelineView::moveToHeader(const GroupKey &key)
{
    selection_.select(noLane);
    currentGroup_ = key;
    if (const auto row = layout_.headerOf(key)) {
        scrollTo(*row);
        const QString title = key.part ? layout_.sectionOf(*row).title : groupTitle(*trace_, key.group);
        setAccessibleDescription(title + QStringLiteral(": ") + (layout_.isFolded(*row) ? tr("folded") : tr("unfolded")));
        announceCurrent(*this);
    }
    invalidate();
}

void TimelineView::runLaneCommand(Command command)
{
    switch (command) {
    case Command::LaneUp:
        moveToRow(-1);
        break;
    case Command::LaneDown:
        moveToRow(1);
        break;
    case Command::ToggleFold:
        if (const auto header = currentGroup_ ? layout_.headerOf(*currentGroup_) : std::nullopt) {
            setFolded(header->key(), !layout_.isFolded(*header));
            moveToHeader(header->key());
        }
        break;
    case Command::PageUp:
        scrollBy(-scrollBar_->pageStep());
        break;
    case Command::PageDown:
        scrollBy(scrollBar_->pageStep());
        break;
    default:
        Q_EMIT commandWanted(command);
    }
}

} // namespace loopscope
