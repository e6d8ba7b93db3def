#include "core/experiment/experiment.h"

#include "core/experiment/page_cache.h"
#include "core/experiment/process_measurement.h"
#include "core/formats/own/own_file_reader.h"
#include "core/text/display_text.h"

#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <thread>
#include <utility>

namespace loopscope {

namespace {

/// The last line of what a program says.
std::string lastLineOf(std::string_view text)
{
    while (text.ends_with('\n'))
        text.remove_suffix(1);
    std::string_view line = text.substr(text.rfind('\n') + 1);
    constexpr std::string_view ours = "loopscope: ";
    if (line.starts_with(ours))
        line.remove_prefix(ours.size());
    return displayName(line);
}

class Experiment {
public:
    Experiment(const ExperimentPlan &plan, std::string program, const ExperimentObserver &observer, std::filesystem::path folder)
        : plan_(plan)
        , program_(std::move(program))
        , observer_(observer)
        , folder_(std::move(folder))
    {
        comparison_.title = plan.work.title;
        comparison_.repetitions = plan.repetitions;
        comparison_.isCold = plan.isCold;
        comparison_.cores = static_cast<int>(std::thread::hardware_concurrency());
        comparison_.startedUnixNs =
            std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
        for (const Candidate &candidate : plan.candidates)
            comparison_.candidates.push_back({candidate, obstacleTo(candidate.strategy), {}, 0, nullptr});
        begun_.resize(comparison_.candidates.size());
    }

    Comparison run()
    {
        for (CandidateResult &result : comparison_.candidates)
            measure(result, false);
        const std::size_t count = comparison_.candidates.size();
        for (int round = 0; round < plan_.repetitions; ++round) {
            for (std::size_t i = 0; i < count; ++i)
                measure(comparison_.candidates[(i + static_cast<std::size_t>(round)) % count], true);
        }
        comparison_.isComplete = !observer_.stop.stop_requested();
        return std::move(comparison_);
    }

private:
    /// Runs once, unless it is known that it cannot.
    void measure(CandidateResult &result, bool counts)
    {
        if (!result.obstacle.empty() || observer_.stop.stop_requested())
            return;
        if (observer_.began)
            observer_.began(result.candidate, run_, runs());
        ++run_;
        ++begun_[numberOf(result)];
        if (const auto done = runOnce(result, counts); !done && !observer_.stop.stop_requested())
            result.obstacle = done.error();
        if (observer_.measured)
            observer_.measured(comparison_);
    }

    /// How many there will be in all: none any more of who has met an obstacle.
    [[nodiscard]] int runs() const
    {
        int runs = 0;
        for (const CandidateResult &result : comparison_.candidates)
            runs += result.obstacle.empty() ? plan_.repetitions + 1 : begun_[numberOf(result)];
        return runs;
    }
    [[nodiscard]] std::size_t numberOf(const CandidateResult &result) const
    {
        return static_cast<std::size_t>(&result - comparison_.candidates.data());
    }

    tl::expected<void, std::string> runOnce(CandidateResult &result, bool counts)
    {
        const std::string file = fileOf(result, result.runs.size());
        if (plan_.isCold) {
            if (const auto emptied = emptyPageCache(); !emptied)
                return tl::unexpected(emptied.error());
        }
        const auto measured = measureCommand(program_, commandOf(program_, plan_.work, result.candidate, file), observer_.stop);
        if (!measured)
            return tl::unexpected(measured.error());
        const auto opened = open(file);
        if (!opened)
            return tl::unexpected(measured->errors.empty() ? measured->process.endText() : lastLineOf(measured->errors));
        if (!counts) {
            std::filesystem::remove(file, ignored_); // nobody shall take it for the first that counts
            return {};
        }
        result.runs.push_back(figuresOf(**opened, measured->process.resources));
        auto kept = keepMiddle(result, *opened);
        if (!kept)
            result.runs.pop_back(); // the trace that is there is the middle one of those before
        return kept;
    }

    /// `last` is the trace of the last run.
    tl::expected<void, std::string> keepMiddle(CandidateResult &result, std::shared_ptr<const Trace> last) const
    {
        const auto middle = std::ranges::find(result.runs, result.wall().median, &RunFigures::wall);
        const auto run = static_cast<std::size_t>(middle - result.runs.begin());
        if (result.trace && run == result.middleRun)
            return {};
        auto trace = run + 1 == result.runs.size() ? tl::expected<std::shared_ptr<const Trace>, std::string>(std::move(last))
                                                   : open(fileOf(result, run));
        if (!trace)
            return tl::unexpected(trace.error());
        result.trace = *std::move(trace);
        result.middleRun = run;
        return {};
    }

    [[nodiscard]] tl::expected<std::shared_ptr<const Trace>, std::string> open(const std::string &file) const
    {
        OpeningObserver opening;
        opening.stop = observer_.stop;
        auto opened = openOwnFile(file, opening);
        if (!opened)
            return tl::unexpected(opened.error().what);
        return std::move(opened->trace);
    }

    [[nodiscard]] std::string fileOf(const CandidateResult &result, std::size_t run) const
    {
        return (folder_ / (std::to_string(numberOf(result)) + '-' + std::to_string(run) + ".loopscope")).string();
    }

    const ExperimentPlan &plan_;
    const std::string program_;
    const ExperimentObserver &observer_;
    const std::filesystem::path folder_;
    Comparison comparison_;
    int run_ = 0;
    std::vector<int> begun_; // runs of each candidate
    std::error_code ignored_;
};

} // namespace

tl::expected<Comparison, std::string> runExperiment(const ExperimentPlan &plan, const std::string &program,
                                                    const ExperimentObserver &observer)
{
    const QTemporaryDir folder;
    if (!folder.isValid())
        return tl::unexpected("there is no folder for the recordings: " + folder.errorString().toStdString());
    return Experiment(plan, program, observer, folder.path().toStdString()).run();
}

} // namespace loopscope
