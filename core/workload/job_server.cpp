#include "core/workload/job_server.h"

#include "core/workload/blocking_jobs.h"
#include "core/workload/file_result.h"
#include "core/workload/job_message.h"

#include <chrono>
#include <csignal>
#include <exception>
#include <stop_token>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

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

bool isHungUp(int socket)
{
    pollfd hangUp{.fd = socket, .events = 0, .revents = 0};
    return ::poll(&hangUp, 1, 0) > 0;
}

// Also in the midst of a job: a program that is killed tells nobody, but then the system closes its end of the socket, and says so by
// SIGIO. PR_SET_PDEATHSIG would not do: it tells of the end of the thread that started this process, which may by then work for another
// one.
void endWithTheProgram(int socket)
{
    static int watched = -1;
    watched = socket;
    struct sigaction ending { };
    ending.sa_handler = [](int) {
        if (isHungUp(watched))
            ::_exit(0);
    };
    ending.sa_flags = SA_RESTART;
    ::sigaction(SIGIO, &ending, nullptr);
    ::fcntl(socket, F_SETOWN, ::getpid());
    ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) | O_ASYNC);
}

} // namespace

int serveJobs(int socket)
{
    endWithTheProgram(socket);
    if (isHungUp(socket)) // before it could be told, with a request left behind
        return 0;
    while (const auto message = receiveMessage(socket)) {
        const auto request = decodeRequest(*message);
        if (!request || !sendMessage(socket, encodeResult(caughtResultOf(*request))))
            return 1;
    }
    return 0;
}

} // namespace loopscope
