#include "ui/panels/legend.h"

#include "ui/panels/flow_layout.h"
#include "ui/panels/state_swatch.h"
#include "ui/timeline/task_text.h"

#include <QHBoxLayout>
#include <QLabel>

namespace loopscope {

namespace {

QWidget *entry(StateSwatch::Sign sign, const QString &name, const QString &explanation)
{
    auto *entry = new QWidget;
    auto *row = new QHBoxLayout(entry);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    auto *label = new QLabel(name, entry);
    label->setTextFormat(Qt::PlainText);
    row->addWidget(new StateSwatch(sign, entry));
    row->addWidget(label);
    entry->setToolTip(explanation);
    entry->setAccessibleName(name);
    entry->setAccessibleDescription(explanation);
    return entry;
}

} // namespace

Legend::Legend(QWidget *parent)
    : QWidget(parent)
{
    auto *flow = new FlowLayout(20, 4, this);
    flow->setContentsMargins(12, 6, 12, 6);
    const QString half = QLatin1Char('\n') + tr("Half as high where its lane is idle for most of a pixel's time");
    const auto addState = [&](State state, const QString &name, const QString &explanation) {
        const bool isEverHalf = state != State::Blocking; // which must not vanish
        states_.push_back(entry(SpanColour(state), name, isEverHalf ? explanation + half : explanation));
        flow->addWidget(states_.back());
    };
    const auto addOutcome = [&](Outcome outcome, const QString &explanation) {
        outcomes_.push_back(entry(outcome, outcomeName(outcome), explanation));
        flow->addWidget(outcomes_.back());
    };
    addState(State::Running, stateName(State::Running), tr("Its code executes on the loop"));
    addState(State::Ready, stateName(State::Ready), tr("It could go on, and the loop has not got to it yet"));
    addState(State::Awaiting, stateName(State::Awaiting), tr("Suspended on a file, timer, socket, lock or other task"));
    addState(State::Queued, stateName(State::Queued), tr("Handed to the pool, no worker is free yet"));
    addState(State::InWorker, stateName(State::InWorker), tr("Its blocking call runs on a worker, whose number it bears"));
    addState(State::Blocking, tr("blocking the loop"), tr("It runs a blocking call on the loop, so that nobody else can run"));
    addOutcome(Outcome::Done, tr("It has ended well"));
    addOutcome(Outcome::Cancelled, tr("It was asked to end before it was done"));
    addOutcome(Outcome::Failed, tr("It has ended with an error"));
    slices_.push_back(
        entry(SpanColour(SliceHue(8)), tr("slice, coloured by its name"), tr("Something that has a name, while it lasted") + half));
    slices_.push_back(entry(SpanColour(mixedSlices), tr("several slices"), tr("Too short to be told apart: zoom in") + half));
    for (QWidget *slice : slices_)
        flow->addWidget(slice);
    showEntries();
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("Legend"));
}

void Legend::setTrace(std::shared_ptr<const Trace> trace)
{
    trace_ = std::move(trace);
    showEntries();
}

void Legend::refresh()
{
    if (trace_ && !trace_->hasLoop() && revision_ != trace_->revision())
        showEntries();
}

void Legend::showEntries()
{
    const bool isImport = trace_ && !trace_->hasLoop();
    StateTimes times;
    if (isImport) {
        revision_ = trace_->revision();
        for (const LaneId lane : trace_->rows())
            times += trace_->times(lane);
    }
    for (std::size_t i = 0; i < states_.size(); ++i)
        states_[i]->setVisible(!isImport || times[taskStates[i]] > 0);
    for (QWidget *outcome : outcomes_)
        outcome->setVisible(!isImport);
    for (QWidget *slice : slices_)
        slice->setVisible(isImport);
}

} // namespace loopscope
