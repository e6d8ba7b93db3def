#include "ui/timeline/overlay.h"

#include "ui/theme/format.h"
#include "ui/timeline/mark_pictures.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace loopscope {

namespace {

class OverlayBuilder {
public:
    OverlayBuilder(const OverlayRequest &request, const TimelineFrame &frame)
        : request_(request)
        , frame_(frame)
        , m_(request.metrics)
        , scale_{request.range, std::max(1, frame.ruler.width())}
    {
    }

    FrameOverlay build()
    {
        if (frame_.ruler.isEmpty())
            return {};
        if (request_.selected)
            addRange(*request_.selected);
        if (!request_.criticalPath.empty())
            addPath();
        if (request_.wakes && request_.selectedSpan)
            addArrows();
        return std::move(overlay_);
    }

private:
    [[nodiscard]] int xOf(Nanoseconds at) const { return frame_.nameWidth + nearestEdge(scale_, at); }

    void addRange(TimeRange range)
    {
        const int left = frame_.nameWidth;
        const int right = left + scale_.columns;
        const int begin = xOf(range.begin);
        const int end = xOf(range.end);
        if (end < left || begin >= right)
            return;
        RangePicture picture;
        const int from = std::max(begin, left);
        const int to = std::max(from + 1, std::min(end, right));
        picture.tint = QRect(QPoint(from, frame_.ruler.bottom() + 1), QPoint(to - 1, frame_.lanesBottom - 1));
        picture.band = QRect(QPoint(from, frame_.ruler.top()), QPoint(to - 1, frame_.ruler.bottom()));
        const int line = m_.px(1);
        if (begin >= left)
            addEdge(picture, begin, begin - m_.px(4));
        if (end <= right && end >= left)
            addEdge(picture, std::max(end - line, begin + line), end);
        addLength(picture, range.length(), left, right);
        overlay_.range = std::move(picture);
    }

    void addEdge(RangePicture &picture, int x, int grip) const
    {
        const int height = m_.px(12);
        picture.edges.emplace_back(QPoint(x, frame_.ruler.top()), QPoint(x + m_.px(1) - 1, frame_.lanesBottom - 1));
        picture.grips.emplace_back(grip, frame_.ruler.bottom() + 1 - height, m_.px(4), height);
    }

    // In the middle of the range where it fits, else right of it, else left; where none of these is free of marks, in the middle all the
    // same.
    void addLength(RangePicture &picture, Nanoseconds length, int left, int right) const
    {
        const QString text = formatDuration(length);
        const int padding = m_.px(5);
        const int width = m_.smallWidth(text) + 2 * padding;
        const int space = m_.px(6);
        const int middle = picture.band.center().x() - width / 2;
        const bool fits = width <= picture.band.width() - m_.px(4);
        const std::array places = {fits ? middle : picture.band.right() + 1 + space, picture.band.right() + 1 + space,
                                   picture.band.left() - space - width};
        const auto isFree = [&](int x) { return x >= left && x + width <= right && !isUnderMark(frame_.marks, x, x + width); };
        const auto free = std::ranges::find_if(places, isFree);
        const int wanted = free != places.end() ? *free : fits || places[0] + width <= right ? places[0] : places[2];
        const int x = std::clamp(wanted, left, std::max(left, right - width));
        picture.plate = QRect(x, frame_.ruler.top() + m_.px(3), width, frame_.ruler.height() - m_.px(6));
        picture.label = {QPoint(x + padding, frame_.ruler.top() + m_.rulerHeight / 2 + m_.smallBaseline), text};
        hideTicks(picture);
    }

    // Those whose labels the plate or a grip would cover.
    void hideTicks(RangePicture &picture) const
    {
        const int space = m_.px(2);
        for (std::size_t i = 0; i < frame_.ticks.size(); ++i) {
            const PlacedText &tick = frame_.ticks[i].label;
            const int left = tick.at.x() - space;
            const int right = tick.at.x() + m_.smallWidth(tick.text) + space;
            const auto isUnder = [left, right](const QRect &rect) { return left <= rect.right() && right > rect.left(); };
            if (!tick.text.isEmpty() && (isUnder(picture.plate) || std::ranges::any_of(picture.grips, isUnder)))
                picture.hiddenTicks.push_back(i);
        }
    }

    // The height at which a lane's arrows begin and end; where it is not in sight, the edge beyond which it lies.
    [[nodiscard]] std::pair<int, bool> heightOf(LaneId lane) const
    {
        const auto shown = std::ranges::find(frame_.lanes.rbegin(), frame_.lanes.rend(), lane, &LanePicture::lane);
        const int top = frame_.pinned.bottom() + 1;
        const bool isPinned = std::distance(frame_.lanes.rbegin(), shown) < static_cast<std::ptrdiff_t>(frame_.pinnedLanes);
        if (shown != frame_.lanes.rend()) {
            const int middle = shown->rect.center().y();
            if (isPinned || middle >= top)
                return {std::min(middle, frame_.size.height() - 1), middle < frame_.size.height()};
        }
        const auto row = request_.layout.rowOf(lane);
        const bool isAbove = row && row->top < request_.layout.pinnedHeight() + request_.scroll;
        return {isAbove ? top : std::max(top, std::min(frame_.lanesBottom, frame_.size.height()) - 1), false};
    }

    // What of an arrow is in the visible range: of no length if nothing is.
    [[nodiscard]] ArrowPicture inTime(const ArrowPicture &arrow) const
    {
        const int left = frame_.nameWidth;
        const int right = left + scale_.columns; // an instant at the range's end is there
        const int first = std::min(arrow.from.x(), arrow.to.x());
        const int last = std::max(arrow.from.x(), arrow.to.x());
        if (last < left || first > right)
            return {};
        const auto at = [&](QPoint end) {
            const int x = std::clamp(end.x(), left, right);
            const double share = first == last ? 0 : static_cast<double>(x - arrow.from.x()) / (arrow.to.x() - arrow.from.x());
            const double y = arrow.from.y() + share * (arrow.to.y() - arrow.from.y());
            return x == end.x() ? end : QPoint(x, static_cast<int>(std::lround(y)));
        };
        const QPoint from = at(arrow.from);
        const QPoint to = at(arrow.to);
        return {from, to, arrow.isFromInSight && from == arrow.from, arrow.isToInSight && to == arrow.to};
    }

    // A lane that has no row is no place to point at: it is hidden, folded away or does not match the filter.
    [[nodiscard]] bool hasRows(const WakeLink &link) const
    {
        return request_.layout.rowOf(link.cause.lane) && request_.layout.rowOf(link.effect.lane);
    }

    void addArrows()
    {
        std::size_t leftOut = request_.wakes->leftOut;
        for (const WakeLink &link : request_.wakes->links) {
            const auto [fromY, isFromShown] = heightOf(link.cause.lane);
            const auto [toY, isToShown] = heightOf(link.effect.lane);
            const ArrowPicture arrow =
                inTime({QPoint(xOf(link.at), fromY), QPoint(xOf(link.received.value_or(link.at)), toY), isFromShown, isToShown});
            if (arrow.from == arrow.to || (!isFromShown && !isToShown) || !hasRows(link)) {
                ++leftOut;
                continue;
            }
            overlay_.arrows.push_back(arrow);
        }
        if (leftOut > 0)
            addNote(leftOut);
        for (const WakeLink &link : request_.culprits) {
            const auto [fromY, isFromShown] = heightOf(link.cause.lane);
            const auto [toY, isToShown] = heightOf(link.effect.lane);
            ArrowPicture arrow = inTime({QPoint(xOf(link.at), fromY), QPoint(xOf(link.at), toY), isFromShown, isToShown});
            arrow.isOfCulprit = true;
            if (arrow.from != arrow.to && (isFromShown || isToShown) && hasRows(link))
                overlay_.arrows.push_back(arrow);
        }
    }

    // A piece or two for each column of pixels, however many there are.
    void addPath()
    {
        const std::span<const PathPiece> path = request_.criticalPath;
        const auto ends = [](const PathPiece &piece) { return piece.range.end; };
        const int right = frame_.nameWidth + scale_.columns;
        std::optional<int> before; // the height of the piece before
        for (auto piece = std::ranges::upper_bound(path, request_.range.begin, {}, ends);
             piece != path.end() && piece->range.begin < request_.range.end;) {
            const int from = std::max(frame_.nameWidth, xOf(piece->range.begin));
            const int to = std::min(right, std::max(from + 1, xOf(piece->range.end)));
            const auto [y, isShown] = pathHeightOf(piece->task);
            if (isShown && from < right)
                overlay_.path.pieces.emplace_back(QPoint(from, y), QPoint(to - 1, y + m_.px(3) - 1));
            if (before && *before != y && from < right)
                overlay_.path.joins.emplace_back(QPoint(from, std::min(*before, y)), QPoint(from + m_.px(1) - 1, std::max(*before, y)));
            before = y;
            const Nanoseconds nextColumn = timeOfColumn(scale_, to - frame_.nameWidth);
            piece = piece->range.end < nextColumn ? std::ranges::upper_bound(piece + 1, path.end(), nextColumn, {}, ends) : piece + 1;
        }
    }

    /// Where the path runs along a lane, and whether that is in sight.
    [[nodiscard]] std::pair<int, bool> pathHeightOf(LaneId lane) const
    {
        const auto [middle, isShown] = heightOf(lane);
        return {isShown ? middle + m_.rows.lane / 2 - m_.px(4) : middle, isShown};
    }

    void addNote(std::size_t leftOut)
    {
        const bool areFlows = std::ranges::any_of(request_.wakes->links, [](const WakeLink &link) { return link.received.has_value(); });
        const QString one = areFlows ? QCoreApplication::translate("Timeline", "1 flow out of sight")
                                     : QCoreApplication::translate("Timeline", "1 wake out of sight");
        const QString many = areFlows ? QCoreApplication::translate("Timeline", "%1 flows out of sight")
                                      : QCoreApplication::translate("Timeline", "%1 wakes out of sight");
        const QString text = leftOut == 1 ? one : many.arg(formatCount(leftOut));
        const int width = m_.smallWidth(text);
        const int right = frame_.size.width() - m_.padding;
        const int left = right - width;
        const int height = m_.rulerHeight - m_.px(4);
        const int top = frame_.pinned.bottom() + 1 + m_.px(4);
        if (left - m_.padding < frame_.nameWidth || top + height > frame_.size.height())
            return;
        overlay_.plate = QRect(left - m_.px(6), top, width + m_.px(12), height);
        overlay_.leftOut = {QPoint(left, top + height / 2 + m_.smallBaseline), text};
    }

    const OverlayRequest &request_;
    const TimelineFrame &frame_;
    const TimelineMetrics &m_;
    TimeScale scale_;
    FrameOverlay overlay_;
};

} // namespace

FrameOverlay buildOverlay(const OverlayRequest &request, const TimelineFrame &frame)
{
    return OverlayBuilder(request, frame).build();
}

} // namespace loopscope
