#include "ui/window/scenario_card.h"

#include "ui/panels/scenario_miniature.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QPainter>

namespace loopscope {

namespace {

constexpr int margin = 12;
constexpr int cardRadius = 8;
constexpr int miniatureHeight = 56;
constexpr int lineGap = 4;
constexpr int charactersWide = 34;

QFont titleFont(const QFont &font)
{
    QFont bold = font;
    bold.setWeight(QFont::DemiBold);
    return bold;
}

} // namespace

ScenarioCard::ScenarioCard(const Scenario &scenario, QWidget *parent)
    : QAbstractButton(parent)
    , miniature_(new ScenarioMiniature(scenario, this))
    , summary_(QString::fromStdString(scenario.summary))
{
    setText(QString::fromStdString(scenario.title));
    setAccessibleDescription(summary_);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    miniature_->setAttribute(Qt::WA_TransparentForMouseEvents);
}

QSize ScenarioCard::sizeHint() const
{
    const int width = fontMetrics().averageCharWidth() * charactersWide;
    return {width, heightForWidth(width)};
}

int ScenarioCard::heightForWidth(int width) const
{
    const int title = QFontMetrics(titleFont(font())).lineSpacing();
    const QRect room(0, 0, width - 2 * margin, QWIDGETSIZE_MAX);
    const int summary = fontMetrics().boundingRect(room, Qt::TextWordWrap, summary_).height();
    return margin + title + lineGap + summary + margin + miniatureHeight + margin;
}

QRect ScenarioCard::textRect() const
{
    return rect().adjusted(margin, margin, -margin, -(2 * margin + miniatureHeight));
}

void ScenarioCard::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isHot = underMouse() || hasFocus();
    painter.setPen(QPen(isHot ? theme.accent : theme.hairline, 1));
    painter.setBrush(isDown() ? theme.selection : theme.canvas);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), cardRadius, cardRadius);

    const QFont bold = titleFont(font());
    const QFontMetrics boldMetrics(bold);
    const QRect area = textRect();
    painter.setFont(bold);
    painter.setPen(theme.text);
    painter.drawText(area, Qt::AlignLeft | Qt::AlignTop, boldMetrics.elidedText(text(), Qt::ElideRight, area.width()));
    painter.setFont(font());
    painter.setPen(theme.mutedText);
    painter.drawText(area.adjusted(0, boldMetrics.lineSpacing() + lineGap, 0, 0), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
                     summary_);
}

void ScenarioCard::resizeEvent(QResizeEvent *event)
{
    QAbstractButton::resizeEvent(event);
    miniature_->setGeometry(margin, height() - margin - miniatureHeight, width() - 2 * margin, miniatureHeight);
}

void ScenarioCard::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void ScenarioCard::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void ScenarioCard::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace loopscope
