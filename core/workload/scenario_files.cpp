#include "core/workload/scenario_files.h"

#include "core/workload/sample_files.h"

namespace loopscope {

ScenarioFiles::ScenarioFiles(const ScenarioPlan &plan, std::vector<std::string> given,
                             const std::function<std::string()> &temporaryDirectory)
    : given_(std::move(given))
{
    if (given_->empty())
        makeSamples(plan.tasks, temporaryDirectory);
}

const tl::expected<std::vector<std::string>, std::string> &ScenarioFiles::of(const PlannedTask &task) const
{
    const auto other = others_.find(&task);
    return other == others_.end() ? given_ : other->second;
}

void ScenarioFiles::makeSamples(const std::vector<std::shared_ptr<const PlannedTask>> &tasks,
                                const std::function<std::string()> &temporaryDirectory)
{
    for (const auto &task : tasks) {
        makeSamples(task->children, temporaryDirectory);
        if (task->kind != TaskKind::Files && task->kind != TaskKind::Read)
            continue;
        if (!task->files.empty()) {
            others_.emplace(task.get(), task->files);
            continue;
        }
        const std::string directory = temporaryDirectory();
        const std::string folder = directory + "/samples-" + std::to_string(others_.size() + 1);
        others_.emplace(task.get(), directory.empty() ? Paths(tl::unexpect, "no temporary folder for the sample files could be made")
                                                      : makeSampleFiles(folder, task->sampleCount, task->sampleBytes));
    }
}

} // namespace loopscope
