// What recording costs the thread that is observed, and what building spans costs the one that shows them. All times are an event's.

#include "core/record/recorder.h"
#include "core/record/span_builder.h"

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>

using namespace loopscope;

namespace {

constexpr std::int64_t eventsAFrame = 16 * 1024;  // what comes between two drains at a million events a second
constexpr std::int64_t eventsABuild = 512 * 1024; // half of what a thread's buffer holds

class StoppedClock final : public Clock {
public:
    [[nodiscard]] Nanoseconds now() const noexcept override { return 0; }
};

void readClock(benchmark::State &state)
{
    const SteadyClock clock;
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(clock.ticks());
}

void record(benchmark::State &state, Clock &clock)
{
    Recorder recorder(clock);
    recorder.bindThread(loopLaneId);
    Recorder::Harvest harvest;
    std::uint32_t sequence = 0;
    while (state.KeepRunningBatch(eventsAFrame)) {
        for (std::int64_t i = 0; i < eventsAFrame; ++i)
            recorder.enter(1, sequence++, State::Running, 0, noLane);
        state.PauseTiming();
        recorder.harvest(harvest);
        for (Recorder::Batch &batch : harvest.batches) {
            while (!batch.events.empty())
                recorder.advance(batch);
        }
        state.ResumeTiming();
    }
    if (harvest.dropped > 0)
        state.SkipWithError("events were dropped");
}

void recordAnEvent(benchmark::State &state)
{
    SteadyClock clock;
    record(state, clock);
}

void recordAnEventWithoutTheClock(benchmark::State &state)
{
    StoppedClock clock;
    record(state, clock);
}

// A task's events as a loop records them: ready, running, awaiting, a thousand times over.
void recordTasks(Recorder &recorder, int tasks)
{
    for (int task = 1; task <= tasks; ++task) {
        const auto lane = static_cast<LaneId>(task);
        recorder.tell(TaskCreated{lane, noLane, recorder.clock().ticks(), "task " + std::to_string(task), "timer", {}});
        for (std::uint32_t i = 0; i < 1'023; ++i)
            recorder.enter(lane, i, taskStates[i % 3], 0, noLane);
        recorder.end(lane, 1'023);
    }
}

void drainAndBuildAnEvent(benchmark::State &state)
{
    constexpr int tasks = eventsABuild / 1'024;
    while (state.KeepRunningBatch(eventsABuild)) {
        state.PauseTiming();
        SteadyClock clock;
        Recorder recorder(clock);
        recorder.bindThread(loopLaneId);
        recordTasks(recorder, tasks);
        Trace trace;
        SpanBuilder builder(trace);
        state.ResumeTiming();
        builder.takeAll(recorder);
        state.PauseTiming();
        state.counters["bytes_a_span"] = static_cast<double>(trace.byteSize()) / static_cast<double>(trace.spanCount());
        if (trace.spanCount() < eventsABuild / 2 || trace.info().droppedEvents > 0)
            state.SkipWithError("not everything was built");
        state.ResumeTiming();
    }
}

BENCHMARK(readClock);
BENCHMARK(recordAnEvent);
BENCHMARK(recordAnEventWithoutTheClock);
BENCHMARK(drainAndBuildAnEvent);

} // namespace
