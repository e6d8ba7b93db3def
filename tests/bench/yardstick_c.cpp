// What reading files costs at least: open, read 256 KiB at a time into one buffer a thread, close. Everything else is compared with this.
// Nothing is recorded, counted or validated. Usage: yardstick_c [--threads N] FOLDER   (not recursive; one thread unless told)

#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

namespace {

/// Begins with a page: some processors copy at half the speed to where malloc() has put it, 16 bytes behind one.
struct alignas(4096) Buffer {
    std::array<char, std::size_t(256) * 1024> bytes;
};

long long readFile(const std::string &path, Buffer &buffer)
{
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return 0;
    long long bytes = 0;
    ssize_t count = 0;
    while ((count = read(file, buffer.bytes.data(), buffer.bytes.size())) > 0)
        bytes += count;
    close(file);
    return bytes;
}

template <typename Take>
void forEachFile(const char *folder, Take take)
{
    DIR *entries = opendir(folder);
    if (entries == nullptr)
        return;
    while (const dirent *entry = readdir(entries)) {
        if (entry->d_type == DT_REG)
            take(std::string(folder) + "/" + entry->d_name);
    }
    closedir(entries);
}

long long readOnThisThread(const char *folder)
{
    const auto buffer = std::make_unique_for_overwrite<Buffer>();
    long long bytes = 0;
    forEachFile(folder, [&](const std::string &path) { bytes += readFile(path, *buffer); });
    return bytes;
}

// The names first; then each thread takes the next file that no other has taken.
long long readOnThreads(const char *folder, int threadCount)
{
    std::vector<std::string> paths;
    forEachFile(folder, [&](std::string path) { paths.push_back(std::move(path)); });
    std::atomic<std::size_t> next{0};
    std::atomic<long long> bytes{0};
    const auto readOn = [&] {
        const auto buffer = std::make_unique_for_overwrite<Buffer>();
        long long own = 0;
        for (std::size_t i = next++; i < paths.size(); i = next++)
            own += readFile(paths[i], *buffer);
        bytes += own;
    };
    std::vector<std::thread> others;
    for (int i = 1; i < threadCount; ++i)
        others.emplace_back(readOn);
    readOn();
    for (std::thread &other : others)
        other.join();
    return bytes;
}

} // namespace

int main(int argc, char **argv)
{
    const bool isTold = argc == 4 && std::strcmp(argv[1], "--threads") == 0;
    if (!isTold && argc != 2) {
        std::fputs("usage: yardstick_c [--threads N] FOLDER\n", stderr);
        return 2;
    }
    const int threads = isTold ? std::atoi(argv[2]) : 1;
    const char *folder = argv[argc - 1];
    std::printf("%lld\n", threads > 1 ? readOnThreads(folder, threads) : readOnThisThread(folder));
    return 0;
}
