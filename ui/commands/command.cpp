#include "ui/commands/command.h"

#include <QCoreApplication>

#include <array>

namespace loopscope {

namespace {

using enum CommandGroup;

constexpr auto context = "Commands";

// Kept as a table by hand: a row is a sentence about a command.
// clang-format off
constexpr std::array table{
    CommandInfo{Command::ZoomIn, Timeline, CommandScope::Timeline, "zoomIn", QT_TRANSLATE_NOOP("Commands", "Zoom &in"), "@W + = Ctrl++ Ctrl+=", nullptr},
    CommandInfo{Command::ZoomOut, Timeline, CommandScope::Timeline, "zoomOut", QT_TRANSLATE_NOOP("Commands", "Zoom &out"), "@S - Ctrl+-", nullptr},
    CommandInfo{Command::ZoomByMouse, Timeline, CommandScope::Mouse, "zoomByMouse", QT_TRANSLATE_NOOP("Commands", "Zoom at the mouse"), "", QT_TRANSLATE_NOOP("Commands", "Ctrl+wheel, pinch")},
    CommandInfo{Command::FitAll, Timeline, CommandScope::Timeline, "fitAll", QT_TRANSLATE_NOOP("Commands", "Fit the &whole run"), "Ctrl+0 Home", nullptr},
    CommandInfo{Command::FitSelection, Timeline, CommandScope::Timeline, "fitSelection", QT_TRANSLATE_NOOP("Commands", "Fit the selection"), "F", QT_TRANSLATE_NOOP("Commands", "double-click")},
    CommandInfo{Command::PanLeft, Timeline, CommandScope::Timeline, "panLeft", QT_TRANSLATE_NOOP("Commands", "Move to earlier times"), "@A Left", nullptr},
    CommandInfo{Command::PanRight, Timeline, CommandScope::Timeline, "panRight", QT_TRANSLATE_NOOP("Commands", "Move to later times"), "@D Right", nullptr},
    CommandInfo{Command::PanByMouse, Timeline, CommandScope::Mouse, "panByMouse", QT_TRANSLATE_NOOP("Commands", "Move in time"), "", QT_TRANSLATE_NOOP("Commands", "Shift+wheel, horizontal wheel, Shift+drag, middle-button drag")},
    CommandInfo{Command::GoBack, Timeline, CommandScope::Window, "goBack", QT_TRANSLATE_NOOP("Commands", "&Back to the view before"), "Alt+Left Back", QT_TRANSLATE_NOOP("Commands", "mouse button Back")},
    CommandInfo{Command::GoForward, Timeline, CommandScope::Window, "goForward", QT_TRANSLATE_NOOP("Commands", "Forward to the &view after"), "Alt+Right Forward", QT_TRANSLATE_NOOP("Commands", "mouse button Forward")},
    CommandInfo{Command::ToggleFreeze, Timeline, CommandScope::Timeline, "toggleFreeze", QT_TRANSLATE_NOOP("Commands", "Freeze the view or &follow the run; pause a replay"), "Space", nullptr},
    CommandInfo{Command::FollowLive, Timeline, CommandScope::Timeline, "followLive", QT_TRANSLATE_NOOP("Commands", "Go to the end; follow a run that goes on"), "End", nullptr},
    CommandInfo{Command::Replay, Timeline, CommandScope::Window, "replay", QT_TRANSLATE_NOOP("Commands", "Re&play the run"), "Ctrl+Shift+P", nullptr},
    CommandInfo{Command::LaneUp, Timeline, CommandScope::Timeline, "laneUp", QT_TRANSLATE_NOOP("Commands", "Select the lane above"), "Up", nullptr},
    CommandInfo{Command::LaneDown, Timeline, CommandScope::Timeline, "laneDown", QT_TRANSLATE_NOOP("Commands", "Select the lane below"), "Down", nullptr},
    CommandInfo{Command::PageUp, Timeline, CommandScope::Timeline, "pageUp", QT_TRANSLATE_NOOP("Commands", "Scroll up"), "PgUp", QT_TRANSLATE_NOOP("Commands", "wheel")},
    CommandInfo{Command::PageDown, Timeline, CommandScope::Timeline, "pageDown", QT_TRANSLATE_NOOP("Commands", "Scroll down"), "PgDown", QT_TRANSLATE_NOOP("Commands", "wheel")},
    CommandInfo{Command::ToggleFold, Timeline, CommandScope::Timeline, "toggleFold", QT_TRANSLATE_NOOP("Commands", "Fold or unfold the group"), "Return Enter", QT_TRANSLATE_NOOP("Commands", "click on its header")},
    CommandInfo{Command::LaneMenuByMouse, Timeline, CommandScope::Mouse, "laneMenuByMouse", QT_TRANSLATE_NOOP("Commands", "What can be done with a lane"), "", QT_TRANSLATE_NOOP("Commands", "right click, Menu key")},
    CommandInfo{Command::PinLane, Timeline, CommandScope::Timeline, "pinLane", QT_TRANSLATE_NOOP("Commands", "&Pin the lane"), "P", nullptr},
    CommandInfo{Command::HideLane, Timeline, CommandScope::Timeline, "hideLane", QT_TRANSLATE_NOOP("Commands", "&Hide the lane"), "H", nullptr},
    CommandInfo{Command::HideOtherLanes, Timeline, CommandScope::Timeline, "hideOtherLanes", QT_TRANSLATE_NOOP("Commands", "Hide &other lanes"), "", nullptr},
    CommandInfo{Command::ShowAllLanes, Timeline, CommandScope::Timeline, "showAllLanes", QT_TRANSLATE_NOOP("Commands", "Show &all lanes"), "Shift+H", nullptr},
    CommandInfo{Command::MoveLaneUp, Timeline, CommandScope::Timeline, "moveLaneUp", QT_TRANSLATE_NOOP("Commands", "Move the lane &up"), "Alt+Shift+Up", nullptr},
    CommandInfo{Command::MoveLaneDown, Timeline, CommandScope::Timeline, "moveLaneDown", QT_TRANSLATE_NOOP("Commands", "Move the lane &down"), "Alt+Shift+Down", nullptr},
    CommandInfo{Command::MoveLaneByMouse, Timeline, CommandScope::Mouse, "moveLaneByMouse", QT_TRANSLATE_NOOP("Commands", "Move a lane"), "", QT_TRANSLATE_NOOP("Commands", "drag its name")},
    CommandInfo{Command::SelectByMouse, Timeline, CommandScope::Mouse, "selectByMouse", QT_TRANSLATE_NOOP("Commands", "Select a lane or a span"), "", QT_TRANSLATE_NOOP("Commands", "click")},
    CommandInfo{Command::MeasureByMouse, Timeline, CommandScope::Mouse, "measureByMouse", QT_TRANSLATE_NOOP("Commands", "Select and measure a range"), "", QT_TRANSLATE_NOOP("Commands", "drag; drag its edges; Shift+click extends it; Alt: no snapping")},
    CommandInfo{Command::NextSpan, Timeline, CommandScope::Timeline, "nextSpan", QT_TRANSLATE_NOOP("Commands", "Next span of the lane"), ".", nullptr},
    CommandInfo{Command::PreviousSpan, Timeline, CommandScope::Timeline, "previousSpan", QT_TRANSLATE_NOOP("Commands", "Previous span of the lane"), ",", nullptr},
    CommandInfo{Command::FollowCause, Timeline, CommandScope::Timeline, "followCause", QT_TRANSLATE_NOOP("Commands", "To the cause of the wake"), "[", nullptr},
    CommandInfo{Command::FollowEffect, Timeline, CommandScope::Timeline, "followEffect", QT_TRANSLATE_NOOP("Commands", "To the effect of the wake"), "]", nullptr},
    CommandInfo{Command::ClearSelection, Timeline, CommandScope::Timeline, "clearSelection", QT_TRANSLATE_NOOP("Commands", "Clear the selection"), "Esc", nullptr},
    CommandInfo{Command::Search, Timeline, CommandScope::Window, "search", QT_TRANSLATE_NOOP("Commands", "&Search the lanes…"), "Ctrl+F /", QT_TRANSLATE_NOOP("Commands", "Enter, Shift+Enter: next, previous match")},
    CommandInfo{Command::AddMark, Timeline, CommandScope::Timeline, "addMark", QT_TRANSLATE_NOOP("Commands", "Mark the i&nstant at the mouse"), "M", nullptr},
    CommandInfo{Command::ShowMarks, Timeline, CommandScope::Window, "showMarks", QT_TRANSLATE_NOOP("Commands", "Ma&rks…"), "Ctrl+M", QT_TRANSLATE_NOOP("Commands", "double-click on a mark")},
    CommandInfo{Command::ShowCriticalPath, Timeline, CommandScope::Window, "showCriticalPath", QT_TRANSLATE_NOOP("Commands", "Critical pat&h"), "Ctrl+K", nullptr},
    CommandInfo{Command::OverviewByMouse, Timeline, CommandScope::Mouse, "overviewByMouse", QT_TRANSLATE_NOOP("Commands", "Choose what is visible in the overview"), "", QT_TRANSLATE_NOOP("Commands", "drag its handles or its middle; click; wheel")},

    CommandInfo{Command::DropFiles, Runs, CommandScope::Mouse, "dropFiles", QT_TRANSLATE_NOOP("Commands", "Read files or folders, open traces"), "", QT_TRANSLATE_NOOP("Commands", "drop them anywhere")},
    CommandInfo{Command::OpenTrace, Runs, CommandScope::Window, "openTrace", QT_TRANSLATE_NOOP("Commands", "&Open trace or scenario…"), "Ctrl+O", nullptr},
    CommandInfo{Command::OpenFiles, Runs, CommandScope::Window, "openFiles", QT_TRANSLATE_NOOP("Commands", "&Read files…"), "Ctrl+Shift+O", nullptr},
    CommandInfo{Command::OpenFolder, Runs, CommandScope::Window, "openFolder", QT_TRANSLATE_NOOP("Commands", "Read &folder…"), "Ctrl+Alt+O", nullptr},
    CommandInfo{Command::Paste, Runs, CommandScope::Window, "paste", QT_TRANSLATE_NOOP("Commands", "&Paste files or paths"), "Ctrl+V", nullptr},
    CommandInfo{Command::Run, Runs, CommandScope::Window, "run", QT_TRANSLATE_NOOP("Commands", "&Run"), "Ctrl+R F5", nullptr},
    CommandInfo{Command::RunAgain, Runs, CommandScope::Window, "runAgain", QT_TRANSLATE_NOOP("Commands", "Run &again"), "Ctrl+Shift+R", nullptr},
    CommandInfo{Command::Stop, Runs, CommandScope::Window, "stop", QT_TRANSLATE_NOOP("Commands", "&Stop"), "Ctrl+. Shift+F5", nullptr},
    CommandInfo{Command::Clear, Runs, CommandScope::Window, "clear", QT_TRANSLATE_NOOP("Commands", "&Clear"), "Ctrl+L", nullptr},
    CommandInfo{Command::RunScenario, Runs, CommandScope::Fixed, "runScenario", QT_TRANSLATE_NOOP("Commands", "Built-in scenarios"), "Ctrl+1 Ctrl+2 Ctrl+3 Ctrl+4 Ctrl+5 Ctrl+6 Ctrl+7", nullptr},
    CommandInfo{Command::Compare, Runs, CommandScope::Window, "compare", QT_TRANSLATE_NOOP("Commands", "&Compare strategies…"), "Ctrl+Shift+E", nullptr},
    CommandInfo{Command::WhatIf, Runs, CommandScope::Window, "whatIf", QT_TRANSLATE_NOOP("Commands", "What &if…"), "Ctrl+Shift+W", nullptr},
    CommandInfo{Command::Save, Runs, CommandScope::Window, "save", QT_TRANSLATE_NOOP("Commands", "&Save"), "Ctrl+S", nullptr},
    CommandInfo{Command::SaveAs, Runs, CommandScope::Window, "saveAs", QT_TRANSLATE_NOOP("Commands", "Save &as…"), "Ctrl+Shift+S", nullptr},
    CommandInfo{Command::ExportPicture, Runs, CommandScope::Window, "exportPicture", QT_TRANSLATE_NOOP("Commands", "&Export picture…"), "Ctrl+E", nullptr},
    CommandInfo{Command::CopyPicture, Runs, CommandScope::Window, "copyPicture", QT_TRANSLATE_NOOP("Commands", "Cop&y picture"), "Ctrl+Shift+C", nullptr},
    CommandInfo{Command::ExportChromeJson, Runs, CommandScope::Window, "exportChromeJson", QT_TRANSLATE_NOOP("Commands", "Export as &Chrome JSON…"), "", nullptr},
    CommandInfo{Command::ExportCsv, Runs, CommandScope::Window, "exportCsv", QT_TRANSLATE_NOOP("Commands", "Export as C&SV…"), "", nullptr},
    CommandInfo{Command::ExportReportJson, Runs, CommandScope::Window, "exportReportJson", QT_TRANSLATE_NOOP("Commands", "Export the report as &JSON…"), "", nullptr},
    CommandInfo{Command::ExportReportText, Runs, CommandScope::Window, "exportReportText", QT_TRANSLATE_NOOP("Commands", "Export the report as &text…"), "", nullptr},

    CommandInfo{Command::FilterTasks, Window, CommandScope::Window, "filterTasks", QT_TRANSLATE_NOOP("Commands", "Filter the tas&ks"), "Ctrl+Shift+F", nullptr},
    CommandInfo{Command::ShowOverview, Window, CommandScope::Window, "showOverview", QT_TRANSLATE_NOOP("Commands", "O&verview"), "Ctrl+Shift+V", nullptr},
    CommandInfo{Command::ShowDetails, Window, CommandScope::Window, "showDetails", QT_TRANSLATE_NOOP("Commands", "&Details"), "Ctrl+D", nullptr},
    CommandInfo{Command::ShowTasks, Window, CommandScope::Window, "showTasks", QT_TRANSLATE_NOOP("Commands", "&Tasks"), "Ctrl+T", nullptr},
    CommandInfo{Command::AboutRun, Window, CommandScope::Window, "aboutRun", QT_TRANSLATE_NOOP("Commands", "About this &run"), "Ctrl+I", nullptr},
    CommandInfo{Command::Settings, Window, CommandScope::Window, "settings", QT_TRANSLATE_NOOP("Commands", "S&ettings…"), "Ctrl+,", nullptr},
    CommandInfo{Command::ShowKeys, Window, CommandScope::Window, "showKeys", QT_TRANSLATE_NOOP("Commands", "&Keys and mouse"), "F1 ?", nullptr},
    CommandInfo{Command::ChangeKeys, Window, CommandScope::Window, "changeKeys", QT_TRANSLATE_NOOP("Commands", "&Change keys…"), "", nullptr},
    CommandInfo{Command::NextTab, Window, CommandScope::Window, "nextTab", QT_TRANSLATE_NOOP("Commands", "&Next tab"), "Ctrl+Tab Ctrl+PgDown", nullptr},
    CommandInfo{Command::PreviousTab, Window, CommandScope::Window, "previousTab", QT_TRANSLATE_NOOP("Commands", "Previous ta&b"), "Ctrl+Shift+Tab Ctrl+PgUp", nullptr},
    CommandInfo{Command::Close, Window, CommandScope::Window, "close", QT_TRANSLATE_NOOP("Commands", "C&lose"), "Ctrl+W", QT_TRANSLATE_NOOP("Commands", "middle click on a tab")},
    CommandInfo{Command::Quit, Window, CommandScope::Window, "quit", QT_TRANSLATE_NOOP("Commands", "&Quit"), "Ctrl+Q", nullptr},
};
// clang-format on

constexpr bool isInOrder()
{
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (static_cast<std::size_t>(table[i].command) != i)
            return false;
    }
    return true;
}
static_assert(isInOrder(), "a command is the number of its row");

} // namespace

std::span<const CommandInfo> allCommands()
{
    return table;
}

const CommandInfo &infoOf(Command command)
{
    return table[static_cast<std::size_t>(command)];
}

QString menuTitle(Command command)
{
    return QCoreApplication::translate(context, infoOf(command).title);
}

QString plainTitle(Command command)
{
    return menuTitle(command).remove(QLatin1Char('&')).remove(QChar(0x2026));
}

QString groupTitle(CommandGroup group)
{
    switch (group) {
    case Timeline:
        return QCoreApplication::translate(context, "Timeline");
    case Runs:
        return QCoreApplication::translate(context, "Files and runs");
    case Window:
        return QCoreApplication::translate(context, "Window");
    }
    return {};
}

} // namespace loopscope
