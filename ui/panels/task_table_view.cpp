#include "ui/panels/task_table_view.h"

#include "ui/panels/flat_header.h"
#include "ui/panels/task_table_model.h"
#include "ui/theme/format.h"
#include "ui/theme/theme.h"
#include "ui/timeline/task_text.h"

#include <QDataStream>
#include <QEvent>
#include <QIODevice>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include <utility>

namespace loopscope {

namespace {

constexpr quint32 columnsVersion = 0x4C530001; // "LS" and the version
constexpr int widestColumn = 8192;             // in pixels, of those that are believed

/// Cells without boxes: the selection is a background, the current row has the accent at its left edge.
class TaskDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme theme = Theme::of(option.widget->palette());
        const auto *view = static_cast<const TaskTableView *>(option.widget);
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, theme.selection);
        else if (view->highlightedRow() == index.row())
            painter->fillRect(option.rect, theme.hover());
        const bool isFirst = view->horizontalHeader()->visualIndex(index.column()) == 0;
        if (isFirst && view->hasFocus() && view->currentIndex().row() == index.row())
            painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), theme.accent);

        const int margin = cellMargin(*view);
        const QRect place = option.rect.adjusted(margin, 0, -margin, 0);
        const QString text = index.data(Qt::DisplayRole).toString();
        const Qt::TextElideMode elide = index.column() == TaskTableModel::Name ? Qt::ElideMiddle : Qt::ElideRight;
        painter->setPen(textColor(theme, index, text));
        painter->setFont(option.font);
        painter->drawText(place, index.data(Qt::TextAlignmentRole).value<Qt::Alignment>() | Qt::TextSingleLine,
                          option.fontMetrics.elidedText(text, elide, place.width()));
    }

private:
    static QColor textColor(const Theme &theme, const QModelIndex &index, const QString &text)
    {
        const bool tellsOutcome = index.column() == TaskTableModel::State || index.column() == TaskTableModel::Result;
        if (tellsOutcome && index.data(TaskTableModel::FailedRole).toBool())
            return theme.failure;
        return text == QStringLiteral("–") ? theme.mutedText : theme.text;
    }
};

} // namespace

TaskTableView::TaskTableView(QWidget *parent)
    : QTableView(parent)
{
    setHorizontalHeader(new FlatHeader(Qt::Horizontal, this));
    setItemDelegate(new TaskDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false); // Tab leaves the table: it is one stop
    setHorizontalScrollMode(ScrollPerPixel);
    setAutoScroll(false);
    setMouseTracking(true);
    setSortingEnabled(false); // its owner connects header and model, for the unsorted state

    QHeaderView *header = horizontalHeader();
    header->setSectionsClickable(true);
    header->setSectionsMovable(true);
    header->setHighlightSections(false);
    header->setSortIndicatorShown(true);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    header->setSortIndicatorClearable(true);
    header->setStretchLastSection(true);
    header->setTextElideMode(Qt::ElideRight);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed); // constant heights make 100,000 rows as quick as ten
    adaptToFont();
}

void TaskTableView::adaptToFont()
{
    charWidth_ = fontMetrics().averageCharWidth();
    const int line = fontMetrics().height();
    verticalHeader()->setMinimumSectionSize(line);
    verticalHeader()->setDefaultSectionSize(line + line / 2);
    horizontalHeader()->setMinimumSectionSize(fontMetrics().horizontalAdvance(QStringLiteral("000")) + 2 * cellMargin(*this));
    horizontalHeader()->setFixedHeight(line + line * 3 / 4);
}

void TaskTableView::setDefaultWidths()
{
    const int margins = 2 * cellMargin(*this) + 2;
    const auto widthOfText = [this, margins](const QString &text) { return fontMetrics().horizontalAdvance(text) + margins; };
    constexpr Nanoseconds minutes = 754 * nanosecondsPerSecond;
    const int number = std::max(widthOfText(QStringLiteral("00.0 MB")), widthOfText(formatDuration(minutes)));
    for (int column = 0; column < model()->columnCount(); ++column)
        setColumnWidth(column, std::max(number, widthOfText(model()->headerData(column, Qt::Horizontal).toString())));
    setColumnWidth(TaskTableModel::Name, widthOfText(QString(20, QLatin1Char('n'))));
    setColumnWidth(TaskTableModel::Process, widthOfText(QString(20, QLatin1Char('n'))));
    setColumnWidth(TaskTableModel::State,
                   std::max(widthOfText(outcomeName(Outcome::Cancelled)), widthOfText(stateName(loopscope::State::InWorker))));
    setColumnWidth(TaskTableModel::Slices, widthOfText(formatCount(8'888'888)));
    setColumnWidth(TaskTableModel::Result, widthOfText(QString(24, QLatin1Char('n'))));
    setColumnWidth(TaskTableModel::Throughput, std::max(columnWidth(TaskTableModel::Throughput), widthOfText(QStringLiteral("00.0 MB/s"))));
    stretchLast();
}

void TaskTableView::scaleWidths(double factor)
{
    for (int column = 0; model() && column < model()->columnCount(); ++column)
        setWidth(column, static_cast<int>(widthOf(column) * factor));
    stretchLast();
}

// The header stretches its last column when it is resized; a width that is set counts until then.
void TaskTableView::stretchLast()
{
    QHeaderView *header = horizontalHeader();
    header->setStretchLastSection(false);
    int place = header->count() - 1;
    while (place > 0 && header->isSectionHidden(header->logicalIndex(place)))
        --place;
    const int last = header->logicalIndex(place);
    const int others = header->length() - header->sectionSize(last);
    header->resizeSection(last, std::max(header->minimumSectionSize(), viewport()->width() - others));
    header->setStretchLastSection(true);
}

int TaskTableView::widthOf(int column) const
{
    const auto hidden = hiddenWidths_.find(column);
    return hidden == hiddenWidths_.end() ? columnWidth(column) : hidden->second;
}

void TaskTableView::setWidth(int column, int width)
{
    if (const auto hidden = hiddenWidths_.find(column); hidden != hiddenWidths_.end())
        hidden->second = width;
    else
        setColumnWidth(column, width);
}

void TaskTableView::showColumns(const std::function<bool(int)> &isShown)
{
    for (int column = 0; column < model()->columnCount(); ++column) {
        const auto hidden = hiddenWidths_.find(column);
        if (isShown(column) == (hidden == hiddenWidths_.end()))
            continue;
        if (hidden == hiddenWidths_.end()) {
            hiddenWidths_[column] = columnWidth(column);
            hideColumn(column);
        } else {
            showColumn(column);
            setColumnWidth(column, hidden->second);
            hiddenWidths_.erase(hidden);
        }
    }
    stretchLast();
}

QByteArray TaskTableView::saveColumns() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << columnsVersion << model()->columnCount();
    for (int column = 0; column < model()->columnCount(); ++column)
        stream << widthOf(column) << horizontalHeader()->visualIndex(column);
    return state;
}

void TaskTableView::restoreColumns(const QByteArray &state)
{
    QDataStream stream(state);
    quint32 version = 0;
    int count = 0;
    stream >> version >> count;
    if (version != columnsVersion || count != model()->columnCount())
        return;
    QList<int> widths(count);
    QList<int> places(count); // the column at each place
    for (int column = 0; column < count; ++column) {
        int place = -1;
        stream >> widths[column] >> place;
        if (stream.status() != QDataStream::Ok || widths[column] < 1 || widths[column] > widestColumn || place < 0 || place >= count)
            return;
        places[place] = column;
    }
    for (int place = 0; place < count; ++place) {
        setWidth(place, widths[place]);
        horizontalHeader()->moveSection(horizontalHeader()->visualIndex(places[place]), place);
    }
    stretchLast();
}

void TaskTableView::setEmptyText(const QString &text)
{
    emptyText_ = text;
    viewport()->update();
}

std::pair<int, int> TaskTableView::visibleRows() const
{
    const int rows = model()->rowCount();
    if (rows == 0 || !isVisible())
        return {0, -1};
    const int last = rowAt(viewport()->height() - 1);
    return {std::max(rowAt(0), 0), last < 0 ? rows - 1 : last};
}

void TaskTableView::updateRow(int row)
{
    if (row >= 0)
        viewport()->update(0, rowViewportPosition(row), viewport()->width(), rowHeight(row));
}

void TaskTableView::highlightRow(int row)
{
    if (row == highlightedRow_)
        return;
    updateRow(std::exchange(highlightedRow_, row));
    updateRow(row);
}

bool TaskTableView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::MouseMove)
        Q_EMIT hoveredRowChanged(indexAt(static_cast<QMouseEvent *>(event)->position().toPoint()));
    else if (event->type() == QEvent::Leave)
        Q_EMIT hoveredRowChanged({});
    return QTableView::viewportEvent(event);
}

void TaskTableView::focusInEvent(QFocusEvent *event)
{
    // The base class makes the first row the current one where there is none; passing by with Tab must not change what is selected.
    const bool hasCurrent = currentIndex().isValid();
    const QSignalBlocker quiet(hasCurrent ? nullptr : selectionModel());
    QTableView::focusInEvent(event);
    if (!hasCurrent && selectionModel())
        selectionModel()->clearCurrentIndex();
}

// The vertical bar takes room that the columns had: a horizontal one for so little would take more.
void TaskTableView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    const bool hasBar = verticalScrollBar()->isVisibleTo(this);
    const bool isByBar = !std::exchange(hadBar_, hasBar) && hasBar;
    const int missing = horizontalHeader()->length() - viewport()->width();
    const int left = columnWidth(TaskTableModel::Name) - missing;
    if (isByBar && missing > 0 && missing <= verticalScrollBar()->width() && left >= horizontalHeader()->minimumSectionSize())
        setColumnWidth(TaskTableModel::Name, left);
}

void TaskTableView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() != QEvent::FontChange)
        return;
    scaleWidths(static_cast<double>(fontMetrics().averageCharWidth()) / charWidth_);
    adaptToFont();
}

void TaskTableView::paintEvent(QPaintEvent *event)
{
    const Theme theme = Theme::of(palette());
    {
        QPainter painter(viewport());
        painter.fillRect(event->rect(), theme.canvas);
        if (model()->rowCount() == 0) {
            painter.setPen(theme.mutedText);
            const QRect place = viewport()->rect().adjusted(cellMargin(*this), 0, -cellMargin(*this), 0);
            painter.drawText(place, Qt::AlignCenter | Qt::TextWordWrap, emptyText_);
        }
    }
    QTableView::paintEvent(event);
}

} // namespace loopscope
