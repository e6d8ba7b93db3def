#pragma once

#include "core/analysis/what_if.h"
#include "core/experiment/comparison.h"
#include "core/workload/file_reader.h"
#include "ui/window/background_jobs.h"
#include "ui/window/experiment_runner.h"
#include "ui/window/run_request.h"

#include <QWidget>

#include <memory>
#include <stop_token>
#include <string>

class QCheckBox;
class QPushButton;
class QSpinBox;

namespace loopscope {

class ComparisonView;
class ElidedLabel;
class FieldRestorer;

/// What was recorded, predicted and measured, in this order, as far as it is there, and how far the prediction is off: "Recorded 600 ms,
/// predicted 200 ms, measured 210 ms: the prediction is 4.8 % too short". Empty without a prediction.
[[nodiscard]] QString predictionVerdict(const Comparison &shown);

/// What would have been if a run had been otherwise: the recorded timeline, below it the predicted one, and below that, on demand, that of
/// a run that was really made so, with the error of the prediction.
class WhatIfWindow : public QWidget {
    Q_OBJECT

public:
    /// `program` is the path of Loopscope itself, which runs. A window of its own that belongs to `parent`.
    explicit WhatIfWindow(std::string program, QWidget *parent = nullptr);
    ~WhatIfWindow() override;

    /// Asks about a run that has ended. `request` does it again, by that reader; an empty one, or one of a scenario that is neither built
    /// in nor from a file, cannot be run.
    void setRun(std::shared_ptr<const Trace> trace, const RunRequest &request, FileReader reader);
    /// What is shown: the recorded run, the prediction, and what was measured, as far as they are there.
    [[nodiscard]] const Comparison &shown() const { return *shown_; }

Q_SIGNALS:
    /// A person wants to look closely at one of them.
    void traceWanted(std::shared_ptr<const loopscope::Trace> trace);

protected:
    void closeEvent(QCloseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void arrange();
    [[nodiscard]] WhatIf change() const;
    void predict();
    void startPrediction();
    void showPrediction(int number, const std::shared_ptr<const Comparison> &predicted);
    void runIt();
    void showMeasured(const std::shared_ptr<const Comparison> &measured, const QString &error);
    void show(std::shared_ptr<const Comparison> shown);
    using QWidget::show;
    void refresh();
    [[nodiscard]] ExperimentPlan plan() const;
    [[nodiscard]] bool knowsHowToRun() const;
    [[nodiscard]] bool canMoveJobs() const;

    std::shared_ptr<const Trace> trace_;
    RunRequest request_;
    FileReader reader_ = FileReader::Automatic;
    std::shared_ptr<const Comparison> shown_ = std::make_shared<const Comparison>();
    int asked_ = 0;     // predictions so far: only the last one counts
    int predicted_ = 0; // the one that is shown
    int run_ = 0;       // the one that is being run
    bool isPredicting_ = false;
    FieldRestorer *fields_;
    QSpinBox *workers_;
    QCheckBox *movesLoopJobs_;
    QCheckBox *endlessInFlight_;
    QPushButton *runIt_;
    ElidedLabel *verdict_;
    ComparisonView *view_;
    ExperimentRunner runner_;
    std::stop_source outdated_; // the prediction that is being made
    BackgroundJobs jobs_{*this};
};

} // namespace loopscope
