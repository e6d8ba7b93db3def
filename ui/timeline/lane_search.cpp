#include "ui/timeline/lane_search.h"

#include "core/text/json_tree.h"
#include "ui/theme/shown_text.h"
#include "ui/timeline/lane_text.h"

#include <QDeadlineTimer>

#include <algorithm>

namespace loopscope {

namespace {

constexpr int sliceMs = 4; // a quarter of a frame
constexpr int passIntervalMs = 150;
constexpr std::size_t spansBetweenLooks = 4096; // at the clock
constexpr std::size_t argumentsBetweenLooks = 16;

// Whether a key or a value has the text, as they are shown: not the quotes and braces around them, nor the way letters are escaped.
bool argumentsContain(std::string json, const QString &needle)
{
    if (json.find('\\') == std::string::npos && !shownText(json).contains(needle, Qt::CaseInsensitive))
        return false; // for the price of a look, as nearly all
    const JsonTree tree(std::move(json));
    return std::ranges::any_of(tree.nodes(), [&needle](const JsonNode &node) {
        return shownText(node.key).contains(needle, Qt::CaseInsensitive) || shownText(node.value).contains(needle, Qt::CaseInsensitive);
    });
}

} // namespace

LaneSearch::LaneSearch(QObject *parent)
    : QObject(parent)
{
    nextPass_.setSingleShot(true);
    nextPass_.setInterval(passIntervalMs);
    connect(&ticks_, &QTimer::timeout, this, &LaneSearch::searchSlice);
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

void LaneSearch::setSearchesArguments(bool searches)
{
    if (searches == searchesArguments_)
        return;
    searchesArguments_ = searches;
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
    lanes_.clear();
    isMatch_.clear();
    isNameMatch_.clear();
    inLanes_.clear();
    before_.clear();
    ticks_.stop();
    nextPass_.stop();
    if (trace_ && !needle_.isEmpty())
        beginPass();
    Q_EMIT changed();
}

void LaneSearch::refresh()
{
    if (!trace_ || needle_.isEmpty())
        return;
    if (ticks_.isActive())
        hasGrown_ = true;
    else if (!nextPass_.isActive())
        nextPass_.start();
}

void LaneSearch::beginPass()
{
    hasGrown_ = false;
    revisited_ = std::exchange(stillOpen_, {});
    ticks_.start(0);
}

void LaneSearch::searchSlice()
{
    const QDeadlineTimer end(sliceMs);
    const std::size_t before = count();
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
        ticks_.stop();
        putInOrder(); // a lane may have been found before it was shown
        if (hasGrown_)
            nextPass_.start();
    }
    if (isOver || count() != before)
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
    if (isOfOthers() && (groupOf(lane.kind) != LaneGroup::Tasks || lane.kind == LaneKind::Process))
        return;
    if (lane.kind != LaneKind::Row && !isNameMatch(lane.id))
        lookAtName(lane);
    forgetSpansFrom(place);
    const bool isLookedThrough = lookAtEvents(place, end);
    dropIfNothingIsLeft(place.lane);
    if (!isLookedThrough)
        resumed_ = place;
    else if (mayChange(lane))
        stillOpen_.push_back(
            {place.lane, trace_->spanCount(place.lane) - (lane.isOpen() ? 1 : 0), trace_->imported().instants(place.lane).size()});
}

bool LaneSearch::mayChange(const Lane &lane) const
{
    if (isOfOthers())
        return !trace_->info().finished;
    return !lane.hasEnded() || lane.task.outcome == Outcome::Unfinished;
}

// The last one may have been open, and gone since: another has its number then.
void LaneSearch::forgetSpansFrom(Place place)
{
    if (const auto known = inLanes_.find(place.lane); known != inLanes_.end()) {
        std::vector<std::uint32_t> &spans = known->second.spans;
        spans.erase(std::ranges::lower_bound(spans, place.span), spans.end());
    }
}

void LaneSearch::dropIfNothingIsLeft(LaneId lane)
{
    const auto known = inLanes_.find(lane);
    if (known == inLanes_.end() || known->second.size() > 0)
        return;
    inLanes_.erase(known);
    if (isNameMatch(lane))
        return;
    isMatch_[lane] = false;
    std::erase(found_, lane);
    putInOrder();
}

void LaneSearch::addFound(LaneId lane)
{
    if (isMatch(lane))
        return;
    isMatch_.resize(std::max<std::size_t>(isMatch_.size(), lane + std::size_t(1)));
    isMatch_[lane] = true;
    found_.push_back(lane);
}

void LaneSearch::lookAtName(const Lane &lane)
{
    const LaneId process = trace_->processOf(lane.id);
    if (!hasText(lane) && (process == noLane || !hasText(trace_->lane(process))))
        return;
    isNameMatch_.resize(std::max<std::size_t>(isNameMatch_.size(), lane.id + std::size_t(1)));
    isNameMatch_[lane.id] = true;
    addFound(lane.id);
}

// Looks at events from `next` on; false if time ran out before the last of them, `next` then being the first that is left.
template <typename Matches>
bool LaneSearch::lookUntil(const QDeadlineTimer &end, std::size_t betweenLooks, std::size_t &next, std::size_t count,
                           const Matches &matches)
{
    for (const std::size_t first = next; next < count; ++next) {
        if (next % betweenLooks == betweenLooks - 1 && end.hasExpired() && next != first)
            return false;
        matches(next);
    }
    return true;
}

// False if time ran out, `place` then being the first that is left.
bool LaneSearch::lookAtEvents(Place &place, const QDeadlineTimer &end)
{
    if (!anySiteMatches_ && !searchesArguments_)
        return true;
    InLane found;
    const std::size_t betweenLooks = searchesArguments_ ? argumentsBetweenLooks : spansBetweenLooks;
    const auto instants = trace_->imported().instants(place.lane);
    bool isDone = lookUntil(end, betweenLooks, place.span, trace_->spanCount(place.lane), [&](std::size_t i) {
        const Span span = trace_->span(place.lane, i);
        if (eventMatches(span.site, span.state == State::Slice ? span.peer : noEvent) && !onlyGoesOn(place.lane, i))
            found.spans.push_back(static_cast<std::uint32_t>(i));
    });
    isDone = isDone && lookUntil(end, betweenLooks, place.instant, instants.size(), [&](std::size_t i) {
                 if (eventMatches(instants[i].site, instants[i].event))
                     found.instants.push_back(static_cast<std::uint32_t>(i));
             });
    if (found.size() > 0)
        addFoundEvents(place.lane, found);
    return isDone;
}

void LaneSearch::addFoundEvents(LaneId lane, const InLane &found)
{
    InLane &known = inLanes_[lane];
    known.spans.insert(known.spans.end(), found.spans.begin(), found.spans.end());
    known.instants.insert(known.instants.end(), found.instants.begin(), found.instants.end());
    addFound(lane);
}

bool LaneSearch::eventMatches(SiteId site, EventId event) const
{
    return siteMatches_[site] || (searchesArguments_ && event != noEvent && argumentsContain(trace_->imported().arguments(event), needle_));
}

// Once what a task has waited for is there, it is ready and runs for the same reason: that is found where the task waited for it.
bool LaneSearch::onlyGoesOn(LaneId lane, std::size_t span) const
{
    const Span found = trace_->span(lane, span);
    const bool isNext = found.state == State::Ready || found.state == State::Running;
    return isNext && span > 0 && trace_->span(lane, span - 1).site == found.site;
}

const LaneSearch::InLane *LaneSearch::inLane(LaneId lane) const
{
    const auto found = inLanes_.find(lane);
    return found == inLanes_.end() ? nullptr : &found->second;
}

bool LaneSearch::hasMatch(LaneId lane, std::size_t first, std::size_t last) const
{
    const InLane *known = inLane(lane);
    if (!known)
        return false;
    const auto found = std::ranges::lower_bound(known->spans, first);
    return found != known->spans.end() && *found < last;
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
    const auto byPlace = [this](LaneId lane) { return *placeInOrder(lane); };
    const auto middle = static_cast<std::ptrdiff_t>(lanes_.size());
    for (; placed_ < found_.size(); ++placed_) {
        if (placeInOrder(found_[placed_]))
            lanes_.push_back(found_[placed_]);
    }
    std::ranges::sort(lanes_.begin() + middle, lanes_.end(), {}, byPlace);
    std::ranges::inplace_merge(lanes_, lanes_.begin() + middle, {}, byPlace);
    countMatches();
}

void LaneSearch::countMatches()
{
    before_.assign(1, 0);
    for (const LaneId lane : lanes_) {
        const InLane *known = inLane(lane);
        const std::size_t own = isNameMatch(lane) ? 1 : 0;
        before_.push_back(before_.back() + own + (known ? known->size() : 0));
    }
}

void LaneSearch::putInOrder()
{
    lanes_.clear();
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

std::optional<LaneSearch::Rank> LaneSearch::rankOf(const LaneMatch &at) const
{
    const auto place = trace_ && trace_->hasLane(at.lane) ? placeInOrder(at.lane) : std::nullopt;
    if (!place || before_.empty())
        return std::nullopt;
    const auto byPlace = [this](LaneId lane) { return *placeInOrder(lane); };
    const auto lane = std::ranges::lower_bound(lanes_, *place, {}, byPlace);
    Rank rank{before_[static_cast<std::size_t>(lane - lanes_.begin())], false};
    if (lane == lanes_.end() || *lane != at.lane)
        return rank;
    if (!at.span && !at.instant) {
        rank.isMatch = isNameMatch(at.lane);
        return rank;
    }
    rank.before += isNameMatch(at.lane) ? 1 : 0;
    if (const InLane *known = inLane(at.lane)) {
        const auto &found = at.span ? known->spans : known->instants;
        const std::size_t index = at.span ? *at.span : *at.instant;
        const auto next = std::ranges::lower_bound(found, index);
        rank.before += static_cast<std::size_t>(next - found.begin()) + (at.span ? 0 : known->spans.size());
        rank.isMatch = next != found.end() && *next == index;
    }
    return rank;
}

std::optional<std::size_t> LaneSearch::placeOf(const LaneMatch &at) const
{
    const auto rank = rankOf(at);
    return rank && rank->isMatch ? std::optional(rank->before) : std::nullopt;
}

std::optional<LaneMatch> LaneSearch::neighbour(const LaneMatch &from, int step) const
{
    const std::size_t all = count();
    if (all == 0)
        return std::nullopt;
    const Rank rank = rankOf(from).value_or(Rank{});
    const std::size_t next = step > 0 ? rank.before + (rank.isMatch ? 1 : 0) : rank.before + all - 1;
    const std::size_t wanted = next % all;
    const auto index = static_cast<std::size_t>(std::ranges::upper_bound(before_, wanted) - before_.begin()) - 1;
    const LaneId lane = lanes_[index];
    const std::size_t own = isNameMatch(lane) ? 1 : 0;
    const std::size_t place = wanted - before_[index];
    if (place < own)
        return LaneMatch{lane};
    const InLane &known = *inLane(lane);
    const std::size_t event = place - own;
    if (event < known.spans.size())
        return LaneMatch{lane, known.spans[event]};
    return LaneMatch{lane, {}, known.instants[event - known.spans.size()]};
}

} // namespace loopscope
