#include "ui/panels/task_table_model.h"

#include "ui/panels/column_text.h"
#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"
#include "ui/timeline/lane_text.h"
#include "ui/timeline/task_text.h"

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

constexpr std::array<ColumnText, TaskTableModel::ColumnCount> taskColumns = {{
    {QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "Name"), QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "The task")},
    {QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "State"),
     QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "What it is doing, or how it ended")},
    {QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "Process"), QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "Whose thread it is")},
    {QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "Slices"),
     QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "How many slices it has, nested ones too")},
    {QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "Busy"),
     QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "How long there was a slice, without those nested in others")},
    {QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "Running"),
     QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "Its code executed on the loop")},
    {QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "Ready"),
     QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "It could have gone on, and the loop had not got to it yet")},
    {QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "Awaiting"),
     QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "Suspended on a file, timer, socket, lock or other task")},
    {QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "Queued"),
     QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "Handed to the pool while no worker was free")},
    {QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "In worker"),
     QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "Its blocking call ran on a worker")},
    {QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "Blocking"),
     QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "It ran a blocking call on the loop, so that nobody else could run")},
    {QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "Bytes"), QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "Read from its file")},
    {QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "Throughput"),
     QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "Bytes read, over the task's whole life, waits included")},
    {QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "Result"),
     QT_TRANSLATE_NOOP("loopscope::TaskTableModel", "What it returned, or why it failed")},
}};

State stateOfColumn(int column)
{
    return taskStates[static_cast<std::size_t>(column - TaskTableModel::Running)];
}

std::optional<std::uint64_t> bytesOf(const Lane &lane)
{
    return lane.task.file ? std::optional(lane.task.file->bytes) : std::nullopt;
}

std::size_t slicesOf(const Trace &trace, LaneId thread)
{
    std::size_t slices = 0;
    const LaneId end = trace.endOfRows(thread);
    for (LaneId row = thread; row != end; ++row)
        slices += trace.spanCount(row);
    return slices;
}

/// Bytes a second of a task's whole life.
double throughputOf(const Trace &trace, const Lane &lane)
{
    const Nanoseconds life = lifetime(trace, lane).length();
    return life > 0 ? static_cast<double>(bytesOf(lane).value_or(0)) * static_cast<double>(nanosecondsPerSecond) / static_cast<double>(life)
                    : 0.0;
}

} // namespace

void TaskTableModel::setTrace(std::shared_ptr<const Trace> trace)
{
    if (trace == trace_)
        return;
    beginResetModel();
    trace_ = std::move(trace);
    heads_.clear();
    headsSeen_ = 0;
    addHeads();
    rows_ = trace_ ? static_cast<int>(lanes().size()) : 0;
    endedSeen_ = trace_ ? trace_->endedTasks().size() : 0;
    endResetModel();
}

void TaskTableModel::setRange(std::optional<TimeRange> range)
{
    if (range == range_)
        return;
    range_ = range;
    Q_EMIT headerDataChanged(Qt::Horizontal, Busy, Blocking);
    if (rows_ > 0)
        Q_EMIT dataChanged(index(0, Busy), index(rows_ - 1, Blocking));
}

void TaskTableModel::refresh()
{
    if (!trace_)
        return;
    addNewRows();
    announceEnded();
}

void TaskTableModel::addHeads()
{
    if (!trace_ || trace_->hasLoop())
        return;
    for (; headsSeen_ < trace_->rows().size(); ++headsSeen_) {
        const LaneId lane = trace_->rows()[headsSeen_];
        if (trace_->headOf(lane) == lane)
            heads_.push_back(lane);
    }
}

bool TaskTableModel::hasColumn(int column) const
{
    const bool isOfRuns = column == State || column == Bytes || column == Throughput;
    const bool isOfImports = column == Process || column == Slices || column == Busy;
    if (!trace_ || trace_->hasLoop())
        return !isOfImports;
    if (column < Running || column > Blocking)
        return !isOfRuns;
    return std::ranges::any_of(heads_, [&](LaneId lane) { return trace_->times(lane)[stateOfColumn(column)] > 0; });
}

void TaskTableModel::addNewRows()
{
    addHeads();
    const int rows = static_cast<int>(lanes().size());
    if (rows == rows_)
        return;
    beginInsertRows({}, rows_, rows - 1);
    rows_ = rows;
    endInsertRows();
}

void TaskTableModel::announceEnded()
{
    const std::vector<LaneId> &ended = trace_->endedTasks();
    std::vector<int> rows;
    rows.reserve(ended.size() - endedSeen_);
    for (; endedSeen_ < ended.size(); ++endedSeen_)
        rows.push_back(rowOf(ended[endedSeen_]).value_or(0));
    std::ranges::sort(rows);
    for (std::size_t i = 0; i < rows.size();) {
        std::size_t last = i;
        while (last + 1 < rows.size() && rows[last + 1] == rows[last] + 1)
            ++last;
        Q_EMIT dataChanged(index(rows[i], 0), index(rows[last], ColumnCount - 1));
        i = last + 1;
    }
}

void TaskTableModel::refreshLive(int first, int last)
{
    for (int row = std::max(first, 0); row <= std::min(last, rows_ - 1); ++row) {
        if (trace_->lane(laneOf(row)).task.outcome == Outcome::Unfinished)
            Q_EMIT dataChanged(index(row, State), index(row, Throughput));
    }
}

std::optional<int> TaskTableModel::rowOf(LaneId task) const
{
    if (!trace_)
        return std::nullopt;
    const LaneId wanted = trace_->hasLane(task) ? trace_->headOf(task) : task;
    const auto begin = lanes().begin(); // their ids ascend, for they are in the order of creation
    const auto found = std::lower_bound(begin, begin + rows_, wanted);
    return found != begin + rows_ && *found == wanted ? std::optional(static_cast<int>(found - begin)) : std::nullopt;
}

LaneId TaskTableModel::laneOf(int row) const
{
    return lanes()[static_cast<std::size_t>(row)];
}

Nanoseconds TaskTableModel::timeOf(LaneId lane, int column) const
{
    if (column == Busy)
        return range_ ? busyTimeIn(*trace_, lane, *range_) : busyTime(*trace_, lane);
    return (range_ ? trace_->timesIn(lane, *range_) : trace_->times(lane))[stateOfColumn(column)];
}

QString TaskTableModel::numberText(const Lane &lane, int column) const
{
    if (column == Slices)
        return lane.kind == LaneKind::Counter ? noValueText() : formatCount(slicesOf(*trace_, lane.id));
    if (column == Bytes || column == Throughput) {
        if (!lane.task.file)
            return {};
        const std::uint64_t bytes = lane.task.file->bytes;
        if (bytes == 0)
            return noValueText();
        return column == Bytes ? formatBytes(bytes) : formatRate(bytes, lifetime(*trace_, lane).length());
    }
    const Nanoseconds time = timeOf(lane.id, column);
    return time == 0 ? noValueText() : formatDuration(time);
}

QString TaskTableModel::cellText(const Lane &lane, int column) const
{
    switch (column) {
    case Name:
        return shownText(lane.name);
    case State:
        return stateText(lane);
    case Process: {
        const LaneId process = trace_->processOf(lane.id);
        return process == noLane ? QString() : laneTitle(*trace_, process);
    }
    case Result:
        return resultText(*trace_, lane);
    default:
        return numberText(lane, column);
    }
}

QVariant TaskTableModel::sortKey(const Lane &lane, int column) const
{
    if (!isNumeric(column))
        return cellText(lane, column);
    if (column == Slices)
        return static_cast<qint64>(slicesOf(*trace_, lane.id));
    if (column == Bytes)
        return lane.task.file ? static_cast<qint64>(lane.task.file->bytes) : qint64(-1);
    if (column == Throughput)
        return lane.task.file ? throughputOf(*trace_, lane) : -1.0;
    return static_cast<qint64>(timeOf(lane.id, column));
}

int TaskTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : rows_;
}

int TaskTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TaskTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Lane &lane = trace_->lane(laneOf(index.row()));
    switch (role) {
    case Qt::DisplayRole:
        return cellText(lane, index.column());
    case Qt::ToolTipRole:
        return toolTipText(cellText(lane, index.column()));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (isNumeric(index.column()) ? Qt::AlignRight : Qt::AlignLeft)));
    case SortRole:
        return sortKey(lane, index.column());
    case LaneRole:
        return lane.id;
    case FailedRole:
        return lane.task.outcome == Outcome::Failed;
    default:
        return {};
    }
}

QVariant TaskTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const ColumnText &text = taskColumns[static_cast<std::size_t>(section)];
    switch (role) {
    case Qt::DisplayRole:
        return section == Result && trace_ && !trace_->hasLoop() ? tr("Note") : tr(text.title);
    case Qt::ToolTipRole:
        return range_ && isOfTime(section) ? tr("%1. Within the selected range only").arg(tr(text.explanation)) : tr(text.explanation);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (isNumeric(section) ? Qt::AlignRight : Qt::AlignLeft)));
    case Qt::InitialSortOrderRole: // of numbers the largest are asked for first
        return QVariant::fromValue(static_cast<int>(isNumeric(section) ? Qt::DescendingOrder : Qt::AscendingOrder));
    default:
        return {};
    }
}

} // namespace loopscope
