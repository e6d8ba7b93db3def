#pragma once

#include "core/workload/scenario.h"

#include <QCoroTask>
#include <QIODevice>

#include <functional>
#include <memory>
#include <string>

#include <tl/expected.hpp>

namespace loopscope {

/// One end of a connection of an exchange by coroutines. On the loop's thread.
class ExchangeSocket : public std::enable_shared_from_this<ExchangeSocket> {
public:
    ExchangeSocket() = default;
    ExchangeSocket(const ExchangeSocket &) = delete;
    ExchangeSocket &operator=(const ExchangeSocket &) = delete;
    virtual ~ExchangeSocket() = default;

    /// What is read from and written to; lives as long as this.
    [[nodiscard]] virtual QIODevice &device() = 0;
    [[nodiscard]] virtual bool isConnected() const = 0;
    /// Sends what is written at once, however little. Once it is connected: there is nothing to set before.
    virtual void sendWithoutDelay() = 0;
    /// Ends the connection, and whatever waits for it.
    virtual void abort() = 0;

    // What is awaited keeps the socket: a cancelled task may leave while it still waits.

    /// Whether it came to be connected, once that is known.
    [[nodiscard]] virtual QCoro::Task<bool> connected() = 0;
    /// Whether something to read came within answerPatience.
    [[nodiscard]] virtual QCoro::Task<bool> moreToRead() = 0;
};

/// The server's side of an exchange by coroutines: listens, hands over what has connected, and says how to connect. On the loop's thread.
class ExchangeListener {
public:
    ExchangeListener() = default;
    ExchangeListener(const ExchangeListener &) = delete;
    ExchangeListener &operator=(const ExchangeListener &) = delete;
    virtual ~ExchangeListener() = default;

    [[nodiscard]] virtual bool isListening() const = 0;
    /// Why it does not listen.
    [[nodiscard]] virtual std::string error() const = 0;
    /// Nothing if none waits to be served.
    [[nodiscard]] virtual std::shared_ptr<ExchangeSocket> nextConnection() = 0;
    /// Lets the loop call `call` as long as this lives, when there is a nextConnection(), or several.
    virtual void onConnection(std::function<void()> call) = 0;
    /// Goes on after there were no descriptors for a connection: while some live, and `living` counts them, they will free theirs. Where
    /// none does, nobody ever will be served, and who waits is told by the end of it all: it listens no longer. A local socket always ends
    /// so.
    virtual void keepAccepting(const std::shared_ptr<int> &living) = 0;
    /// A socket that connects to it.
    [[nodiscard]] virtual std::shared_ptr<ExchangeSocket> connectTo() const = 0;
};

/// The module of sockets: what of the program needs Qt Network. See core/files/module.h.
struct SocketsModule {
    /// For so many clients; `path` is that of a local socket. Never null, but it may not be listening. On the loop's thread.
    std::shared_ptr<ExchangeListener> (*listen)(Transport transport, int clients, const std::string &path);
};

/// An error is a sentence for people. Any thread.
[[nodiscard]] tl::expected<const SocketsModule *, std::string> loadSocketsModule();

} // namespace loopscope
