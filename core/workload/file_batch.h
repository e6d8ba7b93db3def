#pragma once

#include "core/runtime/blocking_await.h"
#include "core/workload/chunk_reader.h"
#include "core/workload/file_reader.h"

#include <atomic>
#include <functional>
#include <memory>
#include <string>

namespace loopscope {

class FileBatch;

/// The blocking job of a task that reads a file: one step of its reader, which it shares with the task, for a read that the system does not
/// answer outlives that.
struct FileStep {
    std::shared_ptr<ChunkReader> reader;
    std::shared_ptr<FileBatch> together{}; ///< null if it is to be done alone
    bool isWhole = false;                  ///< all steps at once

    ReadStep operator()(const std::stop_token &stop) const;
    [[nodiscard]] JobBatch<FileStep> *batch() const;
};

/// The first steps of small files, which workers do through io_uring, some dozens at once.
///
/// Whether it is worth trying shows when files have been read: until a number of small ones was, and again when too many were tried in vain
/// (large ones, or on a file system that is not to be trusted with it), each is read alone. Where io_uring is refused, all are.
class FileBatch final : public JobBatch<FileStep> {
public:
    /// `note` is told, on any thread, what a user should know about the way of reading.
    FileBatch(FileReader reader, std::function<void(std::string)> note);

    /// Says how many bytes a file has that was read, or begun to be. Any thread.
    void learn(std::uint64_t size);

    [[nodiscard]] std::size_t takenOf(std::size_t share) const override;
    [[nodiscard]] Reason reason() const override { return "io_uring"; }
    void prepare(std::span<FileStep *const> steps, const DoPrepared &doPrepared) override;

private:
    void giveUp(const std::string &why);
    void count(int change);

    const bool isForced_;
    const std::function<void(std::string)> note_;
    std::atomic<bool> isPossible_{true};
    std::atomic<int> worth_{0}; // of trying
};

} // namespace loopscope
