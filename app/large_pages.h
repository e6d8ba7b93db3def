#pragma once

namespace loopscope {

/// Asks the system for pages of 2 MiB in what the thread that calls it has allocated and is going to, some 32 MiB. The system may ignore
/// it.
///
/// For a process that makes one run and ends: a page of 4 KiB costs microseconds when it is first used, in a virtual machine up to nine,
/// and a run of many files uses thousands. One that allocates and frees large buffers again and again is slower for it, as each time they
/// come back a large page is cleared. Workers go without, for there may be thousands of them, each with a few kilobytes. Early in the main
/// thread, or in one that was started with RoomForLargePages.
void askForLargePages();

/// While it lives, a thread that is started gets memory that large pages have room in. All at once: mimalloc lets most threads use theirs
/// bit by bit, and no bit is large enough. Counts as 32 MiB a thread where the system limits what a process may use. On the main thread,
/// while no others are started that can do without.
class RoomForLargePages {
public:
    RoomForLargePages();
    ~RoomForLargePages();
    RoomForLargePages(const RoomForLargePages &) = delete;
    RoomForLargePages &operator=(const RoomForLargePages &) = delete;

private:
    [[maybe_unused]] long delay_ = 0;
};

} // namespace loopscope
