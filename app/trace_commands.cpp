#include "app/trace_commands.h"

#include "app/exit_code.h"
#include "app/failure.h"
#include "app/signal_watcher.h"
#include "app/spare_descriptors.h"
#include "app/standard_output.h"
#include "app/watched_work.h"
#include "app/window_module.h"
#include "core/experiment/comparison_file.h"
#include "core/experiment/comparison_report.h"
#include "core/formats/imported_report.h"
#include "core/formats/own/own_file_writer.h"
#include "core/formats/run_report.h"
#include "core/formats/trace_registry.h"
#include "core/text/display_text.h"
#include "core/text/number_text.h"

#include <chrono>
#include <optional>

namespace loopscope {

namespace {

int interrupted()
{
    complain("interrupted");
    return exitInterrupted;
}

/// The code to exit with once a report was written, or could not be.
int endOfReport(bool isWritten)
{
    if (SignalWatcher::sinceSignal())
        return interrupted();
    return isWritten ? exitSuccess : exitFailure;
}

std::string aboutFile(const std::string &path, const OpeningFailure &failure)
{
    return displayName(path) + ": " + displayText(failure.what);
}

/// Tells what of a file could not be used, by kind.
void tellProblems(const std::string &path, const Trace &trace)
{
    for (const ImportProblem &problem : trace.info().problems)
        complain(displayName(path) + ": " + problemText(problem));
}

/// A trace that was opened for a command, or the code to exit with when that was told.
using ForCommand = tl::expected<const OpenedTrace *, int>;

ForCommand openForCommand(const std::string &path)
{
    if (!hasDescriptorsToComeUp())
        return tl::unexpected(fail(tooFewDescriptors));
    std::optional<OpeningResult> result;
    if (!doWatched("reading", [&](const OpeningObserver &observer) { result = openTrace(path, observer); }))
        return tl::unexpected(fail("the system grants no thread to read the trace"));
    if (!*result)
        return tl::unexpected(result->error().isCancelled ? interrupted() : fail(aboutFile(path, result->error())));
    // Never destroyed: to free a trace of millions of spans one by one takes a time that nobody has to wait for.
    static const OpenedTrace &opened = *new OpenedTrace(**std::move(result)); // a command opens one
    tellProblems(path, *opened.trace);
    return &opened;
}

void writeReport(const Trace &trace, ReportFormat format, std::ostream &out)
{
    const bool isRun = trace.origin() == TraceOrigin::Run;
    if (format == ReportFormat::Json)
        isRun ? writeJsonReport(trace, out) : writeImportedJsonReport(trace, out);
    else
        out << (isRun ? textReport(trace) : importedTextReport(trace));
}

/// The wall times, and the report of what was predicted. What changes is told against the prediction for the run as it was, so that what
/// the prediction leaves out counts on both sides.
std::string predictionText(const Trace &recorded, const Trace &unchanged, const Trace &predicted)
{
    const Nanoseconds wall = unchanged.info().wall;
    std::string text = "recorded   " + durationText(recorded.info().wall) + "\nunchanged  " + durationText(wall)
                       + " as predicted\npredicted  " + durationText(predicted.info().wall);
    if (wall > 0)
        text += " (" + shareText(predicted.info().wall, wall) + " of that)";
    return text + "\n\n" + textReport(predicted);
}

int reportComparison(const ReportOptions &options)
{
    tl::expected<Comparison, OpeningFailure> comparison;
    if (!doWatched("reading", [&](const OpeningObserver &observer) { comparison = openComparison(options.trace, observer); }))
        return fail("the system grants no thread to read the comparison");
    if (!comparison)
        return comparison.error().isCancelled ? interrupted() : fail(aboutFile(options.trace, comparison.error()));
    const bool isWritten = writeStandardOutput([&](std::ostream &out) {
        if (options.format == ReportFormat::Json)
            writeComparisonJson(*comparison, out);
        else
            out << comparisonText(*comparison);
    });
    return endOfReport(isWritten);
}

} // namespace

int reportTrace(const ReportOptions &options)
{
    const SignalWatcher signalWatcher;
    if (const auto file = recognisedFile(options.trace); file && file->kind == TraceFileKind::Comparison)
        return reportComparison(options);
    const ForCommand opened = openForCommand(options.trace);
    if (!opened)
        return opened.error();
    const Trace &trace = *(*opened)->trace;
    return endOfReport(writeStandardOutput([&](std::ostream &out) { writeReport(trace, options.format, out); }));
}

int predictTrace(const WhatIfOptions &options)
{
    const SignalWatcher signalWatcher;
    const ForCommand opened = openForCommand(options.trace);
    if (!opened)
        return opened.error();
    const Trace &recorded = *(*opened)->trace;
    if (!recorded.hasLoop())
        return fail(displayName(options.trace) + ": it was recorded by another program, and does not say what its tasks did");
    std::shared_ptr<Trace> unchanged;
    std::shared_ptr<Trace> predicted;
    const auto predict = [&](const OpeningObserver &observer) {
        unchanged = predictRun(recorded, {}, observer.stop);
        if (unchanged)
            predicted = predictRun(recorded, options.change, observer.stop);
    };
    if (!doWatched("predicting", predict))
        return fail("the system grants no thread to predict on");
    if (SignalWatcher::sinceSignal())
        return interrupted();
    if (options.save) {
        if (const auto saved = saveOwnFile(*predicted, {}, *options.save, {}); !saved)
            return fail(aboutFile(*options.save, saved.error()));
    }
    const bool isWritten = writeStandardOutput([&](std::ostream &out) {
        if (options.format == ReportFormat::Json)
            writeJsonReport(*predicted, out);
        else
            out << predictionText(recorded, *unchanged, *predicted);
    });
    return endOfReport(isWritten);
}

int convertTrace(const ConvertOptions &options)
{
    const SignalWatcher signalWatcher;
    const ForCommand opened = openForCommand(options.from);
    if (!opened)
        return opened.error();
    tl::expected<void, OpeningFailure> written;
    const auto write = [&](const OpeningObserver &observer) {
        written = exportTrace(*(*opened)->trace, (*opened)->marks, options.to, observer);
    };
    if (!doWatched("writing", write))
        return fail("the system grants no thread to write the trace");
    if (!written)
        return written.error().isCancelled ? interrupted() : fail(aboutFile(options.to, written.error()));
    return exitSuccess;
}

int drawTrace(const ScreenshotOptions &options, char *programName)
{
    const SignalWatcher signalWatcher;
    const auto module = loadWindowModule();
    if (!module)
        return fail(module.error());
    if (const auto objection = (*module)->pictureObjection(options.picture))
        return fail(*objection);
    const ForCommand opened = openForCommand(options.trace);
    if (!opened)
        return opened.error();
    int argc = 1;
    char *argv[] = {programName, nullptr};
    const std::unique_ptr<QCoreApplication> application = (*module)->makePictureApplication(argc, argv);
    const auto written =
        (*module)->writeTracePicture((*opened)->trace, (*opened)->marks, options.picture, options.look, SignalWatcher::isPictureGivenUp);
    if (!written && !SignalWatcher::sinceSignal())
        return fail(written.error());
    return SignalWatcher::sinceSignal() ? interrupted() : exitSuccess;
}

bool canBeOpened(const OpenOptions &options)
{
    const auto file = recognisedFile(options.trace);
    if (file && (file->isTrace() || file->kind == TraceFileKind::Comparison))
        return true;
    fail(displayName(options.trace) + ": " + (file ? refusalOf(*file) : file.error()));
    return false;
}

} // namespace loopscope
