#include "core/analysis/what_if.h"

#include "core/analysis/cpu_share.h"
#include "core/analysis/recorded_work.h"
#include "core/analysis/simulated_time.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <utility>

namespace loopscope {

namespace {

using Kind = WorkStep::Kind;

constexpr std::size_t nobody = SIZE_MAX;
constexpr std::size_t fewestLivingFiles = 256; // as fewestLiving of core/workload/file_reading.cpp, which this must not see
constexpr int mostWorkers = 1024;              // that a run can have; what a file says is a stranger's
// What it takes the loop to hand a call to the pool, of processor time, which a run that made it on the loop does not show: so much more
// did it take for each of 20,000 small files that were read on the pool, on machines of 2026.
constexpr Nanoseconds handOver = 1'000;
// Some milliseconds, between two looks at whether it is to stop.
constexpr std::uint64_t eventsALook = 4096;
constexpr std::size_t tasksALook = 4096;

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
        , time_(work_.cores)
        , slots_(change.hasEndlessInFlight ? SIZE_MAX : static_cast<std::size_t>(std::max(1, recorded.info().inFlight)))
        , freeSlots_(slots_)
    {
        const int workers = std::clamp(change.workers.value_or(recorded.info().workers), 1, mostWorkers);
        for (int i = 1; i <= workers; ++i)
            sleepingWorkers_.push_back(trace_.addLane(LaneKind::Worker, "#" + std::to_string(i), 0));
    }

    /// False if it was stopped.
    [[nodiscard]] bool run(const std::stop_token &stop)
    {
        if (!arrange(stop))
            return false;
        for (std::uint64_t events = 0; tasksEnded_ < tasks_.size() && time_.advance(); ++events) {
            if (events % eventsALook == 0 && stop.stop_requested())
                return false;
        }
        trace_.advanceTo(time_.now());
        return true;
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

    /// False if it was stopped.
    [[nodiscard]] bool arrange(const std::stop_token &stop)
    {
        for (std::size_t i = 0; i < work_.tasks.size(); ++i) {
            if (i % tasksALook == 0 && stop.stop_requested())
                return false;
            numbers_.emplace(work_.tasks[i].task, i);
        }
        for (std::size_t i = 0; i < work_.tasks.size(); ++i) {
            if (i % tasksALook == 0 && stop.stop_requested())
                return false;
            const RecordedTask &task = work_.tasks[i];
            const auto parent = numbers_.find(task.parent);
            if (parent != numbers_.end())
                tasks_[parent->second].children.push_back(i);
            else if (waitsForSlot(task))
                filesToMake_.push_back(i);
            else
                time_.at(task.begin, [this, i] { make(i, noLane); });
        }
        time_.at(firstBegin(), [this] { makeFiles(); });
        return true;
    }
    [[nodiscard]] bool waitsForSlot(const RecordedTask &task) const
    {
        return task.waitsForSlot || (task.isReadOnLoop && change_.movesLoopJobs);
    }
    [[nodiscard]] Nanoseconds firstBegin() const { return work_.tasks.front().begin; }

    /// `more` is of processor time, if the step uses any.
    void after(const WorkStep &step, Nanoseconds more, std::function<void()> happen)
    {
        step.usesCpu ? time_.afterCpu(step.length + more, std::move(happen)) : time_.afterTime(step.length, std::move(happen));
    }

    // Tasks.

    void make(std::size_t number, LaneId maker)
    {
        Task &task = tasks_[number];
        const Lane &lane = recorded_.lane(work_.tasks[number].task);
        task.lane = trace_.addLane(LaneKind::Task, lane.name, time_.now());
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

    /// As many as there are slots, or fewestLivingFiles.
    void makeFiles()
    {
        while (!filesToMake_.empty() && livingFiles_ < std::max(slots_, fewestLivingFiles)) {
            const std::size_t number = filesToMake_.front();
            filesToMake_.pop_front();
            ++livingFiles_;
            make(number, noLane);
        }
    }

    void beReady(std::size_t number, LaneId waker)
    {
        trace_.enter(tasks_[number].lane, time_.now(), State::Ready, 0, waker);
        if (waker != noLane)
            trace_.addWake({time_.now(), waker, tasks_[number].lane});
        const bool isLoopAsleep = running_ == nobody && ready_.empty();
        ready_.push_back(number);
        if (isLoopAsleep && waker != noLane && trace_.lane(waker).kind == LaneKind::Worker)
            wakeLoop();
        runNext();
    }

    void wakeLoop()
    {
        isLoopWaking_ = true;
        time_.afterTime(work_.delays.loop, [this] {
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
        trace_.enter(loopLaneId, time_.now(), State::Running, 0, noLane);
        const Nanoseconds overhead = work_.loopOverhead.aTurn + (isLoopAtWork_ ? 0 : work_.loopOverhead.aStretch);
        isLoopAtWork_ = true;
        time_.afterCpu(overhead, [this] { proceed(running_); }); // an event, for calls would nest as deep as there are tasks
    }

    void letGo()
    {
        running_ = nobody;
        trace_.leave(loopLaneId, time_.now());
        isLoopAtWork_ = !ready_.empty();
        runNext();
    }

    [[nodiscard]] const std::vector<WorkStep> &stepsOf(std::size_t number) const { return work_.tasks[number].steps; }

    /// The task that holds the loop takes its next step.
    void proceed(std::size_t number)
    {
        Task &task = tasks_[number];
        const std::vector<WorkStep> &steps = stepsOf(number);
        while (task.step < steps.size() && steps[task.step].kind == Kind::Slot && hasSlotNow(task))
            ++task.step;
        makeChildren(number);
        if (task.step == steps.size())
            return end(number);
        const WorkStep &step = steps[task.step++];
        if (step.kind == Kind::Run || (step.kind == Kind::Block && !change_.movesLoopJobs))
            return holdLoop(number, step);
        if (step.kind == Kind::Block) {
            trace_.enter(task.lane, time_.now(), State::Running, siteOf(step), noLane);
            return time_.afterCpu(handOver, [this, number, &step] { leaveLoop(number, step); });
        }
        leaveLoop(number, step);
    }

    /// Whether the task has a slot, or gets one without waiting.
    bool hasSlotNow(Task &task)
    {
        if (!task.hasSlot && freeSlots_ > 0) {
            --freeSlots_;
            task.hasSlot = true;
        }
        return task.hasSlot;
    }

    void holdLoop(std::size_t number, const WorkStep &step)
    {
        const LaneId task = tasks_[number].lane;
        const State state = step.kind == Kind::Run ? State::Running : State::Blocking;
        trace_.enter(task, time_.now(), state, siteOf(step), noLane);
        if (state == State::Blocking)
            trace_.enter(loopLaneId, time_.now(), state, siteOf(step), task);
        else if (trace_.loop().open()->state == State::Blocking)
            trace_.enter(loopLaneId, time_.now(), state, 0, noLane);
        after(step, 0, [this, number] { proceed(number); });
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
            trace_.enter(task.lane, time_.now(), State::Queued, siteOf(step), noLane);
            jobs_.emplace_back(number, &step);
            wakeWorker();
            return;
        }
        trace_.enter(task.lane, time_.now(), State::Awaiting, siteOf(step), noLane);
        if (step.kind == Kind::Sleep)
            time_.afterTime(step.length, [this, number] { beReady(number, loopLaneId); });
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
            time_.afterTime(0, [this, number] { beReady(number, noLane); });
    }

    void awaitTask(std::size_t number, LaneId other)
    {
        const auto found = numbers_.find(other);
        if (found == numbers_.end() || tasks_[found->second].hasEnded)
            time_.afterTime(0, [this, number] { beReady(number, noLane); });
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
        ++tasksEnded_;
        trace_.end(task.lane, time_.now());
        const Outcome outcome = recorded_.lane(work_.tasks[number].task).task.outcome;
        trace_.changeTask(task.lane, [outcome](TaskFacts &facts) { facts.outcome = outcome; });
        const LaneId lane = task.lane;
        for (const std::size_t waiter : std::exchange(task.waiters, {}))
            beReady(waiter, lane);
        if (task.hasSlot)
            giveSlotBack(lane);
        if (waitsForSlot(work_.tasks[number]) && !numbers_.contains(work_.tasks[number].parent)) {
            --livingFiles_;
            makeFiles();
        }
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
        time_.afterTime(work_.delays.worker, [this, worker] { takeJob(worker, work_.delays.coldJob); });
    }

    /// A worker that is awake does the next job, if there is one. One that computes takes so much `more` processor time than usual.
    void takeJob(LaneId worker, Nanoseconds more)
    {
        if (jobs_.empty()) {
            sleepingWorkers_.push_back(worker);
            return;
        }
        const auto [number, step] = jobs_.front();
        jobs_.pop_front();
        trace_.enter(tasks_[number].lane, time_.now(), State::InWorker, siteOf(*step), worker);
        trace_.enter(worker, time_.now(), State::InWorker, siteOf(*step), tasks_[number].lane);
        readers_ += step->crowding > 0 ? 1 : 0;
        const double slowdown = readingSlowdown(readers_, step->crowding, work_.cores);
        more += std::llround(static_cast<double>(step->length) * (slowdown - 1));
        after(*step, more, [this, number = number, step = step, worker] {
            readers_ -= step->crowding > 0 ? 1 : 0;
            trace_.leave(worker, time_.now());
            besidesLeft_ += step->usesCpu ? work_.besidesAJob : 0;
            if (!isDoingBesides_)
                doBesides();
            takeJob(worker, 0);
            beReady(number, worker);
        });
    }

    /// One more thread, which takes its share of the cores.
    void doBesides()
    {
        isDoingBesides_ = besidesLeft_ > 0;
        if (isDoingBesides_)
            time_.afterCpu(std::exchange(besidesLeft_, 0), [this] { doBesides(); });
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
    SimulatedTime time_;
    int readers_ = 0;
    Nanoseconds besidesLeft_ = 0;
    bool isDoingBesides_ = false;
    std::size_t tasksEnded_ = 0;
    std::size_t running_ = nobody;
    bool isLoopWaking_ = false;
    bool isLoopAtWork_ = false; // without a pause
    std::deque<std::size_t> ready_;
    std::deque<LaneId> sleepingWorkers_;
    std::deque<std::pair<std::size_t, const WorkStep *>> jobs_;
    const std::size_t slots_;
    std::size_t freeSlots_;
    std::deque<std::size_t> slotQueue_;
    std::deque<std::size_t> filesToMake_;
    std::size_t livingFiles_ = 0;
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

std::shared_ptr<Trace> predictRun(const Trace &trace, const WhatIf &change, const std::stop_token &stop)
{
    auto predicted = std::make_shared<Trace>();
    bool isComplete = true;
    if (!trace.tasks().empty()) {
        auto work = recordedWorkOf(trace, stop);
        if (!work)
            return nullptr;
        Machine machine(trace, *std::move(work), change, *predicted);
        if (!machine.run(stop))
            return nullptr;
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
