#include "ui/timeline/timeline_view.h"

#include "ui/timeline/accessible_timeline.h"
#include "ui/timeline/facts_at_hand.h"
#include "ui/timeline/lane_search.h"
#include "ui/timeline/trace_marks.h"

#include <QEvent>
#include <QFocusEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

// Counting the tasks by state visits all of them, which a run of 100,000 need not do 60 times a second.
constexpr qint64 summariesIntervalMs = 200;
constexpr qint64 tasksCountedInMs = 200; // in a millisecond of that interval: a run of 200,000 is summed up once a second
constexpr int widestNamesPercent = 30;   // of the view

} // namespace

TimelineView::TimelineView(Selection &selection, Viewport &viewport, QWidget *parent)
    : QWidget(parent)
    , selection_(selection)
    , viewport_(viewport)
    , navigator_(selection, viewport)
    , scrollBar_(new QScrollBar(Qt::Vertical, this))
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Timeline"));
    scrollBar_->setFocusPolicy(Qt::NoFocus);
    scrollBar_->setAccessibleName(tr("Scroll lanes"));
    connect(scrollBar_, &QScrollBar::valueChanged, this, &TimelineView::invalidate);
    connect(&viewport_, &Viewport::changed, this, &TimelineView::invalidate);
    connect(&selection_, &Selection::changed, this, &TimelineView::onSelectionChanged);
    connect(&selection_, &Selection::rangeChanged, this, &TimelineView::invalidateOverlay);
    connect(&selection_, &Selection::rangeChanged, this, &TimelineView::showCursor);
    connect(&arrangement_, &LaneArrangement::changed, this, &TimelineView::rearrange);
    connect(&arrangement_, &LaneArrangement::due, this, [this] { arrangement_.refresh(!isHandOnLanes()); });
}

TimelineView::~TimelineView() = default;

QSize TimelineView::sizeHint() const
{
    return {960, 480};
}

QSize TimelineView::minimumSizeHint() const
{
    return {240, 120};
}

void TimelineView::setTrace(std::shared_ptr<const Trace> trace)
{
    trace_ = std::move(trace);
    boxes_.clear();
    labels_.clear();
    ++runNumber_;
    hover_.reset();
    nameDrag_.reset();
    pan_.reset();
    isDraggingDivider_ = false;
    frame_ = TimelineFrame();
    currentGroup_.reset();
    rangeDrag_.reset();
    wakesOf_.reset();
    summariesAge_.invalidate();
    if (neededNameWidth_ > 0) {
        neededNameWidth_ = 0;
        isStyleDirty_ = true;
    }
    arrangement_.setTrace(trace_);
    scrollBar_->setValue(0);
    replayed_.reset();
    recordedStalls_.clear();
    viewport_.reset();
    refresh();
}

void TimelineView::setReplay(std::shared_ptr<const Trace> trace, TimeRange extent)
{
    if (!replayed_)
        recordedStalls_ = stallsAtHand(*trace_).value_or(std::vector<Stall>());
    trace_ = std::move(trace);
    boxes_.clear();
    labels_.clear();
    replayed_ = extent;
    arrangement_.setReplay(trace_);
    wakesOf_.reset();
    summariesAge_.invalidate();
    refresh();
}

void TimelineView::refresh()
{
    if (trace_) {
        const RunInfo &info = trace_->info();
        const Nanoseconds end = info.finished && info.wall > 0 ? info.wall : trace_->now();
        viewport_.setExtent(replayed_.value_or(TimeRange{0, end}), !replayed_ && !info.finished);
        arrangement_.refresh(!isHandOnLanes());
    }
    relayout();
}

void TimelineView::refreshFacts()
{
    summariesAge_.invalidate();
    invalidate();
}

void TimelineView::showMarks(const TraceMarks &marks)
{
    marks_ = &marks;
    connect(&marks, &TraceMarks::changed, this, &TimelineView::invalidate);
    invalidate();
}

void TimelineView::showMatches(const LaneSearch &search)
{
    search_ = &search;
    connect(&search, &LaneSearch::changed, this, &TimelineView::invalidate);
    invalidate();
}

void TimelineView::setDensity(Density density)
{
    if (density == density_)
        return;
    density_ = density;
    restyle();
}

void TimelineView::setFolded(const GroupKey &key, bool isFolded)
{
    if (key.part) {
        arrangement_.setPartFolded(*key.part, isFolded);
        return;
    }
    bool &folded = folded_[static_cast<std::size_t>(key.group)];
    if (folded == isFolded)
        return;
    folded = isFolded;
    relayout();
}

LaneId TimelineView::firstVisibleLane() const
{
    auto row = layout_.rowAt(layout_.pinnedHeight() + scrollBar_->value());
    while (row && row->isHeader())
        row = layout_.rowAfter(*row);
    return row ? row->lane : noLane;
}

int TimelineView::scrollPosition() const
{
    return scrollBar_->value();
}

void TimelineView::setScrollPosition(int position)
{
    scrollBar_->setValue(position);
}

std::optional<RowRange> TimelineView::rowsInView() const
{
    const int room = canvasSize().height() - metrics_.rulerHeight - layout_.pinnedHeight();
    const int top = layout_.pinnedHeight() + scrollBar_->value();
    const auto first = layout_.rowAt(top);
    if (!first || room <= 0)
        return std::nullopt;
    return RowRange{*first, layout_.rowAt(std::min(top + room, layout_.height()) - 1).value_or(*first)};
}

QSize TimelineView::pictureSize() const
{
    const QSize canvas = canvasSize();
    return {static_cast<int>(std::lround(canvas.width() / scale_)), static_cast<int>(std::lround(canvas.height() / scale_))};
}

void TimelineView::restyle()
{
    isStyleDirty_ = true;
    relayout();
}

void TimelineView::ensureStyle()
{
    if (!isStyleDirty_ && scale_ == devicePixelRatioF())
        return;
    isStyleDirty_ = false;
    labels_.clear(); // they are measured
    scale_ = devicePixelRatioF();
    const TimelineFonts fonts = timelineFonts(font(), scale_, density_);
    metrics_ = timelineMetrics(fonts, scale_, density_);
    if (nameWidth_)
        metrics_.nameWidth = metrics_.px(*nameWidth_);
    else
        metrics_.nameWidth = std::max(metrics_.nameWidth, metrics_.px(neededNameWidth_));
    painter_ = std::make_unique<FramePainter>(Theme::of(palette()), fonts, scale_, Medium::Raster);
}

void TimelineView::relayout()
{
    ensureStyle();
    layout_ = trace_ ? LaneLayout(arrangement_.order(), metrics_.rows, folded_) : LaneLayout();
    layout_.keepInPlace((static_cast<int>(std::lround(height() * scale_)) - metrics_.rulerHeight) / 2);
    placeScrollBar();
    invalidate();
    announceRows(*this);
}

void TimelineView::placeScrollBar()
{
    const int page = static_cast<int>(std::lround(height() * scale_)) - metrics_.rulerHeight - layout_.pinnedHeight();
    const int content = layout_.height() - layout_.pinnedHeight();
    const int width = scrollBar_->sizeHint().width();
    const int top = static_cast<int>(std::lround(metrics_.rulerHeight / scale_));
    scrollBar_->setGeometry(this->width() - width, top, width, height() - top);
    scrollBar_->setPageStep(std::max(1, page));
    scrollBar_->setSingleStep(metrics_.rows.lane);
    scrollBar_->setRange(0, std::max(0, content - page));
    if (scrollBar_->isVisibleTo(this) == (content > page))
        return;
    scrollBar_->setVisible(content > page);
    update(); // the corner above it, too
}

// What the frame is painted on, in logical pixels.
QRect TimelineView::canvas() const
{
    return rect().adjusted(0, 0, scrollBar_->isVisibleTo(this) ? -scrollBar_->width() : 0, 0);
}

QSize TimelineView::canvasSize() const
{
    return {static_cast<int>(std::lround(canvas().width() * scale_)), static_cast<int>(std::lround(canvas().height() * scale_))};
}

// Without the scroll bar, which takes a quarter of a frame's time.
void TimelineView::updateCanvas()
{
    update(canvas());
}

TimeScale TimelineView::timeScale() const
{
    return timeScaleOf(metrics_, canvasSize().width(), viewport_.range());
}

void TimelineView::refreshSummaries()
{
    const qint64 interval = std::max(summariesIntervalMs, static_cast<qint64>(trace_->rows().size()) / tasksCountedInMs);
    const bool isStale = !summariesAge_.isValid() || trace_->info().finished || summariesAge_.elapsed() > interval;
    if (!isStale || (summariesAge_.isValid() && summariesRevision_ == trace_->revision()))
        return;
    summariesRevision_ = trace_->revision();
    summariesAge_.start();
    for (const LaneGroup group : allLaneGroups) {
        summaries_[static_cast<std::size_t>(group)] = groupSummary(*trace_, group);
        groupSizes_[static_cast<std::size_t>(group)] = groupSize(*trace_, group);
    }
    stalls_ = stallsAtHand(*trace_).value_or(recordedStalls_);
    std::erase_if(stalls_, [this](const Stall &stall) { return stall.range.begin >= trace_->now(); });
    widenNames();
}

// So that facts can be read where there is room. Names are elided in the middle, and need not be whole.
void TimelineView::widenNames()
{
    const std::optional<RowRange> rows = rowsInView();
    if (nameWidth_ || !rows)
        return;
    const int usual = timelineMetrics(timelineFonts(font(), scale_, density_), scale_, density_).nameWidth;
    const int most = std::max(usual, canvasSize().width() * widestNamesPercent / 100);
    int needed = metrics_.nameWidth;
    for (std::optional<LayoutRow> row = rows->first; row && row->top <= rows->last.top && needed < most; row = layout_.rowAfter(*row)) {
        if (row->isHeader())
            continue;
        const int name = std::min(metrics_.bodyWidth(laneName(*trace_, row->lane)), usual / 2);
        needed = std::max(needed, name + metrics_.smallWidth(laneFact(*trace_, row->lane).text) + 2 * metrics_.padding + metrics_.px(12));
    }
    metrics_.nameWidth = std::clamp(needed, metrics_.nameWidth, std::max(metrics_.nameWidth, most));
    neededNameWidth_ = static_cast<int>(std::ceil(metrics_.nameWidth / scale_));
}

int TimelineView::nameWidth() const
{
    return static_cast<int>(std::lround((canvasSize().width() - timeScale().columns) / scale_));
}

void TimelineView::invalidate()
{
    isFrameDirty_ = true;
    updateCanvas();
}

const TimelineFrame &TimelineView::frame()
{
    ensureStyle();
    if (!isFrameDirty_)
        return withOverlay();
    isFrameDirty_ = false;
    if (!trace_) {
        frame_ = TimelineFrame();
        frame_.size = canvasSize();
        return frame_;
    }
    refreshSummaries();
    frame_ = buildFrame({.trace = *trace_,
                         .layout = layout_,
                         .metrics = metrics_,
                         .size = canvasSize(),
                         .range = viewport_.range(),
                         .scroll = scrollBar_->value(),
                         .summaries = summaries_,
                         .groupSizes = groupSizes_,
                         .selectedLane = selection_.lane(),
                         .selectedSpan = selection_.span(),
                         .currentGroup = currentGroup_,
                         .isMatch =
                             [this](LaneId lane) {
                                 // Spans that were found are marked themselves.
                                 return search_ && search_->isMatch(lane) && search_->placeOf({lane});
                             },
                         .hasMatch = searchedSpans(),
                         .selectedInstant = selection_.instant(),
                         .marks = marks_ ? std::span(marks_->all()) : std::span<const Mark>(),
                         .stalls = stalls_,
                         .boxes = &boxes_,
                         .labels = &labels_});
    isOverlayDirty_ = true;
    hoverRect_ = hoveredRow();   // which may have moved
    if (hover_ && !isDragging()) // another span may have come under a mouse that rests
        QMetaObject::invokeMethod(this, &TimelineView::tellHover, Qt::QueuedConnection);
    return withOverlay();
}

std::function<bool(LaneId, std::size_t, std::size_t)> TimelineView::searchedSpans() const
{
    if (!search_ || search_->needle().isEmpty())
        return {};
    return [this](LaneId lane, std::size_t first, std::size_t last) { return search_->hasMatch(lane, first, last); };
}

void TimelineView::paintEvent(QPaintEvent *)
{
    QElapsedTimer timer;
    timer.start();
    const TimelineFrame &picture = frame();
    QPainter painter(this);
    paintRim(painter);
    // The frame counts device pixels, so that every edge is sharp at every scale.
    painter.scale(1 / scale_, 1 / scale_);
    painter_->paint(painter, picture);
    paintHover(painter);
    paintDropLine(painter);
    paintFocus(painter);
    painter.end();
    lastFrameCost_ = timer.nsecsElapsed();
}

// What the frame leaves out: the corner above the scroll bar and, where the edge is a part of a device pixel, that.
void TimelineView::paintRim(QPainter &painter) const
{
    const QRect canvas = this->canvas();
    const QColor &ground = painter_->theme().canvas;
    painter.fillRect(QRect(QPoint(canvas.right(), 0), rect().bottomRight()), ground);
    painter.fillRect(QRect(canvas.bottomLeft(), rect().bottomRight()), ground);
}

void TimelineView::paintFocus(QPainter &painter) const
{
    if (!hasVisibleFocus_)
        return;
    const int width = metrics_.px(2);
    const double half = width / 2.0;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(painter_->theme().accent, width, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.drawRect(QRectF(QPointF(0, 0), QSizeF(canvasSize())).adjusted(half, half, -half, -half));
}

void TimelineView::scrollBy(int pixels)
{
    scrollBar_->setValue(scrollBar_->value() + pixels);
}

void TimelineView::scrollTo(const LayoutRow &row)
{
    if (row.top < layout_.pinnedHeight())
        return;
    const int top = row.top - layout_.pinnedHeight();
    const int bottom = top + row.height;
    if (top < scrollBar_->value())
        scrollBar_->setValue(top);
    else if (bottom > scrollBar_->value() + scrollBar_->pageStep())
        scrollBar_->setValue(bottom - scrollBar_->pageStep());
}

void TimelineView::onSelectionChanged()
{
    const LaneId lane = selection_.lane();
    if (trace_ && trace_->hasLane(lane)) {
        currentGroup_.reset();
        if (const auto row = layout_.rowOf(lane))
            scrollTo(*row);
        setAccessibleDescription(laneName(*trace_, lane) + QStringLiteral(": ") + laneFact(*trace_, lane).text);
        announceCurrent(*this);
    } else {
        setAccessibleDescription({});
    }
    invalidate();
}

void TimelineView::resizeEvent(QResizeEvent *)
{
    relayout();
}

void TimelineView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        restyle();
}

void TimelineView::focusInEvent(QFocusEvent *event)
{
    // A click shows where it went by itself.
    const Qt::FocusReason reason = event->reason();
    hasVisibleFocus_ = reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
    updateCanvas();
}

void TimelineView::focusOutEvent(QFocusEvent *)
{
    hasVisibleFocus_ = false;
    updateCanvas();
}

} // namespace loopscope
