#pragma once

#include <optional>
#include <string>

#include <sys/types.h>

namespace loopscope {

/// Finds out whether a window can be shown, for Qt aborts the process where it cannot: a child process starts Qt in its place.
///
/// A child that succeeded keeps its connection to the display until this is destroyed: an X server that serves nobody else resets itself
/// when its last client goes, and would turn away whoever comes at that moment. So keep the check until the application is there.
class DisplayCheck {
public:
    /// The arguments are those for the application. Make it before there are threads.
    DisplayCheck(int argc, char **argv);
    ~DisplayCheck();
    DisplayCheck(const DisplayCheck &) = delete;
    DisplayCheck &operator=(const DisplayCheck &) = delete;

    /// Why no window can be shown and what to do, as a sentence; nothing if it can.
    [[nodiscard]] const std::optional<std::string> &objection() const { return objection_; }

private:
    std::optional<std::string> objection_;
    pid_t child_ = -1;
};

} // namespace loopscope
