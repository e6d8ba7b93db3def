#pragma once

#include "app/large_pages.h"
#include "core/workload/file_tree.h"

#include <QObject>
#include <QThread>

#include <atomic>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace loopscope {

/// Finds the files that paths stand for on a thread of its own, for a file system may take its time or not answer at all.
class FileSearch : public QObject {
    Q_OBJECT

public:
    /// Begins at once, if the system grants a thread. Paths are raw bytes.
    explicit FileSearch(std::vector<std::string> paths);
    /// Stops it. A search that the file system holds is left behind.
    ~FileSearch() override;

    /// Whether there is a thread that searches: else it will never be over.
    [[nodiscard]] bool hasThread() const { return thread_->isRunning() || thread_->isFinished(); }
    /// Lets it be over soon, with what has been found.
    void stop() { shared_->stop.request_stop(); }
    /// What it found, once it is over.
    [[nodiscard]] FileList takeFound() { return std::move(shared_->list); }
    /// Whether there was not enough memory for what there is to find: then it found nothing. Once it is over.
    [[nodiscard]] bool isOutOfMemory() const { return shared_->isOutOfMemory; }
    /// Files found so far.
    [[nodiscard]] std::size_t found() const { return shared_->found.load(std::memory_order_relaxed); }

Q_SIGNALS:
    /// It is over, and takeFound() has something to give. Emitted once.
    void finished();

private:
    struct Shared {
        std::stop_source stop;
        std::atomic<std::size_t> found = 0;
        // The thread's until it has finished.
        FileList list;
        bool isOutOfMemory = false;
    };

    std::shared_ptr<Shared> shared_;
    std::optional<RoomForLargePages> room_; // until it is over
    QThread *thread_;
};

} // namespace loopscope
