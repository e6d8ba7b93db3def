#pragma once

#include "core/trace/span.h"

#include <cstdint>
#include <functional>
#include <queue>
#include <vector>

namespace loopscope {

/// The time of a machine that is only thought of: things happen in it after so much time, or after somebody has had so much of a processor,
/// of which there are `cores` for all who compute. They share them evenly.
///
/// What is to happen at one instant happens in the order in which it was asked for; but first what ends computing. It goes no further than
/// latestTime, at which the rest happens. One thread's.
class SimulatedTime {
public:
    explicit SimulatedTime(int cores)
        : cores_(cores)
    {
    }

    [[nodiscard]] Nanoseconds now() const { return now_; }
    /// Lets `happen` happen at an instant, or now if it is over.
    void at(Nanoseconds time, std::function<void()> happen);
    void afterTime(Nanoseconds length, std::function<void()> happen) { at(now_ + length, std::move(happen)); }
    /// As above, when one who computes from now on has had `length` of processor time.
    void afterCpu(Nanoseconds length, std::function<void()> happen);
    /// Goes on to what happens next; false if nothing does.
    bool advance();

private:
    struct Event {
        double at; ///< an instant, or an amount of cpu_
        std::uint64_t order;
        std::function<void()> happen;

        bool operator>(const Event &other) const { return at != other.at ? at > other.at : order > other.order; }
    };
    using Events = std::priority_queue<Event, std::vector<Event>, std::greater<>>;

    /// Of a processor, for each who computes.
    [[nodiscard]] double rate() const { return computing_ > cores_ ? static_cast<double>(cores_) / computing_ : 1; }

    const int cores_;
    Nanoseconds now_ = 0;
    double cpu_ = 0; // that one who computes all the time has had
    int computing_ = 0;
    std::uint64_t order_ = 0;
    Events events_;
    Events cpuEvents_;
};

} // namespace loopscope
