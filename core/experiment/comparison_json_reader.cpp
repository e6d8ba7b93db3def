#include "core/experiment/comparison_json_reader.h"

#include "core/formats/json_fields.h"
#include "core/text/display_text.h"

#include <algorithm>
#include <limits>

namespace loopscope {

namespace {

constexpr std::size_t mostCandidates = 4096;
constexpr std::size_t mostRuns = mostRepetitions;
constexpr std::size_t longestKey = 40;
constexpr std::int64_t mostSmall = 1'000'000;
// So large that nothing measured reaches it, and so small that sums of some of them do not overflow.
constexpr std::int64_t mostFigure = std::int64_t(1) << 53;

int smallNumberIn(JsonObject &object, std::string_view name)
{
    return static_cast<int>(std::clamp<std::int64_t>(numberIn(object, name).value_or(0), 0, mostSmall));
}

/// Safe to show.
std::string shownTextIn(JsonObject &object, std::string_view name)
{
    return displayText(textIn(object, name).value_or(""));
}

/// A key as strategies have it; what is none comes from a stranger, and is not shown.
std::string keyIn(JsonObject &object, std::string_view name)
{
    const std::string_view key = textIn(object, name).value_or("");
    const auto isPlain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; };
    return !key.empty() && key.size() <= longestKey && std::ranges::all_of(key, isPlain) ? std::string(key) : "unknown";
}

/// A figure that is not negative, and no larger than its type and any figure can be.
template <typename Figure>
void readFigure(JsonObject &object, std::string_view name, Figure &figure)
{
    const std::int64_t value = std::clamp<std::int64_t>(numberIn(object, name).value_or(0), 0, mostFigure);
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
    strategy.key = keyIn(object, "strategy");
    strategy.text = shownTextIn(object, "description");
    readExactTexts(object, "arguments", strategy.arguments);
    if (const int workers = smallNumberIn(object, "workers"); workers > 0)
        result.candidate.workers = workers;
    result.obstacle = shownTextIn(object, "obstacle");
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
    comparison.title = shownTextIn(object, "title");
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
