#include "app/run_command.h"

#include "app/exit_code.h"
#include "app/failure.h"
#include "app/headless_run.h"
#include "app/large_pages.h"
#include "app/run_saving.h"
#include "app/scenario_choice.h"
#include "app/signal_watcher.h"
#include "app/spare_descriptors.h"
#include "app/standard_output.h"
#include "app/window_module.h"
#include "core/analysis/reported_name.h"
#include "core/formats/run_report.h"
#include "core/text/display_text.h"

#include <QCoreApplication>

#include <chrono>

namespace loopscope {

namespace {

constexpr std::size_t mostNamed = 20;

// Nobody looks on, so this is no frame rate: the more often, the less is left to do when the tasks have ended.
constexpr int drainIntervalMs = 4;

using Plan = tl::expected<std::optional<ScenarioPlan>, std::string>;

Plan planOf(const RunOptions &options)
{
    if (!options.scenario)
        return std::nullopt;
    auto chosen = chooseScenario(*options.scenario, options.values);
    if (!chosen)
        return tl::unexpected(chosen.error());
    return std::move(chosen->plan);
}

SessionSettings settingsOf(const RunOptions &options, const std::optional<ScenarioPlan> &plan)
{
    SessionSettings settings;
    if (plan)
        settings.title = plan->title;
    settings.workers = options.workers.value_or(plan ? plan->workers : 0);
    settings.workerLife = options.hasThreadAJob || (plan && plan->needsThreadAJob) ? WorkerLife::Job : WorkerLife::Run;
    settings.inFlight = options.inFlight.value_or(settings.inFlight);
    settings.stallThreshold = options.stallThreshold.value_or(settings.stallThreshold);
    settings.drainIntervalMs = drainIntervalMs;
    return settings;
}

std::string reasonOf(const Trace &trace, const TaskFacts &task)
{
    if (task.outcome == Outcome::Failed)
        return displayText(trace.name(task.error));
    return std::string(outcomeKey(task.outcome)) + (task.note == 0 ? "" : ", " + displayText(trace.name(task.note)));
}

/// Names the tasks that did not succeed. Those that a stop cancelled are no failures.
void nameFailures(const Trace &trace)
{
    std::size_t failures = 0;
    for (const LaneId task : trace.tasks()) {
        const TaskFacts &facts = trace.lane(task).task;
        const bool isFailure = facts.outcome != Outcome::Done && !(trace.info().stopped && facts.outcome == Outcome::Cancelled);
        if (!isFailure || ++failures > mostNamed)
            continue;
        complain(reportedName(trace, task) + ": " + reasonOf(trace, facts));
    }
    if (failures > mostNamed)
        complain("... and " + std::to_string(failures - mostNamed) + " more tasks that failed");
}

/// Whether there was something to run, and the system let nothing of it run. The notes say why.
bool wasRefused(const Trace &trace)
{
    return trace.tasks().empty() && !trace.info().notes.empty();
}

bool writeReport(const Trace &trace, ReportFormat format)
{
    return writeStandardOutput([&trace, format](std::ostream &out) {
        if (format == ReportFormat::Json)
            writeJsonReport(trace, out);
        else
            out << textReport(trace);
    });
}

/// Writes and tells everything that there is to be told of the run. The module is there if a picture is asked for, and `saving` if a file
/// is.
int conclude(const std::shared_ptr<const Trace> &trace, const RunOptions &options, const WindowModule *module, RunSaving *saving)
{
    bool isComplete = true;
    if (saving) {
        if (const auto saved = saving->save(*trace); !saved) {
            complain(saved.error());
            isComplete = false;
        }
    }
    if (options.screenshot) {
        const auto written = module->writeTracePicture(trace, {}, *options.screenshot, options.look, SignalWatcher::isPictureGivenUp);
        if (!written) {
            complain(written.error());
            isComplete = false;
        }
    }
    if (options.report != ReportFormat::None)
        isComplete = writeReport(*trace, options.report) && isComplete;
    for (const std::string &note : trace->info().notes)
        complain(note);
    nameFailures(*trace);
    if (trace->info().stopped || SignalWatcher::sinceSignal()) {
        complain("interrupted");
        return exitInterrupted;
    }
    const bool isSuccess = isComplete && !wasRefused(*trace) && trace->totals()[Outcome::Done] == trace->tasks().size();
    return isSuccess ? exitSuccess : exitFailure;
}

} // namespace

int runWithoutWindow(const RunOptions &options, char *programName)
{
    askForLargePages();
    SignalWatcher signalWatcher;
    if (!hasDescriptorsToComeUp())
        return fail(tooFewDescriptors, exitFailure);
    auto plan = planOf(options);
    if (!plan)
        return fail(plan.error(), exitUsage);
    const tl::expected<const WindowModule *, std::string> module = options.screenshot ? loadWindowModule() : nullptr;
    if (!module)
        return fail(module.error(), exitFailure);
    if (const auto objection = options.screenshot ? (*module)->pictureObjection(*options.screenshot) : std::nullopt)
        return fail(*objection, exitFailure);
    int argc = 1;
    char *argv[] = {programName, nullptr};
    const std::unique_ptr<QCoreApplication> application =
        options.screenshot ? (*module)->makePictureApplication(argc, argv) : std::make_unique<QCoreApplication>(argc, argv);

    const tl::expected<std::unique_ptr<RunSaving>, std::string> saving =
        options.save ? RunSaving::prepare(*options.save) : std::unique_ptr<RunSaving>();
    if (!saving)
        return fail(saving.error(), exitFailure);

    const SessionSettings settings = settingsOf(options, *plan);
    // Never destroyed: to free a trace of millions of spans one by one takes a time that nobody has to wait for.
    static HeadlessRun &run = *new HeadlessRun(settings, {*plan, options.paths, options.reader});
    signalWatcher.watch(&run, [] { run.stop(); });
    QObject::connect(&run, &HeadlessRun::ended, application.get(), &QCoreApplication::quit);
    if (*saving)
        (*saving)->follow(run);
    run.start();
    QCoreApplication::exec();
    return conclude(run.trace(), options, *module, saving->get());
}

} // namespace loopscope
