#pragma once

#include "core/runtime/awaited.h"
#include "core/runtime/current_task.h"
#include "core/runtime/reason.h"
#include "core/runtime/task.h"
#include "core/runtime/wait.h"
#include "core/runtime/worker_pool.h"

#include <atomic>
#include <concepts>
#include <coroutine>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace loopscope {

/// Does a job that is prepared; called with its place among those to prepare.
using DoPrepared = std::function<void(std::size_t place)>;

/// A task's wait for a job on a worker, whatever the job is and returns: the race between the worker, a cancellation, and giving up.
class BlockingWait : public Wait, public PoolJob {
public:
    BlockingWait(TaskContext &task, std::uint32_t site);

    /// Suspends the task as queued, and hands the job to the pool. On the loop's thread.
    static void submit(std::shared_ptr<BlockingWait> wait, std::coroutine_handle<> coroutine);

    void call() final;
    void drop() final;

    void work(std::shared_ptr<PoolJob> self, LaneId worker) final;
    /// Lets their batch prepare the jobs, which their tasks await, and does each that is prepared. The others go back to where they stood
    /// in the queue, to be done alone.
    void workTogether(PoolJobs &jobs, LaneId worker) final;
    void refuse(const char *reason) final;
    void cancel() final;
    [[nodiscard]] bool abandon() final;

    /// Throws what the job threw, or that it was refused.
    void rethrow() const;

protected:
    /// Whether a batch has left it.
    [[nodiscard]] bool isAlone() const { return isAlone_; }
    /// Runs the job and keeps its result. On the worker.
    virtual void runJob(std::stop_token stop) = 0;
    /// Lets the batch of this job prepare `jobs`, all of which belong to it. On the worker.
    virtual void prepareAll(const PoolJobs &jobs, const DoPrepared &doPrepared) = 0;

private:
    enum class Phase : std::uint8_t {
        Queued,    ///< the worker or a cancellation may take it
        Claimed,   ///< the worker has it, and records
        Preparing, ///< the worker prepares it together with others, and a cancellation may take it
        Working,   ///< the worker may finish it, or the loop give up on it
        Finished,
        Cancelled,
        Abandoned, ///< the worker goes on, but its result is nobody's
    };

    // The task may go as soon as the phase is one from which a cancellation can take the job, or the loop give up on it.
    bool advance(Phase from, Phase to);
    [[nodiscard]] bool joinBatch(std::uint32_t reason);
    [[nodiscard]] bool leaveBatch();
    bool pass(Phase from, Phase to, State state, std::uint32_t why);

    RunContext &run_;
    std::stop_token stop_;
    std::shared_ptr<PoolJob> self_; // the pool's share, on its way back to the loop
    std::atomic<Phase> phase_{Phase::Queued};
    bool isAlone_ = false;   // written while it is in no queue
    LaneId worker_ = noLane; // valid from Working on
    std::exception_ptr exception_;
};

/// What jobs of one kind have in common that can be prepared together before each is done: by one call of the system for all, say.
///
/// A job of type Job says that it belongs to one by a function `JobBatch<Job> *batch() const`, always the same; null if it does not.
template <typename Job>
class JobBatch : public PoolBatch {
public:
    /// Prepares `jobs`, and calls `doPrepared` for each as soon as it is. What it does not call it for will be done alone. On a worker,
    /// which it may block. May throw std::bad_alloc.
    virtual void prepare(std::span<Job *const> jobs, const DoPrepared &doPrepared) = 0;
};

template <typename Job>
concept BatchedJob = requires(const Job &job)
{
    {
        job.batch()
        } -> std::convertible_to<JobBatch<Job> *>;
};

/// `co_await runtime.runBlocking(job, "why")`: Awaited<what the job returns>. What asyncio's run_in_executor is. The job's exceptions come
/// out of the await.
template <typename Job>
class BlockingAwait {
    using Result = std::invoke_result_t<Job &, std::stop_token>;

public:
    /// Inside a task only.
    BlockingAwait(Job job, Reason reason)
        : wait_(std::make_shared<JobWait>(std::move(job), reason))
    {
    }

    [[nodiscard]] bool await_ready()
    {
        isStopped_ = currentTask().isStopRequested();
        return isStopped_;
    }

    void await_suspend(std::coroutine_handle<> coroutine)
    {
        const auto wait = wait_; // this awaiter may go as soon as the job is handed over
        BlockingWait::submit(wait, coroutine);
    }

    [[nodiscard]] Awaited<Result> await_resume()
    {
        if (isStopped_ || wait_->isCancelled())
            return tl::make_unexpected(Cancelled{wait_->isAbandoned()});
        wait_->rethrow();
        if constexpr (std::is_void_v<Result>)
            return {};
        else
            return std::move(*wait_->value);
    }

private:
    /// The job and its result, for as long as a worker may be at it.
    class JobWait final : public BlockingWait {
    public:
        struct Nothing { };

        JobWait(Job work, const Reason &reason)
            : BlockingWait(currentTask(), siteOf(reason))
            , job(std::move(work))
        {
        }

        Job job;
        std::optional<std::conditional_t<std::is_void_v<Result>, Nothing, Result>> value;

        [[nodiscard]] PoolBatch *batch() const override
        {
            if constexpr (BatchedJob<Job>)
                return isAlone() ? nullptr : job.batch();
            else
                return nullptr;
        }

    protected:
        void runJob(std::stop_token stop) override
        {
            if constexpr (std::is_void_v<Result>)
                job(std::move(stop));
            else
                value.emplace(job(std::move(stop)));
        }

        void prepareAll(const PoolJobs &jobs, const DoPrepared &doPrepared) override
        {
            if constexpr (BatchedJob<Job>) {
                std::vector<Job *> together;
                together.reserve(jobs.size());
                for (const auto &each : jobs)
                    together.push_back(&static_cast<JobWait &>(*each).job); // all of one batch are of one class
                job.batch()->prepare(together, doPrepared);
            }
        }
    };

    std::shared_ptr<JobWait> wait_;
    bool isStopped_ = false;
};

} // namespace loopscope
