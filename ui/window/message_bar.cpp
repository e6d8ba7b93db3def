#include "ui/window/message_bar.h"

#include "ui/theme/glyph.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace loopscope {

using namespace std::chrono_literals;

namespace {

constexpr auto newsLast = 8s;
constexpr int stripeWidth = 4;

} // namespace

MessageBar::MessageBar(QWidget *parent)
    : QWidget(parent)
    , label_(new QLabel(this))
    , cancel_(new QPushButton(tr("Cancel"), this))
    , close_(new QToolButton(this))
{
    label_->setTextFormat(Qt::PlainText);
    label_->setWordWrap(true);
    label_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    close_->setProperty("flat", true);
    close_->setToolTip(tr("Close this message"));
    close_->setAccessibleName(tr("Close this message"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 8, 8, 8);
    row->setSpacing(8);
    row->addWidget(label_, 1);
    row->addWidget(cancel_);
    row->addWidget(close_);
    expiry_.setSingleShot(true);
    expiry_.setInterval(newsLast);
    connect(&expiry_, &QTimer::timeout, this, &QWidget::hide);
    connect(close_, &QToolButton::clicked, this, &QWidget::hide);
    connect(cancel_, &QPushButton::clicked, this, &MessageBar::cancelled);
    parent->installEventFilter(this);
    hide();
}

void MessageBar::inform(const QString &sentence)
{
    tell(Kind::News, sentence);
}

void MessageBar::warn(const QString &sentence)
{
    tell(Kind::Failure, sentence);
}

void MessageBar::showProgress(const QString &sentence)
{
    tell(Kind::Progress, sentence);
}

void MessageBar::dismissProgress()
{
    if (kind_ == Kind::Progress)
        hide();
}

QString MessageBar::text() const
{
    return isHidden() ? QString() : label_->text();
}

void MessageBar::tell(Kind kind, const QString &sentence)
{
    kind_ = kind;
    label_->setText(sentence);
    cancel_->setVisible(kind == Kind::Progress);
    close_->setVisible(kind != Kind::Progress);
    close_->setIcon(glyphIcon(Glyph::Close, palette().color(QPalette::WindowText)));
    if (kind == Kind::News)
        expiry_.start();
    else
        expiry_.stop();
    show();
    raise();
    place();
    update();
}

void MessageBar::place()
{
    if (!isVisible())
        return;
    const int width = parentWidget()->width();
    const int height = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width) : sizeHint().height();
    setGeometry(0, parentWidget()->height() - height, width, height);
}

bool MessageBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        place();
    return QWidget::eventFilter(watched, event);
}

void MessageBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && kind_ != Kind::Progress)
        hide();
    else
        QWidget::keyPressEvent(event);
}

void MessageBar::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.canvas);
    painter.fillRect(0, 0, width(), 1, theme.hairline);
    painter.fillRect(0, 0, stripeWidth, height(), kind_ == Kind::Failure ? theme.failure : theme.accent);
}

} // namespace loopscope
