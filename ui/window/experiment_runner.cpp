#include "ui/window/experiment_runner.h"

#include "ui/theme/shown_text.h"

#include <utility>

namespace loopscope {

ExperimentRunner::ExperimentRunner(std::string program, QObject *parent)
    : QObject(parent)
    , program_(std::move(program))
{
}

ExperimentRunner::~ExperimentRunner()
{
    cancel();
}

void ExperimentRunner::start(const ExperimentPlan &plan)
{
    isBusy_ = true;
    stop_ = std::stop_source();
    const auto job = [this, plan, program = program_, stop = stop_.get_token()](const BackgroundJobs::Tell &tell) {
        ExperimentObserver observer;
        observer.stop = stop;
        observer.began = [this, tell](const Candidate &candidate, int run, int runs) {
            tell([this, name = candidate.name(), run, runs] { Q_EMIT began(shownText(name), run, runs); });
        };
        observer.measured = [this, tell](const Comparison &comparison) {
            tell([this, copy = std::make_shared<const Comparison>(comparison)] { Q_EMIT measured(copy); });
        };
        auto result = runExperiment(plan, program, observer);
        tell([this, result = std::move(result)] {
            finish(result ? std::make_shared<const Comparison>(*result) : nullptr, result ? QString() : shownText(result.error()));
        });
    };
    jobs_.start(job, [this](const std::string &reason) { finish(nullptr, shownText(reason)); });
}

void ExperimentRunner::cancel()
{
    stop_.request_stop();
}

void ExperimentRunner::finish(const std::shared_ptr<const Comparison> &comparison, const QString &error)
{
    isBusy_ = false;
    Q_EMIT finished(comparison, error);
}

} // namespace loopscope
