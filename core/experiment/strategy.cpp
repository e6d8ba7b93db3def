#include "core/experiment/strategy.h"

#include "core/text/system_reason.h"
#include "core/workload/small_file_ring.h"

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

constexpr auto ringKey = "io_uring";

struct PlacedStrategy {
    std::string_view place; // of the scenario's choices
    Strategy strategy;
};

const std::vector<PlacedStrategy> &placedStrategies()
{
    static const std::vector<PlacedStrategy> strategies = {
        {"loop", {"loop", "the job blocks the loop", {"--set", "place=loop"}, false}},
        {"pool", {"pool", "a worker of the pool does the job", {"--set", "place=pool"}, true}},
        {"timer", {"timers", "the loop awaits a timer", {"--set", "place=timer"}, false}},
        {"pool", {"threads", "a thread for each job", {"--set", "place=pool", "--workers", "per-job"}, false}},
        {"await", {"coroutines", "one loop serves all connections", {"--set", "place=await"}, false}},
        {"thread", {"threads", "a thread for each connection", {"--set", "place=thread"}, false}},
        {"process", {"processes", "each worker hands jobs to a process", {"--set", "place=process"}, true}},
    };
    return strategies;
}

bool readsFiles(const std::vector<ScenarioTask> &tasks)
{
    return std::ranges::any_of(tasks, [](const ScenarioTask &task) { return task.kind == TaskKind::Files || readsFiles(task.children); });
}

} // namespace

const std::vector<Strategy> &readingStrategies()
{
    static const std::vector<Strategy> strategies = {
        {"sequential", "blocking reads on the loop, one file after another", {"--reader", "sequential"}, false},
        {"coroutines", "awaited chunks, read on the pool", {"--reader", "pool"}, true},
        {"threads", "a thread for each file", {"--reader", "pool", "--workers", "per-job"}, false},
        {"processes", "each worker hands files to a process", {"--reader", "processes"}, true},
        {ringKey, "small files by the dozen, each dozen one system call", {"--reader", "io_uring"}, true},
    };
    return strategies;
}

std::vector<Strategy> strategiesOf(const Scenario &scenario)
{
    const auto place = std::ranges::find(scenario.parameters, placeParameter, &ScenarioParameter::name);
    std::vector<Strategy> strategies;
    if (place != scenario.parameters.end()) {
        for (const PlacedStrategy &placed : placedStrategies()) {
            if (std::ranges::find(place->choices, placed.place) != place->choices.end())
                strategies.push_back(placed.strategy);
        }
    }
    if (!strategies.empty())
        return strategies;
    if (readsFiles(scenario.tasks))
        return readingStrategies();
    return {{"as-written", "as the scenario has it", {}, true}};
}

std::string obstacleTo(const Strategy &strategy)
{
    if (strategy.key != ringKey)
        return {};
    if (!SmallFileRing::isBuiltIn())
        return "the program was built without io_uring";
    const auto ring = SmallFileRing::open();
    return ring ? std::string() : "the system refuses io_uring: " + systemReason(ring.error());
}

} // namespace loopscope
