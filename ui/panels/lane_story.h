#pragma once

#include "core/trace/trace.h"
#include "ui/timeline/facts_at_hand.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace loopscope {

/// Something in the trace that a text refers to, to be selected.
struct Target {
    LaneId lane = noLane;
    std::optional<std::size_t> span;

    friend bool operator==(const Target &, const Target &) = default;
};

/// A part of a lane's time.
struct Share {
    std::optional<State> state; ///< nothing is idle
    Nanoseconds time = 0;

    friend bool operator==(const Share &, const Share &) = default;
};

/// One thing that is worth telling, with its label.
struct Fact {
    QString label;
    QString text;
    std::optional<Target> target; ///< what the text leads to
    bool isFailure = false;

    friend bool operator==(const Fact &, const Fact &) = default;
};

/// A passage about one span: why it was as it was, and what can be done about it.
struct Passage {
    QString heading;
    QString text;
    QString linesBefore;  ///< source lines as they are, and…
    QString linesAfter;   ///< …as they had better be; both empty if there is no remedy
    QString pythonBefore; ///< the same for asyncio
    QString pythonAfter;

    friend bool operator==(const Passage &, const Passage &) = default;
};

/// Everything that is told of a selected lane, in words. Plain texts; what was recorded is escaped.
struct LaneStory {
    QString title;
    QString summary;
    std::vector<Share> shares; ///< of its time, in the order of State, idle last; without empty ones
    Passage passage;
    std::vector<Fact> facts;
    std::shared_ptr<const std::string> preview; ///< the beginning of a file, raw bytes; null if there is none
    std::uint64_t fileSize = 0;                 ///< of that file, in bytes, as far as it is known
    std::string arguments;                      ///< of a slice or an instant, as JSON text; empty if there are none

    friend bool operator==(const LaneStory &, const LaneStory &) = default;
};

/// The story of `lane`, with the passage on its span `span`, else on the span that says most; of the run for noLane. Visits the spans of
/// that lane, and for the loop, and for a task that was late, those of all tasks: on demand, not at every frame. In a trace of others it
/// may be that of an instant of the lane. With the findings of `explanation`, if there is one.
[[nodiscard]] LaneStory storyOf(const Trace &trace, LaneId lane, std::optional<std::size_t> span, std::optional<std::size_t> instant = {},
                                const Explanation *explanation = nullptr);

} // namespace loopscope
