#include "ui/timeline/trace_marks.h"

#include <algorithm>

namespace loopscope {

void TraceMarks::setTrace(const std::shared_ptr<const Trace> &trace)
{
    const auto before = trace_.lock();
    if (before == trace && trace)
        return;
    std::erase_if(others_, [](const auto &kept) { return kept.first.expired(); });
    if (before && !marks_.all().empty())
        others_.emplace_back(before, std::move(marks_));
    marks_ = {};
    trace_ = trace;
    const auto kept = std::ranges::find_if(others_, [&trace](const auto &other) { return other.first.lock() == trace; });
    if (kept != others_.end()) {
        marks_ = std::move(kept->second);
        others_.erase(kept);
    }
    Q_EMIT changed();
}

MarkId TraceMarks::add(Nanoseconds at)
{
    const MarkId id = marks_.add(at);
    Q_EMIT changed();
    return id;
}

bool TraceMarks::rename(MarkId id, const QString &name)
{
    const bool isRenamed = marks_.rename(id, name.toStdString());
    if (isRenamed)
        Q_EMIT changed();
    return isRenamed;
}

bool TraceMarks::remove(MarkId id)
{
    const bool isRemoved = marks_.remove(id);
    if (isRemoved)
        Q_EMIT changed();
    return isRemoved;
}

} // namespace loopscope
