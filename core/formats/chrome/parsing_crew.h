#pragma once

#include "core/formats/chrome/event_windows.h"
#include "core/formats/chrome/window_parser.h"

#include <array>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <stop_token>
#include <thread>

namespace loopscope::chrome {

/// Parses windows on a thread beside that of its owner, who helps when there is nothing better to do. They come out in the order in which
/// they were put in. All but the work itself is for the owner's thread.
class ParsingCrew {
public:
    struct Job {
        EventWindow window;
        ParsedWindow parsed;
    };

    /// How a window is parsed: by any thread.
    using Parse = void (*)(const EventWindow &window, ParsedWindow &parsed);

    /// Without a thread, if `isAlone` or none is to be had: then the owner does it all.
    explicit ParsingCrew(bool isAlone, Parse parser = parseWindow);
    ParsingCrew(const ParsingCrew &) = delete;
    ParsingCrew &operator=(const ParsingCrew &) = delete;
    ~ParsingCrew();

    /// A job that nobody works on, for its window to be filled; null if all are in use.
    [[nodiscard]] Job *vacant();
    /// Hands the vacant job over to be parsed.
    void submit();
    /// The oldest job, if it is done; null if it is not, or there is none. Throws std::bad_alloc if there was no memory for its parsing.
    [[nodiscard]] Job *finished();
    /// Lets the oldest job go, which is finished.
    void release();
    /// Parses a job that nobody has begun; false if there is none.
    bool help();
    /// Waits until the oldest job is done. There must be one.
    void wait();
    [[nodiscard]] bool isIdle() const { return released_ == submitted_; }
    /// Whether no job is in use but the oldest one.
    [[nodiscard]] bool isLast() const { return released_ + 1 == submitted_; }

private:
    enum class Stage : std::uint8_t { Vacant, Submitted, Begun, Finished };
    struct Seat {
        Job job;
        Stage stage = Stage::Vacant;
        bool lacksMemory = false;
    };

    void work(const std::stop_token &stop);
    [[nodiscard]] Seat *begin();
    void parse(std::unique_lock<std::mutex> &lock, Seat &seat);
    /// False if there is no memory for it.
    [[nodiscard]] bool tryToParse(Job &job) const;
    [[nodiscard]] Seat &seat(std::uint64_t number) { return seats_[number % seats_.size()]; }

    const Parse parse_;
    std::array<Seat, 6> seats_;
    std::uint64_t submitted_ = 0; // jobs so far
    std::uint64_t released_ = 0;
    std::mutex mutex_; // of the stages and counts
    std::condition_variable_any changed_;
    std::jthread thread_;
};

} // namespace loopscope::chrome
