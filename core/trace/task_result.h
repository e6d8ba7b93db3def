#pragma once

#include "core/trace/lane.h"

#include <optional>
#include <string>
#include <utility>

namespace loopscope {

/// How a task's body ended. Texts are UTF-8, for people.
struct TaskResult {
    Outcome outcome = Outcome::Done;
    std::string error;  ///< of a failed one: why
    std::string note;   ///< what else is worth telling
    std::string result; ///< what it returned
    std::optional<FileFacts> file;

    [[nodiscard]] static TaskResult done(std::string result) { return {Outcome::Done, {}, {}, std::move(result), {}}; }
    [[nodiscard]] static TaskResult failed(std::string error) { return {Outcome::Failed, std::move(error), {}, {}, {}}; }
    [[nodiscard]] static TaskResult cancelled(std::string note = {}) { return {Outcome::Cancelled, {}, std::move(note), {}, {}}; }
};

} // namespace loopscope
