#pragma once

#include "ui/timeline/lane_criteria.h"
#include "ui/timeline/lane_order.h"
#include "ui/timeline/task_filter.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace loopscope {

/// How a person wants the lanes of a run to stand, and the order that comes of it.
///
/// A trace of others has threads where a run has tasks, and rows of them, which always follow their thread: what is done to one of these
/// lanes is done to all. Such traces are grouped by process unless a person has chosen something else for them.
///
/// Sort and grouping last beyond a run; pins, hidden lanes and what was moved by hand belong to it. The loop's lane is always there, and
/// on top. New lanes are appended to their group at once; what the values of a run that goes on change is put in order at most once a
/// second, and no more often than a twentieth of the time allows.
class LaneArrangement : public QObject {
    Q_OBJECT

public:
    explicit LaneArrangement(QObject *parent = nullptr);

    /// Shows another run, or nothing if null.
    void setTrace(std::shared_ptr<const Trace> trace);
    /// Shows an earlier or a later state of the same run, whose lanes have the same numbers: what a person wants stays.
    void setReplay(std::shared_ptr<const Trace> trace);
    /// The trace has grown. Costs what is new, but where an order is due, unless lanes had better stay where they are for now.
    void refresh(bool mayReorder = true);
    /// Never null. It grows at its ends until another takes its place.
    [[nodiscard]] std::shared_ptr<const LaneOrder> order() const { return order_; }

    [[nodiscard]] LaneSort sort() const { return sort_; }
    void setSort(LaneSort sort);
    /// The sort that the next run begins with.
    [[nodiscard]] LaneSort lastingSort() const { return lastingSort_; }
    /// That of the trace that is shown: traces of others have one of their own.
    [[nodiscard]] LaneGrouping grouping() const;
    void setGrouping(LaneGrouping grouping);
    /// The one that nobody has chosen.
    [[nodiscard]] LaneGrouping usualGrouping() const;
    /// That of runs of ours.
    [[nodiscard]] LaneGrouping lastingGrouping() const { return grouping_; }
    /// The tasks that do not match are not shown; pinned ones always are, and so are those of reveal().
    void setFilter(const TaskFilterTerms &terms);
    [[nodiscard]] const TaskFilterTerms &filter() const { return filter_; }
    void setPartFolded(std::uint32_t part, bool isFolded);

    [[nodiscard]] bool isPinned(LaneId lane) const;
    /// A pinned lane stays in sight, after those that were pinned before. The loop's cannot be pinned.
    void setPinned(LaneId lane, bool isPinned);
    /// Hides a task or a worker, pinned or not.
    void hide(LaneId lane);
    /// Hides all tasks that there are but this one and the pinned ones.
    void hideOthers(LaneId task);
    void showAll();
    /// Shows a lane that somebody goes to: no longer hidden, and beside the filter, if it does not match, until another one is set.
    void reveal(LaneId lane);
    /// How many lanes are shown beside the filter.
    [[nodiscard]] std::size_t besideFilterCount() const { return besideFilter_.size(); }
    /// Only what matches is shown again.
    void forgetBesideFilter();
    [[nodiscard]] std::size_t hiddenCount() const { return hiddenCount_; }
    /// How many lanes of tasks have a place; rows of a thread are one with it.
    [[nodiscard]] std::size_t shownTasks() const { return shownTasks_; }
    /// How many there are.
    [[nodiscard]] std::size_t allTasks() const { return allTasks_; }

    /// Puts a lane at another place of its section; everything stays where it is then (LaneSort::ByHand). False if it has no such place.
    bool move(LaneId lane, std::size_t index);

Q_SIGNALS:
    /// The order, or what it comes of, is another one.
    void changed();
    /// What refresh() left as it was may be put in order now.
    void due();

private:
    // These take lanes that are no rows.
    [[nodiscard]] bool isHidden(LaneId lane) const { return lane < hidden_.size() && hidden_[lane]; }
    [[nodiscard]] bool isAmongPinned(LaneId lane) const;
    [[nodiscard]] bool passesFilter(LaneId task) const;
    [[nodiscard]] bool isShown(LaneId task) const;
    [[nodiscard]] bool isOfTheMoment() const;
    [[nodiscard]] bool isDue(qint64 leastMs) const;
    [[nodiscard]] bool appendNew();
    bool appendTask(LaneId task);
    [[nodiscard]] bool mayAppend(std::optional<std::size_t> section, LaneId lane) const;
    [[nodiscard]] bool isImport() const { return trace_ && !trace_->hasLoop(); }
    void ensureParts();
    void rebuild();
    void change();
    void hideQuietly(LaneId lane);
    [[nodiscard]] std::vector<LaneId> tasksInOrder() const;
    [[nodiscard]] std::vector<LaneId> inHandOrder(const std::vector<LaneId> &lanes) const;
    void addTasks(LaneOrder &order);
    void takeByHand();
    void addMissingByHand();

    std::shared_ptr<const Trace> trace_;
    std::shared_ptr<LaneOrder> order_;
    LaneSort sort_ = LaneSort::Creation;
    LaneSort lastingSort_ = LaneSort::Creation; // what sort_ is again in the next run
    LaneGrouping grouping_ = LaneGrouping::None;
    LaneGrouping importGrouping_ = LaneGrouping::Process; // of traces of others
    TaskFilterTerms filter_;
    std::unique_ptr<LaneParts> parts_; // null if there is no grouping
    std::vector<std::uint32_t> foldedParts_;
    std::vector<LaneId> pinned_;
    std::vector<bool> hidden_; // by lane
    std::size_t hiddenCount_ = 0;
    std::vector<LaneId> besideFilter_; // ascending
    std::vector<LaneId> byHand_;       // tasks and workers in the order of a person, without rows
    LaneId byHandEnd_ = 0;             // every task below is in it
    std::size_t shownTasks_ = 0;
    std::size_t allTasks_ = 0;

    std::size_t tasksSeen_ = 0;
    std::size_t workersSeen_ = 0;
    bool wasFinished_ = false;
    bool isIncomplete_ = false;  // a lane waits for a section that there is not
    std::uint64_t revision_ = 0; // of the trace, when the order was made
    QElapsedTimer age_;          // of the order
    QTimer again_;               // when an order is due that was not yet
    qint64 cost_ = 0;            // of making it, in ms
};

} // namespace loopscope
