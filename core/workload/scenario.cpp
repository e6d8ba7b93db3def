#include "core/workload/scenario.h"

#include "core/text/number_text.h"
#include "core/workload/json_reader.h"
#include "core/workload/scenario_parameter_reader.h"
#include "core/workload/scenario_plan.h"
#include "core/workload/scenario_task_reader.h"

#include <array>

namespace loopscope {
namespace {

constexpr int schemaVersion = 1;
constexpr std::string_view versionKey = "loopscope_scenario";
constexpr std::array<std::string_view, 8> documentKeys{versionKey,    "name",    "title",      "summary",
                                                       "description", "workers", "parameters", "tasks"};

/// Before anything else, for a later version may have keys that this one does not know.
std::optional<ScenarioError> checkVersion(const JsonValue &document)
{
    if (!document.IsObject())
        return ScenarioError{{}, "a scenario is an object, not " + describe(document)};
    const auto version = document.FindMember(JsonValue(rapidjson::StringRef(versionKey.data(), versionKey.size())));
    const std::string key(versionKey);
    if (version == document.MemberEnd())
        return ScenarioError{key, "is missing: this is no scenario of Loopscope, or one without its version, which is 1"};
    if (!version->value.IsNumber() || version->value.GetDouble() != schemaVersion) // 1.0 is the number 1 too
        return ScenarioError{key, "this program reads version 1, not " + describe(version->value)};
    return std::nullopt;
}

Scenario readScenario(const JsonValue &document, FirstError &error)
{
    const ObjectReader object(document, {}, documentKeys, error);
    Scenario scenario;
    scenario.name = object.identifier("name", "-_");
    scenario.title = object.text("title", {true, 100});
    scenario.summary = object.text("summary", {false, 200});
    scenario.description = object.text("description", {false, 4000});
    scenario.workers = static_cast<int>(object.number("workers", {1, 1024}, true, 0));
    scenario.parameters = readParameters(object, error);
    scenario.tasks = readTasks(object, scenario.parameters, error);
    return scenario;
}

} // namespace

tl::expected<Scenario, ScenarioError> parseScenario(std::string_view json)
{
    if (json.size() > maxScenarioBytes)
        return tl::make_unexpected(ScenarioError{{}, "the document is larger than " + bytesText(maxScenarioBytes)});
    const auto document = parseJson(json);
    if (!document)
        return tl::make_unexpected(document.error());
    if (const std::optional<ScenarioError> error = checkVersion(*document))
        return tl::make_unexpected(*error);
    FirstError error;
    Scenario scenario = readScenario(*document, error);
    if (error.get())
        return tl::make_unexpected(*error.get());
    if (const auto plan = planScenario(scenario, {}); !plan)
        return tl::make_unexpected(plan.error());
    return scenario;
}

} // namespace loopscope
