#include "ui/timeline/view_history.h"

#include <QGuiApplication>
#include <QMouseEvent>
#include <QScopedValueRollback>

namespace loopscope {

ViewHistory::ViewHistory(Viewport &viewport, QObject *parent)
    : QObject(parent)
    , viewport_(viewport)
    , present_(viewport.view())
{
    settling_.setSingleShot(true);
    settling_.setInterval(settlingMs);
    connect(&settling_, &QTimer::timeout, this, &ViewHistory::settle);
    connect(&viewport_, &Viewport::changed, this, &ViewHistory::record);
}

void ViewHistory::record()
{
    const View before = std::exchange(present_, viewport_.view());
    const bool isGrowth = before.follow == Follow::Live && present_.follow == Follow::Live && before.zoom == present_.zoom;
    if (ignores_ || isGrowth)
        return;
    if (!settling_.isActive()) {
        if (past_.size() == mostViews)
            past_.erase(past_.begin());
        past_.push_back(before);
        future_.clear();
    }
    settling_.start();
    Q_EMIT changed();
}

void ViewHistory::settle()
{
    settling_.stop();
    if (QGuiApplication::mouseButtons() != Qt::NoButton) { // a drag that rests
        settling_.start();
        return;
    }
    if (!past_.empty() && past_.back() == present_) { // there and back again
        past_.pop_back();
        Q_EMIT changed();
    }
}

void ViewHistory::step(std::vector<View> &from, std::vector<View> &to)
{
    settling_.stop();
    if (from.empty())
        return;
    to.push_back(present_);
    const View view = from.back();
    from.pop_back();
    ignore([&] { viewport_.restore(view); });
    Q_EMIT changed();
}

void ViewHistory::goBack()
{
    step(past_, future_);
}

void ViewHistory::goForward()
{
    step(future_, past_);
}

void ViewHistory::ignore(const std::function<void()> &change)
{
    const QScopedValueRollback ignoring(ignores_, true);
    change();
}

void ViewHistory::clear()
{
    settling_.stop();
    past_.clear();
    future_.clear();
    present_ = viewport_.view();
    Q_EMIT changed();
}

bool ViewHistory::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonDblClick) {
        const Qt::MouseButton button = static_cast<QMouseEvent *>(event)->button();
        if (button == Qt::BackButton || button == Qt::ForwardButton) {
            button == Qt::BackButton ? goBack() : goForward();
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace loopscope
