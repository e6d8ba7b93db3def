#include "ui/panels/flat_header.h"

#include "ui/theme/theme.h"

#include <QPaintEvent>
#include <QPainter>

namespace loopscope {

int cellMargin(const QWidget &widget)
{
    return widget.fontMetrics().averageCharWidth() + 2;
}

void FlatHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    const Theme theme = Theme::of(palette());
    painter->fillRect(rect, theme.canvas);
    painter->setPen(theme.hairline);
    painter->drawLine(rect.bottomLeft(), rect.bottomRight());

    const bool isSorted = isSortIndicatorShown() && sortIndicatorSection() == section;
    const bool isAscending = sortIndicatorOrder() == Qt::AscendingOrder;
    const QString arrow = !isSorted ? QString() : isAscending ? QStringLiteral(" ▴") : QStringLiteral(" ▾");
    const QRect place = rect.adjusted(cellMargin(*this), 0, -cellMargin(*this), 0);
    const QString title = model()->headerData(section, orientation(), Qt::DisplayRole).toString();
    const auto alignment = model()->headerData(section, orientation(), Qt::TextAlignmentRole).value<Qt::Alignment>();
    const int room = place.width() - fontMetrics().horizontalAdvance(arrow);
    painter->setPen(isSorted ? theme.text : theme.mutedText);
    painter->drawText(place, static_cast<int>(alignment), fontMetrics().elidedText(title, textElideMode(), room) + arrow);
}

void FlatHeader::paintEvent(QPaintEvent *event)
{
    QPainter(viewport()).fillRect(viewport()->rect(), Theme::of(palette()).canvas);
    QHeaderView::paintEvent(event);
}

} // namespace loopscope
