#pragma once

#include "core/formats/gzip_input.h"
#include "core/trace/run_info.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace loopscope::chrome {

/// What can be wrong with a trace in Chrome's format, and is counted.
enum class Problem : std::uint8_t {
    // Of the text.
    NoObject,
    BadJson,
    TooLong,
    CutOffEvent,
    NoListEnd,
    CommaAtEnd,
    RestIgnored,
    PackedCutOff,
    PackedDamaged,
    PackedTooBig,
    PackedGarbage,
    // Of an event.
    NoPhase,
    UnknownPhase,
    PhaseNotShown,
    NoTime,
    TimeNoNumber,
    TimeOutOfRange,
    NoDuration,
    DurationNoNumber,
    NegativeDuration,
    NoId,
    BadValue,
    BadMetadata,
    NotUtf8,
    LongName,
    // Of events together.
    EndWithoutBegin,
    NoEnd,
    Overlap,
    TooDeep,
    FlowAlone,
    FarTime,
    TooManyLanes,
    TooManyNames,
    TooManyIds,
    MemoryFull,
};

/// So begins what was told of a file whose trace was exported into this one: its places are in that file.
inline constexpr std::string_view earlierProblem = "in the file that was exported: ";

inline constexpr std::size_t problemCount = static_cast<std::size_t>(Problem::MemoryFull) + 1;

/// What was wrong with a packed file, if anything was.
[[nodiscard]] std::optional<Problem> problemOf(UnpackingEnd end);
/// It in words, as ImportProblem has it.
[[nodiscard]] const char *textOf(Problem problem);
/// Whether a trace has it still when it was exported: nothing was lost, and it is as it was.
[[nodiscard]] bool isRepeatedByExports(const ImportProblem &problem);

/// How often each problem occurred, and where first. Not thread-safe.
class ProblemCounts {
public:
    void add(Problem problem, std::uint64_t firstByte, std::uint64_t count = 1);
    /// As if each had been added here.
    void add(const ProblemCounts &others);
    [[nodiscard]] std::uint64_t count(Problem problem) const { return counts_[static_cast<std::size_t>(problem)].count; }
    /// Those that occurred, in words and in order of their first places.
    [[nodiscard]] std::vector<ImportProblem> list() const;

private:
    struct Count {
        std::uint64_t count = 0;
        std::uint64_t firstByte = 0;
    };

    std::array<Count, problemCount> counts_{};
};

} // namespace loopscope::chrome
