#include "core/analysis/cpu_share.h"

#include "core/trace/stoppable_sort.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace loopscope {

namespace {

constexpr std::string_view sleepKind = "sleep";
// Of reading 20,000 small files with one worker, which never slept: 1.1 to 1.7 µs on a machine of 2026. What threads spend on falling
// asleep and on waking is no matter of jobs.
constexpr Nanoseconds usualBesides = 1'500;

} // namespace

bool jobsCompute(const Trace &trace, LaneId task)
{
    return trace.name(trace.lane(task).task.kind) != sleepKind;
}

Nanoseconds besidesAJob(const Trace &trace)
{
    return trace.info().cpu > 0 ? usualBesides : 0;
}

double readingSlowdown(int readers, double crowding, int cores)
{
    constexpr int most = 4;
    return 1 + crowding * (std::clamp(readers, 1, std::clamp(cores, 1, most)) - 1);
}

double crowdingOf(const FileFacts &file)
{
    constexpr std::uint64_t large = 64 * 1024; // bytes, which to read takes longer than to open
    constexpr double ofLarge = 0.3;
    constexpr double ofSmall = 0.15;
    return file.bytes >= large ? ofLarge : ofSmall;
}

/// Who computed when.
class CpuShare::Gathering {
public:
    Gathering(const Trace &trace, const std::stop_token &stop)
        : trace_(trace)
        , stop_(stop)
    {
    }

    void addLoop()
    {
        for (std::size_t i = 0; i < trace_.spanCount(loopLaneId); ++i) { // what is its own work, too
            const Span span = trace_.span(loopLaneId, i);
            const bool computes = !trace_.hasLane(span.peer) || jobsCompute(trace_, span.peer);
            if (span.state == State::Running || (span.state == State::Blocking && computes))
                add(span.range(), false);
        }
    }

    void addWorkers(const PreparedBatches &batches)
    {
        for (const LaneId task : trace_.tasks()) {
            if (stop_.stop_requested())
                return;
            for (std::size_t i = 0; jobsCompute(trace_, task) && i < trace_.spanCount(task); ++i) {
                const Span span = trace_.span(task, i);
                if (span.state != State::InWorker)
                    continue;
                ++jobs_;
                if (batches.of({task, i}) == nullptr)
                    add(span.range(), trace_.lane(task).task.file != nullptr);
            }
        }
        for (const PreparedBatch &batch : batches.all()) // of files alone
            add(batch.range, true);
    }

    // How many threads computed, on average, that no lane shows. Those that took processors from workers make their jobs longer, so that
    // these seem to explain more of the processor time than they do.
    [[nodiscard]] double besides() const
    {
        if (trace_.info().cpu <= 0 || trace_.now() <= 0)
            return 0;
        const double least = jobs_ * static_cast<double>(besidesAJob(trace_));
        return std::max(least, static_cast<double>(trace_.info().cpu) - seen_) / static_cast<double>(trace_.now());
    }

    [[nodiscard]] std::vector<Point> points(int cores)
    {
        if (!sortStoppably(changes_, &Change::at, stop_))
            return {};
        const double others = besides();
        std::vector<Point> points;
        int computing = 0;
        Point now;
        for (const Change &change : changes_) {
            now.cpu += now.rate * static_cast<double>(change.at - now.at);
            now.at = change.at;
            computing += change.computing;
            now.readers += change.readers;
            now.rate = std::min(1.0, cores / std::max(1.0, computing + others));
            if (!points.empty() && points.back().at == change.at)
                points.back() = now;
            else
                points.push_back(now);
        }
        return points;
    }

private:
    struct Change {
        Nanoseconds at = 0;
        int computing = 0;
        int readers = 0;
    };

    void add(TimeRange range, bool reads)
    {
        const int readers = reads ? 1 : 0;
        changes_.push_back({range.begin, 1, readers});
        changes_.push_back({range.end, -1, -readers});
        seen_ += static_cast<double>(range.length());
    }

    const Trace &trace_;
    const std::stop_token &stop_;
    std::vector<Change> changes_;
    double seen_ = 0; // processor time, if all who computed had a processor of their own
    double jobs_ = 0;
};

CpuShare::CpuShare(const Trace &trace, const PreparedBatches &batches, int cores, const std::stop_token &stop)
{
    Gathering gathering(trace, stop);
    gathering.addLoop();
    gathering.addWorkers(batches);
    points_ = gathering.points(cores);
}

const CpuShare::Point &CpuShare::pointAt(Nanoseconds at) const
{
    static constexpr Point start{};
    const auto next = std::ranges::upper_bound(points_, at, {}, &Point::at);
    return next == points_.begin() ? start : *std::prev(next);
}

double CpuShare::until(Nanoseconds at) const
{
    const Point &point = pointAt(at);
    return point.cpu + point.rate * static_cast<double>(at - point.at);
}

Nanoseconds CpuShare::in(TimeRange range) const
{
    return std::llround(until(range.end) - until(range.begin));
}

int CpuShare::readersAt(Nanoseconds at) const
{
    return pointAt(at).readers;
}

} // namespace loopscope
