#include "ui/timeline/overview.h"

#include "ui/timeline/coordinates.h"

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

using Heights = std::array<int, stateCount>; // in the order of stacking

constexpr std::array<State, stateCount> stacking = {State::Blocking, State::Running, State::InWorker, State::Slice,
                                                    State::Ready,    State::Queued,  State::Awaiting};

StateTimes timesOfPixel(const StateDensity &density, int pixel, int pixels)
{
    const auto columnAt = [&](int edge) { return static_cast<int>(std::int64_t(edge) * density.columns() / pixels); };
    const int first = columnAt(pixel);
    const int end = std::max(first + 1, columnAt(pixel + 1));
    StateTimes times;
    for (int column = first; column < end; ++column)
        times += density.column(column);
    return times;
}

// `whole` is what fills the column; what is there if it is 0.
Heights heightsOf(const StateTimes &times, double whole, int room, int least)
{
    Heights heights{};
    const auto total = whole > 0 ? whole : static_cast<double>(times.total());
    if (total <= 0)
        return heights;
    int used = 0;
    for (std::size_t i = 0; i < stateCount; ++i) {
        const Nanoseconds time = times[stacking[i]];
        if (time == 0)
            continue;
        const int floor = stacking[i] == State::Blocking ? 2 * least : least;
        heights[i] = std::max(floor, static_cast<int>(static_cast<double>(time) / total * room));
        used += heights[i];
    }
    if (whole > 0)
        return heights;
    // What the small ones are given, the largest lacks; what rounding has left, it gets.
    int &largest = *std::ranges::max_element(heights);
    largest = std::max(0, largest + room - used);
    return heights;
}

// A step at each change: points between would not be seen.
void addStep(QPolygon &outline, int x, int y)
{
    if (!outline.isEmpty() && outline.last().y() == y)
        return;
    if (!outline.isEmpty())
        outline.append(QPoint(x, outline.last().y()));
    outline.append(QPoint(x, y));
}

OverviewBand bandOf(const std::vector<Heights> &columns, std::size_t index, const QRect &rect)
{
    QPolygon top;
    QPolygon bottom;
    const int ground = rect.bottom() + 1;
    for (std::size_t column = 0; column < columns.size(); ++column) {
        int below = 0;
        for (std::size_t i = 0; i < index; ++i)
            below += columns[column][i];
        const int x = rect.left() + static_cast<int>(column);
        addStep(top, x, ground - below - columns[column][index]);
        addStep(bottom, x, ground - below);
    }
    const int right = rect.right() + 1;
    top.append(QPoint(right, top.last().y()));
    bottom.append(QPoint(right, bottom.last().y()));
    std::ranges::reverse(bottom);
    return {stacking[index], top + bottom};
}

std::vector<QRect> stallRects(const StateDensity &density, const std::vector<Stall> &stalls, const QRect &rect, int height)
{
    const TimeScale scale{density.range(), rect.width()};
    std::vector<QRect> rects;
    for (const Stall &stall : stalls) {
        const int left = std::max(columnOfTime(scale, stall.range.begin), 0);
        const int right = std::min(columnOfTime(scale, stall.range.end - 1), rect.width() - 1);
        const int after = rects.empty() ? 0 : rects.back().right() + 1 - rect.left();
        if (right >= std::max(left, after))
            rects.emplace_back(QPoint(rect.left() + std::max(left, after), rect.top()), QSize(right + 1 - std::max(left, after), height));
    }
    return rects;
}

} // namespace

std::vector<int> markColumns(std::span<const Mark> marks, TimeRange range, int columns)
{
    const TimeScale scale{range, columns};
    std::vector<int> found;
    for (const Mark &mark : marks) {
        const int column = std::min(columnOfTime(scale, mark.at), columns - 1); // one at the very end is the run's, too
        if (mark.at >= range.begin && mark.at <= range.end && (found.empty() || found.back() < column))
            found.push_back(column);
    }
    return found;
}

std::size_t overviewLanes(const Trace &trace)
{
    const auto isShown = [&trace](LaneId lane) { return trace.lane(lane).kind == LaneKind::Thread && trace.spanCount(lane) > 0; };
    return trace.hasLoop() ? 0 : static_cast<std::size_t>(std::ranges::count_if(trace.rows(), isShown));
}

OverviewPicture overviewPicture(const StateDensity &density, const std::vector<Stall> &stalls, const QRect &rect, int least,
                                std::size_t whole)
{
    OverviewPicture picture{rect, {}, {}};
    if (density.columns() == 0 || rect.isEmpty())
        return picture;
    picture.stalls = stallRects(density, stalls, rect, 2 * least);
    const int room = rect.height() - 3 * least; // the line of stalls stands free
    std::vector<Heights> columns;
    columns.reserve(static_cast<std::size_t>(rect.width()));
    const double wholeColumn = static_cast<double>(whole) * static_cast<double>(density.range().length()) / rect.width();
    for (int pixel = 0; pixel < rect.width(); ++pixel)
        columns.push_back(heightsOf(timesOfPixel(density, pixel, rect.width()), wholeColumn, room, least));
    for (std::size_t i = 0; i < stateCount; ++i) {
        if (std::ranges::any_of(columns, [i](const Heights &heights) { return heights[i] > 0; }))
            picture.bands.push_back(bandOf(columns, i, rect));
    }
    return picture;
}

} // namespace loopscope
