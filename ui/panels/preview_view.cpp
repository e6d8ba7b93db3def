#include "ui/panels/preview_view.h"

#include "ui/panels/fixed_font.h"
#include "ui/panels/preview_text.h"

namespace loopscope {

namespace {

constexpr int fewestPreviewLines = 6;
constexpr int usualLines = 12;

} // namespace

PreviewView::PreviewView(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setLineWrapMode(NoWrap);
    setTabChangesFocus(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFont(fixedFontBeside(font()));
    setTabStopDistance(fontMetrics().horizontalAdvance(QLatin1Char(' ')) * 4);
    setAccessibleName(tr("Preview"));
}

void PreviewView::setPreview(std::shared_ptr<const std::string> head, std::uint64_t size)
{
    if (head == head_)
        return;
    head_ = std::move(head);
    size_ = size;
    isFormatted_ = false;
    if (isVisible())
        format();
}

void PreviewView::format()
{
    isFormatted_ = true;
    bytesPerLine_ = 0;
    if (!head_) {
        clear();
    } else if (isText(*head_, head_->size() >= size_)) {
        setPlainText(visibleText(*head_));
    } else {
        bytesPerLine_ = fittingBytesPerLine();
        setPlainText(hexDump(*head_, bytesPerLine_));
    }
}

std::size_t PreviewView::fittingBytesPerLine() const
{
    const int margins = 2 * static_cast<int>(document()->documentMargin());
    const int needed = fontMetrics().horizontalAdvance(QString(hexLineLength(16), QLatin1Char('0'))) + margins;
    return needed <= viewport()->width() ? 16 : 8;
}

void PreviewView::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    if (isFormatted_ && bytesPerLine_ > 0 && bytesPerLine_ != fittingBytesPerLine())
        format();
}

void PreviewView::showEvent(QShowEvent *event)
{
    if (!isFormatted_)
        format();
    QPlainTextEdit::showEvent(event);
}

QSize PreviewView::sizeHint() const
{
    return {QPlainTextEdit::minimumSizeHint().width(), fontMetrics().lineSpacing() * usualLines};
}

QSize PreviewView::minimumSizeHint() const
{
    return {QPlainTextEdit::minimumSizeHint().width(), fontMetrics().lineSpacing() * fewestPreviewLines};
}

} // namespace loopscope
