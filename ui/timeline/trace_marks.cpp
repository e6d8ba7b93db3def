#include "ui/timeline/trace_marks.h"

#include <utility>

namespace loopscope {

void TraceMarks::show(std::shared_ptr<Marks> marks)
{
    marks_ = std::move(marks);
    Q_EMIT changed();
}

MarkId TraceMarks::add(Nanoseconds at)
{
    const MarkId id = marks_->add(at);
    tellEdited();
    return id;
}

bool TraceMarks::rename(MarkId id, const QString &name)
{
    const bool isRenamed = marks_->rename(id, name.toStdString());
    if (isRenamed)
        tellEdited();
    return isRenamed;
}

bool TraceMarks::remove(MarkId id)
{
    const bool isRemoved = marks_->remove(id);
    if (isRemoved)
        tellEdited();
    return isRemoved;
}

void TraceMarks::tellEdited()
{
    Q_EMIT changed();
    Q_EMIT edited();
}

} // namespace loopscope
