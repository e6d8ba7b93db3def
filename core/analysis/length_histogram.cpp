#include "core/analysis/length_histogram.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>

namespace loopscope {

namespace {

constexpr std::size_t classBits = 5;
constexpr std::size_t classesAnOctave = std::size_t(1) << classBits;

std::size_t octaveOf(Nanoseconds length)
{
    return static_cast<std::size_t>(std::bit_width(static_cast<std::uint64_t>(std::max<Nanoseconds>(length, 1)))) - 1;
}

// Below the first octave with classes of its own, every length is one.
std::size_t classOf(Nanoseconds length, std::size_t octave)
{
    if (octave < classBits)
        return static_cast<std::size_t>(length);
    const auto within = static_cast<std::size_t>(length >> (octave - classBits)) & (classesAnOctave - 1);
    return (octave - classBits + 1) * classesAnOctave + within;
}

} // namespace

void LengthHistogram::add(Nanoseconds length)
{
    assert(length >= 0);
    const std::size_t octave = octaveOf(length);
    const std::size_t index = classOf(length, octave);
    if (index >= classes_.size())
        classes_.resize(index + 1);
    ++classes_[index].count;
    classes_[index].longest = std::max(classes_[index].longest, length);
    ++octaves_[octave];
    ++count_;
    longest_ = std::max(longest_, length);
}

Nanoseconds LengthHistogram::percentile(double share) const
{
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(count_)));
    std::size_t seen = 0;
    for (const Class &one : classes_) {
        seen += one.count;
        if (one.count > 0 && seen >= rank)
            return one.longest;
    }
    return longest_;
}

} // namespace loopscope
