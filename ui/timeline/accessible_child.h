#pragma once

#include "ui/timeline/accessible_tree.h"

#include <QAccessible>
#include <QPointer>

#include <cstdint>
#include <optional>

namespace loopscope {

/// What lanes, spans and the headers of groups have in common as children of a timeline: they are no objects, are drawn by the view, and
/// can be pressed. A child is invalid once the view shows another run.
class AccessibleChild : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    [[nodiscard]] QObject *object() const override { return nullptr; }
    [[nodiscard]] QWindow *window() const override { return view_ ? view_->window()->windowHandle() : nullptr; }
    [[nodiscard]] QRect rect() const override;
    void setText(QAccessible::Text /*kind*/, const QString & /*text*/) override { }

    void *interface_cast(QAccessible::InterfaceType type) override;
    [[nodiscard]] QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString &name) override;
    [[nodiscard]] QStringList keyBindingsForAction(const QString & /*name*/) const override { return {}; }

protected:
    /// `timeline` is not outlived.
    AccessibleChild(AccessibleTimeline &timeline, TimelineView &view);

    [[nodiscard]] AccessibleTimeline &timeline() const { return timeline_; }
    /// May be asked only of a valid child.
    [[nodiscard]] TimelineView &view() const { return *view_; }
    [[nodiscard]] bool isOfShownRun() const { return view_ && view_->trace() && view_->runNumber() == run_; }

    /// As TimelineView::rectOf().
    [[nodiscard]] virtual QRect rectInView() const = 0;
    virtual void press() = 0;

private:
    AccessibleTimeline &timeline_;
    QPointer<TimelineView> view_;
    std::uint64_t run_;
};

/// A lane, with its spans as children, or one of these.
class AccessiblePlace final : public AccessibleChild {
public:
    AccessiblePlace(AccessibleTimeline &timeline, TimelineView &view, LanePlace place)
        : AccessibleChild(timeline, view)
        , place_(place)
    {
    }

    [[nodiscard]] const LanePlace &place() const { return place_; }

    [[nodiscard]] bool isValid() const override;
    [[nodiscard]] QAccessible::Role role() const override { return place_.span ? QAccessible::StaticText : QAccessible::ListItem; }
    [[nodiscard]] QAccessible::State state() const override;
    /// A lane's description says which one of its group it is.
    [[nodiscard]] QString text(QAccessible::Text kind) const override;
    [[nodiscard]] QAccessibleInterface *parent() const override;
    [[nodiscard]] int childCount() const override;
    [[nodiscard]] QAccessibleInterface *child(int index) const override;
    [[nodiscard]] QAccessibleInterface *childAt(int x, int y) const override;
    int indexOfChild(const QAccessibleInterface *child) const override;

protected:
    [[nodiscard]] QRect rectInView() const override { return view().rectOf(place_.lane, place_.span); }
    void press() override { view().selection().select(place_.lane, place_.span); }

private:
    [[nodiscard]] QString laneText(QAccessible::Text kind) const;
    [[nodiscard]] QString numberText() const;

    LanePlace place_;
};

/// The header of a group of lanes, which stand after it in the timeline unless it is folded. To press it is to fold or to unfold it.
class AccessibleHeader final : public AccessibleChild {
public:
    AccessibleHeader(AccessibleTimeline &timeline, TimelineView &view, GroupKey group)
        : AccessibleChild(timeline, view)
        , group_(group)
        , grouping_(view.arrangement().grouping())
    {
    }

    [[nodiscard]] const GroupKey &group() const { return group_; }

    /// It is invalid, too, while there is no such group.
    [[nodiscard]] bool isValid() const override;
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::Heading; }
    [[nodiscard]] QAccessible::State state() const override;
    [[nodiscard]] QString text(QAccessible::Text kind) const override;
    [[nodiscard]] QAccessibleInterface *parent() const override { return &timeline(); }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] QAccessibleInterface *child(int /*index*/) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *childAt(int /*x*/, int /*y*/) const override { return nullptr; }
    int indexOfChild(const QAccessibleInterface * /*child*/) const override { return -1; }

protected:
    [[nodiscard]] QRect rectInView() const override { return view().rectOf(group_); }
    void press() override;

private:
    GroupKey group_;
    LaneGrouping grouping_; // which numbers the parts
};

} // namespace loopscope
