#include "core/workload/file_reading.h"

#include "core/runtime/runtime.h"
#include "core/text/display_text.h"
#include "core/trace/site.h"
#include "core/workload/file_batch.h"
#include "core/workload/file_result.h"
#include "core/workload/helper_process.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>

namespace loopscope {

namespace {

/// How the files of a run are read, and what those that are read together share.
struct WayOfReading {
    WayOfReading(Runtime &runtime, FileReader reader);

    FileReader reader;
    std::shared_ptr<FileBatch> together;
};

/// Makes the tasks of files in slices, as slots become free: the first files are read while later tasks are made, and what waits for its
/// turn takes no more memory than a cache has.
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
    const WayOfReading way_;
    const std::size_t mostLiving_;
    std::size_t next_ = 0;
    std::size_t living_ = 0;
    bool isSpawning_ = false;
};

constexpr std::size_t filesASlice = 32;
constexpr std::size_t mostMadeAtStop = 100'000;
// However few slots there are, so that a task waits for each that becomes free. Waiting for one costs a task three spans and a turn of the
// loop, so where there are as many slots none does. core/analysis/what_if.cpp expects so many.
constexpr std::size_t fewestLiving = 256;

std::string_view baseName(std::string_view path)
{
    while (path.size() > 1 && path.ends_with('/'))
        path.remove_suffix(1);
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos || path.size() == 1 ? path : path.substr(slash + 1);
}

TaskResult cancelledResult(Cancelled cancelled, FileFacts file)
{
    TaskResult result = TaskResult::cancelled(cancelled.abandoned ? "the system did not answer: its read was abandoned" : "");
    result.file = std::make_unique<FileFacts>(std::move(file));
    return result;
}

// `life` ends with its frame.
QCoro::Task<TaskResult> readFile(Runtime &runtime, std::string path, std::shared_ptr<FileBatch> together, FileTasks::Life /*life*/)
{
    const Awaited<Slot> slot = co_await runtime.fileSlots().acquire(slotReason);
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
        co_return fileResult(*reader, *step);
    if (!step.error().abandoned)
        file = reader->facts(); // else a worker is still at it
    co_return cancelledResult(step.error(), std::move(file));
}

// From beginning to end in one turn of the loop, so that no other task begins before: save where there are no descriptors left, for then
// others may have them. It holds no slot, for a file is open in that one turn only.
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
    co_return fileResult(*reader, step);
}

// A file is one job, and no more of it than facts comes back from the process.
QCoro::Task<TaskResult> readFileInProcess(Runtime &runtime, std::string path, FileTasks::Life /*life*/)
{
    const Awaited<Slot> slot = co_await runtime.fileSlots().acquire(slotReason);
    if (!slot)
        co_return cancelledResult(slot.error(), {});
    const JobRequest request{JobRequest::Kind::File, 0, std::move(path)};
    auto job = [request](const std::stop_token &stop) { return runInHelper(request, stop); };
    Awaited<TaskResult> result = co_await runtime.runBlocking(job, "read in a process");
    if (!result)
        co_return cancelledResult(result.error(), {});
    if (!result->file)
        result->file = std::make_unique<FileFacts>();
    co_return *std::move(result);
}

// With a thread a job there are no batches, for a thread would take several files.
WayOfReading::WayOfReading(Runtime &runtime, FileReader asked)
    : reader(asked)
    , together(std::make_shared<FileBatch>(runtime.hasThreadAJob() ? FileReader::Pool : asked,
                                           [&runtime](std::string note) { runtime.note(std::move(note)); }))
{
    if (asked == FileReader::IoUring && runtime.hasThreadAJob())
        runtime.note("io_uring is not used where each job has a thread of its own");
}

TaskHandle spawnFileTask(Runtime &runtime, FoundFile file, const WayOfReading &way, FileTasks::Life life)
{
    TaskOptions options{displayText(baseName(file.path)), "file", 0, file.path};
    if (way.reader == FileReader::Sequential)
        return runtime.spawn(std::move(options), readFileOnLoop, std::move(file.path), std::move(life));
    if (way.reader == FileReader::Processes)
        return runtime.spawn(std::move(options), readFileInProcess, std::move(file.path), std::move(life));
    return runtime.spawn(std::move(options), readFile, std::move(file.path), file.isRegular ? way.together : nullptr, std::move(life));
}

FileTasks::FileTasks(Runtime &runtime, std::vector<FoundFile> files, FileReader reader)
    : runtime_(runtime)
    , files_(std::move(files))
    , way_(runtime, reader)
    , mostLiving_(std::max(static_cast<std::size_t>(runtime.fileSlots().count()), fewestLiving))
{
    runtime_.addTasksToCome(files_.size());
}

void FileTasks::spawnSlice()
{
    // To make more tasks only to cancel them would take longer than a stop may last; the run tells their number.
    if (runtime_.isStopping() && files_.size() - next_ > mostMadeAtStop)
        return;
    const std::size_t room = mostLiving_ - std::min(mostLiving_, living_);
    const std::size_t end = next_ + std::min({filesASlice, room, files_.size() - next_});
    runtime_.removeTasksToCome(end - next_);
    for (; next_ < end; ++next_)
        static_cast<void>(spawnFileTask(runtime_, std::move(files_[next_]), way_, Life(shared_from_this())));
    isSpawning_ = false;
    spawnIfFew();
}

void FileTasks::spawnIfFew()
{
    if (isSpawning_ || next_ == files_.size() || living_ >= mostLiving_)
        return;
    isSpawning_ = true;
    runtime_.later([self = shared_from_this()](Runtime &) { self->spawnSlice(); });
}

} // namespace

std::vector<TaskHandle> spawnFileTasks(Runtime &runtime, const std::vector<FoundFile> &files, FileReader reader)
{
    if (files.empty())
        return {};
    const WayOfReading way(runtime, reader);
    std::vector<TaskHandle> tasks;
    tasks.reserve(files.size());
    for (const FoundFile &file : files)
        tasks.push_back(spawnFileTask(runtime, file, way, {}));
    return tasks;
}

Session::Work readFiles(std::vector<FoundFile> files, FileReader reader)
{
    // A Session::Work can be copied, and is called once.
    const auto held = std::make_shared<std::vector<FoundFile>>(std::move(files));
    return [held, reader](Runtime &runtime) { std::make_shared<FileTasks>(runtime, std::move(*held), reader)->spawnSlice(); };
}

} // namespace loopscope
