#include "ui/window/replay_bar.h"

#include "ui/theme/format.h"
#include "ui/theme/glyph.h"
#include "ui/window/replay_player.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QSignalBlocker>
#include <QSlider>
#include <QStyle>
#include <QStyleOptionSlider>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

constexpr int scrubberSteps = 10'000;
constexpr Nanoseconds longestText = 888'800 * nanosecondsPerMicrosecond;

QString speedText(double speed)
{
    return speed < 1 ? QStringLiteral("1/%1×").arg(std::lround(1 / speed)) : QStringLiteral("%1×").arg(std::lround(speed));
}

/// Goes where one clicks, as the time rulers of players do.
class Scrubber final : public QSlider {
public:
    explicit Scrubber(QWidget *parent)
        : QSlider(Qt::Horizontal, parent)
    {
    }

protected:
    void mousePressEvent(QMouseEvent *event) override
    {
        QStyleOptionSlider option;
        initStyleOption(&option);
        const QRect groove = style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderGroove, this);
        const QRect handle = style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, this);
        const int left = static_cast<int>(event->position().x()) - groove.left() - handle.width() / 2;
        if (event->button() == Qt::LeftButton && !handle.contains(event->position().toPoint()))
            setValue(QStyle::sliderValueFromPosition(minimum(), maximum(), left, groove.width() - handle.width()));
        QSlider::mousePressEvent(event); // by now it is on the handle, and drags it
    }
};

QString instantText(Nanoseconds at, Nanoseconds end)
{
    return ReplayBar::tr("%1 of %2").arg(formatInstant(at), formatInstant(end));
}

} // namespace

ReplayBar::ReplayBar(ReplayPlayer &player, QWidget *parent)
    : QWidget(parent)
    , player_(player)
    , title_(new QLabel(tr("Replay"), this))
    , play_(new QToolButton(this))
    , scrubber_(new Scrubber(this))
    , instant_(new QLabel(this))
    , speed_(new QComboBox(this))
    , close_(new QToolButton(this))
{
    QFont bold = title_->font();
    bold.setWeight(QFont::DemiBold);
    title_->setFont(bold);
    title_->setToolTip(tr("What is shown is the recording as it was at this instant, not a run that goes on."));
    play_->setProperty("flat", true);
    scrubber_->setRange(0, scrubberSteps);
    scrubber_->setSingleStep(scrubberSteps / 200);
    scrubber_->setPageStep(scrubberSteps / 20);
    scrubber_->setAccessibleName(tr("Instant of the replay"));
    instant_->setProperty("muted", true);
    instant_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    speed_->setAccessibleName(tr("Speed of the replay"));
    speed_->setToolTip(tr("Speed of the replay"));
    close_->setProperty("flat", true);
    close_->setToolTip(tr("End the replay"));
    close_->setAccessibleName(tr("End the replay"));
    // By the Tab key alone: after a click the keys are still those of the timeline.
    for (QWidget *control :
         {static_cast<QWidget *>(play_), static_cast<QWidget *>(scrubber_), static_cast<QWidget *>(speed_), static_cast<QWidget *>(close_)})
        control->setFocusPolicy(Qt::TabFocus);
    addSpeeds();
    arrange();
    drawIcons();
    connect(play_, &QToolButton::clicked, this, [this] { player_.setPlaying(!player_.isPlaying()); });
    connect(close_, &QToolButton::clicked, &player_, &ReplayPlayer::stop);
    moving_.setSingleShot(true);
    moving_.setInterval(0);
    connect(&moving_, &QTimer::timeout, this, &ReplayBar::moveToScrubber);
    connect(scrubber_, &QSlider::sliderPressed, this, [this] {
        playsOn_ = player_.isPlaying();
        player_.setPlaying(false);
    });
    connect(scrubber_, &QSlider::sliderReleased, this, [this] {
        moveToScrubber();
        player_.setPlaying(playsOn_);
    });
    // Moving back may take long in a large run: of the values that come meanwhile the last one counts.
    connect(scrubber_, &QSlider::valueChanged, &moving_, qOverload<>(&QTimer::start));
    connect(speed_, &QComboBox::activated, this,
            [this](int index) { player_.setSpeed(ReplayPlayer::speeds[static_cast<std::size_t>(index)]); });
    connect(&player_, &ReplayPlayer::changed, this, &ReplayBar::showState);
    connect(&player_, &ReplayPlayer::moved, this, &ReplayBar::showInstant);
    showState();
}

void ReplayBar::arrange()
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 5, 8, 6);
    row->setSpacing(8);
    row->addWidget(title_);
    row->addWidget(play_);
    row->addWidget(scrubber_, 1);
    row->addWidget(instant_);
    row->addWidget(speed_);
    row->addWidget(close_);
}

void ReplayBar::addSpeeds()
{
    for (const double speed : ReplayPlayer::speeds)
        speed_->addItem(speedText(speed));
}

void ReplayBar::showState()
{
    setVisible(player_.isActive());
    if (!player_.isActive())
        return;
    const auto place = std::ranges::find(ReplayPlayer::speeds, player_.speed());
    speed_->setCurrentIndex(static_cast<int>(place - ReplayPlayer::speeds.begin()));
    const QString what = player_.isPlaying() ? tr("Pause the replay") : tr("Play on");
    play_->setToolTip(what);
    play_->setAccessibleName(what);
    drawIcons();
    // Wide enough for the longest, so that nothing moves while it plays.
    int width = 0;
    for (const Nanoseconds at : {std::min(player_.end(), longestText), player_.end()})
        width = std::max(width, instant_->fontMetrics().horizontalAdvance(instantText(at, player_.end())));
    instant_->setMinimumWidth(width);
    showInstant();
}

void ReplayBar::showInstant()
{
    instant_->setText(instantText(player_.at(), player_.end()));
    if (scrubber_->isSliderDown())
        return;
    const QSignalBlocker blocker(scrubber_); // the instant is finer than its steps
    const double share = player_.end() > 0 ? static_cast<double>(player_.at()) / static_cast<double>(player_.end()) : 0;
    scrubber_->setValue(static_cast<int>(std::lround(share * scrubberSteps)));
}

void ReplayBar::moveToScrubber()
{
    moving_.stop();
    player_.moveTo(std::llround(static_cast<double>(player_.end()) * scrubber_->value() / scrubberSteps));
}

void ReplayBar::drawIcons()
{
    const Theme theme = Theme::of(palette());
    play_->setIcon(glyphIcon(player_.isPlaying() ? Glyph::Pause : Glyph::Play, theme.text));
    close_->setIcon(glyphIcon(Glyph::Close, theme.mutedText));
}

void ReplayBar::paintEvent(QPaintEvent * /*event*/)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.selection);
    painter.fillRect(QRect(0, 0, 3, height()), theme.accent);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.hairline);
}

void ReplayBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        drawIcons();
}

} // namespace loopscope
