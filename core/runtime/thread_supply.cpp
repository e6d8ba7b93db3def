#include "core/runtime/thread_supply.h"

#include <chrono>
#include <csignal>
#include <new>
#include <system_error>
#include <thread>

#include <sys/eventfd.h>
#include <unistd.h>

namespace loopscope {

namespace {

// Qt gives each of its threads an event dispatcher, and glib ends the program when there is no descriptor for that; a few more are for what
// other workers open meanwhile.
constexpr std::size_t descriptorsAThread = 8;

constexpr std::chrono::milliseconds removalPatience(100);
constexpr std::chrono::microseconds removalInterval(20);

// A thread that was joined counts for a moment more against what the system grants.
void awaitRemoval(pid_t thread)
{
    const auto latest = std::chrono::steady_clock::now() + removalPatience;
    while (::tgkill(::getpid(), thread, 0) == 0 && std::chrono::steady_clock::now() < latest)
        std::this_thread::sleep_for(removalInterval);
}

} // namespace

// The stack holds them: there may be no memory left either.
bool hasSpareDescriptors(std::size_t count)
{
    if (count == 0)
        return true;
    const int spare = ::eventfd(0, EFD_CLOEXEC);
    if (spare < 0)
        return false;
    const bool hasOthers = hasSpareDescriptors(count - 1);
    ::close(spare);
    return hasOthers;
}

ThreadShortage descriptorShortage()
{
    return hasSpareDescriptors(descriptorsAThread) ? ThreadShortage::None : ThreadShortage::Descriptors;
}

ThreadShortage threadShortage()
{
    if (const ThreadShortage shortage = descriptorShortage(); shortage != ThreadShortage::None)
        return shortage;
    try {
        pid_t id = 0;
        std::thread([&id] { id = ::gettid(); }).join();
        awaitRemoval(id);
        return ThreadShortage::None;
    } catch (const std::system_error &) {
        return ThreadShortage::Threads;
    } catch (const std::bad_alloc &) {
        return ThreadShortage::Threads;
    }
}

const char *shortageText(ThreadShortage shortage)
{
    return shortage == ThreadShortage::Descriptors ? "no descriptors are left to start a worker with"
                                                   : "the system grants no thread for a worker";
}

} // namespace loopscope
