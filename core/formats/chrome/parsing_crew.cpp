#include "core/formats/chrome/parsing_crew.h"

#include <new>
#include <system_error>

namespace loopscope::chrome {

ParsingCrew::ParsingCrew(bool isAlone, Parse parser)
    : parse_(parser)
{
    if (isAlone)
        return;
    try {
        thread_ = std::jthread([this](const std::stop_token &stop) { work(stop); });
    } catch (const std::system_error &) {
        // No thread is to be had: the owner parses.
    }
}

ParsingCrew::~ParsingCrew()
{
    thread_.request_stop();
    if (thread_.joinable())
        thread_.join();
}

ParsingCrew::Job *ParsingCrew::vacant()
{
    const std::scoped_lock lock(mutex_);
    return submitted_ - released_ < seats_.size() ? &seat(submitted_).job : nullptr;
}

void ParsingCrew::submit()
{
    const std::scoped_lock lock(mutex_);
    seat(submitted_++).stage = Stage::Submitted;
    changed_.notify_all();
}

ParsingCrew::Job *ParsingCrew::finished()
{
    const std::scoped_lock lock(mutex_);
    if (released_ == submitted_ || seat(released_).stage != Stage::Finished)
        return nullptr;
    if (seat(released_).lacksMemory)
        throw std::bad_alloc();
    return &seat(released_).job;
}

void ParsingCrew::release()
{
    const std::scoped_lock lock(mutex_);
    seat(released_++).stage = Stage::Vacant;
}

bool ParsingCrew::help()
{
    std::unique_lock lock(mutex_);
    Seat *next = begin();
    if (next)
        parse(lock, *next);
    return next != nullptr;
}

void ParsingCrew::wait()
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return seat(released_).stage == Stage::Finished; });
}

void ParsingCrew::work(const std::stop_token &stop)
{
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
        Seat *next = nullptr;
        changed_.wait(lock, stop, [this, &next] { return (next = begin()) != nullptr; });
        if (next)
            parse(lock, *next);
    }
}

ParsingCrew::Seat *ParsingCrew::begin()
{
    for (std::uint64_t number = released_; number < submitted_; ++number) {
        if (seat(number).stage != Stage::Submitted)
            continue;
        seat(number).stage = Stage::Begun;
        return &seat(number);
    }
    return nullptr;
}

void ParsingCrew::parse(std::unique_lock<std::mutex> &lock, Seat &taken)
{
    lock.unlock();
    const bool isParsed = tryToParse(taken.job);
    lock.lock();
    taken.lacksMemory = !isParsed;
    taken.stage = Stage::Finished;
    changed_.notify_all();
}

// The thread's own exceptions would end the program.
bool ParsingCrew::tryToParse(Job &job) const
{
    try {
        parse_(job.window, job.parsed);
        return true;
    } catch (const std::bad_alloc &) {
        return false;
    }
}

} // namespace loopscope::chrome
