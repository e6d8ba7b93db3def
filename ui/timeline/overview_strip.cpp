#include "ui/timeline/overview_strip.h"

#include "ui/theme/format.h"
#include "ui/timeline/coordinates.h"
#include "ui/timeline/facts_at_hand.h"
#include "ui/timeline/selection.h"
#include "ui/timeline/trace_marks.h"
#include "ui/timeline/viewport.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QFocusEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

constexpr int marginX = 10; // room for the handles, in logical pixels
constexpr int marginY = 4;
constexpr qint64 countingMs = 4;
constexpr std::size_t stepsAtOnce = 10'000;
constexpr qint64 againMs = 400;   // while the run goes on…
constexpr qint64 againParts = 10; // …and of the window's time a tenth at most

/// What the height of an overview of busy lanes stands for; nothing where it is that of all tasks.
QString heightText(std::size_t fullLanes)
{
    if (fullLanes == 0)
        return {};
    return fullLanes == 1 ? OverviewStrip::tr("Full height: 1 thread is busy")
                          : OverviewStrip::tr("Full height: %1 threads are busy at once").arg(formatCount(fullLanes));
}

} // namespace

OverviewStrip::OverviewStrip(Selection &selection, Viewport &viewport, QWidget *parent)
    : QWidget(parent)
    , selection_(selection)
    , viewport_(viewport)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("Overview of the run"));
    slices_.setInterval(0);
    again_.setSingleShot(true);
    connect(&slices_, &QTimer::timeout, this, &OverviewStrip::countOn);
    connect(&again_, &QTimer::timeout, this, &OverviewStrip::start);
    connect(&viewport_, &Viewport::changed, this, &OverviewStrip::onViewportChanged);
    connect(&selection_, &Selection::rangeChanged, this, qOverload<>(&QWidget::update));
}

OverviewStrip::~OverviewStrip() = default;

QSize OverviewStrip::sizeHint() const
{
    return {480, fontMetrics().height() * 5 / 2 + 2 * marginY};
}

void OverviewStrip::setTrace(std::shared_ptr<const Trace> trace)
{
    trace_ = std::move(trace);
    replay_ = nullptr;
    shown_ = {};
    drag_.reset();
    start();
    drawAnew();
}

void OverviewStrip::setReplay(std::shared_ptr<const Trace> shown)
{
    replay_ = shown == trace_ ? nullptr : std::move(shown);
    update();
}

bool OverviewStrip::isUpToDate() const
{
    return !trace_ || (!next_ && countedRevision_ == trace_->revision());
}

std::shared_ptr<const StateDensity> OverviewStrip::counted() const
{
    return trace_ && isVisible() && isUpToDate() ? std::make_shared<const StateDensity>(shown_) : nullptr;
}

void OverviewStrip::refresh()
{
    if (replayColumn() != paintedColumn_)
        update();
    if (!isVisible() || !trace_ || next_ || countedRevision_ == trace_->revision())
        return;
    if (trace_->info().finished)
        start();
    else if (!again_.isActive())
        again_.start(static_cast<int>(std::max(againMs, costMs_ * againParts)));
}

void OverviewStrip::showMarks(const TraceMarks &marks)
{
    marks_ = &marks;
    connect(&marks, &TraceMarks::changed, this, qOverload<>(&QWidget::update));
    update();
}

void OverviewStrip::refreshFacts()
{
    drawAnew();
}

void OverviewStrip::start()
{
    next_.reset();
    slices_.stop();
    again_.stop();
    if (!trace_ || !isVisible())
        return;
    const int columns = static_cast<int>(std::lround(place().width() * devicePixelRatioF()));
    next_.emplace(overviewDensity(*trace_, std::max(1, columns)));
    countedRevision_ = trace_->revision();
    costMs_ = 0;
    countOn();
}

void OverviewStrip::countOn()
{
    QElapsedTimer slice;
    slice.start();
    while (!next_->advance(*trace_, stepsAtOnce) && slice.elapsed() < countingMs) { }
    costMs_ += slice.elapsed();
    if (!next_->isDone()) {
        if (!slices_.isActive())
            slices_.start();
        return;
    }
    slices_.stop();
    shown_ = std::move(*next_);
    next_.reset();
    drawAnew();
}

void OverviewStrip::drawAnew()
{
    picture_ = {};
    update();
}

void OverviewStrip::onViewportChanged()
{
    const TimeRange range = viewport_.range();
    const RangeEnds ends = formatEnds(range);
    setAccessibleDescription(tr("Visible: %1 to %2").arg(ends.begin, ends.end));
    update();
}

QRect OverviewStrip::place() const
{
    return rect().adjusted(marginX, marginY, -marginX, -marginY - 1);
}

TimeRange OverviewStrip::axis() const
{
    return shown_.columns() > 0 ? shown_.range() : atLeastOneNanosecond(viewport_.extent());
}

Nanoseconds OverviewStrip::instantAt(int x) const
{
    return timeOfColumn({axis(), std::max(1, place().width())}, x - place().left());
}

int OverviewStrip::xOf(Nanoseconds at) const
{
    return std::clamp(place().left() + nearestEdge({axis(), std::max(1, place().width())}, at), place().left(), place().right() + 1);
}

// Of the visible range what lies within the run: while following, the view is ahead of what has been counted.
TimeRange OverviewStrip::seen() const
{
    const TimeRange whole = axis();
    if (viewport_.follow() == Follow::Frozen)
        return viewport_.range().intersected(whole);
    const auto zoom = viewport_.view().zoom;
    return zoom ? TimeRange{std::max(whole.begin, whole.end - *zoom), whole.end} : whole;
}

bool OverviewStrip::showsAll() const
{
    return seen() == axis();
}

QRect OverviewStrip::devicePixels(const QRect &logical) const
{
    const double ratio = devicePixelRatioF();
    const auto scaled = [ratio](int length) { return static_cast<int>(std::lround(length * ratio)); };
    return {scaled(logical.left()), scaled(logical.top()), scaled(logical.width()), scaled(logical.height())};
}

QRect OverviewStrip::rectOf(TimeRange range) const
{
    const int left = xOf(range.begin);
    return devicePixels(QRect(left, place().top(), std::max(1, xOf(range.end) - left), place().height()));
}

std::optional<int> OverviewStrip::replayColumn() const
{
    return replay_ ? std::optional(rectOf({replay_->now(), replay_->now()}).left()) : std::nullopt;
}

QPixmap OverviewStrip::drawn()
{
    const Theme theme = Theme::of(palette());
    const double ratio = devicePixelRatioF();
    const int least = std::max(1, static_cast<int>(std::lround(ratio)));
    const auto stalls = trace_ ? stallsAtHand(*trace_) : std::nullopt;
    QPixmap picture((QSizeF(size()) * ratio).toSize());
    picture.fill(theme.window);
    QPainter painter(&picture);
    const OverviewPicture overview = overviewPicture(shown_, stalls.value_or(std::vector<Stall>()), devicePixels(place()), least,
                                                     trace_ ? overviewHeight(*trace_) : OverviewHeight::Tasks);
    OverviewPainter(theme, ratio).paint(painter, overview);
    setToolTip(heightText(overview.fullLanes));
    painter.fillRect(QRect(0, picture.height() - least, picture.width(), least), theme.hairline);
    return picture;
}

void OverviewStrip::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(palette());
    const double ratio = devicePixelRatioF();
    if (picture_.size() != (QSizeF(size()) * ratio).toSize()) // which another screen changes
        picture_ = drawn();
    QPainter painter(this);
    painter.scale(1 / ratio, 1 / ratio);
    painter.drawPixmap(0, 0, picture_);
    if (!trace_)
        return;
    const auto selected = selection_.range() ? std::optional(rectOf(*selection_.range())) : std::nullopt;
    paintedColumn_ = replayColumn();
    const QRect overview = devicePixels(place());
    const OverviewPainter overviews(theme, ratio);
    overviews.paintWindow(painter, overview, {rectOf(seen()), selected, paintedColumn_});
    if (marks_)
        overviews.paintMarks(painter, overview, markColumns(marks_->all(), axis(), std::max(1, overview.width())));
    if (hasVisibleFocus_) {
        painter.setPen(QPen(theme.accent, std::round(2 * ratio), Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(devicePixels(rect())).adjusted(ratio, ratio, -ratio, -ratio));
    }
}

void OverviewStrip::resizeEvent(QResizeEvent *)
{
    drawAnew();
    if (trace_ && isVisible())
        again_.start(static_cast<int>(againMs)); // stretched until the hand is still
}

void OverviewStrip::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    start();
}

void OverviewStrip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        drawAnew();
    if (event->type() == QEvent::FontChange)
        updateGeometry();
}

void OverviewStrip::focusInEvent(QFocusEvent *event)
{
    const Qt::FocusReason reason = event->reason();
    hasVisibleFocus_ = reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
    update();
}

void OverviewStrip::focusOutEvent(QFocusEvent *)
{
    hasVisibleFocus_ = false;
    update();
}

} // namespace loopscope
