#include "core/workload/blocking_exchange.h"

#include "core/files/file_descriptor.h"
#include "core/text/system_reason.h"
#include "core/workload/blocking_jobs.h"
#include "core/workload/exchange_parts.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <optional>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace loopscope {

namespace {

using Steady = std::chrono::steady_clock;
using PlanPtr = std::shared_ptr<const PlannedTask>;

// So long a stop is not seen at most.
constexpr int lookIntervalMs = 50;

/// Where the server listens.
struct Address {
    sockaddr_storage storage{};
    socklen_t length = 0;

    [[nodiscard]] const sockaddr *get() const { return reinterpret_cast<const sockaddr *>(&storage); }
    [[nodiscard]] sockaddr *get() { return reinterpret_cast<sockaddr *>(&storage); }
};

/// What the tasks of one exchange share.
struct Exchange {
    PlanPtr plan;
    std::chrono::milliseconds patience;
    FileDescriptor listener;
    Address address;
    std::atomic<int> clientsConnected{0};
    std::atomic<int> clientsAbsent{0}; // which have ended, and never connected
    bool hasGivenUp = false;           // the server, whose job writes it, waiting for clients
};

using ExchangePtr = std::shared_ptr<Exchange>;

Address localAddress(const std::string &path)
{
    sockaddr_un local{};
    local.sun_family = AF_UNIX;
    std::ranges::copy(path, std::begin(local.sun_path)); // newSocketPath() is short enough
    Address address;
    std::memcpy(&address.storage, &local, sizeof local);
    address.length = sizeof local;
    return address;
}

Address loopbackAddress()
{
    sockaddr_in loopback{};
    loopback.sin_family = AF_INET;
    loopback.sin_addr.s_addr = htonl(INADDR_LOOPBACK); // port 0: the system chooses one
    Address address;
    std::memcpy(&address.storage, &loopback, sizeof loopback);
    address.length = sizeof loopback;
    return address;
}

int familyOf(const PlannedTask &plan)
{
    return plan.transport == Transport::Tcp ? AF_INET : AF_UNIX;
}

/// Listens; why not, if it cannot.
std::optional<std::string> listen(Exchange &exchange, const std::string &folder)
{
    exchange.address = loopbackAddress();
    if (exchange.plan->transport == Transport::Local) {
        const auto path = newSocketPath(folder);
        if (!path)
            return path.error();
        exchange.address = localAddress(*path);
    }
    exchange.listener = FileDescriptor(::socket(familyOf(*exchange.plan), SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int listener = exchange.listener.get();
    if (!exchange.listener.isOpen() || ::bind(listener, exchange.address.get(), exchange.address.length) != 0
        || ::listen(listener, exchange.plan->count) != 0
        || ::getsockname(listener, exchange.address.get(), &(exchange.address.length = sizeof exchange.address.storage)) != 0)
        return systemReason(errno);
    return std::nullopt;
}

/// Waits until a descriptor is ready for `events`; false after a stop, or when `isVain` says that it never will be.
template <typename IsVain>
bool waitFor(int descriptor, short events, const std::stop_token &stop, IsVain isVain)
{
    pollfd ready{.fd = descriptor, .events = events, .revents = 0};
    while (!stop.stop_requested() && !isVain()) {
        if (::poll(&ready, 1, lookIntervalMs) > 0)
            return true;
    }
    return false;
}

void sendWithoutDelay(int socket, Transport transport)
{
    const int on = 1;
    if (transport == Transport::Tcp)
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

/// Sends `bytes` of one round; All, Late or Gone. The other end may have no thread that ever takes them.
Received sendAll(int socket, std::uint64_t bytes, char content, const std::stop_token &stop, std::chrono::milliseconds patience)
{
    const std::string all(bytes, content);
    const auto isLate = [latest = Steady::now() + patience] { return Steady::now() > latest; };
    for (std::size_t sent = 0; sent < all.size();) {
        if (!waitFor(socket, POLLOUT, stop, isLate))
            return Received::Late;
        const ssize_t part = ::send(socket, all.data() + sent, all.size() - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (part < 0 && errno != EINTR && errno != EAGAIN)
            return Received::Gone;
        sent += part > 0 ? static_cast<std::size_t>(part) : 0;
    }
    return Received::All;
}

/// `bytes` of one round. `content` is that of the first byte if it is 0. A server's patience has no end.
Received receive(int socket, std::uint64_t bytes, char &content, const std::stop_token &stop,
                 Steady::time_point latest = Steady::time_point::max())
{
    const auto isLate = [latest] { return Steady::now() > latest; };
    std::array<char, 64 * 1024> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init)
    for (std::uint64_t got = 0; got < bytes;) {
        if (!waitFor(socket, POLLIN, stop, isLate))
            return Received::Late;
        const ssize_t part = ::recv(socket, buffer.data(), std::min<std::uint64_t>(buffer.size(), bytes - got), MSG_DONTWAIT);
        if (part == 0)
            return got == 0 ? Received::Nothing : Received::Gone;
        if (part < 0 && errno != EINTR && errno != EAGAIN)
            return Received::Gone;
        const std::string_view piece(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(0, part)));
        if (content == 0 && !piece.empty())
            content = piece.front();
        if (!isOfRound(piece, content))
            return Received::Wrong;
        got += piece.size();
    }
    return Received::All;
}

TaskResult serve(int socket, const Exchange &exchange, const std::stop_token &stop)
{
    const PlannedTask &plan = *exchange.plan;
    sendWithoutDelay(socket, plan.transport);
    char first = 0;
    for (int round = 0;; ++round) {
        char content = first == 0 ? first : contentOfRound(first, round);
        const Received received = receive(socket, plan.requestBytes, content, stop);
        if (stop.stop_requested())
            return TaskResult::cancelled("");
        if (received == Received::Nothing)
            return servedResult(round);
        if (received != Received::All)
            return failedConnection(received);
        first = first == 0 ? content : first;
        if (const Received sent = sendAll(socket, plan.answerBytes, content, stop, exchange.patience); sent != Received::All)
            return stop.stop_requested() ? TaskResult::cancelled("") : failedConnection(sent);
    }
}

/// Tells the server whether a client has connected, and that it will not any more, however that came about: one that is cancelled may never
/// have begun.
class ClientLife {
public:
    explicit ClientLife(ExchangePtr exchange)
        : exchange_(std::move(exchange))
    {
    }
    ClientLife(const ClientLife &) = delete;
    ClientLife &operator=(const ClientLife &) = delete;
    ~ClientLife()
    {
        if (!hasConnected_)
            ++exchange_->clientsAbsent;
    }

    void noteConnection()
    {
        hasConnected_ = true;
        ++exchange_->clientsConnected;
    }

private:
    ExchangePtr exchange_;
    bool hasConnected_ = false;
};

TaskResult talk(const Exchange &exchange, int client, ClientLife &life, const std::stop_token &stop)
{
    const PlannedTask &plan = *exchange.plan;
    const FileDescriptor socket(::socket(familyOf(plan), SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket.isOpen() || ::connect(socket.get(), exchange.address.get(), exchange.address.length) != 0)
        return TaskResult::failed("no connection: " + systemReason(errno));
    life.noteConnection();
    sendWithoutDelay(socket.get(), plan.transport);
    for (int round = 0; round < plan.repeat; ++round) {
        char content = contentOfRound(firstContentOf(client), round);
        Received received = sendAll(socket.get(), plan.requestBytes, content, stop, exchange.patience);
        if (received == Received::All)
            received = receive(socket.get(), plan.answerBytes, content, stop, Steady::now() + exchange.patience);
        if (stop.stop_requested())
            return TaskResult::cancelled("");
        if (received != Received::All)
            return failedClient(received);
        if (round + 1 < plan.repeat && plan.pause > 0 && sleepFor(std::chrono::nanoseconds(plan.pause), stop).outcome == Outcome::Cancelled)
            return TaskResult::cancelled("");
    }
    return clientResult(plan.repeat);
}

TaskResult resultOf(Awaited<TaskResult> result)
{
    return result ? *std::move(result) : TaskResult::cancelled("");
}

QCoro::Task<TaskResult> runBlockingClient(Runtime &runtime, ExchangePtr exchange, int client, std::shared_ptr<ClientLife> life)
{
    auto job = [exchange, client, life](const std::stop_token &stop) { return talk(*exchange, client, *life, stop); };
    Awaited<TaskResult> result = co_await runtime.runBlocking(job, "talk");
    co_return resultOf(std::move(result));
}

QCoro::Task<TaskResult> serveByBlocking(Runtime &runtime, ExchangePtr exchange, std::shared_ptr<FileDescriptor> socket)
{
    auto job = [exchange, socket](const std::stop_token &stop) { return serve(socket->get(), *exchange, stop); };
    Awaited<TaskResult> result = co_await runtime.runBlocking(job, "serve");
    co_return resultOf(std::move(result));
}

/// The connection after `accepted` others; not open once there will be none, or none came for long: where threads are short, this may hold
/// the one that the clients wait for.
std::shared_ptr<FileDescriptor> acceptOne(Exchange &exchange, int accepted, const std::stop_token &stop)
{
    const auto areAllHere = [&exchange, accepted] {
        return exchange.clientsConnected == accepted && accepted + exchange.clientsAbsent == exchange.plan->count;
    };
    auto latest = Steady::now() + exchange.patience;
    const auto isVain = [&] { return areAllHere() || Steady::now() > latest; };
    auto socket = std::make_shared<FileDescriptor>();
    while (waitFor(exchange.listener.get(), POLLIN, stop, isVain)) {
        *socket = FileDescriptor(::accept4(exchange.listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (socket->isOpen())
            break;
        // No descriptors are left, as a rule: some will be free when clients have lost their patience.
        static_cast<void>(sleepFor(std::chrono::milliseconds(lookIntervalMs), stop));
        latest = Steady::now() + exchange.patience;
    }
    if (!socket->isOpen()) {
        exchange.hasGivenUp = !areAllHere() && !stop.stop_requested();
        exchange.listener = FileDescriptor(); // whoever connects yet is refused, and need not wait for an answer
    }
    return socket;
}

} // namespace

QCoro::Task<TaskResult> runThreadedServer(Runtime &runtime, PlanPtr plan, std::chrono::milliseconds patience)
{
    if (!runtime.hasThreadAJob())
        co_return TaskResult::failed("the run has no thread for each connection");
    const auto exchange = std::make_shared<Exchange>();
    exchange->plan = plan;
    exchange->patience = patience;
    if (const auto why = listen(*exchange, runtime.temporaryDirectory()))
        co_return TaskResult::failed("it cannot listen: " + *why);
    std::vector<TaskHandle> tasks;
    for (int i = 0; i < plan->count; ++i) {
        TaskOptions options{plan->nameOf(i), "client", plan->timeout, {}};
        tasks.push_back(runtime.spawn(std::move(options), runBlockingClient, exchange, i, std::make_shared<ClientLife>(exchange)));
    }
    int connections = 0;
    while (connections < plan->count) {
        auto job = [exchange, connections](const std::stop_token &stop) { return acceptOne(*exchange, connections, stop); };
        const Awaited<std::shared_ptr<FileDescriptor>> socket = co_await runtime.runBlocking(job, "accept");
        if (!socket || !(*socket)->isOpen())
            break;
        TaskOptions options{"connection (" + std::to_string(++connections) + ")", "connection", 0, {}};
        tasks.push_back(runtime.spawn(std::move(options), serveByBlocking, exchange, *socket));
    }
    const Awaited<void> gathered = co_await runtime.gather(tasks, "clients");
    if (!gathered) {
        for (const TaskHandle &task : tasks) // nobody serves them any more
            runtime.cancel(task);
        co_return TaskResult::cancelled("");
    }
    if (exchange->hasGivenUp)
        co_return lateClientsResult(connections, plan->count);
    co_return exchangeResult(std::span(tasks).first(static_cast<std::size_t>(plan->count)), connections);
}

} // namespace loopscope
