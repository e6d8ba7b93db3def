#include "ui/timeline/lane_arrangement.h"

#include "ui/timeline/lane_text.h"

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

// Rows that change their places more often cannot be followed.
constexpr qint64 restMs = 1000;
// A new group had better not wait so long.
constexpr qint64 shortRestMs = 50;
constexpr qint64 restsACost = 20;

using Keyed = std::pair<std::int64_t, LaneId>;

QString outcomesOf(const Trace &trace, const std::vector<LaneId> &tasks)
{
    TaskTotals totals;
    for (const LaneId task : tasks)
        ++totals.byOutcome[static_cast<std::size_t>(trace.lane(task).task.outcome)];
    return outcomesText(totals);
}

} // namespace

LaneArrangement::LaneArrangement(QObject *parent)
    : QObject(parent)
    , order_(std::make_shared<LaneOrder>())
{
    again_.setSingleShot(true);
    connect(&again_, &QTimer::timeout, this, &LaneArrangement::due);
}

void LaneArrangement::setTrace(std::shared_ptr<const Trace> trace)
{
    trace_ = std::move(trace);
    sort_ = lastingSort_;
    filter_.kind.reset();
    filter_.parent.reset();
    foldedParts_.clear();
    pinned_.clear();
    hidden_.clear();
    hiddenCount_ = 0;
    byHand_.clear();
    parts_.reset();
    if (trace_ && grouping_ != LaneGrouping::None)
        parts_ = std::make_unique<LaneParts>(*trace_, grouping_);
    change();
}

void LaneArrangement::setReplay(std::shared_ptr<const Trace> trace)
{
    trace_ = std::move(trace);
    if (grouping_ == LaneGrouping::Folder)
        foldedParts_.clear(); // folders are numbered as they come
    parts_.reset();
    if (trace_ && grouping_ != LaneGrouping::None)
        parts_ = std::make_unique<LaneParts>(*trace_, grouping_);
    if (trace_ && sort_ == LaneSort::ByHand)
        addMissingByHand();
    change();
}

// Tasks that a state shown before did not have yet.
void LaneArrangement::addMissingByHand()
{
    const auto isNew = [this](LaneId task) { return task >= byHandEnd_; };
    std::ranges::copy_if(trace_->tasks(), std::back_inserter(byHand_), isNew);
    byHandEnd_ = std::max(byHandEnd_, static_cast<LaneId>(trace_->laneCount()));
}

void LaneArrangement::refresh(bool mayReorder)
{
    if (!trace_ || trace_->revision() == revision_)
        return;
    const bool isFinished = trace_->info().finished;
    const bool hasEnded = isFinished && !wasFinished_;
    const bool isLate = mayReorder && isOfTheMoment() && isDue(restMs);
    const bool hasNew = appendNew();
    if (hasEnded || isLate || (isIncomplete_ && isDue(shortRestMs)))
        change();
    else if (hasNew)
        Q_EMIT changed();
    // Nobody may tell of the trace again: a replay can stand still.
    if (isOfTheMoment() && !isLate && !isFinished && !again_.isActive())
        again_.start(static_cast<int>(std::max(restMs, restsACost * cost_)));
}

void LaneArrangement::change()
{
    rebuild();
    Q_EMIT changed();
}

void LaneArrangement::setSort(LaneSort sort)
{
    if (sort == sort_)
        return;
    if (sort == LaneSort::ByHand) {
        takeByHand();
    } else {
        byHand_.clear();
        lastingSort_ = sort;
    }
    sort_ = sort;
    change();
}

void LaneArrangement::setGrouping(LaneGrouping grouping)
{
    if (grouping == grouping_)
        return;
    grouping_ = grouping;
    foldedParts_.clear();
    parts_.reset();
    if (trace_ && grouping != LaneGrouping::None)
        parts_ = std::make_unique<LaneParts>(*trace_, grouping);
    change();
}

void LaneArrangement::setFilter(const TaskFilterTerms &terms)
{
    if (terms == filter_)
        return;
    filter_ = terms;
    change();
}

void LaneArrangement::setPartFolded(std::uint32_t part, bool isFolded)
{
    const auto section = order_->sectionOf({LaneGroup::Tasks, part});
    if (!section || order_->sections()[*section].isFolded == isFolded)
        return;
    isFolded ? foldedParts_.push_back(part) : static_cast<void>(std::erase(foldedParts_, part));
    order_->setFolded(*section, isFolded);
    Q_EMIT changed();
}

bool LaneArrangement::isPinned(LaneId lane) const
{
    return std::ranges::find(pinned_, lane) != pinned_.end();
}

void LaneArrangement::setPinned(LaneId lane, bool isPinned)
{
    if (!trace_ || !trace_->hasLane(lane) || lane == loopLaneId || isPinned == this->isPinned(lane))
        return;
    isPinned ? pinned_.push_back(lane) : static_cast<void>(std::erase(pinned_, lane));
    change();
}

void LaneArrangement::hideQuietly(LaneId lane)
{
    if (isHidden(lane))
        return;
    if (lane >= hidden_.size())
        hidden_.resize(trace_->laneCount());
    hidden_[lane] = true;
    ++hiddenCount_;
    std::erase(pinned_, lane);
}

void LaneArrangement::hide(LaneId lane)
{
    if (!trace_ || !trace_->hasLane(lane) || lane == loopLaneId || isHidden(lane))
        return;
    hideQuietly(lane);
    change();
}

void LaneArrangement::hideOthers(LaneId task)
{
    if (!trace_)
        return;
    const std::vector<LaneId> kept = pinned_;
    for (const LaneId other : trace_->tasks()) {
        if (other != task && std::ranges::find(kept, other) == kept.end())
            hideQuietly(other);
    }
    change();
}

void LaneArrangement::showAll()
{
    if (hiddenCount_ == 0)
        return;
    hidden_.clear();
    hiddenCount_ = 0;
    change();
}

bool LaneArrangement::move(LaneId lane, std::size_t index)
{
    const auto place = order_->placeOf(lane);
    if (!place || lane == loopLaneId)
        return false;
    const LaneSection &section = order_->sections()[place->section];
    if (index >= section.lanes.size() || index == place->index)
        return false;
    const bool isDown = index > place->index;
    const LaneId neighbour = section.lanes[index];
    if (section.key.group != LaneGroup::Pinned && sort_ != LaneSort::ByHand) {
        takeByHand();
        sort_ = LaneSort::ByHand;
    }
    std::vector<LaneId> &lanes = section.key.group == LaneGroup::Pinned ? pinned_ : byHand_;
    std::erase(lanes, lane);
    lanes.insert(std::ranges::find(lanes, neighbour) + (isDown ? 1 : 0), lane);
    change();
    return true;
}

bool LaneArrangement::isShown(LaneId task) const
{
    return !isHidden(task) && !isPinned(task) && (filter_.isEmpty() || matches(*trace_, task, filter_));
}

// Whether what the lanes do changes their order.
bool LaneArrangement::isOfTheMoment() const
{
    const bool sortsValues = sort_ != LaneSort::Creation && sort_ != LaneSort::ByHand;
    return sortsValues || grouping_ != LaneGrouping::None || filter_.areOfTheMoment();
}

bool LaneArrangement::isDue(qint64 leastMs) const
{
    return !age_.isValid() || age_.elapsed() >= std::max(leastMs, restsACost * cost_);
}

bool LaneArrangement::appendNew()
{
    bool hasNew = trace_->workers().size() != workersSeen_;
    isIncomplete_ = isIncomplete_ || hasNew;
    const std::vector<LaneId> &tasks = trace_->tasks();
    for (; tasksSeen_ < tasks.size(); ++tasksSeen_)
        hasNew = appendTask(tasks[tasksSeen_]) || hasNew;
    return hasNew;
}

bool LaneArrangement::appendTask(LaneId task)
{
    if (sort_ == LaneSort::ByHand && task >= byHandEnd_) {
        byHand_.push_back(task);
        byHandEnd_ = task + 1;
    }
    if (!isShown(task))
        return false;
    const auto part = parts_ ? std::optional(parts_->partOf(task)) : std::nullopt;
    const auto section = order_->sectionOf({LaneGroup::Tasks, part});
    isIncomplete_ = isIncomplete_ || !section;
    if (!section)
        return false;
    order_->append(*section, task);
    ++shownTasks_;
    return true;
}

void LaneArrangement::rebuild()
{
    QElapsedTimer cost;
    cost.start();
    auto order = std::make_shared<LaneOrder>();
    shownTasks_ = 0;
    if (trace_) {
        tasksSeen_ = trace_->tasks().size();
        workersSeen_ = trace_->workers().size();
        wasFinished_ = trace_->info().finished;
        revision_ = trace_->revision();
        order->add({LaneGroup::Loop, {}, {}, false, {loopLaneId}});
        std::vector<LaneId> pinned = pinned_;
        std::erase_if(pinned, [this](LaneId lane) { return !trace_->hasLane(lane); });
        order->add({LaneGroup::Pinned, {}, {}, false, std::move(pinned)});
        addTasks(*order);
        std::vector<LaneId> workers = sort_ == LaneSort::ByHand ? inHandOrder(trace_->workers()) : trace_->workers();
        std::erase_if(workers, [this](LaneId worker) { return isHidden(worker) || isPinned(worker); });
        order->add({LaneGroup::Workers, {}, {}, false, std::move(workers)});
    }
    isIncomplete_ = false;
    order_ = std::move(order);
    cost_ = cost.elapsed();
    age_.start();
}

std::vector<LaneId> LaneArrangement::inHandOrder(const std::vector<LaneId> &lanes) const
{
    if (lanes.empty())
        return {};
    // Lanes of a kind are numbered in order, and so each is known by its number alone.
    std::vector<LaneId> ordered;
    ordered.reserve(lanes.size());
    const LaneKind kind = trace_->lane(lanes.front()).kind;
    std::ranges::copy_if(byHand_, std::back_inserter(ordered),
                         [&](LaneId lane) { return trace_->hasLane(lane) && trace_->lane(lane).kind == kind; });
    return ordered;
}

std::vector<LaneId> LaneArrangement::tasksInOrder() const
{
    if (sort_ == LaneSort::Creation)
        return trace_->tasks();
    if (sort_ == LaneSort::ByHand)
        return inHandOrder(trace_->tasks());
    std::vector<Keyed> keyed;
    keyed.reserve(trace_->tasks().size());
    for (const LaneId task : trace_->tasks())
        keyed.emplace_back(sortKey(*trace_, task, sort_), task);
    std::ranges::sort(keyed);
    std::vector<LaneId> ordered(keyed.size());
    std::ranges::transform(keyed, ordered.begin(), &Keyed::second);
    return ordered;
}

void LaneArrangement::addTasks(LaneOrder &order)
{
    std::vector<LaneId> tasks = tasksInOrder();
    std::erase_if(tasks, [this](LaneId task) { return !isShown(task); });
    const auto isTask = [this](LaneId lane) { return trace_->hasLane(lane) && trace_->lane(lane).kind == LaneKind::Task; };
    shownTasks_ = tasks.size() + static_cast<std::size_t>(std::ranges::count_if(pinned_, isTask));
    if (!parts_) {
        order.add({LaneGroup::Tasks, {}, {}, false, std::move(tasks)});
        return;
    }
    std::unordered_map<std::uint32_t, std::vector<LaneId>> divided;
    for (const LaneId task : tasks)
        divided[parts_->partOf(task)].push_back(task);
    std::vector<std::uint32_t> parts;
    parts.reserve(divided.size());
    for (const auto &[part, lanes] : divided)
        parts.push_back(part);
    std::ranges::sort(parts, [this](std::uint32_t a, std::uint32_t b) { return parts_->isAbove(a, b); });
    for (const std::uint32_t part : parts) {
        const bool isFolded = std::ranges::find(foldedParts_, part) != foldedParts_.end();
        const QString summary = grouping_ == LaneGrouping::State ? QString() : outcomesOf(*trace_, divided[part]);
        order.add({{LaneGroup::Tasks, part}, parts_->titleOf(part), summary, isFolded, std::move(divided[part])});
    }
}

void LaneArrangement::takeByHand()
{
    if (!trace_)
        return;
    byHand_ = tasksInOrder();
    byHand_.insert(byHand_.end(), trace_->workers().begin(), trace_->workers().end());
    byHandEnd_ = static_cast<LaneId>(trace_->laneCount());
}

} // namespace loopscope
