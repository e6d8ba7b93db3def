#include "ui/panels/link_button.h"

#include "ui/theme/shown_text.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <numeric>

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
    fitText();
    updateGeometry();
    update();
}

QString LinkButton::shownText() const
{
    return shown_ + QStringLiteral("\u00A0↗");
}

// Within words only where one is longer than a line.
int LinkButton::wrapping() const
{
    const QStringList words = shownText().split(QLatin1Char(' '));
    const bool isTooLong =
        std::ranges::any_of(words, [this](const QString &word) { return fontMetrics().horizontalAdvance(word) > width(); });
    return isTooLong ? Qt::TextWrapAnywhere : Qt::TextWordWrap;
}

int LinkButton::heightOfText() const
{
    const QRect room(0, 0, std::max(1, width()), QWIDGETSIZE_MAX);
    return std::max(fontMetrics().height(), fontMetrics().boundingRect(room, wrapping(), shownText()).height());
}

// How many lines it takes depends on where they end, so the longest that fits is searched for.
void LinkButton::fitText()
{
    const int most = fontMetrics().height() + (mostLines - 1) * fontMetrics().lineSpacing();
    const auto shorten = [this](int room) { shown_ = fontMetrics().elidedText(link_, Qt::ElideMiddle, room); };
    shown_ = link_;
    if (heightOfText() > most) {
        int fits = std::max(1, width());
        int tooLong = std::min(fontMetrics().horizontalAdvance(link_), mostLines * fits);
        while (tooLong - fits > fontMetrics().averageCharWidth()) {
            const int room = std::midpoint(fits, tooLong);
            shorten(room);
            (heightOfText() > most ? tooLong : fits) = room;
        }
        shorten(fits);
    }
    setFixedHeight(heightOfText());
    setToolTip(shown_ == link_ ? QString() : toolTipText(link_));
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
    fitText();
}

void LinkButton::changeEvent(QEvent *event)
{
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitText();
}

} // namespace loopscope
