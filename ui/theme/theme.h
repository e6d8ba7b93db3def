#pragma once

#include "core/trace/state.h"
#include "ui/theme/slice_hue.h"

#include <QColor>
#include <QMetaType>
#include <QPalette>

namespace loopscope {

/// What a span's colour tells: a state or the name of a slice.
struct SpanColour {
    State state = State::Slice;
    SliceHue hue = mixedSlices;

    SpanColour() = default;
    // Both are a colour to whoever draws.
    SpanColour(State ofState) // NOLINT(google-explicit-constructor)
        : state(ofState)
    {
    }
    explicit SpanColour(SliceHue ofSlice)
        : hue(ofSlice)
    {
    }
    friend bool operator==(const SpanColour &, const SpanColour &) = default;
};

/// Every colour of the program. Colour means state; beside the states there is one accent, the system's.
///
/// The states' hues are those of design tables made safe for colour-blind eyes (Okabe and Ito); each has a second cue in its texture.
struct Theme {
    bool isDark = false;
    bool isGhost = false; ///< states are pale, as of what never was
    QColor window;        ///< behind everything
    QColor panel;         ///< one shade off the window
    QColor canvas;        ///< behind the lanes
    QColor stripe;        ///< behind every other lane
    QColor hairline;      ///< separators
    QColor grid;          ///< lines of time behind the spans
    QColor text;
    QColor mutedText;
    QColor accent;    ///< selection, focus, links, the primary button
    QColor selection; ///< behind the selected lane or row
    QColor failure;   ///< texts of failures and the failed cap

    [[nodiscard]] QColor state(State state) const;
    /// Text that is readable on state(state).
    [[nodiscard]] QColor textOn(State state) const;
    /// The colours of slices, which have names and no states: equally light, paler than those of states, a twelfth of the circle apart.
    [[nodiscard]] QColor slice(SliceHue hue) const;
    [[nodiscard]] QColor of(SpanColour colour) const { return colour.state == State::Slice ? slice(colour.hue) : state(colour.state); }
    /// Text that is readable on every slice.
    [[nodiscard]] QColor textOnSlice() const { return isDark ? QColor(Qt::white) : QColor(0x1A, 0x1A, 0x1A); }
    /// The lines or dots of a state's texture, its second cue.
    [[nodiscard]] QColor textureOn(State state) const;
    /// The edge of a textured span.
    [[nodiscard]] QColor outline(State state) const { return this->state(state).darker(isDark ? 160 : 135); }
    /// The same for a timeline of what was not measured.
    [[nodiscard]] Theme ghost() const;

    /// The veil over what is under the mouse, or stands for the same elsewhere.
    [[nodiscard]] QColor hover() const;

    [[nodiscard]] static Theme light();
    [[nodiscard]] static Theme dark();
    /// Light or dark as the palette is, with its accent.
    [[nodiscard]] static Theme of(const QPalette &palette);

private:
    [[nodiscard]] QColor shown(QColor colour) const;
};

} // namespace loopscope

Q_DECLARE_METATYPE(loopscope::SpanColour)
