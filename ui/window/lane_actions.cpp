#include "ui/window/lane_actions.h"

#include "ui/theme/shown_text.h"
#include "ui/timeline/selection.h"
#include "ui/timeline/task_text.h"
#include "ui/timeline/timeline_view.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

struct SortChoice {
    LaneSort sort;
    const char *name;
    const char *title;
};

constexpr std::array sortChoices{
    SortChoice{LaneSort::Creation, "creation", QT_TRANSLATE_NOOP("loopscope::LaneActions", "&Creation")},
    SortChoice{LaneSort::Start, "start", QT_TRANSLATE_NOOP("loopscope::LaneActions", "&Start: when it first ran")},
    SortChoice{LaneSort::Duration, "duration", QT_TRANSLATE_NOOP("loopscope::LaneActions", "&Duration")},
    SortChoice{LaneSort::Blocking, "blocking", QT_TRANSLATE_NOOP("loopscope::LaneActions", "Time &blocking the loop")},
    SortChoice{LaneSort::Waiting, "waiting", QT_TRANSLATE_NOOP("loopscope::LaneActions", "Time &waiting: ready or queued")},
    SortChoice{LaneSort::ByHand, "hand", QT_TRANSLATE_NOOP("loopscope::LaneActions", "As they are now, by &hand")},
};

struct GroupingChoice {
    LaneGrouping grouping;
    const char *name;
    const char *title;
};

constexpr std::array groupingChoices{
    GroupingChoice{LaneGrouping::None, "none", QT_TRANSLATE_NOOP("loopscope::LaneActions", "&Nothing")},
    GroupingChoice{LaneGrouping::State, "state", QT_TRANSLATE_NOOP("loopscope::LaneActions", "&State of now")},
    GroupingChoice{LaneGrouping::Kind, "kind", QT_TRANSLATE_NOOP("loopscope::LaneActions", "&Kind")},
    GroupingChoice{LaneGrouping::Parent, "parent", QT_TRANSLATE_NOOP("loopscope::LaneActions", "&Parent")},
    GroupingChoice{LaneGrouping::Folder, "folder", QT_TRANSLATE_NOOP("loopscope::LaneActions", "&Folder of the file")},
    GroupingChoice{LaneGrouping::Process, "process", QT_TRANSLATE_NOOP("loopscope::LaneActions", "P&rocess")},
};

constexpr int anyTrait = -1;

QAction *addChoice(QActionGroup &group, const QString &text, int data)
{
    auto *action = new QAction(text, &group);
    action->setCheckable(true);
    action->setData(data);
    group.addAction(action);
    return action;
}

void check(const QActionGroup &group, int data)
{
    for (QAction *action : group.actions())
        action->setChecked(action->data().toInt() == data);
}

QString shortened(const QString &name)
{
    constexpr qsizetype longest = 40;
    QString text = name.size() > longest ? name.left(longest - 1) + QStringLiteral("…") : name;
    return text.replace(QLatin1Char('&'), QLatin1String("&&"));
}

// The lane below this one and its rows, or else the one above; noLane if there is none.
LaneId neighbourOf(const TimelineView &timeline, LaneId lane)
{
    const LaneLayout layout(timeline.arrangement().order(), {}, timeline.foldedGroups());
    const Trace &trace = *timeline.trace();
    const LaneId head = trace.headOf(lane);
    const auto isBeside = [&](const LayoutRow &row) { return !row.isHeader() && trace.headOf(row.lane) != head; };
    auto below = layout.rowOf(lane);
    auto above = below;
    while (below && !isBeside(*below))
        below = layout.rowAfter(*below);
    while (above && !isBeside(*above))
        above = layout.rowBefore(*above);
    return below ? below->lane : above ? above->lane : noLane;
}

} // namespace

LaneActions::LaneActions(TimelineView &timeline, Selection &selection, TaskFilter &filter, QObject *parent)
    : QObject(parent)
    , timeline_(timeline)
    , arrangement_(timeline.arrangement())
    , selection_(selection)
    , filter_(filter)
    , menu_(new QMenu(&timeline))
    , pin_(make(Command::PinLane))
    , hide_(make(Command::HideLane))
    , hideOthers_(make(Command::HideOtherLanes))
    , showAll_(make(Command::ShowAllLanes))
    , moveUp_(make(Command::MoveLaneUp))
    , moveDown_(make(Command::MoveLaneDown))
    , sameKind_(make(QString()))
    , sameParent_(make(QString()))
    , children_(make(QString()))
    , clearFilter_(make(tr("&Clear filter")))
    , sorts_(new QActionGroup(this))
    , groupings_(new QActionGroup(this))
    , traits_(new QActionGroup(this))
{
    pin_->setCheckable(true);
    makeChoices();
    fill(*menu_);
    connectAll();
    refresh();
}

QAction *LaneActions::make(const QString &text)
{
    auto *action = new QAction(text, this);
    timeline_.addAction(action);
    return action;
}

QAction *LaneActions::make(Command command)
{
    QAction *action = make(menuTitle(command));
    byCommand_.emplace_back(command, action);
    return action;
}

void LaneActions::makeChoices()
{
    for (const SortChoice &choice : sortChoices)
        addChoice(*sorts_, tr(choice.title), static_cast<int>(choice.sort));
    for (const GroupingChoice &choice : groupingChoices)
        addChoice(*groupings_, tr(choice.title), static_cast<int>(choice.grouping));
    addChoice(*traits_, tr("&Any outcome"), anyTrait);
    for (const TaskTrait trait : {TaskTrait::Failed, TaskTrait::Cancelled, TaskTrait::Unfinished, TaskTrait::Blocked})
        addChoice(*traits_, tr("Only %1").arg(traitTitle(trait)), static_cast<int>(trait));
}

void LaneActions::connectAll()
{
    const auto onLane = [this](QAction *action, auto function) {
        connect(action, &QAction::triggered, this, [this, function] { function(selection_.lane()); });
    };
    onLane(pin_, [this](LaneId lane) { arrangement_.setPinned(lane, !arrangement_.isPinned(lane)); });
    onLane(hide_, [this](LaneId lane) {
        const LaneId next = neighbourOf(timeline_, lane);
        arrangement_.hide(lane);
        if (next != noLane) // the keys go on from where the lane was
            selection_.select(next);
    });
    onLane(hideOthers_, [this](LaneId lane) { arrangement_.hideOthers(lane); });
    onLane(showAll_, [this](LaneId) { arrangement_.showAll(); });
    onLane(moveUp_, [this](LaneId) { timeline_.moveSelectedLane(-1); });
    onLane(moveDown_, [this](LaneId) { timeline_.moveSelectedLane(1); });
    // A row is of the kind of its thread, and of its process.
    const auto factsOf = [this](LaneId lane) -> const TaskFacts & { return timeline_.trace()->lane(timeline_.trace()->headOf(lane)).task; };
    onLane(sameKind_, [this, factsOf](LaneId lane) { filter_.setKind(factsOf(lane).kind); });
    onLane(sameParent_, [this, factsOf](LaneId lane) { filter_.setParentTask(factsOf(lane).parent); });
    onLane(children_, [this](LaneId lane) { filter_.setParentTask(lane); });
    connect(clearFilter_, &QAction::triggered, &filter_, &TaskFilter::clear);
    connect(sorts_, &QActionGroup::triggered, this, [this](const QAction *action) {
        const auto sort = static_cast<LaneSort>(action->data().toInt());
        arrangement_.setSort(sort);
        if (sort != LaneSort::ByHand)
            timeline_.showFirstLanes(); // who asks for the longest wants to see them
    });
    connect(groupings_, &QActionGroup::triggered, this,
            [this](const QAction *action) { arrangement_.setGrouping(static_cast<LaneGrouping>(action->data().toInt())); });
    connect(traits_, &QActionGroup::triggered, this, [this](const QAction *action) {
        const int trait = action->data().toInt();
        filter_.setTrait(trait == anyTrait ? std::nullopt : std::optional(static_cast<TaskTrait>(trait)));
    });
    connect(&selection_, &Selection::changed, this, &LaneActions::refresh);
    connect(&arrangement_, &LaneArrangement::changed, this, &LaneActions::refresh);
    connect(&filter_, &TaskFilter::changed, this, &LaneActions::refresh);
    connect(&timeline_, &TimelineView::menuRequested, this, [this](const QPoint &at) { menu_->popup(at); });
}

void LaneActions::fill(QMenu &menu) const
{
    menu.addActions({pin_, hide_, hideOthers_, showAll_});
    menu.addSeparator();
    menu.addActions({moveUp_, moveDown_});
    menu.addMenu(tr("&Sort by"))->addActions(sorts_->actions());
    menu.addMenu(tr("&Group by"))->addActions(groupings_->actions());
    QMenu *filters = menu.addMenu(tr("&Filter"));
    connect(filters, &QMenu::aboutToShow, children_, [this] { refreshChildren(); });
    filters->addActions({sameKind_, children_, sameParent_});
    filters->addSeparator();
    filters->addActions(traits_->actions());
    filters->addSeparator();
    filters->addAction(clearFilter_);
}

void LaneActions::refresh()
{
    const Trace *trace = timeline_.trace().get();
    const LaneId lane = selection_.lane();
    const bool hasLane = trace && trace->hasLane(lane) && lane != loopLaneId;
    const bool isTask = hasLane && groupOf(trace->lane(lane).kind) == LaneGroup::Tasks;
    for (QAction *action : {pin_, hide_, moveUp_, moveDown_})
        action->setEnabled(hasLane);
    pin_->setChecked(hasLane && arrangement_.isPinned(lane));
    hideOthers_->setEnabled(isTask);
    showAll_->setEnabled(arrangement_.hiddenCount() > 0);
    const bool isImport = trace && !trace->hasLoop();
    const LaneId head = isTask ? trace->headOf(lane) : noLane;
    const NameId kind = isTask ? trace->lane(head).task.kind : 0;
    const LaneId parent = isTask ? trace->lane(head).task.parent : noLane;
    sameKind_->setEnabled(kind != 0);
    sameKind_->setText(kind != 0 ? tr("Only of &kind %1").arg(shortened(shownText(trace->name(kind)))) : tr("Only of the same &kind"));
    sameParent_->setEnabled(parent != noLane);
    const QString ofParent = isImport ? tr("Only of &process %1") : tr("Only children of &parent %1");
    sameParent_->setText(parent != noLane ? ofParent.arg(shortened(laneTitle(*trace, parent))) : tr("Only of the same &parent"));
    children_->setEnabled(isTask && !isImport); // unless refreshChildren() finds none
    children_->setText(isTask ? tr("Only c&hildren of %1").arg(shortened(laneTitle(*trace, lane))) : tr("Only its c&hildren"));
    clearFilter_->setEnabled(!filter_.terms().isEmpty());
    // What the lanes of this trace cannot differ in.
    for (QAction *grouping : groupings_->actions()) {
        const auto what = static_cast<LaneGrouping>(grouping->data().toInt());
        grouping->setEnabled(what == LaneGrouping::Process ? trace && !trace->processes().empty()
                                                           : !isImport || what == LaneGrouping::None || what == LaneGrouping::Kind);
    }
    traits_->setEnabled(!isImport);
    check(*sorts_, static_cast<int>(arrangement_.sort()));
    check(*groupings_, static_cast<int>(arrangement_.grouping()));
    check(*traits_, filter_.terms().trait ? static_cast<int>(*filter_.terms().trait) : anyTrait);
}

// Looks at every task: only when somebody looks at the menu.
void LaneActions::refreshChildren() const
{
    const Trace *trace = timeline_.trace().get();
    const LaneId lane = selection_.lane();
    const bool isTask = trace && trace->hasLoop() && trace->hasLane(lane) && trace->lane(lane).kind == LaneKind::Task;
    children_->setEnabled(isTask
                          && std::ranges::any_of(trace->tasks(), [&](LaneId task) { return trace->lane(task).task.parent == lane; }));
}

QString sortName(LaneSort sort)
{
    return QString::fromLatin1(std::ranges::find(sortChoices, sort, &SortChoice::sort)->name);
}

std::optional<LaneSort> sortOfName(const QString &name)
{
    const auto found = std::ranges::find_if(sortChoices, [&](const SortChoice &choice) { return name == QLatin1String(choice.name); });
    return found == sortChoices.end() ? std::nullopt : std::optional(found->sort);
}

QString groupingName(LaneGrouping grouping)
{
    return QString::fromLatin1(std::ranges::find(groupingChoices, grouping, &GroupingChoice::grouping)->name);
}

std::optional<LaneGrouping> groupingOfName(const QString &name)
{
    const auto found =
        std::ranges::find_if(groupingChoices, [&](const GroupingChoice &choice) { return name == QLatin1String(choice.name); });
    return found == groupingChoices.end() ? std::nullopt : std::optional(found->grouping);
}

} // namespace loopscope
