#pragma once

#include "core/trace/time.h"

#include <array>
#include <cstddef>
#include <vector>

namespace loopscope {

/// How long spans are: their lengths counted in classes, 32 to each power of two (the idea of HdrHistogram), so that ten million of them
/// take the room of ten: 30 KB at most.
class LengthHistogram {
public:
    static constexpr std::size_t octaveCount = 63;

    /// `length` ≥ 0.
    void add(Nanoseconds length);
    [[nodiscard]] std::size_t count() const { return count_; }
    /// 0 if nothing was added.
    [[nodiscard]] Nanoseconds longest() const { return longest_; }
    /// The length that `share` of them, 0 < share ≤ 1, do not exceed (nearest rank). It is one that was added, and at most a 32nd longer
    /// than the exact one. 0 if nothing was added.
    [[nodiscard]] Nanoseconds percentile(double share) const;
    /// How many are from 2^octave ns up to twice that; those of no length count with those of one nanosecond.
    [[nodiscard]] std::size_t inOctave(std::size_t octave) const { return octaves_[octave]; }

private:
    struct Class {
        std::size_t count = 0;
        Nanoseconds longest = 0;
    };

    std::vector<Class> classes_; // as many as the longest needs
    std::array<std::size_t, octaveCount> octaves_{};
    std::size_t count_ = 0;
    Nanoseconds longest_ = 0;
};

} // namespace loopscope
