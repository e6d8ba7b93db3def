#include "ui/panels/flow_layout.h"

#include <algorithm>

namespace loopscope {

FlowLayout::FlowLayout(int horizontalGap, int verticalGap, QWidget *parent)
    : QLayout(parent)
    , horizontalGap_(horizontalGap)
    , verticalGap_(verticalGap)
{
}

FlowLayout::~FlowLayout() = default;

void FlowLayout::addItem(QLayoutItem *item)
{
    items_.emplace_back(item);
}

QLayoutItem *FlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? items_[static_cast<std::size_t>(index)].get() : nullptr;
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    if (index < 0 || index >= count())
        return nullptr;
    const auto place = items_.begin() + index;
    QLayoutItem *item = place->release();
    items_.erase(place);
    return item;
}

int FlowLayout::heightForWidth(int width) const
{
    return flow(QRect(0, 0, width, 0), Apply::No);
}

QSize FlowLayout::sizeHint() const
{
    int width = 0;
    int height = 0;
    for (const auto &item : items_) {
        width += item->sizeHint().width() + (width > 0 ? horizontalGap_ : 0);
        height = std::max(height, item->sizeHint().height());
    }
    const QMargins margins = contentsMargins();
    return QSize(width, height).grownBy(margins);
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const auto &item : items_)
        size = size.expandedTo(item->minimumSize());
    return size.grownBy(contentsMargins());
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    flow(rect, Apply::Yes);
}

int FlowLayout::flow(const QRect &rect, Apply apply) const
{
    const QMargins margins = contentsMargins();
    const QRect inner = rect.marginsRemoved(margins);
    QPoint at = inner.topLeft();
    int lineHeight = 0;
    std::vector<QLayoutItem *> line;
    for (const auto &item : items_) {
        if (item->isEmpty())
            continue;
        const QSize size = item->sizeHint();
        if (at.x() > inner.left() && at.x() + size.width() > inner.left() + inner.width()) {
            if (apply == Apply::Yes)
                placeLine(line, QPoint(inner.left(), at.y()), lineHeight);
            line.clear();
            at = QPoint(inner.left(), at.y() + lineHeight + verticalGap_);
            lineHeight = 0;
        }
        line.push_back(item.get());
        at.rx() += size.width() + horizontalGap_;
        lineHeight = std::max(lineHeight, size.height());
    }
    if (apply == Apply::Yes)
        placeLine(line, QPoint(inner.left(), at.y()), lineHeight);
    return at.y() + lineHeight - rect.top() + margins.bottom();
}

// What is lower than its line stands in the middle of it, so that texts beside each other have one baseline.
void FlowLayout::placeLine(const std::vector<QLayoutItem *> &line, QPoint at, int height) const
{
    for (QLayoutItem *item : line) {
        const QSize size = item->sizeHint();
        item->setGeometry(QRect(at + QPoint(0, (height - size.height()) / 2), size));
        at.rx() += size.width() + horizontalGap_;
    }
}

} // namespace loopscope
