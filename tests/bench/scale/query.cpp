// What the geometry of one lane costs on a screen that is 1920 pixels wide, by how many spans the lane has.

#include "tests/support/synthetic_trace.h"
#include "ui/timeline/span_boxes.h"

#include <benchmark/benchmark.h>

using namespace loopscope;

namespace {

void queryALane(benchmark::State &state)
{
    const auto trace = test::syntheticTask(static_cast<int>(state.range(0)));
    const LaneId lane = trace->tasks().front();
    std::size_t boxes = 0;
    for ([[maybe_unused]] auto _ : state) {
        const LaneBoxes result = spanBoxes(*trace, lane, {trace->extent(), 1920});
        boxes = result.boxes.size();
        benchmark::DoNotOptimize(result.boxes.data());
    }
    state.counters["boxes"] = static_cast<double>(boxes);
}

BENCHMARK(queryALane)->RangeMultiplier(10)->Range(1'000, 10'000'000)->Unit(benchmark::kMicrosecond);

} // namespace
