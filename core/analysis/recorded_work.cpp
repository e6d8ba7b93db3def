#include "core/analysis/recorded_work.h"

#include "core/analysis/waker.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

namespace loopscope {

namespace {

constexpr std::string_view slotReason = "slot";
constexpr std::string_view sleepKind = "sleep"; // its jobs wait; those of all others compute, or copy what is in memory

/// How much CPU time one who computes gets in a range, where there are more who do than cores.
class CpuShare {
    struct Point {
        Nanoseconds at;
        double cpu; ///< from 0 to there
        double rate;
    };

public:
    CpuShare(const Trace &trace, int cores)
    {
        std::vector<std::pair<Nanoseconds, int>> changes;
        const auto add = [&changes](const Span &span) {
            changes.emplace_back(span.begin, 1);
            changes.emplace_back(span.end, -1);
        };
        const auto computes = [&trace](LaneId task) { return trace.name(trace.lane(task).task.kind) != sleepKind; };
        for (std::size_t i = 0; i < trace.spanCount(loopLaneId); ++i) { // what is its own work, too
            const Span span = trace.span(loopLaneId, i);
            if (span.state == State::Running || (span.state == State::Blocking && (!trace.hasLane(span.peer) || computes(span.peer))))
                add(span);
        }
        for (const LaneId task : trace.tasks()) {
            for (std::size_t i = 0; computes(task) && i < trace.spanCount(task); ++i) {
                const Span span = trace.span(task, i);
                if (span.state == State::InWorker)
                    add(span);
            }
        }
        std::ranges::sort(changes);
        int active = 0;
        Point now{0, 0, 1};
        for (const auto &[time, change] : changes) {
            now.cpu += now.rate * static_cast<double>(time - now.at);
            now.at = time;
            active += change;
            now.rate = active > cores ? static_cast<double>(cores) / active : 1;
            if (!points_.empty() && points_.back().at == time)
                points_.back() = now;
            else
                points_.push_back(now);
        }
    }

    [[nodiscard]] Nanoseconds in(TimeRange range) const { return std::llround(until(range.end) - until(range.begin)); }

private:
    [[nodiscard]] double until(Nanoseconds at) const
    {
        const auto next = std::ranges::upper_bound(points_, at, {}, &Point::at);
        if (next == points_.begin())
            return static_cast<double>(at);
        const Point &point = *std::prev(next);
        return point.cpu + point.rate * static_cast<double>(at - point.at);
    }

    std::vector<Point> points_;
};

class Reader {
public:
    Reader(const Trace &trace, int cores)
        : trace_(trace)
        , share_(trace, cores)
    {
    }

    RecordedTask read(LaneId task)
    {
        const Lane &lane = trace_.lane(task);
        RecordedTask recorded{task, lane.task.parent, 0, lane.begin, false, false, {}};
        const bool sleeps = trace_.name(lane.task.kind) == sleepKind;
        const std::size_t count = trace_.spanCount(task);
        for (std::size_t i = 0; i < count; ++i) {
            const Span span = trace_.span(task, i);
            if (const auto step = stepOf({task, i}, span, sleeps))
                recorded.steps.push_back(*step);
        }
        if (lane.task.file)
            addSlot(recorded);
        return recorded;
    }

    /// How many steps a task had begun before an instant.
    [[nodiscard]] std::size_t stepsBefore(LaneId task, Nanoseconds at) const
    {
        std::size_t steps = 0;
        for (std::size_t i = 0; i < trace_.spanCount(task) && trace_.span(task, i).begin < at; ++i)
            steps += isStep(trace_.span(task, i).state) ? 1 : 0;
        return steps;
    }

private:
    /// Whoever gets a slot at once leaves no span of it, yet has it: who reads a file takes one before. On the loop, where one file is read
    /// after another, there always is one.
    static void addSlot(RecordedTask &task)
    {
        using Kind = WorkStep::Kind;
        const auto isSlot = [](const WorkStep &step) { return step.kind == Kind::Slot; };
        const auto reads = [](const WorkStep &step) { return step.kind == Kind::Job || step.kind == Kind::Block; };
        task.waitsForSlot = std::ranges::any_of(task.steps, isSlot);
        const auto reading = std::ranges::find_if(task.steps, reads);
        if (reading == task.steps.end() || task.waitsForSlot)
            return;
        (reading->kind == Kind::Job ? task.waitsForSlot : task.isReadOnLoop) = true;
        task.steps.insert(reading, {Kind::Slot, false, 0, 0, noLane});
    }

    [[nodiscard]] static bool isStep(State state) { return state != State::Ready && state != State::Queued && state != State::Slice; }

    [[nodiscard]] std::optional<WorkStep> stepOf(SpanPlace place, const Span &span, bool sleeps) const
    {
        using Kind = WorkStep::Kind;
        const Nanoseconds length = sleeps && span.state != State::Running ? span.length() : share_.in(span.range());
        switch (span.state) {
        case State::Running:
            return WorkStep{Kind::Run, true, span.site, length, noLane};
        case State::Blocking:
            return WorkStep{Kind::Block, !sleeps, span.site, length, noLane};
        case State::InWorker:
            return WorkStep{Kind::Job, !sleeps, span.site, length, noLane};
        case State::Awaiting:
            return waitOf(place, span);
        case State::Ready:
        case State::Queued:
        case State::Slice:
            break;
        }
        return std::nullopt;
    }

    [[nodiscard]] WorkStep waitOf(SpanPlace place, const Span &span) const
    {
        using Kind = WorkStep::Kind;
        if (trace_.reason(span.site) == slotReason)
            return {Kind::Slot, false, span.site, 0, noLane};
        const LaneId waker = wakerOf(trace_, place);
        if (!trace_.hasLane(waker) || trace_.lane(waker).kind != LaneKind::Task)
            return {Kind::Sleep, false, span.site, span.length(), noLane};
        if (trace_.lane(waker).task.parent == place.lane)
            return {Kind::Children, false, span.site, 0, noLane};
        return {Kind::Task, false, span.site, 0, waker};
    }

    const Trace &trace_;
    CpuShare share_;
};

Nanoseconds overheadOf(const Trace &trace, const std::vector<RecordedTask> &tasks)
{
    Nanoseconds held = 0;
    std::int64_t holds = 0;
    for (const RecordedTask &task : tasks) {
        const StateTimes times = trace.times(task.task);
        held += times[State::Running] + times[State::Blocking];
        holds += std::ranges::count(task.steps, WorkStep::Kind::Run, &WorkStep::kind);
    }
    const StateTimes loop = trace.times(loopLaneId);
    const Nanoseconds own = loop[State::Running] + loop[State::Blocking] - held;
    return holds > 0 ? std::max<Nanoseconds>(0, own) / holds : 0;
}

} // namespace

RecordedWork recordedWorkOf(const Trace &trace)
{
    RecordedWork work;
    work.cores = trace.info().cores > 0 ? trace.info().cores : std::max(1, trace.info().workers);
    Reader reader(trace, work.cores);
    work.tasks.reserve(trace.tasks().size());
    for (const LaneId task : trace.tasks()) {
        work.tasks.push_back(reader.read(task));
        RecordedTask &recorded = work.tasks.back();
        if (trace.hasLane(recorded.parent))
            recorded.parentSteps = reader.stepsBefore(recorded.parent, recorded.begin);
    }
    work.loopOverhead = overheadOf(trace, work.tasks);
    work.delays = wakeDelaysOf(trace);
    return work;
}

} // namespace loopscope
