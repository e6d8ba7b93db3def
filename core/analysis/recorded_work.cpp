#include "core/analysis/recorded_work.h"

#include "core/analysis/cpu_share.h"
#include "core/analysis/prepared_batches.h"
#include "core/analysis/waker.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>

namespace loopscope {

namespace {

class Reader {
public:
    Reader(const Trace &trace, int cores, Nanoseconds coldJob, const std::stop_token &stop)
        : trace_(trace)
        , cores_(cores)
        , coldJob_(coldJob)
        , batches_(trace)
        , share_(trace, batches_, cores, stop)
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

    /// Whether a span is what a task did, or awaited, and no part of how a worker did its job.
    [[nodiscard]] bool isStep(SpanPlace place) const
    {
        const State state = trace_.span(place.lane, place.span).state;
        const bool isPreparation =
            state == State::Awaiting
            && (batches_.of({place.lane, place.span + 1}) != nullptr || batches_.vainOf({place.lane, place.span + 2}) != nullptr);
        return state != State::Ready && state != State::Queued && state != State::Slice && !isPreparation;
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
        task.steps.insert(reading, {Kind::Slot, false, 0, 0, 0, noLane});
    }

    [[nodiscard]] std::optional<WorkStep> stepOf(SpanPlace place, const Span &span, bool sleeps) const
    {
        using Kind = WorkStep::Kind;
        if (!isStep(place))
            return std::nullopt;
        const FileFacts *file = trace_.lane(place.lane).task.file.get();
        const double crowding = file ? crowdingOf(*file) : 0;
        switch (span.state) {
        case State::Running:
            return WorkStep{Kind::Run, true, 0, span.site, share_.in(span.range()), noLane};
        case State::Blocking:
            return WorkStep{Kind::Block, !sleeps, crowding, span.site, sleeps ? span.length() : share_.in(span.range()), noLane};
        case State::InWorker:
            return WorkStep{Kind::Job, !sleeps, crowding, span.site, sleeps ? span.length() : jobLength(place, span, crowding), noLane};
        case State::Awaiting:
            return waitOf(place, span);
        case State::Ready:
        case State::Queued:
        case State::Slice:
            break;
        }
        return std::nullopt;
    }

    /// Of a job that uses the processor.
    [[nodiscard]] Nanoseconds jobLength(SpanPlace place, const Span &job, double crowding) const
    {
        const PreparedBatch *batch = batches_.of(place);
        Nanoseconds length = batch != nullptr ? shareOf(*batch) : share_.in(job.range());
        if (batch == nullptr && wasWorkerWoken(trace_, place))
            length = std::max<Nanoseconds>(0, length - coldJob_);
        if (const PreparedBatch *vain = batches_.vainOf(place))
            length += shareOf(*vain);
        const int readers = share_.readersAt(batch != nullptr ? batch->range.begin : job.begin);
        return std::llround(static_cast<double>(length) / readingSlowdown(readers, crowding, cores_));
    }

    /// What each job of a batch took of its worker's time.
    [[nodiscard]] Nanoseconds shareOf(const PreparedBatch &batch) const
    {
        return share_.in(batch.range) / static_cast<Nanoseconds>(batch.jobs);
    }

    [[nodiscard]] WorkStep waitOf(SpanPlace place, const Span &span) const
    {
        using Kind = WorkStep::Kind;
        if (trace_.reason(span.site) == slotReason)
            return {Kind::Slot, false, 0, span.site, 0, noLane};
        const LaneId waker = wakerOf(trace_, place);
        if (!trace_.hasLane(waker) || trace_.lane(waker).kind != LaneKind::Task)
            return {Kind::Sleep, false, 0, span.site, span.length(), noLane};
        if (trace_.lane(waker).task.parent == place.lane)
            return {Kind::Children, false, 0, span.site, 0, noLane};
        return {Kind::Task, false, 0, span.site, 0, waker};
    }

    const Trace &trace_;
    const int cores_;
    const Nanoseconds coldJob_;
    const PreparedBatches batches_;
    const CpuShare share_;
};

/// How many steps tasks had begun when they made others. Of each task in order of time, so that its spans are visited once.
class StepCount {
public:
    StepCount(const Trace &trace, const Reader &reader)
        : trace_(trace)
        , reader_(reader)
    {
    }

    [[nodiscard]] std::size_t before(LaneId task, Nanoseconds at)
    {
        Place &place = places_[task];
        if (place.span > 0 && trace_.span(task, place.span - 1).begin >= at)
            place = {};
        for (; place.span < trace_.spanCount(task) && trace_.span(task, place.span).begin < at; ++place.span)
            place.steps += reader_.isStep({task, place.span}) ? 1 : 0;
        return place.steps;
    }

private:
    struct Place {
        std::size_t span = 0;
        std::size_t steps = 0;
    };
    const Trace &trace_;
    const Reader &reader_;
    std::unordered_map<LaneId, Place> places_;
};

} // namespace

std::optional<RecordedWork> recordedWorkOf(const Trace &trace, const std::stop_token &stop)
{
    RecordedWork work;
    work.cores = trace.info().cores > 0 ? trace.info().cores : std::max(1, trace.info().workers);
    work.loopOverhead = loopOverheadOf(trace);
    if (stop.stop_requested())
        return std::nullopt;
    work.delays = wakeDelaysOf(trace);
    work.besidesAJob = besidesAJob(trace);
    if (stop.stop_requested())
        return std::nullopt;
    const Reader reader(trace, work.cores, work.delays.coldJob, stop);
    StepCount steps(trace, reader);
    work.tasks.reserve(trace.tasks().size());
    for (const LaneId task : trace.tasks()) {
        if (stop.stop_requested())
            return std::nullopt;
        work.tasks.push_back(reader.read(task));
        RecordedTask &recorded = work.tasks.back();
        if (trace.hasLane(recorded.parent))
            recorded.parentSteps = steps.before(recorded.parent, recorded.begin);
    }
    return work;
}

} // namespace loopscope
