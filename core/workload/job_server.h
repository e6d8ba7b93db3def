#pragma once

namespace loopscope {

/// What a helper process does: takes JobRequests from a socket, does one after another, and sends each its result, until the other end is
/// closed. Returns the exit code.
[[nodiscard]] int serveJobs(int socket);

} // namespace loopscope
