#pragma once

#include "core/runtime/session.h"
#include "core/workload/file_reader.h"
#include "core/workload/file_tree.h"
#include "core/workload/scenario_plan.h"

#include <vector>

namespace loopscope {

/// Work for a session that does what a plan says. `files` are what its tasks of the kinds `files` and `read` read; without
/// any they read those that the scenario names, and without those samples, which are made in the run's temporary directory before the first
/// task exists. Files given that none of them reads are read beside them, a task each. All tasks but the children of parents exist
/// before the first of them runs; a start delay is a wait of the task. Where objectionToFiles() has one, the only task fails with it.
/// What a plan with sockets needs is loaded at once, which takes milliseconds the first time.
[[nodiscard]] Session::Work runScenario(ScenarioPlan plan, std::vector<FoundFile> files, FileReader reader = FileReader::Automatic);

} // namespace loopscope
