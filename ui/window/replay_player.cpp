#include "ui/window/replay_player.h"

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

constexpr int tickMs = 16; // a frame
constexpr double wantedSeconds = 10;

double speedFor(TimeRange range)
{
    const double seconds = static_cast<double>(range.length()) / static_cast<double>(nanosecondsPerSecond);
    // What is as far off in logarithms is as far off to the eye.
    return *std::ranges::min_element(ReplayPlayer::speeds, {},
                                     [=](double speed) { return std::abs(std::log(std::max(seconds, 1e-9) / speed / wantedSeconds)); });
}

} // namespace

ReplayPlayer::ReplayPlayer(QObject *parent)
    : QObject(parent)
{
    timer_.setInterval(tickMs);
    timer_.setTimerType(Qt::PreciseTimer);
    connect(&timer_, &QTimer::timeout, this, &ReplayPlayer::tick);
}

void ReplayPlayer::start(std::shared_ptr<const Trace> recorded, Nanoseconds from, TimeRange range)
{
    replay_.emplace(std::move(recorded));
    replay_->moveTo(from);
    speed_ = speedFor(range);
    Q_EMIT traceReplaced();
    setPlaying(true);
}

void ReplayPlayer::stop()
{
    if (!replay_)
        return;
    timer_.stop();
    replay_.reset();
    Q_EMIT traceReplaced();
    Q_EMIT changed();
}

void ReplayPlayer::moveTo(Nanoseconds at)
{
    if (!replay_)
        return;
    const auto before = replay_->trace();
    leftOver_ = 0;
    replay_->moveTo(at);
    if (replay_->trace() != before)
        Q_EMIT traceReplaced();
    Q_EMIT moved();
}

void ReplayPlayer::setSpeed(double speed)
{
    if (speed == speed_)
        return;
    speed_ = speed;
    Q_EMIT changed();
}

void ReplayPlayer::setPlaying(bool plays)
{
    if (!replay_ || plays == isPlaying())
        return;
    if (plays) {
        timer_.start();
        if (at() >= end())
            moveTo(0);
        leftOver_ = 0;
        sinceTick_.start();
    } else {
        timer_.stop();
    }
    Q_EMIT changed();
}

void ReplayPlayer::tick()
{
    const double passed = static_cast<double>(sinceTick_.nsecsElapsed()) * speed_ + leftOver_;
    sinceTick_.start();
    const auto whole = static_cast<Nanoseconds>(passed);
    moveTo(at() + whole);
    leftOver_ = passed - static_cast<double>(whole);
    if (at() >= end())
        setPlaying(false);
}

} // namespace loopscope
