#include "core/experiment/process_sampling.h"

#include "core/files/file_descriptor.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

namespace loopscope {

namespace {

constexpr std::size_t mostRead = 8192; // a status has some 1.5 KB

std::string contentOf(const std::string &path)
{
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    std::array<char, mostRead> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init)
    const ssize_t got = file.isOpen() ? ::read(file.get(), buffer.data(), buffer.size()) : 0;
    return {buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(0, got))};
}

/// The number behind "Key:" at the beginning of a line; 0 if there is none.
std::uint64_t fieldOf(std::string_view status, std::string_view key)
{
    const std::size_t at = status.find("\n" + std::string(key) + ":");
    const std::size_t digits = at == std::string_view::npos ? at : status.find_first_of("0123456789", at);
    std::uint64_t value = 0;
    if (digits != std::string_view::npos)
        std::from_chars(status.data() + digits, status.data() + status.size(), value);
    return value;
}

/// The entries of a folder but those that begin with a dot.
std::vector<std::string> entriesOf(const std::string &path)
{
    std::vector<std::string> entries;
    const std::unique_ptr<DIR, int (*)(DIR *)> folder(::opendir(path.c_str()), ::closedir);
    while (const dirent *entry = folder ? ::readdir(folder.get()) : nullptr) {
        if (entry->d_name[0] != '.')
            entries.emplace_back(entry->d_name);
    }
    return entries;
}

/// The processes that any of its threads has started, and that live.
std::vector<std::string> childrenOf(const std::string &process)
{
    std::vector<std::string> children;
    for (const std::string &thread : entriesOf(process + "/task")) {
        const std::string pids = contentOf(process + "/task/" + thread + "/children");
        for (std::size_t at = 0, space = 0; (space = pids.find(' ', at)) != std::string::npos; at = space + 1)
            children.push_back(pids.substr(at, space - at));
    }
    return children;
}

} // namespace

void sampleProcess(pid_t process, ProcessResources &resources)
{
    const std::string folder = "/proc/" + std::to_string(process);
    const std::string own = contentOf(folder + "/status");
    std::uint64_t threads = fieldOf(own, "Threads");
    const std::vector<std::string> children = childrenOf(folder);
    std::uint64_t helperBytes = 0;
    for (const std::string &child : children) {
        const std::string status = contentOf("/proc/" + child + "/status");
        threads += fieldOf(status, "Threads");
        helperBytes += fieldOf(status, "RssAnon") * 1024;
    }
    resources.peakOwnBytes = std::max(resources.peakOwnBytes, fieldOf(own, "VmHWM") * 1024);
    resources.peakThreads = std::max(resources.peakThreads, static_cast<std::uint32_t>(threads));
    resources.peakDescriptors = std::max(resources.peakDescriptors, static_cast<std::uint32_t>(entriesOf(folder + "/fd").size()));
    resources.peakProcesses = std::max(resources.peakProcesses, static_cast<std::uint32_t>(children.size() + 1));
    resources.peakHelperBytes = std::max(resources.peakHelperBytes, helperBytes);
}

} // namespace loopscope
