#pragma once

#include <QHeaderView>

namespace loopscope {

/// The blanks at the left and the right of a table's cell, in pixels, by the widget's font.
[[nodiscard]] int cellMargin(const QWidget &widget);

/// The header of a table without boxes: titles on the canvas above a hairline, elided as textElideMode() says, and a small arrow at the
/// one that sorts if the sort indicator is shown.
class FlatHeader : public QHeaderView {
    Q_OBJECT

public:
    using QHeaderView::QHeaderView;

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
    void paintEvent(QPaintEvent *event) override;
};

} // namespace loopscope
