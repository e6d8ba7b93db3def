#include "ui/panels/link_button.h"

#include "ui/theme/shown_text.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QPainter>

namespace loopscope {

LinkButton::LinkButton(QWidget *parent)
    : QAbstractButton(parent)
{
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
}

void LinkButton::setLink(const QString &text)
{
    if (text == link_)
        return;
    link_ = text;
    setAccessibleName(text);
    updateToolTip();
    updateGeometry();
    update();
}

QString LinkButton::arrowedText() const
{
    return link_ + QStringLiteral(" ↗");
}

QSize LinkButton::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(arrowedText()), fontMetrics().height()};
}

QSize LinkButton::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 4, fontMetrics().height()};
}

void LinkButton::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    const Theme theme = Theme::of(palette());
    QFont font = this->font();
    font.setUnderline(underMouse() || hasFocus());
    painter.setFont(font);
    painter.setPen(theme.accent);
    const int arrow = fontMetrics().horizontalAdvance(QStringLiteral(" ↗"));
    const QString shown = fontMetrics().elidedText(link_, Qt::ElideRight, width() - arrow) + QStringLiteral(" ↗");
    painter.drawText(rect(), Qt::AlignVCenter | Qt::TextSingleLine, shown);
}

void LinkButton::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void LinkButton::resizeEvent(QResizeEvent *event)
{
    QAbstractButton::resizeEvent(event);
    updateToolTip();
}

void LinkButton::updateToolTip()
{
    setToolTip(fontMetrics().horizontalAdvance(arrowedText()) > width() ? toolTipText(link_) : QString());
}

} // namespace loopscope
