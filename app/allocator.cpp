#include "app/allocator.h"

#include <mimalloc.h>

namespace {

// To the system each new page is work, one of 2 MiB much less than 512 of 4 KiB, and a run touches new memory all the time.
void useLargePages()
{
    mi_option_enable(mi_option_large_os_pages);
    mi_option_set(mi_option_eager_commit_delay, 0); // else each thread's first 32 MiB are of small pages
}

// Before the first allocation, which libraries make before main() begins.
[[gnu::section(".preinit_array"), gnu::used]] void (*const atStart)() = useLargePages;

} // namespace

void loopscope::expectManyThreads()
{
    mi_option_disable(mi_option_eager_commit);
}
