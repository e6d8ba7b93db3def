#include "ui/timeline/frame.h"

#include "ui/theme/format.h"
#include "ui/timeline/box_cache.h"
#include "ui/timeline/counter_curve.h"
#include "ui/timeline/instant_marks.h"
#include "ui/timeline/label_cache.h"
#include "ui/timeline/span_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <span>

namespace loopscope {

namespace {

class FrameBuilder {
public:
    explicit FrameBuilder(const FrameRequest &request)
        : request_(request)
        , m_(request.metrics)
        , scale_(timeScaleOf(request.metrics, request.size.width(), request.range))
        , edges_(scale_)
        , labelInset_(request.metrics.px(5))
    {
        frame_.size = request.size;
        frame_.nameWidth = request.size.width() - scale_.columns;
        if (request.boxes)
            request.boxes->beginFrame(request.trace, scale_);
        if (request.labels)
            request.labels->beginFrame(request.trace);
    }

    TimelineFrame build()
    {
        addRuler();
        const int top = m_.rulerHeight;
        const int pinned = request_.layout.pinnedHeight();
        const int bottom = request_.size.height();
        addRows(pinned + request_.scroll, top - request_.scroll, bottom);
        const std::size_t lanes = frame_.lanes.size();
        const std::size_t groups = frame_.groups.size();
        addRows(0, top, std::min(bottom, top + pinned));
        frame_.pinnedLanes = frame_.lanes.size() - lanes;
        frame_.pinnedGroups = frame_.groups.size() - groups;
        frame_.pinned = QRect(0, top, request_.size.width(), pinned);
        frame_.lanesBottom = std::max(lowest_, top + pinned);
        addNow();
        return std::move(frame_);
    }

private:
    void addRuler()
    {
        frame_.ruler = QRect(frame_.nameWidth, 0, scale_.columns, m_.rulerHeight);
        const int baseline = m_.rulerHeight / 2 + m_.smallBaseline - m_.px(1);
        frame_.marks = markPictures(request_.marks, scale_, m_, request_.size.width());
        const Ruler ruler = makeRuler(scale_, m_.smallWidth, m_.px(40), frame_.nameWidth - 2 * m_.padding);
        frame_.rulerBase = {QPoint(frame_.nameWidth - m_.padding - m_.smallWidth(ruler.base), baseline), ruler.base};
        for (const Tick &tick : ruler.ticks) {
            const int x = frame_.nameWidth + tick.column;
            const int left = x + m_.px(5);
            const int right = left + m_.smallWidth(tick.label);
            const bool fits = right <= request_.size.width() && !isUnderMark(frame_.marks, left, right);
            frame_.ticks.push_back({x, !tick.label.isEmpty(), {QPoint(left, baseline), fits ? tick.label : QString()}});
        }
    }

    // Rows from `contentTop` of the layout on, drawn `offset` below their place there, down to `bottom`.
    void addRows(int contentTop, int offset, int bottom)
    {
        for (auto row = request_.layout.rowAt(contentTop); row && row->top + offset < bottom; row = request_.layout.rowAfter(*row)) {
            const QRect rect(0, row->top + offset, request_.size.width(), row->height);
            if (request_.whole && rect.bottom() >= request_.size.height())
                break;
            if (row->isHeader())
                addGroup(*row, rect);
            else
                addLane(*row, rect);
            lowest_ = std::max(lowest_, rect.bottom() + 1);
        }
    }

    void addGroup(const LayoutRow &row, const QRect &rect)
    {
        const LaneSection &section = request_.layout.sectionOf(row);
        GroupPicture picture;
        picture.key = section.key;
        picture.rect = rect;
        picture.isFolded = request_.layout.isFolded(row);
        picture.isCurrent = request_.currentGroup == section.key;
        const int middle = rect.top() + rect.height() / 2;
        const int arrow = m_.px(8);
        picture.arrow = QRect(m_.padding, middle - arrow / 2, arrow, arrow);
        const int left = m_.padding + arrow + m_.px(6);
        const QString title =
            section.key.part ? elidedMiddle(section.title, rect.width() / 2 - left, m_.strongWidth) : groupTitle(request_.trace, row.group);
        picture.title = {QPoint(left, middle + m_.bodyBaseline), title};
        int right = picture.title.at.x() + m_.strongWidth(picture.title.text);
        if (row.group != LaneGroup::Loop) {
            picture.count = {QPoint(right + m_.px(8), middle + m_.smallBaseline), countText(section)};
            right = picture.count.at.x() + m_.smallWidth(picture.count.text);
        }
        const int room = rect.right() - m_.padding - right - m_.padding;
        const QString &whole = section.key.part ? section.summary : request_.summaries[static_cast<std::size_t>(row.group)];
        const QString summary = elidedRight(whole, room, m_.smallWidth);
        picture.summary = {QPoint(rect.right() - m_.padding - m_.smallWidth(summary), middle + m_.smallBaseline), summary};
        frame_.groups.push_back(std::move(picture));
    }

    // The summary is of all lanes of the group, so their number belongs to it.
    [[nodiscard]] QString countText(const LaneSection &section) const
    {
        const std::size_t shown = section.heads();
        const std::size_t all = section.key.part ? shown : request_.groupSizes[static_cast<std::size_t>(section.key.group)];
        return all > shown ? QCoreApplication::translate("loopscope::Timeline", "%1 of %2").arg(formatCount(shown), formatCount(all))
                           : formatCount(shown);
    }

    void addLane(const LayoutRow &row, const QRect &rect)
    {
        LanePicture lane;
        lane.lane = row.lane;
        lane.rect = rect;
        lane.isStriped = row.heads % 2 == 0;
        lane.isSelected = row.lane == request_.selectedLane;
        if (!row.isNested) // else it is told of its thread
            addTexts(lane);
        // A row's spans adjoin those of the lane above it.
        spanTop_ = rect.top() + (row.isNested ? 0 : m_.spanInset);
        addSpans(lane);
        addCap(lane);
        addInstants(lane);
        addCounter(lane);
        if (lane.lane == loopLaneId)
            addStalls(lane);
        frame_.lanes.push_back(std::move(lane));
    }

    // Name left, fact right. The fact gets what the name leaves, yet a third of the column where both are long.
    void addTexts(LanePicture &lane)
    {
        const int left = lane.rect.left() + m_.padding;
        const int right = frame_.nameWidth - m_.padding + m_.px(2);
        const int room = right - left;
        const QString name = laneName(request_.trace, lane.lane);
        const LaneFact fact = laneFact(request_.trace, lane.lane, request_.figures);
        const int space = m_.px(10);
        const int factRoom = std::max(room - space - m_.bodyWidth(name), room / 3);
        const QString shownFact = elidedRight(fact.text, factRoom, m_.smallWidth);
        const int factWidth = m_.smallWidth(shownFact);
        const int nameRoom = room - (factWidth > 0 ? factWidth + space : 0);
        const int middle = lane.rect.top() + m_.rows.lane / 2;
        lane.name = {QPoint(left, middle + m_.bodyBaseline), elidedMiddle(name, nameRoom, m_.bodyWidth)};
        lane.fact = {QPoint(right - factWidth, middle + m_.smallBaseline), shownFact};
        lane.isFailure = fact.isFailure;
        if (request_.isMatch && request_.isMatch(lane.lane)) {
            const int inset = m_.spanInset / 2 + m_.px(1);
            lane.matchPlate =
                QRect(left - m_.px(4), lane.rect.top() + inset, m_.bodyWidth(lane.name.text) + m_.px(8), m_.rows.lane - 2 * inset);
        }
    }

    void addSpans(LanePicture &lane)
    {
        const LaneBoxes made = request_.boxes ? LaneBoxes() : spanBoxes(request_.trace, lane.lane, edges_);
        const std::vector<SpanBox> &boxes = request_.boxes ? request_.boxes->boxesOf(lane.lane, edges_) : made.boxes;
        lane.spans.reserve(boxes.size());
        const int top = spanTop_;
        const int height = m_.rows.lane - 2 * m_.spanInset;
        const int leastLabelled = 2 * labelInset_ + m_.px(10);
        std::optional<LabelCache::Lane> known;
        if (request_.labels && m_.hasSpanText)
            known.emplace(request_.labels->lane(lane.lane));
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            const SpanBox &box = boxes[i];
            const bool touchesAnother = i + 1 < boxes.size() && boxes[i + 1].left == box.right && boxes[i + 1].isSparse == box.isSparse;
            const int width = box.right - box.left;
            const int gap = touchesAnother && width > 3 * m_.gap ? m_.gap : 0;
            const int inset = box.isSparse ? height / 4 : 0;
            // In place: a copy of what has just been written byte by byte makes the processor wait.
            SpanPicture &span = lane.spans.emplace_back();
            span.rect = QRect(frame_.nameWidth + box.left, top + inset, width - gap, height - 2 * inset);
            span.state = box.state;
            span.first = box.first;
            span.count = box.count;
            span.isMatch = request_.hasMatch && request_.hasMatch(lane.lane, box.first, box.first + box.count);
            if (box.state == State::Slice && box.name != 0)
                span.hue = sliceHueOf(request_.trace.name(box.name));
            if (m_.hasSpanText && span.count == 1 && span.rect.width() >= leastLabelled)
                addLabel(lane, span, known);
            if (isSelected(lane, span))
                lane.selectedSpan = span.rect;
        }
    }

    [[nodiscard]] bool isSelected(const LanePicture &lane, const SpanPicture &span) const
    {
        return lane.isSelected && request_.selectedSpan && *request_.selectedSpan >= span.first
               && *request_.selectedSpan < span.first + span.count;
    }

    void addInstants(LanePicture &lane) const
    {
        const int width = m_.px(7) | 1; // odd, so that it has a middle
        const int height = std::min(m_.px(6), m_.rows.lane / 2);
        for (const InstantMark &mark : instantMarks(request_.trace, lane.lane, edges_, width)) {
            const QRect rect(frame_.nameWidth + mark.column - width / 2, lane.rect.top(), width, height);
            const bool isSelected = lane.isSelected && request_.selectedInstant && *request_.selectedInstant >= mark.first
                                    && *request_.selectedInstant < mark.first + mark.count;
            lane.instants.push_back({rect, mark.first, mark.count, isSelected});
        }
    }

    void addCounter(LanePicture &lane) const
    {
        if (request_.trace.lane(lane.lane).kind != LaneKind::Counter)
            return;
        const QRect place(frame_.nameWidth, spanTop_, scale_.columns, m_.rows.lane - 2 * m_.spanInset);
        CounterCurve curve = counterCurve(request_.trace, lane.lane, edges_, place);
        lane.counter = CounterPicture{std::move(curve.least), std::move(curve.most), sliceHueOf(request_.trace.nameOf(lane.lane))};
    }

    void addLabel(LanePicture &lane, const SpanPicture &span, std::optional<LabelCache::Lane> &known) const
    {
        const auto make = [&] { return measuredLabel(lane.lane, span.first); };
        if (known)
            addLabel(lane, span, known->labelOf(span.first, make));
        else
            addLabel(lane, span, make());
    }

    [[nodiscard]] LabelCache::Label measuredLabel(LaneId lane, std::size_t span) const
    {
        LabelCache::Label label{span, spanLabels(request_.trace, lane, span), {}};
        for (const QString &text : label.labels.texts)
            label.widths.push_back(m_.smallWidth(text));
        return label;
    }

    void addLabel(LanePicture &lane, const SpanPicture &span, const LabelCache::Label &label) const
    {
        const int room = span.rect.width() - 2 * labelInset_;
        const QStringList &texts = label.labels.texts;
        const auto fits = [room](int width) { return 0 < width && width <= room; };
        if (const auto fitting = std::ranges::find_if(label.widths, fits); fitting != label.widths.end()) {
            placeLabel(lane, span, texts[fitting - label.widths.begin()], *fitting);
        } else if (label.labels.mayBeElided && !texts.isEmpty() && room >= m_.px(span.state == State::Slice ? 30 : 56)) {
            const QString shown = elidedMiddle(texts.back(), room, m_.smallWidth);
            if (const int width = m_.smallWidth(shown); fits(width))
                placeLabel(lane, span, shown, width);
        }
    }

    void placeLabel(LanePicture &lane, const SpanPicture &span, const QString &text, int width) const
    {
        const int middle = span.rect.top() + span.rect.height() / 2;
        lane.labels.push_back({span.rect, span.colour(), {QPoint(span.rect.left() + labelInset_, middle + m_.smallBaseline), text}, width});
    }

    void addCap(LanePicture &lane) const
    {
        const Lane &facts = request_.trace.lane(lane.lane);
        if (facts.kind != LaneKind::Task || !facts.hasEnded() || facts.task.outcome == Outcome::Unfinished)
            return;
        const int column = nearestEdge(scale_, *facts.end());
        if (column < 0 || column > scale_.columns)
            return;
        // At the right edge it lies on the lane, for an end that is in sight must not vanish.
        const int left = std::min(frame_.nameWidth + column + m_.px(4), request_.size.width() - m_.capSize);
        const int top = lane.rect.top() + (lane.rect.height() - m_.capSize) / 2;
        lane.cap = CapPicture{QRect(left, top, m_.capSize, m_.capSize), facts.task.outcome};
    }

    // A line for every stall, or for all that share its pixels: it costs what the lane has pixels.
    void addStalls(LanePicture &lane) const
    {
        const int least = m_.px(3);
        const int top = lane.rect.bottom() + 1 - m_.spanInset + m_.px(1);
        const int height = std::max(1, m_.spanInset - m_.px(2));
        const auto endOf = [](const Stall &stall) { return stall.range.end; };
        auto stall = std::ranges::upper_bound(request_.stalls, scale_.range.begin, {}, endOf);
        while (stall != request_.stalls.end() && stall->range.begin < scale_.range.end) {
            const int left = std::max(0, std::min(edges_.columnAt(stall->range.begin), scale_.columns - least));
            const int right = std::max(left + least, edges_.columnAt(stall->range.end - 1) + 1);
            lane.stalls.emplace_back(frame_.nameWidth + left, top, right - left, height);
            if (right >= scale_.columns)
                break;
            stall = std::ranges::upper_bound(std::next(stall), request_.stalls.end(), edges_[right], {}, endOf);
        }
    }

    void addNow()
    {
        if (request_.trace.info().finished || !request_.range.contains(request_.trace.now()))
            return;
        frame_.nowX = frame_.nameWidth + columnOfTime(scale_, request_.trace.now());
    }

    const FrameRequest &request_;
    const TimelineMetrics &m_;
    TimeScale scale_;
    ColumnEdges edges_;
    int labelInset_; // from the edges of a span
    TimelineFrame frame_;
    int lowest_ = 0;
    int spanTop_ = 0; // of the lane that is being added
};

} // namespace

TimelineFrame buildFrame(const FrameRequest &request)
{
    return FrameBuilder(request).build();
}

TimeScale timeScaleOf(const TimelineMetrics &metrics, int width, TimeRange range)
{
    // In a narrow picture the names give way: half of it belongs to the lanes.
    const int names = std::min(metrics.nameWidth, width / 2);
    return {atLeastOneNanosecond(range), std::max(1, width - names)};
}

const SpanPicture *spanAt(const LanePicture &lane, int x, int tolerance)
{
    const auto after = std::ranges::upper_bound(lane.spans, x, {}, [](const SpanPicture &span) { return span.rect.left(); });
    const SpanPicture *nearest = nullptr;
    int distance = tolerance;
    if (after != lane.spans.begin()) {
        const SpanPicture &before = *std::prev(after);
        const int away = std::max(0, x - before.rect.right());
        if (away <= distance) {
            nearest = &before;
            distance = away - 1; // of two as near, the one that was there first
        }
    }
    if (after != lane.spans.end() && after->rect.left() - x <= distance)
        nearest = &*after;
    return nearest;
}

const InstantPicture *instantAt(const LanePicture &lane, QPoint at, int tolerance)
{
    const InstantPicture *nearest = nullptr;
    int distance = tolerance;
    for (const InstantPicture &instant : lane.instants) {
        const int away = std::abs(at.x() - instant.rect.center().x()) - instant.rect.width() / 2;
        if (at.y() > instant.rect.bottom() + tolerance || away > distance)
            continue;
        nearest = &instant;
        distance = away - 1; // of two as near, the one that was there first
    }
    return nearest;
}

namespace {

// What scrolls lies below what is pinned, headers and lanes alike.
template <typename Picture>
const Picture *pictureAt(const TimelineFrame &frame, std::span<const Picture> pictures, std::size_t pinned, QPoint at)
{
    const std::size_t moving = pictures.size() - pinned;
    const auto rows = frame.pinned.contains(at) ? pictures.subspan(moving) : pictures.first(moving);
    const auto found = std::ranges::find_if(rows, [at](const Picture &picture) { return picture.rect.contains(at); });
    return found == rows.end() ? nullptr : &*found;
}

} // namespace

const LanePicture *laneAt(const TimelineFrame &frame, QPoint at)
{
    return pictureAt<LanePicture>(frame, frame.lanes, frame.pinnedLanes, at);
}

const GroupPicture *groupAt(const TimelineFrame &frame, QPoint at)
{
    return pictureAt<GroupPicture>(frame, frame.groups, frame.pinnedGroups, at);
}

} // namespace loopscope
