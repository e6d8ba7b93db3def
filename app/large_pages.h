#pragma once

namespace loopscope {

/// Asks the system for pages of 2 MiB in what the thread that calls it has allocated and is going to, some 32 MiB. The system may ignore
/// it.
///
/// For a process that makes one run and ends: a page of 4 KiB costs microseconds when it is first used, in a virtual machine up to nine,
/// and a run of many files uses thousands. One that allocates and frees large buffers again and again is slower for it, as each time they
/// come back a large page is cleared. Workers go without, for there may be thousands of them, each with a few kilobytes. Early in
/// the thread.
void askForLargePages();

} // namespace loopscope
