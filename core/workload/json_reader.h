#pragma once

#include "core/workload/scenario.h"

#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include <rapidjson/document.h>
#include <tl/expected.hpp>

namespace loopscope {

using JsonValue = rapidjson::Value;

/// Reads JSON strictly: UTF-8 only, one value, no NaN. An error names its line and column. Nesting costs no stack.
[[nodiscard]] tl::expected<rapidjson::Document, ScenarioError> parseJson(std::string_view json);

/// What was found wrong first. Readers go on after an error with harmless values, for what they find later may follow from it.
class FirstError {
public:
    void report(std::string where, std::string what)
    {
        if (!error_)
            error_ = ScenarioError{std::move(where), std::move(what)};
    }
    [[nodiscard]] const std::optional<ScenarioError> &get() const { return error_; }

private:
    std::optional<ScenarioError> error_;
};

/// Smallest and largest number allowed.
struct NumberRange {
    double min = 0;
    double max = 0;
};

/// Whether a text may be absent, and how long it may be, in bytes.
struct TextRule {
    bool isRequired = false;
    std::size_t maxBytes = 0;
};

/// Reads the members of one object by their types, and reports to a FirstError with the member's path: "tasks[2].duration_s".
class ObjectReader {
public:
    /// Of an object with no other keys than `keys`, each at most once. `path` is empty for the document itself.
    ObjectReader(const JsonValue &value, std::string path, std::span<const std::string_view> keys, FirstError &error);

    [[nodiscard]] const std::string &path() const { return path_; }
    [[nodiscard]] std::string pathOf(std::string_view key) const;
    void fail(std::string_view key, std::string what) const { error_.report(pathOf(key), std::move(what)); }
    /// The member; null if it is absent, which is an error if `isRequired`.
    [[nodiscard]] const JsonValue *find(std::string_view key, bool isRequired = false) const;

    /// Text without control and invisible characters.
    [[nodiscard]] std::string text(std::string_view key, TextRule rule) const;
    /// A name that is typed on a command line: letters, digits and `extra`, 1…64 of them.
    [[nodiscard]] std::string identifier(std::string_view key, std::string_view extra) const;
    [[nodiscard]] double number(std::string_view key, NumberRange range, bool isInteger, double fallback) const;
    /// Calls `read(element, path)` for each element of an array that has `min` to `max` of them.
    void forEach(std::string_view key, std::size_t min, std::size_t max,
                 const std::function<void(const JsonValue &, std::string path)> &read) const;
    /// Text of the elements of an array.
    [[nodiscard]] std::vector<std::string> texts(std::string_view key, std::size_t min, std::size_t max, TextRule each) const;

private:
    const JsonValue *object_ = nullptr; // null if it is none
    std::string path_;
    FirstError &error_;
};

/// The text of a value that must be one, reported under `where`.
[[nodiscard]] std::string readText(const JsonValue &value, const std::string &where, TextRule rule, FirstError &error);
/// The number of a value that must be one, reported under `where`; `range.min` after an error.
[[nodiscard]] double readNumber(const JsonValue &value, const std::string &where, NumberRange range, bool isInteger, FirstError &error);

/// The characters of a value that is a text, those behind a zero character too.
[[nodiscard]] inline std::string_view textOf(const JsonValue &text)
{
    return {text.GetString(), text.GetStringLength()};
}

/// "a text", "an object", "the number 3": what a value is, for errors.
[[nodiscard]] std::string describe(const JsonValue &value);

} // namespace loopscope
