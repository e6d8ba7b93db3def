#include "ui/panels/remedy_view.h"

#include "ui/panels/fixed_font.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QScrollBar>

namespace loopscope {

namespace {

/// A line of a diff, in two where it is broken: behind the parenthesis that opens a call, never within a text.
QString diffOf(QChar sign, const QString &line, bool isBroken)
{
    const qsizetype end = line.indexOf(QLatin1Char('(')) + 1;
    if (!isBroken || end == 0)
        return QStringLiteral("%1 %2").arg(sign).arg(line);
    return QStringLiteral("%1 %2\n%1     %3").arg(sign).arg(line.left(end), line.mid(end));
}

} // namespace

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
    isBroken_ = !fits();
    clear();
    QTextCursor cursor(document());
    cursor.insertText(diffOf(QLatin1Char('-'), before_, isBroken_) + QLatin1Char('\n'), removed);
    cursor.insertText(diffOf(QLatin1Char('+'), after_, isBroken_), added);
    moveCursor(QTextCursor::Start);
    horizontalScrollBar()->setValue(0);
}

bool RemedyView::fits() const
{
    const int room = viewport()->width() - 2 * static_cast<int>(document()->documentMargin());
    return fontMetrics().horizontalAdvance(QStringLiteral("- ") + (before_.size() > after_.size() ? before_ : after_)) <= room;
}

void RemedyView::resizeEvent(QResizeEvent *event)
{
    WrappedText::resizeEvent(event);
    if (fits() == isBroken_)
        write();
}

void RemedyView::changeEvent(QEvent *event)
{
    WrappedText::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        write();
}

} // namespace loopscope
