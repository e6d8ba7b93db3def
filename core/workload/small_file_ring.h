#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace loopscope {

/// Reads small files through io_uring: some dozens are opened, read and closed by one system call, and where the data have to come from
/// the disk, all of them wait for it at the same time.
///
/// It takes what is simple and leaves the rest to ChunkReader, which can say what is wrong with it: it takes a file only if it is below the
/// mount and the folder that its neighbours are in, no link is on the way, the file system is a local one (so that the end of a
/// read is the end of the file), and the file is neither empty nor larger than largestBytes.
///
/// Belongs to one thread, and blocks it.
class SmallFileRing {
public:
    static constexpr std::size_t mostFiles = 32;
    static constexpr std::size_t largestBytes = std::size_t(16) * 1024 - 1;

    /// Whether the program was built with it.
    [[nodiscard]] static bool isBuiltIn();
    /// The system's error number, if it grants none: containers often forbid it, and so does kernel.io_uring_disabled.
    [[nodiscard]] static tl::expected<std::unique_ptr<SmallFileRing>, int> open();

    ~SmallFileRing();
    SmallFileRing(const SmallFileRing &) = delete;
    SmallFileRing &operator=(const SmallFileRing &) = delete;

    /// The whole content of the file `paths[file]`, until the call returns.
    using OnRead = std::function<void(std::size_t file, std::string_view content)>;
    /// Reads the files of `paths`, mostFiles at most, in raw bytes, which were seen to be regular files. Calls `onRead` for each that it
    /// has read, as they come; the others it leaves as they are, also when the system has not answered for a second.
    void read(std::span<const std::string *const> paths, const OnRead &onRead);

private:
    struct State;

    SmallFileRing();

    std::unique_ptr<State> state_;
};

} // namespace loopscope
