#include "core/experiment/comparison_json_reader.h"

#include "core/formats/json_fields.h"

#include <algorithm>
#include <limits>

namespace loopscope {

namespace {

constexpr std::size_t mostCandidates = 4096;
constexpr std::size_t mostRuns = mostRepetitions;
constexpr std::int64_t mostSmall = 1'000'000;

int smallNumberIn(JsonObject &object, std::string_view name)
{
    return static_cast<int>(std::clamp<std::int64_t>(numberIn(object, name).value_or(0), 0, mostSmall));
}

std::string validTextIn(JsonObject &object, std::string_view name)
{
    return std::string(textIn(object, name).value_or(""));
}

/// A figure that is not negative, and none of those that its type cannot hold.
template <typename Figure>
void readFigure(JsonObject &object, std::string_view name, Figure &figure)
{
    const std::int64_t value = std::max<std::int64_t>(0, numberIn(object, name).value_or(0));
    figure = static_cast<Figure>(std::min<std::uint64_t>(static_cast<std::uint64_t>(value), std::numeric_limits<Figure>::max()));
}

template <typename Read>
void readArray(JsonObject &object, std::string_view name, std::size_t most, Read read)
{
    simdjson::ondemand::array items;
    if (object[name].get(items) != simdjson::SUCCESS)
        return;
    std::size_t count = 0;
    for (auto item : items) {
        JsonObject member;
        if (item.get(member) == simdjson::SUCCESS && count++ < most)
            read(member);
    }
}

RunFigures readRun(JsonObject &object)
{
    RunFigures run;
    forEachFigure(run, [&object](const char *name, auto &figure) { readFigure(object, name, figure); });
    return run;
}

CandidateResult readCandidate(JsonObject &object)
{
    CandidateResult result;
    Strategy &strategy = result.candidate.strategy;
    strategy.key = validTextIn(object, "strategy");
    strategy.text = validTextIn(object, "description");
    readExactTexts(object, "arguments", strategy.arguments);
    if (const int workers = smallNumberIn(object, "workers"); workers > 0)
        result.candidate.workers = workers;
    result.obstacle = validTextIn(object, "obstacle");
    readArray(object, "runs", mostRuns, [&result](JsonObject &run) { result.runs.push_back(readRun(run)); });
    const auto middle = std::ranges::find(result.runs, result.wall().median, &RunFigures::wall);
    result.middleRun = middle == result.runs.end() ? 0 : static_cast<std::size_t>(middle - result.runs.begin());
    return result;
}

} // namespace

tl::expected<Comparison, std::string> readComparisonJson(std::string json)
{
    simdjson::ondemand::parser parser;
    const simdjson::padded_string padded(json);
    simdjson::ondemand::document document;
    JsonObject object;
    if (parser.iterate(padded).get(document) != simdjson::SUCCESS || document.get_object().get(object) != simdjson::SUCCESS)
        return tl::unexpected(std::string("its description is no JSON object"));
    if (const auto version = numberIn(object, "version"); version != 1)
        return tl::unexpected(std::string(version ? "it was saved by a newer version" : "its description has no version"));
    Comparison comparison;
    comparison.title = validTextIn(object, "title");
    comparison.startedUnixNs = numberIn(object, "started_unix_ns").value_or(0);
    comparison.cores = smallNumberIn(object, "cores");
    comparison.repetitions = smallNumberIn(object, "repetitions");
    comparison.isCold = textIn(object, "cache") == "cold";
    comparison.isComplete = flagIn(object, "complete");
    readArray(object, "candidates", mostCandidates,
              [&comparison](JsonObject &candidate) { comparison.candidates.push_back(readCandidate(candidate)); });
    return comparison;
}

} // namespace loopscope
