#include "ui/window/trace_document.h"

#include "ui/theme/shown_text.h"

#include <cstdlib>
#include <memory>
#include <utility>

namespace loopscope {

std::string realPathOf(const std::string &path)
{
    const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
    return real ? std::string(real.get()) : path;
}

TraceDocument::TraceDocument(std::shared_ptr<const Trace> trace, RunRequest request)
    : trace_(std::move(trace))
    , request_(std::move(request))
{
}

TraceDocument::TraceDocument(std::shared_ptr<const Trace> trace, TraceFile file)
    : trace_(std::move(trace))
    , file_(std::move(file))
{
}

QString TraceDocument::name() const
{
    return shownText(file_.path.substr(file_.path.find_last_of('/') + 1)); // npos + 1 is 0
}

void TraceDocument::replaceTrace(std::shared_ptr<const Trace> trace, const Marks &marks)
{
    trace_ = std::move(trace);
    *marks_ = marks;
    Q_EMIT traceReplaced();
    Q_EMIT changed();
}

void TraceDocument::completeTrace(std::shared_ptr<const Trace> trace, Marks marks)
{
    for (const Mark &mark : marks_->all())
        marks.add(mark.at, mark.name);
    replaceTrace(std::move(trace), marks);
}

void TraceDocument::noteEdit()
{
    ++edits_;
    Q_EMIT changed();
}

void TraceDocument::noteSaved(TraceFile file, std::uint64_t edits)
{
    file_ = std::move(file);
    savedEdits_ = edits;
    Q_EMIT changed();
}

} // namespace loopscope
