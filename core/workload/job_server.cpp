#include "core/workload/job_server.h"

#include "core/workload/blocking_jobs.h"
#include "core/workload/file_result.h"
#include "core/workload/job_message.h"

#include <chrono>
#include <csignal>
#include <exception>
#include <stop_token>

#include <poll.h>
#include <sys/prctl.h>

namespace loopscope {

namespace {

TaskResult readWhole(const std::string &path)
{
    ChunkReader reader(path);
    const ReadStep end = readToEnd(reader, {});
    return fileResult(reader, end);
}

// Nobody asks for a stop: who does not want the result any more ends the process.
TaskResult resultOf(const JobRequest &request)
{
    const std::chrono::nanoseconds duration(request.duration);
    switch (request.kind) {
    case JobRequest::Kind::Sleep:
        return sleepFor(duration, {});
    case JobRequest::Kind::Cpu:
        return burnCpu(duration, {});
    case JobRequest::Kind::Read:
        return blockingRead(request.path, {});
    case JobRequest::Kind::File:
        return readWhole(request.path);
    }
    return TaskResult::failed("there is no such job");
}

TaskResult caughtResultOf(const JobRequest &request)
{
    try {
        return resultOf(request);
    } catch (const std::exception &error) {
        return TaskResult::failed(error.what());
    }
}

// A program that is killed tells nobody. It may have been before this process could ask to be told, and have left a request behind.
bool endWithTheProgram(int socket)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    pollfd hangUp{.fd = socket, .events = 0, .revents = 0};
    return ::poll(&hangUp, 1, 0) == 0;
}

} // namespace

int serveJobs(int socket)
{
    if (!endWithTheProgram(socket))
        return 0;
    while (const auto message = receiveMessage(socket)) {
        const auto request = decodeRequest(*message);
        if (!request || !sendMessage(socket, encodeResult(caughtResultOf(*request))))
            return 1;
    }
    return 0;
}

} // namespace loopscope
