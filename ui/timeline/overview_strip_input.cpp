// What OverviewStrip does with mouse, wheel and keys.

#include "ui/timeline/gestures.h"
#include "ui/timeline/overview_strip.h"
#include "ui/timeline/viewport.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace loopscope {

namespace {

constexpr int handleReach = 6; // in logical pixels

} // namespace

OverviewStrip::Part OverviewStrip::partAt(int x) const
{
    const int begin = xOf(seen().begin);
    const int end = xOf(seen().end);
    const int toBegin = std::abs(x - begin);
    const int toEnd = std::abs(x - end);
    // Where the window is narrow, its handles are outside of it, so that the middle can still be taken.
    const int inwards = std::min(handleReach, (end - begin) / 4);
    if (toBegin <= (x < begin ? handleReach : inwards) && toBegin <= toEnd)
        return Part::Begin;
    if (toEnd <= (x > end ? handleReach : inwards))
        return Part::End;
    return x > begin && x < end ? Part::Middle : Part::Outside;
}

void OverviewStrip::mousePressEvent(QMouseEvent *event)
{
    if (!trace_ || event->button() != Qt::LeftButton)
        return;
    const int x = static_cast<int>(event->position().x());
    const Part part = partAt(x);
    if (part == Part::Outside) {
        const Nanoseconds length = viewport_.range().length();
        const Nanoseconds begin = instantAt(x) - length / 2;
        viewport_.setRange({begin, begin + length});
        drag_ = Drag{Part::Middle, x, viewport_.range()};
    } else {
        // There is nothing to pan where all is visible: a part of it is chosen instead.
        drag_ = Drag{part == Part::Middle && showsAll() ? Part::Outside : part, x, viewport_.range()};
    }
}

void OverviewStrip::mouseMoveEvent(QMouseEvent *event)
{
    const int x = static_cast<int>(event->position().x());
    if (drag_) {
        dragTo(x);
        return;
    }
    const Part part = trace_ ? partAt(x) : Part::Outside;
    const bool isHandle = part == Part::Begin || part == Part::End;
    setCursor(isHandle ? Qt::SizeHorCursor : part == Part::Middle && !showsAll() ? Qt::OpenHandCursor : Qt::ArrowCursor);
}

void OverviewStrip::dragTo(int x)
{
    const Nanoseconds at = std::clamp(instantAt(x), axis().begin, axis().end);
    const Nanoseconds pressed = std::clamp(instantAt(drag_->x), axis().begin, axis().end);
    TimeRange range = drag_->range;
    switch (drag_->part) {
    case Part::Begin:
        range.begin = std::min(at, range.end - Viewport::shortestRange);
        break;
    case Part::End:
        range.end = std::max(at, range.begin + Viewport::shortestRange);
        break;
    case Part::Middle:
        range = {range.begin + instantAt(x) - instantAt(drag_->x), range.end + instantAt(x) - instantAt(drag_->x)};
        break;
    case Part::Outside:
        if (std::abs(x - drag_->x) < shortestDrag)
            return;
        range = {std::min(at, pressed), std::max(at, pressed)};
        break;
    }
    if (x != drag_->x)
        viewport_.setRange(range);
}

void OverviewStrip::mouseReleaseEvent(QMouseEvent *event)
{
    drag_.reset();
    mouseMoveEvent(event);
}

void OverviewStrip::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        viewport_.fitAll();
}

void OverviewStrip::wheelEvent(QWheelEvent *event)
{
    const QPoint delta = event->angleDelta();
    const double notches = (delta.y() != 0 ? delta.y() : delta.x()) / wheelNotch;
    const TimeRange range = viewport_.range();
    // About the instant under the mouse, as in the lanes, or, if that is not visible, about the nearest that is.
    const Nanoseconds at = std::clamp(instantAt(static_cast<int>(event->position().x())), range.begin, range.end);
    if (trace_)
        viewport_.zoomAt(at, std::pow(wheelZoom, notches));
    event->accept();
}

void OverviewStrip::keyPressEvent(QKeyEvent *event)
{
    const TimeRange range = viewport_.range();
    const Nanoseconds middle = range.begin + range.length() / 2;
    switch (event->key()) {
    case Qt::Key_Left:
        viewport_.pan(-range.length() / panParts);
        break;
    case Qt::Key_Right:
        viewport_.pan(range.length() / panParts);
        break;
    case Qt::Key_Up:
    case Qt::Key_Plus:
        viewport_.zoomAt(middle, keyZoom);
        break;
    case Qt::Key_Down:
    case Qt::Key_Minus:
        viewport_.zoomAt(middle, 1 / keyZoom);
        break;
    case Qt::Key_Home:
        viewport_.fitAll();
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace loopscope
