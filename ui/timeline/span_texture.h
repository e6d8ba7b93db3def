#pragma once

#include "core/trace/state.h"

#include <QColor>
#include <QImage>
#include <QRectF>

class QPainter;

namespace loopscope {

struct Theme;

/// Whether spans in this state have a texture as their second cue: hatching, dots or a lattice.
[[nodiscard]] bool isTextured(State state);

/// Draws the texture of a state into `rect` as strokes and dots that are cut at its edges; not the ground under it. `scale` is device
/// pixels a logical one.
void strokeTexture(QPainter &painter, const QRectF &rect, State state, const QColor &color, double scale);

/// A square of the texture of a state, with its ground, which repeats in both directions without a seam, at every scale: opaque RGB32.
[[nodiscard]] QImage textureTile(const Theme &theme, State state, double scale);

} // namespace loopscope
