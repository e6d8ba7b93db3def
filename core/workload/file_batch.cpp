#include "core/workload/file_batch.h"

#include "core/files/file_descriptor.h"
#include "core/text/system_reason.h"
#include "core/workload/small_file_ring.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace loopscope {

namespace {

// A small file read together saves some 1 µs, one that was tried in vain costs some 4 µs: trying pays while four of five files are small.
constexpr int gain = 1;
constexpr int loss = 4;
constexpr int enoughWorth = 8; // small files in a row, to begin with
constexpr int mostWorth = 64;  // so that large files are noticed soon behind very many small ones, and the other way round

/// The ring of the calling thread, made when it is first asked for; or the system's error.
tl::expected<SmallFileRing *, int> threadRing()
{
    thread_local std::unique_ptr<SmallFileRing> ring;
    if (!ring) {
        auto opened = SmallFileRing::open();
        if (!opened)
            return tl::make_unexpected(opened.error());
        ring = *std::move(opened);
    }
    return ring.get();
}

} // namespace

ReadStep FileStep::operator()(const std::stop_token &stop) const
{
    ReadStep step = reader->step(stop);
    while (isWhole && step == ReadStep::More && !stop.stop_requested())
        step = reader->step(stop);
    if (together && reader->size())
        together->learn(*reader->size());
    return step;
}

JobBatch<FileStep> *FileStep::batch() const
{
    return together.get();
}

FileBatch::FileBatch(FileReader reader, std::function<void(std::string)> note)
    : isForced_(reader == FileReader::IoUring)
    , note_(std::move(note))
    , isPossible_(reader == FileReader::Automatic || reader == FileReader::IoUring)
{
    if (!SmallFileRing::isBuiltIn() && isForced_)
        giveUp("this build of the program has none");
    else if (!SmallFileRing::isBuiltIn())
        isPossible_ = false;
}

void FileBatch::learn(std::uint64_t size)
{
    count(size <= SmallFileRing::largestBytes ? gain : -loss);
}

// What threads count at once may be lost: it is a tendency.
void FileBatch::count(int change)
{
    worth_.store(std::clamp(worth_.load(std::memory_order_relaxed) + change, -mostWorth, mostWorth), std::memory_order_relaxed);
}

// One alone is read faster by plain calls.
std::size_t FileBatch::takenOf(std::size_t share) const
{
    const bool isWorthIt = isForced_ || (share > 1 && worth_.load(std::memory_order_relaxed) >= enoughWorth);
    return isWorthIt && isPossible_.load(std::memory_order_relaxed) ? std::min(share, SmallFileRing::mostFiles) : 0;
}

void FileBatch::prepare(std::span<FileStep *const> steps, const DoPrepared &doPrepared)
{
    const auto ring = threadRing();
    if (!ring && isOutOfDescriptors(ring.error()))
        return; // they will wait for some on their lanes
    if (!ring)
        return giveUp(systemReason(ring.error()));
    std::vector<const std::string *> paths;
    paths.reserve(steps.size());
    for (const FileStep *step : steps)
        paths.push_back(&step->reader->path());
    std::size_t read = 0;
    (*ring)->read(paths, [&](std::size_t file, std::string_view content) {
        ++read;
        steps[file]->reader->offer(content);
        doPrepared(file);
    });
    count(-loss * static_cast<int>(steps.size() - read));
}

void FileBatch::giveUp(const std::string &why)
{
    isPossible_.store(false, std::memory_order_relaxed);
    note_("io_uring is not to be had (" + why + "): the pool read the files");
}

} // namespace loopscope
