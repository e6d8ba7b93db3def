#include "core/workload/scenario_files.h"

#include "core/workload/sample_files.h"

#include <algorithm>
#include <cstddef>

namespace loopscope {

namespace {

/// How many of the first of `all` files `tasks` read, children included.
std::size_t countRead(const std::vector<std::shared_ptr<const PlannedTask>> &tasks, std::size_t all)
{
    std::size_t read = 0;
    for (const auto &task : tasks) {
        if (task->kind == TaskKind::Files)
            return all;
        if (task->kind == TaskKind::Read)
            read = std::max(read, static_cast<std::size_t>(task->count));
        read = std::max(read, countRead(task->children, all));
    }
    return std::min(read, all);
}

std::vector<FoundFile> found(const std::vector<std::string> &paths, bool areRegular)
{
    std::vector<FoundFile> files;
    files.reserve(paths.size());
    for (const std::string &path : paths)
        files.push_back({path, areRegular});
    return files;
}

} // namespace

ScenarioFiles::ScenarioFiles(const ScenarioPlan &plan, std::vector<FoundFile> given, FileReader reader,
                             const std::function<std::string()> &temporaryDirectory)
    : given_(std::move(given))
    , reader_(reader)
{
    if (given_->empty())
        makeSamples(plan.tasks, temporaryDirectory);
}

const tl::expected<std::vector<FoundFile>, std::string> &ScenarioFiles::of(const PlannedTask &task) const
{
    const auto other = others_.find(&task);
    return other == others_.end() ? given_ : other->second;
}

std::vector<FoundFile> ScenarioFiles::unread(const ScenarioPlan &plan) const
{
    const auto read = static_cast<std::ptrdiff_t>(countRead(plan.tasks, given_->size()));
    return {given_->begin() + read, given_->end()};
}

void ScenarioFiles::makeSamples(const std::vector<std::shared_ptr<const PlannedTask>> &tasks,
                                const std::function<std::string()> &temporaryDirectory)
{
    for (const auto &task : tasks) {
        makeSamples(task->children, temporaryDirectory);
        if (task->kind != TaskKind::Files && task->kind != TaskKind::Read)
            continue;
        if (!task->files.empty()) {
            others_.emplace(task.get(), found(task->files, false));
            continue;
        }
        const std::string directory = temporaryDirectory();
        const std::string folder = directory + "/samples-" + std::to_string(others_.size() + 1);
        others_.emplace(task.get(), directory.empty()
                                        ? Files(tl::unexpect, "no temporary folder for the sample files could be made")
                                        : makeSampleFiles(folder, task->sampleCount, task->sampleBytes).map([](const auto &paths) {
                                              return found(paths, true);
                                          }));
    }
}

} // namespace loopscope
