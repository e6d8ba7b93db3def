// A run of some million events a second with its timeline open, as the window has it: `bench_live SECONDS` tells, as JSON, how many events
// came, how many were lost, and what a frame cost.

#include "core/runtime/runtime.h"
#include "core/runtime/session.h"
#include "ui/timeline/timeline_view.h"

#include <QApplication>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

using namespace loopscope;
using namespace std::chrono_literals;

namespace {

constexpr int exitUsage = 2;
constexpr int tasks = 64;
constexpr int hopsABurst = 100;
constexpr auto pause = 18ms; // between a task's bursts
constexpr QSize fullHd(1920, 1080);

QCoro::Task<TaskResult> hopUntil(Runtime &runtime, std::chrono::steady_clock::time_point end)
{
    const auto job = [](const std::stop_token &) { return 0; };
    while (std::chrono::steady_clock::now() < end) {
        for (int i = 0; i < hopsABurst; ++i) {
            const Awaited<int> done = co_await runtime.runBlocking(job, "no-op");
            if (!done)
                co_return TaskResult::cancelled();
        }
        const Awaited<void> slept = co_await runtime.sleep(pause, "pause");
        if (!slept)
            co_return TaskResult::cancelled();
    }
    co_return TaskResult::done({});
}

double millisecondsAt(std::vector<Nanoseconds> costs, double share)
{
    if (costs.empty())
        return 0;
    const auto place = costs.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(costs.size() - 1));
    std::ranges::nth_element(costs, place);
    return static_cast<double>(*place) / static_cast<double>(nanosecondsPerMillisecond);
}

int tellLive(int seconds)
{
    Selection selection;
    Viewport viewport;
    TimelineView view(selection, viewport);
    view.resize(fullHd);
    Session session({});
    view.setTrace(session.trace());
    view.show();
    std::vector<Nanoseconds> costs;
    QObject::connect(&session, &Session::advanced, &view, [&] {
        view.refresh();
        view.repaint();
        costs.push_back(view.lastFrameCost());
    });
    QObject::connect(&session, &Session::ended, &view, &QCoreApplication::quit);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    session.start([end](Runtime &runtime) {
        for (int i = 0; i < tasks; ++i)
            static_cast<void>(runtime.spawn(TaskOptions{"hops", "cpu"}, hopUntil, end));
    });
    QCoreApplication::exec();
    const Trace &trace = *session.trace();
    // Each span of a task began with an event, each of the loop's began and ended with one.
    std::size_t events = 2 * trace.spanCount(trace.loop().id);
    for (const LaneId task : trace.tasks())
        events += trace.spanCount(task);
    std::printf(
        "{\"events_per_second\": %.0f, \"dropped_events\": %llu, \"frames\": %zu, \"frame_ms_median\": %.2f, \"frame_ms_p99\": %.2f}\n",
        static_cast<double>(events) / static_cast<double>(trace.info().wall) * static_cast<double>(nanosecondsPerSecond),
        static_cast<unsigned long long>(trace.info().droppedEvents), costs.size(), millisecondsAt(costs, 0.5), millisecondsAt(costs, 0.99));
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication app(argc, argv);
    if (argc == 2)
        return tellLive(std::atoi(argv[1]));
    std::fputs("usage: bench_live SECONDS\n", stderr);
    return exitUsage;
}
