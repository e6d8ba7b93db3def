#include "app/scenario_choice.h"

#include "core/text/display_text.h"

namespace loopscope {

namespace {

/// What helps who mistyped a name; nothing if it was meant for a path.
std::string builtInNames(const std::string &name)
{
    if (name.find('/') != std::string::npos)
        return {};
    std::string names;
    for (const Scenario &scenario : builtInScenarios())
        names += (names.empty() ? "; built in are " : ", ") + scenario.name;
    return names;
}

tl::expected<Scenario, std::string> findScenario(const std::string &name)
{
    if (const Scenario *builtIn = findBuiltInScenario(name))
        return *builtIn;
    auto loaded = loadScenario(name);
    if (!loaded)
        return tl::unexpected(loaded.error().text() + builtInNames(name));
    return *std::move(loaded);
}

} // namespace

tl::expected<ChosenScenario, std::string> chooseScenario(const std::string &name, const std::map<std::string, std::string> &values)
{
    const std::string subject = "scenario " + displayName(name) + ": ";
    auto scenario = findScenario(name);
    if (!scenario)
        return tl::unexpected(subject + scenario.error());
    auto plan = planScenario(*scenario, values);
    if (!plan)
        return tl::unexpected(subject + plan.error().text());
    return ChosenScenario{*std::move(scenario), *std::move(plan)};
}

} // namespace loopscope
