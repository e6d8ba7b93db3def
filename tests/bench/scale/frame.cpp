// What a frame of the real widget costs at 1920×1080, without a GPU: while a person zooms in and out, pans, and scrolls through the lanes.

#include "tests/support/synthetic_trace.h"
#include "ui/timeline/timeline_view.h"

#include <QApplication>
#include <QScrollBar>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <ctime>
#include <memory>
#include <vector>

using namespace loopscope;

namespace {

// Of this thread, which does all of a frame: what others do meanwhile does not count.
double processorMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

// One after the other: ten million spans need not be made for each benchmark.
std::shared_ptr<Trace> traceOf(int spans)
{
    static int known = 0;
    static std::shared_ptr<Trace> trace;
    if (known != spans) {
        trace.reset();
        trace = test::syntheticTrace(test::screenFilling(spans));
        known = spans;
    }
    return trace;
}

// A minute's handling in 240 steps; the same for every trace.
class Hand {
public:
    Hand(TimelineView &view, Viewport &viewport)
        : viewport_(viewport)
        , scrollBar_(*view.findChild<QScrollBar *>())
    {
    }

    void move(int step)
    {
        const TimeRange range = viewport_.range();
        const Nanoseconds anchor = range.begin + range.length() / 7 * (step % 7);
        switch (step % 240 / 40) {
        case 0:
        case 2:
            viewport_.zoomAt(anchor, 1.15);
            break;
        case 1:
        case 3:
            viewport_.pan(range.length() / (step % 2 == 0 ? 23 : -17));
            break;
        case 4:
            viewport_.zoomAt(anchor, 1 / 1.35);
            break;
        default:
            scrollBar_.setValue(scrollBar_.value() + 9 + step % 240);
        }
        if (step % 240 == 239)
            viewport_.fitAll();
    }

private:
    Viewport &viewport_;
    QScrollBar &scrollBar_;
};

double quantile(std::vector<double> &values, double share)
{
    const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::ranges::nth_element(values, values.begin() + at);
    return values[static_cast<std::size_t>(at)];
}

void paintAFrame(benchmark::State &state)
{
    const auto trace = traceOf(static_cast<int>(state.range(0)));
    Selection selection;
    Viewport viewport;
    TimelineView view(selection, viewport);
    view.resize(1920, 1080);
    view.setTrace(trace);
    view.show();
    QApplication::processEvents();
    Hand hand(view, viewport);
    std::vector<double> milliseconds;
    for ([[maybe_unused]] auto _ : state) {
        const double begin = processorMilliseconds();
        hand.move(static_cast<int>(milliseconds.size()));
        view.repaint();
        milliseconds.push_back(processorMilliseconds() - begin);
        state.SetIterationTime(milliseconds.back() / 1'000);
    }
    state.counters["median_ms"] = quantile(milliseconds, 0.5);
    state.counters["p99_ms"] = quantile(milliseconds, 0.99);
    state.counters["bytes_a_span"] = static_cast<double>(trace->byteSize()) / static_cast<double>(trace->spanCount());
}

BENCHMARK(paintAFrame)->RangeMultiplier(10)->Range(10'000, 10'000'000)->Iterations(960)->UseManualTime()->Unit(benchmark::kMillisecond);

} // namespace
