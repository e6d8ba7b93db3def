// What a programmer would write first with QCoro: a coroutine a file, each chunk of 256 KiB read by QtConcurrent::run into a reused buffer,
// 64 files in flight. Nothing is recorded, counted or validated. Usage: yardstick_qcoro FOLDER…   (not recursive)

#include <QCoreApplication>
#include <QCoroFuture>
#include <QCoroTask>
#include <QDirIterator>
#include <QtConcurrentRun>

#include <cstdio>
#include <memory>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace {

constexpr int inFlight = 64;

struct Reading {
    QStringList paths;
    qsizetype next = 0;
    long long bytes = 0;
    int readers = inFlight;
};

QCoro::Task<> reader(Reading *reading)
{
    auto buffer = std::make_shared<std::vector<char>>(256 * 1024);
    while (reading->next < reading->paths.size()) {
        const QByteArray path = reading->paths[reading->next++].toLocal8Bit();
        int file = -1;
        for (;;) {
            auto job = [buffer, path, file]() -> std::pair<int, ssize_t> {
                const int opened = file >= 0 ? file : open(path.constData(), O_RDONLY | O_CLOEXEC);
                return {opened, opened < 0 ? -1 : read(opened, buffer->data(), buffer->size())};
            };
            auto future = QtConcurrent::run(job);
            const auto [opened, count] = co_await future;
            file = opened;
            if (count <= 0)
                break;
            reading->bytes += count;
        }
        if (file >= 0)
            close(file);
    }
    if (--reading->readers == 0)
        QCoreApplication::quit();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    Reading reading;
    for (int i = 1; i < argc; ++i) {
        QDirIterator files(QString::fromLocal8Bit(argv[i]), QDir::Files);
        while (files.hasNext())
            reading.paths.append(files.next());
    }
    QMetaObject::invokeMethod(
        &app,
        [&reading] {
            for (int i = 0; i < inFlight; ++i)
                reader(&reading);
        },
        Qt::QueuedConnection);
    QCoreApplication::exec();
    std::printf("%lld\n", reading.bytes);
    return 0;
}
