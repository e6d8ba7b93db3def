#include "app/headless_run.h"

#include "app/file_search.h"
#include "core/text/number_text.h"
#include "core/workload/file_reading.h"
#include "core/workload/scenario_run.h"

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace loopscope {

namespace {

constexpr int searchProgressIntervalMs = 100;
// A search that is stopped ends at the next file, unless the file system does not answer.
constexpr std::chrono::milliseconds searchPatience(500);
// To make more tasks only to cancel them would take longer than a stop may last.
constexpr std::size_t mostCancelledAtStart = 100'000;

std::string progressText(const Trace &trace)
{
    const TaskTotals &totals = trace.totals();
    std::string text =
        std::to_string(trace.endedTasks().size()) + " of " + countText(trace.tasks().size() + trace.info().tasksToCome, "task");
    if (totals.files > 0)
        text += ", " + bytesText(static_cast<double>(totals.bytes));
    if (totals[Outcome::Failed] > 0)
        text += ", " + std::to_string(totals[Outcome::Failed]) + " failed";
    return text + ", " + durationText(trace.now());
}

} // namespace

HeadlessRun::HeadlessRun(const SessionSettings &settings, HeadlessWork work)
    : session_(settings)
    , work_(std::move(work))
{
    connect(&session_, &Session::advanced, this, [this] {
        if (progress_.isDue())
            progress_.show(progressText(*session_.trace()));
    });
    connect(&searchTimer_, &QTimer::timeout, this, [this] { progress_.show(countText(search_->found(), "file") + " found"); });
    connect(&session_, &Session::ended, this, [this] {
        progress_.clear();
        Q_EMIT ended();
    });
}

HeadlessRun::~HeadlessRun() = default;

void HeadlessRun::start()
{
    if (work_.paths.empty()) {
        session_.setMostJobs(mostJobs(0));
        session_.start(runScenario(*std::move(work_.plan), {}, work_.reader));
        return;
    }
    search_ = std::make_unique<FileSearch>(std::move(work_.paths));
    if (!search_->hasThread())
        return startWithNothing("the system grants no thread to look for the files: nothing was run");
    connect(search_.get(), &FileSearch::finished, this, &HeadlessRun::startWithFiles);
    searchTimer_.start(searchProgressIntervalMs);
}

std::size_t HeadlessRun::mostJobs(std::size_t files) const
{
    const auto tasks = work_.plan ? static_cast<std::size_t>(work_.plan->poolTaskCount) : 0;
    return tasks + std::min(files, static_cast<std::size_t>(session_.settings().inFlight));
}

void HeadlessRun::stop()
{
    if (session_.phase() != Session::Phase::Fresh)
        return session_.stop();
    isSearchStopped_ = true;
    search_->stop();
    QTimer::singleShot(searchPatience, this, [this] {
        if (session_.phase() == Session::Phase::Fresh)
            startWithNothing("the search for the files was given up: the system did not answer");
    });
}

void HeadlessRun::addNote(const std::string &note)
{
    if (session_.phase() != Session::Phase::Ended)
        session_.describe([&note](RunInfo &info) { info.notes.push_back(note); });
}

void HeadlessRun::startWithFiles()
{
    if (session_.phase() != Session::Phase::Fresh)
        return; // it was given up before it answered
    if (search_->isOutOfMemory())
        return startWithNothing("there is not enough memory for the names of the files: nothing was run");
    FileList list = search_->takeFound();
    const std::size_t found = list.files.size();
    if (isSearchStopped_ && found > mostCancelledAtStart)
        return startWithNothing("the search was interrupted after " + countText(found, "file") + ", none of which was read");
    searchTimer_.stop();
    session_.setMostJobs(mostJobs(found));
    session_.start(work_.plan ? runScenario(*std::move(work_.plan), std::move(list.files), work_.reader)
                              : readFiles(std::move(list.files), work_.reader));
    session_.describe([&](RunInfo &info) {
        info.skipped = list.skipped;
        if (!work_.plan)
            info.title = countText(found, "file");
        if (isSearchStopped_)
            info.notes.push_back("the search was interrupted after " + countText(found, "file"));
    });
    if (isSearchStopped_)
        session_.stop();
}

// A run of nothing, so that there is something to report.
void HeadlessRun::startWithNothing(const std::string &note)
{
    searchTimer_.stop();
    session_.start([](Runtime &) {});
    session_.describe([&note](RunInfo &info) { info.notes.push_back(note); });
    if (isSearchStopped_)
        session_.stop();
}

} // namespace loopscope
