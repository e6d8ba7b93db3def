#pragma once

#include "core/trace/task_result.h"
#include "core/trace/time.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace loopscope {

/// A blocking job that another process can do, for it is told in bytes.
struct JobRequest {
    enum class Kind : std::uint8_t {
        Sleep, ///< sleepFor() `duration`
        Cpu,   ///< burnCpu() for `duration`
        Read,  ///< blockingRead() of `path`
        File   ///< reads `path` as a task of kind "file" does, in one go and without a preview
    };

    Kind kind = Kind::Sleep;
    Nanoseconds duration = 0;
    std::string path; ///< raw bytes

    friend bool operator==(const JobRequest &, const JobRequest &) = default;
};

/// As bytes and back. Nothing if the bytes are not all of one.
[[nodiscard]] std::string encodeRequest(const JobRequest &request);
[[nodiscard]] std::optional<JobRequest> decodeRequest(std::span<const std::byte> bytes);

/// What came of it, likewise; the preview of a file is left out.
[[nodiscard]] std::string encodeResult(const TaskResult &result);
[[nodiscard]] std::optional<TaskResult> decodeResult(std::span<const std::byte> bytes);

/// Longer messages are not taken: no path and no result is.
inline constexpr std::uint32_t largestMessage = 16 << 20;

/// Sends a message through a socket; false if the other end is gone. Blocks.
[[nodiscard]] bool sendMessage(int socket, const std::string &bytes);
/// Waits for a message; nothing if the other end is gone, or sends what is none.
[[nodiscard]] std::optional<std::vector<std::byte>> receiveMessage(int socket);

} // namespace loopscope
