#include "core/trace/memory_limit.h"

#include <algorithm>

#include <unistd.h>

namespace loopscope {

std::uint64_t machineMemory()
{
    const auto pages = static_cast<std::uint64_t>(std::max(0L, ::sysconf(_SC_PHYS_PAGES)));
    return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

std::uint64_t usualMemoryLimit()
{
    return machineMemory() / 4;
}

} // namespace loopscope
