#include "core/runtime/thread_supply.h"

#include <new>
#include <system_error>
#include <thread>
#include <vector>

#include <sys/eventfd.h>
#include <unistd.h>

namespace loopscope {

namespace {

// Qt gives each of its threads an event dispatcher, and glib ends the program when there is no descriptor for that; a few more are for what
// other workers open meanwhile.
constexpr std::size_t descriptorsAThread = 8;

} // namespace

bool hasSpareDescriptors(std::size_t count)
{
    std::vector<int> spare;
    spare.reserve(count);
    while (spare.size() < count) {
        const int descriptor = ::eventfd(0, EFD_CLOEXEC);
        if (descriptor < 0)
            break;
        spare.push_back(descriptor);
    }
    for (const int descriptor : spare)
        ::close(descriptor);
    return spare.size() == count;
}

ThreadShortage threadShortage()
{
    if (!hasSpareDescriptors(descriptorsAThread))
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
