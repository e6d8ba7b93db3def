#pragma once

#include "core/trace/trace.h"
#include "ui/commands/key_map.h"
#include "ui/timeline/box_cache.h"
#include "ui/timeline/facts_at_hand.h"
#include "ui/timeline/frame.h"
#include "ui/timeline/frame_painter.h"
#include "ui/timeline/hover.h"
#include "ui/timeline/label_cache.h"
#include "ui/timeline/lane_arrangement.h"
#include "ui/timeline/timeline_navigator.h"
#include "ui/timeline/wake_links.h"
#include "ui/timeline/zoom_gesture.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QWidget>

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

class QScrollBar;

namespace loopscope {

class LaneSearch;
class TraceMarks;

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
    /// Shows and changes what is under the mouse in every panel. `hover` must outlive it.
    void setHover(Hover &hover);

    /// Which lanes are shown, and in which order.
    [[nodiscard]] LaneArrangement &arrangement() { return arrangement_; }
    [[nodiscard]] const LaneArrangement &arrangement() const { return arrangement_; }
    /// Scrolls up to the lanes that stand first.
    void showFirstLanes();
    /// How far down the lanes are scrolled, in device pixels.
    [[nodiscard]] int scrollPosition() const;
    /// Scrolls there, or as far down as there are lanes.
    void setScrollPosition(int position);
    /// Puts the selected lane so many rows further down in its group, or up.
    void moveSelectedLane(int step);

    /// Which keys call what; at first the usual ones.
    void setKeys(const KeyMap &keys) { keys_ = keys; }
    /// What of the run is marked and found, to be shown as it changes. Both must outlive the view.
    void showMarks(const TraceMarks &marks);
    void showMatches(const LaneSearch &search);
    [[nodiscard]] Density density() const { return density_; }
    void setDensity(Density density);
    /// Whether the chain of spans that made a run take as long as it did is marked, once it is known.
    [[nodiscard]] bool showsCriticalPath() const { return showsCriticalPath_; }
    void setShowsCriticalPath(bool shows);
    [[nodiscard]] const FoldedGroups &foldedGroups() const { return folded_; }
    void setFolded(const GroupKey &key, bool isFolded);
    /// Selects a lane, and one of its spans if there is one, and brings it into sight: no longer hidden, beside the filter if it leaves it
    /// out, unfolded, scrolled there, the range moved if need be.
    void goTo(LaneId lane, std::optional<std::size_t> span);
    /// As goTo() for an instant of the lane, an index into ImportedEvents::instants().
    void goToInstant(LaneId lane, std::size_t instant);
    /// The group on whose header the keys are, as ↑ and ↓ visit it; nothing if they are on a lane.
    [[nodiscard]] std::optional<GroupKey> currentGroup() const { return currentGroup_; }
    /// Of the column of names, in logical pixels. It grows with what stands in it, within reason, until a person chooses it.
    [[nodiscard]] int nameWidth() const;
    /// The first lane in sight below the loop's; noLane if there is none.
    [[nodiscard]] LaneId firstVisibleLane() const;
    /// The rows in sight below the loop's group, wholly or in part; nothing if there is none.
    [[nodiscard]] std::optional<RowRange> rowsInView() const;
    /// The instant that keys mean: the one under the mouse; in the middle of what is visible, if the mouse is elsewhere.
    [[nodiscard]] Nanoseconds instantAtHand() const;
    /// The size of the lanes with their names, in logical pixels: without the scroll bar.
    [[nodiscard]] QSize pictureSize() const;
    /// How wide the column of names is, in logical pixels, if a person has chosen it.
    [[nodiscard]] std::optional<int> chosenNameWidth() const { return nameWidth_; }
    [[nodiscard]] const std::shared_ptr<const Trace> &trace() const { return trace_; }
    [[nodiscard]] Selection &selection() const { return selection_; }
    /// Another one after each setTrace(): lanes of the same number are the same as long as it stays, in replays too.
    [[nodiscard]] std::uint64_t runNumber() const { return runNumber_; }
    /// The rows that are shown, in sight or not, in device pixels.
    [[nodiscard]] const LaneLayout &layout() const { return layout_; }
    /// What the header of a group of the layout says of it beside its title.
    [[nodiscard]] QString summaryOf(const GroupKey &group);
    /// How many lanes that summary is of: of a part those that are shown, of a group all that there are.
    [[nodiscard]] std::size_t sizeOf(const GroupKey &group);
    /// Where a lane, or one of its spans, is to be seen, in logical pixels; empty if it is not.
    [[nodiscard]] QRect rectOf(LaneId lane, std::optional<std::size_t> span);
    /// Likewise the header of a group.
    [[nodiscard]] QRect rectOf(const GroupKey &group);
    /// The lane at `at`, in logical pixels, and the span, if it is one: the first of those that share a pixel.
    [[nodiscard]] std::optional<LanePlace> placeAt(QPoint at);
    /// The group whose header is at `at`, in logical pixels.
    [[nodiscard]] std::optional<GroupKey> headerAt(QPoint at);
    /// How long the last picture took to make and to paint, in ns.
    [[nodiscard]] Nanoseconds lastFrameCost() const { return lastFrameCost_; }

    /// Whether the mouse is pressed, and drags something or may do so.
    [[nodiscard]] bool isDragging() const { return pan_ || rangeDrag_ || nameDrag_ || isDraggingDivider_; }
    /// Whether a range is being dragged out just now.
    [[nodiscard]] bool isSelectingRange() const { return rangeDrag_ && rangeDrag_->isMoving; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// A key asks for what is not the view's own: its plain keys are the timeline's all the same.
    void commandWanted(loopscope::Command command);
    /// A mark has been double-clicked.
    void markActivated(loopscope::MarkId mark);
    /// A menu for a mark is wanted at a place of the screen.
    void markMenuRequested(loopscope::MarkId mark, QPoint at);
    /// The mouse has let go of a range that was dragged out.
    void rangeSelected();
    /// A person asks for what can be done with the selected lane, or with all if none is.
    void menuRequested(const QPoint &globalPosition);

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
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    struct PanDrag {
        QPoint from; // device pixels
        bool isMoving = false;
        TimeRange range;
    };
    // A range that is dragged out, once the pointer is far enough from where it was pressed; until then it is a click.
    struct RangeDrag {
        QPoint pressed;        // device pixels
        Nanoseconds fixed = 0; // the edge that stays where it is
        bool isMoving = false;
    };
    struct NameDrag {
        LaneId lane = noLane;
        QPoint from;
        QPoint at;
        bool hasMoved = false; // far enough to be meant
    };

    // Style and layout
    void restyle();
    void ensureStyle();
    void relayout();
    void placeScrollBar();
    void refreshSummaries();
    void widenNames();
    [[nodiscard]] QRect canvas() const;
    [[nodiscard]] QSize canvasSize() const;
    void updateCanvas();
    [[nodiscard]] TimeScale timeScale() const;

    // Showing
    void invalidate();
    const TimelineFrame &frame();
    const TimelineFrame &withOverlay();
    void invalidateOverlay();
    void refreshWakes();
    [[nodiscard]] std::function<bool(LaneId, std::size_t, std::size_t)> searchedSpans() const;
    void paintRim(QPainter &painter) const;
    void paintFocus(QPainter &painter) const;
    void scrollBy(int pixels);
    void scrollTo(const LayoutRow &row);
    void onSelectionChanged();

    // Mouse and keys
    [[nodiscard]] QPoint devicePoint(QPointF at) const;
    [[nodiscard]] QRect logicalRect(const QRect &rect) const;
    [[nodiscard]] Nanoseconds instantAt(QPoint at) const;
    void zoomAt(QPointF at, double factor);
    void hoverAt(QPoint at);
    void selectAt(QPoint at);
    [[nodiscard]] std::optional<std::size_t> spanUnder(const LanePicture &lane, QPoint at) const;
    void dragTo(QPoint at);
    void dropDrags();
    [[nodiscard]] bool isOnDivider(QPoint at) const;
    [[nodiscard]] bool isOnCanvas(QPoint at) const;
    [[nodiscard]] bool isClick(QPoint pressed, QPoint released) const;
    [[nodiscard]] Nanoseconds rangeEdgeAt(QPoint at, Qt::KeyboardModifiers modifiers);
    [[nodiscard]] std::optional<Nanoseconds> edgeOppositeTo(QPoint at) const;
    void pressRange(QPoint at, Qt::KeyboardModifiers modifiers);
    void dragRange(QPoint at, Qt::KeyboardModifiers modifiers);
    void releaseRange(const RangeDrag &drag);
    void extendRange(QPoint at, Qt::KeyboardModifiers modifiers);
    void showToolTip(QPoint at, QPoint globalPosition);
    [[nodiscard]] QString toolTipAt(QPoint at);
    void runLaneCommand(Command command);
    void moveToRow(int step);
    void bringUp(LaneId lane);
    void moveToHeader(const GroupKey &key);

    // Lanes
    void rearrange();
    [[nodiscard]] std::optional<int> topInView(LaneId lane) const;
    [[nodiscard]] LaneId laneUnderMouse() const;
    [[nodiscard]] std::span<const PathPiece> criticalPath();
    [[nodiscard]] LaneId taskUnderMouse() const;
    [[nodiscard]] LaneId holderUnderMouse() const;
    void tellHover();
    void showHover();
    [[nodiscard]] QRect hoveredRow() const;
    void showCursor();
    void paintHover(QPainter &painter) const;
    void paintHover(QPainter &painter, const LanePicture &lane, bool isOnSpans) const;
    void paintReading(QPainter &painter, LaneId counter, const QRect &row) const;
    [[nodiscard]] bool isHandOnLanes() const;
    void beginNameDrag(QPoint at);
    void dragNameTo(QPoint at);
    void endNameDrag();
    void moveLane(LaneId lane, std::size_t index);
    [[nodiscard]] int layoutY(const NameDrag &drag) const;
    void selectLaneAt(QPoint at);
    void paintDropLine(QPainter &painter) const;

    Selection &selection_;
    Viewport &viewport_;
    TimelineNavigator navigator_;
    KeyMap keys_;
    const TraceMarks *marks_ = nullptr;
    const LaneSearch *search_ = nullptr;
    LaneArrangement arrangement_;
    QPointer<Hover> hovered_;
    std::shared_ptr<const Trace> trace_;
    std::uint64_t runNumber_ = 0;
    std::optional<TimeRange> replayed_; // all of the run, if it is a replay that is shown
    QScrollBar *scrollBar_;

    Density density_ = Density::Comfortable;
    FoldedGroups folded_{};
    std::optional<GroupKey> currentGroup_;
    std::optional<int> nameWidth_; // logical pixels, once a person has chosen
    int neededNameWidth_ = 0;      // logical pixels, of what has been in sight
    bool isStyleDirty_ = true;
    double scale_ = 0;
    TimelineMetrics metrics_;
    std::unique_ptr<FramePainter> painter_;
    LaneLayout layout_;
    BoxCache boxes_;
    LabelCache labels_;
    TimelineFrame frame_;
    bool isFrameDirty_ = true;
    bool isOverlayDirty_ = true;
    WakeLinks wakes_;
    std::vector<WakeLink> culprits_;   // of the same span
    std::optional<SpanPlace> wakesOf_; // the span whose wakes they are
    bool showsCriticalPath_ = false;
    std::shared_ptr<const Explanation> explanation_; // whose path is shown
    std::size_t wakesSeen_ = 0;                      // of the trace
    QElapsedTimer wakesAge_;
    Nanoseconds lastFrameCost_ = 0;

    std::array<QString, laneGroupCount> summaries_;
    std::array<std::size_t, laneGroupCount> groupSizes_{};
    std::vector<Stall> stalls_;
    std::vector<Stall> recordedStalls_; // of the run whose replay is shown // as far as they are at hand
    std::uint64_t summariesRevision_ = 0;
    QElapsedTimer summariesAge_;

    std::optional<QPoint> hover_; // device pixels
    QElapsedTimer hoverAge_;      // since the mouse moved
    QRect hoverRect_;             // the row that was highlighted last, in device pixels
    std::optional<PanDrag> pan_;
    ZoomGesture zoom_;
    std::optional<RangeDrag> rangeDrag_;
    std::optional<NameDrag> nameDrag_;
    bool isDraggingDivider_ = false;
    bool isMovingLane_ = false;
    bool hasVisibleFocus_ = false;
};

} // namespace loopscope
