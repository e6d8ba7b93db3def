#include "core/experiment/comparison_file.h"

#include "core/experiment/comparison_json_reader.h"
#include "core/experiment/comparison_report.h"
#include "core/experiment/zip_archive.h"
#include "core/formats/output_file.h"
#include "core/formats/own/own_file_reader.h"
#include "core/formats/own/own_file_writer.h"
#include "core/text/system_reason.h"

#include <QTemporaryDir>

#include <cerrno>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

namespace loopscope {

namespace {

constexpr std::string_view descriptionName = "comparison.json";
constexpr std::string_view traceEnding = ".loopscope";
constexpr std::size_t mostDescription = std::size_t(64) << 20; // bytes; a thousand runs of a hundred candidates are half of that

using Done = tl::expected<void, OpeningFailure>;

tl::unexpected<OpeningFailure> failed(std::string what)
{
    return tl::unexpected(OpeningFailure{std::move(what), false});
}

tl::unexpected<OpeningFailure> cancelled()
{
    return tl::unexpected(OpeningFailure{"it was cancelled", true});
}

Done writeEntry(ZipWriter &zip, const std::string &name, std::istream &content, std::uint64_t size, const std::stop_token &stop)
{
    if (const auto begun = zip.begin(name, size); !begun)
        return failed(begun.error());
    std::string piece(std::size_t(1) << 20, '\0');
    while (content.read(piece.data(), static_cast<std::streamsize>(piece.size())), content.gcount() > 0) {
        if (stop.stop_requested())
            return cancelled();
        if (const auto taken = zip.write(std::string_view(piece).substr(0, static_cast<std::size_t>(content.gcount()))); !taken)
            return failed(taken.error());
    }
    if (content.bad())
        return failed("a trace that was kept for it cannot be read any more");
    return {};
}

Done writeDescription(ZipWriter &zip, const Comparison &comparison, const std::stop_token &stop)
{
    std::stringstream json;
    writeComparisonDescription(comparison, json);
    return writeEntry(zip, std::string(descriptionName), json, static_cast<std::uint64_t>(json.tellp()), stop);
}

/// By way of a file in `folder`, for an archive begins with the size of what is in it.
Done writeTrace(ZipWriter &zip, const Trace &trace, std::size_t number, const QTemporaryDir &folder, const OpeningObserver &observer,
                OpeningBudget &budget)
{
    const std::string name = std::to_string(number) + std::string(traceEnding);
    const std::string path = folder.filePath(QString::fromStdString(name)).toStdString();
    OpeningObserver saving;
    saving.stop = observer.stop;
    if (const auto saved = saveOwnFile(trace, {}, path, saving, budget); !saved)
        return tl::unexpected(saved.error());
    std::ifstream file(path, std::ios::binary);
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (!file || error)
        return failed(error ? error.message() : systemReason(errno));
    return writeEntry(zip, name, file, size, observer.stop);
}

/// The candidate that a name in the archive belongs to; nothing if it is another name.
std::optional<std::size_t> candidateOf(std::string_view name)
{
    if (!name.ends_with(traceEnding))
        return std::nullopt;
    name.remove_suffix(traceEnding.size());
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    return error == std::errc() && end == name.data() + name.size() ? std::optional(number) : std::nullopt;
}

tl::expected<std::string, OpeningFailure> readDescription(ZipReader &zip)
{
    const auto name = zip.next();
    if (!name)
        return failed(name.error());
    if (*name != descriptionName)
        return failed("it is a zip archive, and no comparison");
    std::string json;
    const auto read = zip.read([&json](std::string_view piece) {
        json += piece;
        return json.size() <= mostDescription;
    });
    if (!read)
        return failed(read.error());
    if (json.size() > mostDescription)
        return failed("its description is too large");
    return json;
}

/// Gives a candidate its trace, or says why it is missing: it is damaged, or too much for the budget. An error if there is no room to
/// unpack it. What is unpacked is removed again at once.
Done openTrace(ZipReader &zip, CandidateResult &result, const QTemporaryDir &folder, const OpeningObserver &observer, OpeningBudget &budget)
{
    const std::string path = folder.filePath(QStringLiteral("trace")).toStdString();
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    const auto read = zip.read([&](std::string_view piece) {
        return !observer.stop.stop_requested() && file.write(piece.data(), static_cast<std::streamsize>(piece.size())).good();
    });
    file.close();
    if (observer.stop.stop_requested())
        return cancelled();
    if (!file)
        return failed("there is no room to unpack its traces");
    OpeningObserver opening;
    opening.stop = observer.stop;
    auto opened = read ? openOwnFile(path, opening, budget) : tl::unexpected(OpeningFailure{"it is damaged"});
    std::error_code none;
    std::filesystem::remove(path, none);
    if (observer.stop.stop_requested())
        return cancelled();
    if (opened)
        result.trace = std::move(opened->trace);
    else
        result.traceObstacle = std::move(opened).error().what;
    return {};
}

} // namespace

tl::expected<void, OpeningFailure> saveComparison(const Comparison &comparison, const std::string &path, const OpeningObserver &observer,
                                                  OpeningBudget budget)
{
    const QTemporaryDir folder;
    if (!folder.isValid())
        return failed("there is no folder for the traces: " + folder.errorString().toStdString());
    auto file = OutputFile::create(path);
    if (!file)
        return failed(file.error());
    const auto zip = ZipWriter::create(file->stream());
    if (!zip)
        return failed(zip.error());
    Done written = writeDescription(**zip, comparison, observer.stop);
    for (std::size_t i = 0; written && i < comparison.candidates.size(); ++i) {
        if (const auto &trace = comparison.candidates[i].trace)
            written = writeTrace(**zip, *trace, i, folder, observer, budget);
    }
    if (written) {
        if (const auto finished = (*zip)->finish(); !finished)
            written = failed(finished.error());
    }
    if (!written && file->stream().good())
        return written;
    if (const auto committed = file->commit(); !committed) // it knows why the file took no more
        return failed(committed.error());
    return written;
}

tl::expected<Comparison, OpeningFailure> openComparison(const std::string &path, const OpeningObserver &observer, OpeningBudget budget)
{
    const QTemporaryDir folder;
    if (!folder.isValid())
        return failed("there is no folder for the traces: " + folder.errorString().toStdString());
    const auto zip = ZipReader::open(path);
    if (!zip)
        return failed(zip.error());
    auto json = readDescription(**zip);
    if (!json)
        return tl::unexpected(json.error());
    auto comparison = readComparisonJson(*std::move(json));
    if (!comparison)
        return failed(comparison.error());
    for (auto name = (*zip)->next(); name && !name->empty(); name = (*zip)->next()) {
        const auto candidate = candidateOf(*name);
        if (observer.stop.stop_requested())
            return cancelled();
        if (!candidate || *candidate >= comparison->candidates.size())
            continue;
        if (const auto read = openTrace(**zip, comparison->candidates[*candidate], folder, observer, budget); !read)
            return tl::unexpected(read.error());
    }
    return *std::move(comparison);
}

} // namespace loopscope
