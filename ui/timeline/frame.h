#pragma once

#include "core/analysis/stalls.h"
#include "core/trace/trace.h"
#include "ui/theme/theme.h"
#include "ui/timeline/lane_text.h"
#include "ui/timeline/mark_pictures.h"
#include "ui/timeline/metrics.h"
#include "ui/timeline/ticks.h"

#include <QPolygon>
#include <QRect>
#include <QSize>
#include <QString>

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace loopscope {

class BoxCache;
class LabelCache;

// What one picture of the timeline consists of, as plain data in device pixels: nothing is left for the painter to decide. The widget, the
// PNG, the SVG and the PDF replay the same.

struct SpanPicture {
    QRect rect; ///< as drawn: the gap to its neighbour is left out, and half as high as others where it is sparse
    State state = State::Running;
    std::size_t first = 0; ///< the spans it stands for, as SpanBox
    std::size_t count = 1;
    SliceHue hue = mixedSlices; ///< of slices
    bool isMatch = false;       ///< a search has found one of them

    [[nodiscard]] SpanColour colour() const { return state == State::Slice ? SpanColour(hue) : SpanColour(state); }
};

/// The text on a span. Spans are many and most have none, so that it is no part of them.
struct LabelPicture {
    QRect span;
    SpanColour colour; ///< of the span
    PlacedText text;
    int width = 0; ///< of the text
};

/// Instants of a lane that share their pixels.
struct InstantPicture {
    QRect rect;            ///< the triangle is as large, and points at its lower edge
    std::size_t first = 0; ///< as InstantMark
    std::size_t count = 1;
    bool isSelected = false;
};

/// The curve of a counter.
struct CounterPicture {
    QPolygon least; ///< as CounterCurve
    QPolygon most;
    SliceHue hue = 0;
};

struct CapPicture {
    QRect rect;
    Outcome outcome = Outcome::Done;
};

struct LanePicture {
    LaneId lane = noLane;
    QRect rect;             ///< the whole row, the names' column included
    bool isStriped = false; ///< every other one is, with its rows
    bool isSelected = false;
    PlacedText name;
    PlacedText fact;
    bool isFailure = false; ///< of the fact
    QRect matchPlate;       ///< behind the name of a lane that a search has found; else empty
    std::vector<SpanPicture> spans;
    std::vector<LabelPicture> labels;
    std::optional<CapPicture> cap;
    std::optional<QRect> selectedSpan;
    std::vector<InstantPicture> instants;
    std::optional<CounterPicture> counter;
    std::vector<QRect> stalls; ///< of the loop: lines below the spans, some pixels wide at least
};

struct GroupPicture {
    GroupKey key = LaneGroup::Loop;
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
    bool isLarge = false; ///< has a line through the lanes
    PlacedText label;     ///< empty for small marks, and where there is no room
};

/// The selected range of time, as far as it is in sight.
struct RangePicture {
    QRect tint;                           ///< behind the spans, at least a pixel wide
    QRect band;                           ///< over the ruler
    std::vector<QRect> edges;             ///< the lines of its begin and its end, those in sight
    std::vector<QRect> grips;             ///< in the ruler, a grip an edge
    QRect plate;                          ///< under the label
    PlacedText label;                     ///< how long it is
    std::vector<std::size_t> hiddenTicks; ///< whose labels would be under the plate or a grip
};

/// A wake, from the span that caused it to the one that went on.
struct ArrowPicture {
    QPoint from;
    QPoint to;
    bool isFromInSight = true; ///< else it comes from beyond the edge
    bool isToInSight = true;   ///< else it points beyond the edge
    bool isOfCulprit = false;  ///< it is no wake: who held the loop points at who was ready
};

/// What of the critical path is in sight.
struct PathPicture {
    std::vector<QRect> pieces; ///< lines along the lower edges of the lanes
    std::vector<QRect> joins;  ///< upright ones from one lane to the next
};

/// What lies over the lanes: buildOverlay() makes it.
struct FrameOverlay {
    std::optional<RangePicture> range;
    std::vector<ArrowPicture> arrows;
    PathPicture path;
    QRect plate;        ///< under the note
    PlacedText leftOut; ///< how many arrows there is no room for; empty if there are none
};

struct TimelineFrame {
    QSize size;
    int nameWidth = 0;
    QRect ruler;          ///< right of the names
    PlacedText rulerBase; ///< left of the ruler: what its labels count from; empty if from zero
    std::vector<TickPicture> ticks;
    std::vector<LanePicture> lanes;   ///< those that scroll, then the pinned ones, which lie above them
    std::vector<GroupPicture> groups; ///< likewise
    std::size_t pinnedLanes = 0;      ///< how many at the end of `lanes` are pinned
    std::size_t pinnedGroups = 0;
    QRect pinned;        ///< what the pinned rows cover
    int lanesBottom = 0; ///< below the last row, which may be below the picture; rows cover all from the ruler to there
    std::vector<MarkPicture> marks;
    std::optional<int> nowX; ///< the end of what is known of a run that goes on, if it is visible
    std::optional<QRect> selectedSpan;
    FrameOverlay overlay;
};

/// What a picture shows.
struct FrameRequest {
    const Trace &trace;
    const LaneLayout &layout;
    const TimelineMetrics &metrics;
    QSize size;      ///< of the picture in device pixels
    TimeRange range; ///< visible; not empty
    int scroll = 0;  ///< how far the rows that are not pinned are moved up, in device pixels
    std::array<QString, laneGroupCount> summaries{};
    std::array<std::size_t, laneGroupCount> groupSizes{}; ///< as groupSize() tells them: those of which fewer are shown say so
    LaneId selectedLane = noLane;
    std::optional<std::size_t> selectedSpan{};
    std::optional<GroupKey> currentGroup{};
    std::function<bool(LaneId)> isMatch{}; ///< whether a search has found a lane; null if nobody searches
    /// Whether a search has found one of some spans of a lane, from the first to before the last; null if nobody searches.
    std::function<bool(LaneId, std::size_t, std::size_t)> hasMatch{};
    std::optional<std::size_t> selectedInstant{}; ///< of the selected lane
    std::span<const Mark> marks{};
    ByteFigures figures = ByteFigures::Rounded;
    std::span<const Stall> stalls{}; ///< of the run, in order of time
    BoxCache *boxes = nullptr;       ///< of a view, whose next picture is likely to show the same lanes at the same scale; else null
    LabelCache *labels = nullptr;    ///< likewise, of a view that shows most spans again
    bool whole = false;              ///< rows that do not fit wholly are left out: for pictures whose format cannot clip
};

[[nodiscard]] TimelineFrame buildFrame(const FrameRequest &request);

/// The columns of time of a picture of this width.
[[nodiscard]] TimeScale timeScaleOf(const TimelineMetrics &metrics, int width, TimeRange range);

/// The span nearest to `x` in a lane's picture, within `tolerance` pixels.
[[nodiscard]] const SpanPicture *spanAt(const LanePicture &lane, int x, int tolerance);
/// The mark of instants nearest to `at` in a lane's picture, within `tolerance` pixels.
[[nodiscard]] const InstantPicture *instantAt(const LanePicture &lane, QPoint at, int tolerance);
/// The lane whose row is to be seen at `at`; null if there is none.
[[nodiscard]] const LanePicture *laneAt(const TimelineFrame &frame, QPoint at);
/// The group whose header is to be seen at `at`; null if there is none.
[[nodiscard]] const GroupPicture *groupAt(const TimelineFrame &frame, QPoint at);

} // namespace loopscope
