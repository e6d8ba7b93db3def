#include "ui/window/message_bar.h"

#include "ui/theme/glyph.h"

#include <QAccessible>
#include <QDeadlineTimer>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace loopscope {

using namespace std::chrono_literals;

namespace {

constexpr auto newsLast = 8s;
constexpr auto expiryInterval = 500ms;
constexpr int messageStripe = 4;

qint64 nowMs()
{
    return QDeadlineTimer::current().deadline();
}

QHBoxLayout *rowLayout(QWidget *box)
{
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(16, 4, 8, 4);
    row->setSpacing(8);
    return row;
}

QLabel *messageLabel(QWidget *box)
{
    auto *label = new QLabel(box);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    return label;
}

} // namespace

MessageBar::MessageBar(QWidget *parent)
    : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 1, 0, 0);
    column->setSpacing(0);
    for (const Activity activity : {Activity::Searching, Activity::Opening, Activity::Saving})
        addProgress(activity);
    for (std::size_t i = 0; i < mostShown; ++i)
        addRow();
    drawIcons();
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    expiry_.setInterval(expiryInterval);
    connect(&expiry_, &QTimer::timeout, this, &MessageBar::dropExpired);
    hide();
}

MessageBar::~MessageBar() = default;

void MessageBar::addProgress(Activity activity)
{
    auto *box = new QWidget(this);
    auto *cancel = new QPushButton(tr("Cancel"), box);
    const Progress added{box, messageLabel(box)};
    QHBoxLayout *row = rowLayout(box);
    row->addWidget(added.label, 1);
    row->addWidget(cancel);
    layout()->addWidget(box);
    box->hide();
    connect(cancel, &QPushButton::clicked, this, [this, activity] { Q_EMIT cancelled(activity); });
    progress_[static_cast<std::size_t>(activity)] = added;
}

void MessageBar::addRow()
{
    const std::size_t index = rows_.size();
    auto *box = new QWidget(this);
    const Row added{box, messageLabel(box), new QToolButton(box)};
    added.close->setProperty("flat", true);
    added.close->setToolTip(tr("Close this message"));
    added.close->setAccessibleName(tr("Close this message"));
    QHBoxLayout *row = rowLayout(box);
    row->addWidget(added.label, 1);
    row->addWidget(added.close, 0, Qt::AlignTop);
    layout()->addWidget(box);
    box->hide();
    connect(added.close, &QToolButton::clicked, this, [this, index] { close(index); });
    rows_.push_back(added);
}

void MessageBar::inform(const QString &sentence)
{
    tell({sentence, false, nowMs() + std::chrono::milliseconds(newsLast).count()});
}

void MessageBar::warn(const QString &sentence)
{
    tell({sentence, true, 0});
}

void MessageBar::tell(Message message)
{
    std::erase_if(messages_, [&message](const Message &told) { return told.sentence == message.sentence; });
    const auto place = std::ranges::find_if(messages_, [&message](const Message &told) { return message.isFailure && !told.isFailure; });
    messages_.insert(place, std::move(message));
    showMessages();
}

void MessageBar::showProgress(Activity activity, const QString &sentence)
{
    const Progress &progress = progress_[static_cast<std::size_t>(activity)];
    const bool isNew = progress.box->isHidden();
    progress.label->setText(sentence);
    progress.box->show();
    showMessages();
    if (isNew) // how far it is would be told all the time
        announce(*progress.label);
}

void MessageBar::dismissProgress(Activity activity)
{
    progress_[static_cast<std::size_t>(activity)].box->hide();
    showMessages();
}

void MessageBar::close(std::size_t index)
{
    if (index < messages_.size())
        messages_.erase(messages_.begin() + static_cast<std::ptrdiff_t>(index));
    showMessages();
}

void MessageBar::dropExpired()
{
    const qint64 now = nowMs();
    std::erase_if(messages_, [now](const Message &message) { return message.expiry > 0 && message.expiry <= now; });
    showMessages();
}

void MessageBar::showMessages()
{
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const bool isShown = i < messages_.size();
        rows_[i].box->setVisible(isShown);
        if (!isShown)
            continue;
        const std::size_t hidden = messages_.size() - std::min(messages_.size(), mostShown);
        const bool tellsMore = i + 1 == mostShown && hidden > 0;
        const QString more = hidden == 1 ? tr("and 1 more message") : tr("and %1 more messages").arg(hidden);
        rows_[i].label->setText(tellsMore ? tr("%1 (%2)").arg(messages_[i].sentence, more) : messages_[i].sentence);
    }
    const bool hasNews = std::ranges::any_of(messages_, [](const Message &message) { return message.expiry > 0; });
    if (hasNews != expiry_.isActive())
        hasNews ? expiry_.start() : expiry_.stop();
    const bool goesOn = std::ranges::any_of(progress_, [](const Progress &progress) { return !progress.box->isHidden(); });
    setVisible(!messages_.empty() || goesOn);
    update();
    announceNew();
}

void MessageBar::announce(QLabel &label)
{
    QAccessibleEvent event(&label, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
    Q_EMIT announced(label.text());
}

void MessageBar::announceNew()
{
    for (std::size_t i = 0; i < std::min(rows_.size(), messages_.size()); ++i) {
        if (!std::exchange(messages_[i].isAnnounced, true))
            announce(*rows_[i].label);
    }
}

QString MessageBar::text() const
{
    QStringList lines;
    for (const Progress &progress : progress_) {
        if (!progress.box->isHidden())
            lines.append(progress.label->text());
    }
    for (const Message &message : messages_)
        lines.append(message.sentence);
    return lines.join(QLatin1Char('\n'));
}

void MessageBar::drawIcons()
{
    for (const Row &row : rows_)
        row.close->setIcon(glyphIcon(Glyph::Close, palette().color(QPalette::WindowText)));
}

void MessageBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        drawIcons();
}

void MessageBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !messages_.empty())
        close(0);
    else
        QWidget::keyPressEvent(event);
}

void MessageBar::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.canvas);
    painter.fillRect(0, 0, width(), 1, theme.hairline);
    const auto stripe = [&](const QWidget &box, const QColor &colour) {
        painter.fillRect(QRect(0, box.y(), messageStripe, box.height()), colour);
    };
    for (const Progress &progress : progress_) {
        if (!progress.box->isHidden())
            stripe(*progress.box, theme.accent);
    }
    for (std::size_t i = 0; i < std::min(rows_.size(), messages_.size()); ++i)
        stripe(*rows_[i].box, messages_[i].isFailure ? theme.failure : theme.accent);
}

} // namespace loopscope
