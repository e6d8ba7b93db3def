#include "tests/support/synthetic_trace.h"

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace loopscope::test {

namespace {

constexpr int workers = 4;
constexpr Nanoseconds runLength = 600 * nanosecondsPerSecond;
constexpr int meanLength = 50; // of a span, in units; about
constexpr int spansAWake = 64;

class Generator {
public:
    explicit Generator(Trace &trace)
        : trace_(trace)
    {
    }

    /// Gives the trace the wakes of all tasks that were added.
    void addWakes() { trace_.addWakes(std::move(wakes_)); }

    // Raw bits of the generator, for the distributions of <random> are each library's own.
    [[nodiscard]] bool happensOnceIn(unsigned times) { return random_() % times == 0; }

    Nanoseconds lengthOf(State state)
    {
        if (favouredFor_-- == 0) {
            favoured_ = taskStates[random_() % taskStates.size()];
            favouredFor_ = 1U << random_() % 13;
        }
        const unsigned longest = state == favoured_ ? 11 : 8;
        return unit_ << random_() % longest;
    }

    void addBusyLane(LaneId lane, int spans, State state)
    {
        unit_ = unitFor(2 * spans); // with what is between them
        Nanoseconds at = 0;
        for (int i = 0; i < spans; ++i) {
            const State entered = lane == loopLaneId && happensOnceIn(10'000) ? State::Blocking : state;
            trace_.enter(lane, at, entered, 0, noLane);
            at += lengthOf(state);
            trace_.leave(lane, at);
            at += lengthOf(State::Awaiting);
        }
    }

    void addTask(int number, int spans)
    {
        const LaneId lane = trace_.addLane(LaneKind::Task, "task " + std::to_string(number), 0);
        unit_ = unitFor(spans);
        Nanoseconds at = 0;
        State state = State::Ready;
        LaneId waker = loopLaneId; // after a timer
        for (int i = 0; i < spans; ++i) {
            LaneId peer = noLane;
            if (state == State::InWorker)
                peer = waker = static_cast<LaneId>(1 + random_() % workers);
            else if (state == State::Ready)
                peer = waker;
            else if (state == State::Awaiting)
                waker = loopLaneId;
            trace_.enter(lane, at, state, 0, peer);
            if (state == State::Ready && i % spansAWake == 0)
                wakes_.push_back({at, waker, lane});
            at += lengthOf(state);
            state = after(state);
        }
        trace_.end(lane, at);
        trace_.changeTask(lane, [&](TaskFacts &facts) {
            facts.outcome = number % 100 == 0 ? Outcome::Failed : Outcome::Done;
            facts.result = trace_.internName("Finished");
        });
    }

private:
    // So that spans of lengthOf() fill the run.
    static Nanoseconds unitFor(int spans) { return std::max<Nanoseconds>(1, runLength / spans / meanLength); }

    State after(State state)
    {
        switch (state) {
        case State::Ready:
            return happensOnceIn(2'500) ? State::Blocking : State::Running;
        case State::Running:
        case State::Blocking:
            return happensOnceIn(2) ? State::Awaiting : State::Queued;
        case State::Queued:
            return State::InWorker;
        case State::Awaiting:
        case State::InWorker:
        case State::Slice:
            break;
        }
        return State::Ready;
    }

    Trace &trace_;
    std::vector<Wake> wakes_;
    std::mt19937 random_{20'260'101};
    Nanoseconds unit_ = 1;
    State favoured_ = State::Running;
    unsigned favouredFor_ = 0; // spans more
};

std::shared_ptr<Trace> emptyTrace()
{
    auto trace = std::make_shared<Trace>();
    for (int i = 1; i <= workers; ++i)
        trace->addLane(LaneKind::Worker, "#" + std::to_string(i), 0);
    return trace;
}

void finish(Trace &trace)
{
    trace.changeInfo([&](RunInfo &info) {
        info.title = "synthetic";
        info.workers = workers;
        info.wall = trace.now();
        info.finished = true;
    });
}

} // namespace

SyntheticSize screenFilling(int spans)
{
    return {spans, std::clamp(spans / 1'000, 40, 10'000)};
}

std::shared_ptr<Trace> syntheticTrace(SyntheticSize size)
{
    auto trace = emptyTrace();
    Generator generator(*trace);
    generator.addBusyLane(loopLaneId, size.spans / 8, State::Running);
    for (LaneId worker = 1; worker <= workers; ++worker)
        generator.addBusyLane(worker, size.spans / 8 / workers, State::InWorker);
    const int dense = std::min(size.tasks, std::max(40, size.tasks / 10));
    const int sparse = size.tasks - dense;
    const int left = size.spans / 4 * 3;
    for (int i = 1; i <= dense; ++i)
        generator.addTask(i, left / dense / (sparse > 0 ? 2 : 1));
    for (int i = 1; i <= sparse; ++i)
        generator.addTask(dense + i, left / 2 / sparse);
    generator.addWakes();
    finish(*trace);
    return trace;
}

std::shared_ptr<Trace> syntheticTask(int spans)
{
    auto trace = emptyTrace();
    Generator generator(*trace);
    generator.addTask(1, spans);
    generator.addWakes();
    finish(*trace);
    return trace;
}

} // namespace loopscope::test
