#pragma once

#include <QColor>
#include <QRect>

#include <span>
#include <vector>

class QPainter;

namespace loopscope {

/// Areas of a picture for a file: they are filled at once, those of one colour together, the colours in the order in which each was first
/// added, so that only a colour that came later may lie over another. A file tells the colour once for all that follow each other; with
/// each of them it would be four fifths of the bytes.
class AreaSheet {
public:
    void add(const QRect &area, const QColor &color);
    void paint(QPainter &painter) const;

private:
    struct Areas {
        QColor color;
        std::vector<QRect> rects;
    };
    std::vector<Areas> areas_; // of each colour, a dozen at most
};

/// Fills areas with one colour.
void fillAreas(QPainter &painter, std::span<const QRect> areas, const QColor &color);

} // namespace loopscope
