#include "ui/panels/range_table_model.h"

#include "ui/panels/column_text.h"
#include "ui/panels/length_bars.h"
#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"
#include "ui/timeline/lane_text.h"
#include "ui/timeline/task_text.h"

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

// The title of LaneTime is the lane's name.
constexpr std::array<ColumnText, RangeTableModel::ColumnCount> rangeColumns = {{
    {QT_TRANSLATE_NOOP("loopscope::RangeTableModel", "State"), QT_TRANSLATE_NOOP("loopscope::RangeTableModel", "What tasks were doing")},
    {"", QT_TRANSLATE_NOOP("loopscope::RangeTableModel", "Time of the selected lane inside the range")},
    {QT_TRANSLATE_NOOP("loopscope::RangeTableModel", "Share"),
     QT_TRANSLATE_NOOP("loopscope::RangeTableModel", "The part of the range that the selected lane was in this state")},
    {QT_TRANSLATE_NOOP("loopscope::RangeTableModel", "Spans"),
     QT_TRANSLATE_NOOP("loopscope::RangeTableModel", "Spans of the selected lane in the range")},
    {QT_TRANSLATE_NOOP("loopscope::RangeTableModel", "All tasks"),
     QT_TRANSLATE_NOOP("loopscope::RangeTableModel", "Time of all tasks together inside the range")},
    {QT_TRANSLATE_NOOP("loopscope::RangeTableModel", "Share"),
     QT_TRANSLATE_NOOP("loopscope::RangeTableModel", "The part of all tasks' time in the range")},
    {QT_TRANSLATE_NOOP("loopscope::RangeTableModel", "Spans"),
     QT_TRANSLATE_NOOP("loopscope::RangeTableModel", "Spans of all tasks in the range")},
    {QT_TRANSLATE_NOOP("loopscope::RangeTableModel", "p50"),
     QT_TRANSLATE_NOOP("loopscope::RangeTableModel", "Half of the spans of all tasks are no longer than this")},
    {QT_TRANSLATE_NOOP("loopscope::RangeTableModel", "p90"),
     QT_TRANSLATE_NOOP("loopscope::RangeTableModel", "90 % of the spans of all tasks are no longer than this")},
    {QT_TRANSLATE_NOOP("loopscope::RangeTableModel", "p99"),
     QT_TRANSLATE_NOOP("loopscope::RangeTableModel", "99 % of the spans of all tasks are no longer than this")},
    {QT_TRANSLATE_NOOP("loopscope::RangeTableModel", "Longest"),
     QT_TRANSLATE_NOOP("loopscope::RangeTableModel", "The longest span of all tasks; a click selects it")},
    {QT_TRANSLATE_NOOP("loopscope::RangeTableModel", "Lengths"),
     QT_TRANSLATE_NOOP("loopscope::RangeTableModel",
                       "How many spans there are of each length, from short to long; a bar is for lengths twice those of the one before")},
}};

constexpr int totalRow = static_cast<int>(taskStates.size());

QString notYet()
{
    return QStringLiteral("…");
}

} // namespace

void RangeTableModel::show(std::shared_ptr<const RangeMeasurement> measured, const std::shared_ptr<const Trace> &trace)
{
    measured_ = std::move(measured);
    trace_ = trace;
    Q_EMIT headerDataChanged(Qt::Horizontal, LaneTime, LaneTime);
    Q_EMIT dataChanged(index(0, 0), index(totalRow, ColumnCount - 1));
}

std::pair<LaneId, std::size_t> RangeTableModel::longestOf(int row) const
{
    if (!measured_ || !measured_->isDone() || row < 0 || row > totalRow)
        return {noLane, 0};
    const auto &spans = measured_->ofTasks().spans;
    const auto longest = [](const MeasuredSpans &one) { return one.longestLane == noLane ? -1 : one.lengths.longest(); };
    const MeasuredSpans &found = row == totalRow ? *std::ranges::max_element(spans, {}, longest) : spans[static_cast<std::size_t>(row)];
    return {found.longestLane, found.longestSpan};
}

int RangeTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : totalRow + 1;
}

int RangeTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RangeTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return cellText(index.row(), index.column());
    case Qt::TextAlignmentRole:
        return headerData(index.column(), Qt::Horizontal, role);
    case ColourRole:
        return index.row() == totalRow ? QVariant() : QVariant::fromValue(SpanColour(taskStates[static_cast<std::size_t>(index.row())]));
    case WidestRole:
        return stateName(loopscope::State::InWorker);
    case BarsRole:
    case BarTextsRole:
    case Qt::AccessibleTextRole:
        return index.column() == Lengths ? barsOf(index.row(), role) : QVariant();
    case Qt::ToolTipRole:
        if (const auto [lane, span] = longestOf(index.row()); index.column() == Longest && lane != noLane)
            return toolTipText(laneTitle(*trace_, lane));
        return {};
    default:
        return {};
    }
}

QVariant RangeTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const ColumnText &text = rangeColumns[static_cast<std::size_t>(section)];
    switch (role) {
    case Qt::DisplayRole:
        if (section == LaneTime)
            return measured_ && measured_->lane() != noLane ? laneTitle(*trace_, measured_->lane()) : QString();
        return tr(text.title);
    case Qt::ToolTipRole:
        return tr(text.explanation);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((section == State || section == Lengths ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    default:
        return {};
    }
}

QString RangeTableModel::cellText(int row, int column) const
{
    if (column == State)
        return row == totalRow ? tr("all states") : stateName(taskStates[static_cast<std::size_t>(row)]);
    if (!measured_ || column == Lengths)
        return {};
    const MeasuredLanes &lane = measured_->ofLane();
    const MeasuredLanes &tasks = measured_->ofTasks();
    switch (column) {
    case LaneTime:
    case LaneShare:
        return measured_->lane() == noLane ? QString() : timeText(lane, row, measured_->range().length(), column == LaneShare);
    case LaneSpans:
        return measured_->lane() == noLane ? QString() : spansText(lane, row);
    case TasksTime:
    case TasksShare:
        return measured_->hasTimes() ? timeText(tasks, row, tasks.times.total(), column == TasksShare) : notYet();
    case TasksSpans:
        return spansText(tasks, row);
    default:
        return lengthText(row, column);
    }
}

QString RangeTableModel::timeText(const MeasuredLanes &lanes, int row, Nanoseconds whole, bool isShare) const
{
    const Nanoseconds time = row == totalRow ? lanes.times.total() : lanes.times[taskStates[static_cast<std::size_t>(row)]];
    if (time == 0)
        return noValueText();
    return isShare ? formatPercent(static_cast<double>(time) / static_cast<double>(whole)) : formatDuration(time);
}

QString RangeTableModel::spansText(const MeasuredLanes &lanes, int row) const
{
    if (!measured_->isDone())
        return notYet();
    const std::size_t count = row == totalRow ? lanes.spanCount() : lanes.spans[static_cast<std::size_t>(row)].lengths.count();
    return count == 0 ? noValueText() : formatCount(count);
}

QString RangeTableModel::lengthText(int row, int column) const
{
    if (!measured_->isDone())
        return notYet();
    if (column == Longest) {
        const auto [lane, span] = longestOf(row);
        if (lane == noLane)
            return noValueText();
        const MeasuredLanes &tasks = measured_->ofTasks();
        Nanoseconds longest = row == totalRow ? 0 : tasks.spans[static_cast<std::size_t>(row)].lengths.longest();
        for (const MeasuredSpans &spans : tasks.spans)
            longest = row == totalRow ? std::max(longest, spans.lengths.longest()) : longest;
        return formatDuration(longest);
    }
    if (row == totalRow)
        return {};
    const LengthHistogram &lengths = measured_->ofTasks().spans[static_cast<std::size_t>(row)].lengths;
    const double share = column == Median ? 0.5 : column == P90 ? 0.9 : 0.99;
    return lengths.count() == 0 ? noValueText() : formatDuration(lengths.percentile(share));
}

QVariant RangeTableModel::barsOf(int row, int role) const
{
    if (!measured_ || !measured_->isDone() || row == totalRow)
        return {};
    LengthBars bars;
    for (const MeasuredSpans &spans : measured_->ofTasks().spans)
        bars.include(spans.lengths);
    return bars.data(measured_->ofTasks().spans[static_cast<std::size_t>(row)].lengths, MeasuredKind::Spans, role);
}

QString RangeTableModel::text() const
{
    const bool hasLane = measured_ && measured_->lane() != noLane;
    const auto isLeftOut = [hasLane](int column) {
        return column == Lengths || (!hasLane && (column == LaneTime || column == LaneShare || column == LaneSpans));
    };
    QString lines;
    for (int row = -1; row <= totalRow; ++row) {
        QStringList cells;
        for (int column = 0; column < ColumnCount; ++column) {
            if (!isLeftOut(column))
                cells += row < 0 ? headerData(column, Qt::Horizontal).toString() : cellText(row, column);
        }
        lines += cells.join(QLatin1Char('\t')) + QLatin1Char('\n');
    }
    return lines;
}

} // namespace loopscope
