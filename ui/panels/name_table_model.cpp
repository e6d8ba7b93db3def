#include "ui/panels/name_table_model.h"

#include "ui/panels/column_text.h"
#include "ui/panels/length_bars.h"
#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"
#include "ui/timeline/span_text.h"
#include "ui/timeline/task_text.h"

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

// The title of LaneTime is the thread's name.
constexpr std::array<ColumnText, RangeTableModel::ColumnCount> nameColumns = {{
    {QT_TRANSLATE_NOOP("loopscope::NameTableModel", "Name"), QT_TRANSLATE_NOOP("loopscope::NameTableModel", "What slices are called")},
    {"", QT_TRANSLATE_NOOP("loopscope::NameTableModel", "Time of the selected thread inside the range")},
    {QT_TRANSLATE_NOOP("loopscope::NameTableModel", "Share"),
     QT_TRANSLATE_NOOP("loopscope::NameTableModel", "The part of the range that the selected thread spent in these slices")},
    {QT_TRANSLATE_NOOP("loopscope::NameTableModel", "Slices"),
     QT_TRANSLATE_NOOP("loopscope::NameTableModel", "Slices of the selected thread in the range")},
    {QT_TRANSLATE_NOOP("loopscope::NameTableModel", "All threads"),
     QT_TRANSLATE_NOOP("loopscope::NameTableModel", "Time of all threads together inside the range; what is nested counts, too")},
    {QT_TRANSLATE_NOOP("loopscope::NameTableModel", "Share"),
     QT_TRANSLATE_NOOP("loopscope::NameTableModel", "The part of the time of all slices")},
    {QT_TRANSLATE_NOOP("loopscope::NameTableModel", "Slices"),
     QT_TRANSLATE_NOOP("loopscope::NameTableModel", "Slices of all threads in the range")},
    {QT_TRANSLATE_NOOP("loopscope::NameTableModel", "p50"),
     QT_TRANSLATE_NOOP("loopscope::NameTableModel", "Half of the slices are no longer than this")},
    {QT_TRANSLATE_NOOP("loopscope::NameTableModel", "p90"),
     QT_TRANSLATE_NOOP("loopscope::NameTableModel", "90 % of the slices are no longer than this")},
    {QT_TRANSLATE_NOOP("loopscope::NameTableModel", "p99"),
     QT_TRANSLATE_NOOP("loopscope::NameTableModel", "99 % of the slices are no longer than this")},
    {QT_TRANSLATE_NOOP("loopscope::NameTableModel", "Longest"),
     QT_TRANSLATE_NOOP("loopscope::NameTableModel", "The longest slice; a click selects it")},
    {QT_TRANSLATE_NOOP("loopscope::NameTableModel", "Lengths"),
     QT_TRANSLATE_NOOP("loopscope::NameTableModel",
                       "How many slices there are of each length, from short to long; a bar is for lengths twice those of the one before")},
}};

QString shareText(Nanoseconds part, Nanoseconds whole)
{
    return part == 0 ? noValueText() : formatPercent(static_cast<double>(part) / static_cast<double>(whole));
}

QString timeText(Nanoseconds time)
{
    return time == 0 ? noValueText() : formatDuration(time);
}

QString countText(std::size_t count)
{
    return count == 0 ? noValueText() : formatCount(count);
}

} // namespace

void NameTableModel::show(std::shared_ptr<const NameMeasurement> measured, const std::shared_ptr<const Trace> &trace)
{
    beginResetModel();
    measured_ = std::move(measured);
    trace_ = trace;
    rows_ = measured_ && measured_->isDone() ? static_cast<int>(measured_->lengths().size()) + 1 : 1;
    endResetModel();
}

const MeasuredName &NameTableModel::of(int row) const
{
    return isTotal(row) ? measured_->all() : measured_->names()[static_cast<std::size_t>(row)];
}

std::pair<LaneId, std::size_t> NameTableModel::longestOf(int row) const
{
    if (!measured_ || !measured_->isDone() || row < 0 || row >= rows_ || of(row).count == 0)
        return {noLane, 0};
    return {of(row).longestAt.lane, of(row).longestAt.span};
}

int NameTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : rows_;
}

int NameTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : RangeTableModel::ColumnCount;
}

QVariant NameTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return cellText(index.row(), index.column());
    case Qt::TextAlignmentRole:
        return headerData(index.column(), Qt::Horizontal, role);
    case RangeTableModel::ColourRole:
        return isTotal(index.row()) ? QVariant() : QVariant::fromValue(SpanColour(sliceHueOf(trace_->name(of(index.row()).name))));
    case RangeTableModel::BarsRole:
    case RangeTableModel::BarTextsRole:
    case Qt::AccessibleTextRole:
        return index.column() == RangeTableModel::Lengths ? barsOf(index.row(), role) : QVariant();
    case RangeTableModel::WidestRole:
        return QString(26, QLatin1Char('n'));
    case Qt::ToolTipRole:
        if (index.column() == RangeTableModel::State)
            return toolTipText(nameText(index.row()));
        if (const auto [lane, span] = longestOf(index.row()); index.column() == RangeTableModel::Longest && lane != noLane)
            return toolTipText(whereabouts(*trace_, lane));
        return {};
    default:
        return {};
    }
}

QVariant NameTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= RangeTableModel::ColumnCount)
        return {};
    const ColumnText &text = nameColumns[static_cast<std::size_t>(section)];
    switch (role) {
    case Qt::DisplayRole:
        if (section == RangeTableModel::LaneTime)
            return measured_ && measured_->lane() != noLane ? laneTitle(*trace_, measured_->lane()) : QString();
        return tr(text.title);
    case Qt::ToolTipRole:
        return tr(text.explanation);
    case Qt::TextAlignmentRole: {
        const bool isLeft = section == RangeTableModel::State || section == RangeTableModel::Lengths;
        return QVariant::fromValue((isLeft ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    default:
        return {};
    }
}

QString NameTableModel::nameText(int row) const
{
    if (!isTotal(row)) {
        const QString name = shownText(trace_->name(of(row).name));
        return name.isEmpty() ? tr("(no name)") : name;
    }
    const std::size_t names = measured_ && measured_->isDone() ? measured_->names().size() : 0;
    const auto shown = static_cast<std::size_t>(rows_ - 1);
    return names > shown ? tr("all %1 names").arg(formatCount(names)) : tr("all names");
}

QString NameTableModel::cellText(int row, int column) const
{
    if (column == RangeTableModel::State)
        return nameText(row);
    if (!measured_ || column == RangeTableModel::Lengths)
        return {};
    const bool isOfLane =
        column == RangeTableModel::LaneTime || column == RangeTableModel::LaneShare || column == RangeTableModel::LaneSpans;
    if (isOfLane && measured_->lane() == noLane)
        return {};
    if (!measured_->isDone())
        return QStringLiteral("…");
    const MeasuredName &name = of(row);
    switch (column) {
    case RangeTableModel::LaneTime:
        return timeText(name.laneTime);
    case RangeTableModel::LaneShare:
        return shareText(name.laneTime, measured_->range().length());
    case RangeTableModel::LaneSpans:
        return countText(name.laneCount);
    case RangeTableModel::TasksTime:
        return timeText(name.time);
    case RangeTableModel::TasksShare:
        return shareText(name.time, measured_->all().time);
    case RangeTableModel::TasksSpans:
        return countText(name.count);
    case RangeTableModel::Median:
        return lengthText(row, 0.5);
    case RangeTableModel::P90:
        return lengthText(row, 0.9);
    case RangeTableModel::P99:
        return lengthText(row, 0.99);
    default:
        return name.count == 0 ? noValueText() : formatDuration(name.longest);
    }
}

QString NameTableModel::lengthText(int row, double share) const
{
    return isTotal(row) ? QString() : formatDuration(measured_->lengths()[static_cast<std::size_t>(row)].percentile(share));
}

QVariant NameTableModel::barsOf(int row, int role) const
{
    if (!measured_ || !measured_->isDone() || isTotal(row))
        return {};
    LengthBars bars;
    for (const LengthHistogram &lengths : measured_->lengths())
        bars.include(lengths);
    return bars.data(measured_->lengths()[static_cast<std::size_t>(row)], MeasuredKind::Slices, role);
}

QString NameTableModel::text() const
{
    const bool hasLane = measured_ && measured_->lane() != noLane;
    const auto isLeftOut = [hasLane](int column) {
        const bool isOfLane = column >= RangeTableModel::LaneTime && column <= RangeTableModel::LaneSpans;
        return column == RangeTableModel::Lengths || (!hasLane && isOfLane);
    };
    QString lines;
    for (int row = -1; row < rows_; ++row) {
        QStringList cells;
        for (int column = 0; column < RangeTableModel::ColumnCount; ++column) {
            if (!isLeftOut(column))
                cells += row < 0 ? headerData(column, Qt::Horizontal).toString() : cellText(row, column);
        }
        lines += cells.join(QLatin1Char('\t')) + QLatin1Char('\n');
    }
    return lines;
}

} // namespace loopscope
