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

constexpr int tasksOnAScreen = 60;

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

// Measures frames; before each, `prepare` gets the step and moves the view.
template <typename Prepare>
void measureFrames(benchmark::State &state, const Trace &trace, TimelineView &view, Prepare prepare)
{
    view.resize(1920, 1080);
    view.show();
    QApplication::processEvents();
    const QRect canvas(0, 0, view.findChild<QScrollBar *>()->x(), view.height()); // what the view itself asks for
    std::vector<double> milliseconds;
    for ([[maybe_unused]] auto _ : state) {
        const double begin = processorMilliseconds();
        prepare(static_cast<int>(milliseconds.size()));
        view.repaint(canvas);
        milliseconds.push_back(processorMilliseconds() - begin);
        state.SetIterationTime(milliseconds.back() / 1'000);
    }
    state.counters["median_ms"] = quantile(milliseconds, 0.5);
    state.counters["p99_ms"] = quantile(milliseconds, 0.99);
    state.counters["bytes_a_span"] = static_cast<double>(trace.byteSize()) / static_cast<double>(trace.spanCount());
}

void paintAFrame(benchmark::State &state)
{
    const auto trace = test::syntheticTrace(test::screenFilling(static_cast<int>(state.range(0))));
    Selection selection;
    Viewport viewport;
    TimelineView view(selection, viewport);
    view.setTrace(trace);
    Hand hand(view, viewport);
    measureFrames(state, *trace, view, [&hand](int step) { hand.move(step); });
}

// A run that is shown in whole while it grows: every frame has all its spans, at another scale than the last one.
void squeezeAll(benchmark::State &state)
{
    const auto trace = test::syntheticTrace({static_cast<int>(state.range(0)), tasksOnAScreen});
    Selection selection;
    Viewport viewport;
    TimelineView view(selection, viewport);
    view.setTrace(trace);
    const TimeRange whole = trace->extent();
    measureFrames(state, *trace, view, [&](int step) {
        viewport.setRange({whole.begin, whole.end - whole.length() / 2'000 * (step % 500)});
    });
}

BENCHMARK(paintAFrame)->RangeMultiplier(10)->Range(10'000, 10'000'000)->Iterations(960)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(squeezeAll)->RangeMultiplier(10)->Range(100'000, 10'000'000)->Iterations(300)->UseManualTime()->Unit(benchmark::kMillisecond);

} // namespace
