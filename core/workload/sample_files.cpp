#include "core/workload/sample_files.h"

#include "core/files/file_descriptor.h"
#include "core/text/system_reason.h"

#include <algorithm>
#include <cerrno>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>

namespace loopscope {
namespace {

/// About 60 KB of lines, so that a sample takes few system calls.
std::string numberedLines()
{
    std::string lines;
    for (int line = 1; line <= 1000; ++line)
        lines += "This is line " + std::to_string(line) + " of each thousand; é, ß and 漢 are in it.\n";
    return lines;
}

/// Where the text may be cut before `bytes` without cutting a character.
std::size_t wholeCharacters(std::string_view text, std::size_t bytes)
{
    while (bytes > 0 && bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80)
        --bytes;
    return bytes;
}

bool writeAll(const FileDescriptor &file, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
    }
    return true;
}

/// False with the reason in errno.
bool writeSample(const std::string &path, std::uint64_t bytes)
{
    const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file.isOpen())
        return false;
    const std::string lines = numberedLines();
    for (std::uint64_t left = bytes; left > 0;) {
        const auto next = static_cast<std::size_t>(std::min<std::uint64_t>(left, lines.size()));
        const std::size_t whole = wholeCharacters(lines, next);
        const std::string padding(next - whole, '.');
        if (!writeAll(file, std::string_view(lines).substr(0, whole)) || !writeAll(file, padding))
            return false;
        left -= next;
    }
    return true;
}

} // namespace

tl::expected<std::vector<std::string>, std::string> makeSampleFiles(const std::string &folder, int count, std::uint64_t firstBytes)
{
    std::vector<std::string> paths;
    bool isMade = ::mkdir(folder.c_str(), 0700) == 0;
    for (int i = 1; isMade && i <= count; ++i) {
        paths.push_back(folder + "/sample-" + std::to_string(i) + ".txt");
        isMade = writeSample(paths.back(), firstBytes * static_cast<std::uint64_t>(i));
    }
    if (!isMade)
        return tl::make_unexpected("the sample files cannot be made: " + systemReason(errno));
    return paths;
}

} // namespace loopscope
