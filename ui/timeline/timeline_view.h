#pragma once

#include "core/trace/trace.h"
#include "ui/timeline/frame.h"
#include "ui/timeline/frame_painter.h"
#include "ui/timeline/timeline_navigator.h"

#include <QElapsedTimer>
#include <QWidget>

#include <array>
#include <memory>
#include <optional>
#include <vector>

class QScrollBar;

namespace loopscope {

/// A lane, or one of its spans.
struct LanePlace {
    LaneId lane = noLane;
    std::optional<std::size_t> span{};

    friend bool operator==(const LanePlace &, const LanePlace &) = default;
};

/// The timeline: a ruler, the loop's lane, a lane a task and a lane a worker, with their names. It shows the range of the Viewport and the
/// lane of the Selection, and changes both.
///
/// Lanes that are not seen cost nothing; however often the trace grows, it is painted once a frame.
class TimelineView : public QWidget {
    Q_OBJECT

public:
    /// Both must outlive it.
    TimelineView(Selection &selection, Viewport &viewport, QWidget *parent = nullptr);
    ~TimelineView() override;

    /// Shows another run from its beginning, or nothing if null.
    void setTrace(std::shared_ptr<const Trace> trace);
    /// Shows `trace` in place of the one that is shown, which it is an earlier state of; the view stays where it is, and can go anywhere
    /// in `extent`. Until the next setTrace().
    void setReplay(std::shared_ptr<const Trace> trace, TimeRange extent);
    /// The trace has grown.
    void refresh();
    /// More is known of the same trace, such as its stalls.
    void refreshFacts();

    [[nodiscard]] Density density() const { return density_; }
    void setDensity(Density density);
    [[nodiscard]] const FoldedGroups &foldedGroups() const { return folded_; }
    void setFolded(LaneGroup group, bool isFolded);
    /// The group on whose header the keys are, as ↑ and ↓ visit it; nothing if they are on a lane.
    [[nodiscard]] std::optional<LaneGroup> currentGroup() const { return currentGroup_; }
    /// Of the column of names, in logical pixels. It grows with what stands in it, within reason, until a person chooses it.
    [[nodiscard]] int nameWidth() const;
    /// The first lane in sight below the loop's; noLane if there is none.
    [[nodiscard]] LaneId firstVisibleLane() const;
    /// The rows in sight below the loop's group, wholly or in part; nothing if there is none.
    [[nodiscard]] std::optional<RowRange> rowsInView() const;
    /// The size of the lanes with their names, in logical pixels: without the scroll bar.
    [[nodiscard]] QSize pictureSize() const;
    /// How wide the column of names is, in logical pixels, if a person has chosen it.
    [[nodiscard]] std::optional<int> chosenNameWidth() const { return nameWidth_; }
    [[nodiscard]] const std::shared_ptr<const Trace> &trace() const { return trace_; }
    [[nodiscard]] Selection &selection() const { return selection_; }
    /// Where a lane, or one of its spans, is to be seen, in logical pixels; empty if it is not.
    [[nodiscard]] QRect rectOf(LaneId lane, std::optional<std::size_t> span);
    /// The lane at `at`, in logical pixels, and the span, if it is one: the first of those that share a pixel.
    [[nodiscard]] std::optional<LanePlace> placeAt(QPoint at);
    /// How long the last picture took to make and to paint, in ns.
    [[nodiscard]] Nanoseconds lastFrameCost() const { return lastFrameCost_; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    struct PanDrag {
        int x = 0;
        TimeRange range;
    };

    // Style and layout
    void restyle();
    void ensureStyle();
    void relayout();
    void placeScrollBar();
    void refreshSummaries();
    void widenNames();
    [[nodiscard]] QSize canvasSize() const;
    [[nodiscard]] TimeScale timeScale() const;

    // Showing
    void invalidate();
    const TimelineFrame &frame();
    void paintFocus(QPainter &painter) const;
    void scrollBy(int pixels);
    void scrollTo(const LayoutRow &row);
    void onSelectionChanged();

    // Mouse and keys
    [[nodiscard]] QPoint devicePoint(QPointF at) const;
    [[nodiscard]] Nanoseconds instantAt(QPoint at) const;
    [[nodiscard]] Nanoseconds zoomAnchor() const;
    void hoverAt(QPoint at);
    void selectAt(QPoint at);
    void dragTo(QPoint at);
    [[nodiscard]] bool isOnDivider(QPoint at) const;
    void showToolTip(QPoint at, QPoint globalPosition);
    [[nodiscard]] QString toolTipAt(QPoint at);
    void runLaneCommand(TimelineCommand command);
    void moveToRow(int step);
    void moveToHeader(LaneGroup group);

    Selection &selection_;
    Viewport &viewport_;
    TimelineNavigator navigator_;
    std::shared_ptr<const Trace> trace_;
    std::optional<TimeRange> replayed_; // all of the run, if it is a replay that is shown
    QScrollBar *scrollBar_;

    Density density_ = Density::Comfortable;
    FoldedGroups folded_{};
    std::optional<LaneGroup> currentGroup_;
    std::optional<int> nameWidth_; // logical pixels, once a person has chosen
    int neededNameWidth_ = 0;      // logical pixels, of what has been in sight
    bool isStyleDirty_ = true;
    double scale_ = 0;
    TimelineMetrics metrics_;
    std::unique_ptr<FramePainter> painter_;
    LaneLayout layout_;
    TimelineFrame frame_;
    bool isFrameDirty_ = true;
    Nanoseconds lastFrameCost_ = 0;

    std::array<QString, laneGroupCount> summaries_;
    std::vector<Stall> stalls_; // as far as they are at hand
    std::uint64_t summariesRevision_ = 0;
    QElapsedTimer summariesAge_;

    std::optional<QPoint> hover_; // device pixels
    std::optional<PanDrag> pan_;
    bool isDraggingDivider_ = false;
    bool hasVisibleFocus_ = false;
};

} // namespace loopscope
