#include "ui/compare/comparison_table_view.h"

#include "ui/compare/comparison_figures.h"
#include "ui/compare/comparison_model.h"
#include "ui/panels/flat_header.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

constexpr int mostRows = 10;
constexpr int narrowestBars = 16; // in average characters
constexpr std::array leastNeeded{ComparisonColumn::Switches, ComparisonColumn::Descriptors,  ComparisonColumn::Queued,
                                 ComparisonColumn::Ready,    ComparisonColumn::LongestStall, ComparisonColumn::Threads,
                                 ComparisonColumn::Memory,   ComparisonColumn::Cpu};

int sectionOf(ComparisonColumn column)
{
    return static_cast<int>(column);
}

class ComparisonDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme theme = Theme::of(option.widget->palette());
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(option.rect, theme.selection);
        const int margin = cellMargin(*option.widget);
        QRect place = option.rect.adjusted(margin, 0, -margin, 0);
        const QString text = index.data().toString();
        painter->setFont(option.font);
        painter->setPen(text == QStringLiteral("–") ? theme.mutedText : theme.text);
        painter->drawText(place, index.data(Qt::TextAlignmentRole).value<Qt::Alignment>() | Qt::TextSingleLine,
                          option.fontMetrics.elidedText(text, Qt::ElideMiddle, place.width()));
        place.setRight(place.right() - option.fontMetrics.horizontalAdvance(text) - margin);
        paintBar(*painter, place, index.data(ComparisonModel::WallRole).value<QList<double>>(), theme);
    }

private:
    // With a line from the fastest run to the slowest.
    static void paintBar(QPainter &painter, const QRect &place, const QList<double> &walls, const Theme &theme)
    {
        if (walls.size() != 3 || place.width() < 8)
            return;
        const int inset = place.height() / 4;
        const auto x = [&place](double share) { return place.left() + static_cast<int>(share * place.width()); };
        painter.fillRect(QRect(place.left(), place.top() + inset, std::max(1, x(walls[1]) - place.left()), place.height() - 2 * inset),
                         theme.accent);
        painter.fillRect(QRect(x(walls[0]), place.center().y(), std::max(1, x(walls[2]) - x(walls[0])), 1), theme.text);
    }
};

} // namespace

ComparisonTableView::ComparisonTableView(ComparisonModel &model, QWidget *parent)
    : QTableView(parent)
{
    setModel(&model);
    setHorizontalHeader(new FlatHeader(Qt::Horizontal, this));
    setItemDelegate(new ComparisonDelegate(this));
    setAccessibleName(tr("Figures of the comparison"));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false); // Tab leaves the table: it is one stop
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    connect(&model, &QAbstractItemModel::modelReset, this, &ComparisonTableView::adaptToRows);
    connect(&model, &QAbstractItemModel::dataChanged, this, &ComparisonTableView::fitColumns);
    adaptToFont();
}

void ComparisonTableView::adaptToFont()
{
    const int line = fontMetrics().height();
    const int row = line + line / 2;
    verticalHeader()->setMinimumSectionSize(line);
    verticalHeader()->setDefaultSectionSize(row);
    horizontalHeader()->setFixedHeight(row);
    adaptToRows();
}

void ComparisonTableView::adaptToRows()
{
    const int rows = model()->rowCount();
    setFixedHeight(verticalHeader()->defaultSectionSize() * (std::min(rows, mostRows) + 1) + 4);
    setVerticalScrollBarPolicy(rows > mostRows ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff);
    fitColumns();
}

// As wide as their texts; what is left over belongs to the bars.
void ComparisonTableView::fitColumns()
{
    const int margins = 2 * cellMargin(*this) + 2;
    std::array<int, comparisonColumns.size()> widths{};
    int all = fontMetrics().averageCharWidth() * narrowestBars;
    for (int column = 0; column < model()->columnCount(); ++column) {
        int &width = widths[static_cast<std::size_t>(column)];
        width = fontMetrics().horizontalAdvance(model()->headerData(column, Qt::Horizontal).toString());
        for (int row = 0; row < model()->rowCount(); ++row)
            width = std::max(width, fontMetrics().horizontalAdvance(model()->index(row, column).data().toString()));
        width += margins;
        all += width;
        setColumnHidden(column, false);
    }
    const int room = viewport()->width();
    for (const ComparisonColumn column : leastNeeded) {
        if (all <= room)
            break;
        setColumnHidden(sectionOf(column), true);
        all -= widths[static_cast<std::size_t>(column)];
    }
    const int bars = fontMetrics().averageCharWidth() * narrowestBars + std::max(0, room - all);
    for (int column = 0; column < model()->columnCount(); ++column)
        setColumnWidth(column, widths[static_cast<std::size_t>(column)] + (column == sectionOf(ComparisonColumn::Range) ? bars : 0));
}

void ComparisonTableView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void ComparisonTableView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange && model())
        adaptToFont();
}

} // namespace loopscope
