#include "core/workload/scenario_run.h"

#include "core/runtime/runtime.h"
#include "core/workload/blocking_jobs.h"
#include "core/workload/exchange.h"
#include "core/workload/exchange_sockets.h"
#include "core/workload/file_reading.h"
#include "core/workload/helper_process.h"
#include "core/workload/scenario_files.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <utility>

namespace loopscope {
namespace {

using PlannedTaskPtr = std::shared_ptr<const PlannedTask>;
using ScenarioFilesPtr = std::shared_ptr<const ScenarioFiles>;
using Job = std::function<TaskResult(const std::stop_token &)>;

std::vector<TaskHandle> spawnAll(Runtime &runtime, const std::vector<PlannedTaskPtr> &tasks, const ScenarioFilesPtr &files);

/// Why such a task waits, for people: "sleep 3 s".
const char *reasonOf(const PlannedTask &task)
{
    if (task.kind == TaskKind::Read)
        return "read";
    const double seconds = static_cast<double>(task.duration) / static_cast<double>(nanosecondsPerSecond);
    return keepText((std::string(taskKindKey(task.kind)) + ' ' + numberText(seconds) + " s").c_str());
}

JobRequest requestOf(const PlannedTask &task, const std::string &path)
{
    using Kind = JobRequest::Kind;
    const Kind kind = task.kind == TaskKind::Read ? Kind::Read : task.kind == TaskKind::Cpu ? Kind::Cpu : Kind::Sleep;
    return {kind, task.duration, path};
}

Job jobOf(const PlannedTask &task, const std::string &path)
{
    if (task.place == Place::Process)
        return [request = requestOf(task, path)](const std::stop_token &stop) { return runInHelper(request, stop); };
    const std::chrono::nanoseconds duration(task.duration);
    if (task.kind == TaskKind::Read)
        return [path](const std::stop_token &stop) { return blockingRead(path, stop); };
    if (task.kind == TaskKind::Cpu)
        return [duration](const std::stop_token &stop) { return burnCpu(duration, stop); };
    return [duration](const std::stop_token &stop) { return sleepFor(duration, stop); };
}

TaskResult cancelledResult(Cancelled cancelled)
{
    return TaskResult::cancelled(cancelled.abandoned ? "the call could not be interrupted and was abandoned" : "");
}

/// Does nothing, not even wait, without a start delay.
QCoro::Task<Awaited<void>> awaitStart(Runtime &runtime, PlannedTaskPtr task)
{
    if (task->startDelay == 0)
        co_return Awaited<void>();
    const std::chrono::nanoseconds delay(task->startDelay);
    co_return co_await runtime.sleep(delay, "start delay");
}

/// Between two repetitions. On the loop even no pause gives the others a turn, as asyncio.sleep(0) does.
QCoro::Task<Awaited<void>> awaitPause(Runtime &runtime, PlannedTaskPtr task)
{
    if (task->pause == 0 && task->place != Place::Loop)
        co_return Awaited<void>();
    const std::chrono::nanoseconds pause(task->pause);
    co_return co_await runtime.sleep(pause, "pause");
}

QCoro::Task<Awaited<TaskResult>> runJob(Runtime &runtime, PlannedTaskPtr task, Job job)
{
    if (task->place == Place::Loop)
        co_return runtime.blockLoop(job, reasonOf(*task));
    if (task->place == Place::Timer) {
        const std::chrono::nanoseconds duration(task->duration);
        const Awaited<void> waited = co_await runtime.sleep(duration, reasonOf(*task));
        if (!waited)
            co_return tl::make_unexpected(waited.error());
        co_return TaskResult::done("Finished sleeping");
    }
    co_return co_await runtime.runBlocking(job, reasonOf(*task));
}

// What each body takes it takes by value, and keeps in its frame.

QCoro::Task<TaskResult> runBlockingTask(Runtime &runtime, PlannedTaskPtr task, std::string path)
{
    const Job job = jobOf(*task, path);
    Awaited<void> waited = co_await awaitStart(runtime, task);
    for (int left = task->repeat; waited; --left) {
        Awaited<TaskResult> result = co_await runJob(runtime, task, job);
        if (!result)
            co_return cancelledResult(result.error());
        if (left == 1 || result->outcome != Outcome::Done)
            co_return *std::move(result);
        waited = co_await awaitPause(runtime, task);
    }
    co_return cancelledResult(waited.error());
}

QCoro::Task<TaskResult> runTimer(Runtime &runtime, PlannedTaskPtr task)
{
    const Awaited<void> started = co_await awaitStart(runtime, task);
    if (!started)
        co_return cancelledResult(started.error());
    const std::chrono::nanoseconds duration(task->duration);
    for (int i = 0; i < task->repeat; ++i) {
        const Awaited<void> waited = co_await runtime.sleep(duration, reasonOf(*task));
        if (!waited)
            co_return cancelledResult(waited.error());
    }
    co_return TaskResult::done(task->repeat == 1 ? "Finished sleeping" : "Ticked " + std::to_string(task->repeat) + " times");
}

TaskResult gatheredResult(const std::vector<TaskHandle> &children)
{
    const auto done = std::ranges::count(children, Outcome::Done, &TaskHandle::outcome);
    const std::string share = std::to_string(done) + " of " + std::to_string(children.size());
    if (static_cast<std::size_t>(done) < children.size())
        return TaskResult::failed("only " + share + " children succeeded");
    return TaskResult::done("Gathered " + std::to_string(done) + (done == 1 ? " child" : " children"));
}

QCoro::Task<TaskResult> runParent(Runtime &runtime, PlannedTaskPtr task, ScenarioFilesPtr files)
{
    const Awaited<void> started = co_await awaitStart(runtime, task);
    if (!started)
        co_return cancelledResult(started.error());
    const std::vector<TaskHandle> children = spawnAll(runtime, task->children, files);
    const Awaited<void> gathered = co_await runtime.gather(children, "gather");
    if (gathered)
        co_return gatheredResult(children);
    for (const TaskHandle &child : children) // as asyncio.gather does: nobody waits for them any more
        runtime.cancel(child);
    co_return cancelledResult(gathered.error());
}

QCoro::Task<TaskResult> failFor(Runtime & /*runtime*/, std::string why)
{
    co_return TaskResult::failed(std::move(why));
}

TaskHandle spawnOne(Runtime &runtime, const PlannedTaskPtr &task, int index, const ScenarioFilesPtr &files)
{
    TaskOptions options{task->nameOf(index), taskKindKey(task->kind), task->timeout, {}};
    if (task->kind == TaskKind::Parent)
        return runtime.spawn(std::move(options), runParent, task, files);
    if (task->kind == TaskKind::Timer)
        return runtime.spawn(std::move(options), runTimer, task);
    std::string path;
    if (task->kind == TaskKind::Read) {
        const auto &paths = files->of(*task);
        if (!paths)
            return runtime.spawn(std::move(options), failFor, paths.error());
        path = (*paths)[static_cast<std::size_t>(index) % paths->size()].path;
        options.filePath = path;
    }
    return runtime.spawn(std::move(options), runBlockingTask, task, path);
}

std::vector<TaskHandle> spawnFiles(Runtime &runtime, const PlannedTask &task, const ScenarioFiles &files)
{
    const auto &paths = files.of(task);
    if (paths)
        return spawnFileTasks(runtime, *paths, files.reader());
    TaskOptions options{"samples", "file", 0, {}};
    return {runtime.spawn(std::move(options), failFor, paths.error())};
}

std::vector<TaskHandle> spawnAll(Runtime &runtime, const std::vector<PlannedTaskPtr> &tasks, const ScenarioFilesPtr &files)
{
    std::vector<TaskHandle> handles;
    for (const PlannedTaskPtr &task : tasks) {
        if (task->kind == TaskKind::Exchange)
            handles.push_back(spawnExchange(runtime, task));
        else if (task->kind == TaskKind::Files)
            std::ranges::move(spawnFiles(runtime, *task, *files), std::back_inserter(handles));
        else
            for (int i = 0; i < task->count; ++i)
                handles.push_back(spawnOne(runtime, task, i, files));
    }
    return handles;
}

} // namespace

Session::Work runScenario(ScenarioPlan plan, std::vector<FoundFile> files, FileReader reader)
{
    if (plan.needsSockets)
        static_cast<void>(loadSocketsModule()); // so that it takes no time of the run; the exchange says it if it fails
    return [plan = std::move(plan), files = std::move(files), reader](Runtime &runtime) {
        if (const auto objection = objectionToFiles(plan, files.size())) {
            static_cast<void>(runtime.spawn(TaskOptions{plan.title, "files", 0, {}}, failFor, *objection));
            return;
        }
        const auto directory = [&runtime] { return runtime.temporaryDirectory(); };
        const auto scenarioFiles = std::make_shared<const ScenarioFiles>(plan, files, reader, directory);
        static_cast<void>(spawnAll(runtime, plan.tasks, scenarioFiles));
        static_cast<void>(spawnFileTasks(runtime, scenarioFiles->unread(plan), reader));
    };
}

} // namespace loopscope
