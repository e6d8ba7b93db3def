#pragma once

#include <cstdint>
#include <string_view>

namespace loopscope {

/// Which of the colours for slices one has: Theme::slice() has them.
using SliceHue = std::uint8_t;
inline constexpr SliceHue sliceHueCount = 12;
/// That of several slices together of which none has most time for certain; beside the others.
inline constexpr SliceHue mixedSlices = sliceHueCount;

/// The colour of a name: the same in every trace, on every machine. By FNV-1a, folded (Fowler, Noll, Vo).
[[nodiscard]] constexpr SliceHue sliceHueOf(std::string_view name)
{
    std::uint64_t hash = 0xCBF29CE484222325U;
    for (const char c : name)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    return static_cast<SliceHue>((hash ^ hash >> 32U) % sliceHueCount);
}

} // namespace loopscope
