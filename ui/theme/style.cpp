#include "ui/theme/style.h"

#include <array>
#include <utility>

namespace loopscope {

namespace {

constexpr auto sheet = R"(
QDialog, QMenuBar, QStatusBar { background: @panel; }
QMenuBar { border: none; }
QMenuBar::item { padding: 4px 8px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: @selection; }
QStatusBar { border-top: 1px solid @hairline; }
#statusLine { color: @muted; }
QStatusBar::item { border: none; }
QToolBar { background: @panel; border: none; border-bottom: 1px solid @hairline; spacing: 8px; padding: 7px 12px; }
QToolBar::separator { background: transparent; width: 8px; }

QToolBar QToolButton, QPushButton { background: @canvas; color: @text; border: 1px solid @hairline; border-radius: 6px; }
QToolBar QToolButton { padding: 4px 2px 4px 10px; }
QPushButton { padding: 5px 14px; }
QToolBar QToolButton:hover, QPushButton:hover { border-color: @muted; }
QToolBar QToolButton:pressed, QPushButton:pressed { background: @selection; }
QToolBar QToolButton:focus, QPushButton:focus { border-color: @accent; }
QToolBar QToolButton:disabled, QPushButton:disabled { color: @disabled; border-color: @hairline; }
QToolBar QToolButton::menu-indicator { image: none; }
QToolButton[primary="true"], QPushButton[primary="true"] { background: @accent; color: @onAccent; border-color: @accent; }
QToolButton[primary="true"]:hover, QPushButton[primary="true"]:hover { background: @accentHover; border-color: @accentHover; }
QToolButton[primary="true"]:focus, QPushButton[primary="true"]:focus { border-color: @text; }
QPushButton[primary="true"]:disabled { background: @hairline; color: @muted; border-color: @hairline; }
QToolButton[flat="true"], QPushButton[flat="true"] { background: transparent; border: 1px solid transparent; border-radius: 6px;
    padding: 4px 6px; text-align: left; }
QToolButton[flat="true"]:hover, QPushButton[flat="true"]:hover { background: @selection; }
QToolButton[flat="true"]:focus, QPushButton[flat="true"]:focus { border-color: @accent; }

QLabel[muted="true"] { color: @muted; }
QSplitter { background: @panel; }
QSplitter::handle { background: @hairline; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QProgressBar { background: @hairline; border: none; border-radius: 2px; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }
QToolTip { background: @canvas; color: @text; border: 1px solid @hairline; padding: 4px; }
)";

QColor mixed(const QColor &a, const QColor &b, double share)
{
    const auto mix = [share](int from, int to) { return static_cast<int>(from + (to - from) * share); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

} // namespace

QColor textOnAccent(const Theme &theme)
{
    // Black on bright accents, as those of dark desktops are; the weights are those of luma.
    const QColor &accent = theme.accent;
    const double luma = 0.299 * accent.red() + 0.587 * accent.green() + 0.114 * accent.blue();
    return luma > 150 ? QColor(0x12, 0x16, 0x1C) : QColor(Qt::white);
}

QPalette paletteOf(const Theme &theme)
{
    QPalette palette(theme.text, theme.panel, theme.hairline.lighter(110), theme.hairline.darker(130), theme.hairline, theme.text,
                     theme.canvas);
    palette.setColor(QPalette::Window, theme.window);
    palette.setColor(QPalette::AlternateBase, theme.panel);
    palette.setColor(QPalette::Button, theme.panel);
    palette.setColor(QPalette::ButtonText, theme.text);
    palette.setColor(QPalette::Highlight, theme.accent);
    palette.setColor(QPalette::HighlightedText, textOnAccent(theme));
    palette.setColor(QPalette::Link, theme.accent);
    palette.setColor(QPalette::ToolTipBase, theme.canvas);
    palette.setColor(QPalette::ToolTipText, theme.text);
    palette.setColor(QPalette::PlaceholderText, theme.mutedText);
    const QColor disabled = mixed(theme.mutedText, theme.panel, 0.4);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, disabled);
    return palette;
}

QString styleSheetOf(const Theme &theme)
{
    const std::array<std::pair<QLatin1String, QColor>, 11> colours{{
        {QLatin1String("@accentHover"), mixed(theme.accent, theme.text, 0.15)}, // before @accent, which it begins with
        {QLatin1String("@accent"), theme.accent},
        {QLatin1String("@onAccent"), textOnAccent(theme)},
        {QLatin1String("@panel"), theme.panel},
        {QLatin1String("@canvas"), theme.canvas},
        {QLatin1String("@hairline"), theme.hairline},
        {QLatin1String("@selection"), theme.selection},
        {QLatin1String("@text"), theme.text},
        {QLatin1String("@muted"), theme.mutedText},
        {QLatin1String("@disabled"), mixed(theme.mutedText, theme.panel, 0.4)},
        {QLatin1String("@window"), theme.window},
    }};
    QString result = QString::fromLatin1(sheet);
    for (const auto &[name, colour] : colours)
        result.replace(name, colour.name());
    return result;
}

} // namespace loopscope
