#include "core/formats/own/trace_encoder.h"

#include <algorithm>

namespace loopscope {

namespace {

// Of the arguments: small, for one is unpacked whenever somebody looks at an event in it.
constexpr std::size_t argumentBytes = std::size_t(128) << 10U;

bool encodeInstants(const ImportedEvents &events, const BlockSink &sink)
{
    BlockBuilder builder(BlockKind::Instants, sink);
    for (const Instant &instant : events.instants()) {
        ByteWriter &out = builder.entry();
        out.number(instant.at);
        for (const std::uint32_t part : {instant.lane, instant.site, instant.event})
            out.number(part);
    }
    return builder.flush();
}

bool encodeFlows(const ImportedEvents &events, const BlockSink &sink)
{
    BlockBuilder builder(BlockKind::Flows, sink);
    for (const Flow &flow : events.flows()) {
        ByteWriter &out = builder.entry();
        out.number(flow.sent);
        out.number(flow.received);
        for (const std::uint32_t part : {flow.from, flow.to, flow.site})
            out.number(part);
    }
    return builder.flush();
}

bool encodeSamples(const Trace &trace, const BlockSink &sink)
{
    BlockBuilder builder(BlockKind::Samples, sink);
    for (LaneId lane = 0; trace.hasLane(lane); ++lane) {
        for (const Sample &sample : trace.imported().samples(lane)) {
            ByteWriter &out = builder.entry();
            out.number(lane);
            out.number(sample.at);
            out.number(sample.value);
        }
    }
    return builder.flush();
}

// Whether there is an event of each number. In order, for their source may be a packed file, of which only the next thing is cheap to have.
std::vector<bool> eventsOf(const Trace &trace)
{
    std::vector<bool> events;
    const auto add = [&events](EventId event) {
        if (event == noEvent)
            return;
        if (event >= events.size())
            events.resize(std::max<std::size_t>(event + 1, events.size() * 2));
        events[event] = true;
    };
    for (const Instant &instant : trace.imported().instants())
        add(instant.event);
    for (LaneId lane = 0; trace.hasLane(lane); ++lane) {
        for (std::size_t i = 0; i < trace.spanCount(lane); ++i) {
            const Span span = trace.span(lane, i);
            if (span.state == State::Slice)
                add(span.peer);
        }
    }
    return events;
}

bool encodeArguments(const Trace &trace, const std::stop_token &stop, const BlockSink &sink)
{
    if (!trace.imported().hasSource())
        return true;
    ByteWriter out;
    EventId first = noEvent;
    const auto flush = [&] {
        const bool isTaken = out.bytes().empty() || sink({BlockKind::Arguments, first, out.bytes(), {}});
        out.clear();
        return isTaken;
    };
    const std::vector<bool> events = eventsOf(trace);
    for (EventId event = 0; event < events.size() && !stop.stop_requested(); ++event) {
        const std::string arguments = events[event] ? trace.imported().arguments(event) : std::string();
        if (arguments.empty() || arguments.size() > mostBlockBytes / 2)
            continue;
        if (out.bytes().size() + arguments.size() > argumentBytes && !flush())
            return false;
        if (out.bytes().empty())
            first = event;
        out.number(event);
        out.text(arguments);
    }
    return !stop.stop_requested() && flush();
}

} // namespace

bool encodeImported(const Trace &trace, const std::stop_token &stop, const BlockSink &sink)
{
    const ImportedEvents &events = trace.imported();
    return encodeInstants(events, sink) && encodeFlows(events, sink) && encodeSamples(trace, sink) && encodeArguments(trace, stop, sink);
}

} // namespace loopscope
