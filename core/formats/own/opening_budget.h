#pragma once

#include "core/trace/memory_limit.h"

#include <cstdint>

namespace loopscope {

/// A file of ours that unpacks to more is refused, and none is written, so that a small file cannot take much memory; nor does a comparison
/// with all of its traces. Arguments do not count, which are unpacked one block at a time.
inline constexpr std::uint64_t mostUnpackedBytes = std::uint64_t(1) << 30U;

/// What opening may take, of several files together too. Who writes them keeps to `unpacked` alone.
struct OpeningBudget {
    std::uint64_t unpacked = mostUnpackedBytes; ///< bytes that packed blocks may become
    std::uint64_t memory = machineMemory() / 2; ///< bytes of the traces
};

} // namespace loopscope
