#pragma once

#include "ui/timeline/frame.h"

#include <cstdint>

namespace loopscope {

class SpanAreas;

/// How the spans of a frame are put into a file, so that it stays below 5 MB, whatever the trace has.
enum class FileDetail : std::uint8_t {
    Full,  ///< each is areas of its own, with its pattern
    Dense, ///< those of lanes with many are an image a lane, without patterns
    Plain, ///< likewise, and no others have a pattern
};

/// What a file can hold of a frame. `areas` are those that the spans would be.
[[nodiscard]] FileDetail fileDetailOf(const TimelineFrame &frame, const SpanAreas &areas);

/// Whether a lane has more spans than an image of them takes bytes.
[[nodiscard]] bool isDense(const LanePicture &lane);

} // namespace loopscope
