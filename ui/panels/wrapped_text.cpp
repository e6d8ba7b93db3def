#include "ui/panels/wrapped_text.h"

#include "ui/theme/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QEvent>
#include <QPainter>
#include <QScrollBar>
#include <QWheelEvent>

#include <cmath>

namespace loopscope {

WrappedText::WrappedText(QWidget *parent)
    : QTextEdit(parent)
{
    setReadOnly(true);
    setAcceptRichText(false);
    setUndoRedoEnabled(false);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFrameShape(NoFrame);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabChangesFocus(true);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    viewport()->setAutoFillBackground(false);
    document()->setDocumentMargin(0);
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this, &WrappedText::fitHeight);
    fitHeight();
}

void WrappedText::setColoredText(const QString &text, const QColor &color)
{
    if (textColor() == color && toPlainText() == text)
        return;
    setTextColor(color);
    setPlainText(text); // takes the present colour, and drops every format of before
}

void WrappedText::fitHeight()
{
    const bool scrolls = horizontalScrollBarPolicy() != Qt::ScrollBarAlwaysOff && document()->size().width() > viewport()->width();
    const int bar = scrolls ? horizontalScrollBar()->sizeHint().height() : 0;
    setFixedHeight(std::max(fontMetrics().height(), static_cast<int>(std::ceil(document()->size().height()))) + 2 * frameWidth() + bar);
}

void WrappedText::resizeEvent(QResizeEvent *event)
{
    QTextEdit::resizeEvent(event);
    fitHeight();
}

void WrappedText::changeEvent(QEvent *event)
{
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitHeight();
}

void WrappedText::paintEvent(QPaintEvent *event)
{
    QTextEdit::paintEvent(event);
    if (!hasVisibleFocus_)
        return;
    QPainter painter(viewport());
    painter.setPen(Theme::of(palette()).accent);
    painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
}

void WrappedText::focusInEvent(QFocusEvent *event)
{
    // A click shows where it went by itself.
    hasVisibleFocus_ = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    QTextEdit::focusInEvent(event);
    viewport()->update();
}

void WrappedText::focusOutEvent(QFocusEvent *event)
{
    hasVisibleFocus_ = false;
    QTextEdit::focusOutEvent(event);
    viewport()->update();
}

void WrappedText::wheelEvent(QWheelEvent *event)
{
    event->ignore(); // whatever it is in scrolls
}

} // namespace loopscope
