#include "app/scenarios_command.h"

#include "app/exit_code.h"
#include "app/standard_output.h"
#include "app/wrapped_text.h"
#include "core/workload/scenario.h"

#include <ostream>

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace loopscope {

namespace {

using JsonWriter = rapidjson::Writer<rapidjson::StringBuffer>;

void writeText(JsonWriter &json, const char *key, const std::string &text)
{
    json.Key(key);
    json.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void writeNumber(JsonWriter &json, const char *key, const std::string &number)
{
    json.Key(key);
    json.RawValue(number.data(), number.size(), rapidjson::kNumberType);
}

const char *typeKey(ScenarioParameter::Type type)
{
    switch (type) {
    case ScenarioParameter::Type::Integer:
        return "integer";
    case ScenarioParameter::Type::Number:
        return "number";
    case ScenarioParameter::Type::Choice:
        return "choice";
    case ScenarioParameter::Type::Boolean:
        return "boolean";
    }
    return "";
}

void writeDefault(JsonWriter &json, const ScenarioParameter &parameter)
{
    switch (parameter.type) {
    case ScenarioParameter::Type::Integer:
    case ScenarioParameter::Type::Number:
        writeNumber(json, "default", parameter.defaultValue);
        writeNumber(json, "min", numberText(parameter.min));
        writeNumber(json, "max", numberText(parameter.max));
        break;
    case ScenarioParameter::Type::Choice:
        writeText(json, "default", parameter.defaultValue);
        json.Key("choices");
        json.StartArray();
        for (const std::string &choice : parameter.choices)
            json.String(choice.data(), static_cast<rapidjson::SizeType>(choice.size()));
        json.EndArray();
        break;
    case ScenarioParameter::Type::Boolean:
        json.Key("default");
        json.Bool(parameter.defaultValue == "true");
        break;
    }
}

void writeScenario(JsonWriter &json, const Scenario &scenario)
{
    json.StartObject();
    writeText(json, "name", scenario.name);
    writeText(json, "title", scenario.title);
    writeText(json, "summary", scenario.summary);
    writeText(json, "description", scenario.description);
    json.Key("workers");
    if (scenario.workers > 0)
        json.Int(scenario.workers);
    else
        json.Null();
    json.Key("parameters");
    json.StartArray();
    for (const ScenarioParameter &parameter : scenario.parameters) {
        json.StartObject();
        writeText(json, "name", parameter.name);
        writeText(json, "type", typeKey(parameter.type));
        writeDefault(json, parameter);
        writeText(json, "explanation", parameter.explanation);
        json.EndObject();
    }
    json.EndArray();
    json.EndObject();
}

std::string scenariosJson()
{
    rapidjson::StringBuffer buffer;
    JsonWriter json(buffer);
    json.StartArray();
    for (const Scenario &scenario : builtInScenarios())
        writeScenario(json, scenario);
    json.EndArray();
    return std::string(buffer.GetString(), buffer.GetSize()) + '\n';
}

std::string scenarioText(const Scenario &scenario)
{
    std::string text = scenario.name + " - " + scenario.title + '\n';
    if (!scenario.description.empty())
        text += "    " + wrappedText(scenario.description, 4);
    for (const ScenarioParameter &parameter : scenario.parameters) {
        text += "  --set " + parameter.name + '=' + parameter.defaultValue + '\n';
        text += "      " + wrappedText(allowedValues(parameter) + "; " + parameter.explanation, 6);
    }
    return text;
}

std::string scenariosText()
{
    std::string text;
    for (const Scenario &scenario : builtInScenarios())
        text += scenarioText(scenario) + '\n';
    return text + "Run one by `loopscope run --scenario NAME`; what is shown after --set is the default.\n";
}

} // namespace

int listScenarios(const ScenariosOptions &options)
{
    const std::string text = options.asJson ? scenariosJson() : scenariosText();
    return writeStandardOutput([&text](std::ostream &out) { out << text; }) ? exitSuccess : exitFailure;
}

} // namespace loopscope
