#include "app/display_check.h"

#include <QGuiApplication>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

namespace loopscope {

namespace {

constexpr unsigned longestTrySeconds = 10;
constexpr auto advice = "`loopscope run` needs no display";

bool isSet(const char *variable)
{
    const char *value = std::getenv(variable);
    return value && *value;
}

/// Starts Qt as the window would, in a process that may die of it; says so through `verdict` if it did not, and waits to be ended.
[[noreturn]] void tryInChild(int argc, char **argv, int verdict)
{
    // qFatal() aborts; that must leave neither words nor a core file behind.
    std::signal(SIGABRT, [](int) { ::_exit(1); });
    ::alarm(longestTrySeconds);
    if (const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC); nowhere >= 0) {
        ::dup2(nowhere, STDOUT_FILENO);
        ::dup2(nowhere, STDERR_FILENO);
    }
    const QGuiApplication application(argc, argv);
    if (::write(verdict, "", 1) == 1)
        ::pause(); // until it is killed, or by the alarm if nobody does
    ::_exit(0);
}

/// Whether the child wrote its verdict; it did not if it died before.
bool hasSucceeded(int verdict)
{
    char byte = 0;
    ssize_t count = 0;
    do
        count = ::read(verdict, &byte, 1);
    while (count < 0 && errno == EINTR);
    return count == 1;
}

std::string whereTried()
{
    if (isSet("QT_QPA_PLATFORM"))
        return std::string("the platform ") + std::getenv("QT_QPA_PLATFORM");
    return std::string("the display ") + std::getenv(isSet("WAYLAND_DISPLAY") ? "WAYLAND_DISPLAY" : "DISPLAY");
}

} // namespace

DisplayCheck::DisplayCheck(int argc, char **argv)
{
    if (!isSet("QT_QPA_PLATFORM") && !isSet("DISPLAY") && !isSet("WAYLAND_DISPLAY")) {
        objection_ = std::string("there is no display to show the window on: neither DISPLAY nor WAYLAND_DISPLAY is set; ") + advice;
        return;
    }
    std::array<int, 2> verdict{};
    if (::pipe2(verdict.data(), O_CLOEXEC) != 0)
        return; // Qt itself will tell
    child_ = ::fork();
    if (child_ == 0) {
        ::close(verdict[0]);
        tryInChild(argc, argv, verdict[1]);
    }
    ::close(verdict[1]);
    if (child_ > 0 && !hasSucceeded(verdict[0]))
        objection_ = "the window cannot be shown on " + whereTried() + "; " + advice;
    ::close(verdict[0]);
}

DisplayCheck::~DisplayCheck()
{
    if (child_ <= 0)
        return;
    ::kill(child_, SIGKILL);
    while (::waitpid(child_, nullptr, 0) < 0 && errno == EINTR) { }
}

} // namespace loopscope
