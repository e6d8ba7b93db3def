// What counting lines and checking UTF-8 adds to reading: the workload's ChunkReader, which does both, and the same system calls in the
// same order without them, on one thread. Tells nanoseconds. Usage: bench_count with|without FOLDER

#include "core/files/file_descriptor.h"
#include "core/workload/chunk_reader.h"
#include "core/workload/file_tree.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace loopscope;

namespace {

using Reader = std::uint64_t (*)(const std::string &path);

std::uint64_t readCounting(const std::string &path)
{
    ChunkReader reader(path);
    while (reader.step() == ReadStep::More) { }
    return reader.bytes();
}

std::uint64_t readAlone(const std::string &path)
{
    static const auto buffer = std::make_unique_for_overwrite<char[]>(ChunkReader::chunkBytes);
    const FileDescriptor file = openPath(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    struct stat status { };
    if (!file.isOpen() || ::fstat(file.get(), &status) != 0)
        return 0;
    const auto size = static_cast<std::uint64_t>(status.st_size);
    std::uint64_t bytes = 0;
    while (bytes < size) {
        const ssize_t got = ::read(file.get(), buffer.get(), std::min<std::uint64_t>(ChunkReader::chunkBytes, size - bytes));
        if (got <= 0)
            break;
        bytes += static_cast<std::uint64_t>(got);
    }
    static_cast<void>(::fstat(file.get(), &status)); // as the reader does, to see whether it changed
    return bytes;
}

} // namespace

int main(int argc, char **argv)
{
    const std::string_view mode = argc == 3 ? argv[1] : "";
    if (mode != "with" && mode != "without") {
        std::fputs("usage: bench_count with|without FOLDER\n", stderr);
        return 2;
    }
    const Reader reader = mode == "with" ? readCounting : readAlone;
    const std::vector<FoundFile> files = expandPaths({argv[2]}).files;
    std::uint64_t bytes = 0;
    const auto begin = std::chrono::steady_clock::now();
    for (const FoundFile &file : files)
        bytes += reader(file.path);
    const std::chrono::duration<double, std::nano> wall = std::chrono::steady_clock::now() - begin;
    if (bytes == 0) {
        std::fputs("nothing was read\n", stderr);
        return 1;
    }
    std::printf("%.0f\n", wall.count());
    return 0;
}
