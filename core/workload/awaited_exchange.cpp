#include "core/workload/awaited_exchange.h"

#include "core/workload/exchange_parts.h"
#include "core/workload/exchange_sockets.h"

#include <QIODevice>

#include <utility>
#include <vector>

namespace loopscope {

namespace {

using PlanPtr = std::shared_ptr<const PlannedTask>;
using SocketPtr = std::shared_ptr<ExchangeSocket>;
using ListenerPtr = std::shared_ptr<ExchangeListener>;

/// Closes a connection when its task is over, however that comes about.
class Closing {
public:
    explicit Closing(SocketPtr socket)
        : socket_(std::move(socket))
    {
    }
    Closing(const Closing &) = delete;
    Closing &operator=(const Closing &) = delete;
    ~Closing() { socket_->abort(); }

private:
    SocketPtr socket_;
};

/// `bytes` of one round; Nothing if the connection ended before the first.
QCoro::Task<Awaited<Received>> receive(SocketPtr socket, std::uint64_t bytes, char content, const char *what)
{
    for (std::uint64_t got = 0; got < bytes;) {
        if (socket->device().bytesAvailable() == 0) {
            if (!socket->isConnected())
                co_return got == 0 ? Received::Nothing : Received::Gone;
            auto more = traced(socket->moreToRead(), what);
            const Awaited<bool> came = co_await more;
            if (!came)
                co_return tl::make_unexpected(came.error());
            if (!*came && socket->isConnected() && socket->device().bytesAvailable() == 0)
                co_return Received::Late;
            continue;
        }
        const QByteArray piece = socket->device().read(static_cast<qint64>(bytes - got));
        if (!isOfRound({piece.constData(), static_cast<std::size_t>(piece.size())}, content))
            co_return Received::Wrong;
        got += static_cast<std::uint64_t>(piece.size());
    }
    co_return Received::All;
}

void send(ExchangeSocket &socket, std::uint64_t bytes, char content)
{
    socket.device().write(QByteArray(static_cast<qsizetype>(bytes), content));
}

/// How many connections of a server live, for as long as this does.
class Living {
public:
    explicit Living(std::shared_ptr<int> count)
        : count_(std::move(count))
    {
        ++*count_;
    }
    Living(const Living &) = delete;
    Living &operator=(const Living &) = delete;
    ~Living() { --*count_; }

private:
    std::shared_ptr<int> count_;
};

QCoro::Task<TaskResult> serveConnection(Runtime & /*runtime*/, SocketPtr socket, PlanPtr plan, std::shared_ptr<Living> /*living*/)
{
    const Closing closing(socket);
    char first = 0; // the first byte tells which client it is
    for (int round = 0;; ++round) {
        while (first == 0 && socket->device().bytesAvailable() == 0 && socket->isConnected()) {
            auto more = traced(socket->moreToRead(), "request");
            const Awaited<bool> came = co_await more;
            if (!came)
                co_return TaskResult::cancelled("");
        }
        if (first == 0)
            socket->device().peek(&first, 1);
        const char content = contentOfRound(first, round);
        Awaited<Received> received = Received::Late; // a client may think for as long as it likes
        while (received && *received == Received::Late)
            received = co_await receive(socket, plan->requestBytes, content, "request");
        if (!received)
            co_return TaskResult::cancelled("");
        if (*received == Received::Nothing)
            co_return socket->device().bytesToWrite() == 0 ? servedResult(round) : failedConnection(Received::Gone);
        if (*received != Received::All)
            co_return failedConnection(*received);
        send(*socket, plan->answerBytes, content);
    }
}

QCoro::Task<TaskResult> runClient(Runtime &runtime, ListenerPtr listener, PlanPtr plan, int client)
{
    const SocketPtr socket = listener->connectTo();
    const Closing closing(socket);
    auto connecting = traced(socket->connected(), "connect");
    const Awaited<bool> isThere = co_await connecting;
    if (!isThere)
        co_return TaskResult::cancelled("");
    if (!*isThere)
        co_return TaskResult::failed("no connection: " + socket->device().errorString().toStdString());
    socket->sendWithoutDelay();
    for (int round = 0; round < plan->repeat; ++round) {
        const char content = contentOfRound(firstContentOf(client), round);
        send(*socket, plan->requestBytes, content);
        const Awaited<Received> received = co_await receive(socket, plan->answerBytes, content, "answer");
        if (!received)
            co_return TaskResult::cancelled("");
        if (*received != Received::All)
            co_return failedClient(*received);
        if (plan->pause > 0 && round + 1 < plan->repeat) {
            const std::chrono::nanoseconds pause(plan->pause);
            const Awaited<void> thought = co_await runtime.sleep(pause, "think");
            if (!thought)
                co_return TaskResult::cancelled("");
        }
    }
    co_return clientResult(plan->repeat);
}

} // namespace

QCoro::Task<TaskResult> runAwaitedServer(Runtime &runtime, PlanPtr plan, tl::expected<const SocketsModule *, std::string> sockets)
{
    const auto path = plan->transport == Transport::Local ? newSocketPath(runtime.temporaryDirectory()) : std::string();
    if (!path)
        co_return TaskResult::failed("it cannot listen: " + path.error());
    if (!sockets)
        co_return TaskResult::failed("it cannot listen: " + sockets.error());
    const ListenerPtr listener = (*sockets)->listen(plan->transport, plan->count, *path);
    if (!listener->isListening())
        co_return TaskResult::failed("it cannot listen: " + listener->error());
    const auto connections = std::make_shared<int>(0);
    const auto living = std::make_shared<int>(0);
    // The listener's own: gone with it.
    listener->onConnection([&runtime, weak = std::weak_ptr(listener), plan, connections, living] {
        while (const SocketPtr socket = weak.lock()->nextConnection()) {
            TaskOptions options{"connection (" + std::to_string(++*connections) + ")", "connection", 0, {}};
            (void)runtime.spawn(std::move(options), serveConnection, socket, plan, std::make_shared<Living>(living));
        }
    });
    listener->keepAccepting(living);
    std::vector<TaskHandle> clients;
    for (int i = 0; i < plan->count; ++i) {
        TaskOptions options{plan->nameOf(i), "client", plan->timeout, {}};
        clients.push_back(runtime.spawn(std::move(options), runClient, listener, plan, i));
    }
    const Awaited<void> gathered = co_await runtime.gather(clients, "clients");
    if (gathered)
        co_return exchangeResult(clients, *connections);
    for (const TaskHandle &client : clients) // nobody serves them any more
        runtime.cancel(client);
    co_return TaskResult::cancelled("");
}

} // namespace loopscope
