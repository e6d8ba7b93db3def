#include "core/analysis/recorded_work.h"

#include "core/analysis/cpu_share.h"
#include "core/analysis/prepared_batches.h"
#include "core/analysis/waker.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

namespace loopscope {

namespace {

constexpr std::string_view slotReason = "slot";

class Reader {
public:
    Reader(const Trace &trace, int cores, Nanoseconds coldJob)
        : trace_(trace)
        , cores_(cores)
        , coldJob_(coldJob)
        , batches_(trace)
        , share_(trace, batches_, cores)
    {
    }

    [[nodiscard]] RecordedTask read(LaneId task) const
    {
        const Lane &lane = trace_.lane(task);
        RecordedTask recorded{task, lane.task.parent, 0, lane.begin, false, false, {}};
        const bool sleeps = !jobsCompute(trace_, task);
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
            steps += isStep({task, i}) ? 1 : 0;
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
        task.steps.insert(reading, {Kind::Slot, false, false, 0, 0, noLane});
    }

    [[nodiscard]] bool isStep(SpanPlace place) const
    {
        const State state = trace_.span(place.lane, place.span).state;
        return state != State::Ready && state != State::Queued && state != State::Slice
               && batches_.of({place.lane, place.span + 1}) == nullptr;
    }

    [[nodiscard]] std::optional<WorkStep> stepOf(SpanPlace place, const Span &span, bool sleeps) const
    {
        using Kind = WorkStep::Kind;
        if (!isStep(place))
            return std::nullopt;
        const bool reads = trace_.lane(place.lane).task.file != nullptr;
        const Nanoseconds length = sleeps && span.state != State::Running ? span.length() : share_.in(span.range());
        switch (span.state) {
        case State::Running:
            return WorkStep{Kind::Run, true, reads, span.site, length, noLane};
        case State::Blocking:
            return WorkStep{Kind::Block, !sleeps, reads, span.site, length, noLane};
        case State::InWorker:
            return WorkStep{Kind::Job, !sleeps, reads, span.site, sleeps ? length : jobLength(place, length), noLane};
        case State::Awaiting:
            return waitOf(place, span);
        case State::Ready:
        case State::Queued:
        case State::Slice:
            break;
        }
        return std::nullopt;
    }

    /// Of a job that uses the processor, for `length` where it was.
    [[nodiscard]] Nanoseconds jobLength(SpanPlace place, Nanoseconds length) const
    {
        Nanoseconds begin = trace_.span(place.lane, place.span).begin;
        if (const PreparedBatch *batch = batches_.of(place)) {
            begin = batch->range.begin;
            length = share_.in(batch->range) / static_cast<Nanoseconds>(batch->jobs);
        } else if (place.span > 0 && wasWorkerWoken(trace_, place)) {
            length = std::max<Nanoseconds>(0, length - coldJob_);
        }
        const double slowdown = trace_.lane(place.lane).task.file ? readingSlowdown(share_.readersAt(begin), cores_) : 1;
        return std::llround(static_cast<double>(length) / slowdown);
    }

    [[nodiscard]] WorkStep waitOf(SpanPlace place, const Span &span) const
    {
        using Kind = WorkStep::Kind;
        if (trace_.reason(span.site) == slotReason)
            return {Kind::Slot, false, false, span.site, 0, noLane};
        const LaneId waker = wakerOf(trace_, place);
        if (!trace_.hasLane(waker) || trace_.lane(waker).kind != LaneKind::Task)
            return {Kind::Sleep, false, false, span.site, span.length(), noLane};
        if (trace_.lane(waker).task.parent == place.lane)
            return {Kind::Children, false, false, span.site, 0, noLane};
        return {Kind::Task, false, false, span.site, 0, waker};
    }

    const Trace &trace_;
    const int cores_;
    const Nanoseconds coldJob_;
    const PreparedBatches batches_;
    const CpuShare share_;
};

} // namespace

RecordedWork recordedWorkOf(const Trace &trace)
{
    RecordedWork work;
    work.cores = trace.info().cores > 0 ? trace.info().cores : std::max(1, trace.info().workers);
    work.loopOverhead = loopOverheadOf(trace);
    work.delays = wakeDelaysOf(trace);
    work.besidesAJob = besidesAJob(trace);
    const Reader reader(trace, work.cores, work.delays.coldJob);
    work.tasks.reserve(trace.tasks().size());
    for (const LaneId task : trace.tasks()) {
        work.tasks.push_back(reader.read(task));
        RecordedTask &recorded = work.tasks.back();
        if (trace.hasLane(recorded.parent))
            recorded.parentSteps = reader.stepsBefore(recorded.parent, recorded.begin);
    }
    return work;
}

} // namespace loopscope
