#pragma once

#include "core/trace/time.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace loopscope {

/// What a task is doing. The states are disjoint and cover its whole life.
///
/// The loop's lane uses Running for "busy" and Blocking while a task blocks it; a worker's lane uses InWorker alone. Lanes that were read
/// from traces of others use Slice where the file names what went on, and not a state.
enum class State : std::uint8_t {
    Running,  ///< its code executes on the loop
    Ready,    ///< it could go on, or begin, and the loop has not got to it yet
    Awaiting, ///< suspended on a file, timer, socket, lock or other task
    Queued,   ///< handed to the pool, no worker is free yet
    InWorker, ///< its blocking call runs on a worker
    Blocking, ///< it runs on the loop inside a marked job, so nobody else can run
    Slice,    ///< of an imported lane: something that has a name, and is no state of a task
};

/// Of all the values above.
inline constexpr std::size_t stateCount = 7;
/// Those that a task can be in.
inline constexpr std::array<State, 6> taskStates = {State::Running, State::Ready,    State::Awaiting,
                                                    State::Queued,  State::InWorker, State::Blocking};

/// Whether a task in this state has the loop for itself: nobody else can run.
[[nodiscard]] constexpr bool holdsLoop(State state)
{
    return state == State::Running || state == State::Blocking;
}

/// The name of a state in files: `running`, `ready`, `awaiting`, `queued`, `in_worker`, `blocking`, `slice`.
[[nodiscard]] std::string_view stateKey(State state);
/// The name of a state for people, in English: as stateKey, but "in worker".
[[nodiscard]] std::string_view stateTitle(State state);
/// The state of that key, or nothing.
[[nodiscard]] std::optional<State> stateOfKey(std::string_view key);

/// How a task ended.
enum class Outcome : std::uint8_t { Unfinished, Done, Cancelled, Failed };

/// The name of an outcome in files and for people: `unfinished`, `done`, `cancelled`, `failed`.
[[nodiscard]] std::string_view outcomeKey(Outcome outcome);

/// Time spent in each state, in nanoseconds. Sums that there is no room for are the largest number.
class StateTimes {
public:
    [[nodiscard]] constexpr Nanoseconds operator[](State state) const { return times_[static_cast<std::size_t>(state)]; }
    constexpr void add(State state, Nanoseconds length)
    {
        Nanoseconds &time = times_[static_cast<std::size_t>(state)];
        time = saturatedSum(time, length);
    }
    constexpr StateTimes &operator+=(const StateTimes &other)
    {
        for (std::size_t i = 0; i < stateCount; ++i)
            times_[i] = saturatedSum(times_[i], other.times_[i]);
        return *this;
    }
    constexpr StateTimes &operator-=(const StateTimes &other)
    {
        for (std::size_t i = 0; i < stateCount; ++i)
            times_[i] -= other.times_[i];
        return *this;
    }
    [[nodiscard]] constexpr Nanoseconds total() const
    {
        Nanoseconds sum = 0;
        for (const Nanoseconds time : times_)
            sum = saturatedSum(sum, time);
        return sum;
    }
    friend constexpr bool operator==(const StateTimes &, const StateTimes &) = default;

private:
    std::array<Nanoseconds, stateCount> times_{};
};

} // namespace loopscope
