// Loopscope's own part of the benchmarks, on a Session as the window and the command line run it. Each tells one number.
//   hop TASKS HOPS       nanoseconds a no-op job to the pool and back takes, when each of the tasks awaits one after the other
//   sleep TASKS          tasks that sleep a second each, gathered by one; tells how many were done
//   read on|off FOLDER   nanoseconds that reading a folder's files takes, recorded or not

#include "app/large_pages.h"
#include "core/runtime/runtime.h"
#include "core/runtime/session.h"
#include "core/workload/file_reading.h"
#include "core/workload/file_tree.h"

#include <QCoreApplication>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

using namespace loopscope;

namespace {

using Clock = std::chrono::steady_clock;

constexpr int exitUsage = 2;
constexpr int drainIntervalMs = 4; // as the command line's runs

double nanosecondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double, std::nano>(Clock::now() - begin).count();
}

/// Runs `work` in a session to its end.
std::shared_ptr<const Trace> runToEnd(SessionSettings settings, Session::Work work)
{
    settings.drainIntervalMs = drainIntervalMs;
    Session session(settings);
    QObject::connect(&session, &Session::ended, QCoreApplication::instance(), &QCoreApplication::quit);
    session.start(std::move(work));
    QCoreApplication::exec();
    return session.trace();
}

struct HopTimes {
    Clock::time_point begin;
    double nanoseconds = 0; // until the last task so far had ended
};

QCoro::Task<TaskResult> hopsOfOne(Runtime &runtime, int hops, std::shared_ptr<HopTimes> times)
{
    const auto job = [](const std::stop_token &) { return 0; };
    for (int i = 0; i < hops; ++i) {
        const Awaited<int> done = co_await runtime.runBlocking(job, "no-op");
        if (!done)
            co_return TaskResult::cancelled();
    }
    times->nanoseconds = nanosecondsSince(times->begin);
    co_return TaskResult::done({});
}

int tellHop(int tasks, int hops)
{
    const auto times = std::make_shared<HopTimes>();
    static_cast<void>(runToEnd({}, [tasks, hops, times](Runtime &runtime) {
        times->begin = Clock::now();
        for (int i = 0; i < tasks; ++i)
            static_cast<void>(runtime.spawn(TaskOptions{"hops", "cpu"}, hopsOfOne, hops, times));
    }));
    std::printf("%.1f\n", times->nanoseconds / tasks / hops);
    return 0;
}

QCoro::Task<TaskResult> sleepOnce(Runtime &runtime)
{
    const Awaited<void> slept = co_await runtime.sleep(std::chrono::seconds(1), "timer");
    co_return slept ? TaskResult::done({}) : TaskResult::cancelled();
}

QCoro::Task<TaskResult> gatherSleepers(Runtime &runtime, int tasks)
{
    std::vector<TaskHandle> sleepers;
    sleepers.reserve(static_cast<std::size_t>(tasks));
    for (int i = 0; i < tasks; ++i)
        sleepers.push_back(runtime.spawn(TaskOptions{"sleeper", "timer"}, sleepOnce));
    const Awaited<void> gathered = co_await runtime.gather(std::move(sleepers), "gather");
    co_return gathered ? TaskResult::done({}) : TaskResult::cancelled();
}

int tellSleepers(int tasks)
{
    const auto trace = runToEnd({}, [tasks](Runtime &runtime) {
        static_cast<void>(runtime.spawn(TaskOptions{"gather", "parent"}, gatherSleepers, tasks));
    });
    std::printf("%zu\n", trace->totals()[Outcome::Done] - 1);
    return 0;
}

int tellReading(std::string_view recording, const std::string &folder)
{
    SessionSettings settings;
    settings.record = recording == "on";
    std::vector<FoundFile> files = expandPaths({folder}).files;
    const Clock::time_point begin = Clock::now();
    static_cast<void>(runToEnd(settings, readFiles(std::move(files))));
    std::printf("%.0f\n", nanosecondsSince(begin));
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    loopscope::askForLargePages(); // as loopscope run does
    const QCoreApplication app(argc, argv);
    const std::string_view mode = argc > 1 ? argv[1] : "";
    if (mode == "hop" && argc == 4)
        return tellHop(std::atoi(argv[2]), std::atoi(argv[3]));
    if (mode == "sleep" && argc == 3)
        return tellSleepers(std::atoi(argv[2]));
    if (mode == "read" && argc == 4)
        return tellReading(argv[2], argv[3]);
    std::fputs("usage: bench_session hop TASKS HOPS | sleep TASKS | read on|off FOLDER\n", stderr);
    return exitUsage;
}
