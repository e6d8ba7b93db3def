#include "ui/window/path_opener.h"

#include "core/workload/byte_text.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace loopscope {

using namespace std::chrono_literals;

namespace {

constexpr auto progressInterval = 100ms;
constexpr auto longestGoodbye = 500ms;

void openScenario(const std::string &path, OpenedPaths &result)
{
    auto scenario = loadScenario(path);
    if (scenario)
        result.scenarios.push_back(std::make_shared<const Scenario>(std::move(*scenario)));
    else
        result.refusals.push_back(displayText(path) + ": " + scenario.error().text());
}

} // namespace

/// What the thread and the opener share: the opener may go while the thread still waits for the system.
struct PathOpener::Link {
    std::mutex mutex;
    PathOpener *opener; // null when it is gone
    std::condition_variable idle;
    int threads = 0;

    template <typename Call>
    void post(Call call)
    {
        const std::lock_guard lock(mutex);
        if (opener)
            QMetaObject::invokeMethod(
                opener, [to = opener, call = std::move(call)] { call(*to); }, Qt::QueuedConnection);
    }

    static void look(const std::shared_ptr<Link> &link, const std::vector<std::string> &paths, const std::stop_token &stop)
    {
        auto result = std::make_shared<OpenedPaths>();
        for (const std::string &path : paths) {
            if (looksLikeScenario(path))
                openScenario(path, *result);
            else
                result->paths.push_back(path);
        }
        auto lastReport = std::chrono::steady_clock::now();
        result->files = expandPaths(result->paths, stop, [&](std::size_t found) {
            const auto now = std::chrono::steady_clock::now();
            if (now - lastReport < progressInterval)
                return;
            lastReport = now;
            link->post([found](PathOpener &owner) { Q_EMIT owner.progressed(found); });
        });
        result->isCancelled = stop.stop_requested();
        link->post([result](PathOpener &owner) { owner.finish(result); });
    }
};

PathOpener::PathOpener(QObject *parent)
    : QObject(parent)
    , link_(std::make_shared<Link>())
{
    link_->opener = this;
}

PathOpener::~PathOpener()
{
    cancel();
    std::unique_lock lock(link_->mutex);
    link_->opener = nullptr;
    link_->idle.wait_for(lock, longestGoodbye, [this] { return link_->threads == 0; });
}

void PathOpener::open(std::vector<std::string> paths)
{
    searches_.push_back({std::move(paths), {}});
    if (searches_.size() == 1)
        startNext();
}

void PathOpener::cancel()
{
    for (Search &search : searches_)
        search.stop.request_stop();
}

void PathOpener::startNext()
{
    {
        const std::lock_guard lock(link_->mutex);
        ++link_->threads;
    }
    // Detached, for a thread in a call that the system does not answer cannot be joined.
    std::thread([link = link_, paths = searches_.front().paths, stop = searches_.front().stop.get_token()] {
        Link::look(link, paths, stop);
        const std::lock_guard lock(link->mutex);
        --link->threads;
        link->idle.notify_all();
    }).detach();
}

void PathOpener::finish(const std::shared_ptr<OpenedPaths> &result)
{
    searches_.pop_front();
    if (!searches_.empty())
        startNext();
    if (result->isCancelled)
        result->files = {};
    Q_EMIT opened(result);
}

} // namespace loopscope
