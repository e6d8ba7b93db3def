#pragma once

#include "core/trace/state.h"

#include <QColor>
#include <QImage>
#include <QPainterPath>
#include <QPen>
#include <QRectF>

#include <cstddef>

namespace loopscope {

struct Theme;

/// Whether spans in this state have a texture as their second cue: hatching, dots or a lattice.
[[nodiscard]] bool isTextured(State state);

/// The texture of a state in `rect`, without the ground under it: lines, cut so that texturePen() stays inside. `scale` is device pixels a
/// logical one.
[[nodiscard]] QPainterPath texturePath(const QRectF &rect, State state, double scale);
/// How many lines those are, about.
[[nodiscard]] std::size_t textureLines(const QRectF &rect, State state, double scale);
/// What they are drawn with.
[[nodiscard]] QPen texturePen(State state, const QColor &color, double scale);

/// A square of the texture of a state, with its ground, which repeats in both directions without a seam, at every scale: opaque RGB32.
[[nodiscard]] QImage textureTile(const Theme &theme, State state, double scale);

} // namespace loopscope
