#include "core/workload/scenario_task_reader.h"

#include "core/workload/scenario_plan.h"
#include "core/workload/scenario_text.h"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace loopscope {
namespace {

constexpr std::size_t maxTaskEntries = 10'000;
constexpr NumberRange secondsRange{0, maxScenarioSeconds};
constexpr TextRule nameRule{true, 200};
constexpr TextRule pathRule{true, 4096};

/// What a reader of tasks needs beside its object.
struct TaskReading {
    const std::vector<ScenarioParameter> &parameters;
    std::set<std::string> used; // parameters that some task refers to
    FirstError &error;
};

/// Reads members that may be "$name", the value of a parameter.
class SettingReader {
public:
    SettingReader(const ObjectReader &object, TaskReading &reading)
        : object_(object)
        , reading_(reading)
    {
    }

    void read(std::string_view key, NumberRange range, Setting<int> &setting) const;
    void read(std::string_view key, NumberRange range, Setting<double> &setting) const;
    void read(std::string_view key, Setting<bool> &setting) const;
    void read(std::string_view key, TaskKind kind, Setting<Place> &setting) const;
    void read(std::string_view key, Setting<Transport> &setting) const;

private:
    /// The parameter that `value` refers to; null if it is a plain value or something is wrong with it.
    [[nodiscard]] const ScenarioParameter *parameterOf(std::string_view key, const JsonValue &value) const;
    template <typename T>
    void readNumberOrParameter(std::string_view key, NumberRange range, bool isInteger, Setting<T> &setting) const;
    template <typename Choice>
    void readChoice(std::string_view key, std::span<const Choice> choices, const char *(*keyOf)(Choice), Setting<Choice> &setting) const;
    [[nodiscard]] std::string use(const ScenarioParameter &parameter) const;
    void refuse(std::string_view key, const ScenarioParameter &parameter, const std::string &allowed) const;

    const ObjectReader &object_;
    TaskReading &reading_;
};

bool isReference(const JsonValue &value)
{
    return value.IsString() && textOf(value).starts_with('$');
}

const ScenarioParameter *SettingReader::parameterOf(std::string_view key, const JsonValue &value) const
{
    if (!isReference(value))
        return nullptr;
    const std::string_view name = textOf(value).substr(1);
    const auto found = std::ranges::find(reading_.parameters, name, &ScenarioParameter::name);
    if (found == reading_.parameters.end()) {
        object_.fail(key, "there is no parameter " + inQuotes(name));
        return nullptr;
    }
    return &*found;
}

std::string SettingReader::use(const ScenarioParameter &parameter) const
{
    reading_.used.insert(parameter.name);
    return parameter.name;
}

void SettingReader::refuse(std::string_view key, const ScenarioParameter &parameter, const std::string &allowed) const
{
    object_.fail(key, "the parameter " + parameter.name + " takes " + allowedValues(parameter) + "; here it must be " + allowed);
}

template <typename T>
void SettingReader::readNumberOrParameter(std::string_view key, NumberRange range, bool isInteger, Setting<T> &setting) const
{
    const JsonValue *value = object_.find(key);
    if (!value)
        return;
    if (!isReference(*value)) {
        setting.value = static_cast<T>(readNumber(*value, object_.pathOf(key), range, isInteger, reading_.error));
        return;
    }
    const ScenarioParameter *parameter = parameterOf(key, *value);
    if (!parameter)
        return;
    const bool isOfInteger = parameter->type == ScenarioParameter::Type::Integer;
    const bool fits = isOfInteger || (parameter->type == ScenarioParameter::Type::Number && !isInteger);
    if (!fits || parameter->min < range.min || parameter->max > range.max)
        return refuse(key, *parameter,
                      (isInteger ? "an integer from " : "a number from ") + numberText(range.min) + " to " + numberText(range.max));
    setting.parameter = use(*parameter);
}

void SettingReader::read(std::string_view key, NumberRange range, Setting<int> &setting) const
{
    readNumberOrParameter(key, range, true, setting);
}

void SettingReader::read(std::string_view key, NumberRange range, Setting<double> &setting) const
{
    readNumberOrParameter(key, range, false, setting);
}

void SettingReader::read(std::string_view key, Setting<bool> &setting) const
{
    const JsonValue *value = object_.find(key);
    if (!value)
        return;
    if (value->IsBool())
        setting.value = value->GetBool();
    else if (!isReference(*value))
        object_.fail(key, "must be true or false, not " + describe(*value));
    else if (const ScenarioParameter *parameter = parameterOf(key, *value)) {
        if (parameter->type != ScenarioParameter::Type::Boolean)
            return refuse(key, *parameter, "a boolean");
        setting.parameter = use(*parameter);
    }
}

template <typename Choice>
void SettingReader::readChoice(std::string_view key, std::span<const Choice> choices, const char *(*keyOf)(Choice),
                               Setting<Choice> &setting) const
{
    const auto named = [&](std::string_view text) {
        return std::ranges::find_if(choices, [&](Choice choice) { return text == keyOf(choice); });
    };
    const auto isChoice = [&](std::string_view text) { return named(text) != choices.end(); };
    const auto allowed = [&](const std::string &quote) {
        std::vector<std::string> keys;
        for (const Choice choice : choices)
            keys.push_back(quote + keyOf(choice) + quote);
        return alternatives(keys);
    };
    const JsonValue *value = object_.find(key);
    if (!value)
        return;
    if (isReference(*value)) {
        const ScenarioParameter *parameter = parameterOf(key, *value);
        if (!parameter)
            return;
        if (parameter->type != ScenarioParameter::Type::Choice || !std::ranges::all_of(parameter->choices, isChoice))
            return refuse(key, *parameter, "a choice of " + allowed(""));
        setting.parameter = use(*parameter);
        return;
    }
    if (!value->IsString() || !isChoice(textOf(*value)))
        return object_.fail(key, "must be " + allowed("\"") + ", not " + describe(*value));
    setting.value = *named(textOf(*value));
}

void SettingReader::read(std::string_view key, TaskKind kind, Setting<Place> &setting) const
{
    readChoice(key, placesOf(kind), placeKey, setting);
}

void SettingReader::read(std::string_view key, Setting<Transport> &setting) const
{
    constexpr std::array transports{Transport::Tcp, Transport::Local};
    readChoice<Transport>(key, transports, transportKey, setting);
}

using Keys = std::vector<std::string_view>;

Keys keysOf(TaskKind kind)
{
    Keys keys{"name", "kind", "enabled", "count", "start_delay_s", "timeout_s"};
    const auto with = [&keys](std::initializer_list<std::string_view> more) {
        keys.insert(keys.end(), more);
        return keys;
    };
    switch (kind) {
    case TaskKind::Sleep:
    case TaskKind::Cpu:
        return with({"place", "duration_s", "repeat", "pause_s"});
    case TaskKind::Timer:
        return with({"duration_s", "repeat"});
    case TaskKind::Read:
        return with({"place", "repeat", "pause_s", "files", "sample_count", "sample_bytes"});
    case TaskKind::Exchange:
        return {"name",   "kind",    "enabled",       "count",        "timeout_s", "place",
                "repeat", "pause_s", "request_bytes", "answer_bytes", "transport"};
    case TaskKind::Files:
        return {"kind", "enabled", "files", "sample_count", "sample_bytes"};
    case TaskKind::Parent:
        return with({"children"});
    }
    return {};
}

/// Which kind an entry is of must be known before its keys can be judged.
std::optional<TaskKind> readKind(const JsonValue &value, const std::string &path, FirstError &error)
{
    constexpr std::array kinds{TaskKind::Sleep,    TaskKind::Timer, TaskKind::Cpu,   TaskKind::Read,
                               TaskKind::Exchange, TaskKind::Files, TaskKind::Parent};
    if (!value.IsObject()) {
        error.report(path, "must be an object, not " + describe(value));
        return std::nullopt;
    }
    const auto member = value.FindMember("kind");
    std::vector<std::string> known;
    for (const TaskKind kind : kinds) {
        known.push_back(taskKindKey(kind));
        if (member != value.MemberEnd() && member->value.IsString() && textOf(member->value) == known.back())
            return kind;
    }
    if (member == value.MemberEnd())
        error.report(path + ".kind", "is missing; a task is of the kind " + alternatives(known));
    else
        error.report(path + ".kind", "must be " + alternatives(known) + ", not " + describe(member->value));
    return std::nullopt;
}

void readTaskSettings(const ObjectReader &object, TaskReading &reading, ScenarioTask &task)
{
    const SettingReader settings(object, reading);
    settings.read("enabled", task.enabled);
    settings.read("count", {1, static_cast<double>(maxScenarioTasks)}, task.count);
    settings.read("place", task.kind, task.place);
    settings.read("duration_s", secondsRange, task.duration);
    settings.read("repeat", {1, 1e6}, task.repeat);
    settings.read("pause_s", secondsRange, task.pause);
    settings.read("start_delay_s", secondsRange, task.startDelay);
    settings.read("timeout_s", secondsRange, task.timeout);
    settings.read("sample_count", {1, 10'000}, task.sampleCount);
    settings.read("sample_bytes", {0, 1 << 30}, task.sampleBytes);
    settings.read("request_bytes", {1, maxExchangedBytes}, task.requestBytes);
    settings.read("answer_bytes", {1, maxExchangedBytes}, task.answerBytes);
    settings.read("transport", task.transport);
}

ScenarioTask readTask(const JsonValue &value, const std::string &path, int depth, TaskReading &reading)
{
    ScenarioTask task;
    task.path = path;
    const std::optional<TaskKind> kind = readKind(value, path, reading.error);
    if (!kind)
        return task;
    if (depth > maxScenarioDepth) {
        reading.error.report(path, "is nested deeper than " + std::to_string(maxScenarioDepth) + " parents");
        return task;
    }
    task.kind = *kind;
    if (*kind == TaskKind::Read)
        task.sampleCount.value = 1;
    if (*kind == TaskKind::Exchange)
        task.place.value = Place::Await;
    const ObjectReader object(value, path, keysOf(*kind), reading.error);
    if (*kind != TaskKind::Files)
        task.name = object.text("name", nameRule);
    if (*kind == TaskKind::Sleep || *kind == TaskKind::Cpu || *kind == TaskKind::Timer)
        static_cast<void>(object.find("duration_s", true));
    readTaskSettings(object, reading, task);
    task.files = object.texts("files", 0, 100'000, pathRule);
    if (*kind == TaskKind::Parent)
        object.forEach("children", 1, maxTaskEntries, [&](const JsonValue &child, const std::string &childPath) {
            task.children.push_back(readTask(child, childPath, depth + 1, reading));
        });
    return task;
}

} // namespace

std::vector<ScenarioTask> readTasks(const ObjectReader &document, const std::vector<ScenarioParameter> &parameters, FirstError &error)
{
    TaskReading reading{parameters, {}, error};
    std::vector<ScenarioTask> tasks;
    document.forEach("tasks", 1, maxTaskEntries,
                     [&](const JsonValue &value, const std::string &path) { tasks.push_back(readTask(value, path, 1, reading)); });
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        if (!reading.used.contains(parameters[i].name))
            error.report("parameters[" + std::to_string(i) + "]", inQuotes(parameters[i].name) + " is not used by any task");
    }
    return tasks;
}

} // namespace loopscope
