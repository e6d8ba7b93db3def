#include "ui/timeline/lane_arrangement.h"

#include "ui/timeline/lane_text.h"
#include "ui/timeline/rests_a_cost.h"

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

// Rows that change their places more often cannot be followed.
constexpr qint64 restMs = 1000;
// A new group had better not wait so long.
constexpr qint64 shortRestMs = 50;

using Keyed = std::pair<std::int64_t, LaneId>;

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
    besideFilter_.clear();
    byHand_.clear();
    parts_.reset();
    change();
}

void LaneArrangement::setReplay(std::shared_ptr<const Trace> trace)
{
    trace_ = std::move(trace);
    if (grouping_ == LaneGrouping::Folder)
        foldedParts_.clear(); // folders are numbered as they come
    parts_.reset();
    if (trace_ && sort_ == LaneSort::ByHand)
        addMissingByHand();
    change();
}

// Tasks that a state shown before did not have yet.
void LaneArrangement::addMissingByHand()
{
    const auto isNew = [this](LaneId task) { return task >= byHandEnd_; };
    std::ranges::copy_if(headsOf(*trace_), std::back_inserter(byHand_), isNew);
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

LaneGrouping LaneArrangement::grouping() const
{
    const LaneGrouping wanted = isImport() ? importGrouping_ : grouping_;
    return wanted == LaneGrouping::Process ? usualGrouping() : wanted;
}

LaneGrouping LaneArrangement::usualGrouping() const
{
    return isImport() && !trace_->processes().empty() ? LaneGrouping::Process : LaneGrouping::None;
}

void LaneArrangement::setGrouping(LaneGrouping grouping)
{
    LaneGrouping &wanted = isImport() ? importGrouping_ : grouping_;
    if (grouping == wanted)
        return;
    wanted = grouping;
    foldedParts_.clear();
    change();
}

// A trace that is being read may come to have processes.
void LaneArrangement::ensureParts()
{
    const LaneGrouping wanted = grouping();
    if (!trace_ || wanted == LaneGrouping::None)
        parts_.reset();
    else if (!parts_ || parts_->grouping() != wanted)
        parts_ = std::make_unique<LaneParts>(*trace_, wanted);
}

void LaneArrangement::setFilter(const TaskFilterTerms &terms)
{
    if (terms == filter_)
        return;
    filter_ = terms;
    besideFilter_.clear();
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

bool LaneArrangement::isAmongPinned(LaneId lane) const
{
    return std::ranges::find(pinned_, lane) != pinned_.end();
}

bool LaneArrangement::isPinned(LaneId lane) const
{
    return trace_ && trace_->hasLane(lane) && isAmongPinned(trace_->headOf(lane));
}

void LaneArrangement::setPinned(LaneId lane, bool isPinned)
{
    if (!trace_ || !trace_->hasLane(lane) || lane == loopLaneId || isPinned == this->isPinned(lane))
        return;
    const LaneId head = trace_->headOf(lane);
    if (isPinned && isHidden(head)) {
        hidden_[head] = false;
        --hiddenCount_;
    }
    isPinned ? pinned_.push_back(head) : static_cast<void>(std::erase(pinned_, head));
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
    std::erase(besideFilter_, lane);
}

void LaneArrangement::hide(LaneId lane)
{
    if (!trace_ || !trace_->hasLane(lane) || lane == loopLaneId || isHidden(trace_->headOf(lane)))
        return;
    hideQuietly(trace_->headOf(lane));
    change();
}

void LaneArrangement::hideOthers(LaneId task)
{
    if (!trace_ || !trace_->hasLane(task))
        return;
    const std::vector<LaneId> kept = pinned_;
    for (const LaneId other : headsOf(*trace_)) {
        if (other != trace_->headOf(task) && std::ranges::find(kept, other) == kept.end())
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

void LaneArrangement::reveal(LaneId lane)
{
    if (!trace_ || !trace_->hasLane(lane))
        return;
    const LaneId head = trace_->headOf(lane);
    const bool wasHidden = isHidden(head);
    if (wasHidden) {
        hidden_[head] = false;
        --hiddenCount_;
    }
    const bool isFiltered = groupOf(trace_->lane(head).kind) == LaneGroup::Tasks && !isAmongPinned(head) && !passesFilter(head);
    if (isFiltered)
        besideFilter_.insert(std::ranges::lower_bound(besideFilter_, head), head);
    if (wasHidden || isFiltered)
        change();
}

void LaneArrangement::forgetBesideFilter()
{
    if (besideFilter_.empty())
        return;
    besideFilter_.clear();
    change();
}

bool LaneArrangement::move(LaneId lane, std::size_t index)
{
    const auto place = order_->placeOf(lane);
    if (!place || lane == loopLaneId)
        return false;
    const LaneSection &section = order_->sections()[place->section];
    lane = trace_->headOf(lane);
    const LaneId neighbour = index < section.lanes.size() ? trace_->headOf(section.lanes[index]) : lane;
    if (neighbour == lane)
        return false;
    const bool isDown = index > place->index;
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

bool LaneArrangement::passesFilter(LaneId task) const
{
    return filter_.isEmpty() || matches(*trace_, task, filter_) || std::ranges::binary_search(besideFilter_, task);
}

bool LaneArrangement::isShown(LaneId task) const
{
    return !isHidden(task) && !isAmongPinned(task) && passesFilter(task);
}

// Whether what the lanes do changes their order.
bool LaneArrangement::isOfTheMoment() const
{
    const bool sortsValues = sort_ != LaneSort::Creation && sort_ != LaneSort::ByHand;
    return sortsValues || grouping() != LaneGrouping::None || filter_.areOfTheMoment();
}

bool LaneArrangement::isDue(qint64 leastMs) const
{
    return !age_.isValid() || age_.elapsed() >= std::max(leastMs, restsACost * cost_);
}

bool LaneArrangement::appendNew()
{
    bool hasNew = trace_->workers().size() != workersSeen_;
    isIncomplete_ = isIncomplete_ || hasNew;
    const std::vector<LaneId> &tasks = trace_->rows();
    for (; tasksSeen_ < tasks.size(); ++tasksSeen_)
        hasNew = appendTask(tasks[tasksSeen_]) || hasNew;
    return hasNew;
}

bool LaneArrangement::appendTask(LaneId task)
{
    const LaneId head = trace_->headOf(task);
    allTasks_ += head == task ? 1 : 0;
    if (sort_ == LaneSort::ByHand && task >= byHandEnd_) {
        if (head == task)
            byHand_.push_back(task);
        byHandEnd_ = task + 1;
    }
    if (!isShown(head))
        return false;
    const auto part = parts_ ? std::optional(parts_->partOf(task)) : std::nullopt;
    const auto section = order_->sectionOf({LaneGroup::Tasks, part});
    if (!mayAppend(section, task)) {
        isIncomplete_ = true;
        return false;
    }
    order_->append(*trace_, *section, task);
    shownTasks_ += head == task ? 1 : 0;
    return true;
}

// A row has its place below its thread, wherever that is.
bool LaneArrangement::mayAppend(std::optional<std::size_t> section, LaneId lane) const
{
    if (!section)
        return false;
    const LaneId head = trace_->headOf(lane);
    return head == lane || trace_->headOf(order_->sections()[*section].lanes.back()) == head;
}

void LaneArrangement::rebuild()
{
    QElapsedTimer cost;
    cost.start();
    auto order = std::make_shared<LaneOrder>();
    shownTasks_ = 0;
    if (trace_) {
        ensureParts();
        tasksSeen_ = trace_->rows().size();
        workersSeen_ = trace_->workers().size();
        wasFinished_ = trace_->info().finished;
        revision_ = trace_->revision();
        if (trace_->hasLoop())
            order->add(*trace_, {LaneGroup::Loop, {}, {}, false, {loopLaneId}});
        std::vector<LaneId> pinned = pinned_;
        std::erase_if(pinned, [this](LaneId lane) { return !trace_->hasLane(lane); });
        order->add(*trace_, {LaneGroup::Pinned, {}, {}, false, withRows(*trace_, pinned)});
        addTasks(*order);
        std::vector<LaneId> workers = sort_ == LaneSort::ByHand ? inHandOrder(trace_->workers()) : trace_->workers();
        std::erase_if(workers, [this](LaneId worker) { return isHidden(worker) || isAmongPinned(worker); });
        order->add(*trace_, {LaneGroup::Workers, {}, {}, false, std::move(workers)});
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
    // Lanes of a group are numbered in order, and so each is known by its number alone.
    std::vector<LaneId> ordered;
    ordered.reserve(lanes.size());
    const LaneGroup group = groupOf(trace_->lane(lanes.front()).kind);
    std::ranges::copy_if(byHand_, std::back_inserter(ordered),
                         [&](LaneId lane) { return trace_->hasLane(lane) && groupOf(trace_->lane(lane).kind) == group; });
    return ordered;
}

std::vector<LaneId> LaneArrangement::tasksInOrder() const
{
    std::vector<LaneId> tasks = headsOf(*trace_);
    if (sort_ == LaneSort::Creation)
        return tasks;
    if (sort_ == LaneSort::ByHand)
        return inHandOrder(tasks);
    std::vector<Keyed> keyed;
    keyed.reserve(tasks.size());
    for (const LaneId task : tasks)
        keyed.emplace_back(sortKey(*trace_, task, sort_), task);
    std::ranges::sort(keyed);
    std::vector<LaneId> ordered(keyed.size());
    std::ranges::transform(keyed, ordered.begin(), &Keyed::second);
    return ordered;
}

void LaneArrangement::addTasks(LaneOrder &order)
{
    std::vector<LaneId> tasks = tasksInOrder();
    allTasks_ = tasks.size();
    std::erase_if(tasks, [this](LaneId task) { return !isShown(task); });
    const auto isTask = [this](LaneId lane) { return trace_->hasLane(lane) && groupOf(trace_->lane(lane).kind) == LaneGroup::Tasks; };
    shownTasks_ = tasks.size() + static_cast<std::size_t>(std::ranges::count_if(pinned_, isTask));
    if (!parts_) {
        order.add(*trace_, {LaneGroup::Tasks, {}, {}, false, withRows(*trace_, tasks)});
        return;
    }
    for (LaneSection &section : partSections(*trace_, *parts_, tasks)) {
        section.isFolded = std::ranges::find(foldedParts_, *section.key.part) != foldedParts_.end();
        order.add(*trace_, std::move(section));
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
