#include "ui/panels/remedy_view.h"

#include "ui/panels/fixed_font.h"
#include "ui/theme/theme.h"

#include <QEvent>

namespace loopscope {

RemedyView::RemedyView(QWidget *parent)
    : WrappedText(parent)
{
    setProperty("framed", true);
    setLineWrapMode(NoWrap); // a line that is broken within a text is another one
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    viewport()->setAutoFillBackground(true);
    document()->setDocumentMargin(6);
    setFont(fixedFontBeside(font()));
    setAccessibleName(tr("What to change"));
    hide();
}

void RemedyView::setLines(const QString &before, const QString &after)
{
    if (before == before_ && after == after_)
        return;
    before_ = before;
    after_ = after;
    write();
    setVisible(!before.isEmpty() || !after.isEmpty());
}

void RemedyView::write()
{
    const Theme theme = Theme::of(palette());
    QTextCharFormat removed;
    removed.setForeground(theme.failure);
    QTextCharFormat added;
    added.setForeground(theme.state(State::Running));
    clear();
    QTextCursor cursor(document());
    cursor.insertText(QStringLiteral("- ") + before_ + QLatin1Char('\n'), removed);
    cursor.insertText(QStringLiteral("+ ") + after_, added);
}

void RemedyView::changeEvent(QEvent *event)
{
    WrappedText::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        write();
}

} // namespace loopscope
