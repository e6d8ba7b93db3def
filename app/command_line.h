#pragma once

#include "app/option_values.h"
#include "core/analysis/what_if.h"
#include "core/experiment/experiment_plan.h"
#include "core/trace/time.h"
#include "core/workload/file_reader.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace loopscope {

/// `loopscope [FILE…]`. Paths are raw bytes, here and below; a file: URL is the path that it names.
struct WindowOptions {
    std::vector<std::string> paths;
};

/// `loopscope open TRACE`
struct OpenOptions {
    std::string trace;
};

/// How a picture of a trace looks. What is not given is left to the picture.
struct PictureLook {
    std::optional<PixelSize> size;
    std::optional<double> scale; ///< of a .png
    std::optional<bool> isDark;
    std::optional<TimeRange> range;   ///< of time; an end that was not given is that of the trace: 0, or the latest there is
    std::optional<std::string> lanes; ///< a pattern for names: see LanePattern
};

enum class ReportFormat { Text, Json, None };

/// `loopscope run …`. What is not given is left to the scenario or to the defaults of a session.
struct RunOptions {
    std::optional<std::string> scenario;       ///< the name of a built-in one, or a path
    std::map<std::string, std::string> values; ///< of the scenario's parameters, by name
    std::optional<int> workers;
    bool hasThreadAJob = false; ///< then `workers` does not count
    std::optional<int> inFlight;
    FileReader reader = FileReader::Automatic;
    std::optional<Nanoseconds> stallThreshold;
    std::optional<std::string> screenshot; ///< path; ends in .png, .svg or .pdf
    PictureLook look;
    std::optional<std::string> save; ///< path of the .loopscope file
    ReportFormat report = ReportFormat::Text;
    std::vector<std::string> paths;
};

/// `loopscope compare …`
struct CompareOptions {
    enum class Report { Text, Json, Csv };

    std::optional<std::string> scenario;       ///< the name of a built-in one, or a path
    std::map<std::string, std::string> values; ///< of the scenario's parameters, by name
    std::vector<std::string> strategies;       ///< by key; empty for all that fit
    std::vector<int> workers;                  ///< empty for the usual number
    int repetitions = usualRepetitions;
    bool isCold = false;
    Report report = Report::Text;
    std::optional<std::string> save;       ///< path; ends in .loopcompare
    std::optional<std::string> screenshot; ///< path; ends in .png, .svg or .pdf
    std::optional<int> width;              ///< of the picture, in logical pixels
    PictureLook look;                      ///< its scale and theme
    std::vector<std::string> paths;
};

/// `loopscope what-if …`
struct WhatIfOptions {
    std::string trace;
    WhatIf change;
    ReportFormat format = ReportFormat::Text;
    std::optional<std::string> save; ///< path of the .loopscope file
};

/// `loopscope scenarios …`
struct ScenariosOptions {
    bool asJson = false;
};

/// `loopscope report …`
struct ReportOptions {
    std::string trace;
    ReportFormat format = ReportFormat::Text;
};

/// `loopscope convert …`
struct ConvertOptions {
    std::string from;
    std::string to; ///< its ending is one of exportEndings
};

/// `loopscope screenshot …`
struct ScreenshotOptions {
    std::string trace;
    std::string picture; ///< ends in .png, .svg or .pdf
    PictureLook look;
};

/// `--help` and `--version`: what to write to the standard output.
struct ShowText {
    std::string text;
};

using Command = std::variant<WindowOptions, OpenOptions, RunOptions, CompareOptions, WhatIfOptions, ScenariosOptions, ReportOptions,
                             ConvertOptions, ScreenshotOptions, ShowText>;

/// Why the command line was not understood.
struct UsageError {
    std::string what;    ///< a sentence without its full stop: "run: there is no option --wrkers"
    std::string command; ///< whose --help tells more: "loopscope run"
};

/// Understands the arguments after the program's name. Touches no file and starts nothing.
[[nodiscard]] tl::expected<Command, UsageError> parseCommandLine(std::span<const std::string_view> arguments);

} // namespace loopscope
