#include "ui/timeline/file_detail.h"

#include "ui/timeline/span_areas.h"

namespace loopscope {

namespace {

// Of an SVG; its texts come on top of them.
constexpr std::size_t mostBytes = 4'200'000;
// What images of all lanes leave of that.
constexpr std::size_t mostBytesBesideImages = mostBytes / 2;
// An image of a lane takes 1,800.
constexpr std::size_t fewSpans = 36;

} // namespace

FileDetail fileDetailOf(const TimelineFrame &frame, const SpanAreas &areas)
{
    std::size_t dense = 0;
    std::size_t sparse = 0;
    for (const LanePicture &lane : frame.lanes) {
        for (const SpanPicture &span : lane.spans)
            (isDense(lane) ? dense : sparse) += areas.bytesOf(span.rect, span.colour());
    }
    if (dense + sparse <= mostBytes)
        return FileDetail::Full;
    return sparse <= mostBytesBesideImages ? FileDetail::Dense : FileDetail::Plain;
}

bool isDense(const LanePicture &lane)
{
    return lane.spans.size() > fewSpans;
}

} // namespace loopscope
