#include "ui/window/path_opener.h"

#include "core/formats/trace_registry.h"
#include "core/workload/byte_text.h"

#include <chrono>

namespace loopscope {

using namespace std::chrono_literals;

namespace {

constexpr auto progressInterval = 100ms;

void openScenario(const std::string &path, OpenedPaths &result)
{
    auto scenario = loadScenario(path);
    if (scenario) {
        result.scenarios.push_back(std::make_shared<const Scenario>(std::move(*scenario)));
        result.scenarioPaths.push_back(path);
    } else {
        result.refusals.push_back(displayText(path) + ": " + scenario.error().text());
    }
}

void sort(const std::string &path, PathIntent intent, OpenedPaths &result)
{
    const auto file = intent == PathIntent::Read ? RecognisedFile() : recognisedFile(path).value_or(RecognisedFile());
    if (file.kind == TraceFileKind::Other)
        result.paths.push_back(path); // what cannot be looked into, too: reading it tells why
    else if (intent == PathIntent::Ask)
        result.toAskFor.push_back(path);
    else if (file.isTrace() || file.kind == TraceFileKind::Comparison)
        result.traces.push_back(path);
    else
        openScenario(path, result);
}

} // namespace

PathOpener::PathOpener(QObject *parent)
    : QObject(parent)
{
}

PathOpener::~PathOpener()
{
    cancel();
}

void PathOpener::open(std::vector<std::string> paths, PathIntent intent)
{
    searches_.push_back({std::move(paths), intent, {}});
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
    jobs_.start([this, search = searches_.front()](const BackgroundJobs::Tell &tell) { look(this, search, tell); },
                [this](const std::string &reason) {
                    auto result = std::make_shared<OpenedPaths>();
                    result->failure = reason;
                    finish(result);
                });
}

void PathOpener::look(PathOpener *opener, const Search &search, const BackgroundJobs::Tell &tell)
{
    auto result = std::make_shared<OpenedPaths>();
    for (const std::string &path : search.paths)
        sort(path, search.intent, *result);
    auto lastReport = std::chrono::steady_clock::now();
    result->files = expandPaths(result->paths, search.stop.get_token(), [&](std::size_t found) {
        const auto now = std::chrono::steady_clock::now();
        if (now - lastReport < progressInterval)
            return;
        lastReport = now;
        tell([opener, found] { Q_EMIT opener->progressed(found); });
    });
    result->isCancelled = search.stop.stop_requested();
    tell([opener, result] { opener->finish(result); });
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
