#include "app/large_pages.h"

#include <sys/mman.h>

#include <cstdint>
#include <memory>

#ifdef LOOPSCOPE_USES_MIMALLOC
#include <mimalloc.h>
#endif

namespace loopscope {

// mimalloc 2 gives each thread pieces of 32 MiB, at multiples of them. With another allocator this is a hint on some other memory.
void askForLargePages()
{
    constexpr std::uintptr_t piece = std::uintptr_t(32) << 20U;
    const auto memory = std::make_unique<char>();
    const std::uintptr_t begin = reinterpret_cast<std::uintptr_t>(memory.get()) / piece * piece;
    static_cast<void>(madvise(reinterpret_cast<void *>(begin), piece, MADV_HUGEPAGE)); // there is nothing to be done if it is refused
}

#ifdef LOOPSCOPE_USES_MIMALLOC

RoomForLargePages::RoomForLargePages()
    : delay_(mi_option_get(mi_option_eager_commit_delay))
{
    mi_option_set(mi_option_eager_commit_delay, 0);
}

RoomForLargePages::~RoomForLargePages()
{
    mi_option_set(mi_option_eager_commit_delay, delay_);
}

#else

RoomForLargePages::RoomForLargePages() = default;
RoomForLargePages::~RoomForLargePages() = default;

#endif

} // namespace loopscope
