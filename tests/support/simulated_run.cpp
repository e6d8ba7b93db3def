#include "tests/support/simulated_run.h"

#include <deque>
#include <functional>
#include <map>
#include <utility>

namespace loopscope::test {

namespace {

class Simulation {
public:
    Simulation(Trace &trace, int workers)
        : trace_(trace)
    {
        for (int i = 1; i <= workers; ++i)
            freeWorkers_.push_back(trace.addLane(LaneKind::Worker, "#" + std::to_string(i), 0));
    }

    void run(const std::vector<SimulatedTask> &tasks)
    {
        for (const SimulatedTask &task : tasks)
            spawn(task, noLane);
        runNext();
        while (!events_.empty()) {
            const auto event = events_.extract(events_.begin());
            now_ = event.key().first;
            event.mapped()();
        }
        trace_.advanceTo(now_);
    }

private:
    using Kind = SimulatedStep::Kind;

    struct Task {
        const SimulatedTask *plan = nullptr;
        LaneId parent = noLane;
        std::size_t next = 0;
        std::size_t childrenLeft = 0;
    };

    void after(Nanoseconds delay, std::function<void()> action)
    {
        events_.emplace(std::pair(now_ + delay, ++eventCount_), std::move(action));
    }

    void spawn(const SimulatedTask &plan, LaneId parent)
    {
        const LaneId id = trace_.addLane(LaneKind::Task, plan.name, now_);
        const NameId kind = trace_.internName(plan.kind);
        trace_.changeTask(id, [&](TaskFacts &facts) {
            facts.parent = parent;
            facts.kind = kind;
        });
        tasks_[id] = {&plan, parent};
        trace_.enter(id, now_, State::Ready, 0, parent);
        ready_.push_back(id);
    }

    void wake(LaneId id, LaneId waker)
    {
        trace_.enter(id, now_, State::Ready, 0, waker);
        trace_.addWake({now_, waker, id});
        ready_.push_back(id);
        runNext();
    }

    void runNext()
    {
        if (isBusy_ || ready_.empty())
            return;
        isBusy_ = true;
        trace_.enter(loopLaneId, now_, State::Running, 0, noLane);
        const LaneId id = ready_.front();
        ready_.pop_front();
        proceed(id);
    }

    void proceed(LaneId id)
    {
        Task &task = tasks_[id];
        if (task.next == task.plan->steps.size())
            return end(id);
        const SimulatedStep &step = task.plan->steps[task.next++];
        if (step.kind == Kind::Run || step.kind == Kind::Block) {
            const State state = step.kind == Kind::Run ? State::Running : State::Blocking;
            trace_.enter(id, now_, state, 0, noLane);
            trace_.enter(loopLaneId, now_, state, 0, state == State::Blocking ? id : noLane);
            return after(step.length, [this, id] { proceed(id); });
        }
        if (step.kind == Kind::Job) {
            trace_.enter(id, now_, State::Queued, siteOf(step), noLane);
            jobs_.emplace_back(id, &step);
            beginJobs();
        } else {
            trace_.enter(id, now_, State::Awaiting, 0, noLane);
            task.childrenLeft = step.children.size();
            for (const SimulatedTask &child : step.children)
                spawn(child, id);
            if (step.kind == Kind::Sleep)
                after(step.length, [this, id] { wake(id, loopLaneId); });
        }
        letGo();
    }

    void end(LaneId id)
    {
        trace_.end(id, now_);
        trace_.changeTask(id, [](TaskFacts &facts) { facts.outcome = Outcome::Done; });
        isBusy_ = false;
        trace_.leave(loopLaneId, now_);
        const LaneId parent = tasks_[id].parent;
        if (parent != noLane && --tasks_[parent].childrenLeft == 0)
            return wake(parent, id);
        runNext();
    }

    void letGo()
    {
        isBusy_ = false;
        trace_.leave(loopLaneId, now_);
        runNext();
    }

    void beginJobs()
    {
        while (!jobs_.empty() && !freeWorkers_.empty()) {
            const auto [id, step] = jobs_.front();
            const LaneId worker = freeWorkers_.front();
            jobs_.pop_front();
            freeWorkers_.pop_front();
            trace_.enter(id, now_, State::InWorker, siteOf(*step), worker);
            trace_.enter(worker, now_, State::InWorker, siteOf(*step), id);
            after(step->length, [this, id, worker] {
                trace_.leave(worker, now_);
                freeWorkers_.push_back(worker);
                beginJobs();
                wake(id, worker);
            });
        }
    }

    SiteId siteOf(const SimulatedStep &step)
    {
        return trace_.internSite("call " + std::to_string(step.line), "test.cpp", "body", step.line);
    }

    Trace &trace_;
    Nanoseconds now_ = 0;
    int eventCount_ = 0;
    std::map<std::pair<Nanoseconds, int>, std::function<void()>> events_;
    std::map<LaneId, Task> tasks_;
    std::deque<LaneId> ready_;
    std::deque<LaneId> freeWorkers_;
    std::deque<std::pair<LaneId, const SimulatedStep *>> jobs_;
    bool isBusy_ = false;
};

} // namespace

std::shared_ptr<Trace> simulatedRun(const std::vector<SimulatedTask> &tasks, int workers, int cores)
{
    auto trace = std::make_shared<Trace>();
    Simulation(*trace, workers).run(tasks);
    trace->changeInfo([&](RunInfo &info) {
        info.workers = workers;
        info.cores = cores;
        info.wall = trace->now();
        info.finished = true;
    });
    return trace;
}

} // namespace loopscope::test
