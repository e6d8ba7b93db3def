#include "tests/support/described_trace.h"

#include <sstream>

namespace loopscope::test {

namespace {

std::string kindOf(LaneKind kind)
{
    switch (kind) {
    case LaneKind::Process:
        return "process";
    case LaneKind::Thread:
        return "thread";
    case LaneKind::Row:
        return "row";
    case LaneKind::Counter:
        return "counter";
    default:
        return "other";
    }
}

std::string siteText(const Trace &trace, SiteId id)
{
    const std::string &category = trace.name(trace.site(id).file);
    return trace.reason(id) + (category.empty() ? std::string() : '/' + category);
}

void describeLane(const Trace &trace, LaneId id, std::ostream &text)
{
    const Lane &lane = trace.lane(id);
    const bool isAsync = trace.name(lane.task.kind) == "async";
    text << (isAsync ? "async" : kindOf(lane.kind)) << " \"" << trace.nameOf(id) << '"';
    if (lane.task.parent != noLane)
        text << " of " << lane.task.parent;
    if (lane.task.note != 0)
        text << " (" << trace.name(lane.task.note) << ')';
    const char *separator = ": ";
    const auto next = [&]() -> std::ostream & {
        text << separator;
        separator = ", ";
        return text;
    };
    for (std::size_t i = 0; i < trace.spanCount(id); ++i) {
        const Span span = trace.span(id, i);
        next() << siteText(trace, span.site) << ' ' << span.begin << '-';
        if (i < lane.spans.size())
            text << span.end;
        else
            text << '?';
        if (span.state != State::Slice)
            text << ' ' << stateKey(span.state);
    }
    for (const Instant &instant : trace.imported().instants(id))
        next() << siteText(trace, instant.site) << '@' << instant.at;
    for (const Sample &sample : trace.imported().samples(id))
        next() << sample.value << '@' << sample.at;
    text << '\n';
}

} // namespace

std::string describe(const Trace &trace)
{
    std::ostringstream text;
    for (LaneId id = 1; id < trace.laneCount(); ++id)
        describeLane(trace, id, text);
    for (const Flow &flow : trace.imported().flows())
        text << "flow " << siteText(trace, flow.site) << ": " << flow.from << '@' << flow.sent << " -> " << flow.to << '@' << flow.received
             << '\n';
    return text.str();
}

std::string describeProblems(const Trace &trace)
{
    std::ostringstream text;
    for (const ImportProblem &problem : trace.info().problems)
        text << problem.count << " at " << problem.firstByte << ": " << problem.what << '\n';
    return text.str();
}

} // namespace loopscope::test
