#pragma once

#include "core/trace/trace.h"
#include "ui/timeline/hover.h"
#include "ui/timeline/task_filter.h"
#include "ui/window/foldable.h"
#include "ui/window/lent_room.h"

#include <QWidget>

#include <memory>

class QSettings;
class QSplitter;

namespace loopscope {

class DetailsPanel;
class FilterBar;
class LaneActions;
class Legend;
class SearchBar;
class MeasurementPanel;
class OverviewStrip;
class Selection;
class TaskTable;
class TimelineView;
class TraceMarks;
class Viewport;

/// A run: all of it at a glance, its timeline with the legend, under it what was measured in the selected range and the tasks, and the
/// details of what is selected beside it.
///
/// Where room is scarce the details fold first, then the tasks; a person can still call them back.
class RunPage : public QWidget {
    Q_OBJECT

public:
    RunPage(Selection &selection, Viewport &viewport, QWidget *parent = nullptr);

    void setTrace(const std::shared_ptr<const Trace> &trace);
    /// Shows a replay's trace in place of the one of setTrace(), of a run that reached over `extent`; what is selected and in view stays.
    void setReplay(const std::shared_ptr<const Trace> &trace, TimeRange extent);
    /// Shows these marks, which must outlive the page, where the run is shown.
    void showMarks(const TraceMarks &marks);
    /// The trace has grown.
    void refresh();
    /// More is known of the same trace, such as its stalls.
    void refreshFacts();

    [[nodiscard]] TimelineView &timeline() { return *timeline_; }
    /// The search of the lanes, closed at first.
    [[nodiscard]] SearchBar &search() { return *search_; }
    [[nodiscard]] TaskTable &tasks() { return *tasks_; }
    [[nodiscard]] TaskFilter &filter() { return filter_; }
    [[nodiscard]] const LaneActions &laneActions() const { return *laneActions_; }
    [[nodiscard]] bool showsDetails() const { return details_.isShown(); }
    [[nodiscard]] bool showsTasks() const { return tasksFold_.isShown(); }
    void setShowsDetails(bool shows);
    void setShowsTasks(bool shows);
    /// Whether the whole run is shown at a glance, above the timeline.
    [[nodiscard]] bool showsOverview() const { return showsOverview_; }
    [[nodiscard]] const OverviewStrip &overview() const { return *overview_; }
    void setShowsOverview(bool shows);

    void save(QSettings &settings) const;
    /// What makes no sense in the settings is as if it were not there.
    void restore(QSettings &settings);

Q_SIGNALS:
    /// showsDetails(), showsTasks() or showsOverview() has changed.
    void panelsChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void foldWhatHasNoRoom();
    void applyFolds();
    void showMeasurement();
    [[nodiscard]] int measurementHeight() const;
    void connectPanels();

    Selection &selection_;
    TaskFilter filter_;
    Hover hover_;
    OverviewStrip *overview_;
    TimelineView *timeline_;
    FilterBar *filterBar_;
    LaneActions *laneActions_;
    SearchBar *search_;
    Legend *legend_;
    MeasurementPanel *measurement_;
    TaskTable *tasks_;
    DetailsPanel *detailsPanel_;
    QSplitter *across_;
    QSplitter *down_;
    LentRoom room_; // of down_: the table of tasks lends it to what is measured
    Foldable details_;
    Foldable tasksFold_;
    bool showsOverview_ = true;
};

} // namespace loopscope
