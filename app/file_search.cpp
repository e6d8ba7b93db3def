#include "app/file_search.h"

#include <new>

namespace loopscope {

namespace {

// A search that is asked to stop does so at the next file, which takes microseconds unless the file system hangs.
constexpr unsigned long patienceMs = 500;

} // namespace

FileSearch::FileSearch(std::vector<std::string> paths)
    : shared_(std::make_shared<Shared>())
    , room_(std::in_place)
    , thread_(QThread::create([shared = shared_, paths = std::move(paths)] {
        try {
            askForLargePages(); // for the paths
            shared->list = expandPaths(paths, shared->stop.get_token(), [&shared](std::size_t found) { shared->found = found; });
        } catch (const std::bad_alloc &) {
            shared->isOutOfMemory = true;
        }
    }))
{
    connect(thread_, &QThread::finished, this, [this] {
        room_.reset();
        Q_EMIT finished();
    });
    thread_->start();
}

FileSearch::~FileSearch()
{
    shared_->stop.request_stop();
    disconnect(thread_, nullptr, this, nullptr);
    if (thread_->wait(patienceMs))
        delete thread_; // a QThread that still runs must not be destroyed
}

} // namespace loopscope
