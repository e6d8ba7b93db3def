#include "core/experiment/process_measurement.h"

#include "core/experiment/measuring_process.h"
#include "core/files/file_descriptor.h"
#include "core/text/system_reason.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace loopscope {

namespace {

constexpr std::size_t mostErrors = 16 * 1024;

struct Pipe {
    FileDescriptor reading;
    FileDescriptor writing;
};

tl::expected<Pipe, int> openPipe()
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return tl::make_unexpected(errno);
    return Pipe{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

/// The measuring process, in a group of its own, so that a Ctrl+C is its caller's, and all of it can be killed.
tl::expected<pid_t, int> spawn(const std::string &program, const std::vector<std::string> &command, const Pipe &output, const Pipe &errors)
{
    std::vector<std::string> texts{"loopscope", measuringArgument};
    texts.insert(texts.end(), command.begin(), command.end());
    std::vector<char *> arguments;
    arguments.reserve(texts.size() + 1);
    for (std::string &text : texts)
        arguments.push_back(text.data());
    arguments.push_back(nullptr);

    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    int error = posix_spawn_file_actions_adddup2(&actions, output.writing.get(), STDOUT_FILENO);
    const auto then = [&error](int next) { error = error == 0 ? next : error; };
    then(posix_spawn_file_actions_adddup2(&actions, errors.writing.get(), STDERR_FILENO));
    then(posix_spawnattr_setpgroup(&attributes, 0));
    then(posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP));
    pid_t pid = -1;
    if (error == 0)
        error = ::posix_spawn(&pid, program.c_str(), &actions, &attributes, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (error != 0)
        return tl::make_unexpected(error);
    return pid;
}

/// Appends what there is to read; closes a descriptor that is at its end.
void readInto(FileDescriptor &descriptor, std::string &text, std::size_t most)
{
    std::array<char, 4096> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init)
    const ssize_t got = ::read(descriptor.get(), buffer.data(), buffer.size());
    if (got > 0)
        text.append(buffer.data(), std::min(static_cast<std::size_t>(got), most - std::min(most, text.size())));
    else if (got == 0 || (errno != EINTR && errno != EAGAIN))
        descriptor.reset();
}

/// What it writes, until it has closed both, as it does at its end.
std::string readAll(Pipe &output, Pipe &errors, std::string &errorText)
{
    std::string text;
    output.writing.reset();
    errors.writing.reset();
    while (output.reading.isOpen() || errors.reading.isOpen()) {
        std::array<pollfd, 2> ready{pollfd{output.reading.get(), POLLIN, 0}, pollfd{errors.reading.get(), POLLIN, 0}};
        if (::poll(ready.data(), ready.size(), -1) < 0 && errno != EINTR)
            break;
        if (ready[0].revents != 0)
            readInto(output.reading, text, sizeof(MeasuredProcess));
        if (ready[1].revents != 0)
            readInto(errors.reading, errorText, mostErrors);
    }
    return text;
}

int waitFor(pid_t process)
{
    int status = 0;
    while (::waitpid(process, &status, 0) < 0 && errno == EINTR) { }
    return status;
}

} // namespace

std::optional<int> MeasuredProcess::exitCode() const
{
    return WIFEXITED(waitStatus) ? std::optional(WEXITSTATUS(waitStatus)) : std::nullopt;
}

std::string MeasuredProcess::endText() const
{
    if (const auto code = exitCode())
        return "exit code " + std::to_string(*code);
    const char *name = ::sigabbrev_np(WTERMSIG(waitStatus));
    return "ended by the signal " + (name ? std::string(name) : std::to_string(WTERMSIG(waitStatus)));
}

tl::expected<MeasuredCommand, std::string> measureCommand(const std::string &measuringProgram, const std::vector<std::string> &command,
                                                          const std::stop_token &stop)
{
    auto output = openPipe();
    auto errors = openPipe();
    if (!output || !errors)
        return tl::unexpected(systemReason(output ? errors.error() : output.error()));
    const auto process = spawn(measuringProgram, command, *output, *errors);
    if (!process)
        return tl::unexpected(systemReason(process.error()));
    MeasuredCommand measured;
    std::string text;
    {
        const std::stop_callback killing(stop, [group = *process] { ::kill(-group, SIGKILL); });
        text = readAll(*output, *errors, measured.errors);
    }
    const int status = waitFor(*process);
    if (stop.stop_requested())
        return tl::unexpected(std::string("it was cancelled"));
    if (text.size() != sizeof measured.process)
        return tl::unexpected("the process that measures ended early (" + MeasuredProcess{{}, status}.endText() + ")");
    std::memcpy(&measured.process, text.data(), sizeof measured.process);
    return measured;
}

} // namespace loopscope
