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
    const auto addState = [flow](State state, const QString &name, const QString &explanation) {
        flow->addWidget(entry(state, name, explanation));
    };
    addState(State::Running, stateName(State::Running), tr("Its code executes on the loop"));
    addState(State::Ready, stateName(State::Ready), tr("It could go on, and the loop has not got to it yet"));
    addState(State::Awaiting, stateName(State::Awaiting), tr("Suspended on a file, timer, socket, lock or other task"));
    addState(State::Queued, stateName(State::Queued), tr("Handed to the pool, no worker is free yet"));
    addState(State::InWorker, stateName(State::InWorker), tr("Its blocking call runs on a worker, whose number it bears"));
    addState(State::Blocking, tr("blocking the loop"), tr("It runs a blocking call on the loop, so that nobody else can run"));
    flow->addWidget(entry(Outcome::Done, outcomeName(Outcome::Done), tr("It has ended well")));
    flow->addWidget(entry(Outcome::Cancelled, outcomeName(Outcome::Cancelled), tr("It was asked to end before it was done")));
    flow->addWidget(entry(Outcome::Failed, outcomeName(Outcome::Failed), tr("It has ended with an error")));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("Legend"));
}

} // namespace loopscope
