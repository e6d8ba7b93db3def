#include "core/runtime/process_usage.h"

#include <charconv>
#include <fstream>
#include <optional>
#include <string>

#include <sys/resource.h>

namespace loopscope {

namespace {

constexpr std::uint64_t kibibyte = 1024;

rusage usageOfProcess()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage;
}

std::optional<std::uint64_t> highWaterMark()
{
    constexpr std::string_view key = "VmHWM:";
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (!line.starts_with(key))
            continue;
        const std::size_t digits = line.find_first_of("0123456789");
        std::uint64_t kibibytes = 0;
        if (digits != std::string::npos && std::from_chars(line.data() + digits, line.data() + line.size(), kibibytes).ec == std::errc())
            return kibibytes * kibibyte;
    }
    return std::nullopt;
}

} // namespace

Nanoseconds processCpuTime()
{
    const rusage usage = usageOfProcess();
    const auto nanoseconds = [](const timeval &time) {
        return time.tv_sec * nanosecondsPerSecond + time.tv_usec * nanosecondsPerMicrosecond;
    };
    return nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime);
}

std::uint64_t peakRssBytes()
{
    // ru_maxrss survives exec(): it may be the parent's, which was larger.
    if (const auto mark = highWaterMark())
        return *mark;
    return static_cast<std::uint64_t>(usageOfProcess().ru_maxrss) * kibibyte;
}

void forgetPeakRss()
{
    std::ofstream("/proc/self/clear_refs") << "5\n"; // proc(5): resets VmHWM
}

} // namespace loopscope
