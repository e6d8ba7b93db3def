#include "core/runtime/runtime.h"

#include "core/runtime/current_task.h"
#include "core/runtime/run_context.h"

namespace loopscope {

TaskHandle Runtime::spawnBody(TaskOptions options, std::unique_ptr<TaskBody> body)
{
    return context_.spawn(std::move(options), std::move(body));
}

TimerAwait Runtime::sleep(std::chrono::nanoseconds duration, Reason reason)
{
    return {duration, reason};
}

GatherAwait Runtime::gather(std::vector<TaskHandle> tasks, Reason reason)
{
    return {std::move(tasks), reason};
}

void Runtime::later(std::function<void(Runtime &)> work)
{
    context_.post(std::move(work));
}

void Runtime::addTasksToCome(std::size_t count)
{
    context_.addTasksToCome(count);
}

void Runtime::removeTasksToCome(std::size_t count)
{
    context_.removeTasksToCome(count);
}

bool Runtime::hasThreadAJob() const
{
    return context_.pool().life() == WorkerLife::Job;
}

bool Runtime::isStopping() const
{
    return context_.isStopping();
}

void Runtime::note(std::string text)
{
    context_.addNote(std::move(text));
}

void Runtime::cancel(const TaskHandle &task)
{
    context_.cancel(*task.context());
}

Slots &Runtime::fileSlots()
{
    return context_.fileSlots();
}

std::stop_token Runtime::stopToken() const
{
    return currentTask().stopToken();
}

ProgressReporter Runtime::progress()
{
    return {context_.recorder(), currentTask().id()};
}

bool Runtime::takePreviewBudget(std::uint64_t bytes)
{
    return context_.takePreviewBudget(bytes);
}

std::string Runtime::temporaryDirectory()
{
    return context_.temporaryDirectory();
}

} // namespace loopscope
