#include "core/workload/blocking_jobs.h"

#include "core/text/number_text.h"
#include "core/workload/scenario_text.h"

#include <condition_variable>
#include <memory>
#include <mutex>

#include <ctime>

namespace loopscope {
namespace {

std::chrono::nanoseconds threadCpuTime()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

/// False if a stop ended the wait early.
bool waitFor(std::chrono::nanoseconds duration, const std::stop_token &stop)
{
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    stopped.wait_for(lock, stop, duration, [] { return false; });
    return !stop.stop_requested();
}

/// By trial division: slow on purpose, and of `candidate` odd and at least 3.
bool isPrime(std::uint64_t candidate)
{
    for (std::uint64_t divisor = 3; divisor * divisor <= candidate; divisor += 2) {
        if (candidate % divisor == 0)
            return false;
    }
    return true;
}

TaskResult endOfReading(ReadStep step, const ChunkReader &reader)
{
    TaskResult result = step == ReadStep::Failed     ? TaskResult::failed(reader.error())
                        : step == ReadStep::Finished ? TaskResult::done("Read " + bytesText(static_cast<double>(reader.bytes())))
                                                     : TaskResult::cancelled();
    result.note = reader.note();
    result.file = std::make_unique<FileFacts>(reader.facts());
    return result;
}

} // namespace

TaskResult sleepFor(std::chrono::nanoseconds duration, const std::stop_token &stop)
{
    return waitFor(duration, stop) ? TaskResult::done("Finished sleeping") : TaskResult::cancelled();
}

TaskResult burnCpu(std::chrono::nanoseconds duration, const std::stop_token &stop)
{
    constexpr int candidatesPerCheck = 32; // reading the clock is a system call
    const std::chrono::nanoseconds end = threadCpuTime() + duration;
    std::uint64_t primes = 1; // 2
    std::uint64_t candidate = 3;
    while (threadCpuTime() < end) {
        for (int i = 0; i < candidatesPerCheck; ++i, candidate += 2) {
            if (stop.stop_requested())
                return TaskResult::cancelled();
            primes += isPrime(candidate);
        }
    }
    return TaskResult::done("Counted " + groupedNumber(primes) + " primes below " + groupedNumber(candidate));
}

ReadStep readToEnd(ChunkReader &reader, const std::stop_token &stop)
{
    ReadStep step = ReadStep::More;
    while (!stop.stop_requested() && (step == ReadStep::More || step == ReadStep::NoDescriptors)) {
        if (step == ReadStep::NoDescriptors && !waitFor(descriptorRetryInterval, stop))
            break;
        step = reader.step(stop);
    }
    return step;
}

TaskResult blockingRead(const std::string &path, const std::stop_token &stop)
{
    ChunkReader reader(path);
    return endOfReading(readToEnd(reader, stop), reader);
}

} // namespace loopscope
