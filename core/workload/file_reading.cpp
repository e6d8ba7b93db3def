#include "core/workload/file_reading.h"

#include "core/runtime/runtime.h"
#include "core/text/display_text.h"
#include "core/workload/chunk_reader.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>

namespace loopscope {

namespace {

constexpr std::chrono::milliseconds descriptorRetryInterval(10);
constexpr std::size_t filesASlice = 256;

std::string_view baseName(std::string_view path)
{
    while (path.size() > 1 && path.ends_with('/'))
        path.remove_suffix(1);
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos || path.size() == 1 ? path : path.substr(slash + 1);
}

std::string resultText(const FileFacts &file)
{
    if (file.bytes == 0)
        return "empty";
    std::string text = std::to_string(file.lines) + (file.lines == 1 ? " line" : " lines");
    if (file.firstInvalidUtf8)
        text += ", no UTF-8 from byte " + std::to_string(*file.firstInvalidUtf8);
    return text;
}

TaskResult cancelledResult(Cancelled cancelled, FileFacts file)
{
    TaskResult result = TaskResult::cancelled(cancelled.abandoned ? "the system did not answer: its read was abandoned" : "");
    result.file = std::make_unique<FileFacts>(std::move(file));
    return result;
}

TaskResult resultOf(const ChunkReader &reader, ReadStep last)
{
    auto file = std::make_unique<FileFacts>(reader.facts());
    TaskResult result = last == ReadStep::Failed ? TaskResult::failed(reader.error()) : TaskResult::done(resultText(*file));
    result.note = reader.note();
    result.file = std::move(file);
    return result;
}

QCoro::Task<TaskResult> readChunks(Runtime &runtime, std::string path)
{
    // Shared with the job: a read that the system does not answer outlives this task.
    auto takePreviewBudget = [&runtime](std::uint64_t bytes) { return runtime.takePreviewBudget(bytes); };
    const auto reader = std::make_shared<ChunkReader>(std::move(path), takePreviewBudget);
    const auto job = [reader](const std::stop_token &stop) { return reader->step(stop); };
    FileFacts file;
    Awaited<ReadStep> step = co_await runtime.runBlocking(job, "open and read");
    while (step && *step == ReadStep::NoDescriptors) {
        const Awaited<void> waited = co_await runtime.sleep(descriptorRetryInterval, "no descriptors left");
        if (!waited)
            co_return cancelledResult(waited.error(), std::move(file));
        step = co_await runtime.runBlocking(job, "open and read");
    }
    const ProgressReporter progress = runtime.progress();
    while (step && *step == ReadStep::More) {
        if (file.bytes == 0 && reader->size())
            progress.fileSize(*reader->size());
        file = reader->facts();
        progress.bytesRead(file.bytes);
        step = co_await runtime.runBlocking(job, "read");
    }
    if (step)
        co_return resultOf(*reader, *step);
    if (!step.error().abandoned)
        file = reader->facts(); // else a worker is still at it
    co_return cancelledResult(step.error(), std::move(file));
}

QCoro::Task<TaskResult> readNothing(Cancelled cancelled)
{
    co_return cancelledResult(cancelled, {});
}

// Apart from the reading, and without a result of its own, because 100,000 tasks may wait for a slot: so this frame is small.
QCoro::Task<TaskResult> readFile(Runtime &runtime, std::string path)
{
    const Awaited<Slot> slot = co_await runtime.fileSlots().acquire("slot");
    auto reading = slot ? readChunks(runtime, std::move(path)) : readNothing(slot.error());
    co_return co_await reading;
}

TaskHandle spawnFileTask(Runtime &runtime, const std::string &path)
{
    return runtime.spawn(TaskOptions{displayText(baseName(path)), "file", 0, path}, readFile, path);
}

/// Makes the tasks of a slice, and leaves the rest to later turns: the workers read the first files while those of the last are made.
void spawnSlices(Runtime &runtime, const std::shared_ptr<const std::vector<std::string>> &paths, std::size_t from)
{
    const std::size_t end = std::min(paths->size(), from + filesASlice);
    for (std::size_t i = from; i < end; ++i)
        static_cast<void>(spawnFileTask(runtime, (*paths)[i]));
    runtime.setTasksToCome(paths->size() - end);
    if (end < paths->size())
        runtime.later([paths, end](Runtime &again) { spawnSlices(again, paths, end); });
}

} // namespace

std::vector<TaskHandle> spawnFileTasks(Runtime &runtime, const std::vector<std::string> &paths)
{
    std::vector<TaskHandle> tasks;
    tasks.reserve(paths.size());
    for (const std::string &path : paths)
        tasks.push_back(spawnFileTask(runtime, path));
    return tasks;
}

Session::Work readFiles(std::vector<std::string> paths)
{
    return
        [paths = std::make_shared<const std::vector<std::string>>(std::move(paths))](Runtime &runtime) { spawnSlices(runtime, paths, 0); };
}

} // namespace loopscope
