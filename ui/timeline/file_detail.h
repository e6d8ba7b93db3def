#pragma once

#include "ui/timeline/frame.h"
#include "ui/timeline/span_shape.h"

#include <cstddef>
#include <cstdint>

namespace loopscope {

class SpanAreas;

/// How the spans of a frame are put into a file, so that it has some 5 MB at most, however many they are. The names and facts of their
/// lanes are among these; instants and counters come on top.
struct FileDetail {
    SpanShapes::Detail shapes = SpanShapes::Detail::Full; ///< of spans that are areas of their own
    std::size_t mostAreas = SIZE_MAX;                     ///< those of lanes with more are an image a lane, without patterns
    bool hasLabels = true;                                ///< of spans

    /// Whether each span is areas of its own, with its pattern and its label.
    [[nodiscard]] bool isFull() const { return *this == FileDetail{}; }
    [[nodiscard]] bool isImage(const LanePicture &lane) const { return lane.spans.size() > mostAreas; }
    friend bool operator==(const FileDetail &, const FileDetail &) = default;
};

/// What a file can hold of a frame. `patterned` and `plain` are the areas that the spans would be, of either detail.
[[nodiscard]] FileDetail fileDetailOf(const TimelineFrame &frame, const SpanAreas &patterned, const SpanAreas &plain);

} // namespace loopscope
