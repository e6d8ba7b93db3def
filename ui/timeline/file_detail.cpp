#include "ui/timeline/file_detail.h"

#include "ui/timeline/span_areas.h"

namespace loopscope {

namespace {

// Of an SVG; ruler, marks and legend come on top of them.
constexpr std::size_t mostBytes = 4'800'000;
constexpr std::size_t bytesALane = 520; // its name, its fact, its ground and its cap
constexpr std::size_t bytesALabel = 260;
constexpr std::size_t bytesAnImage = 1'800;
// As plain areas they take what an image takes.
constexpr std::size_t fewAsAreas = bytesAnImage / 50;

std::size_t bytesOf(const TimelineFrame &frame, const FileDetail &detail, const SpanAreas &areas)
{
    std::size_t bytes = 0;
    for (const LanePicture &lane : frame.lanes) {
        bytes += bytesALane + (detail.hasLabels ? lane.labels.size() * bytesALabel : 0);
        if (detail.isImage(lane)) {
            bytes += bytesAnImage;
            continue;
        }
        for (const SpanPicture &span : lane.spans)
            bytes += areas.bytesOf(span.rect, span.colour());
    }
    return bytes;
}

} // namespace

FileDetail fileDetailOf(const TimelineFrame &frame, const SpanAreas &patterned, const SpanAreas &plain)
{
    for (const FileDetail detail : {FileDetail{}, FileDetail{SpanShapes::Detail::Full, fewAsAreas}}) {
        if (bytesOf(frame, detail, patterned) <= mostBytes)
            return detail;
    }
    for (const bool hasLabels : {true, false}) {
        for (std::size_t few = fewAsAreas; few > 0; few /= 2) {
            const FileDetail detail{SpanShapes::Detail::Plain, few, hasLabels};
            if (bytesOf(frame, detail, plain) <= mostBytes)
                return detail;
        }
    }
    return {SpanShapes::Detail::Plain, 0, false};
}

} // namespace loopscope
