#pragma once

#include "core/trace/lane.h"
#include "core/trace/rare_text.h"

#include <memory>
#include <string>
#include <utility>

namespace loopscope {

/// How a task's body ended. Texts are UTF-8, for people. Each task's coroutine has one, which its texts must not inflate.
struct TaskResult {
    Outcome outcome = Outcome::Done;
    RareText text;                   ///< of a done one what it returned, of a failed one why it failed
    RareText note;                   ///< what else is worth telling
    std::unique_ptr<FileFacts> file; ///< what it read, if it reads a file; without the path, which was told when the task was made

    [[nodiscard]] static TaskResult done(std::string result) { return {Outcome::Done, std::move(result), {}, {}}; }
    [[nodiscard]] static TaskResult failed(std::string error) { return {Outcome::Failed, std::move(error), {}, {}}; }
    [[nodiscard]] static TaskResult cancelled(std::string note = {}) { return {Outcome::Cancelled, {}, std::move(note), {}}; }
};

} // namespace loopscope
