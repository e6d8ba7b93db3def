#pragma once

#include "core/trace/run_info.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace loopscope {

/// No more problems, notes or kinds of what was skipped are taken from a file: who wrote it has no say in how long a report is.
inline constexpr std::size_t mostTold = 64;

/// Counts what in a file could not be used, by kind, and keeps the place of the first of each.
class ProblemList {
public:
    /// `what` as ImportProblem has it.
    void leaveOut(const char *what, std::uint64_t byte) { add(what, byte, true); }
    void mend(const char *what, std::uint64_t byte) { add(what, byte, false); }
    [[nodiscard]] const std::vector<ImportProblem> &all() const { return problems_; }

private:
    void add(const char *what, std::uint64_t byte, bool isLeftOut)
    {
        const auto known = std::ranges::find(problems_, what, &ImportProblem::what);
        if (known != problems_.end())
            ++known->count;
        else
            problems_.push_back({what, 1, byte, isLeftOut});
    }

    std::vector<ImportProblem> problems_;
};

} // namespace loopscope
