#include "tests/support/trace_text.h"

#include <set>
#include <sstream>

namespace loopscope::test {

namespace {

std::string siteText(const Trace &trace, SiteId id)
{
    const Site &site = trace.site(id);
    return '"' + trace.name(site.reason) + "\" [" + trace.name(site.file) + ']';
}

const char *kindText(LaneKind kind)
{
    switch (kind) {
    case LaneKind::Loop:
        return "loop";
    case LaneKind::Worker:
        return "worker";
    case LaneKind::Task:
        return "task";
    case LaneKind::Process:
        return "process";
    case LaneKind::Thread:
        return "thread";
    case LaneKind::Row:
        return "row";
    case LaneKind::Counter:
        return "counter";
    }
    return "";
}

void tellLane(const Trace &trace, const Lane &lane, std::ostream &out)
{
    const TaskFacts &facts = lane.task;
    out << kindText(lane.kind) << ' ' << lane.id << " \"" << lane.name << "\" of " << static_cast<int>(facts.parent) << ": "
        << trace.name(facts.kind) << ", " << trace.name(facts.note) << '\n';
    for (std::size_t i = 0; i < trace.spanCount(lane.id); ++i) {
        const Span span = trace.span(lane.id, i);
        const bool isOpen = lane.isOpen() && i + 1 == trace.spanCount(lane.id);
        out << "  " << span.begin << ".." << (isOpen ? "" : std::to_string(span.end)) << ' ' << stateKey(span.state) << ' '
            << siteText(trace, span.site);
        if (span.state == State::Slice)
            out << ' ' << trace.imported().arguments(span.peer);
        out << '\n';
    }
    for (const Instant &instant : trace.imported().instants(lane.id))
        out << "  at " << instant.at << ' ' << siteText(trace, instant.site) << ' ' << trace.imported().arguments(instant.event) << '\n';
    for (const Sample &sample : trace.imported().samples(lane.id))
        out << "  at " << sample.at << " = " << sample.value << '\n';
}

} // namespace

std::string toldTrace(const Trace &trace)
{
    std::ostringstream out;
    out.precision(17);
    out << "until " << trace.now() << '\n';
    for (LaneId lane = 1; trace.hasLane(lane); ++lane)
        tellLane(trace, trace.lane(lane), out);
    std::multiset<std::string> flows; // those that are sent together are in no order
    for (const Flow &flow : trace.imported().flows()) {
        std::ostringstream line;
        line << "flow " << flow.from << " at " << flow.sent << " to " << flow.to << " at " << flow.received << ' '
             << siteText(trace, flow.site);
        flows.insert(line.str());
    }
    for (const std::string &flow : flows)
        out << flow << '\n';
    return out.str();
}

std::string firstDifference(const std::string &a, const std::string &b)
{
    std::istringstream left(a);
    std::istringstream right(b);
    std::string leftLine;
    std::string rightLine;
    for (int line = 1;; ++line) {
        const bool isLeft = static_cast<bool>(std::getline(left, leftLine));
        const bool isRight = static_cast<bool>(std::getline(right, rightLine));
        if (!isLeft && !isRight)
            return {};
        if (isLeft != isRight || leftLine != rightLine)
            return "line " + std::to_string(line) + ": " + (isLeft ? leftLine : "(the end)") + " but "
                   + (isRight ? rightLine : "(the end)");
    }
}

} // namespace loopscope::test
