#include "core/files/file_descriptor.h"
#include "core/text/system_reason.h"
#include "core/workload/scenario.h"
#include "core/workload/scenario_text.h"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>

namespace loopscope {
namespace {

ScenarioError fileError(std::string what)
{
    return {{}, std::move(what)};
}

/// The first `limit` bytes of a regular file at most.
tl::expected<std::string, ScenarioError> readBeginning(const std::string &path, std::size_t limit)
{
    const FileDescriptor file = openPath(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY); // a FIFO would block
    struct stat status { };
    if (!file.isOpen() || ::fstat(file.get(), &status) != 0)
        return tl::make_unexpected(fileError("cannot be opened: " + systemReason(errno)));
    if (!S_ISREG(status.st_mode))
        return tl::make_unexpected(fileError("is not a regular file"));
    std::string bytes(limit, '\0');
    std::size_t filled = 0;
    while (filled < limit) {
        const ssize_t got = ::read(file.get(), bytes.data() + filled, limit - filled);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return tl::make_unexpected(fileError("cannot be read: " + systemReason(errno)));
        if (got == 0)
            break;
        filled += static_cast<std::size_t>(got);
    }
    bytes.resize(filled);
    return bytes;
}

/// Lets relative paths begin at `directory`, which is empty or ends in a slash.
void placeFiles(std::vector<ScenarioTask> &tasks, const std::string &directory)
{
    for (ScenarioTask &task : tasks) {
        for (std::string &file : task.files) {
            if (!file.starts_with('/'))
                file.insert(0, directory);
        }
        placeFiles(task.children, directory);
    }
}

} // namespace

tl::expected<Scenario, ScenarioError> loadScenario(const std::string &path)
{
    const auto json = readBeginning(path, maxScenarioBytes + 1);
    if (!json)
        return tl::make_unexpected(json.error());
    auto scenario = parseScenario(*json);
    if (scenario)
        placeFiles(scenario->tasks, path.substr(0, path.rfind('/') + 1)); // npos + 1 is 0: the working directory
    return scenario;
}

bool looksLikeScenario(const std::string &path)
{
    constexpr std::string_view ending = ".json";
    constexpr std::size_t beginningBytes = 4096;
    const auto isSameLetter = [](char a, char b) { return a == b || (a >= 'A' && a <= 'Z' && a - 'A' + 'a' == b); };
    if (path.size() < ending.size()
        || !std::ranges::equal(std::string_view(path).substr(path.size() - ending.size()), ending, isSameLetter))
        return false;
    const auto beginning = readBeginning(path, beginningBytes);
    return beginning && beginning->find("\"loopscope_scenario\"") != std::string::npos;
}

} // namespace loopscope
