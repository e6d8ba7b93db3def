// What it takes to save and to open a trace of so many spans, beside a plain copy of the same bytes, as JSON: each the median of several
// turns, in which the one and the other take turns too.
//   bench_own_file [SPANS [TASKS [FOLDER]]]
#include "core/files/file_descriptor.h"
#include "core/formats/own/own_file_reader.h"
#include "core/formats/own/own_file_writer.h"

#include "tests/support/synthetic_trace.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
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

double msOf(const std::function<bool()> &work)
{
    const auto start = std::chrono::steady_clock::now();
    if (!work()) {
        std::fputs("bench_own_file: it failed\n", stderr);
        std::exit(1);
    }
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> times)
{
    std::ranges::nth_element(times, times.begin() + turns / 2);
    return times[turns / 2];
}

struct Pair {
    double ours = 0;
    double copy = 0;
};

Pair mediansMs(const std::function<bool()> &ours, const std::function<bool()> &copy)
{
    std::vector<double> oursMs;
    std::vector<double> copyMs;
    for (int turn = 0; turn < turns; ++turn) {
        oursMs.push_back(msOf(ours));
        copyMs.push_back(msOf(copy));
    }
    return {median(oursMs), median(copyMs)};
}

/// By a buffer that is used again and again.
bool copyFile(const std::string &from, const std::string &to, bool isSynced)
{
    const FileDescriptor in = openPath(from, O_RDONLY | O_CLOEXEC);
    const FileDescriptor out(::open(to.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    std::vector<char> buffer(copiedAtOnce);
    ssize_t got = 0;
    while ((got = ::read(in.get(), buffer.data(), buffer.size())) > 0) {
        if (::write(out.get(), buffer.data(), static_cast<std::size_t>(got)) != got)
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
    const auto isSaved = [&] { return saveOwnFile(*trace, {}, saved, {}).has_value(); };
    const Pair save = mediansMs(isSaved, [&] { return copyFile(saved, copy, true); });
    const Pair open = mediansMs([&] { return openOwnFile(saved, {}).has_value(); }, [&] { return copyFile(saved, copy, false); });
    std::printf("{\"spans\":%zu,\"lanes\":%zu,\"bytes\":%ju,\"save_ms\":%.1f,\"copy_to_disk_ms\":%.1f,\"open_ms\":%.1f,\"copy_ms\":%.1f}\n",
                trace->spanCount(), trace->laneCount(), std::uintmax_t{std::filesystem::file_size(saved)}, save.ours, save.copy, open.ours,
                open.copy);
    std::filesystem::remove(saved);
    std::filesystem::remove(copy);
    return 0;
}
