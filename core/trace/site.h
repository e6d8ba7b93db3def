#pragma once

#include "core/trace/name_table.h"

#include <cstdint>

namespace loopscope {

/// The reason of a wait for one of the slots that bound the files in flight.
inline constexpr const char *slotReason = "slot";

/// Why a lane entered a state, and where in the source. Names are those of the trace's NameTable.
struct Site {
    NameId reason = 0;   ///< "timer", "slot", "read chunk"…; empty if there is none
    NameId file = 0;     ///< base name of the source file; empty if unknown
    NameId function = 0; ///< as the compiler spells it
    std::uint32_t line = 0;

    friend bool operator==(const Site &, const Site &) = default;
};

} // namespace loopscope
