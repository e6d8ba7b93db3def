#pragma once

#include "ui/timeline/frame_painter.h"

#include <QSize>
#include <QString>

class QPainter;

namespace loopscope {

/// A page on which everything has its place, in device pixels: to be painted into a file or on a screen, by any thread.
class DrawnPage {
public:
    DrawnPage() = default;
    DrawnPage(const DrawnPage &) = delete;
    DrawnPage &operator=(const DrawnPage &) = delete;
    virtual ~DrawnPage() = default;

    [[nodiscard]] virtual QSize size() const = 0;
    /// How many lanes are on it: PaintLimits are asked once for each, and a few times more.
    [[nodiscard]] virtual std::size_t laneCount() const = 0;
    [[nodiscard]] virtual const QString &title() const = 0;
    /// What the page shows, for those who cannot see it.
    [[nodiscard]] virtual const QString &description() const = 0;
    /// What is left out of it, in sentences; empty if there is nothing to say.
    [[nodiscard]] virtual const QString &note() const = 0;
    virtual void paint(QPainter &painter, Medium medium, PaintLimits limits = {}) const = 0;
};

} // namespace loopscope
