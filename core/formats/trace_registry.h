#pragma once

#include "core/formats/trace_opening.h"

#include <array>
#include <string>
#include <string_view>

namespace loopscope {

/// What a file is, as far as opening it goes.
enum class TraceFileKind {
    OwnTrace,    ///< .loopscope
    ExportedRun, ///< a run of ours as Chrome JSON
    ChromeJson,  ///< a trace of others in Chrome's Trace Event Format
    Scenario,    ///< for a run, not for opening as a trace
    Comparison,  ///< .loopcompare: of several traces
    Other,       ///< no trace
};

/// What a file was found to be.
struct RecognisedFile {
    TraceFileKind kind = TraceFileKind::Other;
    std::string seems; ///< of Other, what it seems to be, for people: "a PNG picture", "empty"

    [[nodiscard]] bool isTrace() const
    {
        return kind == TraceFileKind::OwnTrace || kind == TraceFileKind::ExportedRun || kind == TraceFileKind::ChromeJson;
    }
};

/// Recognises a file by its first 64 KiB, which may be packed by gzip. Its name has no say.
[[nodiscard]] RecognisedFile recognised(std::string_view head);
/// Looks into a file, given by its path in raw bytes. Folders, FIFOs, sockets and devices are refused. An error is the reason without the
/// path and without a full stop. Takes milliseconds, unless the file system does not answer. Any thread.
[[nodiscard]] tl::expected<RecognisedFile, std::string> recognisedFile(const std::string &path);

/// Why a file that is no trace cannot be opened as one, without a full stop.
[[nodiscard]] std::string refusalOf(const RecognisedFile &file);

/// Opens a trace in whichever format it is. What is no trace is refused, with what it seems to be. Any thread; takes long.
[[nodiscard]] OpeningResult openTrace(const std::string &path, const OpeningObserver &observer);

/// The endings that exportTrace() knows, in lower case.
inline constexpr std::array<std::string_view, 4> exportEndings = {".loopscope", ".json", ".json.gz", ".csv"};
/// The one of these that a name ends in, in whichever case; empty if it is none.
[[nodiscard]] std::string_view exportEndingOf(std::string_view path);

/// Writes a trace in the format that the ending of `path`, raw bytes, stands for. The file is there as a whole or, after an error, as it
/// was before. The observer is told what is written of how much, and can stop it. The trace must not change meanwhile.
[[nodiscard]] tl::expected<void, OpeningFailure> exportTrace(const Trace &trace, const Marks &marks, const std::string &path,
                                                             const OpeningObserver &observer);

} // namespace loopscope
