#include "core/workload/file_reading.h"

#include "core/runtime/runtime.h"
#include "core/text/display_text.h"
#include "core/workload/file_batch.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>

namespace loopscope {

namespace {

/// Makes the tasks of files in slices, each when the last ones have become few: the first files are read while later tasks are made, and
/// what waits for its turn takes no more memory than a cache has.
class FileTasks final : public std::enable_shared_from_this<FileTasks> {
public:
    /// Held by each task as long as it lives.
    class Life {
    public:
        Life() = default;
        explicit Life(std::shared_ptr<FileTasks> tasks)
            : tasks_(std::move(tasks))
        {
            count();
        }
        Life(const Life &other)
            : tasks_(other.tasks_)
        {
            count();
        }
        Life(Life &&other) = default;
        Life &operator=(const Life &) = delete;
        ~Life()
        {
            if (!tasks_)
                return;
            --tasks_->living_;
            tasks_->spawnIfFew();
        }

    private:
        void count()
        {
            if (tasks_)
                ++tasks_->living_;
        }

        std::shared_ptr<FileTasks> tasks_;
    };

    FileTasks(Runtime &runtime, std::vector<FoundFile> files, FileReader reader);
    void spawnSlice();

private:
    void spawnIfFew();

    Runtime &runtime_;
    std::vector<FoundFile> files_;
    const std::shared_ptr<FileBatch> together_;
    const std::size_t mostLiving_;
    std::size_t next_ = 0;
    std::size_t living_ = 0;
    bool isSpawning_ = false;
};

constexpr std::chrono::milliseconds descriptorRetryInterval(10);
constexpr std::size_t filesASlice = 128;
constexpr std::size_t mostMadeAtStop = 100'000;
// For a slot: so many that none is ever free for long, and no more memory than fits a cache.
constexpr std::size_t mostWaiting = 2 * filesASlice;

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

// `life` ends with its frame.
QCoro::Task<TaskResult> readFile(Runtime &runtime, std::string path, std::shared_ptr<FileBatch> together, FileTasks::Life /*life*/)
{
    const Awaited<Slot> slot = co_await runtime.fileSlots().acquire("slot");
    if (!slot)
        co_return cancelledResult(slot.error(), {});
    auto takePreviewBudget = [&runtime](std::uint64_t bytes) { return runtime.takePreviewBudget(bytes); };
    const auto reader = std::make_shared<ChunkReader>(std::move(path), takePreviewBudget);
    FileStep job{reader, std::move(together), runtime.hasThreadAJob()};
    FileFacts file;
    Awaited<ReadStep> step = co_await runtime.runBlocking(job, "open and read");
    job.together.reset();
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

// From beginning to end in one turn of the loop, so that no other task begins before. It holds no slot, for it is the only one at work.
QCoro::Task<TaskResult> readFileOnLoop(Runtime &runtime, std::string path, FileTasks::Life /*life*/)
{
    auto takePreviewBudget = [&runtime](std::uint64_t bytes) { return runtime.takePreviewBudget(bytes); };
    const auto reader = std::make_shared<ChunkReader>(std::move(path), takePreviewBudget);
    const FileStep job{reader, nullptr, true};
    ReadStep step = runtime.blockLoop(job, "open and read");
    while (step == ReadStep::NoDescriptors) {
        const Awaited<void> waited = co_await runtime.sleep(descriptorRetryInterval, "no descriptors left");
        if (!waited)
            co_return cancelledResult(waited.error(), {});
        step = runtime.blockLoop(job, "open and read");
    }
    if (step == ReadStep::More) // it was asked to stop
        co_return cancelledResult(Cancelled{}, reader->facts());
    co_return resultOf(*reader, step);
}

TaskHandle spawnFileTask(Runtime &runtime, FoundFile file, const std::shared_ptr<FileBatch> &together, FileTasks::Life life)
{
    TaskOptions options{displayText(baseName(file.path)), "file", 0, file.path};
    if (!together)
        return runtime.spawn(std::move(options), readFileOnLoop, std::move(file.path), std::move(life));
    return runtime.spawn(std::move(options), readFile, std::move(file.path), file.isRegular ? together : nullptr, std::move(life));
}

// Null if files are read on the loop, each by itself.
std::shared_ptr<FileBatch> makeBatch(Runtime &runtime, FileReader reader)
{
    if (reader == FileReader::Sequential)
        return nullptr;
    if (runtime.hasThreadAJob())
        reader = FileReader::Pool; // a thread would take several files
    return std::make_shared<FileBatch>(reader, [&runtime](std::string note) { runtime.note(std::move(note)); });
}

FileTasks::FileTasks(Runtime &runtime, std::vector<FoundFile> files, FileReader reader)
    : runtime_(runtime)
    , files_(std::move(files))
    , together_(makeBatch(runtime, reader))
    , mostLiving_(static_cast<std::size_t>(runtime.fileSlots().count()) + mostWaiting)
{
    runtime_.addTasksToCome(files_.size());
}

void FileTasks::spawnSlice()
{
    // To make more tasks only to cancel them would take longer than a stop may last; the run tells their number.
    if (runtime_.isStopping() && files_.size() - next_ > mostMadeAtStop)
        return;
    const std::size_t end = std::min(files_.size(), next_ + filesASlice);
    runtime_.removeTasksToCome(end - next_);
    for (; next_ < end; ++next_)
        static_cast<void>(spawnFileTask(runtime_, std::move(files_[next_]), together_, Life(shared_from_this())));
    isSpawning_ = false;
    spawnIfFew();
}

void FileTasks::spawnIfFew()
{
    if (isSpawning_ || next_ == files_.size() || living_ + filesASlice > mostLiving_)
        return;
    isSpawning_ = true;
    runtime_.later([self = shared_from_this()](Runtime &) { self->spawnSlice(); });
}

} // namespace

std::vector<TaskHandle> spawnFileTasks(Runtime &runtime, const std::vector<FoundFile> &files, FileReader reader)
{
    if (files.empty())
        return {};
    const auto together = makeBatch(runtime, reader);
    std::vector<TaskHandle> tasks;
    tasks.reserve(files.size());
    for (const FoundFile &file : files)
        tasks.push_back(spawnFileTask(runtime, file, together, {}));
    return tasks;
}

Session::Work readFiles(std::vector<FoundFile> files, FileReader reader)
{
    // A Session::Work can be copied, and is called once.
    const auto held = std::make_shared<std::vector<FoundFile>>(std::move(files));
    return [held, reader](Runtime &runtime) { std::make_shared<FileTasks>(runtime, std::move(*held), reader)->spawnSlice(); };
}

} // namespace loopscope
