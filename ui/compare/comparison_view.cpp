#include "ui/compare/comparison_view.h"

#include <QEvent>
#include <QKeyEvent>
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
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Timelines of the comparison; Enter opens the topmost one"));
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
}

ComparisonView::~ComparisonView() = default;

void ComparisonView::show(std::shared_ptr<const Comparison> comparison)
{
    comparison_ = std::move(comparison);
    scale_ = 0; // what is laid out is of another one
    page_.reset();
    // Where there is something to scroll, the width must not depend on the height.
    setVerticalScrollBarPolicy(comparison_ ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff);
    if (!isLaidOut()) // the bar may have changed the width
        layOut();
}

bool ComparisonView::isLaidOut() const
{
    return viewport()->width() == width_ && devicePixelRatioF() == scale_;
}

void ComparisonView::layOut()
{
    width_ = viewport()->width();
    scale_ = devicePixelRatioF();
    page_.reset();
    if (comparison_) {
        ComparisonLook look;
        look.width = width_;
        look.scale = scale_;
        look.theme = Theme::of(palette());
        look.isWhole = false;
        page_ = std::make_unique<ComparisonPage>(*comparison_, look);
    }
    setAccessibleDescription(page_ ? page_->description() : QString());
    const int height = page_ ? static_cast<int>(page_->size().height() / scale_) : 0;
    verticalScrollBar()->setRange(0, std::max(0, height - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(fontMetrics().height() * 2);
    viewport()->update();
}

void ComparisonView::paintEvent(QPaintEvent *event)
{
    if (!isLaidOut()) // another screen may have another scale
        layOut();
    QPainter painter(viewport());
    painter.fillRect(event->rect(), Theme::of(palette()).canvas);
    if (!page_)
        return;
    // The page is in device pixels.
    const int top = static_cast<int>(verticalScrollBar()->value() * scale_);
    painter.scale(1 / scale_, 1 / scale_);
    painter.translate(0, -top);
    const QRectF rect(QPointF(event->rect().topLeft()) * scale_, QSizeF(event->rect().size()) * scale_);
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
    const double y = (event->position().y() + verticalScrollBar()->value()) * scale_;
    if (const auto candidate = page_ ? page_->candidateAt(static_cast<int>(y)) : std::nullopt)
        Q_EMIT candidateActivated(*candidate);
}

void ComparisonView::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!isEnter || !page_)
        return QAbstractScrollArea::keyPressEvent(event);
    // The one that covers the top, or else, below a curve, the first.
    for (int y = static_cast<int>(verticalScrollBar()->value() * scale_); y < page_->size().height(); ++y) {
        if (const auto candidate = page_->candidateAt(y))
            return Q_EMIT candidateActivated(*candidate);
    }
}

} // namespace loopscope
