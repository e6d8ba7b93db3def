#include "ui/timeline/mark_pictures.h"

#include "ui/theme/shown_text.h"

#include <algorithm>

namespace loopscope {

namespace {

constexpr int longestName = 160; // logical pixels
constexpr int flagWidth = 7;     // of a mark without a name, likewise

} // namespace

std::vector<MarkPicture> markPictures(std::span<const Mark> marks, const TimeScale &scale, const TimelineMetrics &metrics, int width)
{
    std::vector<MarkPicture> pictures;
    const int names = width - scale.columns;
    const auto first = std::ranges::lower_bound(marks, scale.range.begin, {}, &Mark::at);
    const auto last = std::ranges::lower_bound(first, marks.end(), scale.range.end, {}, &Mark::at);
    const int padding = metrics.px(5);
    const int height = metrics.rulerHeight - metrics.px(7);
    const int baseline = metrics.px(1) + height / 2 + metrics.smallBaseline;
    for (auto mark = first; mark != last; ++mark) {
        const int x = names + columnOfTime(scale, mark->at);
        const auto next = std::next(mark);
        const int end = next == last ? width : names + columnOfTime(scale, next->at) - metrics.px(1);
        const int room = std::min(end - x, metrics.px(longestName));
        const QString label = elidedRight(shownText(mark->name), room - 2 * padding, metrics.smallWidth);
        const int wanted = label.isEmpty() ? metrics.px(flagWidth) : metrics.smallWidth(label) + 2 * padding;
        MarkPicture picture{mark->id, x, QRect(x, metrics.px(1), std::clamp(wanted, 1, std::max(1, end - x)), height), {}};
        if (!label.isEmpty())
            picture.label = {QPoint(x + padding, baseline), label};
        pictures.push_back(std::move(picture));
    }
    return pictures;
}

bool isUnderMark(std::span<const MarkPicture> marks, int left, int right)
{
    return std::ranges::any_of(marks, [&](const MarkPicture &mark) { return mark.plate.left() < right && left <= mark.plate.right(); });
}

const MarkPicture *markAt(std::span<const MarkPicture> marks, QPoint at)
{
    const auto found = std::ranges::find_if(marks, [at](const MarkPicture &mark) { return mark.plate.contains(at); });
    return found == marks.end() ? nullptr : &*found;
}

} // namespace loopscope
