#pragma once

#include "core/trace/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

namespace loopscope {

// Members of a JSON object by name; nothing if there is none of that name, or it is of another type.

using JsonObject = simdjson::ondemand::object;

[[nodiscard]] inline std::optional<std::int64_t> numberIn(JsonObject &object, std::string_view name)
{
    std::int64_t value = 0;
    return object[name].get(value) == simdjson::SUCCESS ? std::optional(value) : std::nullopt;
}

[[nodiscard]] inline std::optional<std::uint64_t> countIn(JsonObject &object, std::string_view name)
{
    std::uint64_t value = 0;
    return object[name].get(value) == simdjson::SUCCESS ? std::optional(value) : std::nullopt;
}

/// A count that 32 bits hold.
[[nodiscard]] inline std::optional<std::uint32_t> smallCountIn(JsonObject &object, std::string_view name)
{
    const auto value = countIn(object, name);
    return value && *value <= UINT32_MAX ? std::optional(static_cast<std::uint32_t>(*value)) : std::nullopt;
}

[[nodiscard]] inline bool flagIn(JsonObject &object, std::string_view name)
{
    bool value = false;
    return object[name].get(value) == simdjson::SUCCESS && value;
}

/// Valid until the parser gets another document.
[[nodiscard]] inline std::optional<std::string_view> textIn(JsonObject &object, std::string_view name)
{
    std::string_view value;
    return object[name].get(value) == simdjson::SUCCESS ? std::optional(value) : std::nullopt;
}

/// What JsonOutput::exactText() wrote.
[[nodiscard]] std::optional<std::string> exactTextOf(simdjson::simdjson_result<simdjson::ondemand::value> written);

[[nodiscard]] inline std::optional<std::string> exactTextIn(JsonObject &object, std::string_view name)
{
    return exactTextOf(object[name]);
}

/// The texts of an array, by exactTextOf(); what is none is left out.
void readExactTexts(JsonObject &object, std::string_view name, std::vector<std::string> &texts);

/// A time in microseconds, with up to three decimals exactly.
[[nodiscard]] std::optional<Nanoseconds> microsecondsIn(JsonObject &object, std::string_view name);

} // namespace loopscope
