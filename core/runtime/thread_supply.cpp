#include "core/runtime/thread_supply.h"

#include <algorithm>
#include <array>
#include <new>
#include <system_error>
#include <thread>

#include <sys/eventfd.h>
#include <unistd.h>

namespace loopscope {

namespace {

/// Whether enough descriptors are left. Qt gives each of its threads an event dispatcher, and glib ends the program when there is no
/// descriptor for that; a few more are for what other workers open meanwhile.
bool hasSpareDescriptors()
{
    std::array<int, 8> spare{};
    std::ranges::generate(spare, [] { return ::eventfd(0, EFD_CLOEXEC); });
    const bool isEnough = spare.back() >= 0;
    for (const int descriptor : spare) {
        if (descriptor >= 0)
            ::close(descriptor);
    }
    return isEnough;
}

} // namespace

ThreadShortage threadShortage()
{
    if (!hasSpareDescriptors())
        return ThreadShortage::Descriptors;
    try {
        std::thread([] {}).join();
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
