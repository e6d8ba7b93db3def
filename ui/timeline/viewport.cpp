#include "ui/timeline/viewport.h"

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

// Room beside what is fitted: on the left so that the first span does not stick to the lanes' names, on the right for the caps of the ends.
constexpr Nanoseconds roomLeft = 50; // parts of the range
constexpr Nanoseconds roomRight = 25;
constexpr Nanoseconds roomBeforePage = 10; // so that what leads to where a page begins is still seen

TimeRange withRoom(TimeRange range)
{
    return {range.begin - range.length() / roomLeft, range.end + range.length() / roomRight};
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
        apply(liveRange(), Follow::Live);
}

TimeRange Viewport::liveRange() const
{
    const TimeRange whole = wholeRun();
    if (!zoom_ || *zoom_ >= whole.length())
        return whole;
    const Nanoseconds end = extent_.end + *zoom_ / roomRight;
    return {end - *zoom_, end};
}

void Viewport::reset()
{
    extent_ = {};
    isGrowing_ = false;
    zoom_.reset();
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

void Viewport::show(TimeRange range)
{
    const bool isWhole = range == wholeRun();
    // A view that is moved keeps its zoom, and one of the whole run that was only frozen has none.
    if (isWhole)
        zoom_.reset();
    else
        zoom_ = range.length();
    apply(range, Follow::Frozen);
}

void Viewport::setRange(TimeRange range)
{
    show(withinLimits(withinReach(range)));
}

void Viewport::zoomFrom(TimeRange origin, Nanoseconds at, double factor)
{
    if (!(factor > 0) || !std::isfinite(factor) || origin.isEmpty())
        return;
    const TimeRange from = withinReach(origin);
    const Nanoseconds anchor = std::clamp(at, -farthest, farthest);
    const auto oldLength = static_cast<double>(from.length());
    const auto longest = static_cast<double>(wholeRun().length());
    const double length = std::clamp(oldLength / factor, static_cast<double>(shortestRange), longest);
    const double before = static_cast<double>(anchor - from.begin) * (length / oldLength);
    // Rounded so that an instant at the left edge of its pixel does not slip into the one before.
    const Nanoseconds begin = anchor - static_cast<Nanoseconds>(std::ceil(before));
    const TimeRange zoomed{begin, begin + static_cast<Nanoseconds>(length)};
    // The anchor is in sight, so something of the run is: limits, which would move it, are for those who leave the run.
    const bool isAnchored = wholeRun().contains(anchor) && zoomed.contains(anchor) && zoomed.length() < wholeRun().length();
    show(isAnchored ? zoomed : withinLimits(zoomed));
}

void Viewport::pan(Nanoseconds offset)
{
    const Nanoseconds reach = std::clamp(offset, -farthest, farthest);
    show(withinLimits({range_.begin + reach, range_.end + reach}));
}

Nanoseconds Viewport::lastBegin() const
{
    return extent_.end + range_.length() / roomRight - range_.length();
}

void Viewport::turnPageTo(Nanoseconds at)
{
    if (range_.contains(at))
        return;
    const Nanoseconds begin = std::min(at - range_.length() / roomBeforePage, lastBegin());
    setRange({begin, begin + range_.length()});
}

void Viewport::goToEnd()
{
    const Nanoseconds begin = lastBegin();
    setRange({begin, begin + range_.length()});
}

void Viewport::fit(TimeRange range)
{
    const TimeRange near = withinReach(range);
    setRange(withRoom({near.begin, std::max(near.end, near.begin + shortestRange)}));
}

void Viewport::reveal(TimeRange range)
{
    const TimeRange near = withinReach(range);
    if (!near.intersected(range_).isEmpty() || (near.isEmpty() && range_.contains(near.begin)))
        return;
    pan(near.begin + std::min(near.length(), range_.length()) / 2 - (range_.begin + range_.length() / 2));
}

void Viewport::fitAll()
{
    zoom_.reset();
    apply(wholeRun(), follow_);
}

void Viewport::followLive()
{
    apply(liveRange(), Follow::Live);
}

void Viewport::restore(const View &view)
{
    zoom_ = view.zoom;
    if (view.follow == Follow::Live && (isGrowing_ || !zoom_))
        apply(liveRange(), Follow::Live);
    else
        apply(withinLimits(withinReach(view.range)), Follow::Frozen);
}

} // namespace loopscope
