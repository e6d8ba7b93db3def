#pragma once

#include "core/runtime/task.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace loopscope {

// What both ways of doing an exchange have in common.

/// So long a client waits for an answer. A server that has no descriptor or thread left for it says nothing. So long, too, each end of a
/// blocking exchange waits for the other one to take what it sends, and its server for the next client.
inline constexpr std::chrono::seconds answerPatience(30);

/// Where a server of this run may listen on a local socket, or why it cannot. Another place each time.
[[nodiscard]] inline tl::expected<std::string, std::string> newSocketPath(const std::string &folder)
{
    static std::atomic<int> count = 0;
    constexpr std::size_t longest = 80; // of the 108 that a socket's address has room for, less what Qt adds while it binds
    if (folder.empty())
        return tl::unexpected(std::string("there is no temporary folder for its socket"));
    std::string path = folder + "/" + std::to_string(++count);
    if (path.size() > longest)
        return tl::unexpected(std::string("the path of the temporary folder is too long for a socket"));
    return path;
}

/// The bytes of a request or an answer are all alike, and other ones in each round: so most that are lost, or come to somebody else, show.
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

/// How a request or an answer came, or was sent.
enum class Received : std::uint8_t {
    All,
    Nothing, ///< the connection ended before its first byte
    Gone,    ///< the connection ended within it
    Late,    ///< it did not come, or was not taken, in time
    Wrong    ///< it is not of its round
};

/// What becomes of the server's task once its clients have ended.
[[nodiscard]] inline TaskResult exchangeResult(std::span<const TaskHandle> clients, int connections)
{
    const auto done = std::ranges::count(clients, Outcome::Done, &TaskHandle::outcome);
    if (static_cast<std::size_t>(done) < clients.size())
        return TaskResult::failed("only " + std::to_string(done) + " of " + std::to_string(clients.size()) + " clients got their answers");
    return TaskResult::done("Served " + std::to_string(connections) + (connections == 1 ? " connection" : " connections"));
}

/// What becomes of the server's task once it has waited for long enough for clients that have not begun.
[[nodiscard]] inline TaskResult lateClientsResult(int connections, int clients)
{
    return TaskResult::failed("only " + std::to_string(connections) + " of " + std::to_string(clients) + " clients came in time");
}

/// Why a connection failed, if what was received is not what it should be.
[[nodiscard]] inline TaskResult failedConnection(Received received)
{
    if (received == Received::Wrong)
        return TaskResult::failed("a request was not what the client had sent");
    return TaskResult::failed(received == Received::Late ? "the client did not take its answer in time" : "the client is gone");
}
/// Why a client failed.
[[nodiscard]] inline TaskResult failedClient(Received received)
{
    if (received == Received::Wrong)
        return TaskResult::failed("an answer was not what the server had sent");
    return TaskResult::failed(received == Received::Late ? "no answer came in time" : "the server has ended the connection");
}
[[nodiscard]] inline TaskResult servedResult(int requests)
{
    return TaskResult::done("Answered " + std::to_string(requests) + (requests == 1 ? " request" : " requests"));
}
[[nodiscard]] inline TaskResult clientResult(int answers)
{
    return TaskResult::done("Got " + std::to_string(answers) + (answers == 1 ? " answer" : " answers"));
}

} // namespace loopscope
