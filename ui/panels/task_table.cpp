#include "ui/panels/task_table.h"

#include "ui/panels/task_filter_model.h"
#include "ui/panels/task_table_model.h"
#include "ui/panels/task_table_view.h"
#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"
#include "ui/theme/theme.h"
#include "ui/timeline/hover.h"
#include "ui/timeline/selection.h"
#include "ui/timeline/task_filter.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope {

namespace {

constexpr int tableIntervalMs = 100; // nobody reads numbers faster
constexpr int rangeRestsMs = 100;    // while it is dragged out, rows had better not change their places
constexpr qint64 refilterIntervalMs = 1000;

} // namespace

TaskTable::TaskTable(Selection &selection, TaskFilter &filter, Hover &hover, QWidget *parent)
    : QWidget(parent)
    , selection_(selection)
    , wanted_(filter)
    , hover_(hover)
    , tasks_(new TaskTableModel(this))
    , rows_(new TaskFilterModel(*tasks_, this))
    , filter_(new QLineEdit(this))
    , range_(new QPushButton(this))
    , count_(new QLabel(this))
    , view_(new TaskTableView(this))
{
    arrange();
    view_->setModel(rows_);
    view_->setDefaultWidths();
    view_->showColumns([this](int column) { return tasks_->hasColumn(column); });
    connect(view_->horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, [this](int column, Qt::SortOrder order) {
        const QScopedValueRollback following(isFollowing_, true);
        rows_->sort(column, order);
    });
    connect(filter_, &QLineEdit::textChanged, this, [this](const QString &text) { wanted_.setText(text.trimmed()); });
    connect(&wanted_, &TaskFilter::changed, this, &TaskTable::applyFilter);
    connectSelection();
    connectHover();

    refreshTimer_.setSingleShot(true);
    refreshTimer_.setInterval(tableIntervalMs);
    connect(&refreshTimer_, &QTimer::timeout, this, &TaskTable::refreshNow);
    rangeTimer_.setSingleShot(true);
    rangeTimer_.setInterval(rangeRestsMs);
    connect(&rangeTimer_, &QTimer::timeout, this, &TaskTable::applyRange);
    connect(&selection_, &Selection::rangeChanged, &rangeTimer_, qOverload<>(&QTimer::start));
    connect(range_, &QPushButton::clicked, this, [this] { selection_.selectRange(std::nullopt); });
    applyFilter();
}

TaskTable::~TaskTable() = default;

void TaskTable::arrange()
{
    filter_->setClearButtonEnabled(true);
    filter_->setMaximumWidth(filter_->fontMetrics().averageCharWidth() * 48);
    range_->setProperty("chip", true);
    range_->hide();
    count_->setTextFormat(Qt::PlainText);
    count_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    showWords();

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(8, 4, 8, 4);
    bar->setSpacing(8);
    bar->addWidget(filter_, 1);
    bar->addWidget(range_);
    bar->addStretch();
    bar->addWidget(count_);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(view_, 1);

    connect(new QShortcut(QKeySequence::Copy, view_, nullptr, nullptr, Qt::WidgetShortcut), &QShortcut::activated, this,
            &TaskTable::copySelectedRows);
    connect(new QShortcut(Qt::Key_Escape, filter_, nullptr, nullptr, Qt::WidgetShortcut), &QShortcut::activated, this, [this] {
        filter_->clear();
        view_->setFocus();
    });
    for (const Qt::Key key : {Qt::Key_Down, Qt::Key_Return, Qt::Key_Enter}) {
        connect(new QShortcut(key, filter_, nullptr, nullptr, Qt::WidgetShortcut), &QShortcut::activated, this,
                [this] { view_->setFocus(); });
    }
}

void TaskTable::connectSelection()
{
    connect(&selection_, &Selection::changed, this, &TaskTable::showSelection);
    connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &TaskTable::selectCurrentRow);
}

void TaskTable::connectHover()
{
    const auto laneOf = [](const QModelIndex &row) { return row.isValid() ? row.data(TaskTableModel::LaneRole).value<LaneId>() : noLane; };
    connect(view_, &TaskTableView::hoveredRowChanged, this, [this, laneOf](const QModelIndex &row) { hover_.setLane(laneOf(row)); });
    connect(&hover_, &Hover::changed, this, &TaskTable::showHover);
    connect(rows_, &QAbstractItemModel::layoutChanged, this, &TaskTable::showHover);
}

void TaskTable::showHover()
{
    const auto task = tasks_->rowOf(hover_.lane());
    view_->highlightRow(task ? rows_->mapFromSource(tasks_->index(*task, 0)).row() : -1);
}

void TaskTable::setTrace(std::shared_ptr<const Trace> trace)
{
    {
        const QScopedValueRollback following(isFollowing_, true);
        tasks_->setRange(selection_.range());
        tasks_->setTrace(std::move(trace));
    }
    showRange();
    wasFinished_ = tasks_->trace() && tasks_->trace()->info().finished;
    view_->showColumns([this](int column) { return tasks_->hasColumn(column); });
    showWords();
    showSelection();
    showHover();
    showCount();
}

void TaskTable::refresh()
{
    const bool isFinished = tasks_->trace() && tasks_->trace()->info().finished;
    if (isFinished && !wasFinished_) {
        refreshNow();
        const QScopedValueRollback following(isFollowing_, true);
        rows_->resort(); // the numbers are final now
        rows_->refilter();
        wasFinished_ = true;
    } else if (!refreshTimer_.isActive()) {
        refreshTimer_.start();
    }
}

void TaskTable::refreshNow()
{
    refreshTimer_.stop();
    const QScopedValueRollback following(isFollowing_, true);
    tasks_->refresh();
    refilter();
    const auto [first, last] = view_->visibleRows();
    for (int row = first; row <= last; ++row) {
        const int task = rows_->mapToSource(rows_->index(row, 0)).row();
        tasks_->refreshLive(task, task);
    }
    showHover();
    showCount();
}

void TaskTable::applyFilter()
{
    {
        const QScopedValueRollback following(isFollowing_, true);
        rows_->setTerms(wanted_.terms());
    }
    if (filter_->text().trimmed() != wanted_.terms().text)
        filter_->setText(wanted_.terms().text);
    showSelection();
    showHover();
    showCount();
}

// What matches by what a task does at the moment is no event of the model's.
void TaskTable::refilter()
{
    if (!rows_->terms().trait || (filterAge_.isValid() && filterAge_.elapsed() < refilterIntervalMs))
        return;
    rows_->refilter();
    filterAge_.start();
}

void TaskTable::showSelection()
{
    const LaneId selected = selection_.lane();
    const QModelIndex current = view_->currentIndex();
    if (current.isValid() && current.data(TaskTableModel::LaneRole).value<LaneId>() == selected
        && view_->selectionModel()->isRowSelected(current.row()))
        return;
    const QScopedValueRollback following(isFollowing_, true);
    const auto row = tasks_->rowOf(selected);
    const QModelIndex shown = row ? rows_->mapFromSource(tasks_->index(*row, 0)) : QModelIndex();
    if (!shown.isValid()) {
        view_->selectionModel()->clear();
        return;
    }
    view_->selectionModel()->setCurrentIndex(shown, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    view_->scrollTo(shown); // moves only if the row is out of sight
}

void TaskTable::selectCurrentRow()
{
    const QModelIndex current = view_->currentIndex();
    if (!isFollowing_ && current.isValid())
        selection_.select(current.data(TaskTableModel::LaneRole).value<LaneId>());
}

void TaskTable::applyRange()
{
    if (tasks_->range() == selection_.range())
        return;
    const QScopedValueRollback following(isFollowing_, true);
    tasks_->setRange(selection_.range());
    if (TaskTableModel::isOfTime(rows_->sortColumn()))
        rows_->resort();
    showRange();
}

void TaskTable::showRange()
{
    const std::optional<TimeRange> range = tasks_->range();
    range_->setVisible(range.has_value());
    if (!range)
        return;
    range_->setText(tr("times within %1").arg(formatDuration(range->length())) + QStringLiteral("  ×"));
    const RangeEnds ends = formatEnds(*range);
    const QString what =
        tr("The times are those within the selected range, %1 to %2. Show those of the whole run").arg(ends.begin, ends.end);
    range_->setToolTip(toolTipText(what));
    range_->setAccessibleName(what);
}

bool TaskTable::isImport() const
{
    return tasks_->trace() && !tasks_->trace()->hasLoop();
}

void TaskTable::showWords()
{
    filter_->setPlaceholderText(isImport() ? tr("Filter threads by name or process") : tr("Filter tasks by name, outcome or result"));
    filter_->setAccessibleName(isImport() ? tr("Filter threads") : tr("Filter tasks"));
    view_->setAccessibleName(isImport() ? tr("Threads") : tr("Tasks"));
}

void TaskTable::showCount()
{
    const auto shown = static_cast<quint64>(rows_->rowCount());
    const auto all = static_cast<quint64>(tasks_->rowCount());
    if (!rows_->terms().isEmpty())
        count_->setText(tr("%1 of %2").arg(formatCount(shown), formatCount(all)));
    else if (isImport())
        count_->setText(all == 1 ? tr("1 lane") : tr("%1 lanes").arg(formatCount(all)));
    else
        count_->setText(all == 1 ? tr("1 task") : tr("%1 tasks").arg(formatCount(all)));
    if (isImport())
        view_->setEmptyText(all == 0 ? tr("No threads") : tr("No thread matches the filter"));
    else
        view_->setEmptyText(all == 0                         ? tr("No tasks yet")
                            : wanted_.terms().text.isEmpty() ? tr("No task matches the filter")
                                                             : tr("No task matches “%1”").arg(wanted_.terms().text));
}

void TaskTable::copySelectedRows() const
{
    QModelIndexList selected = view_->selectionModel()->selectedRows();
    std::ranges::sort(selected, {}, &QModelIndex::row);
    QString text;
    for (const QModelIndex &row : selected) {
        QStringList cells;
        for (int column = 0; column < TaskTableModel::ColumnCount; ++column) {
            if (!view_->isColumnHidden(column))
                cells += row.siblingAtColumn(column).data().toString();
        }
        text += cells.join(QLatin1Char('\t')) + QLatin1Char('\n');
    }
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

QByteArray TaskTable::saveState() const
{
    return view_->saveColumns();
}

void TaskTable::restoreState(const QByteArray &state)
{
    view_->restoreColumns(state);
}

void TaskTable::focusFilter()
{
    filter_->setFocus(Qt::ShortcutFocusReason);
    filter_->selectAll();
}

QWidget &TaskTable::rows() const
{
    return *view_;
}

void TaskTable::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        filter_->setMaximumWidth(filter_->fontMetrics().averageCharWidth() * 48);
}

} // namespace loopscope
