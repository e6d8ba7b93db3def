#pragma once

#include "core/trace/task_result.h"
#include "core/workload/chunk_reader.h"

namespace loopscope {

/// What became of a file whose reader has ended, by its last step: "12 lines", or why it failed.
[[nodiscard]] TaskResult fileResult(const ChunkReader &reader, ReadStep last);

} // namespace loopscope
