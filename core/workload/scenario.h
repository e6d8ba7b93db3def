#pragma once

#include "core/workload/scenario_parameter.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace loopscope {

/// A value in a scenario: itself, or that of a parameter ("$name" in the document), whose range was checked to fit.
template <typename T>
struct Setting {
    T value{};
    std::string parameter; ///< its name without the $; empty if `value` is meant
};

/// What a task does.
enum class TaskKind {
    Sleep,    ///< blocks its thread for a while: time.sleep, or run_in_executor(time.sleep)
    Timer,    ///< awaits a timer: asyncio.sleep
    Cpu,      ///< computes for a while, in CPU time of its thread
    Read,     ///< reads a file with blocking calls, from beginning to end
    Exchange, ///< clients that ask a server over sockets, and wait for its answers
    Files,    ///< no task itself, but one a file: its chunks are read on the pool
    Parent,   ///< makes its children when it runs, and awaits them all: asyncio.gather
};

/// Where blocking work runs.
enum class Place {
    Pool,    ///< on a worker, while the loop goes on
    Loop,    ///< on the loop, which stops everybody
    Process, ///< in a process that a worker hands it to
    Timer,   ///< nowhere: a sleep is not blocked through, but awaited
    Await,   ///< nowhere: sockets are awaited on the loop
    Thread   ///< on a thread of its own
};

/// How the clients of an Exchange reach its server.
enum class Transport {
    Tcp,  ///< over the loopback interface
    Local ///< over a local socket, in the run's temporary folder
};

/// One entry of a scenario's `tasks`: `count` tasks that are alike. Durations are in seconds, 0 to maxScenarioSeconds.
struct ScenarioTask {
    std::string name; ///< UTF-8; of several: "name (1)", "name (2)", …
    TaskKind kind = TaskKind::Sleep;
    std::string path; ///< of this entry in the document: "tasks[2].children[0]"
    Setting<bool> enabled{true, {}};
    Setting<int> count{1, {}};
    Setting<Place> place{Place::Pool, {}};
    Setting<double> duration;   ///< of each repetition
    Setting<int> repeat{1, {}}; ///< how often it does its work, one after another
    Setting<double> pause;      ///< awaited between two repetitions
    Setting<double> startDelay; ///< awaited before its work begins
    Setting<double> timeout;    ///< from its creation; 0 is none
    std::vector<std::string> files;
    Setting<int> sampleCount{5, {}};         ///< files made where there are none to read, 1…10,000
    Setting<int> sampleBytes{256 << 10, {}}; ///< of the first sample; the i-th is i times as long
    Setting<int> requestBytes{100, {}};      ///< of an Exchange, as the next two
    Setting<int> answerBytes{1000, {}};
    Setting<Transport> transport{Transport::Tcp, {}};
    std::vector<ScenarioTask> children; ///< of a Parent
};

/// A description of a run, from a document or built in. It holds no state, and was validated: what it says can be planned.
struct Scenario {
    std::string name;        ///< lower-case letters, digits and -: what `--scenario` takes
    std::string title;       ///< a few words
    std::string summary;     ///< one line; may be empty
    std::string description; ///< one paragraph; may be empty
    int workers = 0;         ///< threads of the pool, 1…1024; 0 is one a core
    std::vector<ScenarioParameter> parameters;
    std::vector<ScenarioTask> tasks;
};

/// A document is read up to this size: no sensible one is a hundredth of it.
inline constexpr std::size_t maxScenarioBytes = 4 << 20;
/// A day: what lasts longer is a mistake in a unit. It also keeps nanoseconds far from overflow.
inline constexpr double maxScenarioSeconds = 86'400;
/// Tasks of one run, all counts multiplied. So many lanes are what the timeline is made for; each costs a few KiB in the runtime, so that a
/// scenario from a stranger cannot fill the memory.
inline constexpr std::int64_t maxScenarioTasks = 100'000;
/// What the tasks of one run do, all counts and repetitions multiplied: each repetition is some spans to record.
inline constexpr std::int64_t maxScenarioJobs = 1'000'000;
/// Bytes of a request or an answer.
inline constexpr int maxExchangedBytes = 1 << 20;
/// Requests and answers of all clients together, which may all be on their way at once.
inline constexpr std::int64_t maxBytesOnTheWay = 128 << 20;
/// Clients of all exchanges of a run, each of which takes two descriptors.
inline constexpr int maxClients = 400;
/// Parents within parents.
inline constexpr int maxScenarioDepth = 32;

/// Reads and validates a document. It is completely checked: whatever is wrong in it is an error here, before anything runs, and a
/// scenario that is returned runs with its default values.
[[nodiscard]] tl::expected<Scenario, ScenarioError> parseScenario(std::string_view json);

/// parseScenario() of a file. Only a regular file is opened, and never more than maxScenarioBytes read. Relative `files` in it are relative
/// to its directory. `path` is in raw bytes.
[[nodiscard]] tl::expected<Scenario, ScenarioError> loadScenario(const std::string &path);

/// Whether a file is meant to be a scenario, right or wrong: its name ends in .json, and its beginning has the key "loopscope_scenario".
/// Reads 4 KiB of it at most, if its name fits.
[[nodiscard]] bool looksLikeScenario(const std::string &path);

/// The scenarios of the program itself, in the order to show them. Made on the first call. Any thread.
[[nodiscard]] const std::vector<Scenario> &builtInScenarios();

/// The built-in scenario of that name, or null.
[[nodiscard]] const Scenario *findBuiltInScenario(std::string_view name);

} // namespace loopscope
