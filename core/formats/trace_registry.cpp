#include "core/formats/trace_registry.h"

#include "core/formats/chrome/chrome_import.h"
#include "core/formats/chrome_export.h"
#include "core/formats/csv_export.h"
#include "core/formats/exported_run.h"
#include "core/formats/file_guess.h"
#include "core/formats/gzip_input.h"
#include "core/formats/gzip_output.h"
#include "core/formats/input_file.h"
#include "core/formats/json_blanks.h"
#include "core/formats/output_file.h"
#include "core/formats/own/own_file_reader.h"
#include "core/formats/own/own_file_writer.h"

#include <algorithm>
#include <new>

namespace loopscope {

namespace {

tl::unexpected<OpeningFailure> failed(std::string what)
{
    return tl::unexpected(OpeningFailure{std::move(what), false});
}

tl::expected<std::string, std::string> headOf(const std::string &path)
{
    const auto file = InputFile::open(path);
    if (!file)
        return tl::unexpected(file.error());
    std::string head(guessedHeadBytes, '\0');
    const auto length = file->readAt(0, head.data(), head.size());
    if (!length)
        return tl::unexpected(length.error());
    head.resize(*length);
    return head;
}

// A zip archive whose first file is the description.
bool looksLikeComparison(std::string_view head)
{
    constexpr std::size_t nameAt = 30; // of the first file's header
    constexpr std::string_view name = "comparison.json";
    return head.starts_with("PK\x03\x04") && head.size() > nameAt && head.substr(nameAt).starts_with(name);
}

RecognisedFile recognisedText(std::string_view head)
{
    if (looksLikeExportedRun(head))
        return {TraceFileKind::ExportedRun, {}};
    if (looksLikeChromeJson(head))
        return {TraceFileKind::ChromeJson, {}};
    const std::size_t first = head.find_first_not_of(jsonBlanks);
    if (first != std::string_view::npos && head[first] == '{' && head.find("\"loopscope_scenario\"") != std::string_view::npos)
        return {TraceFileKind::Scenario, {}};
    if (mayBeChromeJson(head))
        return {TraceFileKind::ChromeJson, {}};
    return {TraceFileKind::Other, guessedKind(head)};
}

/// The bytes written to a stream, packed or not, as the file's ending has it. `isAll` tells whether they are all that they should be.
template <typename Write, typename IsAll>
tl::expected<void, OpeningFailure> writeFile(const std::string &path, bool isPacked, Write write, IsAll isAll)
{
    auto file = OutputFile::create(path);
    if (!file)
        return failed(std::move(file).error());
    bool isWritten = false;
    if (isPacked) {
        GzipOutput packed(file->stream());
        if (!packed.isReady())
            return failed(noMemory);
        isWritten = write(packed.stream()) && packed.finish();
    } else {
        isWritten = write(file->stream());
    }
    if (!isWritten && file->stream().good())
        return tl::unexpected(OpeningFailure{"it was cancelled", true});
    if (!isAll())
        return failed(argumentsLost);
    if (auto committed = file->commit(); !committed)
        return failed(std::move(committed).error());
    return {};
}

std::uint64_t sizeOf(const Trace &trace)
{
    return trace.spanCount() + trace.laneCount() + trace.wakes().size() + trace.imported().instants().size()
           + trace.imported().flows().size();
}

bool endsWith(std::string_view text, std::string_view lowerCase)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return text.size() > lowerCase.size() && std::ranges::equal(text.substr(text.size() - lowerCase.size()), lowerCase, {}, lower);
}

OpeningResult openRecognised(const std::string &path, const OpeningObserver &observer)
{
    const auto file = recognisedFile(path);
    if (!file)
        return failed(file.error());
    switch (file->kind) {
    case TraceFileKind::OwnTrace:
        return openOwnFile(path, observer);
    case TraceFileKind::ExportedRun:
        return openExportedRun(path, observer);
    case TraceFileKind::ChromeJson:
        return openChromeJson(path, observer);
    case TraceFileKind::Scenario:
    case TraceFileKind::Comparison:
    case TraceFileKind::Other:
        break;
    }
    return failed(refusalOf(*file));
}

tl::expected<void, OpeningFailure> writeAs(const Trace &trace, const Marks &marks, const std::string &path, const OpeningObserver &observer)
{
    const std::string_view ending = exportEndingOf(path);
    ExportProgress progress(observer, sizeOf(trace));
    if (ending == ".loopscope")
        return saveOwnFile(trace, marks, path, observer);
    if (ending == ".csv")
        return writeFile(
            path, false, [&](std::ostream &out) { return writeCsv(trace, out, progress); }, [] { return true; });
    if (ending == ".json" || ending == ".json.gz")
        return writeFile(
            path, ending == ".json.gz", [&](std::ostream &out) { return writeChromeJson(trace, marks, out, progress); },
            [&trace] { return trace.imported().isIntact(); });
    return failed("its name ends in none of .loopscope, .json, .json.gz and .csv");
}

} // namespace

RecognisedFile recognised(std::string_view head)
{
    if (looksLikeOwnFile(head))
        return {TraceFileKind::OwnTrace, {}};
    if (looksLikeComparison(head))
        return {TraceFileKind::Comparison, {}};
    if (!looksLikeGzip(head))
        return recognisedText(head);
    const auto unpacked = gunzippedHead(head, guessedHeadBytes);
    if (!unpacked)
        return {TraceFileKind::Other, "packed by gzip, and damaged"};
    RecognisedFile file = recognisedText(*unpacked);
    if (file.kind == TraceFileKind::Other)
        file.seems += ", packed by gzip";
    return file;
}

tl::expected<RecognisedFile, std::string> recognisedFile(const std::string &path)
{
    const auto head = headOf(path);
    if (!head)
        return tl::unexpected(head.error());
    return recognised(*head);
}

std::string refusalOf(const RecognisedFile &file)
{
    if (file.kind == TraceFileKind::Scenario)
        return "it is a scenario, which can be run, and not a trace";
    if (file.kind == TraceFileKind::Comparison)
        return "it is a comparison of several traces, and none itself";
    return "it is no trace that Loopscope knows, but seems to be " + file.seems;
}

OpeningResult openTrace(const std::string &path, const OpeningObserver &observer)
{
    try {
        return openRecognised(path, observer);
    } catch (const std::bad_alloc &) {
        return failed(noMemory);
    }
}

std::string_view exportEndingOf(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
    const auto ending = std::ranges::find_if(exportEndings, [name](std::string_view known) { return endsWith(name, known); });
    return ending == exportEndings.end() ? std::string_view() : *ending;
}

tl::expected<void, OpeningFailure> exportTrace(const Trace &trace, const Marks &marks, const std::string &path,
                                               const OpeningObserver &observer)
{
    try {
        return writeAs(trace, marks, path, observer);
    } catch (const std::bad_alloc &) {
        return failed(noMemory);
    }
}

} // namespace loopscope
