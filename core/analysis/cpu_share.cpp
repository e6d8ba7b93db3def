#include "core/analysis/cpu_share.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace loopscope {

namespace {

constexpr std::string_view sleepKind = "sleep";
// Of reading 20,000 small files with one worker, which never slept, on two machines of 2026. What threads spend on falling asleep and on
// waking is no matter of jobs.
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

double readingSlowdown(int readers, int cores)
{
    constexpr double each = 0.15;
    return 1 + each * (std::clamp(readers, 1, std::max(1, cores)) - 1);
}

CpuShare::CpuShare(const Trace &trace, const PreparedBatches &batches, int cores)
{
    addLoop(trace);
    addWorkers(trace, batches);
    sumUp(besides(trace), cores);
}

void CpuShare::add(TimeRange range, bool reads)
{
    const int readers = reads ? 1 : 0;
    changes_.push_back({range.begin, 1, readers});
    changes_.push_back({range.end, -1, -readers});
    seen_ += range.length();
}

void CpuShare::addLoop(const Trace &trace)
{
    for (std::size_t i = 0; i < trace.spanCount(loopLaneId); ++i) { // what is its own work, too
        const Span span = trace.span(loopLaneId, i);
        const bool computes = !trace.hasLane(span.peer) || jobsCompute(trace, span.peer);
        if (span.state == State::Running || (span.state == State::Blocking && computes))
            add(span.range(), false);
    }
}

void CpuShare::addWorkers(const Trace &trace, const PreparedBatches &batches)
{
    for (const LaneId task : trace.tasks()) {
        for (std::size_t i = 0; jobsCompute(trace, task) && i < trace.spanCount(task); ++i) {
            const Span span = trace.span(task, i);
            if (span.state != State::InWorker)
                continue;
            ++jobs_;
            if (batches.of({task, i}) == nullptr)
                add(span.range(), trace.lane(task).task.file != nullptr);
        }
    }
    for (const PreparedBatch &batch : batches.all())
        add(batch.range, true);
}

// How many threads computed, on average, that no lane shows. Those that took processors from workers make their jobs longer, so that these
// seem to explain more of the processor time than they do.
double CpuShare::besides(const Trace &trace) const
{
    if (trace.info().cpu <= 0 || trace.now() <= 0)
        return 0;
    const Nanoseconds least = jobs_ * besidesAJob(trace);
    return static_cast<double>(std::max(least, trace.info().cpu - seen_)) / static_cast<double>(trace.now());
}

void CpuShare::sumUp(double besides, int cores)
{
    std::ranges::sort(changes_, {}, &Change::at);
    int computing = 0;
    Point now;
    for (const Change &change : changes_) {
        now.cpu += now.rate * static_cast<double>(change.at - now.at);
        now.at = change.at;
        computing += change.computing;
        now.readers += change.readers;
        now.rate = std::min(1.0, cores / std::max(1.0, computing + besides));
        if (!points_.empty() && points_.back().at == change.at)
            points_.back() = now;
        else
            points_.push_back(now);
    }
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
