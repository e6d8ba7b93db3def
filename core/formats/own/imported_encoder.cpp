#include "core/formats/own/trace_encoder.h"

#include <algorithm>
#include <bit>
#include <cstdint>

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

/// A set of events, from which they come in order: their source may be a packed file, of which only the next thing is cheap to have.
class EventSet {
public:
    void add(EventId event)
    {
        if (event == noEvent)
            return;
        const std::size_t word = event / bits;
        if (word >= words_.size())
            words_.resize(std::max(word + 1, words_.size() * 2));
        words_[word] |= std::uint64_t(1) << event % bits;
    }

    /// Calls `visit` for each, until it returns false. Whether it never did.
    template <typename Visit>
    bool forEach(Visit visit) const
    {
        for (std::size_t word = 0; word < words_.size(); ++word) {
            for (std::uint64_t left = words_[word]; left != 0; left &= left - 1) {
                if (!visit(static_cast<EventId>(word * bits + static_cast<std::size_t>(std::countr_zero(left)))))
                    return false;
            }
        }
        return true;
    }

private:
    static constexpr std::size_t bits = 64;

    std::vector<std::uint64_t> words_; // a bit an event
};

EventSet eventsOf(const Trace &trace)
{
    EventSet events;
    for (const Instant &instant : trace.imported().instants())
        events.add(instant.event);
    for (LaneId lane = 0; trace.hasLane(lane); ++lane) {
        for (std::size_t i = 0; i < trace.spanCount(lane); ++i) {
            const Span span = trace.span(lane, i);
            if (span.state == State::Slice)
                events.add(span.peer);
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
    const bool isAll = eventsOf(trace).forEach([&](EventId event) {
        const std::string arguments = trace.imported().arguments(event);
        if (arguments.empty() || arguments.size() > mostBlockBytes / 2)
            return !stop.stop_requested();
        if (out.bytes().size() + arguments.size() > argumentBytes && !flush())
            return false;
        if (out.bytes().empty())
            first = event;
        out.number(event);
        out.text(arguments);
        return !stop.stop_requested();
    });
    return isAll && flush();
}

} // namespace

bool encodeImported(const Trace &trace, const std::stop_token &stop, const BlockSink &sink)
{
    const ImportedEvents &events = trace.imported();
    return encodeInstants(events, sink) && encodeFlows(events, sink) && encodeSamples(trace, sink) && encodeArguments(trace, stop, sink);
}

} // namespace loopscope
