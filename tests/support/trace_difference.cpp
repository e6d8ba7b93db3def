#include "tests/support/trace_difference.h"

#include <algorithm>

namespace loopscope::test {

namespace {

/// Compares one thing after the other until two differ.
class Comparison {
public:
    template <typename T>
    Comparison &same(const std::string &what, const T &a, const T &b)
    {
        if (difference_.empty() && !(a == b))
            difference_ = what;
        return *this;
    }
    [[nodiscard]] bool hasFailed() const { return !difference_.empty(); }
    [[nodiscard]] const std::string &difference() const { return difference_; }

private:
    std::string difference_;
};

void compareInfo(Comparison &all, const RunInfo &a, const RunInfo &b)
{
    all.same("title", a.title, b.title).same("startedUnixNs", a.startedUnixNs, b.startedUnixNs).same("workers", a.workers, b.workers);
    all.same("inFlight", a.inFlight, b.inFlight).same("cores", a.cores, b.cores).same("stallThreshold", a.stallThreshold, b.stallThreshold);
    all.same("skipped", a.skipped, b.skipped).same("notes", a.notes, b.notes).same("wall", a.wall, b.wall).same("cpu", a.cpu, b.cpu);
    all.same("peakRssBytes", a.peakRssBytes, b.peakRssBytes).same("droppedEvents", a.droppedEvents, b.droppedEvents);
    all.same("spansNotKept", a.spansNotKept, b.spansNotKept).same("tasksToCome", a.tasksToCome, b.tasksToCome);
    all.same("importedFrom", a.importedFrom, b.importedFrom).same("problems", a.problems, b.problems);
    all.same("showsNanoseconds", a.showsNanoseconds, b.showsNanoseconds).same("stopped", a.stopped, b.stopped);
    all.same("finished", a.finished, b.finished);
}

void compareNames(Comparison &all, const Trace &a, const Trace &b)
{
    all.same("count of names", a.nameCount(), b.nameCount()).same("count of sites", a.siteCount(), b.siteCount());
    for (NameId id = 0; id < a.nameCount() && !all.hasFailed(); ++id)
        all.same("name " + std::to_string(id), a.name(id), b.name(id));
    for (SiteId id = 0; id < a.siteCount() && !all.hasFailed(); ++id)
        all.same("site " + std::to_string(id), a.site(id), b.site(id));
}

void compareFiles(Comparison &all, const std::string &lane, const FileFacts &a, const FileFacts &b)
{
    all.same(lane + "path", a.path, b.path).same(lane + "bytes", a.bytes, b.bytes).same(lane + "size", a.size, b.size);
    all.same(lane + "lines", a.lines, b.lines).same(lane + "firstInvalidUtf8", a.firstInvalidUtf8, b.firstInvalidUtf8);
    all.same(lane + "has a preview", a.preview != nullptr, b.preview != nullptr);
    if (a.preview && b.preview)
        all.same(lane + "preview", *a.preview, *b.preview);
}

void compareFacts(Comparison &all, const std::string &lane, const TaskFacts &a, const TaskFacts &b)
{
    all.same(lane + "kind of task", a.kind, b.kind).same(lane + "error", a.error, b.error).same(lane + "note", a.note, b.note);
    all.same(lane + "result", a.result, b.result).same(lane + "parent", a.parent, b.parent).same(lane + "outcome", a.outcome, b.outcome);
    all.same(lane + "reads a file", a.file != nullptr, b.file != nullptr);
    if (a.file && b.file)
        compareFiles(all, lane, *a.file, *b.file);
}

void compareSpans(Comparison &all, const std::string &lane, LaneId id, const Trace &a, const Trace &b)
{
    all.same(lane + "count of spans", a.spanCount(id), b.spanCount(id));
    all.same(lane + "times", a.times(id), b.times(id)).same(lane + "is open", a.lane(id).isOpen(), b.lane(id).isOpen());
    const auto count = all.hasFailed() ? 0 : a.spanCount(id);
    for (std::size_t i = 0; i < count && !all.hasFailed(); ++i) {
        const Span span = a.span(id, i);
        all.same(lane + "span " + std::to_string(i), span, b.span(id, i));
        if (span.state == State::Slice)
            all.same(lane + "arguments of span " + std::to_string(i), a.imported().arguments(span.peer), b.imported().arguments(span.peer));
    }
    // What is summed up for many spans at once.
    for (std::size_t i = 0; i + 1 < count && !all.hasFailed(); i += 1 + i / 2) {
        all.same(lane + "times from " + std::to_string(i), a.timesOf(id, i, count), b.timesOf(id, i, count));
        const Nanoseconds at = a.span(id, i).begin;
        all.same(lane + "span after " + std::to_string(at), a.firstSpanEndingAfter(id, at), b.firstSpanEndingAfter(id, at));
    }
}

void compareLane(Comparison &all, LaneId id, const Trace &a, const Trace &b)
{
    const std::string what = "lane " + std::to_string(id) + ": ";
    const Lane &first = a.lane(id);
    const Lane &second = b.lane(id);
    all.same(what + "kind", first.kind, second.kind).same(what + "name", a.nameOf(id), b.nameOf(id));
    all.same(what + "begin", first.begin, second.begin).same(what + "end", first.end(), second.end());
    all.same(what + "incomplete", first.incomplete, second.incomplete);
    compareFacts(all, what, first.task, second.task);
    compareSpans(all, what, id, a, b);
    all.same(what + "count of samples", a.imported().samples(id).size(), b.imported().samples(id).size());
    if (!all.hasFailed())
        all.same(what + "samples", std::ranges::equal(a.imported().samples(id), b.imported().samples(id)), true);
}

} // namespace

std::string differenceBetween(const Trace &a, const Trace &b)
{
    Comparison all;
    all.same("origin", a.origin(), b.origin()).same("now", a.now(), b.now()).same("count of lanes", a.laneCount(), b.laneCount());
    compareInfo(all, a.info(), b.info());
    compareNames(all, a, b);
    for (LaneId id = 0; id < a.laneCount() && !all.hasFailed(); ++id)
        compareLane(all, id, a, b);
    all.same("tasks", a.tasks(), b.tasks()).same("workers", a.workers(), b.workers()).same("rows", a.rows(), b.rows());
    all.same("processes", a.processes(), b.processes()).same("ended tasks", a.endedTasks(), b.endedTasks());
    all.same("outcomes", a.totals().byOutcome, b.totals().byOutcome).same("files", a.totals().files, b.totals().files);
    all.same("bytes", a.totals().bytes, b.totals().bytes).same("count of spans", a.spanCount(), b.spanCount());
    all.same("wakes", a.wakes(), b.wakes()).same("instants", a.imported().instants(), b.imported().instants());
    all.same("flows", a.imported().flows(), b.imported().flows());
    for (const Instant &instant : a.imported().instants()) {
        if (!all.hasFailed())
            all.same("arguments of an instant", a.imported().arguments(instant.event), b.imported().arguments(instant.event));
    }
    return all.difference();
}

std::string differenceBetween(const Marks &a, const Marks &b)
{
    return Comparison().same("marks", a.all(), b.all()).same("last mark", a.last(), b.last()).difference();
}

} // namespace loopscope::test
