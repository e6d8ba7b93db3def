#include "core/workload/helper_process.h"

#include "core/files/file_descriptor.h"
#include "core/runtime/worker_life.h"
#include "core/text/system_reason.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <memory>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <tl/expected.hpp>

extern char **environ;

namespace loopscope {

namespace {

constexpr std::chrono::milliseconds descriptorRetryInterval(10);

std::string &helperProgram()
{
    static std::string path;
    return path;
}

/// A process that serves jobs.
class HelperProcess {
public:
    /// Or the error of the system.
    [[nodiscard]] static tl::expected<std::unique_ptr<HelperProcess>, int> start();
    ~HelperProcess() { (void)end(); }
    HelperProcess(const HelperProcess &) = delete;
    HelperProcess &operator=(const HelperProcess &) = delete;

    /// Nothing if the process ended before it had a result.
    [[nodiscard]] std::optional<TaskResult> run(const JobRequest &request);
    /// With all that it has started. Any thread, before end().
    void kill() const { ::kill(-pid_, SIGKILL); }
    /// Waits for its end, and says how it ended.
    [[nodiscard]] std::string end();

private:
    HelperProcess(pid_t pid, FileDescriptor socket)
        : pid_(pid)
        , socket_(std::move(socket))
    {
    }

    pid_t pid_;
    FileDescriptor socket_;
};

/// Of posix_spawn(): our end of the socket is closed in the child by itself, its own is its standard input, and what it prints is nobody's.
class SpawnSetup {
public:
    explicit SpawnSetup(int input)
    {
        posix_spawn_file_actions_init(&actions_);
        posix_spawnattr_init(&attributes_);
        keep(posix_spawn_file_actions_adddup2(&actions_, input, STDIN_FILENO));
        keep(posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0));
        sigset_t none;
        sigemptyset(&none);
        keep(posix_spawnattr_setsigmask(&attributes_, &none));
        keep(posix_spawnattr_setpgroup(&attributes_, 0));
        keep(posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK));
    }
    ~SpawnSetup()
    {
        posix_spawn_file_actions_destroy(&actions_);
        posix_spawnattr_destroy(&attributes_);
    }
    SpawnSetup(const SpawnSetup &) = delete;
    SpawnSetup &operator=(const SpawnSetup &) = delete;

    /// The process, or why there is none.
    [[nodiscard]] tl::expected<pid_t, int> spawn(std::string program)
    {
        if (error_ != 0)
            return tl::make_unexpected(error_);
        std::string name = "loopscope";
        std::string argument = helperArgument;
        const std::array<char *, 3> arguments{name.data(), argument.data(), nullptr};
        pid_t pid = -1;
        const int error = ::posix_spawn(&pid, program.c_str(), &actions_, &attributes_, arguments.data(), environ);
        if (error != 0)
            return tl::make_unexpected(error);
        return pid;
    }

private:
    void keep(int error) { error_ = error_ == 0 ? error : error_; }

    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
    int error_ = 0; // the first one
};

tl::expected<std::unique_ptr<HelperProcess>, int> HelperProcess::start()
{
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return tl::make_unexpected(errno);
    FileDescriptor ours(ends[0]);
    const FileDescriptor its(ends[1]);
    const auto pid = SpawnSetup(its.get()).spawn(helperProgram());
    if (!pid)
        return tl::make_unexpected(pid.error());
    return std::unique_ptr<HelperProcess>(new HelperProcess(*pid, std::move(ours)));
}

std::optional<TaskResult> HelperProcess::run(const JobRequest &request)
{
    if (!sendMessage(socket_.get(), encodeRequest(request)))
        return std::nullopt;
    const auto message = receiveMessage(socket_.get());
    return message ? decodeResult(*message) : std::nullopt;
}

std::string HelperProcess::end()
{
    socket_.reset();
    if (pid_ < 0)
        return {};
    int status = 0;
    pid_t ended = -1;
    while ((ended = ::waitpid(pid_, &status, 0)) < 0 && errno == EINTR) { }
    pid_ = -1;
    if (ended < 0)
        return "how it ended is not known: " + systemReason(errno);
    if (WIFSIGNALED(status))
        return std::string("it was ended by the signal ") + ::sigabbrev_np(WTERMSIG(status));
    return "it ended with the exit code " + std::to_string(WEXITSTATUS(status));
}

thread_local std::unique_ptr<HelperProcess> helper; // of this thread

} // namespace

void setHelperProgram(std::string path)
{
    helperProgram() = std::move(path);
}

TaskResult runInHelper(const JobRequest &request, const std::stop_token &stop)
{
    if (!helper) {
        if (helperProgram().empty())
            return TaskResult::failed("there is no program to start a helper process from");
        auto started = HelperProcess::start();
        while (!started && isOutOfDescriptors(started.error())) {
            if (stop.stop_requested())
                return TaskResult::cancelled();
            std::this_thread::sleep_for(descriptorRetryInterval);
            started = HelperProcess::start();
        }
        if (!started)
            return TaskResult::failed("no helper process could be started: " + systemReason(started.error()));
        helper = *std::move(started);
        atWorkerEnd([] { helper.reset(); }); // it is waited for, and what it used is known, before the run ends
    }
    std::optional<TaskResult> result;
    {
        const std::stop_callback killing(stop, [&process = *helper] { process.kill(); });
        result = helper->run(request);
    }
    if (result && !stop.stop_requested())
        return *std::move(result);
    helper->kill(); // if it answers what is no answer
    const std::string how = std::exchange(helper, nullptr)->end();
    return stop.stop_requested() ? TaskResult::cancelled() : TaskResult::failed("its helper process is gone: " + how);
}

} // namespace loopscope
