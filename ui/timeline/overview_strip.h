#pragma once

#include "core/analysis/state_density.h"
#include "ui/timeline/overview_painter.h"

#include <QPixmap>
#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>

namespace loopscope {

class Selection;
class TraceMarks;
class Viewport;

/// The whole run at a glance, with what the timeline shows of it as a window: its sides are dragged to zoom, its middle to pan; a click
/// beside it centres there, and the wheel zooms. Where the whole run is visible, a drag chooses a part of it.
///
/// What it shows is counted in slices of a few milliseconds, and while the run goes on, anew every now and then; between, it is a pixmap.
class OverviewStrip : public QWidget {
    Q_OBJECT

public:
    /// Both must outlive it.
    OverviewStrip(Selection &selection, Viewport &viewport, QWidget *parent = nullptr);
    ~OverviewStrip() override;

    /// Shows another run, or nothing if null.
    void setTrace(std::shared_ptr<const Trace> trace);
    /// Marks the instant of a replay of the run: the end of what `shown` knows, which grows. The picture stays that of the whole run.
    /// Without a replay if it is null or the run itself.
    void setReplay(std::shared_ptr<const Trace> shown);
    /// The trace, or that of the replay, has grown. May be called at every frame.
    void refresh();
    /// What of the run is marked, to be shown as it changes. It must outlive the strip.
    void showMarks(const TraceMarks &marks);
    /// More is known of the same trace, such as its stalls.
    void refreshFacts();
    /// What it shows has been counted for the trace as it is.
    [[nodiscard]] bool isUpToDate() const;
    /// What has been counted, for a picture; null if it is not up to date, or not visible.
    [[nodiscard]] std::shared_ptr<const StateDensity> counted() const;

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    enum class Part { Begin, End, Middle, Outside };
    struct Drag {
        Part part = Part::Middle;
        int x = 0;       // logical pixels
        TimeRange range; // the visible one when it began
    };

    void start();
    void countOn();
    void drawAnew();
    [[nodiscard]] QPixmap drawn();
    [[nodiscard]] QRect devicePixels(const QRect &logical) const;
    [[nodiscard]] QRect rectOf(TimeRange range) const;     // device pixels
    [[nodiscard]] std::optional<int> replayColumn() const; // device pixels
    void onViewportChanged();
    [[nodiscard]] QRect place() const;    // of the run, in logical pixels
    [[nodiscard]] TimeRange axis() const; // the range that the place shows
    [[nodiscard]] Nanoseconds instantAt(int x) const;
    [[nodiscard]] int xOf(Nanoseconds at) const;
    [[nodiscard]] TimeRange seen() const;
    [[nodiscard]] Part partAt(int x) const;
    [[nodiscard]] bool showsAll() const;
    void dragTo(int x);

    Selection &selection_;
    Viewport &viewport_;
    const TraceMarks *marks_ = nullptr;
    std::shared_ptr<const Trace> trace_;
    std::shared_ptr<const Trace> replay_; // what is shown elsewhere, or null
    std::optional<int> paintedColumn_;    // of its instant
    StateDensity shown_;
    std::optional<StateDensity> next_; // that is being counted
    std::uint64_t countedRevision_ = 0;
    qint64 costMs_ = 0; // of the last counting
    QTimer slices_;
    QTimer again_;
    QPixmap picture_; // null when it has to be drawn anew
    std::optional<Drag> drag_;
    bool hasVisibleFocus_ = false;
};

} // namespace loopscope
