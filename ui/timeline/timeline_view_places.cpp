// Where the rows and spans of a TimelineView are to be seen, and what their headers say.

#include "ui/timeline/timeline_view.h"

#include <algorithm>

namespace loopscope {

QRect TimelineView::logicalRect(const QRect &rect) const
{
    return QRectF(QPointF(rect.topLeft()) / scale_, QSizeF(rect.size()) / scale_).toAlignedRect();
}

QRect TimelineView::rectOf(LaneId lane, std::optional<std::size_t> span)
{
    const auto &lanes = frame().lanes;
    const auto shown = std::find_if(lanes.rbegin(), lanes.rend(), [lane](const LanePicture &picture) { return picture.lane == lane; });
    if (shown == lanes.rend())
        return {};
    QRect rect = shown->rect;
    if (span) {
        const auto box = std::ranges::find_if(
            shown->spans, [&](const SpanPicture &picture) { return *span >= picture.first && *span < picture.first + picture.count; });
        if (box == shown->spans.end())
            return {};
        rect = box->rect;
    }
    return logicalRect(rect);
}

QRect TimelineView::rectOf(const GroupKey &group)
{
    const auto &groups = frame().groups;
    const auto shown = std::find_if(groups.rbegin(), groups.rend(), [&group](const GroupPicture &picture) { return picture.key == group; });
    return shown == groups.rend() ? QRect() : logicalRect(shown->rect);
}

std::optional<GroupKey> TimelineView::headerAt(QPoint at)
{
    const QPoint point = devicePoint(at);
    const GroupPicture *group = point.y() >= metrics_.rulerHeight ? groupAt(frame(), point) : nullptr;
    return group != nullptr ? std::optional(group->key) : std::nullopt;
}

std::optional<LanePlace> TimelineView::placeAt(QPoint at)
{
    const QPoint point = devicePoint(at);
    const LanePicture *lane = trace_ && point.y() >= metrics_.rulerHeight ? laneAt(frame(), point) : nullptr;
    if (lane == nullptr)
        return std::nullopt;
    const SpanPicture *span = point.x() >= frame_.nameWidth ? spanAt(*lane, point.x(), metrics_.px(3)) : nullptr;
    return LanePlace{lane->lane, span != nullptr ? std::optional(span->first) : std::nullopt};
}

QString TimelineView::summaryOf(const GroupKey &group)
{
    (void)frame(); // which brings them up to date
    const auto header = group.part ? layout_.headerOf(group) : std::nullopt;
    return header ? layout_.sectionOf(*header).summary : summaries_[static_cast<std::size_t>(group.group)];
}

std::size_t TimelineView::sizeOf(const GroupKey &group)
{
    (void)frame(); // which brings it up to date
    const auto header = layout_.headerOf(group);
    const std::size_t shown = header ? layout_.sectionOf(*header).heads() : 0;
    return group.part ? shown : std::max(shown, groupSizes_[static_cast<std::size_t>(group.group)]);
}

} // namespace loopscope
