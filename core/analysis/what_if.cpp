#include "core/analysis/what_if.h"

#include "core/analysis/recorded_work.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <functional>
#include <map>
#include <queue>
#include <string>
#include <utility>

namespace loopscope {

namespace {

using Kind = WorkStep::Kind;

constexpr std::size_t nobody = SIZE_MAX;
constexpr int mostWorkers = 1024; // that a run can have; what a file says is a stranger's
// What it takes to hand a call to the pool and to take its result back, of processor time, which a run that made it on the loop does not
// show: so much longer did reading 20,000 small files take on the pool, on a machine of 2026. The benchmark `hop`, with nothing to read,
// takes 2 µs.
constexpr Nanoseconds handOver = 3'000;

/// The machine on which it is done again: one loop and a pool of workers, which sleep when they have nothing to do and take a while to
/// wake, and some cores, which those who compute share.
class Machine {
public:
    Machine(const Trace &recorded, RecordedWork work, const WhatIf &change, Trace &predicted)
        : recorded_(recorded)
        , work_(std::move(work))
        , change_(change)
        , trace_(predicted)
        , tasks_(work_.tasks.size())
        , freeSlots_(change.hasEndlessInFlight ? SIZE_MAX : static_cast<std::size_t>(std::max(1, recorded.info().inFlight)))
    {
        const int workers = std::clamp(change.workers.value_or(recorded.info().workers), 1, mostWorkers);
        for (int i = 1; i <= workers; ++i)
            sleepingWorkers_.push_back(trace_.addLane(LaneKind::Worker, "#" + std::to_string(i), 0));
        arrange();
    }

    void run()
    {
        while (advance()) { }
        trace_.advanceTo(now_);
    }
    /// Whether every task has ended that did so in the recording.
    [[nodiscard]] bool isComplete() const
    {
        for (std::size_t i = 0; i < tasks_.size(); ++i) {
            if (!tasks_[i].hasEnded && recorded_.lane(work_.tasks[i].task).hasEnded())
                return false;
        }
        return true;
    }

private:
    struct Task {
        LaneId lane = noLane;
        std::size_t step = 0;         ///< that goes on, or comes next
        std::size_t childrenLeft = 0; ///< made and not ended
        bool awaitsChildren = false;
        bool hasSlot = false;
        bool hasEnded = false;
        std::vector<std::size_t> children{}; ///< in the order in which it makes them
        std::size_t madeChildren = 0;
        std::vector<std::size_t> waiters{}; ///< for its end
    };
    /// Something that ends at a time, or when so much CPU time has passed.
    struct Event {
        double at;
        std::uint64_t order;
        std::function<void()> happen;

        bool operator>(const Event &other) const { return std::pair(at, order) > std::pair(other.at, other.order); }
    };
    using Events = std::priority_queue<Event, std::vector<Event>, std::greater<>>;

    void arrange()
    {
        std::map<LaneId, std::size_t> numbers;
        for (std::size_t i = 0; i < work_.tasks.size(); ++i)
            numbers.emplace(work_.tasks[i].task, i);
        for (std::size_t i = 0; i < work_.tasks.size(); ++i) {
            const RecordedTask &task = work_.tasks[i];
            const auto parent = numbers.find(task.parent);
            if (parent != numbers.end())
                tasks_[parent->second].children.push_back(i);
            else
                at(waitsForSlot(task) ? firstBegin() : task.begin, [this, i] { make(i, noLane); });
        }
        numbers_ = std::move(numbers);
    }
    [[nodiscard]] bool waitsForSlot(const RecordedTask &task) const
    {
        return task.waitsForSlot || (task.isReadOnLoop && change_.movesLoopJobs);
    }
    [[nodiscard]] Nanoseconds firstBegin() const { return work_.tasks.front().begin; }

    // Time.

    void at(Nanoseconds time, std::function<void()> happen) { events_.push({static_cast<double>(time), ++order_, std::move(happen)}); }
    void afterTime(Nanoseconds length, std::function<void()> happen) { at(now_ + length, std::move(happen)); }
    void afterCpu(Nanoseconds length, std::function<void()> happen)
    {
        ++computing_;
        cpuEvents_.push({cpu_ + static_cast<double>(length), ++order_, [this, happen = std::move(happen)] {
                             --computing_;
                             happen();
                         }});
    }
    void after(const WorkStep &step, std::function<void()> happen)
    {
        step.usesCpu ? afterCpu(step.length, std::move(happen)) : afterTime(step.length, std::move(happen));
    }
    [[nodiscard]] double rate() const { return computing_ > work_.cores ? static_cast<double>(work_.cores) / computing_ : 1; }

    /// Lets the next event happen; false if there is none.
    bool advance()
    {
        if (events_.empty() && cpuEvents_.empty())
            return false;
        const double time = static_cast<double>(now_);
        const double nextTime = events_.empty() ? HUGE_VAL : events_.top().at;
        const double nextCpu = cpuEvents_.empty() ? HUGE_VAL : time + (cpuEvents_.top().at - cpu_) / rate();
        Events &events = nextCpu <= nextTime ? cpuEvents_ : events_;
        const double to = std::max(time, std::min(nextTime, nextCpu));
        cpu_ = &events == &cpuEvents_ ? cpuEvents_.top().at : cpu_ + (to - time) * rate();
        now_ = std::max(now_, static_cast<Nanoseconds>(std::llround(to)));
        const auto happen = events.top().happen;
        events.pop();
        happen();
        return true;
    }

    // Tasks.

    void make(std::size_t number, LaneId maker)
    {
        Task &task = tasks_[number];
        const Lane &lane = recorded_.lane(work_.tasks[number].task);
        task.lane = trace_.addLane(LaneKind::Task, lane.name, now_);
        const LaneId parent = maker;
        trace_.changeTask(task.lane, [&](TaskFacts &facts) {
            facts.kind = trace_.internName(recorded_.name(lane.task.kind));
            facts.result = trace_.internName(recorded_.name(lane.task.result));
            facts.error = trace_.internName(recorded_.name(lane.task.error));
            facts.parent = parent;
            if (lane.task.file)
                facts.file = std::make_unique<FileFacts>(*lane.task.file);
        });
        beReady(number, maker);
    }

    void beReady(std::size_t number, LaneId waker)
    {
        trace_.enter(tasks_[number].lane, now_, State::Ready, 0, waker);
        if (waker != noLane)
            trace_.addWake({now_, waker, tasks_[number].lane});
        const bool isLoopAsleep = running_ == nobody && ready_.empty();
        ready_.push_back(number);
        if (isLoopAsleep && waker != noLane && trace_.lane(waker).kind == LaneKind::Worker)
            wakeLoop();
        runNext();
    }

    void wakeLoop()
    {
        isLoopWaking_ = true;
        afterTime(work_.delays.loop, [this] {
            isLoopWaking_ = false;
            runNext();
        });
    }

    void runNext()
    {
        if (isLoopWaking_ || running_ != nobody || ready_.empty())
            return;
        running_ = ready_.front();
        ready_.pop_front();
        trace_.enter(loopLaneId, now_, State::Running, 0, noLane);
        afterCpu(work_.loopOverhead, [this] { proceed(running_); }); // an event, for calls would nest as deep as there are tasks
    }

    void letGo()
    {
        running_ = nobody;
        trace_.leave(loopLaneId, now_);
        runNext();
    }

    [[nodiscard]] const std::vector<WorkStep> &stepsOf(std::size_t number) const { return work_.tasks[number].steps; }

    /// The task that holds the loop takes its next step.
    void proceed(std::size_t number)
    {
        makeChildren(number);
        Task &task = tasks_[number];
        if (task.step == stepsOf(number).size())
            return end(number);
        const WorkStep &step = stepsOf(number)[task.step++];
        if (step.kind == Kind::Slot && freeSlots_ > 0) { // there is nothing to wait for
            --freeSlots_;
            task.hasSlot = true;
            return proceed(number);
        }
        if (step.kind == Kind::Run || (step.kind == Kind::Block && !change_.movesLoopJobs)) {
            const State state = step.kind == Kind::Run ? State::Running : State::Blocking;
            trace_.enter(task.lane, now_, state, siteOf(step), noLane);
            if (state == State::Blocking)
                trace_.enter(loopLaneId, now_, state, siteOf(step), task.lane);
            return after(step, [this, number] { proceed(number); });
        }
        if (step.kind == Kind::Block) {
            trace_.enter(task.lane, now_, State::Running, siteOf(step), noLane);
            return afterCpu(handOver, [this, number, &step] { leaveLoop(number, step); });
        }
        leaveLoop(number, step);
    }

    void leaveLoop(std::size_t number, const WorkStep &step)
    {
        suspend(number, step);
        letGo();
    }

    void suspend(std::size_t number, const WorkStep &step)
    {
        Task &task = tasks_[number];
        if (step.kind == Kind::Job || step.kind == Kind::Block) {
            trace_.enter(task.lane, now_, State::Queued, siteOf(step), noLane);
            jobs_.emplace_back(number, &step);
            wakeWorker();
            return;
        }
        trace_.enter(task.lane, now_, State::Awaiting, siteOf(step), noLane);
        if (step.kind == Kind::Sleep)
            afterTime(step.length, [this, number] { beReady(number, loopLaneId); });
        else if (step.kind == Kind::Slot)
            slotQueue_.push_back(number);
        else if (step.kind == Kind::Children)
            awaitChildren(number);
        else
            awaitTask(number, step.task);
    }

    void awaitChildren(std::size_t number)
    {
        tasks_[number].awaitsChildren = tasks_[number].childrenLeft > 0;
        if (!tasks_[number].awaitsChildren)
            afterTime(0, [this, number] { beReady(number, noLane); });
    }

    void awaitTask(std::size_t number, LaneId other)
    {
        const auto found = numbers_.find(other);
        if (found == numbers_.end() || tasks_[found->second].hasEnded)
            afterTime(0, [this, number] { beReady(number, noLane); });
        else
            tasks_[found->second].waiters.push_back(number);
    }

    /// Those that it had made by this step.
    void makeChildren(std::size_t number)
    {
        Task &task = tasks_[number];
        while (task.madeChildren < task.children.size()) {
            const std::size_t child = task.children[task.madeChildren];
            if (work_.tasks[child].parentSteps > task.step && task.step < stepsOf(number).size())
                return;
            ++task.madeChildren;
            ++task.childrenLeft;
            make(child, task.lane);
        }
    }

    void end(std::size_t number)
    {
        Task &task = tasks_[number];
        task.hasEnded = true;
        trace_.end(task.lane, now_);
        const Outcome outcome = recorded_.lane(work_.tasks[number].task).task.outcome;
        trace_.changeTask(task.lane, [outcome](TaskFacts &facts) { facts.outcome = outcome; });
        const LaneId lane = task.lane;
        for (const std::size_t waiter : std::exchange(task.waiters, {}))
            beReady(waiter, lane);
        if (task.hasSlot)
            giveSlotBack(lane);
        if (const auto parent = numbers_.find(work_.tasks[number].parent); parent != numbers_.end()) {
            Task &waiting = tasks_[parent->second];
            if (--waiting.childrenLeft == 0 && std::exchange(waiting.awaitsChildren, false))
                beReady(parent->second, lane);
        }
        letGo();
    }

    void giveSlotBack(LaneId from)
    {
        if (slotQueue_.empty()) {
            ++freeSlots_;
            return;
        }
        const std::size_t next = slotQueue_.front();
        slotQueue_.pop_front();
        tasks_[next].hasSlot = true;
        beReady(next, from);
    }

    // Jobs.

    void wakeWorker()
    {
        if (sleepingWorkers_.empty())
            return;
        const LaneId worker = sleepingWorkers_.front();
        sleepingWorkers_.pop_front();
        afterTime(work_.delays.worker, [this, worker] { takeJob(worker); });
    }

    /// A worker that is awake does the next job, or sleeps.
    void takeJob(LaneId worker)
    {
        if (jobs_.empty()) {
            sleepingWorkers_.push_back(worker);
            return;
        }
        const auto [number, step] = jobs_.front();
        jobs_.pop_front();
        trace_.enter(tasks_[number].lane, now_, State::InWorker, siteOf(*step), worker);
        trace_.enter(worker, now_, State::InWorker, siteOf(*step), tasks_[number].lane);
        after(*step, [this, number = number, worker] {
            trace_.leave(worker, now_);
            takeJob(worker);
            beReady(number, worker);
        });
    }

    SiteId siteOf(const WorkStep &step)
    {
        const Site &site = recorded_.site(step.site);
        return trace_.internSite(recorded_.name(site.reason), recorded_.name(site.file), recorded_.name(site.function), site.line);
    }

    const Trace &recorded_;
    const RecordedWork work_;
    const WhatIf change_;
    Trace &trace_;
    std::vector<Task> tasks_; // by their number, as those of work_
    std::map<LaneId, std::size_t> numbers_;
    Nanoseconds now_ = 0;
    double cpu_ = 0; // that one who computes all the time has had
    int computing_ = 0;
    std::uint64_t order_ = 0;
    Events events_;
    Events cpuEvents_;
    std::size_t running_ = nobody;
    bool isLoopWaking_ = false;
    std::deque<std::size_t> ready_;
    std::deque<LaneId> sleepingWorkers_;
    std::deque<std::pair<std::size_t, const WorkStep *>> jobs_;
    std::size_t freeSlots_;
    std::deque<std::size_t> slotQueue_;
};

std::string titleOf(const Trace &trace, const WhatIf &change)
{
    std::string title = trace.info().title;
    if (change.workers)
        title += ", " + std::to_string(*change.workers) + (*change.workers == 1 ? " worker" : " workers");
    if (change.movesLoopJobs)
        title += ", no blocking of the loop";
    if (change.hasEndlessInFlight)
        title += ", all files in flight";
    return title;
}

} // namespace

std::shared_ptr<Trace> predictRun(const Trace &trace, const WhatIf &change)
{
    auto predicted = std::make_shared<Trace>();
    bool isComplete = true;
    if (!trace.tasks().empty()) {
        Machine machine(trace, recordedWorkOf(trace), change, *predicted);
        machine.run();
        isComplete = machine.isComplete();
    }
    predicted->changeInfo([&](RunInfo &info) {
        info.title = titleOf(trace, change);
        info.workers = change.workers.value_or(trace.info().workers);
        info.inFlight = trace.info().inFlight;
        info.cores = trace.info().cores;
        info.stallThreshold = trace.info().stallThreshold;
        info.startedUnixNs = trace.info().startedUnixNs;
        info.wall = predicted->now();
        info.notes.emplace_back("this is a prediction, and nothing of it was measured");
        if (!isComplete)
            info.notes.emplace_back("it is too short: some tasks wait for what the recording does not explain");
        info.finished = true;
    });
    return predicted;
}

} // namespace loopscope
