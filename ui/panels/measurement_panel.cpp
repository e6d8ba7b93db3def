#include "ui/panels/measurement_panel.h"

#include "ui/panels/elided_label.h"
#include "ui/panels/range_table_model.h"
#include "ui/panels/range_table_view.h"
#include "ui/panels/range_text.h"
#include "ui/theme/format.h"
#include "ui/timeline/selection.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope {

namespace {

constexpr qint64 sliceMs = 4;
constexpr std::size_t stepsAtOnce = 10'000;
constexpr qint64 againMs = 500;   // while the run goes on…
constexpr qint64 againParts = 10; // …and of the window's time a tenth at most

QToolButton *makeButton(const QString &text, const QString &explanation, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setText(text);
    button->setToolTip(explanation);
    button->setAccessibleName(explanation);
    button->setProperty("flat", true);
    return button;
}

} // namespace

MeasurementPanel::MeasurementPanel(Selection &selection, QWidget *parent)
    : QWidget(parent)
    , selection_(selection)
    , table_(new RangeTableModel(this))
{
    arrange();
    adaptToFont();
    slices_.setInterval(0);
    again_.setSingleShot(true);
    connect(&slices_, &QTimer::timeout, this, &MeasurementPanel::measureOn);
    connect(&again_, &QTimer::timeout, this, &MeasurementPanel::start);
    connect(&selection_, &Selection::rangeChanged, this, &MeasurementPanel::start);
    connect(&selection_, &Selection::changed, this, &MeasurementPanel::start);
    connect(view_, &QAbstractItemView::clicked, this, [this](const QModelIndex &index) {
        if (index.column() == RangeTableModel::Longest)
            goToLongest(index.row());
    });
    connect(view_, &RangeTableView::rowEntered, this, &MeasurementPanel::goToLongest);
    connect(copy_, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
    connect(close_, &QToolButton::clicked, this, [this] { selection_.selectRange(std::nullopt); });
    auto *copyKey = new QShortcut(QKeySequence::Copy, this);
    copyKey->setContext(Qt::WidgetWithChildrenShortcut);
    connect(copyKey, &QShortcut::activated, copy_, &QToolButton::click);
    auto *closeKey = new QShortcut(Qt::Key_Escape, this);
    closeKey->setContext(Qt::WidgetWithChildrenShortcut);
    connect(closeKey, &QShortcut::activated, close_, &QToolButton::click);
}

MeasurementPanel::~MeasurementPanel() = default;

void MeasurementPanel::arrange()
{
    setAccessibleName(tr("Selected range"));
    title_ = new QLabel(this);
    title_->setTextFormat(Qt::PlainText);
    title_->setObjectName(QStringLiteral("rangeTitle"));
    summary_ = new ElidedLabel(this);
    summary_->setObjectName(QStringLiteral("rangeSummary"));
    summary_->setProperty("muted", true);
    copy_ = makeButton(tr("Copy"), tr("Copy the table as text (Ctrl+C)"), this);
    close_ = makeButton(QStringLiteral("✕"), tr("Clear the range (Esc)"), this);
    view_ = new RangeTableView(*table_, this);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(12, 2, 8, 2);
    head->setSpacing(12);
    head->addWidget(title_);
    head->addWidget(summary_, 1);
    head->addWidget(copy_);
    head->addWidget(close_);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(view_);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void MeasurementPanel::adaptToFont()
{
    QFont strong = font();
    strong.setBold(true);
    title_->setFont(strong);
}

void MeasurementPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        adaptToFont();
}

void MeasurementPanel::setTrace(std::shared_ptr<const Trace> trace)
{
    if (trace != trace_)
        showMeasured(nullptr); // of another run, or of another instant
    trace_ = std::move(trace);
    start();
}

void MeasurementPanel::refresh()
{
    if (isVisible() && trace_ && selection_.range() && !running_ && !again_.isActive() && trace_->revision() != measuredRevision_)
        again_.start(static_cast<int>(std::max(againMs, costMs_ * againParts)));
}

void MeasurementPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    start();
}

void MeasurementPanel::start()
{
    running_.reset();
    slices_.stop();
    again_.stop();
    if (!trace_ || !selection_.range()) {
        showMeasured(nullptr);
        return;
    }
    if (!isVisible())
        return;
    running_ = std::make_shared<RangeMeasurement>(*trace_, *selection_.range(), selection_.lane());
    measuredRevision_ = trace_->revision();
    costMs_ = 0;
    measureOn();
}

void MeasurementPanel::measureOn()
{
    QElapsedTimer slice;
    slice.start();
    while (!running_->advance(*trace_, stepsAtOnce) && slice.elapsed() < sliceMs) { }
    costMs_ += slice.elapsed();
    const RangeMeasurement *shown = table_->measured();
    const bool isSame = shown && shown->range() == running_->range() && shown->lane() == running_->lane() && shown->isDone();
    if (running_->isDone()) {
        slices_.stop();
        showMeasured(std::exchange(running_, nullptr));
        return;
    }
    if (!isSame)
        showMeasured(running_);
    if (!slices_.isActive())
        slices_.start();
    showProgress();
}

void MeasurementPanel::showMeasured(std::shared_ptr<const RangeMeasurement> measured)
{
    table_->show(std::move(measured), trace_);
    view_->showLane(table_->measured() && table_->measured()->lane() != noLane);
    title_->setText(table_->measured() ? formatDuration(table_->measured()->range().length()) : QString());
    showProgress();
}

void MeasurementPanel::showProgress()
{
    const RangeMeasurement *shown = table_->measured();
    const QString summary = shown ? rangeSummary(*trace_, *shown) : QString();
    if (running_ && (!shown || !shown->isDone()))
        summary_->setText(summary + QStringLiteral(" · ") + tr("measuring, %1").arg(formatPercent(running_->share())));
    else
        summary_->setText(summary);
}

QString MeasurementPanel::text() const
{
    const RangeMeasurement *measured = table_->measured();
    if (!measured)
        return {};
    return formatDuration(measured->range().length()) + QStringLiteral(": ") + rangeSummary(*trace_, *measured) + QLatin1Char('\n')
           + table_->text();
}

void MeasurementPanel::goToLongest(int row)
{
    if (const auto [lane, span] = table_->longestOf(row); lane != noLane)
        selection_.select(lane, span);
}

} // namespace loopscope
