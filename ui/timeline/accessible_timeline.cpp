#include "ui/timeline/accessible_timeline.h"

#include "ui/timeline/accessible_child.h"
#include "ui/timeline/accessible_tree.h"

#include <QCoreApplication>

namespace loopscope {

namespace {

// A reader that walks through millions of spans keeps a few of them.
constexpr std::size_t mostSpansKept = 20'000;

void send(QAccessibleInterface *about, QAccessible::Event what)
{
    QAccessibleEvent event(about, what);
    QAccessible::updateAccessibility(&event);
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

AccessibleTimeline *listenedTo(TimelineView &view)
{
    return QAccessible::isActive() ? dynamic_cast<AccessibleTimeline *>(QAccessible::queryAccessibleInterface(&view)) : nullptr;
}

} // namespace

// With the application, and not with the first view: Qt asks while that one is still being made.
Q_COREAPP_STARTUP_FUNCTION(install)

AccessibleTimeline::AccessibleTimeline(TimelineView &view)
    : QAccessibleWidget(&view, QAccessible::List)
    , run_(view.runNumber())
    , watch_([this] { return rows(); })
{
    QObject::connect(&watch_, &RowWatch::came, &watch_, [this](const std::vector<WatchedRow> &added) { tellNew(added); });
    QObject::connect(&watch_, &RowWatch::reordered, &watch_, [this] { send(this, QAccessible::ObjectReorder); });
}

AccessibleTimeline::~AccessibleTimeline()
{
    forgetAll();
}

std::size_t AccessibleTimeline::PlaceHash::operator()(const LanePlace &place) const
{
    const std::uint64_t span = place.span ? *place.span + 1 : 0;
    return std::hash<std::uint64_t>()((static_cast<std::uint64_t>(place.lane) << 40U) ^ span);
}

int AccessibleTimeline::childCount() const
{
    followRun();
    watch_.noteAsked();
    return rowCount() + QAccessibleWidget::childCount();
}

QAccessibleInterface *AccessibleTimeline::child(int index) const
{
    const auto row = index < 0 ? std::nullopt : view().layout().rowNumbered(static_cast<std::size_t>(index));
    return row ? at(*row) : QAccessibleWidget::child(index - rowCount());
}

QAccessibleInterface *AccessibleTimeline::childAt(int x, int y) const
{
    // Qt's own childAt() would ask for every row.
    for (int i = 0; i < QAccessibleWidget::childCount(); ++i) {
        QAccessibleInterface *const widget = QAccessibleWidget::child(i);
        if (widget != nullptr && !widget->state().invisible && widget->rect().contains(x, y))
            return widget;
    }
    const QPoint point = view().mapFromGlobal(QPoint(x, y));
    if (const auto group = view().headerAt(point))
        return at(*group);
    const auto place = view().placeAt(point);
    return place ? at({place->lane, {}}) : nullptr;
}

int AccessibleTimeline::indexOfChild(const QAccessibleInterface *child) const
{
    std::optional<LayoutRow> row;
    if (const auto *const place = dynamic_cast<const AccessiblePlace *>(child))
        row = place->isValid() && !place->place().span ? view().layout().rowOf(place->place().lane) : std::nullopt;
    else if (const auto *const header = dynamic_cast<const AccessibleHeader *>(child))
        row = header->isValid() ? view().layout().headerOf(header->group()) : std::nullopt;
    else if (const int index = QAccessibleWidget::indexOfChild(child); index >= 0)
        return rowCount() + index;
    return row ? static_cast<int>(view().layout().rowsAbove(*row)) : -1;
}

QAccessibleInterface *AccessibleTimeline::focusChild() const
{
    QAccessibleInterface *const found = view().hasFocus() ? current() : nullptr;
    return found != nullptr ? found : QAccessibleWidget::focusChild();
}

QAccessibleInterface *AccessibleTimeline::current() const
{
    if (const auto group = view().currentGroup())
        return view().layout().headerOf(*group) ? at(*group) : nullptr;
    const Selection &selection = view().selection();
    return view().layout().rowOf(selection.lane()) ? at({selection.lane(), selection.span()}) : nullptr;
}

QAccessibleInterface *AccessibleTimeline::at(const LayoutRow &row) const
{
    return row.isHeader() ? at(row.key()) : at({row.lane, {}});
}

QAccessibleInterface *AccessibleTimeline::at(const LanePlace &place) const
{
    followRun();
    auto &timeline = const_cast<AccessibleTimeline &>(*this);
    if (!place.span) {
        const auto [lane, isNew] = lanes_.try_emplace(place.lane);
        if (isNew)
            lane->second = QAccessible::registerAccessibleInterface(new AccessiblePlace(timeline, view(), place)); // Qt deletes it
        return QAccessible::accessibleInterface(lane->second);
    }
    const auto [span, isNew] = spans_.try_emplace(place);
    if (!isNew)
        return QAccessible::accessibleInterface(span->second);
    auto *const made = new AccessiblePlace(timeline, view(), place);
    span->second = QAccessible::registerAccessibleInterface(made);
    spanOrder_.push_back(place);
    if (spanOrder_.size() > mostSpansKept)
        forgetOldestSpan();
    return made;
}

// Not the selected one, which may have the focus.
void AccessibleTimeline::forgetOldestSpan() const
{
    const Selection &selection = view().selection();
    if (spanOrder_.front() == LanePlace{selection.lane(), selection.span()}) {
        spanOrder_.push_back(spanOrder_.front());
        spanOrder_.pop_front();
    }
    const auto oldest = spans_.find(spanOrder_.front());
    QAccessible::deleteAccessibleInterface(oldest->second);
    spans_.erase(oldest);
    spanOrder_.pop_front();
}

QAccessibleInterface *AccessibleTimeline::at(const GroupKey &group) const
{
    followRun();
    const auto grouping = group.part ? std::optional(view().arrangement().grouping()) : std::nullopt;
    const auto [header, isNew] = headers_.try_emplace({group.group, group.part, grouping});
    if (isNew)
        header->second = QAccessible::registerAccessibleInterface(
            new AccessibleHeader(const_cast<AccessibleTimeline &>(*this), view(), group)); // Qt deletes it
    return QAccessible::accessibleInterface(header->second);
}

// The children of another run are none of this one's, though their numbers are the same.
void AccessibleTimeline::followRun() const
{
    if (run_ == view().runNumber())
        return;
    forgetAll();
    run_ = view().runNumber();
    watch_.forgetRows();
}

void AccessibleTimeline::forgetAll() const
{
    for (const auto &[lane, id] : lanes_)
        QAccessible::deleteAccessibleInterface(id);
    for (const auto &[header, id] : headers_)
        QAccessible::deleteAccessibleInterface(id);
    for (const auto &[span, id] : spans_)
        QAccessible::deleteAccessibleInterface(id);
    lanes_.clear();
    headers_.clear();
    spans_.clear();
    spanOrder_.clear();
}

std::vector<WatchedRow> AccessibleTimeline::rows() const
{
    std::vector<WatchedRow> all;
    all.reserve(view().layout().rowCount());
    for (auto row = view().layout().rowAt(0); row; row = view().layout().rowAfter(*row))
        all.push_back({row->lane, row->key(), view().arrangement().grouping()});
    return all;
}

void AccessibleTimeline::touchRows()
{
    followRun();
    watch_.touch();
}

void AccessibleTimeline::tellNew(const std::vector<WatchedRow> &added) const
{
    for (const WatchedRow &row : added)
        send(row.lane == noLane ? at(row.group) : at({row.lane, {}}), QAccessible::ObjectCreated);
}

void announceCurrent(TimelineView &view)
{
    const AccessibleTimeline *const timeline = listenedTo(view);
    QAccessibleInterface *const current = timeline != nullptr ? timeline->current() : nullptr;
    if (current == nullptr)
        return;
    if (!view.currentGroup())
        send(current, QAccessible::Selection);
    if (view.hasFocus())
        send(current, QAccessible::Focus);
}

void announceRows(TimelineView &view)
{
    if (AccessibleTimeline *const timeline = listenedTo(view))
        timeline->touchRows();
}

} // namespace loopscope
