#pragma once

#include <cstdint>
#include <optional>

class QKeyEvent;

namespace loopscope {

/// What a key asks the timeline to do.
enum class TimelineCommand : std::uint8_t {
    ZoomIn,
    ZoomOut,
    PanLeft,
    PanRight,
    LaneUp,
    LaneDown,
    PageUp,
    PageDown,
    NextSpan,
    PreviousSpan,
    FollowCause,
    FollowEffect,
    FitSelection,
    FitAll,
    ToggleFreeze,
    FollowLive,
    ClearSelection,
    ToggleFold,
};

/// The command of a key, if it has one. W, A, S and D are told by their place on the keyboard where the system gives it, so they lie the
/// same on a French or a Russian one.
[[nodiscard]] std::optional<TimelineCommand> timelineCommand(const QKeyEvent &key);

} // namespace loopscope
