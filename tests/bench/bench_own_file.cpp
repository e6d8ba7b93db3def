// What it takes to save and to open a trace of so many spans, beside a plain copy of the same bytes: each the median of several turns.
//   bench_own_file [SPANS [TASKS [FOLDER]]]
#include "core/files/file_descriptor.h"
#include "core/formats/own/own_file_reader.h"
#include "core/formats/own/own_file_writer.h"

#include "tests/support/synthetic_trace.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

using namespace loopscope;

namespace {

constexpr int turns = 7;
constexpr std::size_t copiedAtOnce = std::size_t(1) << 20U;

double medianMs(const std::function<bool()> &work)
{
    std::vector<double> times;
    for (int turn = 0; turn < turns; ++turn) {
        const auto start = std::chrono::steady_clock::now();
        if (!work()) {
            std::fputs("bench_own_file: it failed\n", stderr);
            std::exit(1);
        }
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    std::ranges::nth_element(times, times.begin() + turns / 2);
    return times[turns / 2];
}

/// Reads all of a file into a buffer that is used again and again, and writes it to another one if there is to be one.
bool copyFile(const std::string &from, const std::string &to, bool isSynced)
{
    const FileDescriptor in = openPath(from, O_RDONLY | O_CLOEXEC);
    const FileDescriptor out(to.empty() ? -1 : ::open(to.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    std::vector<char> buffer(copiedAtOnce);
    ssize_t got = 0;
    while ((got = ::read(in.get(), buffer.data(), buffer.size())) > 0) {
        if (out.isOpen() && ::write(out.get(), buffer.data(), static_cast<std::size_t>(got)) != got)
            return false;
    }
    return got == 0 && (!isSynced || ::fsync(out.get()) == 0);
}

} // namespace

int main(int argc, char *argv[])
{
    const int spans = argc > 1 ? std::atoi(argv[1]) : 10'000'000;
    const int tasks = argc > 2 ? std::atoi(argv[2]) : 10'000;
    const std::string folder = argc > 3 ? argv[3] : std::filesystem::temp_directory_path().string();
    const std::string saved = folder + "/bench_own_file.loopscope";
    const std::string copy = folder + "/bench_own_file.copy";
    const auto trace = test::syntheticTrace({spans, tasks});
    const double save = medianMs([&] { return saveOwnFile(*trace, {}, saved, {}).has_value(); });
    const double copySynced = medianMs([&] { return copyFile(saved, copy, true); });
    const double open = medianMs([&] { return openOwnFile(saved, {}).has_value(); });
    const double copyUnsynced = medianMs([&] { return copyFile(saved, copy, false); });
    const double read = medianMs([&] { return copyFile(saved, {}, false); });
    std::printf("%zu spans on %zu lanes, %.1f bytes a span in memory, %.1f MB in the file\n", trace->spanCount(), trace->laneCount(),
                trace->bytesASpan(), static_cast<double>(std::filesystem::file_size(saved)) / 1e6);
    std::printf("save, onto the disk    %7.1f ms   a copy of the file, onto the disk  %7.1f ms\n", save, copySynced);
    std::printf("open and close again   %7.1f ms   a copy of the file                 %7.1f ms\n", open, copyUnsynced);
    std::printf("                                    to read it into one buffer         %7.1f ms\n", read);
    std::filesystem::remove(saved);
    std::filesystem::remove(copy);
    return 0;
}
