#pragma once

#include "core/runtime/blocking_await.h"
#include "core/runtime/blocking_mark.h"
#include "core/runtime/gather_await.h"
#include "core/runtime/progress_reporter.h"
#include "core/runtime/reason.h"
#include "core/runtime/slots.h"
#include "core/runtime/task.h"
#include "core/runtime/timer_await.h"
#include "core/runtime/traced.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <type_traits>
#include <utility>

#include <QCoroTask>

namespace loopscope {

class RunContext;

/// How a task is made.
struct TaskOptions {
    std::string name;                         ///< UTF-8, for people
    const char *kind = "";                    ///< a literal: "file", "sleep", "timer", "cpu", "read", "parent", "server", …
    Nanoseconds timeout = 0;                  ///< from its creation; then it fails with "timed out after …". 0 is never
    std::optional<std::string> filePath = {}; ///< of the file that it reads, in raw bytes
};

/// What tasks see of their run: it makes tasks, waits and hands jobs to the pool. Every function belongs to the loop's thread.
///
/// Every await is recorded, observes the task's cancellation, and answers with Awaited<T>. No await resumes inline: whatever ends a wait
/// makes the task ready, and a later turn of the loop resumes it.
///
/// g++ 12 miscompiles lambdas, braced temporaries and ternaries inside a co_await expression: name the job first, then await it.
class Runtime {
public:
    explicit Runtime(RunContext &context)
        : context_(context)
    {
    }
    Runtime(const Runtime &) = delete;
    Runtime &operator=(const Runtime &) = delete;

    /// Makes a task whose body is `body(runtime, args…)`, a function or captureless lambda that returns QCoro::Task<TaskResult> and takes
    /// its arguments by value. The body never begins inline: the task is ready until a later turn of the loop. An exception that leaves the
    /// body makes the task failed. The parent is the task that calls, if one does.
    template <typename Body, typename... Args>
    TaskHandle spawn(TaskOptions options, Body body, Args... args)
    {
        // No coroutine itself: the body's frame owns the arguments.
        auto begin = [body, ... arguments = std::move(args), this]() mutable { return body(*this, std::move(arguments)...); };
        return spawnBody(std::move(options), std::make_unique<BodyOf<decltype(begin)>>(std::move(begin)));
    }

    /// Waits for at least `duration`. Awaited<void>.
    [[nodiscard]] TimerAwait sleep(std::chrono::nanoseconds duration, Reason reason);

    /// Runs `job(stop_token)` on a worker: queued until one is free, in worker while it runs, ready when it is finished; a job of a
    /// JobBatch may be awaiting between queued and in worker, while it is prepared together with others. Awaited<the job's result>. A job
    /// should end soon after a stop is requested; one that does not is abandoned: what it refers to, it must own.
    template <typename Job>
    [[nodiscard]] BlockingAwait<Job> runBlocking(Job job, Reason reason)
    {
        return {std::move(job), reason};
    }

    /// Runs `job(stop_token)` here and now, on the loop, which stops everybody: the task is blocking meanwhile. The mistake, for showing
    /// it.
    template <typename Job>
    std::invoke_result_t<Job &, std::stop_token> blockLoop(Job job, Reason reason)
    {
        const BlockingMark mark(reason);
        return job(stopToken());
    }

    /// Waits until all of `tasks` have ended. Awaited<void>; their outcomes are told by TaskHandle::outcome().
    [[nodiscard]] GatherAwait gather(std::vector<TaskHandle> tasks, Reason reason);

    /// Runs `work` in a later turn of the loop, after what is ready now.
    void later(std::function<void(Runtime &)> work);
    /// Says that later() is going to make so many more tasks. A run that ends before says how many were never made.
    void addTasksToCome(std::size_t count);
    /// Says that so many of them have been made.
    void removeTasksToCome(std::size_t count);
    /// Whether each blocking job has a thread of its own.
    [[nodiscard]] bool hasThreadAJob() const;
    /// Whether the run was asked to stop: tasks that are made now are cancelled.
    [[nodiscard]] bool isStopping() const;

    /// Tells what is worth telling of the run and belongs to no task. UTF-8, for people. Any thread.
    void note(std::string text);

    /// Ends a task: its stop token is set, and what it awaits ends with Cancelled. Nothing happens if it has ended.
    void cancel(const TaskHandle &task);

    /// The slots that bound the files in flight. Shared by the run.
    [[nodiscard]] Slots &fileSlots();
    /// The calling task's stop token.
    [[nodiscard]] std::stop_token stopToken() const;
    /// Tells how far the calling task's file has been read.
    [[nodiscard]] ProgressReporter progress();
    /// Takes `bytes` from the budget for previews, if there are so many left. Any thread.
    [[nodiscard]] bool takePreviewBudget(std::uint64_t bytes);
    /// The directory for the run's temporary files, made on the first call and removed with everything in it when the run is over. Empty
    /// when it cannot be made.
    [[nodiscard]] std::string temporaryDirectory();

private:
    template <typename Begin>
    class BodyOf final : public TaskBody {
    public:
        explicit BodyOf(Begin begin)
            : begin_(std::move(begin))
        {
        }

    private:
        QCoro::Task<TaskResult> begin() override { return begin_(); }

        Begin begin_;
    };

    TaskHandle spawnBody(TaskOptions options, std::unique_ptr<TaskBody> body);

    RunContext &context_;
};

} // namespace loopscope
