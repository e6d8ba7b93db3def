#pragma once

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace loopscope::test {

/// A folder of its own for a test, removed with everything in it at the end. Paths are raw bytes.
class ScratchFolder {
public:
    ScratchFolder()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "loopscope-test-XXXXXX").string();
        if (!::mkdtemp(pattern.data()))
            throw std::system_error(errno, std::generic_category(), "mkdtemp");
        path_ = pattern;
    }
    ScratchFolder(const ScratchFolder &) = delete;
    ScratchFolder &operator=(const ScratchFolder &) = delete;
    ~ScratchFolder()
    {
        std::error_code ignored; // a scratch folder that stays behind fails no test
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] const std::string &path() const { return path_; }
    [[nodiscard]] std::string path(std::string_view name) const { return path_ + '/' + std::string(name); }

    /// Writes a file below the folder, and returns its path.
    std::string write(std::string_view name, std::string_view content) const
    {
        const std::string file = path(name);
        const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
        const bool isWritten =
            descriptor >= 0 && ::write(descriptor, content.data(), content.size()) == static_cast<ssize_t>(content.size());
        const int error = errno;
        if (descriptor >= 0)
            ::close(descriptor);
        if (!isWritten)
            throw std::system_error(error, std::generic_category(), file);
        return file;
    }

    std::string makeFolder(std::string_view name) const
    {
        const std::string folder = path(name);
        std::filesystem::create_directories(folder);
        return folder;
    }

private:
    std::string path_;
};

/// Fills `folders` folders with `filesEach` names of files that all hold `content`. Those of one folder are links to one file, which is a
/// hundred times faster than to make each.
inline void writeManyFiles(const ScratchFolder &scratch, int folders, int filesEach, std::string_view content)
{
    for (int folder = 0; folder < folders; ++folder) {
        const std::string name = std::to_string(folder);
        scratch.makeFolder(name);
        const std::string first = scratch.write(name + "/0", content);
        for (int file = 1; file < filesEach; ++file)
            std::filesystem::create_hard_link(first, scratch.path(name + '/' + std::to_string(file)));
    }
}

} // namespace loopscope::test
