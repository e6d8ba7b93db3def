#include "ui/window/what_if_window.h"

#include "core/runtime/session.h"
#include "core/workload/scenario.h"
#include "ui/compare/comparison_view.h"
#include "ui/panels/elided_label.h"
#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"
#include "ui/window/field_restorer.h"
#include "ui/window/run_settings.h"

#include <QCheckBox>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QShortcut>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
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

QString predictionVerdict(const Comparison &shown)
{
    const auto &candidates = shown.candidates;
    if (candidates.size() < 2)
        return {};
    const Nanoseconds predicted = candidates[1].wall().median;
    QString text =
        WhatIfWindow::tr("Recorded %1, predicted %2").arg(formatDuration(candidates[0].wall().median), formatDuration(predicted));
    if (candidates.size() < 3)
        return text;
    const Nanoseconds measured = candidates[2].wall().median;
    text = WhatIfWindow::tr("%1, measured %2").arg(text, formatDuration(measured));
    if (measured <= 0)
        return text;
    const double error = static_cast<double>(predicted) / static_cast<double>(measured) - 1;
    const QString percent = QString::number(std::abs(100 * error), 'f', 1);
    const QString off = percent == QStringLiteral("0.0") ? WhatIfWindow::tr("the prediction is right to 0.1 %")
                        : error < 0                      ? WhatIfWindow::tr("the prediction is %1 % too short").arg(percent)
                                                         : WhatIfWindow::tr("the prediction is %1 % too long").arg(percent);
    return WhatIfWindow::tr("%1: %2").arg(text, off);
}

WhatIfWindow::WhatIfWindow(std::string program, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , fields_(new FieldRestorer(*this))
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
    connect(new QShortcut(QKeySequence::Close, this), &QShortcut::activated, this, &QWidget::close);
    connect(workers_, &QSpinBox::valueChanged, this, &WhatIfWindow::predict);
    connect(movesLoopJobs_, &QCheckBox::toggled, this, &WhatIfWindow::predict);
    connect(endlessInFlight_, &QCheckBox::toggled, this, &WhatIfWindow::predict);
    connect(runIt_, &QPushButton::clicked, this, &WhatIfWindow::runIt);
    connect(&runner_, &ExperimentRunner::finished, this, &WhatIfWindow::showMeasured);
    connect(view_, &ComparisonView::candidateActivated, this, [this](std::size_t candidate) {
        if (const auto &trace = shown_->candidates[candidate].trace)
            Q_EMIT traceWanted(trace);
    });
    refresh();
    resize(QSize(fontMetrics().averageCharWidth() * 170, fontMetrics().lineSpacing() * 46).boundedTo(screen()->availableSize() * 0.9));
}

WhatIfWindow::~WhatIfWindow()
{
    outdated_.request_stop();
}

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

void WhatIfWindow::setRun(std::shared_ptr<const Trace> trace, const RunRequest &request, FileReader reader)
{
    runner_.cancel();
    trace_ = std::move(trace);
    request_ = request;
    reader_ = reader;
    show(std::make_shared<const Comparison>()); // what is there is of another run
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

// One at a time, for each is a trace of its own.
void WhatIfWindow::predict()
{
    runner_.cancel();
    ++asked_;
    outdated_.request_stop();
    if (!isPredicting_)
        startPrediction();
    refresh();
}

void WhatIfWindow::startPrediction()
{
    isPredicting_ = true;
    outdated_ = std::stop_source();
    const auto job = [this, number = asked_, trace = trace_, change = change(),
                      stop = outdated_.get_token()](const BackgroundJobs::Tell &tell) {
        const auto predicted = std::make_shared<Comparison>();
        predicted->title = trace->info().title;
        predicted->isComplete = true;
        predicted->candidates.push_back(resultOf(tr("recorded"), trace));
        if (const auto run = predictRun(*trace, change, stop)) { // else another prediction is asked for by now
            predicted->candidates.push_back(resultOf(tr("predicted"), run));
            predicted->candidates.back().isPredicted = true;
        }
        tell([this, number, predicted] { showPrediction(number, predicted); });
    };
    jobs_.start(job, [this](const std::string &reason) {
        isPredicting_ = false;
        verdict_->setText(tr("There is no prediction: %1.").arg(shownText(reason)));
    });
}

void WhatIfWindow::showPrediction(int number, const std::shared_ptr<const Comparison> &predicted)
{
    isPredicting_ = false;
    if (number != asked_)
        return startPrediction();
    predicted_ = number;
    show(predicted);
}

// What was measured stands below what was predicted for it.
void WhatIfWindow::showMeasured(const std::shared_ptr<const Comparison> &measured, const QString &error)
{
    const bool hasRun = measured && measured->isComplete && !measured->candidates.front().runs.empty();
    if (run_ != predicted_)
        return refresh(); // it was of other choices
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
    const QString why = !error.isEmpty() ? error : measured ? shownText(measured->candidates.front().obstacle) : QString();
    if (!why.isEmpty())
        verdict_->setText(tr("It could not be run: %1.").arg(why));
}

void WhatIfWindow::show(std::shared_ptr<const Comparison> shown)
{
    shown_ = std::move(shown);
    view_->show(shown_);
    refresh();
}

void WhatIfWindow::refresh()
{
    const bool canRun = knowsHowToRun() && canMoveJobs();
    const bool isCurrent = predicted_ == asked_ && shown_->candidates.size() >= 2;
    runIt_->setText(runner_.isBusy() ? tr("&Cancel") : tr("&Run it so"));
    runIt_->setEnabled(runner_.isBusy() || (canRun && isCurrent));
    runIt_->setToolTip(canRun             ? tr("Runs the same work so, and shows how far the prediction is off")
                       : !knowsHowToRun() ? tr("What is known of this run does not say how to run it again")
                                          : tr("This scenario cannot be told to do its calls on the pool"));
    verdict_->setText(runner_.isBusy() ? tr("Running it…") : isCurrent ? predictionVerdict(*shown_) : tr("Predicting…"));
}

bool WhatIfWindow::knowsHowToRun() const
{
    if (!request_.scenario)
        return !request_.isEmpty();
    return !request_.scenarioPath.empty() || findBuiltInScenario(request_.scenario->name) == request_.scenario.get();
}

bool WhatIfWindow::canMoveJobs() const
{
    return !movesLoopJobs_->isChecked() || !request_.scenario || canBePlacedOnPool(*request_.scenario);
}

ExperimentPlan WhatIfWindow::plan() const
{
    ExperimentPlan plan;
    plan.repetitions = 1;
    plan.work.paths = request_.paths;
    Candidate candidate{{"measured", {}, {}, true}, workers_->value()};
    std::vector<std::string> &arguments = plan.work.arguments;
    if (request_.scenario) {
        arguments = {"--scenario", request_.scenarioPath.empty() ? request_.scenario->name : request_.scenarioPath};
        for (const auto &[name, value] : request_.values) {
            const bool moves = movesLoopJobs_->isChecked() && name == placeParameter;
            arguments.insert(arguments.end(), {"--set", name + '=' + (moves ? std::string("pool") : value)});
        }
        if (movesLoopJobs_->isChecked() && !request_.values.contains(std::string(placeParameter)))
            arguments.insert(arguments.end(), {"--set", std::string(placeParameter) + "=pool"});
    }
    const int inFlight = endlessInFlight_->isChecked() ? RunSettings::maxInFlight : std::max(1, trace_->info().inFlight);
    // What was read on the loop, one file after another, is read on the pool.
    const FileReader reader = movesLoopJobs_->isChecked() && reader_ == FileReader::Sequential ? FileReader::Pool : reader_;
    arguments.insert(arguments.end(), {"--in-flight", std::to_string(inFlight), "--reader", fileReaderKey(reader)});
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
    run_ = predicted_;
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

void WhatIfWindow::keyPressEvent(QKeyEvent *event)
{
    if (!event->matches(QKeySequence::Cancel))
        return QWidget::keyPressEvent(event);
    if (!fields_->restore())
        close();
}

} // namespace loopscope
