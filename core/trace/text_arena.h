#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace loopscope {

/// Keeps texts side by side, without an allocation for each, as long as it lives. Not thread-safe.
class TextArena {
public:
    TextArena() = default;
    TextArena(const TextArena &) = delete;
    TextArena &operator=(const TextArena &) = delete;

    /// A copy of `text`, valid as long as the arena.
    std::string_view keep(std::string_view text);
    /// Memory held, in bytes.
    [[nodiscard]] std::size_t byteSize() const { return bytes_; }

private:
    void addChunk(std::size_t bytes);

    std::vector<std::unique_ptr<char[]>> chunks_;
    char *free_ = nullptr; // in the last chunk
    std::size_t left_ = 0; // bytes there
    std::size_t bytes_ = 0;
};

} // namespace loopscope
