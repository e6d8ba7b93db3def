#include "ui/window/what_if_window.h"

#include "core/runtime/session.h"
#include "ui/compare/comparison_view.h"
#include "ui/panels/elided_label.h"
#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"

#include <QCheckBox>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {

CandidateResult resultOf(const QString &name, std::shared_ptr<const Trace> trace)
{
    CandidateResult result;
    result.candidate.strategy.key = name.toStdString();
    result.runs.push_back(figuresOf(*trace, {}));
    result.trace = std::move(trace);
    return result;
}

/// Whether a scenario can be told to do its blocking calls on the pool.
bool canBePlacedOnPool(const Scenario &scenario)
{
    const auto place = std::ranges::find(scenario.parameters, placeParameter, &ScenarioParameter::name);
    return place != scenario.parameters.end() && std::ranges::find(place->choices, "pool") != place->choices.end();
}

} // namespace

WhatIfWindow::WhatIfWindow(std::string program, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , workers_(new QSpinBox(this))
    , movesLoopJobs_(new QCheckBox(tr("&Blocking calls on the pool"), this))
    , endlessInFlight_(new QCheckBox(tr("All files in &flight"), this))
    , runIt_(new QPushButton(this))
    , verdict_(new ElidedLabel(this))
    , view_(new ComparisonView(this))
    , runner_(std::move(program))
{
    setWindowTitle(tr("What if"));
    arrange();
    connect(workers_, &QSpinBox::valueChanged, this, &WhatIfWindow::predict);
    connect(movesLoopJobs_, &QCheckBox::toggled, this, &WhatIfWindow::predict);
    connect(endlessInFlight_, &QCheckBox::toggled, this, &WhatIfWindow::predict);
    connect(runIt_, &QPushButton::clicked, this, &WhatIfWindow::runIt);
    connect(&runner_, &ExperimentRunner::finished, this, &WhatIfWindow::showMeasured);
    connect(view_, &ComparisonView::candidateActivated, this, [this](std::size_t candidate) {
        if (const auto &trace = shown_->candidates[candidate].trace)
            Q_EMIT traceWanted(trace);
    });
    resize(QSize(fontMetrics().averageCharWidth() * 170, fontMetrics().lineSpacing() * 46).boundedTo(screen()->availableSize() * 0.9));
}

WhatIfWindow::~WhatIfWindow() = default;

void WhatIfWindow::arrange()
{
    workers_->setObjectName(QStringLiteral("workers"));
    workers_->setRange(1, mostWorkers);
    runIt_->setProperty("primary", true);
    verdict_->setElideMode(Qt::ElideRight);
    auto *label = new QLabel(tr("&Workers"), this);
    label->setBuddy(workers_);
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    for (QWidget *widget : std::initializer_list<QWidget *>{label, workers_, movesLoopJobs_, endlessInFlight_, runIt_})
        row->addWidget(widget);
    row->addStretch();
    auto *top = new QVBoxLayout;
    top->setContentsMargins(16, 12, 16, 12);
    top->setSpacing(8);
    top->addLayout(row);
    top->addWidget(verdict_);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(view_, 1);
}

void WhatIfWindow::setRun(std::shared_ptr<const Trace> trace, const RunRequest &request, const std::string &scenarioPath)
{
    runner_.cancel();
    trace_ = std::move(trace);
    request_ = request;
    scenarioPath_ = scenarioPath;
    const bool hasFiles = trace_->totals().files > 0;
    const bool blocks = trace_->times(loopLaneId)[State::Blocking] > 0;
    {
        const QSignalBlocker noWorkers(workers_);
        const QSignalBlocker noJobs(movesLoopJobs_);
        const QSignalBlocker noSlots(endlessInFlight_);
        workers_->setValue(std::max(1, trace_->info().workers));
        movesLoopJobs_->setChecked(blocks);
        endlessInFlight_->setChecked(false);
    }
    movesLoopJobs_->setEnabled(blocks);
    movesLoopJobs_->setToolTip(blocks ? QString() : tr("No call blocked the loop in this run"));
    endlessInFlight_->setEnabled(hasFiles);
    predict();
}

WhatIf WhatIfWindow::change() const
{
    WhatIf change;
    change.workers = workers_->value();
    change.movesLoopJobs = movesLoopJobs_->isChecked();
    change.hasEndlessInFlight = endlessInFlight_->isChecked();
    return change;
}

void WhatIfWindow::predict()
{
    runner_.cancel();
    const int number = ++asked_;
    const auto job = [this, number, trace = trace_, change = change()](const BackgroundJobs::Tell &tell) {
        tell([this, number, predicted = std::shared_ptr<const Trace>(predictRun(*trace, change))] {
            if (number == asked_)
                showPrediction(predicted);
        });
    };
    jobs_.start(job, [this](const std::string &reason) { verdict_->setText(shownText(reason)); });
}

void WhatIfWindow::showPrediction(const std::shared_ptr<const Trace> &predicted)
{
    auto comparison = std::make_shared<Comparison>();
    comparison->title = trace_->info().title;
    comparison->isComplete = true;
    comparison->candidates.push_back(resultOf(tr("recorded"), trace_));
    comparison->candidates.push_back(resultOf(tr("predicted"), predicted));
    show(std::move(comparison));
}

// What was measured stands below what was predicted for it.
void WhatIfWindow::showMeasured(const std::shared_ptr<const Comparison> &measured, const QString &error)
{
    const bool hasRun = measured && measured->isComplete && !measured->candidates.front().runs.empty();
    if (hasRun && shown_->candidates.size() == 2) {
        auto comparison = std::make_shared<Comparison>(*shown_);
        CandidateResult result = measured->candidates.front();
        result.candidate.strategy.key = tr("measured").toStdString();
        result.candidate.workers.reset();
        comparison->candidates.push_back(std::move(result));
        show(std::move(comparison));
        return;
    }
    refresh();
    if (!error.isEmpty())
        verdict_->setText(error);
    else if (measured && measured->isComplete)
        verdict_->setText(shownText(measured->candidates.front().obstacle));
}

void WhatIfWindow::show(std::shared_ptr<const Comparison> shown)
{
    shown_ = std::move(shown);
    view_->show(shown_);
    refresh();
}

QString WhatIfWindow::verdict() const
{
    const auto &candidates = shown_->candidates;
    if (candidates.size() < 2)
        return {};
    const Nanoseconds predicted = candidates[1].wall().median;
    const QString text = tr("Recorded %1, predicted %2").arg(formatDuration(candidates[0].wall().median), formatDuration(predicted));
    if (candidates.size() < 3)
        return text;
    const Nanoseconds measured = candidates[2].wall().median;
    const double error = measured > 0 ? static_cast<double>(predicted) / static_cast<double>(measured) - 1 : 0;
    return tr("%1, measured %2: the prediction is %3 % off").arg(text, formatDuration(measured), QString::asprintf("%+.1f", 100 * error));
}

void WhatIfWindow::refresh()
{
    const bool canRun =
        !request_.isEmpty() && (!movesLoopJobs_->isChecked() || !request_.scenario || canBePlacedOnPool(*request_.scenario));
    runIt_->setText(runner_.isBusy() ? tr("&Cancel") : tr("&Run it so"));
    runIt_->setEnabled(canRun && shown_->candidates.size() >= 2);
    runIt_->setToolTip(canRun               ? tr("Runs the same work so, and shows how far the prediction is off")
                       : request_.isEmpty() ? tr("A trace from a file does not say how to run it again")
                                            : tr("This scenario cannot be told to do its calls on the pool"));
    verdict_->setText(runner_.isBusy() ? tr("Running it…") : verdict());
}

ExperimentPlan WhatIfWindow::plan() const
{
    ExperimentPlan plan;
    plan.repetitions = 1;
    plan.work.paths = request_.paths;
    Candidate candidate{{"measured", {}, {}, true}, workers_->value()};
    std::vector<std::string> &arguments = plan.work.arguments;
    if (request_.scenario) {
        arguments = {"--scenario", scenarioPath_.empty() ? request_.scenario->name : scenarioPath_};
        for (const auto &[name, value] : request_.values) {
            const bool moves = movesLoopJobs_->isChecked() && name == placeParameter;
            arguments.insert(arguments.end(), {"--set", name + '=' + (moves ? std::string("pool") : value)});
        }
        if (movesLoopJobs_->isChecked() && !request_.values.contains(std::string(placeParameter)))
            arguments.insert(arguments.end(), {"--set", "place=pool"});
    }
    const int inFlight = endlessInFlight_->isChecked() ? 65'536 : std::max(1, trace_->info().inFlight);
    arguments.insert(arguments.end(), {"--in-flight", std::to_string(inFlight)});
    plan.candidates.push_back(std::move(candidate));
    return plan;
}

void WhatIfWindow::runIt()
{
    if (runner_.isBusy()) {
        runner_.cancel();
        return;
    }
    if (shown_->candidates.size() > 2) { // another try of the same
        auto comparison = std::make_shared<Comparison>(*shown_);
        comparison->candidates.resize(2);
        show(std::move(comparison));
    }
    runner_.start(plan());
    refresh();
}

void WhatIfWindow::closeEvent(QCloseEvent *event)
{
    runner_.cancel();
    QWidget::closeEvent(event);
    if (parentWidget())
        parentWidget()->activateWindow(); // without a window manager nobody else gives the keyboard back
}

} // namespace loopscope
