#include "ui/compare/comparison_view.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace loopscope {

ComparisonView::ComparisonView(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Timelines of the comparison"));
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
}

ComparisonView::~ComparisonView() = default;

void ComparisonView::show(std::shared_ptr<const Comparison> comparison)
{
    comparison_ = std::move(comparison);
    // Where there is something to scroll, the width must not depend on the height.
    setVerticalScrollBarPolicy(comparison_ ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff);
    layOut();
}

void ComparisonView::layOut()
{
    page_.reset();
    if (comparison_) {
        ComparisonLook look;
        look.width = viewport()->width();
        look.scale = devicePixelRatioF();
        look.theme = Theme::of(palette());
        look.isWhole = false;
        page_ = std::make_unique<ComparisonPage>(*comparison_, look);
    }
    setAccessibleDescription(page_ ? page_->description() : QString());
    const int height = page_ ? static_cast<int>(page_->size().height() / devicePixelRatioF()) : 0;
    verticalScrollBar()->setRange(0, std::max(0, height - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(fontMetrics().height() * 2);
    viewport()->update();
}

void ComparisonView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), Theme::of(palette()).canvas);
    if (!page_)
        return;
    // The page is in device pixels.
    const double scale = devicePixelRatioF();
    const int top = static_cast<int>(verticalScrollBar()->value() * scale);
    painter.scale(1 / scale, 1 / scale);
    painter.translate(0, -top);
    const QRectF rect(QPointF(event->rect().topLeft()) * scale, QSizeF(event->rect().size()) * scale);
    page_->paint(painter, Medium::Raster, {rect.toAlignedRect().translated(0, top), {}});
}

void ComparisonView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    layOut();
}

void ComparisonView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        layOut();
}

void ComparisonView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const double y = (event->position().y() + verticalScrollBar()->value()) * devicePixelRatioF();
    if (const auto candidate = page_ ? page_->candidateAt(static_cast<int>(y)) : std::nullopt)
        Q_EMIT candidateActivated(*candidate);
}

} // namespace loopscope
