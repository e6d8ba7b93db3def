#include "ui/timeline/task_filter.h"

#include "ui/theme/shown_text.h"
#include "ui/timeline/task_text.h"

namespace loopscope {

namespace {

bool hasTrait(const Trace &trace, const Lane &lane, TaskTrait trait)
{
    switch (trait) {
    case TaskTrait::Failed:
        return lane.task.outcome == Outcome::Failed;
    case TaskTrait::Cancelled:
        return lane.task.outcome == Outcome::Cancelled;
    case TaskTrait::Unfinished:
        return lane.task.outcome == Outcome::Unfinished;
    case TaskTrait::Blocked:
        return trace.times(lane.id)[State::Blocking] > 0;
    }
    return false;
}

bool hasText(const Trace &trace, const Lane &lane, const QString &text)
{
    if (shownText(lane.name).contains(text, Qt::CaseInsensitive))
        return true;
    if (const LaneId process = trace.processOf(lane.id); process != noLane)
        return shownText(trace.nameOf(process)).contains(text, Qt::CaseInsensitive);
    if (lane.task.outcome == Outcome::Unfinished)
        return false;
    return stateText(lane).contains(text, Qt::CaseInsensitive) || resultText(trace, lane).contains(text, Qt::CaseInsensitive);
}

} // namespace

bool matches(const Trace &trace, LaneId task, const TaskFilterTerms &terms)
{
    const Lane &lane = trace.lane(task);
    return (!terms.kind || lane.task.kind == *terms.kind) && (!terms.parent || lane.task.parent == *terms.parent)
           && (!terms.trait || hasTrait(trace, lane, *terms.trait)) && (terms.text.isEmpty() || hasText(trace, lane, terms.text));
}

QString traitTitle(TaskTrait trait)
{
    switch (trait) {
    case TaskTrait::Failed:
        return outcomeName(Outcome::Failed);
    case TaskTrait::Cancelled:
        return outcomeName(Outcome::Cancelled);
    case TaskTrait::Unfinished:
        return outcomeName(Outcome::Unfinished);
    case TaskTrait::Blocked:
        return TaskFilter::tr("blocked the loop");
    }
    return {};
}

void TaskFilter::setTerms(const TaskFilterTerms &terms)
{
    if (terms == terms_)
        return;
    terms_ = terms;
    Q_EMIT changed();
}

void TaskFilter::setText(const QString &text)
{
    TaskFilterTerms terms = terms_;
    terms.text = text;
    setTerms(terms);
}

void TaskFilter::setTrait(std::optional<TaskTrait> trait)
{
    TaskFilterTerms terms = terms_;
    terms.trait = trait;
    setTerms(terms);
}

void TaskFilter::setKind(std::optional<NameId> kind)
{
    TaskFilterTerms terms = terms_;
    terms.kind = kind;
    setTerms(terms);
}

void TaskFilter::setParentTask(std::optional<LaneId> parent)
{
    TaskFilterTerms terms = terms_;
    terms.parent = parent;
    setTerms(terms);
}

void TaskFilter::forgetNumbers()
{
    TaskFilterTerms terms = terms_;
    terms.kind.reset();
    terms.parent.reset();
    setTerms(terms);
}

} // namespace loopscope
