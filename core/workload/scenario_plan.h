#pragma once

#include "core/trace/time.h"
#include "core/workload/scenario.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace loopscope {

/// A task of a plan, or `count` that are alike: a ScenarioTask in which every value is final. Durations are in nanoseconds.
struct PlannedTask {
    std::string name;
    TaskKind kind = TaskKind::Sleep;
    Place place = Place::Pool;
    int count = 1;
    int repeat = 1;
    Nanoseconds duration = 0;
    Nanoseconds pause = 0;
    Nanoseconds startDelay = 0;
    Nanoseconds timeout = 0; ///< 0 is none
    std::vector<std::string> files;
    int sampleCount = 0;            ///< files to make if there are none to read
    std::uint64_t sampleBytes = 0;  ///< of the first; the i-th is i times as long
    std::uint64_t requestBytes = 0; ///< of an exchange: `count` clients, each with `repeat` requests, and `pause` between them
    std::uint64_t answerBytes = 0;
    Transport transport = Transport::Tcp;
    std::vector<std::shared_ptr<const PlannedTask>> children;

    /// "name", or "name (2)" for the second of several; `index` counts from 0.
    [[nodiscard]] std::string nameOf(int index) const;
};

/// What a scenario will do with the values chosen. Cheap to copy.
struct ScenarioPlan {
    std::string title; ///< the scenario's name
    int workers = 0;   ///< 1…1024; 0 is one a core
    std::vector<std::shared_ptr<const PlannedTask>> tasks;
    bool needsThreadAJob = false;   ///< WorkerLife::Job, for connections that have a thread each
    bool needsSockets = false;      ///< loadSocketsModule(), for connections that coroutines serve
    std::int64_t poolTaskCount = 0; ///< tasks with work for a worker: so many jobs there can be at once
    std::int64_t taskCount = 0;     ///< tasks with those that parents make; a task a file that it names or makes
    std::int64_t readings = 0;      ///< tasks of the kind `files`, each of which reads all files that are given to the run
};

/// All samples of a run, in bytes. They are written on the loop before the first task exists: so few are no stall on a busy machine either.
inline constexpr std::uint64_t maxSampleBytes = 16 << 20;

/// Puts `values` (as `--set` takes them; the defaults for the others) into a scenario, and checks the totals.
[[nodiscard]] tl::expected<ScenarioPlan, ScenarioError> planScenario(const Scenario &scenario,
                                                                     const std::map<std::string, std::string> &values);

/// Why a run of the plan cannot be given so many files: they would be more tasks than a scenario may make, and more than there are files.
/// Nothing if it can.
[[nodiscard]] std::optional<std::string> objectionToFiles(const ScenarioPlan &plan, std::size_t given);

/// The name of a kind in documents, in the report and in TaskFacts::kind: "sleep", "timer", "cpu", "read", "exchange", "files", "parent".
[[nodiscard]] const char *taskKindKey(TaskKind kind);
/// The name of a place in documents: "pool", "loop", "process", "timer", "await", "thread".
[[nodiscard]] const char *placeKey(Place place);
/// The place of that name, which there must be.
[[nodiscard]] Place placeOfKey(std::string_view key);
/// The name of a transport in documents: "tcp", "local".
[[nodiscard]] const char *transportKey(Transport transport);
/// The transport of that name, which there must be.
[[nodiscard]] Transport transportOfKey(std::string_view key);
/// Where tasks of a kind can do their work.
[[nodiscard]] std::span<const Place> placesOf(TaskKind kind);

} // namespace loopscope
