#include "core/runtime/run_context.h"

#include "core/runtime/session.h"

#include <QDeadlineTimer>
#include <QTemporaryDir>

#include <algorithm>
#include <exception>
#include <utility>

namespace loopscope {

namespace {

// How long a job that was asked to stop may go on before it is given up: stop() promises 100 ms in all.
constexpr std::chrono::milliseconds grace{60};
// What could not be given up at the very moment can be in the next.
constexpr std::chrono::milliseconds graceAgain{1};

thread_local RunContext *runOfThisThread = nullptr;

/// What a timer does on the loop: a command that is posted there when its time has come.
class CommandTimer final : public TimerTarget {
public:
    CommandTimer(Scheduler &scheduler, std::function<void()> command)
        : scheduler_(scheduler)
        , command_(std::move(command))
    {
    }
    void expired() override { scheduler_.postFunction(std::move(command_)); }

private:
    Scheduler &scheduler_;
    std::function<void()> command_;
};

/// What a task's time-out does: asks it to stop at once, even if the loop is blocked, and then lets the loop end its wait.
class TimeoutTimer final : public TimerTarget {
public:
    TimeoutTimer(RunContext &run, Ref<TaskContext> task, Nanoseconds timeout)
        : run_(run)
        , task_(std::move(task))
        , timeout_(timeout)
    {
    }

    void expired() override
    {
        if (task_->hasEnded())
            return;
        task_->timeOut(timeout_);
        run_.scheduler().postFunction([&run = run_, task = task_] { run.cancel(*task); });
    }

private:
    RunContext &run_;
    Ref<TaskContext> task_;
    Nanoseconds timeout_;
};

} // namespace

RunContext::RunContext(const SessionSettings &settings, std::function<void()> whenIdle)
    : whenIdle_(std::move(whenIdle))
    , recorder_(clock_)
    , scheduler_([this] { loop_.wakeForTask(); })
    , loop_(LoopHooks{[this] { enterLoopThread(); }, [this] { return scheduler_.hasReady(); }, [this] { scheduler_.runTurn(); },
                      [this] { recorder_.loopBusy(); }, [this] { recorder_.loopIdle(); }})
    , pool_(
          settings.workers, recorder_, [this] { loop_.endNap(); }, settings.workerLife)
    , runtime_(*this)
    , fileSlots_(settings.inFlight)
    , nextLane_(static_cast<LaneId>(settings.workers) + 1)
    , previewBudget_(settings.previewBudget)
{
    recorder_.setRecording(settings.record);
}

RunContext::~RunContext()
{
    scheduler_.dropAll(); // while the tasks that were posted are still there
}

RunContext *RunContext::ofThisThread()
{
    return runOfThisThread;
}

std::uint32_t RunContext::siteOf(const Reason &reason)
{
    return recorder_.site({reason.text, reason.at.file_name(), reason.at.function_name(), reason.at.line()});
}

bool RunContext::takePreviewBudget(std::uint64_t bytes)
{
    std::uint64_t left = previewBudget_.load(std::memory_order_relaxed);
    while (left >= bytes) {
        if (previewBudget_.compare_exchange_weak(left, left - bytes, std::memory_order_relaxed))
            return true;
    }
    return false;
}

bool RunContext::start()
{
    return timers_.start() && pool_.start() && loop_.begin(); // the loop last: nothing runs unless all can
}

void RunContext::enterLoopThread()
{
    runOfThisThread = this;
    scheduler_.bindThread();
    recorder_.bindThread(loopLaneId);
}

void RunContext::removeActivity()
{
    if (--activity_ > 0)
        return;
    const std::scoped_lock lock(idleMutex_);
    if (whenIdle_)
        whenIdle_();
}

void RunContext::silence()
{
    const std::scoped_lock lock(idleMutex_);
    whenIdle_ = nullptr;
}

void RunContext::post(std::function<void(Runtime &)> work)
{
    addActivity();
    scheduler_.postFunction([this, work = std::move(work)] {
        try {
            work(runtime_);
        } catch (const std::exception &error) {
            addNote(std::string("the work could not be handed out: ") + error.what());
        } catch (...) {
            addNote("the work could not be handed out: it threw something that is no std::exception");
        }
        removeActivity();
    });
}

std::vector<Ref<TaskContext>> RunContext::livingTasks()
{
    const std::scoped_lock lock(livingMutex_);
    return living_;
}

void RunContext::requestStop()
{
    isStopping_.store(true, std::memory_order_release);
    for (const auto &task : livingTasks())
        task->requestStop();
    addActivity();
    scheduler_.postFunction([this] {
        cancelAll();
        removeActivity();
    });
}

void RunContext::cancelAll()
{
    auto tasks = livingTasks();
    for (const auto &task : tasks) {
        if (const auto waiting = task->waiting())
            waiting->cancel();
    }
    abandonAfter(grace, std::move(tasks));
}

void RunContext::cancel(TaskContext &task)
{
    if (task.hasEnded())
        return;
    task.requestStop();
    if (const auto waiting = task.waiting())
        waiting->cancel();
    abandonAfter(grace, {Ref(&task)});
}

void RunContext::abandonAfter(std::chrono::milliseconds delay, std::vector<Ref<TaskContext>> tasks)
{
    auto abandon = [this, tasks = std::move(tasks)]() mutable {
        std::erase_if(tasks, [](const Ref<TaskContext> &task) {
            const auto waiting = task->waiting();
            return !waiting || waiting->abandon();
        });
        if (!tasks.empty())
            abandonAfter(graceAgain, std::move(tasks));
    };
    timers_.add(std::chrono::steady_clock::now() + delay, makeRef<CommandTimer>(scheduler_, std::move(abandon)));
}

void RunContext::armTimeout(const Ref<TaskContext> &task, Nanoseconds timeout)
{
    task->allowTimeOut();
    timers_.add(std::chrono::steady_clock::now() + std::chrono::nanoseconds(timeout), makeRef<TimeoutTimer>(*this, task, timeout));
}

void RunContext::addNote(std::string note)
{
    const std::scoped_lock lock(outcomeMutex_);
    if (std::ranges::find(notes_, note) == notes_.end())
        notes_.push_back(std::move(note));
}

std::vector<std::string> RunContext::notes()
{
    const std::scoped_lock lock(outcomeMutex_);
    return notes_;
}

TaskHandle RunContext::spawn(TaskOptions options, std::unique_ptr<TaskBody> body)
{
    const LaneId parent = current_ ? current_->id() : noLane;
    const auto task = makeRef<TaskContext>(*this, nextLane_++);
    const Ticks now = clock_.ticks();
    recorder_.tell(TaskCreated{task->id(), parent, now, std::move(options.name), options.kind, std::move(options.filePath)});
    recorder_.enterAt(now, task->id(), task->nextSequence(), State::Ready, 0, parent);
    addActivity();
    {
        const std::scoped_lock lock(livingMutex_);
        task->registryIndex = static_cast<std::uint32_t>(living_.size());
        living_.push_back(task);
    }
    // After it is among the living: a stop that did not see it there has set the flag before.
    if (isStopping())
        task->requestStop();
    if (options.timeout > 0)
        armTimeout(task, options.timeout);
    body->belongTo(task);
    scheduler_.post(*body.release());
    return TaskHandle(task);
}

void RunContext::taskEnded(TaskContext &task)
{
    {
        const std::scoped_lock lock(livingMutex_);
        living_.back()->registryIndex = task.registryIndex;
        std::swap(living_[task.registryIndex], living_.back());
        justEnded_ = std::move(living_.back());
        living_.pop_back();
    }
    removeActivity();
}

void RunContext::runAs(TaskContext &task, std::uint32_t site, const std::function<void()> &code)
{
    current_ = &task;
    beatLoop();
    recorder_.enter(task.id(), task.nextSequence(), State::Running, site, noLane);
    code();
    task.concludeIfDone();
    current_ = nullptr;
    beatLoop();
    if (!task.hasEnded() && !task.isSuspended())
        qFatal("loopscope: a task awaits something that was not traced()");
    justEnded_.reset();
}

std::string RunContext::temporaryDirectory()
{
    const std::scoped_lock lock(outcomeMutex_);
    if (!temporaryDir_ && mayHaveTemporaryFiles_)
        temporaryDir_ = std::make_unique<QTemporaryDir>();
    return temporaryDir_ && temporaryDir_->isValid() ? temporaryDir_->path().toStdString() : std::string();
}

void RunContext::removeTemporaryFiles()
{
    const std::scoped_lock lock(outcomeMutex_);
    mayHaveTemporaryFiles_ = false;
    temporaryDir_.reset();
}

bool RunContext::endLoop(std::chrono::milliseconds patience)
{
    loop_.quit();
    return loop_.wait(QDeadlineTimer(patience.count()));
}

bool RunContext::endThreads(std::chrono::milliseconds patience)
{
    const auto deadline = std::chrono::steady_clock::now() + patience;
    if (!endLoop(patience))
        return false;
    timers_.stop();
    return pool_.closeAndWait(deadline);
}

} // namespace loopscope
