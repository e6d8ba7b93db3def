#include "app/headless_run.h"

#include "app/file_search.h"
#include "core/formats/number_text.h"
#include "core/workload/file_reading.h"
#include "core/workload/scenario_run.h"

namespace loopscope {

namespace {

std::string progressText(const Trace &trace)
{
    const TaskTotals &totals = trace.totals();
    std::string text = std::to_string(trace.endedTasks().size()) + " of " + countText(trace.tasks().size(), "task");
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
    connect(&session_, &Session::advanced, this, &HeadlessRun::showProgress);
    connect(&session_, &Session::ended, this, [this] {
        progress_.clear();
        Q_EMIT ended();
    });
}

HeadlessRun::~HeadlessRun() = default;

void HeadlessRun::start()
{
    if (work_.paths.empty()) {
        session_.start(runScenario(*std::move(work_.plan), {}));
        return;
    }
    session_.start([](Runtime &) {});
    session_.hold(); // until the files are found
    search_ = std::make_unique<FileSearch>(std::move(work_.paths));
    connect(search_.get(), &FileSearch::finished, this, &HeadlessRun::startWithFiles);
}

void HeadlessRun::startWithFiles(const FileList &list)
{
    session_.describe([&](RunInfo &info) {
        info.skipped = list.skipped;
        if (!work_.plan)
            info.title = countText(list.files.size(), "file");
    });
    auto work = work_.plan ? runScenario(*std::move(work_.plan), list.files) : readFiles(list.files);
    // False if the run was stopped meanwhile: then there is nothing to be done with the files.
    if (session_.join(std::move(work)))
        session_.release();
}

void HeadlessRun::showProgress()
{
    if (!progress_.isDue())
        return;
    const Trace &trace = *session_.trace();
    const bool isSearching = search_ && trace.tasks().empty();
    progress_.show(isSearching ? countText(search_->found(), "file") + " found" : progressText(trace));
}

} // namespace loopscope
