#pragma once

#include "core/workload/job_message.h"

#include <stop_token>
#include <string>

namespace loopscope {

/// The program that helper processes run, and the argument by which it knows that it is to serveJobs() on its standard input. An absolute
/// path; without one there are no helpers. Before the first job.
void setHelperProgram(std::string path);
inline constexpr auto helperArgument = "--serve-jobs";
/// The program that runs, if it is one that serves jobs.
inline constexpr auto ownProgram = "/proc/self/exe";

/// Does a job in a helper process of the calling thread's own, which is started for the first one and ends with the thread: what a
/// ProcessPoolExecutor does. Blocks until the result is there. A stop ends the process, and the result is "cancelled"; so does whatever
/// else ends it, and then the result is a failure that says what did. The next job gets another process. Where there is no descriptor,
/// process or memory left for one, the thread takes over one that does nothing just then for another thread, or waits: for those that are
/// at work, and otherwise for some seconds, after which the result is a failure. Any thread.
[[nodiscard]] TaskResult runInHelper(const JobRequest &request, const std::stop_token &stop);

} // namespace loopscope
