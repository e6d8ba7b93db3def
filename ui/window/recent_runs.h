#pragma once

#include "core/trace/trace.h"
#include "ui/window/run_request.h"

#include <QString>

#include <deque>
#include <memory>

namespace loopscope {

/// A run that has ended: what it recorded, and how to do it again.
struct PastRun {
    std::shared_ptr<const Trace> trace;
    RunRequest request;

    /// "14:03:12  access.log and 6 more: 7 files read": when it began, of what, and how it went.
    [[nodiscard]] QString title() const;
};

/// The runs that have ended, the latest first. Bounded in number and in memory; the oldest go first, the latest stays whatever its size.
class RecentRuns {
public:
    static constexpr std::size_t maxRuns = 12;
    static constexpr std::size_t maxBytes = std::size_t(512) << 20;

    void add(PastRun run);
    [[nodiscard]] std::size_t size() const { return runs_.size(); }
    [[nodiscard]] const PastRun &at(std::size_t index) const { return runs_[index]; }

private:
    std::deque<PastRun> runs_;
};

} // namespace loopscope
