#include "ui/panels/wrapped_text.h"

#include <QAbstractTextDocumentLayout>
#include <QEvent>
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
    setFixedHeight(std::max(fontMetrics().height(), static_cast<int>(std::ceil(document()->size().height()))) + 2 * frameWidth());
}

void WrappedText::changeEvent(QEvent *event)
{
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitHeight();
}

void WrappedText::wheelEvent(QWheelEvent *event)
{
    event->ignore(); // whatever it is in scrolls
}

} // namespace loopscope
