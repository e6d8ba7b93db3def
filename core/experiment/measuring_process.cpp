#include "core/experiment/measuring_process.h"

#include "core/experiment/process_measurement.h"
#include "core/experiment/process_sampling.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <ctime>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace loopscope {

namespace {

constexpr int exitNotMeasured = 1;
constexpr int exitNotStarted = 127; // as shells have it
constexpr std::chrono::milliseconds shortestPause(1);
constexpr std::chrono::milliseconds longestPause(20);
// Looking may take this part of the time, if there are not very many threads to look at.
constexpr int pausesALook = 50;

/// CPU time of this thread: what a look costs, however often it is interrupted.
std::chrono::nanoseconds spentTime()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

/// In the child, where only what is safe in a signal handler may be called.
[[noreturn]] void become(char **arguments, pid_t measuring)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    if (::getppid() == measuring && nothing >= 0 && ::dup2(nothing, STDIN_FILENO) >= 0 && ::dup2(nothing, STDOUT_FILENO) >= 0) {
        ::close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC); // whatever the caller has open is none of its business
        ::execv(arguments[0], arguments);
    }
    ::_exit(exitNotStarted);
}

void sampleUntilItEnds(pid_t process, int processDescriptor, ProcessResources &resources)
{
    pollfd end{.fd = processDescriptor, .events = POLLIN, .revents = 0};
    std::chrono::nanoseconds pause = shortestPause;
    const auto wait = [&] { return ::poll(&end, 1, static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(pause).count())); };
    for (int ended = 0; ended <= 0; ended = wait()) {
        if (ended < 0 && errno != EINTR)
            return;
        const auto before = spentTime();
        sampleProcess(process, resources);
        pause = std::clamp<std::chrono::nanoseconds>(pausesALook * (spentTime() - before), shortestPause, longestPause);
    }
}

std::int64_t nanosecondsOf(const timeval &time)
{
    return std::int64_t(time.tv_sec) * 1'000'000'000 + std::int64_t(time.tv_usec) * 1'000;
}

void takeOver(const rusage &usage, ProcessResources &resources)
{
    resources.userCpuNs = nanosecondsOf(usage.ru_utime);
    resources.systemCpuNs = nanosecondsOf(usage.ru_stime);
    resources.peakRssBytes = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
    resources.voluntarySwitches = static_cast<std::uint64_t>(usage.ru_nvcsw);
    resources.involuntarySwitches = static_cast<std::uint64_t>(usage.ru_nivcsw);
    resources.blocksRead = static_cast<std::uint64_t>(usage.ru_inblock);
}

} // namespace

int serveMeasurement(char **arguments)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    pollfd answer{.fd = STDOUT_FILENO, .events = 0, .revents = 0};
    if (arguments[0] == nullptr || ::poll(&answer, 1, 0) != 0) // nobody is there to read it any more
        return exitNotMeasured;
    const pid_t measuring = ::getpid();
    const pid_t process = ::fork();
    if (process < 0)
        return exitNotMeasured;
    if (process == 0)
        become(arguments, measuring);
    MeasuredProcess measured;
    const auto descriptor = static_cast<int>(::syscall(SYS_pidfd_open, process, 0));
    if (descriptor >= 0)
        sampleUntilItEnds(process, descriptor, measured.resources);
    rusage usage{};
    while (::wait4(process, &measured.waitStatus, 0, &usage) < 0) {
        if (errno != EINTR)
            return exitNotMeasured;
    }
    takeOver(usage, measured.resources);
    return ::write(STDOUT_FILENO, &measured, sizeof measured) == sizeof measured ? 0 : exitNotMeasured;
}

} // namespace loopscope
