#include "ui/window/run_page.h"

#include "ui/panels/details_panel.h"
#include "ui/panels/filter_bar.h"
#include "ui/panels/legend.h"
#include "ui/panels/measurement_panel.h"
#include "ui/panels/search_bar.h"
#include "ui/panels/task_table.h"
#include "ui/timeline/overview_strip.h"
#include "ui/timeline/selection.h"
#include "ui/timeline/timeline_view.h"
#include "ui/window/lane_actions.h"
#include "ui/window/timeline_keys.h"

#include <QAbstractItemView>
#include <QSettings>
#include <QSplitter>
#include <QVBoxLayout>

namespace loopscope {

namespace {

constexpr auto acrossKey = "runPage/across";
constexpr auto downKey = "runPage/down";
constexpr auto detailsKey = "runPage/details";
constexpr auto tasksKey = "runPage/tasks";
constexpr auto overviewKey = "runPage/overview";
constexpr auto tableKey = "runPage/table";
constexpr auto lanesSortKey = "runPage/sort";
constexpr auto lanesGroupingKey = "runPage/grouping";

/// Below these, in average characters and lines of text, panels take more room than they are worth.
constexpr int leastCharactersForDetails = 160;
constexpr int leastLinesForTasks = 26;
// Of the table of tasks while a range is measured.
constexpr int leastLinesBesideMeasurement = 8;

QSplitter *makeSplitter(Qt::Orientation orientation, QWidget *parent)
{
    auto *splitter = new QSplitter(orientation, parent);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    return splitter;
}

} // namespace

RunPage::RunPage(Selection &selection, Viewport &viewport, QWidget *parent)
    : QWidget(parent)
    , selection_(selection)
    , across_(makeSplitter(Qt::Horizontal, this))
    , down_(makeSplitter(Qt::Vertical, across_))
    , room_(*down_)
{
    auto *upper = new QWidget(down_);
    overview_ = new OverviewStrip(selection, viewport, upper);
    timeline_ = new TimelineView(selection, viewport, upper);
    filterBar_ = new FilterBar(filter_, timeline_->arrangement(), upper);
    laneActions_ = new LaneActions(*timeline_, selection, filter_, this);
    search_ = new SearchBar(selection, upper);
    legend_ = new Legend(upper);
    measurement_ = new MeasurementPanel(selection, upper);
    auto *upperColumn = new QVBoxLayout(upper);
    upperColumn->setContentsMargins(0, 0, 0, 0);
    upperColumn->setSpacing(0);
    upperColumn->addWidget(overview_);
    upperColumn->addWidget(filterBar_);
    upperColumn->addWidget(timeline_, 1);
    upperColumn->addWidget(search_);
    upperColumn->addWidget(legend_);
    upperColumn->addWidget(measurement_);
    tasks_ = new TaskTable(selection, filter_, hover_, down_);
    detailsPanel_ = new DetailsPanel(selection, across_);

    down_->addWidget(upper);
    down_->addWidget(tasks_);
    down_->setStretchFactor(0, 3);
    down_->setStretchFactor(1, 2);
    across_->addWidget(down_);
    across_->addWidget(detailsPanel_);
    across_->setStretchFactor(0, 1);
    across_->setStretchFactor(1, 0);
    across_->setSizes({1000, fontMetrics().averageCharWidth() * 44});
    down_->setSizes({600, 300});
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(across_);
    setFocusProxy(timeline_);
    measurement_->hide();
    connectPanels();
}

void RunPage::connectPanels()
{
    timeline_->setHover(hover_);
    timeline_->showMatches(search_->search());
    auto *keys = new TimelineKeys(*timeline_);
    keys->takeFrom(tasks_->rows());
    keys->takeFrom(*overview_);
    keys->takeFrom(*detailsPanel_); // what its texts leave over
    for (QAbstractItemView *table : measurement_->findChildren<QAbstractItemView *>())
        keys->takeFrom(*table);
    connect(&filter_, &TaskFilter::changed, timeline_, [this] { timeline_->arrangement().setFilter(filter_.terms()); });
    connect(&timeline_->arrangement(), &LaneArrangement::changed, this,
            [this] { search_->search().setOrder(timeline_->arrangement().order()); });
    connect(detailsPanel_, &DetailsPanel::hovered, &hover_, &Hover::setLane);
    connect(search_, &SearchBar::chosen, timeline_, [this](const LaneMatch &match) {
        if (match.instant)
            timeline_->goToInstant(match.lane, *match.instant);
        else
            timeline_->goTo(match.lane, match.span);
    });
    connect(detailsPanel_, &DetailsPanel::followed, timeline_, [this](LaneId lane, std::optional<std::size_t> span) {
        timeline_->goTo(lane, span);
        timeline_->setFocus(); // the link has given way to other facts
    });
    connect(filterBar_, &FilterBar::left, timeline_, qOverload<>(&QWidget::setFocus));
    connect(measurement_, &MeasurementPanel::followed, timeline_, &TimelineView::goTo);
    connect(search_, &SearchBar::closed, timeline_, qOverload<>(&QWidget::setFocus));
    connect(&selection_, &Selection::rangeChanged, this, &RunPage::showMeasurement);
    connect(timeline_, &TimelineView::rangeSelected, this, &RunPage::showMeasurement);
}

// Not while a range is dragged out: the lanes under the mouse would move away.
void RunPage::showMeasurement()
{
    const bool isShown = selection_.range().has_value();
    if ((isShown && timeline_->isSelectingRange()) || isShown != measurement_->isHidden())
        return;
    measurement_->setVisible(isShown);
    foldWhatHasNoRoom();
}

void RunPage::setTrace(const std::shared_ptr<const Trace> &trace)
{
    hover_.setLane(noLane);
    filter_.forgetNumbers();
    filterBar_->setTrace(trace);
    legend_->setTrace(trace);
    overview_->setTrace(trace);
    search_->search().setTrace(trace); // before the order of its lanes comes
    timeline_->setTrace(trace);
    search_->search().setOrder(timeline_->arrangement().order());
    measurement_->setTrace(trace);
    tasks_->setTrace(trace);
    detailsPanel_->setTrace(trace);
}

void RunPage::setReplay(const std::shared_ptr<const Trace> &trace, TimeRange extent)
{
    filterBar_->setTrace(trace);
    search_->search().setTrace(trace);
    overview_->setReplay(trace); // it goes on to show the whole recording
    timeline_->setReplay(trace, extent);
    search_->search().setOrder(timeline_->arrangement().order());
    measurement_->setTrace(trace);
    tasks_->setTrace(trace);
    detailsPanel_->setTrace(trace);
}

void RunPage::showMarks(const TraceMarks &marks)
{
    overview_->showMarks(marks);
    timeline_->showMarks(marks);
}

void RunPage::refresh()
{
    timeline_->refresh();
    search_->search().refresh();
    overview_->refresh();
    legend_->refresh();
    measurement_->refresh();
    tasks_->refresh();
    detailsPanel_->refresh();
}

void RunPage::refreshFacts()
{
    timeline_->refreshFacts();
    overview_->refreshFacts();
    detailsPanel_->refreshFacts();
}

void RunPage::setShowsDetails(bool shows)
{
    details_.want(shows);
    applyFolds();
}

void RunPage::setShowsTasks(bool shows)
{
    tasksFold_.want(shows);
    applyFolds();
}

void RunPage::setShowsOverview(bool shows)
{
    if (shows == showsOverview_)
        return;
    showsOverview_ = shows;
    applyFolds();
}

void RunPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    foldWhatHasNoRoom();
}

void RunPage::foldWhatHasNoRoom()
{
    details_.setScarce(width() < leastCharactersForDetails * fontMetrics().averageCharWidth());
    tasksFold_.setScarce(height() - measurementHeight() < leastLinesForTasks * fontMetrics().lineSpacing());
    applyFolds();
}

int RunPage::measurementHeight() const
{
    return measurement_->isHidden() ? 0 : measurement_->sizeHint().height();
}

// The table of tasks gives the room of the measurement, as far as it can, and gets it back: the timeline keeps the lanes that are measured.
void RunPage::applyFolds()
{
    overview_->setVisible(showsOverview_);
    detailsPanel_->setVisible(details_.isShown());
    if (tasks_->isHidden() == tasksFold_.isShown()) {
        room_.giveBack();
        tasks_->setVisible(tasksFold_.isShown());
    }
    room_.lend(tasks_->isHidden() ? 0 : measurementHeight(), leastLinesBesideMeasurement * fontMetrics().lineSpacing());
    Q_EMIT panelsChanged();
}

void RunPage::save(QSettings &settings) const
{
    settings.setValue(QLatin1String(acrossKey), across_->saveState());
    settings.setValue(QLatin1String(downKey), room_.savedState());
    settings.setValue(QLatin1String(detailsKey), details_.isWanted());
    settings.setValue(QLatin1String(tasksKey), tasksFold_.isWanted());
    settings.setValue(QLatin1String(overviewKey), showsOverview_);
    settings.setValue(QLatin1String(tableKey), tasks_->saveState());
    settings.setValue(QLatin1String(lanesSortKey), sortName(timeline_->arrangement().lastingSort()));
    settings.setValue(QLatin1String(lanesGroupingKey), groupingName(timeline_->arrangement().lastingGrouping()));
}

void RunPage::restore(QSettings &settings)
{
    across_->restoreState(settings.value(QLatin1String(acrossKey)).toByteArray());
    down_->restoreState(settings.value(QLatin1String(downKey)).toByteArray());
    // A splitter restores its handle too, and whether children may collapse.
    for (QSplitter *splitter : {across_, down_}) {
        splitter->setHandleWidth(1);
        splitter->setChildrenCollapsible(false);
    }
    if (const auto sort = sortOfName(settings.value(QLatin1String(lanesSortKey)).toString()))
        timeline_->arrangement().setSort(*sort);
    if (const auto grouping = groupingOfName(settings.value(QLatin1String(lanesGroupingKey)).toString()))
        timeline_->arrangement().setGrouping(*grouping);
    tasks_->restoreState(settings.value(QLatin1String(tableKey)).toByteArray());
    showsOverview_ = settings.value(QLatin1String(overviewKey), true).toBool();
    details_.want(settings.value(QLatin1String(detailsKey), true).toBool());
    tasksFold_.want(settings.value(QLatin1String(tasksKey), true).toBool());
    applyFolds();
}

} // namespace loopscope
