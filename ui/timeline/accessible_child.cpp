#include "ui/timeline/accessible_child.h"

#include "ui/theme/format.h"
#include "ui/timeline/lane_text.h"
#include "ui/timeline/span_text.h"

namespace loopscope {

namespace {

QString titleOf(const Trace &trace, LaneId lane)
{
    const QString name = laneName(trace, lane);
    if (trace.lane(lane).kind == LaneKind::Row)
        return TimelineView::tr("%1, nested %2 deep").arg(whereabouts(trace, lane), QString::number(lane - trace.headOf(lane)));
    if (!trace.hasLoop())
        return whereabouts(trace, lane);
    return trace.lane(lane).kind == LaneKind::Worker ? TimelineView::tr("worker %1").arg(name) : name;
}

QString withFact(const QString &title, const QString &fact)
{
    return fact.isEmpty() ? title : title + QStringLiteral(": ") + fact;
}

QAccessible::State invalidState()
{
    QAccessible::State state;
    state.invalid = true;
    return state;
}

} // namespace

AccessibleChild::AccessibleChild(AccessibleTimeline &timeline, TimelineView &view)
    : timeline_(timeline)
    , view_(&view)
    , run_(view.runNumber())
{
}

QRect AccessibleChild::rect() const
{
    const QRect inView = isValid() ? rectInView() : QRect();
    return inView.isEmpty() ? QRect() : QRect(view_->mapToGlobal(inView.topLeft()), inView.size());
}

void *AccessibleChild::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
}

void AccessibleChild::doAction(const QString &name)
{
    if (name == pressAction() && isValid())
        press();
}

bool AccessiblePlace::isValid() const
{
    return isOfShownRun() && view().trace()->hasLane(place_.lane)
           && (!place_.span || *place_.span < view().trace()->spanCount(place_.lane));
}

QAccessible::State AccessiblePlace::state() const
{
    if (!isValid())
        return invalidState();
    QAccessible::State state;
    const Selection &selection = view().selection();
    state.selectable = true;
    state.focusable = true;
    state.selected = selection.lane() == place_.lane && selection.span() == place_.span;
    state.focused = state.selected && view().hasFocus();
    state.invisible = !view().layout().rowOf(place_.lane);
    state.offscreen = rect().isEmpty();
    return state;
}

QString AccessiblePlace::text(QAccessible::Text kind) const
{
    if (!isValid())
        return {};
    if (!place_.span)
        return laneText(kind);
    return kind == QAccessible::Name ? spanSentence(*view().trace(), place_.lane, *place_.span) : QString();
}

QString AccessiblePlace::laneText(QAccessible::Text kind) const
{
    if (kind == QAccessible::Description)
        return numberText();
    if (kind != QAccessible::Name && kind != QAccessible::Value)
        return {};
    const Trace &trace = *view().trace();
    const QString fact = laneFact(trace, place_.lane, ByteFigures::Exact).text;
    return kind == QAccessible::Value ? fact : withFact(titleOf(trace, place_.lane), fact);
}

// A row of a thread is numbered by its name.
QString AccessiblePlace::numberText() const
{
    const auto row = view().layout().rowOf(place_.lane);
    if (!row || row->isNested)
        return {};
    const LaneSection &section = view().layout().sectionOf(*row);
    return TimelineView::tr("lane %1 of %2").arg(formatCount(row->heads), formatCount(section.heads()));
}

QAccessibleInterface *AccessiblePlace::parent() const
{
    return place_.span && isValid() ? timeline().at({place_.lane, {}}) : &timeline();
}

int AccessiblePlace::childCount() const
{
    return place_.span || !isValid() ? 0 : static_cast<int>(view().trace()->spanCount(place_.lane));
}

QAccessibleInterface *AccessiblePlace::child(int index) const
{
    return index >= 0 && index < childCount() ? timeline().at({place_.lane, static_cast<std::size_t>(index)}) : nullptr;
}

QAccessibleInterface *AccessiblePlace::childAt(int x, int y) const
{
    if (place_.span || !isValid())
        return nullptr;
    const auto place = view().placeAt(view().mapFromGlobal(QPoint(x, y)));
    return place && place->lane == place_.lane && place->span ? timeline().at(*place) : nullptr;
}

int AccessiblePlace::indexOfChild(const QAccessibleInterface *child) const
{
    const auto *const place = dynamic_cast<const AccessiblePlace *>(child);
    return place != nullptr && !place_.span && place->place_.lane == place_.lane && place->place_.span
               ? static_cast<int>(*place->place_.span)
               : -1;
}

bool AccessibleHeader::isValid() const
{
    const bool isKnown = isOfShownRun() && (!group_.part || view().arrangement().grouping() == grouping_);
    return isKnown && view().layout().headerOf(group_);
}

QAccessible::State AccessibleHeader::state() const
{
    if (!isValid())
        return invalidState();
    QAccessible::State state;
    state.focusable = true;
    state.focused = view().currentGroup() == group_ && view().hasFocus();
    state.expandable = true;
    state.collapsed = view().layout().isFolded(*view().layout().headerOf(group_));
    state.expanded = !state.collapsed;
    state.offscreen = rect().isEmpty();
    return state;
}

namespace {

QString lanesText(std::size_t shown, std::size_t all)
{
    if (shown < all)
        return TimelineView::tr("%1 of %2 lanes").arg(formatCount(shown), formatCount(all));
    return shown == 1 ? TimelineView::tr("1 lane") : TimelineView::tr("%1 lanes").arg(formatCount(shown));
}

} // namespace

// What the window shows there.
QString AccessibleHeader::text(QAccessible::Text kind) const
{
    if (!isValid() || (kind != QAccessible::Name && kind != QAccessible::Value))
        return {};
    QString summary = view().summaryOf(group_);
    if (kind == QAccessible::Value)
        return summary;
    const LaneSection &section = view().layout().sectionOf(*view().layout().headerOf(group_));
    const QString title = group_.part ? section.title : groupTitle(*view().trace(), group_.group);
    if (group_.group == LaneGroup::Loop)
        return withFact(title, summary);
    return withFact(title + QStringLiteral(", ") + lanesText(section.heads(), view().sizeOf(group_)), summary);
}

void AccessibleHeader::press()
{
    view().setFolded(group_, !view().layout().isFolded(*view().layout().headerOf(group_)));
}

} // namespace loopscope
