#pragma once

#include <chrono>
#include <string>

namespace loopscope {

/// A line on stderr that is overwritten while something lasts. Shown only if stderr is a terminal, at most ten times a second.
class ProgressLine {
public:
    ProgressLine();
    /// Removes the line.
    ~ProgressLine();
    ProgressLine(const ProgressLine &) = delete;
    ProgressLine &operator=(const ProgressLine &) = delete;

    /// Whether it is time for another one: asks nothing of the terminal, so that there is no need to make a text that is not shown.
    [[nodiscard]] bool isDue() const;
    /// `text` is a short one in ASCII.
    void show(const std::string &text);
    void clear();

private:
    bool isTerminal_;
    bool isShown_ = false;
    std::chrono::steady_clock::time_point lastShown_{};
};

} // namespace loopscope
