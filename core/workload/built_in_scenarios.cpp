#include "core/workload/scenario.h"

#include <algorithm>
#include <array>

#include <QFile>
#include <QString>

// Outside of any namespace, as Q_INIT_RESOURCE demands: the linker would drop a static library's resources that nobody asks for.
static void initScenarioResources()
{
    Q_INIT_RESOURCE(scenarios);
}

namespace loopscope {
namespace {

constexpr std::array names{"async-read", "executor", "blocked-loop", "async-sleep", "gather", "cpu-bound", "connections"};

Scenario loadBuiltIn(const char *name)
{
    QFile file(QStringLiteral(":/scenarios/%1.json").arg(QLatin1String(name)));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the built-in scenario %s is missing", name);
    auto scenario = parseScenario(file.readAll().toStdString());
    if (!scenario) // a mistake in the program, which its tests find
        qFatal("the built-in scenario %s: %s", name, scenario.error().text().c_str());
    return *std::move(scenario);
}

std::vector<Scenario> loadBuiltIns()
{
    initScenarioResources();
    std::vector<Scenario> scenarios;
    std::ranges::transform(names, std::back_inserter(scenarios), loadBuiltIn);
    return scenarios;
}

} // namespace

const std::vector<Scenario> &builtInScenarios()
{
    static const std::vector<Scenario> scenarios = loadBuiltIns();
    return scenarios;
}

const Scenario *findBuiltInScenario(std::string_view name)
{
    const auto found = std::ranges::find(builtInScenarios(), name, &Scenario::name);
    return found == builtInScenarios().end() ? nullptr : &*found;
}

} // namespace loopscope
