#pragma once

#include "core/experiment/process_resources.h"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <type_traits>
#include <vector>

#include <tl/expected.hpp>

namespace loopscope {

/// A process that has ended, and what it used.
struct MeasuredProcess {
    ProcessResources resources;
    int waitStatus = 0; ///< of wait(2)

    /// Nothing if a signal ended it.
    [[nodiscard]] std::optional<int> exitCode() const;
    /// For people: "exit code 1", "ended by the signal KILL".
    [[nodiscard]] std::string endText() const;
};

static_assert(std::is_trivially_copyable_v<MeasuredProcess>);

/// A measured process, and the beginning of what it wrote to the standard error, in raw bytes.
struct MeasuredCommand {
    MeasuredProcess process;
    std::string errors;
};

/// Runs a command, the first of which is the path of a program, in a process group of its own, and waits for its end. `measuringProgram` is
/// one that serves measurements: see serveMeasurement(). A stop kills it, with all that it has started, and is an error. So is what makes a
/// measurement impossible: a sentence without a full stop. Any thread; blocks it.
[[nodiscard]] tl::expected<MeasuredCommand, std::string>
measureCommand(const std::string &measuringProgram, const std::vector<std::string> &command, const std::stop_token &stop);

} // namespace loopscope
