#pragma once

#include "ui/timeline/lane_criteria.h"
#include "ui/window/command_actions.h"

#include <QObject>
#include <QString>

#include <optional>

class QAction;
class QActionGroup;
class QMenu;

namespace loopscope {

class LaneArrangement;
class Selection;
class TaskFilter;
class TimelineView;

/// What can be done with lanes, once, for the View menu, the menu of a lane and the keyboard: with the selected lane, or with all.
class LaneActions : public QObject {
    Q_OBJECT

public:
    /// All must outlive it.
    LaneActions(TimelineView &timeline, Selection &selection, TaskFilter &filter, QObject *parent);

    /// Adds all of them to a menu.
    void fill(QMenu &menu) const;
    /// Those that have keys.
    [[nodiscard]] const CommandActions &byCommand() const { return byCommand_; }

private:
    QAction *make(const QString &text);
    QAction *make(Command command);
    void makeChoices();
    void connectAll();
    void refresh();
    void refreshChildren() const;

    TimelineView &timeline_;
    LaneArrangement &arrangement_;
    Selection &selection_;
    TaskFilter &filter_;
    QMenu *menu_; // of a lane
    CommandActions byCommand_;

    QAction *pin_;
    QAction *hide_;
    QAction *hideOthers_;
    QAction *showAll_;
    QAction *moveUp_;
    QAction *moveDown_;
    QAction *sameKind_;
    QAction *sameParent_;
    QAction *children_;
    QAction *clearFilter_;
    QActionGroup *sorts_;     // their data are LaneSorts
    QActionGroup *groupings_; // LaneGroupings
    QActionGroup *traits_;    // TaskTraits, −1 for any
};

// The words that settings know sorts and groupings by; what is none of them is nothing.
[[nodiscard]] QString sortName(LaneSort sort);
[[nodiscard]] std::optional<LaneSort> sortOfName(const QString &name);
[[nodiscard]] QString groupingName(LaneGrouping grouping);
[[nodiscard]] std::optional<LaneGrouping> groupingOfName(const QString &name);

} // namespace loopscope
