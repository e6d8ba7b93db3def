#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace loopscope {

/// A text in a TextArena, in the room of a pointer. Valid as long as the arena.
class KeptText {
public:
    KeptText() = default; ///< an empty one

    /// Its bytes. Implicit: it is a text to whoever reads one.
    operator std::string_view() const; // NOLINT(google-explicit-constructor)

private:
    friend class TextArena;
    explicit KeptText(const char *at)
        : at_(at)
    {
    }

    const char *at_ = nullptr; // its length, and then its bytes; null if there are none
};

/// Keeps texts side by side, without an allocation for each, as long as it lives. Not thread-safe.
class TextArena {
public:
    TextArena() = default;
    TextArena(const TextArena &) = delete;
    TextArena &operator=(const TextArena &) = delete;

    /// A copy of `text`.
    [[nodiscard]] KeptText keep(std::string_view text);
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
