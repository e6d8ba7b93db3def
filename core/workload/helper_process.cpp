#include "core/workload/helper_process.h"

#include "core/files/file_descriptor.h"
#include "core/runtime/worker_life.h"
#include "core/text/system_reason.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
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

using Steady = std::chrono::steady_clock;

constexpr std::chrono::milliseconds helperRetryInterval(10);
// How long a job waits for a helper while nobody has one.
constexpr std::chrono::seconds helperPatience(5);

/// Whether a process could be started later for which the system has nothing left now.
bool mayPass(int error)
{
    return isOutOfDescriptors(error) || error == EAGAIN || error == ENOMEM;
}

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

using HelperPtr = std::unique_ptr<HelperProcess>;

/// A thread that has a helper for as long as it lives, or works.
class Owner {
public:
    Owner() = default;
    ~Owner() { endHelper(); }
    Owner(const Owner &) = delete;
    Owner &operator=(const Owner &) = delete;

    void endHelper();
    /// Lets its helper end at the end of its work as a worker: what it used is known then, before the run ends.
    void endHelperWithWorker()
    {
        if (!std::exchange(endsWithWorker_, true))
            atWorkerEnd([this] { endHelper(); });
    }

private:
    bool endsWithWorker_ = false;
};

/// The helpers of all threads. Where the system has nothing left for another one, a thread gets one that does no job for its owner: else
/// those who hold none might wait for ever for what the others do not use. Any thread.
class Helpers {
public:
    /// The owner's, a new one, or somebody else's; else the error of the system.
    [[nodiscard]] tl::expected<HelperPtr, int> take(const Owner &owner);
    /// After its job.
    void giveBack(const Owner &owner, HelperPtr helper);
    /// One that was taken, and is gone.
    void forget();
    /// Takes it out of here, if it does no job.
    [[nodiscard]] HelperPtr remove(const Owner &owner);
    /// Whether one will be given back.
    [[nodiscard]] bool areAtWork();

private:
    [[nodiscard]] HelperPtr takeIdle(const Owner *owner);

    std::mutex mutex_; // guards what follows
    std::map<const Owner *, HelperPtr> idle_;
    int atWork_ = 0;
};

/// Never destroyed: threads may outlive what the program destroys at its end.
Helpers &helpers()
{
    static auto &all = *new Helpers;
    return all;
}

// That of `owner`, or anybody's if it is null.
HelperPtr Helpers::takeIdle(const Owner *owner)
{
    const std::scoped_lock lock(mutex_);
    const auto found = owner == nullptr ? idle_.begin() : idle_.find(owner);
    if (found == idle_.end())
        return nullptr;
    ++atWork_;
    HelperPtr helper = std::move(found->second);
    idle_.erase(found);
    return helper;
}

tl::expected<HelperPtr, int> Helpers::take(const Owner &owner)
{
    if (HelperPtr own = takeIdle(&owner))
        return own;
    auto started = HelperProcess::start();
    if (started) {
        const std::scoped_lock lock(mutex_);
        ++atWork_;
    } else if (mayPass(started.error())) {
        if (HelperPtr other = takeIdle(nullptr))
            return other;
    }
    return started;
}

void Helpers::giveBack(const Owner &owner, HelperPtr helper)
{
    const std::scoped_lock lock(mutex_);
    --atWork_;
    idle_[&owner] = std::move(helper); // or, if that throws, it is ended
}

void Helpers::forget()
{
    const std::scoped_lock lock(mutex_);
    --atWork_;
}

HelperPtr Helpers::remove(const Owner &owner)
{
    const std::scoped_lock lock(mutex_);
    const auto node = idle_.extract(&owner);
    return node.empty() ? nullptr : std::move(node.mapped());
}

bool Helpers::areAtWork()
{
    const std::scoped_lock lock(mutex_);
    return atWork_ > 0;
}

void Owner::endHelper()
{
    endsWithWorker_ = false;
    helpers().remove(*this).reset();
}

/// A helper that is at work. What is not given back is ended, whatever its job throws.
class Lease {
public:
    Lease(const Owner &owner, HelperPtr helper)
        : owner_(owner)
        , helper_(std::move(helper))
    {
    }
    ~Lease()
    {
        if (helper_)
            (void)end();
    }
    Lease(const Lease &) = delete;
    Lease &operator=(const Lease &) = delete;

    [[nodiscard]] std::optional<TaskResult> run(const JobRequest &request, const std::stop_token &stop)
    {
        const std::stop_callback killing(stop, [this] { helper_->kill(); });
        return helper_->run(request);
    }
    void giveBack() { helpers().giveBack(owner_, std::move(helper_)); }
    /// Ends it, whatever it does, and says how it ended.
    std::string end()
    {
        helper_->kill();
        const HelperPtr ended = std::move(helper_);
        helpers().forget();
        return ended->end();
    }

private:
    const Owner &owner_;
    HelperPtr helper_;
};

/// A helper for a job; the error of the system after a while without any, and after a stop.
tl::expected<HelperPtr, int> awaitHelper(const Owner &owner, const std::stop_token &stop)
{
    auto latest = Steady::now() + helperPatience;
    for (;;) {
        auto helper = helpers().take(owner);
        if (helper || !mayPass(helper.error()) || stop.stop_requested() || Steady::now() > latest)
            return helper;
        if (helpers().areAtWork())
            latest = Steady::now() + helperPatience;
        std::this_thread::sleep_for(helperRetryInterval);
    }
}

} // namespace

void setHelperProgram(std::string path)
{
    helperProgram() = std::move(path);
}

TaskResult runInHelper(const JobRequest &request, const std::stop_token &stop)
{
    if (helperProgram().empty())
        return TaskResult::failed("there is no program to start a helper process from");
    thread_local Owner owner;
    auto taken = awaitHelper(owner, stop);
    if (!taken && stop.stop_requested())
        return TaskResult::cancelled();
    if (!taken)
        return TaskResult::failed("no helper process could be started: " + systemReason(taken.error()));
    owner.endHelperWithWorker();
    Lease lease(owner, *std::move(taken));
    std::optional<TaskResult> result = lease.run(request, stop);
    if (result && !stop.stop_requested()) {
        lease.giveBack();
        return *std::move(result);
    }
    const std::string how = lease.end(); // also of one that answers what is no answer
    return stop.stop_requested() ? TaskResult::cancelled() : TaskResult::failed("its helper process is gone: " + how);
}

} // namespace loopscope
