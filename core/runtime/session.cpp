#include "core/runtime/session.h"

#include "core/record/span_builder.h"
#include "core/runtime/run_context.h"

#include <QThread>

#include <algorithm>
#include <chrono>

#include <sys/resource.h>

namespace loopscope {

namespace {

// stop() promises 100 ms; a loop that a marked job holds beyond that is given up, any other after this long.
constexpr std::chrono::milliseconds stopPromise{100};
constexpr std::chrono::milliseconds lastPatience{2000};
// How long threads that have nothing left to do may take to end; they take microseconds.
constexpr std::chrono::milliseconds quietPatience{5000};
// A drain shares its thread with the window: so many events are built in some 5 ms, which leaves the better part of a frame to it.
constexpr std::size_t mostEventsADrain = 50'000;

Nanoseconds processCpuTime()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto nanoseconds = [](const timeval &time) {
        return time.tv_sec * nanosecondsPerSecond + time.tv_usec * nanosecondsPerMicrosecond;
    };
    return nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime);
}

std::uint64_t peakRss()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

/// Runs whose threads could not be ended: kept for good, for the threads use them.
std::vector<std::shared_ptr<RunContext>> &abandonedRuns()
{
    static auto &runs = *new std::vector<std::shared_ptr<RunContext>>;
    return runs;
}

Nanoseconds unixTime()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

SessionSettings withinLimits(SessionSettings settings)
{
    settings.workers = std::clamp(settings.workers > 0 ? settings.workers : QThread::idealThreadCount(), 1, 1024);
    settings.inFlight = std::clamp(settings.inFlight, 1, 65536);
    settings.stallThreshold = std::max<Nanoseconds>(settings.stallThreshold, 1);
    settings.drainIntervalMs = std::max(settings.drainIntervalMs, 1);
    return settings;
}

} // namespace

Session::Session(SessionSettings settings, QObject *parent)
    : QObject(parent)
    , settings_(withinLimits(std::move(settings)))
    , trace_(std::make_shared<Trace>())
    , builder_(std::make_unique<SpanBuilder>(*trace_))
{
    for (int worker = 1; worker <= settings_.workers; ++worker)
        trace_->addLane(LaneKind::Worker, "#" + std::to_string(worker), 0);
    drainTimer_.setInterval(settings_.drainIntervalMs);
    connect(&drainTimer_, &QTimer::timeout, this, &Session::advance);
    stopTimer_.setInterval(stopPromise);
    connect(&stopTimer_, &QTimer::timeout, this, &Session::abandonIfStuck);
}

Session::~Session()
{
    if (!isActive())
        return;
    stop();
    const auto deadline = std::chrono::steady_clock::now() + lastPatience;
    while (!run_->isIdle() && !(isStopOverdue() && run_->isLoopBlocked()) && std::chrono::steady_clock::now() < deadline)
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

void Session::start(Work work)
{
    Q_ASSERT(phase_ == Phase::Fresh);
    phase_ = Phase::Running;
    // Queued: the loop's thread calls it.
    auto whenIdle = [this] { QMetaObject::invokeMethod(this, &Session::onIdle, Qt::QueuedConnection); };
    run_ = std::make_shared<RunContext>(settings_, whenIdle);
    cpuAtStart_ = processCpuTime();
    describe([this](RunInfo &info) {
        info.title = settings_.title;
        info.startedUnixNs = unixTime() - run_->clock().now();
        info.workers = settings_.workers;
        info.inFlight = settings_.inFlight;
        info.stallThreshold = settings_.stallThreshold;
    });
    run_->post(std::move(work));
    drainTimer_.start();
    if (run_->start())
        return;
    describe([](RunInfo &info) { info.notes.emplace_back("the system grants no thread for the loop: nothing was run"); });
    QMetaObject::invokeMethod(this, &Session::finish, Qt::QueuedConnection);
}

bool Session::join(Work work)
{
    if (phase_ != Phase::Running)
        return false;
    run_->post(std::move(work));
    return true;
}

void Session::hold()
{
    if (phase_ != Phase::Running)
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
    stopRequested_.start();
    describe([](RunInfo &info) { info.stopped = true; });
    run_->requestStop();
    while (holds_ > 0)
        release();
    stopTimer_.start();
}

void Session::advance()
{
    const std::uint64_t before = trace_->revision();
    drain();
    if (trace_->revision() != before)
        Q_EMIT advanced();
}

void Session::drain()
{
    const Nanoseconds now = run_->clock().now();
    builder_->take(run_->recorder(), mostEventsADrain);
    trace_->advanceTo(now);
}

void Session::onIdle()
{
    // Work may have been added since the loop said so.
    if (!isActive() || !run_->isIdle())
        return;
    finish();
}

bool Session::isStopOverdue() const
{
    return stopRequested_.isValid() && stopRequested_.elapsed() >= stopPromise.count();
}

void Session::abandonIfStuck()
{
    if (!isActive())
        return;
    const bool isGivenUp = run_->isLoopBlocked() || stopRequested_.elapsed() >= lastPatience.count();
    if (isGivenUp)
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
    const bool isQuiet = run_->isIdle() && !run_->hasAbandoned();
    const int missing = run_->pool().workersMissing();
    const bool isClean = run_->shutDown(isQuiet ? quietPatience : std::chrono::milliseconds(0));
    const Nanoseconds now = run_->clock().now();
    builder_->takeAll(run_->recorder());
    builder_->finish(now, "the loop did not answer: the task was abandoned");
    Nanoseconds wall = 0;
    for (const LaneId task : trace_->tasks())
        wall = std::max(wall, trace_->lane(task).end.value_or(now));
    describe([&](RunInfo &info) {
        info.wall = wall;
        info.cpu = processCpuTime() - cpuAtStart_;
        info.peakRssBytes = peakRss();
        info.finished = true;
        if (missing > 0)
            info.notes.push_back("the system granted only " + std::to_string(info.workers - missing) + " of " + std::to_string(info.workers)
                                 + " workers");
        if (!isClean)
            info.notes.emplace_back("a call that could not be interrupted was abandoned");
    });
    run_->silence();
    if (!isClean)
        abandonedRuns().push_back(run_);
    run_.reset();
    phase_ = Phase::Ended;
}

} // namespace loopscope
