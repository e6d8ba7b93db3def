#pragma once

#include <QString>

#include <cstdint>
#include <span>

namespace loopscope {

/// Everything that keys or the mouse can ask for: what menus, key presses and the help on keys are made from.
enum class Command : std::uint8_t {
    // Timeline
    ZoomIn,
    ZoomOut,
    ZoomByMouse,
    FitAll,
    FitSelection,
    PanLeft,
    PanRight,
    PanByMouse,
    GoBack,
    GoForward,
    ToggleFreeze,
    FollowLive,
    Replay,
    LaneUp,
    LaneDown,
    PageUp,
    PageDown,
    ToggleFold,
    LaneMenuByMouse,
    PinLane,
    HideLane,
    HideOtherLanes,
    ShowAllLanes,
    MoveLaneUp,
    MoveLaneDown,
    MoveLaneByMouse,
    SelectByMouse,
    MeasureByMouse,
    NextSpan,
    PreviousSpan,
    FollowCause,
    FollowEffect,
    ClearSelection,
    Search,
    AddMark,
    ShowMarks,
    ShowCriticalPath,
    OverviewByMouse,
    // Files and runs
    DropFiles,
    OpenTrace,
    OpenFiles,
    OpenFolder,
    Paste,
    Run,
    RunAgain,
    Stop,
    Clear,
    RunScenario,
    Compare,
    WhatIf,
    Save,
    SaveAs,
    ExportPicture,
    CopyPicture,
    ExportChromeJson,
    ExportCsv,
    ExportReportJson,
    ExportReportText,
    // Window
    FilterTasks,
    ShowOverview,
    ShowDetails,
    ShowTasks,
    AboutRun,
    Settings,
    ShowKeys,
    ChangeKeys,
    NextTab,
    PreviousTab,
    Close,
    Quit,
};

/// Where the help on keys lists a command.
enum class CommandGroup : std::uint8_t { Timeline, Runs, Window };

/// Where the keys of a command count.
enum class CommandScope : std::uint8_t {
    Window,   ///< everywhere in the window
    Timeline, ///< in the timeline; those with Ctrl, Alt or Meta in all of the window
    Fixed,    ///< everywhere in the window, and nobody can change them
    Mouse     ///< it has no keys: the mouse alone does it
};

/// A row of the table of commands.
struct CommandInfo {
    Command command;
    CommandGroup group;
    CommandScope scope;
    const char *id;      ///< its name in the settings
    const char *title;   ///< English, with the mnemonic of its menu
    const char *keys;    ///< usual keys, as QKeySequence's portable text, spaces between; @ before what counts by its place
    const char *gesture; ///< what the mouse does for it, English; null if nothing
};

/// All commands, in the order of Command, which is that of the help on keys too.
[[nodiscard]] std::span<const CommandInfo> allCommands();
[[nodiscard]] const CommandInfo &infoOf(Command command);

/// Translated, with the mnemonic, for a menu.
[[nodiscard]] QString menuTitle(Command command);
/// Translated, for people: without mnemonic and ellipsis.
[[nodiscard]] QString plainTitle(Command command);
[[nodiscard]] QString groupTitle(CommandGroup group);

} // namespace loopscope
