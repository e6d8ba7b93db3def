#include "ui/timeline/accessible_timeline.h"

#include "ui/timeline/lane_text.h"
#include "ui/timeline/span_text.h"
#include "ui/timeline/timeline_view.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QCoreApplication>
#include <QPointer>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <memory>
#include <unordered_map>

namespace loopscope {

namespace {

struct PlaceHash {
    std::size_t operator()(const LanePlace &place) const
    {
        const std::uint64_t span = place.span ? *place.span + 1 : 0;
        return std::hash<std::uint64_t>()((static_cast<std::uint64_t>(place.lane) << 40U) ^ span);
    }
};

class AccessibleTimeline;

QString titleOf(const Trace &trace, LaneId lane)
{
    const QString name = laneName(trace, lane);
    if (trace.lane(lane).kind == LaneKind::Row)
        return TimelineView::tr("%1, nested %2 deep").arg(whereabouts(trace, lane)).arg(lane - trace.headOf(lane));
    if (!trace.hasLoop())
        return whereabouts(trace, lane);
    return trace.lane(lane).kind == LaneKind::Worker ? TimelineView::tr("worker %1").arg(name) : name;
}

/// A lane or a span. It is invalid once the view shows another trace.
class AccessiblePlace final : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    AccessiblePlace(AccessibleTimeline &timeline, TimelineView &view, LanePlace place)
        : timeline_(timeline)
        , view_(&view)
        , trace_(view.trace())
        , place_(place)
    {
    }

    [[nodiscard]] const LanePlace &place() const { return place_; }

    [[nodiscard]] bool isValid() const override
    {
        return view_ && !trace_.expired() && trace_.lock() == view_->trace() && view_->trace()->hasLane(place_.lane)
               && (!place_.span || *place_.span < view_->trace()->spanCount(place_.lane));
    }
    [[nodiscard]] QObject *object() const override { return nullptr; }
    [[nodiscard]] QWindow *window() const override { return view_ ? view_->window()->windowHandle() : nullptr; }
    [[nodiscard]] QRect rect() const override
    {
        const QRect inView = view_->rectOf(place_.lane, place_.span);
        return inView.isEmpty() ? QRect() : QRect(view_->mapToGlobal(inView.topLeft()), inView.size());
    }
    [[nodiscard]] QAccessible::Role role() const override { return place_.span ? QAccessible::StaticText : QAccessible::ListItem; }
    [[nodiscard]] QAccessible::State state() const override;
    [[nodiscard]] QString text(QAccessible::Text kind) const override;
    void setText(QAccessible::Text /*kind*/, const QString & /*text*/) override { }

    [[nodiscard]] QAccessibleInterface *parent() const override;
    [[nodiscard]] int childCount() const override
    {
        return place_.span || !isValid() ? 0 : static_cast<int>(view_->trace()->spanCount(place_.lane));
    }
    [[nodiscard]] QAccessibleInterface *child(int index) const override;
    [[nodiscard]] QAccessibleInterface *childAt(int x, int y) const override;
    int indexOfChild(const QAccessibleInterface *child) const override;

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
    }
    [[nodiscard]] QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString &name) override
    {
        if (name == pressAction() && isValid())
            view_->selection().select(place_.lane, place_.span);
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString & /*name*/) const override { return {}; }

private:
    AccessibleTimeline &timeline_;
    QPointer<TimelineView> view_;
    std::weak_ptr<const Trace> trace_;
    LanePlace place_;
};

/// The view, which keeps the children that were asked for.
class AccessibleTimeline final : public QAccessibleWidget {
public:
    explicit AccessibleTimeline(TimelineView &view)
        : QAccessibleWidget(&view, QAccessible::List)
    {
    }
    ~AccessibleTimeline() override { forgetAll(); }
    AccessibleTimeline(const AccessibleTimeline &) = delete;
    AccessibleTimeline &operator=(const AccessibleTimeline &) = delete;

    [[nodiscard]] TimelineView &view() const { return static_cast<TimelineView &>(*widget()); }

    [[nodiscard]] int childCount() const override { return laneCount() + QAccessibleWidget::childCount(); }
    [[nodiscard]] QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= laneCount())
            return QAccessibleWidget::child(index - laneCount());
        return at({laneOf(index), {}});
    }
    [[nodiscard]] QAccessibleInterface *childAt(int x, int y) const override
    {
        const auto place = view().placeAt(view().mapFromGlobal(QPoint(x, y)));
        return place ? at({place->lane, {}}) : nullptr;
    }
    int indexOfChild(const QAccessibleInterface *child) const override
    {
        if (const auto *const place = dynamic_cast<const AccessiblePlace *>(child))
            return place->place().span ? -1 : indexOf(place->place().lane);
        const int index = QAccessibleWidget::indexOfChild(child);
        return index < 0 ? index : laneCount() + index;
    }
    [[nodiscard]] QAccessibleInterface *focusChild() const override
    {
        const Selection &selection = view().selection();
        const bool hasSelected = view().trace() && view().trace()->hasLane(selection.lane());
        return view().hasFocus() && hasSelected ? at({selection.lane(), selection.span()}) : QAccessibleWidget::focusChild();
    }

    /// The child for a place of the trace that the view shows.
    [[nodiscard]] QAccessibleInterface *at(const LanePlace &place) const
    {
        if (shown_.lock() != view().trace()) {
            forgetAll();
            shown_ = view().trace();
        }
        if (const auto known = children_.find(place); known != children_.end())
            return QAccessible::accessibleInterface(known->second);
        if (order_.size() == mostChildren)
            forgetOldest();
        auto *const child = new AccessiblePlace(const_cast<AccessibleTimeline &>(*this), view(), place); // Qt deletes it, by its number
        children_.emplace(place, QAccessible::registerAccessibleInterface(child));
        order_.push_back(place);
        return child;
    }

private:
    // A reader that walks through millions of spans keeps a few of them.
    static constexpr std::size_t mostChildren = 20'000;

    // Of a run all lanes are children, by their numbers; of a trace of others threads with their rows, and counters.
    [[nodiscard]] int laneCount() const
    {
        const auto &trace = view().trace();
        return trace ? static_cast<int>(trace->hasLoop() ? trace->laneCount() : trace->rows().size()) : 0;
    }
    [[nodiscard]] LaneId laneOf(int index) const
    {
        const auto &trace = view().trace();
        return trace->hasLoop() ? static_cast<LaneId>(index) : trace->rows()[static_cast<std::size_t>(index)];
    }
    [[nodiscard]] int indexOf(LaneId lane) const
    {
        const auto &trace = view().trace();
        if (!trace || trace->hasLoop())
            return static_cast<int>(lane);
        const auto found = std::ranges::lower_bound(trace->rows(), lane); // in the order of creation
        return found != trace->rows().end() && *found == lane ? static_cast<int>(found - trace->rows().begin()) : -1;
    }
    void forgetOldest() const
    {
        const auto oldest = children_.find(order_.front());
        QAccessible::deleteAccessibleInterface(oldest->second);
        children_.erase(oldest);
        order_.pop_front();
    }
    void forgetAll() const
    {
        while (!order_.empty())
            forgetOldest();
    }

    mutable std::unordered_map<LanePlace, QAccessible::Id, PlaceHash> children_;
    mutable std::deque<LanePlace> order_;
    mutable std::weak_ptr<const Trace> shown_;
};

QAccessible::State AccessiblePlace::state() const
{
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    const Selection &selection = view_->selection();
    state.selectable = true;
    state.focusable = true;
    state.selected = selection.lane() == place_.lane && selection.span() == place_.span;
    state.focused = state.selected && view_->hasFocus();
    state.offscreen = rect().isEmpty();
    return state;
}

QString AccessiblePlace::text(QAccessible::Text kind) const
{
    if (!isValid() || (kind != QAccessible::Name && kind != QAccessible::Value))
        return {};
    const Trace &trace = *view_->trace();
    if (place_.span)
        return kind == QAccessible::Name ? spanSentence(trace, place_.lane, *place_.span) : QString();
    QString fact = laneFact(trace, place_.lane, ByteFigures::Exact).text;
    if (kind == QAccessible::Value)
        return fact;
    const QString title = titleOf(trace, place_.lane);
    return fact.isEmpty() ? title : title + QStringLiteral(": ") + fact;
}

QAccessibleInterface *AccessiblePlace::parent() const
{
    return place_.span ? timeline_.at({place_.lane, {}}) : &timeline_;
}

QAccessibleInterface *AccessiblePlace::child(int index) const
{
    return index >= 0 && index < childCount() ? timeline_.at({place_.lane, static_cast<std::size_t>(index)}) : nullptr;
}

QAccessibleInterface *AccessiblePlace::childAt(int x, int y) const
{
    if (place_.span || !isValid())
        return nullptr;
    const auto place = view_->placeAt(view_->mapFromGlobal(QPoint(x, y)));
    return place && place->lane == place_.lane && place->span ? timeline_.at({place->lane, place->span}) : nullptr;
}

int AccessiblePlace::indexOfChild(const QAccessibleInterface *child) const
{
    const auto *const place = dynamic_cast<const AccessiblePlace *>(child);
    return place != nullptr && place->place_.lane == place_.lane && place->place_.span ? static_cast<int>(*place->place_.span) : -1;
}

QAccessibleInterface *makeAccessible(const QString & /*className*/, QObject *object)
{
    auto *const view = qobject_cast<TimelineView *>(object);
    return view != nullptr ? new AccessibleTimeline(*view) : nullptr; // Qt's own cache owns it
}

void install()
{
    QAccessible::installFactory(makeAccessible);
}

} // namespace

// With the application, and not with the first view: Qt asks while that one is still being made.
Q_COREAPP_STARTUP_FUNCTION(install)

void announceSelection(TimelineView &view)
{
    if (!QAccessible::isActive())
        return;
    auto *const timeline = dynamic_cast<AccessibleTimeline *>(QAccessible::queryAccessibleInterface(&view));
    if (timeline == nullptr || view.selection().lane() == noLane)
        return;
    QAccessibleInterface *const selected = timeline->at({view.selection().lane(), view.selection().span()});
    for (const QAccessible::Event what : {QAccessible::Selection, QAccessible::Focus}) {
        if (what == QAccessible::Focus && !view.hasFocus())
            continue;
        QAccessibleEvent event(selected, what);
        QAccessible::updateAccessibility(&event);
    }
}

} // namespace loopscope
