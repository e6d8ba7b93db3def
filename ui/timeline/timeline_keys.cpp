#include "ui/timeline/timeline_keys.h"

#include <QGuiApplication>
#include <QKeyEvent>

namespace loopscope {

namespace {

// Key codes of X11 and Wayland: evdev's plus 8.
constexpr quint32 placeOfW = 25;
constexpr quint32 placeOfA = 38;
constexpr quint32 placeOfS = 39;
constexpr quint32 placeOfD = 40;

std::optional<TimelineCommand> commandOfPlace(quint32 scanCode)
{
    switch (scanCode) {
    case placeOfW:
        return TimelineCommand::ZoomIn;
    case placeOfS:
        return TimelineCommand::ZoomOut;
    case placeOfA:
        return TimelineCommand::PanLeft;
    case placeOfD:
        return TimelineCommand::PanRight;
    default:
        return std::nullopt;
    }
}

bool hasPlaces()
{
    const QString platform = QGuiApplication::platformName();
    return platform == QLatin1String("xcb") || platform.startsWith(QLatin1String("wayland"));
}

std::optional<TimelineCommand> commandOfLetter(int key)
{
    switch (key) {
    case Qt::Key_W:
        return TimelineCommand::ZoomIn;
    case Qt::Key_S:
        return TimelineCommand::ZoomOut;
    case Qt::Key_A:
        return TimelineCommand::PanLeft;
    case Qt::Key_D:
        return TimelineCommand::PanRight;
    default:
        return std::nullopt;
    }
}

std::optional<TimelineCommand> commandOfMovement(int key)
{
    switch (key) {
    case Qt::Key_Left:
        return TimelineCommand::PanLeft;
    case Qt::Key_Right:
        return TimelineCommand::PanRight;
    case Qt::Key_Up:
        return TimelineCommand::LaneUp;
    case Qt::Key_Down:
        return TimelineCommand::LaneDown;
    case Qt::Key_PageUp:
        return TimelineCommand::PageUp;
    case Qt::Key_PageDown:
        return TimelineCommand::PageDown;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return TimelineCommand::ZoomIn;
    case Qt::Key_Minus:
        return TimelineCommand::ZoomOut;
    default:
        return std::nullopt;
    }
}

std::optional<TimelineCommand> commandOfKey(int key)
{
    switch (key) {
    case Qt::Key_Period:
        return TimelineCommand::NextSpan;
    case Qt::Key_Comma:
        return TimelineCommand::PreviousSpan;
    case Qt::Key_BracketLeft:
        return TimelineCommand::FollowCause;
    case Qt::Key_BracketRight:
        return TimelineCommand::FollowEffect;
    case Qt::Key_F:
        return TimelineCommand::FitSelection;
    case Qt::Key_Home:
        return TimelineCommand::FitAll;
    case Qt::Key_Space:
        return TimelineCommand::ToggleFreeze;
    case Qt::Key_End:
        return TimelineCommand::FollowLive;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return TimelineCommand::ToggleFold;
    case Qt::Key_Escape:
        return TimelineCommand::ClearSelection;
    default:
        return commandOfMovement(key);
    }
}

} // namespace

std::optional<TimelineCommand> timelineCommand(const QKeyEvent &key)
{
    const Qt::KeyboardModifiers modifiers = key.modifiers() & ~(Qt::KeypadModifier | Qt::GroupSwitchModifier);
    if (modifiers == Qt::ControlModifier && key.key() == Qt::Key_0)
        return TimelineCommand::FitAll;
    if (modifiers != Qt::NoModifier && modifiers != Qt::ShiftModifier)
        return std::nullopt;
    // Brackets, plus and the like need Shift, or AltGr, on many keyboards; letters and arrows with Shift mean something else.
    if (modifiers == Qt::NoModifier) {
        const auto command = hasPlaces() && key.nativeScanCode() != 0 ? commandOfPlace(key.nativeScanCode()) : commandOfLetter(key.key());
        if (command)
            return command;
    }
    return commandOfKey(key.key());
}

} // namespace loopscope
