#pragma once

#include <tl/expected.hpp>

#include <memory>
#include <ostream>
#include <string>

namespace loopscope {

/// A file that is there as a whole or not at all: written without a name (O_TMPFILE), and given its own by commit().
///
/// Until then, and after any failure, what was under its name stays as it was; without commit() nothing is left behind, even if the process
/// is killed. Only between the two steps in which commit() replaces what is there, or where the file system knows no files without a name,
/// a process that is killed leaves a hidden file ".loopscope-…" in the same folder. What is there already is replaced, with its
/// permissions; a symbolic link is followed. Errors are the reason without the path and without a full stop: "No space left on device", "it
/// is a folder". Any thread, one at a time.
class OutputFile {
public:
    /// Makes the file that will be `path`, raw bytes. Refuses folders, devices and whatever else is not a regular file.
    [[nodiscard]] static tl::expected<OutputFile, std::string> create(const std::string &path);
    OutputFile(OutputFile &&) noexcept;
    OutputFile &operator=(OutputFile &&) noexcept;
    ~OutputFile();

    /// Where its bytes go, buffered. Once it has failed it takes no more, and commit() tells why.
    [[nodiscard]] std::ostream &stream();
    /// Puts all bytes onto the disk, and the file in its place. At most once; nothing may be written any more.
    [[nodiscard]] tl::expected<void, std::string> commit();

private:
    class Content;

    explicit OutputFile(std::unique_ptr<Content> content);

    std::unique_ptr<Content> content_;
};

} // namespace loopscope
