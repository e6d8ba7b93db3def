#pragma once

#include "core/experiment/comparison.h"
#include "ui/timeline/frame.h"
#include "ui/timeline/frame_painter.h"

#include <vector>

class QPainter;

namespace loopscope {

/// The timelines of a comparison's candidates, one below the other on one axis, from the common start of their runs: laid out in device
/// pixels from (0, 0) down. Of a candidate with many lanes the first ones are shown, the loop's in any case, and how many are left out.
class StackedTimelines {
public:
    /// The traces must outlive the constructor only.
    StackedTimelines(const Comparison &comparison, const TimelineMetrics &metrics, int width);

    [[nodiscard]] int height() const { return height_; }
    [[nodiscard]] std::size_t laneCount() const;
    /// The candidate whose timeline covers `y`; nothing if none does.
    [[nodiscard]] std::optional<std::size_t> candidateAt(int y) const;
    /// By `ghosts` what was predicted.
    void paint(QPainter &painter, const FramePainter &frames, const FramePainter &ghosts, const TimelineFonts &fonts,
               const PaintLimits &limits) const;

private:
    struct Timeline {
        std::size_t candidate = 0;
        bool isPredicted = false;
        int top = 0; ///< of its title
        int frameTop = 0;
        PlacedText title;
        PlacedText facts;
        TimelineFrame frame;
    };

    void add(const Comparison &comparison, std::size_t candidate, const TimelineMetrics &metrics, int width, TimeRange range);

    int height_ = 0;
    std::vector<Timeline> timelines_;
};

} // namespace loopscope
