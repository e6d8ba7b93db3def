#pragma once

#include "core/trace/trace.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

namespace loopscope {

/// What a lane of an imported trace is called in Chrome's format: an id, and a name beside it that the id does not tell already.
struct ImportedId {
    std::string id; ///< a number in decimal digits, or any text; empty if there is none
    std::string name;

    [[nodiscard]] bool isNumber() const;
};

/// Gives processes and threads the ids and names from which openChromeJson() makes the names of their lanes. No two processes have the same
/// id, and no two threads of a process.
class ImportedIds {
public:
    /// The trace must outlive it, and not change.
    explicit ImportedIds(const Trace &trace);

    /// Of a process; nothing but empty texts for noLane.
    [[nodiscard]] const ImportedId &process(LaneId lane) const;
    /// Of the head of a thread.
    [[nodiscard]] const ImportedId &thread(LaneId lane) const;

private:
    const Trace &trace_;
    std::unordered_map<LaneId, ImportedId> ids_;
};

} // namespace loopscope
