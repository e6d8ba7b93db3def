#pragma once

#include "core/trace/trace.h"
#include "ui/timeline/span_text.h"

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

namespace loopscope {

/// What the spans in sight may say, kept from one frame to the next: the texts are put together from parts and measured, and whoever pans,
/// zooms or scrolls sees most of them again. One thread at a time.
class LabelCache {
public:
    struct Label {
        std::size_t span = 0; ///< as Trace::span takes it
        SpanLabels labels;
        std::vector<int> widths; ///< of each text, in pixels
    };

    /// What is known of one lane, asked from left to right: until the next frame begins.
    class Lane {
    public:
        /// What a span may say, by what `make` tells if it is not known; kept for the next frame. Valid until the next call.
        template <typename Make>
        [[nodiscard]] const Label &labelOf(std::size_t span, Make make)
        {
            while (next_ < known_.size() && known_[next_].span < span)
                ++next_;
            const bool isKnown = next_ < known_.size() && known_[next_].span == span;
            return kept_.emplace_back(isKnown ? std::move(known_[next_++]) : make());
        }

    private:
        friend class LabelCache;
        Lane(std::vector<Label> known, std::vector<Label> &kept)
            : known_(std::move(known))
            , kept_(kept)
        {
        }

        std::vector<Label> known_;
        std::size_t next_ = 0; // of the known ones
        std::vector<Label> &kept_;
    };

    /// Forgets all: what comes is another trace, or is written in another font. A trace that has grown is noticed.
    void clear();
    /// Begins a frame of `trace`. Of the last frame what it kept is known, if it was of the same state of the trace.
    void beginFrame(const Trace &trace);
    /// A lane of this frame, each once.
    [[nodiscard]] Lane lane(LaneId lane);

private:
    using Lanes = std::unordered_map<LaneId, std::vector<Label>>;

    const Trace *trace_ = nullptr;
    std::uint64_t revision_ = 0; // of the trace
    Lanes kept_;                 // in this frame
    Lanes known_;                // of the last one
};

} // namespace loopscope
