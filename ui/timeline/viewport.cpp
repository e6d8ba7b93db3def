#include "ui/timeline/viewport.h"

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

// Room beside what is fitted: on the left so that the first span does not stick to the lanes' names, on the right for the caps of the ends.
TimeRange withRoom(TimeRange range)
{
    return {range.begin - range.length() / 50, range.end + range.length() / 25};
}

// Keeps the arithmetic below free of overflow: a run of a hundred years is one that nobody has made.
constexpr Nanoseconds farthest = INT64_MAX / 4;

TimeRange withinReach(TimeRange range)
{
    const Nanoseconds begin = std::clamp(range.begin, -farthest, farthest);
    return {begin, std::clamp(range.end, begin, farthest)};
}

} // namespace

Viewport::Viewport(QObject *parent)
    : QObject(parent)
{
    range_ = wholeRun();
}

TimeRange Viewport::wholeRun() const
{
    const Nanoseconds shortest = isGrowing_ || extent_.isEmpty() ? shortestLiveRange : shortestRange;
    return withRoom({extent_.begin, std::max(extent_.end, extent_.begin + shortest)});
}

void Viewport::setExtent(TimeRange extent, bool isGrowing)
{
    extent_ = withinReach(extent);
    isGrowing_ = isGrowing;
    if (follow_ == Follow::Live)
        apply(wholeRun(), Follow::Live);
}

void Viewport::reset()
{
    extent_ = {};
    isGrowing_ = false;
    apply(wholeRun(), Follow::Live);
}

TimeRange Viewport::withinLimits(TimeRange range) const
{
    const TimeRange whole = wholeRun();
    if (range.length() >= whole.length())
        return whole;
    const Nanoseconds length = std::max(range.length(), shortestRange);
    // Something of the run stays in sight, yet its edges can be brought to the middle.
    const Nanoseconds begin = std::clamp(range.begin, whole.begin - length / 2, whole.end - length / 2);
    return {begin, begin + length};
}

void Viewport::apply(TimeRange range, Follow follow)
{
    if (range == range_ && follow == follow_)
        return;
    range_ = range;
    follow_ = follow;
    Q_EMIT changed();
}

void Viewport::setRange(TimeRange range)
{
    apply(withinLimits(withinReach(range)), Follow::Frozen);
}

void Viewport::zoomAt(Nanoseconds at, double factor)
{
    if (!(factor > 0) || !std::isfinite(factor))
        return;
    const auto oldLength = static_cast<double>(range_.length());
    const auto longest = static_cast<double>(wholeRun().length());
    const double length = std::clamp(oldLength / factor, static_cast<double>(shortestRange), longest);
    const double before = static_cast<double>(std::clamp(at, -farthest, farthest) - range_.begin) * (length / oldLength);
    // Rounded so that an instant at the left edge of its pixel does not slip into the one before.
    const Nanoseconds begin = std::clamp(at, -farthest, farthest) - static_cast<Nanoseconds>(std::ceil(before));
    setRange({begin, begin + static_cast<Nanoseconds>(length)});
}

void Viewport::pan(Nanoseconds offset)
{
    const Nanoseconds reach = std::clamp(offset, -farthest, farthest);
    apply(withinLimits({range_.begin + reach, range_.end + reach}), Follow::Frozen);
}

void Viewport::fit(TimeRange range)
{
    const TimeRange near = withinReach(range);
    setRange(withRoom({near.begin, std::max(near.end, near.begin + shortestRange)}));
}

void Viewport::fitAll()
{
    apply(wholeRun(), follow_);
}

void Viewport::followLive()
{
    apply(wholeRun(), Follow::Live);
}

} // namespace loopscope
