#include "ui/timeline/coordinates.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace loopscope {

namespace {

__extension__ using Wide = __int128; // a 64-bit time multiplied by a number of pixels needs 96 bits

Wide lengthOf(const TimeScale &scale)
{
    return Wide(scale.range.end) - scale.range.begin;
}

// For a positive divisor; C++ truncates towards zero instead.
Wide floorDivide(Wide dividend, Wide divisor)
{
    // Geometry divides some hundred thousand times a frame, and 64 bits, which nearly always do, are several times as fast.
    const auto narrowDividend = static_cast<std::int64_t>(dividend);
    const auto narrowDivisor = static_cast<std::int64_t>(divisor);
    if (narrowDividend == dividend && narrowDivisor == divisor)
        return narrowDividend / narrowDivisor - (narrowDividend % narrowDivisor < 0 ? 1 : 0);
    const Wide quotient = dividend / divisor;
    return dividend % divisor < 0 ? quotient - 1 : quotient;
}

int clampedColumn(Wide column)
{
    return static_cast<int>(std::clamp<Wide>(column, -columnLimit, columnLimit));
}

} // namespace

int columnOfTime(const TimeScale &scale, Nanoseconds at)
{
    assert(!scale.range.isEmpty());
    return clampedColumn(floorDivide((Wide(at) - scale.range.begin) * scale.columns, lengthOf(scale)));
}

int nearestEdge(const TimeScale &scale, Nanoseconds at)
{
    assert(!scale.range.isEmpty());
    const Wide length = lengthOf(scale);
    return clampedColumn(floorDivide((Wide(at) - scale.range.begin) * scale.columns * 2 + length, length * 2));
}

Nanoseconds timeOfColumn(const TimeScale &scale, int column)
{
    assert(scale.columns > 0);
    // Rounded up: the first whole nanosecond that lies in the column.
    const Wide offset = -floorDivide(-(Wide(column) * lengthOf(scale)), scale.columns);
    return static_cast<Nanoseconds>(std::clamp<Wide>(scale.range.begin + offset, INT64_MIN, INT64_MAX));
}

ColumnEdges::ColumnEdges(const TimeScale &scale)
    : scale_(scale)
    , columnsANanosecond_(scale.columns / static_cast<double>(lengthOf(scale)))
    , edges_(static_cast<std::size_t>(scale.columns) + 1)
{
    for (int column = 0; column <= scale.columns; ++column)
        edges_[static_cast<std::size_t>(column)] = timeOfColumn(scale, column);
}

int ColumnEdges::columnAt(Nanoseconds at) const
{
    if (at < scale_.range.begin)
        return 0;
    if (at >= scale_.range.end)
        return scale_.columns - 1;
    // Near enough for the edges to tell.
    const auto offset = static_cast<double>(static_cast<std::uint64_t>(at) - static_cast<std::uint64_t>(scale_.range.begin));
    int column = std::clamp(static_cast<int>(offset * columnsANanosecond_), 0, scale_.columns - 1);
    while ((*this)[column] > at)
        --column;
    while (column + 1 < scale_.columns && (*this)[column + 1] <= at)
        ++column;
    return column;
}

int ColumnEdges::nearestTo(Nanoseconds at) const
{
    constexpr Nanoseconds exact = Nanoseconds(1) << 52; // as a double, and so is the distance of two
    const Nanoseconds begin = scale_.range.begin;
    if (-exact < begin && begin < exact && -exact < at && at < exact) {
        const double edge = static_cast<double>(at - begin) * columnsANanosecond_ + 0.5;
        const double nearest = std::floor(edge);
        const double beyond = edge - nearest;
        // Where two edges are not as near, what was rounded makes no difference.
        if (std::abs(nearest) < columnLimit && 0.001 < beyond && beyond < 0.999)
            return static_cast<int>(nearest);
    }
    return nearestEdge(scale_, at);
}

TimeRange atLeastOneNanosecond(TimeRange range)
{
    if (!range.isEmpty())
        return range;
    const Nanoseconds begin = std::min<Nanoseconds>(range.begin, INT64_MAX - 1);
    return {begin, begin + 1};
}

} // namespace loopscope
