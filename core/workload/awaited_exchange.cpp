#include "core/workload/awaited_exchange.h"

#include "core/workload/exchange_parts.h"

#include <QCoroAbstractSocket>
#include <QCoroLocalSocket>
#include <QCoroSignal>
#include <QHostAddress>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {

using PlanPtr = std::shared_ptr<const PlannedTask>;
using SocketPtr = std::shared_ptr<QIODevice>; // a QTcpSocket or a QLocalSocket

constexpr std::chrono::milliseconds retryInterval(100);

/// Once it is connected: there is nothing to set before. As the other way does it.
void sendWithoutDelay(QIODevice &socket)
{
    if (auto *tcp = qobject_cast<QTcpSocket *>(&socket))
        tcp->setSocketOption(QAbstractSocket::LowDelayOption, 1);
}

/// Listens, hands over what has connected, and says how to connect. On the loop's thread.
class Listener {
public:
    Listener(const PlannedTask &plan, const std::string &socketPath)
    {
        if (plan.transport == Transport::Tcp) {
            tcp_ = std::make_unique<QTcpServer>();
            tcp_->setListenBacklogSize(plan.count);
            tcp_->setMaxPendingConnections(plan.count);
            isListening_ = tcp_->listen(QHostAddress::LocalHost);
            error_ = tcp_->errorString();
        } else {
            local_ = std::make_unique<QLocalServer>();
            local_->setListenBacklogSize(plan.count);
            local_->setMaxPendingConnections(plan.count);
            local_->setSocketOptions(QLocalServer::UserAccessOption);
            isListening_ = local_->listen(QString::fromStdString(socketPath));
            error_ = local_->errorString();
        }
    }

    [[nodiscard]] bool isListening() const { return isListening_; }
    [[nodiscard]] std::string error() const { return error_.toStdString(); }
    [[nodiscard]] SocketPtr nextConnection() const
    {
        QIODevice *socket = tcp_ ? static_cast<QIODevice *>(tcp_->nextPendingConnection()) : local_->nextPendingConnection();
        if (!socket)
            return nullptr;
        socket->setParent(nullptr);
        sendWithoutDelay(*socket);
        return SocketPtr(socket);
    }
    template <typename Function>
    void onConnection(Function function)
    {
        if (tcp_)
            QObject::connect(tcp_.get(), &QTcpServer::newConnection, tcp_.get(), function);
        else
            QObject::connect(local_.get(), &QLocalServer::newConnection, local_.get(), function);
    }

    /// Goes on after there were no descriptors for a connection: while some live, they will free theirs. Where none does, nobody ever will
    /// be served, and who waits is told by the end of it all.
    void keepAccepting(const std::shared_ptr<int> &living)
    {
        if (!tcp_)
            return; // a local server closes by itself
        QObject::connect(tcp_.get(), &QTcpServer::acceptError, tcp_.get(), [server = tcp_.get(), living] {
            QTimer::singleShot(retryInterval, server, [server, living] {
                if (*living > 0)
                    server->resumeAccepting();
                else
                    server->close();
            });
        });
    }

    /// A socket that connects to it.
    [[nodiscard]] SocketPtr connectTo() const
    {
        if (tcp_) {
            auto socket = std::make_shared<QTcpSocket>();
            socket->connectToHost(QHostAddress::LocalHost, tcp_->serverPort());
            return socket;
        }
        auto socket = std::make_shared<QLocalSocket>();
        socket->connectToServer(local_->fullServerName());
        return socket;
    }

private:
    std::unique_ptr<QTcpServer> tcp_; // one of the two
    std::unique_ptr<QLocalServer> local_;
    bool isListening_ = false;
    QString error_;
};

// What is awaited owns the socket: a cancelled task may leave while it still waits. Closing ends the wait.

// QCoro's waitForConnected() does not see that a connection failed.
QCoro::Task<bool> connected(SocketPtr socket)
{
    if (auto *tcp = qobject_cast<QTcpSocket *>(socket.get())) {
        while (tcp->state() != QAbstractSocket::ConnectedState && tcp->state() != QAbstractSocket::UnconnectedState)
            co_await qCoro(tcp, &QAbstractSocket::stateChanged);
        co_return tcp->state() == QAbstractSocket::ConnectedState;
    }
    auto *local = qobject_cast<QLocalSocket *>(socket.get());
    while (local->state() != QLocalSocket::ConnectedState && local->state() != QLocalSocket::UnconnectedState)
        co_await qCoro(local, &QLocalSocket::stateChanged);
    co_return local->state() == QLocalSocket::ConnectedState;
}

QCoro::Task<bool> moreToRead(SocketPtr socket)
{
    if (auto *tcp = qobject_cast<QTcpSocket *>(socket.get()))
        co_return co_await qCoro(*tcp).waitForReadyRead(answerPatience);
    auto *local = qobject_cast<QLocalSocket *>(socket.get());
    co_return co_await qCoro(*local).waitForReadyRead(answerPatience);
}

void close(QIODevice &socket)
{
    if (auto *tcp = qobject_cast<QTcpSocket *>(&socket))
        tcp->abort();
    else if (auto *local = qobject_cast<QLocalSocket *>(&socket))
        local->abort();
}

/// Closes a connection when its task is over, however that comes about.
class Closing {
public:
    explicit Closing(SocketPtr socket)
        : socket_(std::move(socket))
    {
    }
    Closing(const Closing &) = delete;
    Closing &operator=(const Closing &) = delete;
    ~Closing() { close(*socket_); }

private:
    SocketPtr socket_;
};

bool isConnected(const QIODevice &socket)
{
    if (const auto *tcp = qobject_cast<const QTcpSocket *>(&socket))
        return tcp->state() == QAbstractSocket::ConnectedState;
    const auto *local = qobject_cast<const QLocalSocket *>(&socket);
    return local->state() == QLocalSocket::ConnectedState;
}

/// `bytes` of one round; Nothing if the connection ended before the first.
QCoro::Task<Awaited<Received>> receive(SocketPtr socket, std::uint64_t bytes, char content, const char *what)
{
    for (std::uint64_t got = 0; got < bytes;) {
        if (socket->bytesAvailable() == 0) {
            if (!isConnected(*socket))
                co_return got == 0 ? Received::Nothing : Received::Gone;
            auto more = traced(moreToRead(socket), what);
            const Awaited<bool> came = co_await more;
            if (!came)
                co_return tl::make_unexpected(came.error());
            if (!*came && isConnected(*socket) && socket->bytesAvailable() == 0)
                co_return Received::Late;
            continue;
        }
        const QByteArray piece = socket->read(static_cast<qint64>(bytes - got));
        if (!isOfRound({piece.constData(), static_cast<std::size_t>(piece.size())}, content))
            co_return Received::Wrong;
        got += static_cast<std::uint64_t>(piece.size());
    }
    co_return Received::All;
}

void send(QIODevice &socket, std::uint64_t bytes, char content)
{
    socket.write(QByteArray(static_cast<qsizetype>(bytes), content));
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
        while (first == 0 && socket->bytesAvailable() == 0 && isConnected(*socket)) {
            auto more = traced(moreToRead(socket), "request");
            const Awaited<bool> came = co_await more;
            if (!came)
                co_return TaskResult::cancelled("");
        }
        if (first == 0)
            socket->peek(&first, 1);
        const char content = contentOfRound(first, round);
        Awaited<Received> received = Received::Late; // a client may think for as long as it likes
        while (received && *received == Received::Late)
            received = co_await receive(socket, plan->requestBytes, content, "request");
        if (!received)
            co_return TaskResult::cancelled("");
        if (*received == Received::Nothing)
            co_return socket->bytesToWrite() == 0 ? servedResult(round) : failedConnection(Received::Gone);
        if (*received != Received::All)
            co_return failedConnection(*received);
        send(*socket, plan->answerBytes, content);
    }
}

QCoro::Task<TaskResult> runClient(Runtime &runtime, std::shared_ptr<Listener> listener, PlanPtr plan, int client)
{
    const SocketPtr socket = listener->connectTo();
    const Closing closing(socket);
    auto connecting = traced(connected(socket), "connect");
    const Awaited<bool> isThere = co_await connecting;
    if (!isThere)
        co_return TaskResult::cancelled("");
    if (!*isThere)
        co_return TaskResult::failed("no connection: " + socket->errorString().toStdString());
    sendWithoutDelay(*socket);
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

QCoro::Task<TaskResult> runAwaitedServer(Runtime &runtime, PlanPtr plan)
{
    const auto path = plan->transport == Transport::Local ? newSocketPath(runtime.temporaryDirectory()) : std::string();
    if (!path)
        co_return TaskResult::failed("it cannot listen: " + path.error());
    const auto listener = std::make_shared<Listener>(*plan, *path);
    if (!listener->isListening())
        co_return TaskResult::failed("it cannot listen: " + listener->error());
    const auto connections = std::make_shared<int>(0);
    const auto living = std::make_shared<int>(0);
    // The listener's own: gone with it.
    listener->onConnection([&runtime, weak = std::weak_ptr<Listener>(listener), plan, connections, living] {
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
