#pragma once

#include "core/experiment/process_resources.h"

#include <sys/types.h>

namespace loopscope {

/// Raises the peaks in `resources` that can only be seen while a process lives (threads, descriptors, processes, the memory of helpers) to
/// what it and the processes that it has started have now. One that has ended has nothing.
void sampleProcess(pid_t process, ProcessResources &resources);

} // namespace loopscope
