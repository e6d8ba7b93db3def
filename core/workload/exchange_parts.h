#pragma once

#include "core/runtime/task.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace loopscope {

// What both ways of doing an exchange have in common.

/// The bytes of a request or an answer are all alike, and other ones in each round: so one that is lost, or comes to somebody else, shows.
[[nodiscard]] constexpr char contentOfRound(char first, int round)
{
    constexpr int letters = 26;
    return static_cast<char>('a' + (first - 'a' + round) % letters);
}

/// What a client begins with.
[[nodiscard]] constexpr char firstContentOf(int client)
{
    return contentOfRound('a', client);
}

/// Whether all of some bytes are those of that round.
[[nodiscard]] constexpr bool isOfRound(std::string_view bytes, char content)
{
    return bytes.find_first_not_of(content) == std::string_view::npos;
}

/// How a request or an answer came.
enum class Received : std::uint8_t {
    All,
    Nothing,   ///< the connection ended before its first byte
    TooLittle, ///< the connection ended within it
    Wrong      ///< it is not of its round
};

/// What becomes of the server's task once its clients have ended.
[[nodiscard]] inline TaskResult exchangeResult(std::span<const TaskHandle> clients, int connections)
{
    const auto done = std::ranges::count(clients, Outcome::Done, &TaskHandle::outcome);
    if (static_cast<std::size_t>(done) < clients.size())
        return TaskResult::failed("only " + std::to_string(done) + " of " + std::to_string(clients.size()) + " clients got their answers");
    return TaskResult::done("Served " + std::to_string(connections) + (connections == 1 ? " connection" : " connections"));
}

/// A request that came otherwise than it was sent, an answer, and the end of a connection, for people.
inline constexpr auto wrongRequest = "a request was not what the client had sent";
inline constexpr auto wrongAnswer = "an answer was not what the server had sent, or did not come";
[[nodiscard]] inline TaskResult servedResult(int requests)
{
    return TaskResult::done("Answered " + std::to_string(requests) + (requests == 1 ? " request" : " requests"));
}
[[nodiscard]] inline TaskResult clientResult(int answers)
{
    return TaskResult::done("Got " + std::to_string(answers) + (answers == 1 ? " answer" : " answers"));
}

} // namespace loopscope
