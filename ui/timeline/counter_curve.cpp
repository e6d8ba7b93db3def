#include "ui/timeline/counter_curve.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace loopscope {

namespace {

// What a person sees of an area: where its height changes.
class SteppedArea {
public:
    explicit SteppedArea(const QRect &place)
        : ground_(place.bottom() + 1)
    {
    }

    void add(int x, int height)
    {
        const int y = ground_ - height;
        if (outline_.isEmpty())
            outline_.append(QPoint(x, ground_));
        else if (outline_.last().y() == y)
            return;
        else
            outline_.append(QPoint(x, outline_.last().y()));
        outline_.append(QPoint(x, y));
    }

    QPolygon closedAt(int x)
    {
        if (!outline_.isEmpty())
            outline_.append({QPoint(x, outline_.last().y()), QPoint(x, ground_)});
        return outline_;
    }

private:
    int ground_;
    QPolygon outline_;
};

} // namespace

CounterCurve counterCurve(const Trace &trace, LaneId counter, const ColumnEdges &edges, const QRect &place)
{
    const ImportedEvents &events = trace.imported();
    const std::span<const Sample> samples = events.samples(counter);
    if (samples.empty())
        return {};
    const SampleExtent all = events.extentOf(counter, 0, samples.size());
    // Halves, for the difference of the wholes may be beyond what a number can be.
    const double base = std::min(0.0, all.least / 2);
    const double whole = std::max(0.0, all.most / 2) - base;
    const auto heightOf = [&](double value) {
        const double share = whole > 0 ? (value / 2 - base) / whole : 0;
        return std::max(1, static_cast<int>(std::lround(share * place.height()))); // a value that is there is seen
    };
    SteppedArea least(place);
    SteppedArea most(place);
    const auto isUntil = [](Nanoseconds at, const Sample &sample) { return at < sample.at; };
    int column = 0;
    // The last sample until the column begins counts in it too.
    auto next = std::upper_bound(samples.begin(), samples.end(), edges[0], isUntil);
    for (; column < edges.scale().columns && edges[column] < trace.now(); ++column) {
        if (next != samples.end() && next->at <= edges[column])
            next = std::upper_bound(next, samples.end(), edges[column], isUntil);
        const auto first = next == samples.begin() ? next : std::prev(next);
        next = std::upper_bound(next, samples.end(), edges[column + 1] - 1, isUntil);
        if (first == next)
            continue;
        const SampleExtent extent =
            events.extentOf(counter, static_cast<std::size_t>(first - samples.begin()), static_cast<std::size_t>(next - samples.begin()));
        least.add(place.left() + column, heightOf(extent.least));
        most.add(place.left() + column, heightOf(extent.most));
    }
    return {least.closedAt(place.left() + column), most.closedAt(place.left() + column)};
}

std::optional<double> counterValue(const Trace &trace, LaneId counter, Nanoseconds at)
{
    const std::span<const Sample> samples = trace.imported().samples(counter);
    const auto after =
        std::upper_bound(samples.begin(), samples.end(), at, [](Nanoseconds instant, const Sample &sample) { return instant < sample.at; });
    return after == samples.begin() ? std::nullopt : std::optional(std::prev(after)->value);
}

} // namespace loopscope
