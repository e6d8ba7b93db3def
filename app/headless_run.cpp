#include "app/headless_run.h"

#include "app/file_search.h"
#include "core/text/number_text.h"
#include "core/workload/file_reading.h"
#include "core/workload/scenario_run.h"

namespace loopscope {

namespace {

constexpr int searchProgressIntervalMs = 100;

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
        session_.start(runScenario(*std::move(work_.plan), {}));
        return;
    }
    search_ = std::make_unique<FileSearch>(std::move(work_.paths));
    connect(search_.get(), &FileSearch::finished, this, &HeadlessRun::startWithFiles);
    searchTimer_.start(searchProgressIntervalMs);
}

void HeadlessRun::stop()
{
    if (session_.phase() == Session::Phase::Fresh) {
        searchTimer_.stop();
        search_.reset();
        session_.start([](Runtime &) {}); // a run of nothing, so that there is something to report
    }
    session_.stop();
}

void HeadlessRun::startWithFiles(const FileList &list)
{
    searchTimer_.stop();
    session_.start(work_.plan ? runScenario(*std::move(work_.plan), list.files) : readFiles(list.files));
    session_.describe([&](RunInfo &info) {
        info.skipped = list.skipped;
        if (!work_.plan)
            info.title = countText(list.files.size(), "file");
    });
}

} // namespace loopscope
