#include "ui/window/timeline_keys.h"

#include "ui/timeline/timeline_view.h"

#include <QCoreApplication>
#include <QKeyEvent>

#include <algorithm>
#include <array>
#include <memory>

namespace loopscope {

namespace {

constexpr std::array panelKeys = {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up,     Qt::Key_Down,  Qt::Key_PageUp, Qt::Key_PageDown,
                                  Qt::Key_Home, Qt::Key_End,   Qt::Key_Return, Qt::Key_Enter, Qt::Key_Tab,    Qt::Key_Backtab};

bool isOfThePanel(const QKeyEvent &event)
{
    return event.modifiers().testFlag(Qt::ControlModifier) || std::ranges::find(panelKeys, event.key()) != panelKeys.end();
}

} // namespace

TimelineKeys::TimelineKeys(TimelineView &timeline)
    : QObject(&timeline)
    , timeline_(timeline)
{
}

void TimelineKeys::takeFrom(QWidget &panel)
{
    panel.installEventFilter(this);
}

bool TimelineKeys::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress || isOfThePanel(*static_cast<QKeyEvent *>(event)))
        return QObject::eventFilter(watched, event);
    const std::unique_ptr<QEvent> handedOn(event->clone());
    QCoreApplication::sendEvent(&timeline_, handedOn.get());
    return handedOn->isAccepted();
}

} // namespace loopscope
