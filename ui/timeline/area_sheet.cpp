#include "ui/timeline/area_sheet.h"

#include <QPainter>

#include <algorithm>

namespace loopscope {

void AreaSheet::add(const QRect &area, const QColor &color)
{
    auto known = std::ranges::find(areas_, color, &Areas::color);
    if (known == areas_.end())
        known = areas_.insert(known, {color, {}});
    known->rects.push_back(area);
}

void AreaSheet::paint(QPainter &painter) const
{
    for (const Areas &areas : areas_)
        fillAreas(painter, areas.rects, areas.color);
}

void fillAreas(QPainter &painter, std::span<const QRect> areas, const QColor &color)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRects(areas.data(), static_cast<int>(areas.size()));
}

} // namespace loopscope
