#include "ui/window/open_offer.h"

#include "ui/theme/glyph.h"
#include "ui/theme/shown_text.h"
#include "ui/theme/theme.h"
#include "ui/window/recent_paths.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include <utility>

namespace loopscope {

namespace {

constexpr int stripeWidth = 4;

} // namespace

OpenOffer::OpenOffer(QWidget *parent)
    : QWidget(parent)
    , label_(new QLabel(this))
    , open_(new QPushButton(tr("Open"), this))
    , read_(new QPushButton(this))
    , close_(new QToolButton(this))
{
    label_->setTextFormat(Qt::PlainText);
    label_->setWordWrap(true);
    label_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    open_->setProperty("primary", true);
    close_->setProperty("flat", true);
    close_->setToolTip(tr("Do neither"));
    close_->setAccessibleName(tr("Do neither"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 5, 8, 4);
    row->setSpacing(8);
    row->addWidget(label_, 1);
    row->addWidget(open_);
    row->addWidget(read_);
    row->addWidget(close_);
    drawIcons();
    connect(open_, &QPushButton::clicked, this, [this] { Q_EMIT openWanted(take()); });
    connect(read_, &QPushButton::clicked, this, [this] { Q_EMIT readWanted(take()); });
    connect(close_, &QToolButton::clicked, this, &OpenOffer::withdraw);
    hide();
}

void OpenOffer::offer(const std::vector<std::string> &paths)
{
    paths_.insert(paths_.end(), paths.begin(), paths.end());
    const bool isOne = paths_.size() == 1;
    const QString names = RecentPaths::title(paths_);
    label_->setText(isOne ? tr("“%1” can be opened: it is a trace or a scenario.").arg(names)
                          : tr("%1 files can be opened, for they are traces or scenarios: %2.").arg(paths_.size()).arg(names));
    read_->setText(isOne ? tr("Read it as data") : tr("Read them as data"));
    show();
    open_->setFocus();
}

std::vector<std::string> OpenOffer::take()
{
    std::vector<std::string> taken = std::exchange(paths_, {});
    withdraw();
    return taken;
}

void OpenOffer::withdraw()
{
    paths_.clear();
    const bool hadKeyboard = isAncestorOf(focusWidget());
    hide();
    if (hadKeyboard)
        Q_EMIT closed();
}

void OpenOffer::drawIcons()
{
    close_->setIcon(glyphIcon(Glyph::Close, palette().color(QPalette::WindowText)));
}

void OpenOffer::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        drawIcons();
}

void OpenOffer::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        withdraw();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        (read_->hasFocus() ? read_ : close_->hasFocus() ? static_cast<QAbstractButton *>(close_) : open_)->click();
    else if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)
        focusNextPrevChild(event->key() == Qt::Key_Right);
    else
        QWidget::keyPressEvent(event);
}

void OpenOffer::paintEvent(QPaintEvent * /*event*/)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.canvas);
    painter.fillRect(0, 0, width(), 1, theme.hairline);
    painter.fillRect(0, 1, stripeWidth, height() - 1, theme.accent);
}

} // namespace loopscope
