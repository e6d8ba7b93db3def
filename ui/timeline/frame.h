#pragma once

#include "core/analysis/stalls.h"
#include "core/trace/trace.h"
#include "ui/timeline/lane_text.h"
#include "ui/timeline/metrics.h"
#include "ui/timeline/ticks.h"

#include <QPoint>
#include <QRect>
#include <QSize>
#include <QString>

#include <array>
#include <optional>
#include <span>
#include <vector>

namespace loopscope {

// What one picture of the timeline consists of, as plain data in device pixels: nothing is left for the painter to decide. The widget, the
// PNG, the SVG and the PDF replay the same.

/// A text with the left end of its baseline.
struct PlacedText {
    QPoint at;
    QString text;
};

struct SpanPicture {
    QRect rect; ///< as drawn: the gap to its neighbour is left out
    State state = State::Running;
    std::size_t first = 0; ///< the spans it stands for, as SpanBox
    std::size_t count = 1;
    PlacedText label; ///< empty if none fits
    int labelWidth = 0;
};

struct CapPicture {
    QRect rect;
    Outcome outcome = Outcome::Done;
};

struct LanePicture {
    LaneId lane = noLane;
    QRect rect;             ///< the whole row, the names' column included
    bool isStriped = false; ///< every other one is
    bool isSelected = false;
    PlacedText name;
    PlacedText fact;
    bool isFailure = false; ///< of the fact
    std::vector<SpanPicture> spans;
    std::optional<CapPicture> cap;
    std::optional<QRect> selectedSpan;
    std::vector<QRect> stalls; ///< of the loop: lines below the spans, some pixels wide at least
};

struct GroupPicture {
    LaneGroup group = LaneGroup::Loop;
    QRect rect;
    bool isFolded = false;
    bool isCurrent = false; ///< keys are for it
    QRect arrow;            ///< where the fold arrow is
    PlacedText title;
    PlacedText count;
    PlacedText summary;
};

struct TickPicture {
    int x = 0;
    PlacedText label; ///< empty for small marks
};

struct TimelineFrame {
    QSize size;
    int nameWidth = 0;
    QRect ruler; ///< right of the names
    std::vector<TickPicture> ticks;
    std::vector<LanePicture> lanes;   ///< those that scroll, then the pinned ones, which lie above them
    std::vector<GroupPicture> groups; ///< likewise
    std::size_t pinnedLanes = 0;      ///< how many at the end of `lanes` are pinned
    std::size_t pinnedGroups = 0;
    QRect pinned;            ///< what the pinned rows cover
    bool isCrowded = false;  ///< has more spans than a file should hold as areas of their own
    int lanesBottom = 0;     ///< below the last row, or the bottom of the picture
    std::optional<int> nowX; ///< the end of what is known of a run that goes on, if it is visible
    std::optional<QRect> selectedSpan;
};

/// What a picture shows.
struct FrameRequest {
    const Trace &trace;
    const LaneLayout &layout;
    const TimelineMetrics &metrics;
    QSize size;      ///< of the picture in device pixels
    TimeRange range; ///< visible; not empty
    int scroll = 0;  ///< how far the rows that are not pinned are moved up, in device pixels
    FoldedGroups folded{};
    std::array<QString, laneGroupCount> summaries{};
    LaneId selectedLane = noLane;
    std::optional<std::size_t> selectedSpan{};
    std::optional<LaneGroup> currentGroup{};
    ByteFigures figures = ByteFigures::Rounded;
    std::span<const Stall> stalls{}; ///< of the run, in order of time
    bool whole = false;              ///< rows that do not fit wholly are left out: for pictures whose format cannot clip
};

[[nodiscard]] TimelineFrame buildFrame(const FrameRequest &request);

/// The columns of time of a picture of this width.
[[nodiscard]] TimeScale timeScaleOf(const TimelineMetrics &metrics, int width, TimeRange range);

/// The span nearest to `x` in a lane's picture, within `tolerance` pixels.
[[nodiscard]] const SpanPicture *spanAt(const LanePicture &lane, int x, int tolerance);
/// The lane whose row covers `at`, pinned ones first.
[[nodiscard]] const LanePicture *laneAt(const TimelineFrame &frame, QPoint at);
/// The group whose header covers `at`, pinned ones first.
[[nodiscard]] const GroupPicture *groupAt(const TimelineFrame &frame, QPoint at);

} // namespace loopscope
