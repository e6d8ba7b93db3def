#include "core/trace/text_arena.h"

#include <algorithm>
#include <cstring>

namespace loopscope {

namespace {

constexpr std::size_t chunkBytes = 16'384;

// A length is one byte, or this one and then all of it.
constexpr unsigned char longMark = 0xFF;

} // namespace

KeptText::operator std::string_view() const
{
    if (at_ == nullptr)
        return {};
    const auto length = static_cast<unsigned char>(*at_);
    if (length != longMark)
        return {at_ + 1, length};
    std::size_t all = 0;
    std::memcpy(&all, at_ + 1, sizeof all);
    return {at_ + 1 + sizeof all, all};
}

KeptText TextArena::keep(std::string_view text)
{
    if (text.empty())
        return {};
    const std::size_t size = text.size();
    const bool fitsAByte = size < longMark;
    const std::size_t bytes = 1 + (fitsAByte ? 0 : sizeof size) + size;
    if (bytes > left_)
        addChunk(std::max(chunkBytes, bytes));
    const KeptText kept(free_);
    *free_++ = static_cast<char>(fitsAByte ? size : longMark);
    if (!fitsAByte) {
        std::memcpy(free_, &size, sizeof size);
        free_ += sizeof size;
    }
    free_ = std::ranges::copy(text, free_).out;
    left_ -= bytes;
    return kept;
}

void TextArena::addChunk(std::size_t bytes)
{
    free_ = chunks_.emplace_back(std::make_unique_for_overwrite<char[]>(bytes)).get();
    left_ = bytes;
    bytes_ += bytes;
}

} // namespace loopscope
