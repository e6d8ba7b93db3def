#pragma once

#include "core/experiment/experiment.h"
#include "ui/window/background_jobs.h"

#include <QObject>

#include <memory>
#include <stop_token>
#include <string>

namespace loopscope {

/// Runs experiments on a thread of its own, one at a time. Deleting it gives up what goes on.
class ExperimentRunner : public QObject {
    Q_OBJECT

public:
    /// `program` is the path of Loopscope itself, which runs and measures.
    explicit ExperimentRunner(std::string program, QObject *parent = nullptr);
    ~ExperimentRunner() override;

    /// finished() follows. Not while one goes on.
    void start(const ExperimentPlan &plan);
    /// Lets finished() follow soon, with what was measured until then.
    void cancel();
    [[nodiscard]] bool isBusy() const { return isBusy_; }

Q_SIGNALS:
    /// The how-manieth run begins, counted from 0, of so many.
    void began(const QString &candidate, int run, int runs);
    /// What is known so far.
    void measured(std::shared_ptr<const loopscope::Comparison> comparison);
    /// `error` is a reason without a full stop; then there is no comparison.
    void finished(std::shared_ptr<const loopscope::Comparison> comparison, const QString &error);

private:
    void finish(const std::shared_ptr<const Comparison> &comparison, const QString &error);

    std::string program_;
    std::stop_source stop_;
    bool isBusy_ = false;
    BackgroundJobs jobs_{*this};
};

} // namespace loopscope
