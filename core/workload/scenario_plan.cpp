#include "core/workload/scenario_plan.h"

#include "core/text/number_text.h"
#include "core/workload/scenario_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <type_traits>

namespace loopscope {
namespace {

constexpr std::array allPlaces{Place::Pool, Place::Loop, Place::Process, Place::Timer, Place::Await, Place::Thread};

bool worksOnPool(const PlannedTask &task)
{
    const bool isAwaiting = task.kind == TaskKind::Timer || task.kind == TaskKind::Parent || task.place == Place::Await;
    return !isAwaiting
           && (task.kind == TaskKind::Files || task.place == Place::Pool || task.place == Place::Process || task.place == Place::Thread);
}

/// How many tasks it is. Of an exchange the server, and for each client that and its connection.
std::int64_t tasksOf(const PlannedTask &task)
{
    if (task.kind == TaskKind::Exchange)
        return 1 + 2 * static_cast<std::int64_t>(task.count);
    if (task.kind != TaskKind::Files)
        return task.count;
    return task.files.empty() ? task.sampleCount : static_cast<std::int64_t>(task.files.size());
}

/// Makes the plan of one scenario, and counts while it does.
class Planner {
public:
    explicit Planner(const ParameterValues &values)
        : values_(values)
    {
    }

    /// Plans `tasks`, each of which will exist `times` times.
    std::vector<std::shared_ptr<const PlannedTask>> plan(const std::vector<ScenarioTask> &tasks, std::int64_t times);

    [[nodiscard]] const std::optional<ScenarioError> &error() const { return error_; }
    [[nodiscard]] std::int64_t taskCount() const { return taskCount_; }
    [[nodiscard]] std::int64_t poolTaskCount() const { return poolTaskCount_; }
    [[nodiscard]] std::int64_t readings() const { return readings_; }
    [[nodiscard]] bool needsThreadAJob() const { return needsThreadAJob_; }
    [[nodiscard]] bool needsSockets() const { return needsSockets_; }

private:
    template <typename T>
    [[nodiscard]] T valueOf(const Setting<T> &setting) const;
    [[nodiscard]] Nanoseconds nanosecondsOf(const Setting<double> &seconds) const;
    [[nodiscard]] PlannedTask planOne(const ScenarioTask &task) const;
    void countTasks(const ScenarioTask &task, std::int64_t tasks, int repeat);
    void checkDuration(const ScenarioTask &task, const PlannedTask &planned);
    void countSamples(const ScenarioTask &task, const PlannedTask &planned);
    void countClients(const ScenarioTask &task, const PlannedTask &planned, std::int64_t times);
    void fail(std::string where, std::string what);

    const ParameterValues &values_;
    std::optional<ScenarioError> error_;
    std::int64_t taskCount_ = 0;
    std::int64_t poolTaskCount_ = 0;
    std::int64_t readings_ = 0;
    bool needsThreadAJob_ = false;
    bool needsSockets_ = false;
    std::int64_t jobCount_ = 0;
    std::uint64_t sampleBytes_ = 0;
    std::int64_t clients_ = 0;
    std::int64_t bytesOnTheWay_ = 0;
};

void Planner::fail(std::string where, std::string what)
{
    if (!error_)
        error_ = ScenarioError{std::move(where), std::move(what)};
}

template <typename T>
T Planner::valueOf(const Setting<T> &setting) const
{
    if (setting.parameter.empty())
        return setting.value;
    // That the parameter exists and that its type fits was checked when the document was read.
    const ParameterValue &value = values_.find(setting.parameter)->second;
    if constexpr (std::is_same_v<T, bool>)
        return std::get<bool>(value);
    else if constexpr (std::is_same_v<T, Place>)
        return placeOfKey(std::get<std::string>(value));
    else if constexpr (std::is_same_v<T, Transport>)
        return transportOfKey(std::get<std::string>(value));
    else
        return static_cast<T>(std::get<double>(value));
}

Nanoseconds Planner::nanosecondsOf(const Setting<double> &seconds) const
{
    return std::llround(valueOf(seconds) * static_cast<double>(nanosecondsPerSecond));
}

PlannedTask Planner::planOne(const ScenarioTask &task) const
{
    PlannedTask planned;
    planned.name = task.name;
    planned.kind = task.kind;
    planned.place = valueOf(task.place);
    planned.count = valueOf(task.count);
    planned.repeat = valueOf(task.repeat);
    planned.duration = nanosecondsOf(task.duration);
    planned.pause = nanosecondsOf(task.pause);
    planned.startDelay = nanosecondsOf(task.startDelay);
    planned.timeout = nanosecondsOf(task.timeout);
    planned.files = task.files;
    planned.sampleCount = valueOf(task.sampleCount);
    planned.sampleBytes = static_cast<std::uint64_t>(valueOf(task.sampleBytes));
    planned.requestBytes = static_cast<std::uint64_t>(valueOf(task.requestBytes));
    planned.answerBytes = static_cast<std::uint64_t>(valueOf(task.answerBytes));
    planned.transport = valueOf(task.transport);
    return planned;
}

void Planner::countTasks(const ScenarioTask &task, std::int64_t tasks, int repeat)
{
    taskCount_ += tasks;
    jobCount_ += tasks * repeat; // at most 10⁵ · 10⁵ · 10⁶: no overflow
    if (taskCount_ > maxScenarioTasks)
        fail(task.path, "makes the scenario more than " + groupedNumber(maxScenarioTasks) + " tasks, with all counts multiplied");
    if (jobCount_ > maxScenarioJobs)
        fail(task.path, "makes the scenario more than " + groupedNumber(maxScenarioJobs) + " jobs, with all counts and repeats multiplied");
}

void Planner::checkDuration(const ScenarioTask &task, const PlannedTask &planned)
{
    constexpr auto limit = static_cast<Nanoseconds>(maxScenarioSeconds) * nanosecondsPerSecond;
    const Nanoseconds once = planned.duration + planned.pause; // two days at most: no overflow
    if (once > 0 && planned.repeat > limit / once)
        fail(task.path, "lasts longer than a day: duration_s and pause_s, times repeat, are over " + numberText(maxScenarioSeconds));
}

void Planner::countSamples(const ScenarioTask &task, const PlannedTask &planned)
{
    if (!planned.files.empty() || (planned.kind != TaskKind::Files && planned.kind != TaskKind::Read))
        return;
    const auto count = static_cast<std::uint64_t>(planned.sampleCount);
    sampleBytes_ += planned.sampleBytes * (count * (count + 1) / 2); // at most 2³⁰ · 5 · 10⁷: no overflow
    if (sampleBytes_ > maxSampleBytes)
        fail(task.path, "makes the samples " + bytesText(static_cast<double>(sampleBytes_)) + " in all; " + bytesText(maxSampleBytes)
                            + " are allowed");
}

void Planner::countClients(const ScenarioTask &task, const PlannedTask &planned, std::int64_t times)
{
    if (planned.kind != TaskKind::Exchange)
        return;
    clients_ += times * planned.count;
    bytesOnTheWay_ += times * planned.count * static_cast<std::int64_t>(planned.requestBytes + planned.answerBytes); // 10⁵ · 2²¹ at most
    if (bytesOnTheWay_ > maxBytesOnTheWay)
        fail(task.path,
             "makes the requests and answers of all clients more than " + bytesText(static_cast<double>(maxBytesOnTheWay)) + " together");
    if (clients_ > maxClients)
        fail(task.path, "makes the scenario more than " + groupedNumber(maxClients) + " clients, with all counts multiplied");
}

std::vector<std::shared_ptr<const PlannedTask>> Planner::plan(const std::vector<ScenarioTask> &tasks, std::int64_t times)
{
    std::vector<std::shared_ptr<const PlannedTask>> all;
    for (const ScenarioTask &task : tasks) {
        if (error_)
            break; // the counts were bounded by now, and would overflow later
        if (!valueOf(task.enabled))
            continue;
        PlannedTask planned = planOne(task);
        const std::int64_t count = times * tasksOf(planned);
        countTasks(task, count, planned.repeat);
        if (worksOnPool(planned))
            poolTaskCount_ += count;
        if (planned.kind == TaskKind::Files)
            readings_ += times;
        needsThreadAJob_ |= planned.place == Place::Thread;
        needsSockets_ |= planned.place == Place::Await;
        checkDuration(task, planned);
        countSamples(task, planned);
        countClients(task, planned, times);
        if (!error_)
            planned.children = plan(task.children, count);
        all.push_back(std::make_shared<const PlannedTask>(std::move(planned)));
    }
    return all;
}

} // namespace

std::string PlannedTask::nameOf(int index) const
{
    return count == 1 ? name : name + " (" + std::to_string(index + 1) + ")";
}

tl::expected<ScenarioPlan, ScenarioError> planScenario(const Scenario &scenario, const std::map<std::string, std::string> &values)
{
    const auto resolved = resolveParameters(scenario.parameters, values);
    if (!resolved)
        return tl::make_unexpected(resolved.error());
    Planner planner(*resolved);
    ScenarioPlan plan;
    plan.title = scenario.name;
    plan.workers = scenario.workers;
    plan.tasks = planner.plan(scenario.tasks, 1);
    plan.needsThreadAJob = planner.needsThreadAJob();
    plan.needsSockets = planner.needsSockets();
    plan.poolTaskCount = planner.poolTaskCount();
    plan.taskCount = planner.taskCount();
    plan.readings = planner.readings();
    if (planner.error())
        return tl::make_unexpected(*planner.error());
    if (plan.taskCount == 0)
        return tl::make_unexpected(ScenarioError{"tasks", "none is enabled"});
    return plan;
}

std::optional<std::string> objectionToFiles(const ScenarioPlan &plan, std::size_t given)
{
    const auto files = static_cast<std::int64_t>(given);
    const std::int64_t most = std::max(maxScenarioTasks, files); // so many there are without a scenario
    if (plan.readings == 0 || files <= most / plan.readings)
        return std::nullopt;
    return "the scenario reads each of the " + groupedNumber(given) + " files " + groupedNumber(static_cast<std::uint64_t>(plan.readings))
           + " times, a task each; " + groupedNumber(static_cast<std::uint64_t>(most)) + " are allowed";
}

const char *taskKindKey(TaskKind kind)
{
    switch (kind) {
    case TaskKind::Sleep:
        return "sleep";
    case TaskKind::Timer:
        return "timer";
    case TaskKind::Cpu:
        return "cpu";
    case TaskKind::Read:
        return "read";
    case TaskKind::Exchange:
        return "exchange";
    case TaskKind::Files:
        return "files";
    case TaskKind::Parent:
        return "parent";
    }
    return "";
}

const char *placeKey(Place place)
{
    switch (place) {
    case Place::Pool:
        return "pool";
    case Place::Loop:
        return "loop";
    case Place::Process:
        return "process";
    case Place::Timer:
        return "timer";
    case Place::Await:
        return "await";
    case Place::Thread:
        return "thread";
    }
    return "";
}

Place placeOfKey(std::string_view key)
{
    return *std::ranges::find_if(allPlaces, [key](Place place) { return key == placeKey(place); });
}

std::span<const Place> placesOf(TaskKind kind)
{
    const std::span<const Place> all = allPlaces;
    if (kind == TaskKind::Exchange)
        return all.subspan(4);
    return all.first(kind == TaskKind::Sleep ? 4 : 3); // there is nothing to await in place of computing
}

const char *transportKey(Transport transport)
{
    return transport == Transport::Tcp ? "tcp" : "local";
}

Transport transportOfKey(std::string_view key)
{
    return key == transportKey(Transport::Tcp) ? Transport::Tcp : Transport::Local;
}

} // namespace loopscope
