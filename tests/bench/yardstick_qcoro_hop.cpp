// What a programmer would write first with QCoro for a job on another thread: `co_await QtConcurrent::run(job)`, here with a job that does
// nothing, so that the way there and back is all there is. Tells nanoseconds a hop. Usage: yardstick_qcoro_hop TASKS HOPS

#include <QCoreApplication>
#include <QCoroFuture>
#include <QCoroTask>
#include <QtConcurrentRun>

#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace {

QCoro::Task<> hop(int hops, int *running)
{
    for (int i = 0; i < hops; ++i) {
        auto job = [] { return 0; };
        auto future = QtConcurrent::run(job);
        co_await future;
    }
    if (--*running == 0)
        QCoreApplication::quit();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc != 3) {
        std::fputs("usage: yardstick_qcoro_hop TASKS HOPS\n", stderr);
        return 2;
    }
    const int tasks = std::atoi(argv[1]);
    const int hops = std::atoi(argv[2]);
    int running = tasks;
    const auto start = [&] {
        for (int i = 0; i < tasks; ++i)
            hop(hops, &running);
    };
    QMetaObject::invokeMethod(&app, start, Qt::QueuedConnection);
    const auto begin = std::chrono::steady_clock::now();
    QCoreApplication::exec();
    const std::chrono::duration<double, std::nano> wall = std::chrono::steady_clock::now() - begin;
    std::printf("%.1f\n", wall.count() / tasks / hops);
    return 0;
}
