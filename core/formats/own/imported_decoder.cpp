#include "core/formats/own/trace_decoder.h"

#include <cmath>

namespace loopscope {

bool TraceDecoder::addInstants(ByteReader &in)
{
    while (!in.atEnd()) {
        Instant instant;
        instant.at = in.number<Nanoseconds>();
        for (std::uint32_t *part : {&instant.lane, &instant.site, &instant.event})
            *part = in.number<std::uint32_t>();
        const bool hasEvent = instant.event <= largestEventId || instant.event == noEvent;
        if (in.hasFailed() || !isUsableTime(instant.at) || !isLaneOrNone(instant.lane) || !hasSite(instant.site) || !hasEvent)
            return false;
        instants_.push_back(instant);
    }
    return true;
}

bool TraceDecoder::addFlows(ByteReader &in)
{
    while (!in.atEnd()) {
        Flow flow;
        flow.sent = in.number<Nanoseconds>();
        flow.received = in.number<Nanoseconds>();
        for (std::uint32_t *part : {&flow.from, &flow.to, &flow.site})
            *part = in.number<std::uint32_t>();
        if (in.hasFailed() || !isUsableTime(flow.sent) || !isUsableTime(flow.received) || !isLaneOrNone(flow.from) || !isLaneOrNone(flow.to)
            || !hasSite(flow.site))
            return false;
        flows_.push_back(flow);
    }
    return true;
}

bool TraceDecoder::addSamples(ByteReader &in)
{
    while (!in.atEnd()) {
        const auto lane = in.number<LaneId>();
        Sample sample;
        sample.at = in.number<Nanoseconds>();
        sample.value = in.number<double>();
        if (in.hasFailed() || !trace_->hasLane(lane) || !isUsableTime(sample.at) || !std::isfinite(sample.value))
            return false;
        samples_[lane].push_back(sample);
        ++sampleCount_;
    }
    return true;
}

} // namespace loopscope
