#pragma once

#include "core/files/file_descriptor.h"
#include "core/formats/own/run_increments.h"

#include <tl/expected.hpp>

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace loopscope {

/// Keeps a file up to date with a run while it goes on, so that what was recorded outlives a program that is killed: openOwnFile() opens
/// it.
///
/// A thread of its own packs and writes, so that no call waits for the disk but where it says so. If the disk is full, or fails, the
/// journal ends with what it has, and failure() says why; the run is none the worse. All calls come from the thread of the trace's owner.
class RunJournal {
public:
    /// Makes the journal of a run that will be saved as `path`: PATH.part, or PATH.2.part and so on if there is one already, of a run that
    /// was cut off. Errors are the reason without the path.
    [[nodiscard]] static tl::expected<std::unique_ptr<RunJournal>, std::string> create(const std::string &path);
    RunJournal(const RunJournal &) = delete;
    RunJournal &operator=(const RunJournal &) = delete;
    /// Waits until all that was told is written. The file stays.
    ~RunJournal();

    /// Where it is, in raw bytes.
    [[nodiscard]] const std::string &path() const { return path_; }
    /// Takes down what is new in the trace, which is always the same one; call it every second or so. Nothing happens while the disk is far
    /// behind, or after a failure: what is new then comes with a later call. False if there has to be a later call for it.
    bool flush(const Trace &trace, const Marks &marks);
    /// Why the journal ended early, without the path; nothing while it goes on.
    [[nodiscard]] std::optional<std::string> failure() const;
    /// Ends the journal, and waits until all that was told is written, or has failed: failure() is known then. The file stays.
    void finish();
    /// After finish(): whether there is anything in the file.
    [[nodiscard]] bool hasContent() const { return writtenBytes_ > 0; }
    /// Ends the journal and removes its file: for a run that is saved as a whole. Waits for a write that is going on.
    void remove();

private:
    /// A block on its way to the file.
    struct Told {
        BlockKind kind = BlockKind::End;
        std::string payload;
    };
    using Batch = std::vector<Told>;

    RunJournal(std::string path, FileDescriptor file);
    void work(const std::stop_token &stop);
    void writeBatches(const std::stop_token &stop);
    [[nodiscard]] std::optional<Batch> takeBatch(const std::stop_token &stop);
    [[nodiscard]] bool write(std::string_view bytes);

    const std::string path_;
    FileDescriptor file_;
    std::uint64_t writtenBytes_ = 0; // of whole batches; the writer's
    RunIncrements increments_;
    mutable std::mutex mutex_;
    std::condition_variable_any hasMore_;
    std::deque<Batch> waiting_;      // guarded by mutex_, as what follows
    std::uint64_t waitingBytes_ = 0; // the batch that is being written included
    std::optional<std::string> failure_;
    std::jthread writer_; // the last, so that the rest is there for as long as it runs
};

} // namespace loopscope
