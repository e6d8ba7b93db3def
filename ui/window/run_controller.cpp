#include "ui/window/run_controller.h"

#include "core/workload/file_reading.h"
#include "core/workload/scenario_run.h"
#include "ui/theme/shown_text.h"
#include "ui/window/recent_paths.h"

#include <utility>

namespace loopscope {

namespace {

constexpr qsizetype mostReasons = 4; // more than a person would read at once
constexpr std::uint64_t previewBudget = std::uint64_t(64) << 20;

void addSkipped(RunInfo &info, const FileList &files)
{
    for (const auto &[kind, count] : files.skipped)
        info.skipped[kind] += count;
}

QString refusalText(const std::vector<std::string> &refusals)
{
    if (refusals.size() == 1)
        return RunController::tr("This scenario cannot be used. %1").arg(QString::fromStdString(refusals.front()));
    QStringList reasons;
    for (const std::string &refusal : refusals) {
        if (reasons.size() == mostReasons) {
            reasons.append(RunController::tr("…"));
            break;
        }
        reasons.append(QString::fromStdString(refusal));
    }
    return RunController::tr("%1 scenarios cannot be used. %2").arg(refusals.size()).arg(reasons.join(QLatin1Char('\n')));
}

QString placesText(const std::vector<std::string> &paths)
{
    return paths.size() == 1 ? shownText(paths.front()) : RecentPaths::title(paths);
}

} // namespace

RunController::RunController(QObject *parent)
    : QObject(parent)
{
    connect(&opener_, &PathOpener::progressed, this, &RunController::searched);
    connect(&opener_, &PathOpener::opened, this, [this](const std::shared_ptr<const OpenedPaths> &opened) { take(*opened); });
}

RunController::~RunController() = default;

void RunController::open(std::vector<std::string> paths, PathIntent intent)
{
    if (paths.empty())
        return;
    heldRuns_.push_back(session_ ? runNumber_ : 0);
    if (session_)
        session_->hold();
    opener_.open(std::move(paths), intent);
    Q_EMIT stateChanged();
}

void RunController::take(const OpenedPaths &opened)
{
    report(opened);
    if (!opened.isCancelled && !opened.paths.empty()) {
        Q_EMIT reads(opened.paths);
        takeFiles(opened);
    }
    if (session_ && heldRuns_.front() == runNumber_)
        session_->release();
    heldRuns_.pop_front();
    if (!opened.scenarios.empty()) {
        std::erase_if(scenarioPaths_, [](const auto &each) { return each.first.expired(); });
        scenarioPaths_.emplace_back(opened.scenarios.front(), opened.scenarioPaths.front());
        Q_EMIT scenarioOpened(opened.scenarios.front(), opened.scenarioPaths.front());
    }
    if (!opened.traces.empty())
        Q_EMIT tracesFound(opened.traces);
    if (!opened.toAskFor.empty())
        Q_EMIT choiceNeeded(opened.toAskFor);
    Q_EMIT stateChanged();
}

void RunController::report(const OpenedPaths &opened)
{
    if (!opened.failure.empty())
        Q_EMIT reported(Severity::Error, tr("The files cannot be looked for: %1.").arg(QString::fromStdString(opened.failure)));
    if (!opened.refusals.empty())
        Q_EMIT reported(Severity::Error, refusalText(opened.refusals));
    if (opened.scenarios.size() > 1) {
        const QString first = QString::fromStdString(opened.scenarios.front()->title);
        Q_EMIT reported(Severity::Info, tr("Only one scenario can be open at a time: “%1” is.").arg(first));
    }
    if (opened.isCancelled)
        Q_EMIT reported(Severity::Info, tr("The search for files was cancelled; none of them is read."));
    else if (opened.files.files.empty() && !opened.paths.empty())
        Q_EMIT reported(Severity::Info, tr("There is no file to read in %1.").arg(placesText(opened.paths)));
}

void RunController::takeFiles(const OpenedPaths &opened)
{
    if (opened.files.files.empty())
        return;
    if (session_)
        letJoin(opened);
    else
        ask([this, opened] { session_ ? letJoin(opened) : startFiles(opened); });
}

void RunController::letJoin(const OpenedPaths &opened)
{
    if (!session_->join(readFiles(opened.files.files, settings_.reader))) {
        waitingFiles_.push_back(opened); // it is ending
        return;
    }
    session_->describe([&opened](RunInfo &info) { addSkipped(info, opened.files); });
    std::vector<std::string> &paths = document_->request().paths;
    paths.insert(paths.end(), opened.paths.begin(), opened.paths.end());
}

void RunController::startFiles(const OpenedPaths &opened)
{
    const std::size_t count = opened.files.files.size();
    RunRequest request;
    request.paths = opened.paths;
    const std::string title = std::to_string(count) + (count == 1 ? " file" : " files");
    start(std::move(request), sessionSettings(title, 0), readFiles(opened.files.files, settings_.reader), opened.files);
}

void RunController::runScenario(std::shared_ptr<const Scenario> scenario, std::map<std::string, std::string> values)
{
    RunRequest request;
    request.scenarioPath = pathOf(scenario);
    request.scenario = std::move(scenario);
    request.values = std::move(values);
    ask([this, request = std::move(request)] { startWhenFree([this, request] { startScenario(request); }); });
}

std::string RunController::pathOf(const std::shared_ptr<const Scenario> &scenario) const
{
    const auto opened = std::ranges::find_if(scenarioPaths_, [&](const auto &each) { return scenario && each.first.lock() == scenario; });
    return opened == scenarioPaths_.end() ? std::string() : opened->second;
}

void RunController::startScenario(RunRequest request)
{
    auto plan = planScenario(*request.scenario, request.values);
    if (!plan) {
        Q_EMIT reported(Severity::Error, QString::fromStdString(plan.error().text()));
        return;
    }
    SessionSettings settings = sessionSettings(plan->title, plan->workers);
    if (plan->needsThreadAJob) { // so many at once as there can be
        settings.workerLife = WorkerLife::Job;
        settings.workers = static_cast<int>(std::clamp<std::int64_t>(plan->poolTaskCount, 1, mostWorkers));
    }
    start(std::move(request), std::move(settings), loopscope::runScenario(std::move(*plan), {}, settings_.reader), {});
}

SessionSettings RunController::sessionSettings(std::string title, int workers) const
{
    SessionSettings result;
    result.title = std::move(title);
    result.workers = settings_.workers > 0 ? settings_.workers : workers;
    result.inFlight = settings_.inFlight;
    result.stallThreshold = settings_.stallThreshold();
    result.memoryLimit = settings_.memoryLimit();
    result.previewBudget = previewBudget;
    return result;
}

void RunController::start(RunRequest request, SessionSettings settings, Session::Work work, const FileList &files)
{
    ++runNumber_;
    session_ = std::make_unique<Session>(std::move(settings));
    document_ = std::make_shared<TraceDocument>(session_->trace(), std::move(request));
    connect(session_.get(), &Session::advanced, this, &RunController::advanced);
    connect(session_.get(), &Session::ended, this, &RunController::onSessionEnded);
    session_->describe([&files](RunInfo &info) { addSkipped(info, files); });
    session_->start(std::move(work));
    Q_EMIT runReplaced();
    Q_EMIT stateChanged();
}

void RunController::ask(const std::function<void()> &next)
{
    gate_ ? gate_(next) : next();
}

void RunController::startWhenFree(std::function<void()> next)
{
    if (!session_) {
        next();
        return;
    }
    next_ = std::move(next);
    session_->stop();
    Q_EMIT stateChanged();
}

void RunController::onSessionEnded()
{
    // The session is on the stack: it emits this signal.
    session_.release()->deleteLater();
    recentRuns_.add(document_);
    Q_EMIT ended();
    Q_EMIT stateChanged();
    if (const auto next = std::exchange(next_, nullptr))
        next();
    for (const OpenedPaths &files : std::exchange(waitingFiles_, {}))
        takeFiles(files);
}

void RunController::keepAmongRecent(const std::shared_ptr<TraceDocument> &run)
{
    recentRuns_.add(run);
    Q_EMIT stateChanged();
}

void RunController::runAgain(const RunRequest &request)
{
    const RunRequest again = request; // the run may go that it is a part of
    if (again.scenario)
        runScenario(again.scenario, again.values);
    if (!again.paths.empty())
        open(again.paths, PathIntent::Read);
}

void RunController::stop()
{
    next_ = nullptr;
    forgetWaiting();
    opener_.cancel();
    if (session_)
        session_->stop();
    Q_EMIT stateChanged();
}

void RunController::forgetWaiting()
{
    std::size_t count = 0;
    for (const OpenedPaths &each : waitingFiles_)
        count += each.files.files.size();
    waitingFiles_.clear();
    if (count > 0)
        Q_EMIT reported(Severity::Info, count == 1 ? tr("Stopped: 1 of the dropped files is not read.")
                                                   : tr("Stopped: %1 of the dropped files are not read.").arg(count));
}

void RunController::cancelSearch()
{
    opener_.cancel();
}

void RunController::clear()
{
    const auto showNothing = [this] {
        document_.reset();
        Q_EMIT runReplaced();
        Q_EMIT stateChanged();
    };
    stop();
    startWhenFree(showNothing);
}

} // namespace loopscope
