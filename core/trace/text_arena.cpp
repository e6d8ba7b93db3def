#include "core/trace/text_arena.h"

#include <algorithm>

namespace loopscope {

namespace {

constexpr std::size_t chunkBytes = 16'384;

} // namespace

std::string_view TextArena::keep(std::string_view text)
{
    if (text.size() > left_)
        addChunk(std::max(chunkBytes, text.size()));
    const char *kept = free_;
    free_ = std::ranges::copy(text, free_).out;
    left_ -= text.size();
    return {kept, text.size()};
}

void TextArena::addChunk(std::size_t bytes)
{
    free_ = chunks_.emplace_back(std::make_unique_for_overwrite<char[]>(bytes)).get();
    left_ = bytes;
    bytes_ += bytes;
}

} // namespace loopscope
