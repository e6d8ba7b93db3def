#pragma once

#include "core/formats/own/trace_encoder.h"

#include <cstdint>
#include <deque>
#include <vector>

namespace loopscope {

/// Tells what has come to be known of a run since it was asked last, as blocks that can be appended to those of before.
class RunIncrements {
public:
    /// Hands on the blocks; none if nothing has changed. The trace is always the same one. Looks at every lane that lives, and hands on
    /// some 64 MiB of spans at most: what is left comes the next time.
    void tell(const Trace &trace, const Marks &marks, const BlockSink &sink);

private:
    /// A lane of which more may come to be known.
    struct Living {
        LaneId lane = noLane;
        std::uint64_t spans = 0; // told
        std::uint64_t facts = 0; // of those told, a fingerprint
        LaneState state;         // told
    };

    void tellNumbered(const Trace &trace, const BlockSink &sink);
    /// False if it is not all that there is.
    [[nodiscard]] bool tellLiving(const Trace &trace, const BlockSink &sink);
    void tellFacts(const Trace &trace, const BlockSink &sink);
    void tellWakes(const Trace &trace, const BlockSink &sink);

    NameId names_ = 1;
    SiteId sites_ = 1;
    LaneId lanes_ = 1;
    std::size_t endedTasks_ = 0;
    std::vector<Living> living_{{loopLaneId, 0, 0, {}}};
    std::size_t wakes_ = 0;
    std::deque<Wake> recentWakes_; // of those told the last ones, to see whether others have come between them
    Marks marks_;
    std::uint64_t revision_ = UINT64_MAX; // of the trace, all of which was told; of none at first
};

} // namespace loopscope
