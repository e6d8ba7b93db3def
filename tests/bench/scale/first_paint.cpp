// How long a person waits for the window: from the start of a process to its first picture, without a display. The program itself loads
// the window as a module, which is not among it.

#include "tests/bench/scale/first_paint.h"

#include "ui/window/main_window.h"

#include <QApplication>
#include <QProcess>
#include <QSettings>
#include <QTemporaryDir>

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdio>

using namespace loopscope;

namespace {

qint64 monotonicTime()
{
    return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
}

void firstPaint(benchmark::State &state)
{
    for ([[maybe_unused]] auto _ : state) {
        const qint64 begin = monotonicTime();
        QProcess process;
        process.start(QCoreApplication::applicationFilePath(), {QString::fromLatin1(firstPaintArgument)});
        process.waitForFinished();
        const qint64 painted = process.readAllStandardOutput().trimmed().toLongLong();
        if (painted < begin) {
            state.SkipWithError("the window was not painted");
            return;
        }
        state.SetIterationTime(static_cast<double>(painted - begin) / 1e9);
    }
}

BENCHMARK(firstPaint)->Iterations(10)->UseManualTime()->Unit(benchmark::kMillisecond);

} // namespace

int showFirstPaint(int argc, char **argv)
{
    const QApplication app(argc, argv);
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    MainWindow window(settings);
    window.show();
    window.repaint(); // returns when everything in it is painted
    std::printf("%lld\n", static_cast<long long>(monotonicTime()));
    return 0;
}
