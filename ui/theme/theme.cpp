#include "ui/theme/theme.h"

#include <array>

namespace loopscope {

namespace {

QColor stateColour(State state, bool isDark)
{
    switch (state) {
    case State::Running:
        return isDark ? QColor(0x1F, 0xB5, 0x8A) : QColor(0x00, 0x9E, 0x73);
    case State::Ready:
        return {0xE6, 0x9F, 0x00};
    case State::Awaiting:
        return isDark ? QColor(0x8B, 0x96, 0xA5) : QColor(0xC9, 0xD3, 0xDF);
    case State::Queued:
        return isDark ? QColor(0xD7, 0xA8, 0xEC) : QColor(0xC5, 0x8B, 0xE0);
    case State::InWorker:
        return isDark ? QColor(0x3A, 0x6F, 0xD8) : QColor(0x1F, 0x4E, 0x9E);
    case State::Blocking:
        return isDark ? QColor(0xC8, 0x50, 0x1A) : QColor(0xB2, 0x3A, 0x00);
    case State::Slice:
        break;
    }
    return {};
}

} // namespace

QColor Theme::shown(QColor colour) const
{
    constexpr int presence = 40; // percent of a ghost: its states are still told apart
    if (!isGhost)
        return colour;
    const auto mixed = [](int front, int back) { return (presence * front + (100 - presence) * back) / 100; };
    return {mixed(colour.red(), canvas.red()), mixed(colour.green(), canvas.green()), mixed(colour.blue(), canvas.blue())};
}

QColor Theme::state(State state) const
{
    return state == State::Slice ? slice(mixedSlices) : shown(stateColour(state, isDark));
}

QColor Theme::textOn(State state) const
{
    if (state == State::Slice)
        return textOnSlice();
    if (isGhost)
        return text;
    const bool isDarkFill = state == State::InWorker || state == State::Blocking || (state == State::Running && !isDark);
    return isDarkFill ? QColor(Qt::white) : QColor(0x1A, 0x1A, 0x1A);
}

QColor Theme::slice(SliceHue hue) const
{
    // CIE LCh: lightness 82 and a chroma of 34 on light ground, 47 and 32 on dark, less where sRGB has no such colour.
    constexpr std::array<QRgb, sliceHueCount + 1> onLight = {0xFFFEBAC4, 0xFFFEBDAB, 0xFFF5C391, 0xFFD8CD8D, 0xFFB4D69A,
                                                             0xFF8FDCB5, 0xFF6FDED6, 0xFF67DBF4, 0xFF93D4FE, 0xFFB9CBFD,
                                                             0xFFDEC0FD, 0xFFFDB7E2, 0xFFB4BCC8};
    constexpr std::array<QRgb, sliceHueCount + 1> onDark = {0xFFA35A67, 0xFF9F5E4E, 0xFF8F683D, 0xFF787139, 0xFF5A7845,
                                                            0xFF367C5C, 0xFF0A7D77, 0xFF057B8D, 0xFF1777A1, 0xFF556FA4,
                                                            0xFF7E6599, 0xFF985C82, 0xFF656E7B};
    return QColor::fromRgb((isDark ? onDark : onLight)[hue]);
}

QColor Theme::textureOn(State state) const
{
    switch (state) {
    case State::Ready:
        return shown(isDark ? QColor(0x9C, 0x66, 0x00) : QColor(0xFF, 0xD6, 0x80));
    case State::Queued:
        return shown(isDark ? QColor(0x8E, 0x55, 0xAB) : QColor(Qt::white));
    case State::Blocking:
        return shown(isDark ? QColor(0x6E, 0x24, 0x00) : QColor(0xE8, 0x8A, 0x5C));
    case State::Awaiting:
        return shown(isDark ? QColor(0x5C, 0x66, 0x73) : QColor(0x8F, 0x9D, 0xAD));
    case State::Running:
    case State::InWorker:
    case State::Slice:
        break;
    }
    return this->state(state);
}

QColor Theme::hover() const
{
    QColor veil = text;
    veil.setAlphaF(0.06F);
    return veil;
}

Theme Theme::light()
{
    Theme theme;
    theme.window = QColor(0xF4, 0xF6, 0xF9);
    theme.panel = QColor(0xF4, 0xF6, 0xF9);
    theme.canvas = QColor(Qt::white);
    theme.stripe = QColor(0xFA, 0xFB, 0xFC);
    theme.hairline = QColor(0xDF, 0xE4, 0xEA);
    theme.grid = QColor(0xF0, 0xF2, 0xF5);
    theme.text = QColor(0x1B, 0x21, 0x29);
    theme.mutedText = QColor(0x5F, 0x6B, 0x7A);
    theme.accent = QColor(0x25, 0x63, 0xEB);
    theme.selection = QColor(0xE3, 0xEC, 0xFC);
    theme.failure = QColor(0xC0, 0x26, 0x1B);
    return theme;
}

Theme Theme::dark()
{
    Theme theme;
    theme.isDark = true;
    theme.window = QColor(0x24, 0x26, 0x2A);
    theme.panel = QColor(0x24, 0x26, 0x2A);
    theme.canvas = QColor(0x1D, 0x1D, 0x1F);
    theme.stripe = QColor(0x20, 0x21, 0x23);
    theme.hairline = QColor(0x36, 0x3A, 0x40);
    theme.grid = QColor(0x29, 0x2B, 0x2F);
    theme.text = QColor(0xE8, 0xEA, 0xED);
    theme.mutedText = QColor(0x9A, 0xA3, 0xAE);
    theme.accent = QColor(0x6E, 0xA8, 0xFE);
    theme.selection = QColor(0x26, 0x2F, 0x3A);
    theme.failure = QColor(0xF2, 0x7A, 0x6E);
    return theme;
}

Theme Theme::ghost() const
{
    Theme theme = *this;
    theme.isGhost = true;
    return theme;
}

Theme Theme::of(const QPalette &palette)
{
    const bool isDark = palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
    Theme theme = isDark ? dark() : light();
    theme.accent = palette.color(QPalette::Highlight);
    return theme;
}

} // namespace loopscope
