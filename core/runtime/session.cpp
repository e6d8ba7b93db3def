#include "core/runtime/session.h"

#include "core/record/span_builder.h"
#include "core/runtime/process_usage.h"
#include "core/runtime/run_context.h"
#include "core/trace/memory_limit.h"

#include <QThread>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <mutex>
#include <utility>

namespace loopscope {

namespace {

// stop() promises 100 ms. So long one callback may hold the loop after it, marked or not, before the loop is given up; one that goes on
// has so long in all.
constexpr qint64 stuckPatienceMs = 80;
constexpr qint64 lastPatienceMs = 2000;
constexpr int stopCheckIntervalMs = 5;
// How long threads that have nothing left to do may take to end; they take microseconds, but for very many workers.
constexpr std::chrono::milliseconds loopPatience{5000};
constexpr std::chrono::milliseconds poolPatience{20};
constexpr std::chrono::milliseconds sweepPatience{5};
// How long workers may take that have something to do at their end: they wait for the processes that they have started, which count for the
// run only once they have ended. After a stop there is less time than stop() promises.
constexpr qint64 endingsPatienceMs = 3000;
constexpr qint64 endingsPatienceAtStopMs = 50;
constexpr int endingsCheckIntervalMs = 1;
constexpr int quietDrainIntervalMs = 16; // while nothing happens, nobody gains by more wakes
// A drain shares its thread with the window: so many events are built in some 5 ms, which leaves the better part of a frame to it.
constexpr std::size_t mostEventsADrain = 50'000;

/// Runs that are over while their threads are not: kept, for the threads use them. Any session's thread.
class RetiredRuns {
public:
    void add(std::shared_ptr<RunContext> run)
    {
        const std::scoped_lock lock(mutex_);
        runs_.push_back(std::move(run));
    }
    /// Forgets those whose threads have ended by now. A loop that was given up goes on until its tasks have ended: a coroutine that is
    /// suspended cannot be freed.
    void sweep()
    {
        const std::scoped_lock lock(mutex_);
        std::erase_if(runs_, [](const auto &run) { return run->isIdle() && run->endThreads(sweepPatience); });
    }

private:
    std::mutex mutex_;
    std::vector<std::shared_ptr<RunContext>> runs_;
};

RetiredRuns &retiredRuns()
{
    static auto &runs = *new RetiredRuns; // never destroyed: the program may end before the threads do
    return runs;
}

Nanoseconds unixTime()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

SessionSettings withinLimits(SessionSettings settings)
{
    settings.workers = std::clamp(settings.workers > 0 ? settings.workers : QThread::idealThreadCount(), 1, mostWorkers);
    settings.inFlight = std::clamp(settings.inFlight, 1, 65536);
    settings.stallThreshold = std::max<Nanoseconds>(settings.stallThreshold, 1);
    settings.drainIntervalMs = std::max(settings.drainIntervalMs, 1);
    if (settings.memoryLimit == 0)
        settings.memoryLimit = usualMemoryLimit();
    return settings;
}

} // namespace

Session::Session(SessionSettings settings, QObject *parent)
    : QObject(parent)
    , settings_(withinLimits(std::move(settings)))
    , trace_(std::make_shared<Trace>())
    , builder_(std::make_unique<SpanBuilder>(*trace_))
{
    trace_->setMemoryLimit(settings_.memoryLimit);
    drainTimer_.setInterval(settings_.drainIntervalMs);
    connect(&drainTimer_, &QTimer::timeout, this, &Session::advance);
    stopTimer_.setInterval(stopCheckIntervalMs);
    stopTimer_.setTimerType(Qt::PreciseTimer);
    connect(&stopTimer_, &QTimer::timeout, this, &Session::abandonIfStuck);
    endTimer_.setInterval(endingsCheckIntervalMs);
    connect(&endTimer_, &QTimer::timeout, this, &Session::finishIfWorkersHaveEnded);
}

Session::~Session()
{
    if (!isActive())
        return;
    stop();
    while (!run_->isIdle() && !isGivenUp())
        QThread::usleep(500);
    closeRun();
}

bool Session::isActive() const
{
    return phase_ == Phase::Running || phase_ == Phase::Stopping;
}

void Session::describe(const std::function<void(RunInfo &)> &change)
{
    trace_->changeInfo(change);
}

void Session::setMostJobs(std::size_t jobs)
{
    Q_ASSERT(phase_ == Phase::Fresh);
    if (settings_.workerLife == WorkerLife::Job)
        settings_.workers = static_cast<int>(std::clamp<std::size_t>(jobs, 1, mostWorkers));
}

void Session::start(Work work)
{
    Q_ASSERT(phase_ == Phase::Fresh);
    phase_ = Phase::Running;
    for (int worker = 1; worker <= settings_.workers; ++worker)
        trace_->addLane(LaneKind::Worker, "#" + std::to_string(worker), 0);
    // Queued: the loop's thread calls it.
    auto whenIdle = [this] { QMetaObject::invokeMethod(this, &Session::onIdle, Qt::QueuedConnection); };
    run_ = std::make_shared<RunContext>(settings_, whenIdle);
    cpuAtStart_ = processCpuTime();
    forgetPeakRss();
    describe([this](RunInfo &info) {
        info.title = settings_.title;
        info.startedUnixNs = unixTime() - run_->clock().now();
        info.workers = settings_.workers;
        info.inFlight = settings_.inFlight;
        info.cores = QThread::idealThreadCount();
        info.stallThreshold = settings_.stallThreshold;
        if (settings_.workerLife == WorkerLife::Job)
            info.notes.emplace_back("each blocking job had a thread of its own");
    });
    drainTimer_.start();
    if (run_->start()) {
        run_->post(std::move(work));
        return;
    }
    describe([](RunInfo &info) { info.notes.emplace_back("the system grants no thread or no descriptor for the loop: nothing was run"); });
    QMetaObject::invokeMethod(this, &Session::finish, Qt::QueuedConnection);
}

bool Session::join(Work work)
{
    if (phase_ != Phase::Running || isEnding())
        return false;
    run_->post(std::move(work));
    return true;
}

void Session::hold()
{
    if (phase_ != Phase::Running || isEnding())
        return;
    ++holds_;
    run_->addActivity();
}

void Session::release()
{
    if (holds_ == 0)
        return; // stop() let go of them
    --holds_;
    run_->removeActivity();
}

void Session::stop()
{
    if (phase_ != Phase::Running)
        return;
    phase_ = Phase::Stopping;
    if (isEnding())
        return; // nothing is left to be stopped but the wait
    stopRequested_.start();
    lastBeat_ = run_->loopBeat();
    sinceBeat_.start();
    describe([](RunInfo &info) { info.stopped = true; });
    run_->requestStop();
    while (holds_ > 0)
        release();
    stopTimer_.start();
}

void Session::advance()
{
    const std::uint64_t before = trace_->revision();
    const auto heldBefore = std::pair(trace_->laneCount(), trace_->spanCount());
    drain();
    const bool isQuiet = heldBefore == std::pair(trace_->laneCount(), trace_->spanCount());
    const int interval = isQuiet ? std::max(settings_.drainIntervalMs, quietDrainIntervalMs) : settings_.drainIntervalMs;
    if (drainTimer_.interval() != interval)
        drainTimer_.setInterval(interval);
    if (trace_->revision() != before)
        Q_EMIT advanced();
}

void Session::drain()
{
    const Nanoseconds now = run_->clock().now();
    builder_->take(run_->recorder(), mostEventsADrain);
    if (const std::uint64_t toCome = run_->tasksToCome(); toCome != trace_->info().tasksToCome)
        describe([toCome](RunInfo &info) { info.tasksToCome = toCome; });
    trace_->advanceTo(now);
}

void Session::onIdle()
{
    // Work may have been added since the loop said so.
    if (!isActive() || isEnding() || !run_->isIdle())
        return;
    stopTimer_.stop();
    sinceIdle_.start();
    endTimer_.start();
    finishIfWorkersHaveEnded();
}

void Session::finishIfWorkersHaveEnded()
{
    const qint64 patience = phase_ == Phase::Stopping ? endingsPatienceAtStopMs : endingsPatienceMs;
    const bool isWorthWaiting = !run_->hasAbandoned() && sinceIdle_.elapsed() < patience;
    if (isWorthWaiting && run_->pool().hasEndings()) {
        (void)run_->pool().closeAndWait(std::chrono::steady_clock::now()); // lets them begin
        return;
    }
    finish();
}

bool Session::isGivenUp()
{
    if (const std::uint64_t beat = run_->loopBeat(); beat != lastBeat_) {
        lastBeat_ = beat;
        sinceBeat_.start();
    }
    const bool isInCallback = lastBeat_ % 2 == 1;
    return (isInCallback && sinceBeat_.elapsed() >= stuckPatienceMs) || stopRequested_.elapsed() >= lastPatienceMs;
}

void Session::abandonIfStuck()
{
    if (isActive() && isGivenUp())
        finish();
}

void Session::finish()
{
    closeRun();
    phase_ = Phase::Ended;
    Q_EMIT advanced();
    Q_EMIT ended();
}

void Session::closeRun()
{
    drainTimer_.stop();
    stopTimer_.stop();
    endTimer_.stop();
    holds_ = 0;
    const int missing = run_->pool().workersMissing();
    const bool hasLoopEnded = run_->isIdle() && run_->endLoop(loopPatience);
    const Nanoseconds now = run_->clock().now();
    builder_->takeAll(run_->recorder());
    builder_->finish(now, "the loop did not answer: the task was abandoned");
    Nanoseconds wall = 0;
    for (const LaneId task : trace_->tasks())
        wall = std::max(wall, trace_->lane(task).end().value_or(now));
    describe([&](RunInfo &info) {
        info.wall = wall;
        info.cpu = processCpuTime() - cpuAtStart_;
        info.peakRssBytes = peakRssBytes();
        info.tasksToCome = run_->tasksToCome();
        info.finished = true;
        std::ranges::move(run_->notes(), std::back_inserter(info.notes));
        if (info.tasksToCome > 0)
            info.notes.push_back("when the run was stopped, " + std::to_string(info.tasksToCome) + " of its tasks had not been made");
        if (missing > 0)
            info.notes.push_back("the system granted only " + std::to_string(info.workers - missing) + " of " + std::to_string(info.workers)
                                 + " workers");
        if (!hasLoopEnded || run_->hasAbandoned())
            info.notes.emplace_back("a call that could not be interrupted was abandoned");
    });
    run_->silence();
    run_->removeTemporaryFiles();
    retiredRuns().sweep();
    if (!hasLoopEnded || !run_->endThreads(run_->hasAbandoned() ? std::chrono::milliseconds(0) : poolPatience))
        retiredRuns().add(run_);
    run_.reset();
    phase_ = Phase::Ended;
}

} // namespace loopscope
