// Opens a trace as the program does, and tells as JSON its spans, seconds, and peak memory. Usage: bench_open FILE

#include "core/formats/chrome/chrome_import.h"

#include <chrono>
#include <cstdio>

#include <sys/resource.h>

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::fputs("usage: bench_open FILE\n", stderr);
        return 2;
    }
    using Clock = std::chrono::steady_clock;
    const auto begin = Clock::now();
    Clock::time_point firstPicture;
    loopscope::OpeningObserver observer;
    observer.previewed = [&](const auto &) {
        if (firstPicture == Clock::time_point())
            firstPicture = Clock::now();
    };
    const auto opened = loopscope::openChromeJson(argv[1], observer);
    const auto end = Clock::now();
    if (!opened) {
        std::fprintf(stderr, "%s: %s\n", argv[1], opened.error().what.c_str());
        return 1;
    }
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](Clock::duration duration) { return std::chrono::duration<double>(duration).count(); };
    if (firstPicture == Clock::time_point())
        firstPicture = end;
    std::printf("{\"spans\": %zu, \"seconds\": %.3f, \"first_picture_s\": %.3f, \"peak_mib\": %.0f, \"problems\": %zu}\n",
                opened->trace->spanCount(), seconds(end - begin), seconds(firstPicture - begin), static_cast<double>(used.ru_maxrss) / 1024,
                opened->trace->info().problems.size());
    return 0;
}
