// Google Benchmark on what grows with a run: recording, building, asking, painting; and on starting. --benchmark_format=json for other
// programs.

#include "tests/bench/scale/first_paint.h"

#include <QApplication>

#include <benchmark/benchmark.h>

#include <string_view>

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    if (argc == 2 && std::string_view(argv[1]) == firstPaintArgument)
        return showFirstPaint(argc, argv);
    const QApplication app(argc, argv);
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 2;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
