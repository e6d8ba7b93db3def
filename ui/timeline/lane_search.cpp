#include "ui/timeline/lane_search.h"

#include "ui/theme/shown_text.h"
#include "ui/timeline/lane_text.h"

#include <QDeadlineTimer>

#include <algorithm>

namespace loopscope {

namespace {

constexpr int sliceMs = 4; // a quarter of a frame
constexpr int passIntervalMs = 150;
constexpr std::size_t spansBetweenLooks = 4096; // at the clock

} // namespace

LaneSearch::LaneSearch(QObject *parent)
    : QObject(parent)
{
    nextPass_.setSingleShot(true);
    nextPass_.setInterval(passIntervalMs);
    connect(&slices_, &QTimer::timeout, this, &LaneSearch::searchSlice);
    connect(&nextPass_, &QTimer::timeout, this, &LaneSearch::beginPass);
}

void LaneSearch::setTrace(std::shared_ptr<const Trace> trace)
{
    trace_ = std::move(trace);
    order_.reset(); // of another trace
    restart();
}

void LaneSearch::setNeedle(const QString &needle)
{
    const QString wanted = needle.trimmed();
    if (wanted == needle_)
        return;
    needle_ = wanted;
    restart();
}

void LaneSearch::restart()
{
    nextLane_ = 0;
    resumed_.reset();
    revisited_.clear();
    stillOpen_.clear();
    siteMatches_.clear();
    anySiteMatches_ = false;
    found_.clear();
    placed_ = 0;
    matches_.clear();
    isMatch_.clear();
    slices_.stop();
    nextPass_.stop();
    if (trace_ && !needle_.isEmpty())
        beginPass();
    Q_EMIT changed();
}

void LaneSearch::refresh()
{
    if (!trace_ || needle_.isEmpty())
        return;
    if (slices_.isActive())
        hasGrown_ = true;
    else if (!nextPass_.isActive())
        nextPass_.start();
}

void LaneSearch::beginPass()
{
    hasGrown_ = false;
    revisited_ = std::exchange(stillOpen_, {});
    slices_.start(0);
}

void LaneSearch::searchSlice()
{
    const QDeadlineTimer end(sliceMs);
    const std::size_t before = matches_.size();
    rateSites();
    bool isOver = false;
    while (!isOver && !end.hasExpired()) {
        const auto place = nextPlace();
        isOver = !place;
        if (place)
            look(*place, end);
    }
    takeFound();
    if (isOver) {
        slices_.stop();
        putInOrder(); // a lane may have been found before it was shown
        if (hasGrown_)
            nextPass_.start();
    }
    if (isOver || matches_.size() != before)
        Q_EMIT changed();
}

std::optional<LaneSearch::Place> LaneSearch::nextPlace()
{
    if (resumed_)
        return std::exchange(resumed_, std::nullopt);
    if (nextLane_ < trace_->laneCount())
        return Place{nextLane_++, 0};
    if (revisited_.empty())
        return std::nullopt;
    const Place place = revisited_.back();
    revisited_.pop_back();
    return place;
}

void LaneSearch::look(Place place, const QDeadlineTimer &end)
{
    const Lane &lane = trace_->lane(place.lane);
    const std::size_t spans = trace_->spanCount(place.lane);
    std::optional<std::size_t> span;
    bool isFound = hasText(lane);
    if (!isFound && anySiteMatches_) {
        for (std::size_t i = place.span; i < spans && !span; ++i) {
            if (i % spansBetweenLooks == spansBetweenLooks - 1 && end.hasExpired()) {
                resumed_ = Place{place.lane, i};
                return;
            }
            if (siteMatches_[trace_->span(place.lane, i).site])
                span = i;
        }
        isFound = span.has_value();
    }
    if (isFound) {
        isMatch_.resize(std::max<std::size_t>(isMatch_.size(), place.lane + std::size_t(1)));
        isMatch_[place.lane] = true;
        found_.push_back({place.lane, span});
    } else if (!lane.hasEnded() || lane.task.outcome == Outcome::Unfinished) {
        stillOpen_.push_back({place.lane, spans});
    }
}

// A trace has few sites and many spans.
void LaneSearch::rateSites()
{
    for (std::size_t site = siteMatches_.size(); site < trace_->siteCount(); ++site) {
        const bool matches = shownText(trace_->reason(static_cast<SiteId>(site))).contains(needle_, Qt::CaseInsensitive);
        siteMatches_.push_back(matches);
        anySiteMatches_ = anySiteMatches_ || matches;
    }
}

bool LaneSearch::hasText(const Lane &lane) const
{
    if (laneName(*trace_, lane.id).contains(needle_, Qt::CaseInsensitive))
        return true;
    return lane.task.error != 0 && shownText(trace_->name(lane.task.error)).contains(needle_, Qt::CaseInsensitive);
}

// Nothing if the lane is not shown.
std::optional<std::uint64_t> LaneSearch::placeInOrder(LaneId lane) const
{
    if (!order_)
        return static_cast<std::uint64_t>(groupOf(trace_->lane(lane).kind)) << 32 | lane;
    const auto place = order_->placeOf(lane);
    return place ? std::optional(static_cast<std::uint64_t>(place->section) << 32 | place->index) : std::nullopt;
}

void LaneSearch::takeFound()
{
    const auto byPlace = [this](const LaneMatch &match) { return *placeInOrder(match.lane); };
    const auto middle = static_cast<std::ptrdiff_t>(matches_.size());
    for (; placed_ < found_.size(); ++placed_) {
        if (placeInOrder(found_[placed_].lane))
            matches_.push_back(found_[placed_]);
    }
    std::ranges::sort(matches_.begin() + middle, matches_.end(), {}, byPlace);
    std::ranges::inplace_merge(matches_, matches_.begin() + middle, {}, byPlace);
}

void LaneSearch::putInOrder()
{
    matches_.clear();
    placed_ = 0;
    takeFound();
}

void LaneSearch::setOrder(std::shared_ptr<const LaneOrder> order)
{
    if (order == order_)
        return; // what it has grown by is looked up at the end of each pass
    order_ = std::move(order);
    if (!trace_)
        return;
    putInOrder();
    Q_EMIT changed();
}

std::optional<std::size_t> LaneSearch::placeOf(LaneId lane) const
{
    const auto place = isMatch(lane) ? placeInOrder(lane) : std::nullopt;
    if (!place)
        return std::nullopt;
    const auto byPlace = [this](const LaneMatch &match) { return *placeInOrder(match.lane); };
    return static_cast<std::size_t>(std::ranges::lower_bound(matches_, *place, {}, byPlace) - matches_.begin());
}

std::optional<LaneMatch> LaneSearch::neighbour(LaneId from, int step) const
{
    if (matches_.empty())
        return std::nullopt;
    const auto byPlace = [this](const LaneMatch &match) { return *placeInOrder(match.lane); };
    const auto place = trace_->hasLane(from) ? placeInOrder(from) : std::nullopt;
    if (step > 0) {
        const auto next = place ? std::ranges::upper_bound(matches_, *place, {}, byPlace) : matches_.begin();
        return next == matches_.end() ? matches_.front() : *next;
    }
    const auto here = place ? std::ranges::lower_bound(matches_, *place, {}, byPlace) : matches_.begin();
    return here == matches_.begin() ? matches_.back() : *std::prev(here);
}

} // namespace loopscope
