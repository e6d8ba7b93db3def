#pragma once

#include "core/trace/lane.h"

#include <memory>
#include <string>
#include <utility>

namespace loopscope {

/// How a task's body ended. Texts are UTF-8, for people.
struct TaskResult {
    Outcome outcome = Outcome::Done;
    std::string error;               ///< of a failed one: why
    std::string note;                ///< what else is worth telling
    std::string result;              ///< what it returned
    std::unique_ptr<FileFacts> file; ///< what it read, if it reads a file; without the path, which was told when the task was made

    [[nodiscard]] static TaskResult done(std::string result) { return {Outcome::Done, {}, {}, std::move(result), {}}; }
    [[nodiscard]] static TaskResult failed(std::string error) { return {Outcome::Failed, std::move(error), {}, {}, {}}; }
    [[nodiscard]] static TaskResult cancelled(std::string note = {}) { return {Outcome::Cancelled, {}, std::move(note), {}, {}}; }
};

} // namespace loopscope
