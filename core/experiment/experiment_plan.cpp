#include "core/experiment/experiment_plan.h"

#include "core/text/display_text.h"
#include "core/text/number_text.h"

#include <algorithm>

namespace loopscope {

namespace {

std::string keysOf(const std::vector<Strategy> &strategies)
{
    std::string keys;
    for (const Strategy &strategy : strategies)
        keys += (keys.empty() ? "" : ", ") + strategy.key;
    return keys;
}

void append(std::vector<std::string> &command, const std::vector<std::string> &arguments)
{
    command.insert(command.end(), arguments.begin(), arguments.end());
}

} // namespace

std::string Candidate::name() const
{
    return workers ? strategy.key + ", " + countText(static_cast<std::uint64_t>(*workers), "worker") : strategy.key;
}

tl::expected<std::vector<Candidate>, std::string> candidatesOf(const std::vector<Strategy> &strategies,
                                                               const std::vector<std::string> &keys, const std::vector<int> &workers)
{
    std::vector<Strategy> chosen;
    for (const std::string &key : keys) {
        const auto strategy = std::ranges::find(strategies, key, &Strategy::key);
        if (strategy == strategies.end())
            return tl::unexpected("there is no strategy " + displayName(key) + " for this work, but " + keysOf(strategies));
        chosen.push_back(*strategy);
    }
    std::vector<Candidate> candidates;
    for (const Strategy &strategy : keys.empty() ? strategies : chosen) {
        if (workers.empty() || !strategy.takesWorkers)
            candidates.push_back({strategy, std::nullopt});
        else
            std::ranges::transform(workers, std::back_inserter(candidates), [&](int count) { return Candidate{strategy, count}; });
    }
    return candidates;
}

std::vector<std::string> commandOf(const std::string &program, const ExperimentWork &work, const Candidate &candidate,
                                   const std::string &trace)
{
    std::vector<std::string> command{program, "run"};
    append(command, candidate.strategy.arguments);
    if (candidate.workers)
        append(command, {"--workers", std::to_string(*candidate.workers)});
    append(command, work.arguments);
    append(command, {"--report", "none", "--save", trace, "--"});
    append(command, work.paths);
    return command;
}

} // namespace loopscope
