#include "core/trace/state.h"

namespace loopscope {

std::string_view stateKey(State state)
{
    constexpr std::array<std::string_view, stateCount> keys = {"running", "ready", "awaiting", "queued", "in_worker", "blocking", "slice"};
    return keys[static_cast<std::size_t>(state)];
}

std::string_view stateTitle(State state)
{
    return state == State::InWorker ? "in worker" : stateKey(state);
}

std::optional<State> stateOfKey(std::string_view key)
{
    for (std::size_t i = 0; i < stateCount; ++i) {
        if (stateKey(static_cast<State>(i)) == key)
            return static_cast<State>(i);
    }
    return std::nullopt;
}

std::string_view outcomeKey(Outcome outcome)
{
    constexpr std::array<std::string_view, 4> keys = {"unfinished", "done", "cancelled", "failed"};
    return keys[static_cast<std::size_t>(outcome)];
}

} // namespace loopscope
