#include "ui/window/choice_bar.h"

#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace loopscope {

namespace {

constexpr int choiceStripe = 4;

} // namespace

ChoiceBar::ChoiceBar(QWidget *parent)
    : QWidget(parent)
    , label_(new QLabel(this))
    , first_(new QPushButton(this))
    , second_(new QPushButton(this))
    , close_(new QToolButton(this))
{
    label_->setTextFormat(Qt::PlainText);
    label_->setWordWrap(true);
    label_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    first_->setProperty("primary", true);
    close_->setProperty("flat", true);
    close_->setToolTip(tr("Do neither"));
    close_->setAccessibleName(tr("Do neither"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 5, 8, 4);
    row->setSpacing(8);
    row->addWidget(label_, 1);
    row->addWidget(first_);
    row->addWidget(second_);
    row->addWidget(close_);
    drawIcons();
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    connect(first_, &QPushButton::clicked, this, &ChoiceBar::firstChosen);
    connect(second_, &QPushButton::clicked, this, &ChoiceBar::secondChosen);
    connect(close_, &QToolButton::clicked, this, &ChoiceBar::withdraw);
    hide();
}

void ChoiceBar::ask(const QString &question, const QString &first, const QString &second)
{
    label_->setText(question);
    first_->setText(first);
    second_->setText(second);
    show();
}

void ChoiceBar::takeKeyboard()
{
    first_->setFocus();
}

void ChoiceBar::withdraw()
{
    const bool hadKeyboard = isAncestorOf(QApplication::focusWidget()); // focusWidget() is where it was last in here
    hide();
    if (hadKeyboard)
        Q_EMIT closed();
}

void ChoiceBar::drawIcons()
{
    close_->setIcon(glyphIcon(Glyph::Close, palette().color(QPalette::WindowText)));
}

void ChoiceBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        drawIcons();
}

void ChoiceBar::keyPressEvent(QKeyEvent *event)
{
    auto *focused = qobject_cast<QAbstractButton *>(focusWidget());
    if (event->key() == Qt::Key_Escape)
        withdraw();
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && focused)
        focused->click();
    else if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)
        focusNextPrevChild(event->key() == Qt::Key_Right);
    else
        QWidget::keyPressEvent(event);
}

void ChoiceBar::paintEvent(QPaintEvent * /*event*/)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.canvas);
    painter.fillRect(0, 0, width(), 1, theme.hairline);
    painter.fillRect(0, 1, choiceStripe, height() - 1, theme.accent);
}

} // namespace loopscope
