#include "ui/panels/link_button.h"

#include "ui/theme/shown_text.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace loopscope {

namespace {

constexpr int mostLines = 6; // a finding in a narrow panel

} // namespace

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
    fitHeight();
    updateGeometry();
    update();
}

QString LinkButton::shownText() const
{
    const int room = mostLines * std::max(width(), minimumSizeHint().width());
    return fontMetrics().elidedText(link_, Qt::ElideMiddle, room - fontMetrics().averageCharWidth() * 8) + QStringLiteral("\u00A0↗");
}

// Within words only where one is longer than a line.
int LinkButton::wrapping() const
{
    const QStringList words = shownText().split(QLatin1Char(' '));
    const bool isTooLong =
        std::ranges::any_of(words, [this](const QString &word) { return fontMetrics().horizontalAdvance(word) > width(); });
    return isTooLong ? Qt::TextWrapAnywhere : Qt::TextWordWrap;
}

void LinkButton::fitHeight()
{
    const QRect room(0, 0, std::max(1, width()), QWIDGETSIZE_MAX);
    setFixedHeight(std::max(fontMetrics().height(), fontMetrics().boundingRect(room, wrapping(), shownText()).height()));
    setToolTip(shownText().startsWith(link_) ? QString() : toolTipText(link_));
}

QSize LinkButton::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(link_ + QStringLiteral("\u00A0↗")), fontMetrics().height()};
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
    painter.drawText(rect(), Qt::AlignTop | Qt::AlignLeft | wrapping(), shownText());
    if (hasFocus())
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
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
    fitHeight();
}

void LinkButton::changeEvent(QEvent *event)
{
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitHeight();
}

} // namespace loopscope
