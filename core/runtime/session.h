#pragma once

#include "core/runtime/worker_life.h"
#include "core/trace/trace.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <string>

namespace loopscope {

class Runtime;
class RunContext;
class SpanBuilder;

/// Threads of a pool, at most.
inline constexpr int mostWorkers = 1024;

/// How a run is set up. Ranges are checked by Session, which clamps.
struct SessionSettings {
    std::string title;                       ///< UTF-8, for people
    int workers = 0;                         ///< threads of the pool, 1…mostWorkers; 0 is one a core
    WorkerLife workerLife = WorkerLife::Run; ///< with a thread a job, `workers` are as many threads at a time
    int inFlight = 256; ///< files read at the same time, 1…65536; so many that workers find some dozens to read at once
    Nanoseconds stallThreshold = 100 * nanosecondsPerMillisecond;
    std::uint64_t previewBudget = 0; ///< bytes kept of the beginnings of files, all files together; 0 keeps none
    std::uint64_t memoryLimit = 0;   ///< bytes of a trace, from which on spans are counted and not kept; 0 is a quarter of the machine's
    int drainIntervalMs = 16;        ///< how often what was recorded moves into the trace
    bool record = true;              ///< off: no spans and wakes, only tasks and their results; for measuring what recording costs
};

/// One run from start to end: a loop on a thread of its own, a pool of workers, a recorder, and the trace they fill.
///
/// The window, the command line and the benchmarks run the same Session. It belongs to the thread that made it, which needs an event loop
/// and must make all calls; the trace belongs to that thread too. The observed loop is never this thread's.
class Session : public QObject {
    Q_OBJECT

public:
    /// Runs on the loop's thread, and spawns tasks. What it needs it holds by value.
    using Work = std::function<void(Runtime &)>;

    enum class Phase {
        Fresh,    ///< start() has not been called
        Running,  ///< tasks run, or may still come
        Stopping, ///< stop() was called; tasks are ending
        Ended     ///< every task has its outcome, and the trace will not change any more
    };

    explicit Session(SessionSettings settings, QObject *parent = nullptr);
    /// Stops the run if need be, and waits for its threads as stop() promises.
    ~Session() override;

    /// Before start(), of a run with a thread a job: so many jobs at once are the most that can be, and so many threads, whatever `workers`
    /// of the settings says.
    void setMostJobs(std::size_t jobs);
    /// Starts the threads and hands `work` to the loop. All tasks that it spawns itself exist before the first of them
    /// runs; what it leaves to Runtime::later() comes after. Once a session.
    void start(Work work);
    /// Hands more work to a run that goes on. False when the run is ending or has ended, and `work` was not taken.
    [[nodiscard]] bool join(Work work);
    /// Keeps the run from ending by itself while tasks may still come (files being looked for); release() as often as hold().
    /// stop() lets go of all holds. Nothing happens unless the run goes on.
    void hold();
    void release();
    /// Ends the run: every task becomes cancelled unless it ended before. Returns at once; ended() follows within 100 ms, and a few
    /// microseconds more for each task that lives or is still to be made, if there are very many. What cannot be interrupted (a read that
    /// the system does not answer, code that holds the loop) is abandoned, and its task says so.
    void stop();

    [[nodiscard]] Phase phase() const { return phase_; }
    [[nodiscard]] const SessionSettings &settings() const { return settings_; }
    /// What was recorded so far; complete after ended(). Outlives the session where it is kept.
    [[nodiscard]] std::shared_ptr<const Trace> trace() const { return trace_; }
    /// Changes what the trace says of the run (skipped files, notes). Before start() and while it runs.
    void describe(const std::function<void(RunInfo &)> &change);

Q_SIGNALS:
    /// The trace has grown. At most once every drainIntervalMs.
    void advanced();
    /// The run is over. The trace is complete. Emitted once.
    void ended();

private:
    [[nodiscard]] bool isActive() const;
    /// Whether nothing is left to do but to wait for the ends of workers.
    [[nodiscard]] bool isEnding() const { return endTimer_.isActive(); }
    [[nodiscard]] bool isGivenUp();
    void advance();
    void drain();
    void onIdle();
    void finishIfWorkersHaveEnded();
    void abandonIfStuck();
    void finish();
    void closeRun();

    SessionSettings settings_; // changed before start() alone
    Phase phase_ = Phase::Fresh;
    std::shared_ptr<Trace> trace_;
    std::unique_ptr<SpanBuilder> builder_;
    std::shared_ptr<RunContext> run_;
    QTimer drainTimer_;
    QTimer stopTimer_;
    QTimer endTimer_;
    QElapsedTimer sinceIdle_; // since isEnding()
    QElapsedTimer stopRequested_;
    std::uint64_t lastBeat_ = 0; // the loop's, as it was when sinceBeat_ began
    QElapsedTimer sinceBeat_;
    Nanoseconds cpuAtStart_ = 0;
    int holds_ = 0;
};

} // namespace loopscope
