#include "core/formats/run_info_json.h"

#include "core/formats/problem_list.h"
#include "core/trace/span.h"

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {

void writeProblems(JsonOutput &json, const std::vector<ImportProblem> &problems)
{
    json.beginArray("problems");
    for (const ImportProblem &problem : problems) {
        json.beginObject();
        json.exactText("what", problem.what);
        json.count("count", problem.count);
        json.count("first_byte", problem.firstByte);
        json.flag("left_out", problem.isLeftOut);
        json.endObject();
    }
    json.endArray();
}

void readSkipped(JsonObject &object, std::map<std::string, std::uint64_t> &skipped)
{
    JsonObject kinds;
    if (object["skipped"].get(kinds) != simdjson::SUCCESS)
        return;
    for (auto field : kinds) {
        std::string_view kind;
        std::uint64_t count = 0;
        if (field.unescaped_key().get(kind) != simdjson::SUCCESS)
            continue;
        const std::string key(kind);
        if (skipped.size() < mostTold && field.value().get(count) == simdjson::SUCCESS)
            skipped[key] = count;
    }
}

void readProblems(JsonObject &object, std::vector<ImportProblem> &problems)
{
    simdjson::ondemand::array array;
    if (object["problems"].get(array) != simdjson::SUCCESS)
        return;
    for (auto value : array) {
        JsonObject problem;
        if (value.get(problem) != simdjson::SUCCESS || problems.size() >= mostTold)
            continue;
        auto what = exactTextIn(problem, "what");
        const auto count = countIn(problem, "count");
        const auto firstByte = countIn(problem, "first_byte");
        problems.push_back({std::move(what).value_or(""), count.value_or(0), firstByte.value_or(0), flagIn(problem, "left_out")});
    }
}

int smallNumberIn(JsonObject &object, std::string_view name)
{
    constexpr std::int64_t most = 1'000'000'000;
    return static_cast<int>(std::clamp<std::int64_t>(numberIn(object, name).value_or(0), 0, most));
}

} // namespace

void writeRunInfo(JsonOutput &json, const RunInfo &info)
{
    json.exactText("title", info.title);
    json.number("started_unix_ns", info.startedUnixNs);
    json.number("workers", info.workers);
    json.number("in_flight", info.inFlight);
    json.number("cores", info.cores);
    json.number("stall_threshold_ns", info.stallThreshold);
    json.beginObject("skipped");
    for (const auto &[kind, count] : info.skipped)
        json.count(validText(kind), count);
    json.endObject();
    json.beginArray("notes");
    for (const std::string &note : info.notes)
        json.exactText(note);
    json.endArray();
    json.number("wall_ns", info.wall);
    json.number("cpu_ns", info.cpu);
    json.count("peak_rss_bytes", info.peakRssBytes);
    json.count("dropped_events", info.droppedEvents);
    json.count("spans_not_kept", info.spansNotKept);
    json.count("tasks_to_come", info.tasksToCome);
    json.exactText("imported_from", info.importedFrom);
    writeProblems(json, info.problems);
    json.flag("shows_nanoseconds", info.showsNanoseconds);
    json.flag("stopped", info.stopped);
    json.flag("finished", info.finished);
}

void readRunInfo(JsonObject &object, RunInfo &info)
{
    info.title = exactTextIn(object, "title").value_or("");
    info.startedUnixNs = numberIn(object, "started_unix_ns").value_or(0);
    info.workers = smallNumberIn(object, "workers");
    info.inFlight = smallNumberIn(object, "in_flight");
    info.cores = smallNumberIn(object, "cores");
    info.stallThreshold = std::max<Nanoseconds>(1, numberIn(object, "stall_threshold_ns").value_or(info.stallThreshold));
    readSkipped(object, info.skipped);
    readExactTexts(object, "notes", info.notes);
    info.notes.resize(std::min(info.notes.size(), mostTold));
    info.wall = std::clamp<Nanoseconds>(numberIn(object, "wall_ns").value_or(0), 0, latestTime);
    info.cpu = std::max<Nanoseconds>(0, numberIn(object, "cpu_ns").value_or(0));
    info.peakRssBytes = countIn(object, "peak_rss_bytes").value_or(0);
    info.droppedEvents = countIn(object, "dropped_events").value_or(0);
    info.spansNotKept = countIn(object, "spans_not_kept").value_or(0);
    info.tasksToCome = countIn(object, "tasks_to_come").value_or(0);
    info.importedFrom = exactTextIn(object, "imported_from").value_or("");
    readProblems(object, info.problems);
    info.showsNanoseconds = flagIn(object, "shows_nanoseconds");
    info.stopped = flagIn(object, "stopped");
    info.finished = flagIn(object, "finished");
}

} // namespace loopscope
