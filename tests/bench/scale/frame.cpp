// What a frame of the real widget costs at 1920×1080, without a GPU: while a person zooms in and out, pans, and scrolls through the lanes.

#include "tests/support/synthetic_trace.h"
#include "ui/timeline/timeline_view.h"

#include <QApplication>
#include <QScrollBar>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <memory>
#include <string>
#include <utility>
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

// A minute's handling in a round of steps; the same for every trace.
class Hand {
public:
    static constexpr int round = 240;

    Hand(TimelineView &view, Viewport &viewport)
        : viewport_(viewport)
        , scrollBar_(*view.findChild<QScrollBar *>())
    {
    }

    void move(int step)
    {
        const TimeRange range = viewport_.range();
        const Nanoseconds anchor = range.begin + range.length() / 7 * (step % 7);
        switch (step / 40) {
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
            scrollBar_.setValue(scrollBar_.value() + 9 + step);
        }
        if (step == round - 1)
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

// A trace on a screen, and what each of its frames took.
class Screen {
public:
    explicit Screen(std::shared_ptr<const Trace> trace)
        : trace_(std::move(trace))
    {
        view_.setTrace(trace_);
        view_.resize(1920, 1080);
        view_.show();
        QApplication::processEvents();
        canvas_ = QRect(0, 0, view_.findChild<QScrollBar *>()->x(), view_.height()); // what the view itself asks for
    }

    [[nodiscard]] const Trace &trace() const { return *trace_; }
    [[nodiscard]] TimelineView &view() { return view_; }
    [[nodiscard]] Viewport &viewport() { return viewport_; }

    // Paints a frame, once `prepare` has moved the view; seconds.
    template <typename Prepare>
    double paint(Prepare prepare)
    {
        const double begin = processorMilliseconds();
        prepare();
        view_.repaint(canvas_);
        milliseconds_.push_back(processorMilliseconds() - begin);
        return milliseconds_.back() / 1'000;
    }
    [[nodiscard]] double milliseconds(double share) { return quantile(milliseconds_, share); }

private:
    std::shared_ptr<const Trace> trace_;
    Selection selection_;
    Viewport viewport_;
    TimelineView view_{selection_, viewport_};
    QRect canvas_;
    std::vector<double> milliseconds_;
};

struct HandledScreen {
    explicit HandledScreen(int spans)
        : screen(test::syntheticTrace(test::screenFilling(spans)))
    {
    }

    Screen screen;
    Hand hand{screen.view(), screen.viewport()};
};

// Traces of all sizes in turns: they are compared with each other, and a machine is not as fast at every time.
void paintFrames(benchmark::State &state)
{
    constexpr int roundsATurn = 4; // what a person looks at comes back
    constexpr std::array sizes{10'000, 100'000, 1'000'000, 10'000'000};
    std::vector<std::unique_ptr<HandledScreen>> screens;
    for (const int spans : sizes)
        screens.push_back(std::make_unique<HandledScreen>(spans));
    for ([[maybe_unused]] auto _ : state) {
        double seconds = 0;
        for (const auto &handled : screens) {
            for (int step = 0; step < roundsATurn * Hand::round; ++step)
                seconds += handled->screen.paint([&] { handled->hand.move(step % Hand::round); });
        }
        state.SetIterationTime(seconds);
    }
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        Screen &screen = screens[i]->screen;
        const std::string spans = '_' + std::to_string(sizes[i]);
        state.counters["median_ms" + spans] = screen.milliseconds(0.5);
        state.counters["p99_ms" + spans] = screen.milliseconds(0.99);
        state.counters["bytes_a_span" + spans] =
            static_cast<double>(screen.trace().byteSize()) / static_cast<double>(screen.trace().spanCount());
    }
}

// A run that is shown in whole while it grows: every frame has all its spans, at another scale than the last one.
void squeezeAll(benchmark::State &state)
{
    Screen screen(test::syntheticTrace({static_cast<int>(state.range(0)), tasksOnAScreen}));
    const TimeRange whole = screen.trace().extent();
    int step = 0;
    for ([[maybe_unused]] auto _ : state) {
        state.SetIterationTime(screen.paint([&] {
            screen.viewport().setRange({whole.begin, whole.end - whole.length() / 2'000 * (step++ % 500)});
        }));
    }
    state.counters["median_ms"] = screen.milliseconds(0.5);
}

BENCHMARK(paintFrames)->Iterations(6)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(squeezeAll)->RangeMultiplier(10)->Range(100'000, 10'000'000)->Iterations(300)->UseManualTime()->Unit(benchmark::kMillisecond);

} // namespace
