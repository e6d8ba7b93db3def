#pragma once

#include "core/runtime/session.h"
#include "ui/window/path_opener.h"
#include "ui/window/recent_runs.h"
#include "ui/window/run_settings.h"
#include "ui/window/trace_document.h"

#include <QObject>

#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace loopscope {

/// Owns the run of a window: starts it, lets files join it, stops it, and keeps the runs that have ended. Knows no widget.
class RunController : public QObject {
    Q_OBJECT

public:
    enum class Severity { Info, Error };

    explicit RunController(QObject *parent = nullptr);
    ~RunController() override;

    /// Reads files and folders (raw bytes): they join the run that goes on, or start a new one. What `intent` says of traces and scenarios
    /// among them is told by scenarioOpened(), of the first, and nothing of it runs; tracesFound(); and choiceNeeded().
    void open(std::vector<std::string> paths, PathIntent intent);
    /// Starts a scenario. A run that goes on is stopped first.
    void runScenario(std::shared_ptr<const Scenario> scenario, std::map<std::string, std::string> values);
    /// The file that a scenario was opened from, in raw bytes; empty of a built-in one.
    [[nodiscard]] std::string pathOf(const std::shared_ptr<const Scenario> &scenario) const;
    /// Does once more what a run did.
    void runAgain(const RunRequest &request);
    /// Ends the run and the search for files. Nothing happens without one.
    void stop();
    /// Ends the search for files, and lets the run go on.
    void cancelSearch();
    /// Has no run any more. One that goes on is stopped.
    void clear();
    /// Whoever wants to be asked before a run takes the place of another gets what comes then, to be called at once, later or never.
    void setGate(std::function<void(const std::function<void()> &)> gate) { gate_ = std::move(gate); }

    [[nodiscard]] bool isRunning() const { return session_ != nullptr; }
    [[nodiscard]] bool isStopping() const { return session_ && session_->phase() == Session::Phase::Stopping; }
    [[nodiscard]] bool isSearching() const { return opener_.isBusy(); }
    /// The latest run, running or ended; null if there is none.
    [[nodiscard]] const std::shared_ptr<TraceDocument> &document() const { return document_; }
    /// Its trace; null if there is none.
    [[nodiscard]] std::shared_ptr<const Trace> trace() const { return document_ ? document_->trace() : nullptr; }
    [[nodiscard]] const RecentRuns &recentRuns() const { return recentRuns_; }
    /// A run that has ended, of this program or of one before, can be found among the recent ones from now on.
    void keepAmongRecent(const std::shared_ptr<TraceDocument> &run);

    [[nodiscard]] const RunSettings &settings() const { return settings_; }
    /// For the runs to come.
    void setSettings(const RunSettings &settings) { settings_ = settings; }

Q_SIGNALS:
    /// document() is another one, or null.
    void runReplaced();
    /// The trace has grown.
    void advanced();
    /// The run has ended, and its trace is complete.
    void ended();
    /// isRunning(), isStopping(), isSearching() or recentRuns() have changed.
    void stateChanged();
    /// So many files were found so far.
    void searched(quint64 found);
    void scenarioOpened(std::shared_ptr<const loopscope::Scenario> scenario, const std::string &path);
    /// These are to be opened as traces.
    void tracesFound(const std::vector<std::string> &paths);
    /// These are traces or scenarios, and somebody has to say whether to open or to read them.
    void choiceNeeded(const std::vector<std::string> &paths);
    /// These are read, as they were given.
    void reads(const std::vector<std::string> &paths);
    /// A sentence for people.
    void reported(loopscope::RunController::Severity severity, const QString &sentence);

private:
    void take(const OpenedPaths &opened);
    void report(const OpenedPaths &opened);
    void takeFiles(const OpenedPaths &opened);
    void letJoin(const OpenedPaths &opened);
    void forgetWaiting();
    void startFiles(const OpenedPaths &opened);
    void startScenario(RunRequest request);
    void start(RunRequest request, SessionSettings settings, Session::Work work, const FileList &files);
    void ask(const std::function<void()> &next);
    void startWhenFree(std::function<void()> next);
    void onSessionEnded();
    [[nodiscard]] SessionSettings sessionSettings(std::string title, int workers) const;

    RunSettings settings_;
    PathOpener opener_;
    std::unique_ptr<Session> session_;
    std::shared_ptr<TraceDocument> document_;
    std::function<void(const std::function<void()> &)> gate_;
    RecentRuns recentRuns_;
    std::uint64_t runNumber_ = 0;           // of the session, or of the last one
    std::function<void()> next_;            // what follows when the run has ended
    std::vector<OpenedPaths> waitingFiles_; // what is read after that
    std::deque<std::uint64_t> heldRuns_;    // one a search: the number of the run that waits for it, or 0
    std::vector<std::pair<std::weak_ptr<const Scenario>, std::string>> scenarioPaths_; // of those that were opened from files
};

} // namespace loopscope
