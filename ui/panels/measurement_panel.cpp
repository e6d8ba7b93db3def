#include "ui/panels/measurement_panel.h"

#include "ui/panels/elided_label.h"
#include "ui/panels/name_table_model.h"
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
    , names_(new NameTableModel(this))
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
    view_ = new RangeTableView(this);
    view_->showModel(*table_);
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
        showNothing(); // of another run, or of another instant
    trace_ = std::move(trace);
    if (isImport())
        view_->showModel(*names_);
    else
        view_->showModel(*table_);
    start();
}

void MeasurementPanel::refresh()
{
    if (isVisible() && trace_ && selection_.range() && !running_ && !runningNames_ && !again_.isActive()
        && trace_->revision() != measuredRevision_)
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
    runningNames_.reset();
    slices_.stop();
    again_.stop();
    if (!trace_ || !selection_.range()) {
        showNothing();
        return;
    }
    if (!isVisible())
        return;
    if (isImport())
        runningNames_ = std::make_shared<NameMeasurement>(*trace_, *selection_.range(), selection_.lane());
    else
        running_ = std::make_shared<RangeMeasurement>(*trace_, *selection_.range(), selection_.lane());
    measuredRevision_ = trace_->revision();
    costMs_ = 0;
    measureOn();
}

void MeasurementPanel::measureOn()
{
    if (isImport())
        measureWith(runningNames_, *names_);
    else
        measureWith(running_, *table_);
}

template <typename Measurement, typename Table>
void MeasurementPanel::measureWith(std::shared_ptr<Measurement> &running, Table &table)
{
    QElapsedTimer slice;
    slice.start();
    while (!running->advance(*trace_, stepsAtOnce) && slice.elapsed() < sliceMs) { }
    costMs_ += slice.elapsed();
    const Measurement *shown = table.measured();
    const bool isSame = shown && shown->range() == running->range() && shown->lane() == running->lane() && shown->isDone();
    if (running->isDone()) {
        slices_.stop();
        showMeasured(std::exchange(running, nullptr), table);
        return;
    }
    if (!isSame)
        showMeasured(running, table);
    if (!slices_.isActive())
        slices_.start();
    showProgress(running, table);
}

template <typename Measurement, typename Table>
void MeasurementPanel::showMeasured(std::shared_ptr<Measurement> measured, Table &table)
{
    table.show(std::move(measured), trace_);
    view_->showLane(table.measured()->lane() != noLane);
    title_->setText(formatDuration(table.measured()->range().length()));
    showProgress(std::shared_ptr<Measurement>(), table);
}

template <typename Measurement, typename Table>
void MeasurementPanel::showProgress(const std::shared_ptr<Measurement> &running, const Table &table)
{
    const Measurement *shown = table.measured();
    const QString summary = rangeSummary(*trace_, *shown);
    if (running && !shown->isDone())
        summary_->setText(joinedByDots({summary, tr("measuring, %1").arg(formatPercent(running->share()))}));
    else
        summary_->setText(summary);
}

void MeasurementPanel::showNothing()
{
    table_->show(nullptr, trace_);
    names_->show(nullptr, trace_);
    view_->showLane(false);
    title_->clear();
    summary_->setText({});
}

QString MeasurementPanel::text() const
{
    const auto textOf = [this](const auto &table) {
        return formatDuration(table.measured()->range().length()) + QStringLiteral(": ") + rangeSummary(*trace_, *table.measured())
               + QLatin1Char('\n') + table.text();
    };
    if (isImport())
        return names_->measured() ? textOf(*names_) : QString();
    return table_->measured() ? textOf(*table_) : QString();
}

void MeasurementPanel::goToLongest(int row)
{
    if (const auto [lane, span] = isImport() ? names_->longestOf(row) : table_->longestOf(row); lane != noLane) {
        selection_.select(lane, span);
        Q_EMIT followed(lane, span);
    }
}

} // namespace loopscope
