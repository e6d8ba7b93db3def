#pragma once

#include "core/workload/file_reader.h"
#include "core/workload/file_tree.h"
#include "core/workload/scenario_plan.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace loopscope {

/// Which files the tasks of one run of a plan read: those given to the run, else those the scenario names, else samples.
class ScenarioFiles {
public:
    /// Makes the samples that `plan` needs, in folders within `temporaryDirectory()`, which is called only if there
    /// are any; empty stands for none. Blocks on the file system.
    ScenarioFiles(const ScenarioPlan &plan, std::vector<FoundFile> given, FileReader reader,
                  const std::function<std::string()> &temporaryDirectory);

    /// The files of a task of the kind Files or Read, or why there are none.
    [[nodiscard]] const tl::expected<std::vector<FoundFile>, std::string> &of(const PlannedTask &task) const;
    /// How they are to be read.
    [[nodiscard]] FileReader reader() const { return reader_; }
    /// Those given that no task of `plan` reads.
    [[nodiscard]] std::vector<FoundFile> unread(const ScenarioPlan &plan) const;

private:
    using Files = tl::expected<std::vector<FoundFile>, std::string>;

    void makeSamples(const std::vector<std::shared_ptr<const PlannedTask>> &tasks, const std::function<std::string()> &temporaryDirectory);

    Files given_;
    const FileReader reader_;
    std::map<const PlannedTask *, Files> others_; // of the tasks whose files are not those given
};

} // namespace loopscope
