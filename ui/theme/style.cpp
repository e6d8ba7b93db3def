#include "ui/theme/style.h"

#include <array>
#include <utility>

// Outside of any namespace, as Q_INIT_RESOURCE demands: the linker would drop a static library's resources that nobody asks for.
static void initControls()
{
    Q_INIT_RESOURCE(controls);
}

namespace loopscope {

namespace {

constexpr auto sheet = R"(
QDialog, QMenuBar, QStatusBar { background: @panel; }
QMenuBar { border: none; }
QMenuBar::item { padding: 4px 8px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: @selection; }
QStatusBar { border-top: 1px solid @hairline; }
#statusLine, #searchVerdict { color: @muted; }
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

QPushButton[chip="true"] { background: @selection; border: 1px solid transparent; border-radius: 9px; padding: 2px 9px; }
QPushButton[chip="true"]:hover { border-color: @muted; }
QPushButton[chip="true"]:focus { border-color: @accent; }

QLineEdit, QAbstractSpinBox, QComboBox { background: @canvas; color: @text; border: 1px solid @frame; border-radius: 4px; padding: 3px 6px;
    selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus { border-color: @accent; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled { color: @disabled; border-color: @hairline; background: @panel; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { border: none; padding: 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { subcontrol-origin: border; width: 18px; background: transparent; border: none; }
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-arrow { image: url(:/loopscope/controls/up.svg); width: 8px; height: 8px; }
QAbstractSpinBox::down-arrow, QComboBox::down-arrow { image: url(:/loopscope/controls/down.svg); width: 8px; height: 8px; }
QComboBox { padding-right: 22px; }
QComboBox::drop-down { subcontrol-origin: border; subcontrol-position: center right; width: 20px; border: none; }
QComboBox QAbstractItemView { background: @canvas; color: @text; border: 1px solid @frame; selection-background-color: @accent;
    selection-color: @onAccent; }
QCheckBox::indicator { width: 12px; height: 12px; background: @canvas; border: 1px solid @frame; border-radius: 3px; }
QCheckBox::indicator:hover { border-color: @muted; }
QCheckBox::indicator:focus { border-color: @accent; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(:/loopscope/controls/check-@check.svg); }
QCheckBox::indicator:disabled { background: @panel; border-color: @hairline; }
QCheckBox::indicator:checked:disabled { background: @hairline; }
QCheckBox:disabled { color: @disabled; }
QScrollArea { background: @panel; border: none; }
QScrollBar { background: @panel; border: none; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: @thumb; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 24px; }
QScrollBar::handle:horizontal { min-width: 24px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QPlainTextEdit, QTextEdit[framed="true"] { background: @canvas; color: @text; border: 1px solid @hairline; border-radius: 4px; }
QPlainTextEdit:focus, QTextEdit[framed="true"]:focus { border-color: @accent; }

QTabBar { background: @panel; }
QTabBar::tab { background: transparent; color: @muted; border: none; border-bottom: 2px solid transparent; padding: 5px 4px 4px 12px; }
QTabBar::tab:hover { background: @selection; color: @text; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar QToolButton[flat="true"] { padding: 2px; }

QLabel[muted="true"] { color: @muted; }
QLabel[failure="true"] { color: @failure; }
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
    QPalette palette;
    palette.setColor(QPalette::WindowText, theme.text);
    palette.setColor(QPalette::Text, theme.text);
    palette.setColor(QPalette::BrightText, theme.text);
    palette.setColor(QPalette::Base, theme.canvas);
    palette.setColor(QPalette::Light, theme.hairline.lighter(110));
    palette.setColor(QPalette::Mid, theme.hairline);
    palette.setColor(QPalette::Dark, theme.hairline.darker(130));
    palette.setColor(QPalette::Shadow, theme.hairline.darker(150));
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
    const std::array<std::pair<QLatin1String, QColor>, 13> colours{{
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
        {QLatin1String("@frame"), mixed(theme.hairline, theme.mutedText, 0.35)},
        {QLatin1String("@thumb"), mixed(theme.hairline, theme.mutedText, 0.6)},
        {QLatin1String("@failure"), theme.failure},
    }};
    initControls();
    QString result = QString::fromLatin1(sheet);
    for (const auto &[name, colour] : colours)
        result.replace(name, colour.name());
    const bool isLight = textOnAccent(theme) == QColor(Qt::white);
    result.replace(QLatin1String("@check"), isLight ? QLatin1String("light") : QLatin1String("dark"));
    return result;
}

} // namespace loopscope
