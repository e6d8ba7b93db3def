#include "core/formats/own/run_journal.h"

#include "core/formats/trace_opening.h"
#include "core/text/system_reason.h"

#include <algorithm>
#include <cerrno>
#include <new>
#include <sstream>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace loopscope {

namespace {

constexpr int mostJournals = 100;  // of one name
constexpr mode_t modeOfNew = 0666; // less what the umask takes
// How much may be on its way to a slow disk.
constexpr std::uint64_t mostWaitingBytes = std::uint64_t(64) << 20U;

std::string journalName(const std::string &path, int number)
{
    return path + (number == 1 ? "" : "." + std::to_string(number)) + ".part";
}

} // namespace

tl::expected<std::unique_ptr<RunJournal>, std::string> RunJournal::create(const std::string &path)
{
    for (int number = 1; number <= mostJournals; ++number) {
        std::string name = journalName(path, number);
        FileDescriptor file(::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, modeOfNew));
        if (file.isOpen()) {
            try {
                return std::unique_ptr<RunJournal>(new RunJournal(std::move(name), std::move(file)));
            } catch (const std::system_error &) {
                ::unlink(journalName(path, number).c_str());
                return tl::unexpected(std::string("the system grants no thread to write it"));
            }
        }
        if (errno != EEXIST)
            return tl::unexpected(systemReason(errno));
    }
    return tl::unexpected("there are " + std::to_string(mostJournals) + " journals of runs that were cut off beside it");
}

RunJournal::RunJournal(std::string path, FileDescriptor file)
    : path_(std::move(path))
    , file_(std::move(file))
    , writer_([this](const std::stop_token &stop) { work(stop); })
{
}

RunJournal::~RunJournal() = default; // the thread is asked to stop, and waited for

bool RunJournal::flush(const Trace &trace, const Marks &marks)
{
    {
        const std::scoped_lock lock(mutex_);
        if (failure_)
            return true;
        if (waitingBytes_ > mostWaitingBytes)
            return false;
    }
    Batch batch;
    std::uint64_t bytes = 0;
    increments_.tell(trace, marks, [&](const PlainBlock &block) {
        std::string payload(block.head);
        payload.append(block.body);
        bytes += payload.size();
        batch.push_back({block.kind, std::move(payload)});
        return true;
    });
    const std::scoped_lock lock(mutex_);
    waitingBytes_ += bytes;
    waiting_.push_back(std::move(batch));
    hasMore_.notify_one();
    return true;
}

std::optional<std::string> RunJournal::failure() const
{
    const std::scoped_lock lock(mutex_);
    return failure_;
}

void RunJournal::remove()
{
    {
        const std::scoped_lock lock(mutex_);
        waiting_.clear();
    }
    finish();
    ::unlink(path_.c_str());
}

void RunJournal::finish()
{
    writer_.request_stop();
    if (writer_.joinable())
        writer_.join();
}

std::optional<RunJournal::Batch> RunJournal::takeBatch(const std::stop_token &stop)
{
    std::unique_lock lock(mutex_);
    hasMore_.wait(lock, stop, [this] { return !waiting_.empty(); });
    if (waiting_.empty())
        return std::nullopt;
    Batch batch = std::move(waiting_.front());
    waiting_.pop_front();
    return batch;
}

void RunJournal::work(const std::stop_token &stop)
{
    try {
        writeBatches(stop);
    } catch (const std::bad_alloc &) {
        const std::scoped_lock lock(mutex_);
        failure_ = noMemory;
        waiting_.clear();
    }
}

void RunJournal::writeBatches(const std::stop_token &stop)
{
    std::ostringstream bytes;
    BlockWriter writer(bytes);
    writer.writeHeader(TraceOrigin::Run, OwnFileKind::Journal);
    while (const auto batch = takeBatch(stop)) {
        std::uint64_t plainBytes = 0;
        for (const Told &told : *batch) {
            writer.write({told.kind, 0, told.payload, {}});
            plainBytes += told.payload.size();
        }
        const bool isWritten = write(bytes.view());
        const std::string reason = isWritten ? std::string() : systemReason(errno);
        bytes.str({});
        const std::scoped_lock lock(mutex_);
        waitingBytes_ -= plainBytes;
        if (isWritten)
            continue;
        failure_ = reason;
        waiting_.clear();
        return;
    }
}

// All of it, or nothing, for others may need the room.
bool RunJournal::write(std::string_view bytes)
{
    const std::size_t size = bytes.size();
    while (!bytes.empty()) {
        const ssize_t written = ::write(file_.get(), bytes.data(), bytes.size());
        if (written >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            const int error = errno;
            // If that fails too, who opens the file still gets all that is whole.
            [[maybe_unused]] const int cut = ::ftruncate(file_.get(), static_cast<off_t>(writtenBytes_));
            errno = error;
            return false;
        }
    }
    writtenBytes_ += size;
    return true;
}

} // namespace loopscope
