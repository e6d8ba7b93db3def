#pragma once

#include <cstdint>

namespace loopscope {

/// What a process used from its start to its end; as /usr/bin/time -v tells it of the same command, as far as that does.
/// Trivially copyable, for one process sends it to another of the same program.
struct ProcessResources {
    // As the kernel accounts for it, those of its own processes that it waited for included.
    std::int64_t userCpuNs = 0;
    std::int64_t systemCpuNs = 0;
    std::uint64_t peakRssBytes = 0;        ///< of the largest one of these processes
    std::uint64_t voluntarySwitches = 0;   ///< a thread had to wait
    std::uint64_t involuntarySwitches = 0; ///< a thread's time was over
    std::uint64_t blocksRead = 0;          ///< in 512 bytes, from a disk: what was not in the page cache

    // As seen when looking at it every few milliseconds, 20 at most, so that short peaks may be missing.
    std::uint64_t peakOwnBytes = 0;    ///< memory of it alone
    std::uint32_t peakThreads = 0;     ///< of it and its helper processes
    std::uint32_t peakDescriptors = 0; ///< of it alone
    std::uint32_t peakProcesses = 0;   ///< it and its helper processes
    std::uint64_t peakHelperBytes = 0; ///< memory that its helper processes share with nobody, in all

    [[nodiscard]] std::int64_t cpuNs() const { return userCpuNs + systemCpuNs; }
    /// Of it and its helpers. Of these the largest may be what the kernel tells.
    [[nodiscard]] std::uint64_t memoryBytes() const { return peakHelperBytes == 0 ? peakRssBytes : peakOwnBytes + peakHelperBytes; }
    friend bool operator==(const ProcessResources &, const ProcessResources &) = default;
};

} // namespace loopscope
