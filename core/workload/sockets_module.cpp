#include "core/files/module.h"
#include "core/workload/exchange_parts.h"
#include "core/workload/exchange_sockets.h"

#include <QCoroAbstractSocket>
#include <QCoroLocalSocket>
#include <QCoroSignal>
#include <QHostAddress>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <concepts>
#include <utility>

namespace loopscope {

namespace {

constexpr std::chrono::milliseconds retryInterval(100);

/// Of a QTcpSocket or a QLocalSocket, which have no base that knows of connections.
template <typename Socket>
class SocketOf final : public ExchangeSocket {
public:
    explicit SocketOf(std::unique_ptr<Socket> socket)
        : socket_(std::move(socket))
    {
    }

    [[nodiscard]] QIODevice &device() override { return *socket_; }
    [[nodiscard]] bool isConnected() const override { return socket_->state() == Socket::ConnectedState; }
    void sendWithoutDelay() override // as the other way does it
    {
        if constexpr (std::same_as<Socket, QTcpSocket>)
            socket_->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    }
    void abort() override { socket_->abort(); }
    [[nodiscard]] QCoro::Task<bool> connected() override { return whetherConnected(this->shared_from_this(), *socket_); }
    [[nodiscard]] QCoro::Task<bool> moreToRead() override { return whetherMoreCame(this->shared_from_this(), *socket_); }

private:
    // QCoro's waitForConnected() does not see that a connection failed.
    static QCoro::Task<bool> whetherConnected(std::shared_ptr<ExchangeSocket> /*kept*/, Socket &socket)
    {
        while (socket.state() != Socket::ConnectedState && socket.state() != Socket::UnconnectedState)
            co_await qCoro(&socket, &Socket::stateChanged);
        co_return socket.state() == Socket::ConnectedState;
    }
    static QCoro::Task<bool> whetherMoreCame(std::shared_ptr<ExchangeSocket> /*kept*/, Socket &socket)
    {
        co_return co_await qCoro(socket).waitForReadyRead(answerPatience);
    }

    std::unique_ptr<Socket> socket_;
};

/// Of a QTcpServer or a QLocalServer.
template <typename Server, typename Socket>
class ListenerOf : public ExchangeListener {
public:
    [[nodiscard]] bool isListening() const override { return server_.isListening(); }
    [[nodiscard]] std::string error() const override { return server_.errorString().toStdString(); }
    [[nodiscard]] std::shared_ptr<ExchangeSocket> nextConnection() override
    {
        std::unique_ptr<Socket> socket(server_.nextPendingConnection());
        if (!socket)
            return nullptr;
        socket->setParent(nullptr);
        auto connection = std::make_shared<SocketOf<Socket>>(std::move(socket));
        connection->sendWithoutDelay();
        return connection;
    }
    void onConnection(std::function<void()> call) override
    {
        QObject::connect(&server_, &Server::newConnection, &server_, std::move(call));
    }

protected:
    explicit ListenerOf(int clients)
    {
        server_.setListenBacklogSize(clients);
        server_.setMaxPendingConnections(clients);
    }

    Server server_;
};

class TcpListener final : public ListenerOf<QTcpServer, QTcpSocket> {
public:
    explicit TcpListener(int clients)
        : ListenerOf(clients)
    {
        server_.listen(QHostAddress::LocalHost);
    }

    void keepAccepting(const std::shared_ptr<int> &living) override
    {
        QObject::connect(&server_, &QTcpServer::acceptError, &server_, [this, living] {
            QTimer::singleShot(retryInterval, &server_, [this, living] {
                if (*living > 0)
                    server_.resumeAccepting();
                else
                    server_.close();
            });
        });
    }
    [[nodiscard]] std::shared_ptr<ExchangeSocket> connectTo() const override
    {
        auto socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(QHostAddress::LocalHost, server_.serverPort());
        return std::make_shared<SocketOf<QTcpSocket>>(std::move(socket));
    }
};

class LocalListener final : public ListenerOf<QLocalServer, QLocalSocket> {
public:
    LocalListener(int clients, const std::string &path)
        : ListenerOf(clients)
    {
        server_.setSocketOptions(QLocalServer::UserAccessOption);
        server_.listen(QString::fromStdString(path));
    }

    void keepAccepting(const std::shared_ptr<int> & /*living*/) override { } // it closes by itself
    [[nodiscard]] std::shared_ptr<ExchangeSocket> connectTo() const override
    {
        auto socket = std::make_unique<QLocalSocket>();
        socket->connectToServer(server_.fullServerName());
        return std::make_shared<SocketOf<QLocalSocket>>(std::move(socket));
    }
};

std::shared_ptr<ExchangeListener> listen(Transport transport, int clients, const std::string &path)
{
    if (transport == Transport::Tcp)
        return std::make_shared<TcpListener>(clients);
    return std::make_shared<LocalListener>(clients, path);
}

constexpr SocketsModule module{listen};

} // namespace

const ModuleEntry loopscopeModule{LOOPSCOPE_VERSION, &module};

} // namespace loopscope
