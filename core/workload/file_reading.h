#pragma once

#include "core/runtime/session.h"
#include "core/runtime/task.h"
#include "core/workload/file_reader.h"
#include "core/workload/file_tree.h"

#include <string>
#include <vector>

namespace loopscope {

/// Work for a session that reads files, a task of kind "file" each, as many at a time as the run has file slots. A file is read in chunks,
/// each of them a blocking job on a worker; one of a single chunk takes one job, and small ones may be read some dozens at once. If each
/// job has a thread of its own, a file is one job. FileReader::Sequential reads each on the loop, in one go and without a slot;
/// FileReader::Processes hands each, as one job, to the helper process of a worker, and of one that is cancelled knows nothing more.
///
/// A file named twice is read twice. A task is named after its file's base name as
/// displayText() shows it, and its FileFacts tell the rest. What is no regular file, or cannot be read, is a failed task with its reason.
/// While there are no descriptors left, a task waits and tries again. The tasks are made in order, some at
/// a time, so that no more of one call's live than the run has file slots, or 256 if it has fewer.
[[nodiscard]] Session::Work readFiles(std::vector<FoundFile> files, FileReader reader = FileReader::Automatic);

/// What readFiles() does, for a caller who awaits its tasks. On the loop's thread.
[[nodiscard]] std::vector<TaskHandle> spawnFileTasks(Runtime &runtime, const std::vector<FoundFile> &files,
                                                     FileReader reader = FileReader::Automatic);

} // namespace loopscope
