#include "ui/timeline/overview.h"

#include "ui/timeline/coordinates.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace loopscope {

namespace {

constexpr std::size_t firstSlice = 3; // in the order of stacking
constexpr std::size_t layerCount = stateCount - 1 + sliceHueCount;
using Heights = std::array<int, layerCount>; // in the order of stacking

const std::array<SpanColour, layerCount> &stacking()
{
    static const auto layers = [] {
        std::array<SpanColour, layerCount> colours = {State::Blocking, State::Running, State::InWorker};
        for (SliceHue hue = 0; hue < sliceHueCount; ++hue)
            colours[firstSlice + hue] = SpanColour(hue);
        std::ranges::copy(std::array{State::Ready, State::Queued, State::Awaiting}, colours.begin() + firstSlice + sliceHueCount);
        return colours;
    }();
    return layers;
}

/// The time in each layer, and how long a lane can be there.
struct Column {
    std::array<Nanoseconds, layerCount> times{};
    Nanoseconds total = 0;
    Nanoseconds width = 0;

    [[nodiscard]] double busyLanes() const { return width > 0 ? static_cast<double>(total) / static_cast<double>(width) : 0; }
};

Column columnOfPixel(const StateDensity &density, int pixel, int pixels)
{
    const auto columnAt = [&](int edge) { return static_cast<int>(std::int64_t(edge) * density.columns() / pixels); };
    const int first = columnAt(pixel);
    const int end = std::max(first + 1, columnAt(pixel + 1));
    Column found;
    for (int column = first; column < end; ++column) {
        const StateTimes times = density.column(column);
        for (std::size_t i = 0; i < layerCount; ++i) {
            const bool isSlice = i - firstSlice < sliceHueCount;
            found.times[i] += isSlice ? density.sliceTime(column, i - firstSlice) : times[stacking()[i].state];
        }
        found.total += times.total();
    }
    found.width = density.edge(end) - density.edge(first);
    return found;
}

// Divides the height of all slices among their colours, to the pixel: an edge between two is where the sum of the times below it is.
void divideSlices(const Column &column, int height, Heights &heights)
{
    const auto first = column.times.begin() + firstSlice;
    const auto total = static_cast<double>(std::accumulate(first, first + sliceHueCount, Nanoseconds(0)));
    Nanoseconds below = 0;
    int used = 0;
    for (std::size_t i = firstSlice; i < firstSlice + sliceHueCount; ++i) {
        below += column.times[i];
        const int edge = static_cast<int>(std::lround(static_cast<double>(below) / total * height));
        heights[i] = edge - used;
        used = edge;
    }
}

// `whole` is the time that fills the column.
Heights heightsOf(const Column &column, double whole, int room, int least, bool isFull)
{
    Heights heights{};
    if (whole <= 0)
        return heights;
    const auto heightOf = [&](Nanoseconds time, int floor) {
        return time == 0 ? 0 : std::max(floor, static_cast<int>(static_cast<double>(time) / whole * room));
    };
    Nanoseconds slices = 0;
    int used = 0;
    for (std::size_t i = 0; i < layerCount; ++i) {
        if (i - firstSlice < sliceHueCount) {
            slices += column.times[i];
            continue;
        }
        heights[i] = heightOf(column.times[i], i == 0 ? 2 * least : least);
        used += heights[i];
    }
    int sliceHeight = heightOf(slices, least);
    used += sliceHeight;
    // What the small ones are given, the largest lacks; what rounding has left, it gets.
    int &most = *std::ranges::max_element(heights);
    int &largest = sliceHeight > most ? sliceHeight : most;
    if (isFull || used > room)
        largest = std::max(0, largest + room - used);
    if (sliceHeight > 0)
        divideSlices(column, sliceHeight, heights);
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
    OverviewBand band{stacking()[index], {}};
    const int ground = rect.bottom() + 1;
    for (std::size_t column = 0; column < columns.size(); ++column) {
        const auto &heights = columns[column];
        const int below = std::accumulate(heights.begin(), heights.begin() + static_cast<std::ptrdiff_t>(index), 0);
        const QRect step(rect.left() + static_cast<int>(column), ground - below - heights[index], 1, heights[index]);
        QRect *const last = band.steps.empty() ? nullptr : &band.steps.back();
        if (last && last->top() == step.top() && last->height() == step.height())
            last->setRight(step.right());
        else
            band.steps.push_back(step);
    }
    return band;
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

QPolygon outlineOf(const OverviewBand &band)
{
    QPolygon top;
    QPolygon bottom;
    for (const QRect &step : band.steps) {
        addStep(top, step.left(), step.top());
        addStep(bottom, step.left(), step.bottom() + 1);
    }
    const int right = band.steps.back().right() + 1;
    top.append(QPoint(right, top.last().y()));
    bottom.append(QPoint(right, bottom.last().y()));
    std::ranges::reverse(bottom);
    return top + bottom;
}

OverviewHeight overviewHeight(const Trace &trace)
{
    return trace.hasLoop() ? OverviewHeight::Tasks : OverviewHeight::BusyLanes;
}

StateDensity overviewDensity(const Trace &trace, int columns)
{
    const RunInfo &info = trace.info();
    const Nanoseconds end = info.finished && info.wall > 0 ? info.wall : trace.now();
    return {trace, atLeastOneNanosecond({0, end}), columns, {sliceHueCount, sliceHueOf}};
}

OverviewPicture overviewPicture(const StateDensity &density, const std::vector<Stall> &stalls, const QRect &rect, int least,
                                OverviewHeight height)
{
    OverviewPicture picture{rect, {}, {}};
    if (density.columns() == 0 || rect.isEmpty())
        return picture;
    picture.stalls = stallRects(density, stalls, rect, 2 * least);
    const int room = rect.height() - 3 * least; // the line of stalls stands free
    std::vector<Column> columns;
    columns.reserve(static_cast<std::size_t>(rect.width()));
    for (int pixel = 0; pixel < rect.width(); ++pixel)
        columns.push_back(columnOfPixel(density, pixel, rect.width()));
    const bool isFull = height == OverviewHeight::Tasks;
    if (!isFull)
        picture.fullLanes = static_cast<std::size_t>(std::ceil(std::ranges::max_element(columns, {}, &Column::busyLanes)->busyLanes()));
    std::vector<Heights> heights;
    heights.reserve(columns.size());
    for (const Column &column : columns) {
        const auto whole = static_cast<double>(isFull ? column.total : column.width * static_cast<Nanoseconds>(picture.fullLanes));
        heights.push_back(heightsOf(column, whole, room, least, isFull));
    }
    for (std::size_t i = 0; i < layerCount; ++i) {
        if (std::ranges::any_of(heights, [i](const Heights &layers) { return layers[i] > 0; }))
            picture.bands.push_back(bandOf(heights, i, rect));
    }
    return picture;
}

} // namespace loopscope
