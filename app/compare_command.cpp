#include "app/compare_command.h"

#include "app/exit_code.h"
#include "app/failure.h"
#include "app/scenario_choice.h"
#include "app/signal_watcher.h"
#include "app/spare_descriptors.h"
#include "app/standard_output.h"
#include "app/watched_work.h"
#include "app/window_module.h"
#include "core/experiment/comparison_file.h"
#include "core/experiment/comparison_report.h"
#include "core/experiment/experiment.h"
#include "core/experiment/zip_archive.h"
#include "core/formats/output_file.h"
#include "core/text/display_text.h"
#include "core/text/number_text.h"
#include "core/workload/helper_process.h"

#include <algorithm>

namespace loopscope {

namespace {

/// "executor, seconds=2", "3 files and folders".
std::string titleOf(const CompareOptions &options)
{
    std::string title = options.scenario ? displayName(*options.scenario) : std::string();
    for (const auto &[name, value] : options.values)
        title += ", " + displayName(name + '=' + value);
    if (options.paths.size() == 1)
        return title + (title.empty() ? "" : ", ") + displayName(options.paths.front());
    if (!options.paths.empty())
        title += (title.empty() ? "" : ", ") + countText(options.paths.size(), "file or folder");
    return title;
}

ExperimentWork workOf(const CompareOptions &options)
{
    ExperimentWork work{titleOf(options), {}, options.paths};
    if (options.scenario)
        work.arguments = {"--scenario", *options.scenario};
    for (const auto &[name, value] : options.values) {
        work.arguments.emplace_back("--set");
        work.arguments.push_back(name + '=' + value);
    }
    return work;
}

/// The strategies that fit the work.
tl::expected<std::vector<Strategy>, std::string> fittingStrategies(const CompareOptions &options)
{
    if (!options.scenario)
        return readingStrategies();
    const auto chosen = chooseScenario(*options.scenario, options.values);
    if (!chosen)
        return tl::unexpected(chosen.error());
    return strategiesOf(chosen->scenario);
}

tl::expected<ExperimentPlan, std::string> planOf(const CompareOptions &options)
{
    const auto strategies = fittingStrategies(options);
    if (!strategies)
        return tl::unexpected(strategies.error());
    auto candidates = candidatesOf(*strategies, options.strategies, options.workers);
    if (!candidates)
        return tl::unexpected("compare: " + candidates.error());
    return ExperimentPlan{workOf(options), *std::move(candidates), options.repetitions, options.isCold};
}

using Measured = tl::expected<Comparison, std::string>;

Measured measure(const ExperimentPlan &plan)
{
    Measured measured = tl::unexpected(std::string("the system grants no thread to measure on"));
    const auto work = [&](const OpeningObserver &watched) {
        ExperimentObserver observer;
        observer.stop = watched.stop;
        observer.began = [&watched](const Candidate &, int run, int runs) {
            watched.progressed(static_cast<std::uint64_t>(run), static_cast<std::uint64_t>(runs));
        };
        measured = runExperiment(plan, ownProgram, observer);
    };
    (void)doWatched("measuring", work);
    return measured;
}

/// Whether it is saved, or was not to be.
bool save(const Comparison &comparison, const std::optional<std::string> &path)
{
    if (!path)
        return true;
    tl::expected<void, OpeningFailure> saved;
    // What was measured is kept after a signal, too.
    const auto write = [&](const OpeningObserver &) { saved = saveComparison(comparison, *path, {}); };
    if (!doWatched("saving", write))
        saved = tl::unexpected(OpeningFailure{"the system grants no thread to write it"});
    if (!saved)
        fail("the comparison was not saved to " + displayName(*path) + ": " + displayText(saved.error().what), exitFailure);
    return saved.has_value();
}

/// Whether it is drawn, or was not to be.
bool draw(const Comparison &comparison, const CompareOptions &options, const WindowModule *module)
{
    if (!options.screenshot)
        return true;
    const auto written = module->writeComparisonPicture(comparison, options, SignalWatcher::isPictureGivenUp);
    if (!written)
        complain(written.error());
    return written.has_value();
}

/// What can be known before all that takes its time to be in vain.
std::optional<std::string> objectionTo(const CompareOptions &options, const WindowModule *module)
{
    if (options.screenshot) {
        if (auto objection = module->pictureObjection(*options.screenshot))
            return objection;
    }
    if (options.save) {
        if (const auto archives = loadArchivesModule(); !archives)
            return "the comparison cannot be saved to " + displayName(*options.save) + ": " + archives.error();
        if (const auto file = OutputFile::create(*options.save); !file)
            return "the comparison cannot be saved to " + displayName(*options.save) + ": " + file.error();
    }
    return std::nullopt;
}

bool writeReport(const Comparison &comparison, CompareOptions::Report report)
{
    return writeStandardOutput([&](std::ostream &out) {
        switch (report) {
        case CompareOptions::Report::Text:
            out << comparisonText(comparison);
            break;
        case CompareOptions::Report::Json:
            writeComparisonJson(comparison, out);
            break;
        case CompareOptions::Report::Csv:
            writeComparisonCsv(comparison, out);
            break;
        }
    });
}

/// What the other reports hold, and a table of figures has no room for.
void tellNotes(const Comparison &comparison)
{
    for (const std::string &note : comparison.notes())
        complain(displayText(note));
}

} // namespace

int compareStrategies(const CompareOptions &options, char *programName)
{
    const SignalWatcher signalWatcher;
    if (!hasDescriptorsToComeUp())
        return fail(tooFewDescriptors, exitFailure);
    const auto plan = planOf(options);
    if (!plan)
        return fail(plan.error(), exitUsage);
    const tl::expected<const WindowModule *, std::string> module = options.screenshot ? loadWindowModule() : nullptr;
    if (!module)
        return fail(module.error(), exitFailure);
    if (const auto objection = objectionTo(options, *module))
        return fail(*objection, exitFailure);
    const Measured comparison = measure(*plan);
    if (!comparison)
        return fail(comparison.error(), exitFailure);
    int argc = 1;
    char *argv[] = {programName, nullptr};
    const std::unique_ptr<QCoreApplication> application = options.screenshot ? (*module)->makePictureApplication(argc, argv) : nullptr;
    bool isWritten = save(*comparison, options.save);
    isWritten = draw(*comparison, options, *module) && isWritten;
    isWritten = writeReport(*comparison, options.report) && isWritten;
    if (SignalWatcher::sinceSignal())
        return fail("interrupted", exitInterrupted);
    const bool hasResult = std::ranges::any_of(comparison->candidates, [](const CandidateResult &result) { return !result.runs.empty(); });
    if (options.report == CompareOptions::Report::Csv)
        tellNotes(*comparison);
    return isWritten && hasResult ? exitSuccess : exitFailure;
}

} // namespace loopscope
