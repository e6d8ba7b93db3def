#include "core/experiment/comparison.h"

#include "core/text/number_text.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace loopscope {

namespace {

std::string runsText(std::size_t some, std::size_t all)
{
    return std::to_string(some) + " of " + countText(all, "run");
}

std::string nameOf(const Trace &trace, LaneId task)
{
    const TaskFacts &facts = trace.lane(task).task;
    return facts.file && !facts.file->path.empty() ? facts.file->path : std::string(trace.nameOf(task));
}

/// Finds the row of a task by its name, and how many of that name its trace has had before.
class TaskRows {
public:
    explicit TaskRows(std::size_t candidates)
        : candidates_(candidates)
    {
    }

    void add(const Trace &trace, std::size_t candidate)
    {
        std::unordered_map<std::string, std::size_t> seen;
        for (const LaneId task : trace.tasks()) {
            std::string name = nameOf(trace, task);
            std::vector<std::size_t> &rows = rowsOf_[name];
            const std::size_t nth = seen[name]++;
            if (nth == rows.size()) {
                rows.push_back(tasks_.size());
                tasks_.push_back({std::move(name), std::vector<std::optional<Nanoseconds>>(candidates_),
                                  std::vector<std::optional<Nanoseconds>>(candidates_)});
            }
            ComparedTask &row = tasks_[rows[nth]];
            const StateTimes times = trace.times(task);
            row.ends[candidate] = trace.lane(task).end();
            row.idles[candidate] = times[State::Ready] + times[State::Queued];
        }
    }
    std::vector<ComparedTask> take() { return std::move(tasks_); }

private:
    std::size_t candidates_;
    std::unordered_map<std::string, std::vector<std::size_t>> rowsOf_;
    std::vector<ComparedTask> tasks_;
};

} // namespace

Spread CandidateResult::spreadOf(const std::function<std::int64_t(const RunFigures &)> &figure) const
{
    if (runs.empty())
        return {};
    std::vector<std::int64_t> values;
    std::ranges::transform(runs, std::back_inserter(values), figure);
    std::ranges::sort(values);
    return {values[(values.size() - 1) / 2], values.front(), values.back()};
}

Spread CandidateResult::wall() const
{
    return spreadOf([](const RunFigures &run) { return run.wall; });
}

std::vector<std::string> Comparison::notes() const
{
    std::vector<std::string> notes;
    for (const CandidateResult &result : candidates) {
        const std::string name = result.candidate.name() + ": ";
        if (!result.obstacle.empty())
            notes.push_back(name + result.obstacle);
        if (!result.runs.empty() && !result.trace)
            notes.push_back(name + "its timeline is missing" + (result.traceObstacle.empty() ? "" : ": " + result.traceObstacle));
        const auto failed = std::ranges::count_if(result.runs, [](const RunFigures &run) { return run.tasksDone != run.tasks; });
        if (failed > 0)
            notes.push_back(name + "not every task succeeded in " + runsText(static_cast<std::size_t>(failed), result.runs.size()));
        const auto fromDisk = static_cast<std::size_t>(
            std::ranges::count_if(result.runs, [](const RunFigures &run) { return run.resources.blocksRead > 0; }));
        if (!isCold && fromDisk > 0)
            notes.push_back(name + "some data came from the disk, not from the page cache, in " + runsText(fromDisk, result.runs.size()));
        if (isCold && fromDisk < result.runs.size())
            notes.push_back(name + "nothing came from the disk in " + runsText(result.runs.size() - fromDisk, result.runs.size()));
    }
    return notes;
}

double Comparison::ratioOf(const CandidateResult &result) const
{
    const Nanoseconds first = candidates.empty() ? 0 : candidates.front().wall().median;
    return first > 0 ? static_cast<double>(result.wall().median) / static_cast<double>(first) : 0;
}

Nanoseconds ComparedTask::difference() const
{
    Nanoseconds least = INT64_MAX;
    Nanoseconds most = INT64_MIN;
    for (const std::optional<Nanoseconds> &end : ends) {
        if (end) {
            least = std::min(least, *end);
            most = std::max(most, *end);
        }
    }
    return least > most ? 0 : most - least;
}

std::vector<ComparedTask> compareTasks(const Comparison &comparison)
{
    TaskRows rows(comparison.candidates.size());
    for (std::size_t i = 0; i < comparison.candidates.size(); ++i) {
        if (const auto &trace = comparison.candidates[i].trace)
            rows.add(*trace, i);
    }
    return rows.take();
}

} // namespace loopscope
