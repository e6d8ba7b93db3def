#pragma once

#include "core/experiment/comparison.h"

#include <QString>

#include <array>
#include <cstdint>

namespace loopscope {

// The figures of a comparison as people read them: the same in the window's table and in pictures.

enum class ComparisonColumn : std::uint8_t {
    Strategy,
    Wall,
    Ratio,
    Range,
    Cpu,
    Memory,
    Threads,
    Descriptors,
    Switches,
    LongestStall,
    Ready,
    Queued
};

inline constexpr std::array comparisonColumns = {ComparisonColumn::Strategy,     ComparisonColumn::Wall,        ComparisonColumn::Ratio,
                                                 ComparisonColumn::Range,        ComparisonColumn::Cpu,         ComparisonColumn::Memory,
                                                 ComparisonColumn::Threads,      ComparisonColumn::Descriptors, ComparisonColumn::Switches,
                                                 ComparisonColumn::LongestStall, ComparisonColumn::Ready,       ComparisonColumn::Queued};

/// "wall", "×", …
[[nodiscard]] QString columnTitle(ComparisonColumn column);
/// What the column tells, in a sentence.
[[nodiscard]] QString columnExplanation(ComparisonColumn column);
/// The median of a candidate; an en dash if it was not measured.
[[nodiscard]] QString figureText(const Comparison &comparison, const CandidateResult &result, ComparisonColumn column);
/// "coroutines, 4 workers"
[[nodiscard]] QString candidateText(const CandidateResult &result);
/// "5 runs of each after one that does not count, in turn · page cache hot · 2 cores"
[[nodiscard]] QString conditionsText(const Comparison &comparison);

} // namespace loopscope
