#pragma once

#include "ui/window/trace_document.h"

#include <QString>

#include <deque>
#include <memory>

namespace loopscope {

/// The runs that have ended, the latest first. Bounded in number and in memory; the oldest go first, the latest stays whatever its size.
class RecentRuns {
public:
    static constexpr std::size_t maxRuns = 12;
    static constexpr std::size_t maxBytes = std::size_t(512) << 20;

    /// Makes a run the latest, be it new or not.
    void add(std::shared_ptr<TraceDocument> run);
    [[nodiscard]] std::size_t size() const { return runs_.size(); }
    [[nodiscard]] const std::shared_ptr<TraceDocument> &at(std::size_t index) const { return runs_[index]; }
    /// "14:03:12  access.log and 6 more: 7 files read": when a run began, of what, and how it went.
    [[nodiscard]] static QString title(const TraceDocument &run);

private:
    std::deque<std::shared_ptr<TraceDocument>> runs_;
};

} // namespace loopscope
