#include "ui/panels/range_table_view.h"

#include "ui/panels/device_pixels.h"
#include "ui/panels/flat_header.h"
#include "ui/panels/range_table_model.h"
#include "ui/theme/shown_text.h"
#include "ui/theme/theme.h"
#include "ui/timeline/span_painter.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

namespace loopscope {

namespace {

// In average characters.
constexpr int narrowestBars = 12;
constexpr int narrowestName = 12;
constexpr int mostRows = 8;
constexpr std::array laneColumns{RangeTableModel::LaneTime, RangeTableModel::LaneShare, RangeTableModel::LaneSpans};
// Those that give way first where there is no room for all.
constexpr std::array leastNeeded{RangeTableModel::LaneShare, RangeTableModel::TasksShare, RangeTableModel::LaneSpans,
                                 RangeTableModel::P90,       RangeTableModel::P99,        RangeTableModel::TasksSpans};

bool isShare(int column)
{
    return column == RangeTableModel::LaneShare || column == RangeTableModel::TasksShare;
}

/// Where the bars of a cell are, in device pixels.
struct BarPlaces {
    BarPlaces(const QRect &cell, qsizetype barCount, double ratio)
        : count(static_cast<int>(std::max<qsizetype>(1, barCount)))
        , room(inDevicePixels(cell.adjusted(0, 2, 0, -3), ratio))
        , gap(std::max(1, static_cast<int>(ratio)))
        , width(std::clamp(room.width() / count, 1, room.height()))
    {
    }

    int count;
    QRect room;
    int gap; // that each bar leaves at its right, and the line below them is thick
    int width;
};

class RangeDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme theme = Theme::of(option.widget->palette());
        const auto *view = static_cast<const QAbstractItemView *>(option.widget);
        const bool isCurrent = view->hasFocus() && view->currentIndex().row() == index.row();
        if (isCurrent)
            painter->fillRect(option.rect, theme.selection);
        const QVariant colour = index.data(RangeTableModel::ColourRole);
        if (!colour.isValid()) {
            painter->setPen(theme.hairline);
            painter->drawLine(option.rect.topLeft(), option.rect.topRight());
        }
        QRect place = inner(option);
        if (index.column() == RangeTableModel::Lengths) {
            if (colour.isValid())
                paintBars(*painter, place, index.data(RangeTableModel::BarsRole).value<QList<double>>(),
                          theme.of(colour.value<SpanColour>()), theme);
            return;
        }
        if (index.column() == RangeTableModel::State)
            place.setLeft(paintSwatch(*painter, place, colour, theme));
        const QString text = index.data().toString();
        const bool isNothing = text == QStringLiteral("–") || text == QStringLiteral("…");
        const bool isLink = index.column() == RangeTableModel::Longest && !isNothing;
        painter->setFont(option.font);
        painter->setPen(isNothing ? theme.mutedText : isLink ? theme.accent : theme.text);
        painter->drawText(place, index.data(Qt::TextAlignmentRole).value<Qt::Alignment>() | Qt::TextSingleLine,
                          option.fontMetrics.elidedText(text, Qt::ElideRight, place.width()));
    }

    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index) override
    {
        const QStringList texts = index.data(RangeTableModel::BarTextsRole).toStringList();
        if (event->type() != QEvent::ToolTip || texts.isEmpty())
            return QStyledItemDelegate::helpEvent(event, view, option, index);
        const double ratio = view->devicePixelRatioF();
        const BarPlaces places(inner(option), texts.size(), ratio);
        const double left = places.room.left() / ratio;
        const double width = places.width / ratio;
        const auto bar = static_cast<int>(std::floor((event->pos().x() - left) / width));
        if (bar < 0 || bar >= texts.size()) {
            QToolTip::hideText();
            return true;
        }
        const QRectF column(left + bar * width, option.rect.top(), width, option.rect.height());
        QToolTip::showText(event->globalPos(), toolTipText(texts[bar]), view->viewport(), column.toAlignedRect());
        return true;
    }

private:
    static QRect inner(const QStyleOptionViewItem &option)
    {
        const int margin = cellMargin(*option.widget);
        return option.rect.adjusted(margin, 0, -margin, 0);
    }

    // Returns where the text begins.
    static int paintSwatch(QPainter &painter, const QRect &place, const QVariant &colour, const Theme &theme)
    {
        const int width = place.height();
        if (colour.isValid()) {
            const DevicePixels pixels(painter);
            const SpanPainter spans(theme, pixels.ratio(), Medium::Raster);
            const int inset = place.height() / 4;
            spans.paintSpan(painter, pixels.rect(QRect(place.left(), place.top() + inset, width, place.height() - 2 * inset)),
                            colour.value<SpanColour>());
        }
        return place.left() + width + width / 3;
    }

    static void paintBars(QPainter &painter, const QRect &place, const QList<double> &bars, const QColor &colour, const Theme &theme)
    {
        const DevicePixels pixels(painter);
        const auto [count, room, gap, width] = BarPlaces(place, bars.size(), pixels.ratio());
        painter.fillRect(QRect(room.left(), room.bottom() + 1, std::min(room.width(), width * count), gap), theme.hairline);
        for (int i = 0; i < bars.size(); ++i) {
            if (bars[i] <= 0)
                continue;
            const int height = std::max(gap, static_cast<int>(bars[i] * room.height()));
            const QRect bar(room.left() + i * width, room.bottom() + 1 - height, std::max(1, width - gap), height);
            painter.fillRect(bar, colour);
        }
    }
};

} // namespace

RangeTableView::RangeTableView(QWidget *parent)
    : QTableView(parent)
{
    setHorizontalHeader(new FlatHeader(Qt::Horizontal, this));
    horizontalHeader()->setTextElideMode(Qt::ElideMiddle);
    setItemDelegate(new RangeDelegate(this));
    setAccessibleName(tr("Measures of the selected range"));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setSelectionMode(NoSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false); // Tab leaves the table: it is one stop
    setHorizontalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizeAdjustPolicy(AdjustToContents);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
}

void RangeTableView::showModel(QAbstractItemModel &shown)
{
    if (model() == &shown)
        return;
    if (model())
        disconnect(model(), nullptr, this, nullptr);
    setModel(&shown);
    connect(&shown, &QAbstractItemModel::modelReset, this, &RangeTableView::adaptToTexts);
    connect(&shown, &QAbstractItemModel::dataChanged, this, &RangeTableView::adaptToTexts);
    adaptToFont();
}

void RangeTableView::adaptToFont()
{
    const int line = fontMetrics().height();
    const int row = line + line / 3;
    verticalHeader()->setMinimumSectionSize(line);
    verticalHeader()->setDefaultSectionSize(row);
    horizontalHeader()->setFixedHeight(row);
    horizontalHeader()->setMinimumSectionSize(fontMetrics().averageCharWidth() * 6);
    adaptToTexts();
}

void RangeTableView::adaptToTexts()
{
    const int margins = 2 * cellMargin(*this) + 2;
    const auto widthOf = [this, margins](const QString &text) { return fontMetrics().horizontalAdvance(text) + margins; };
    for (int column = RangeTableModel::State + 1; column < RangeTableModel::Lengths; ++column) {
        int &least = leastWidths_[static_cast<std::size_t>(column)];
        least = widthOf(isShare(column) ? QStringLiteral("<0.1 %") : QStringLiteral("00.0 ms"));
        for (int row = 0; row < model()->rowCount(); ++row)
            least = std::max(least, widthOf(model()->index(row, column).data().toString()));
    }
    const int swatch = verticalHeader()->defaultSectionSize() * 3 / 2;
    widestName_ = widthOf(model()->index(0, 0).data(RangeTableModel::WidestRole).toString()) + swatch;
    narrowestName_ = std::min(widestName_, fontMetrics().averageCharWidth() * narrowestName + margins + swatch);
    widestNumber_ = widthOf(QStringLiteral("000 h 00 min"));
    // A person scrolls through many names; states are few.
    setVerticalScrollBarPolicy(model()->rowCount() > mostRows ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff);
    fitColumns();
}

// Numbers are never cut off, and, where there is room, as wide as any duration needs. Where there is little, names give way first, then
// some columns, and the rest is scrolled. What is left over belongs to the bars.
void RangeTableView::fitColumns()
{
    std::vector<int> shown; // of numbers
    for (int column = RangeTableModel::State + 1; column < RangeTableModel::Lengths; ++column) {
        if (laneIsShown_ || std::ranges::find(laneColumns, column) == laneColumns.end())
            shown.push_back(column);
    }
    const auto widthOf = [this](int column, int number) {
        const int least = leastWidths_[static_cast<std::size_t>(column)];
        return isShare(column) ? least : std::max(least, number);
    };
    const auto widthOfAll = [&](int number) {
        return std::accumulate(shown.begin(), shown.end(), 0, [&](int sum, int column) { return sum + widthOf(column, number); });
    };
    const int bars = fontMetrics().averageCharWidth() * narrowestBars;
    const int room = viewport()->width() - bars;
    for (const int column : leastNeeded) {
        if (widthOfAll(0) > room - narrowestName_)
            std::erase(shown, column);
    }
    int number = widestNumber_;
    while (number > 0 && widthOfAll(number) > room - widestName_)
        --number;
    const int name = std::clamp(room - widthOfAll(number), narrowestName_, widestName_);
    setColumnWidth(RangeTableModel::State, name);
    for (int column = RangeTableModel::State + 1; column < RangeTableModel::Lengths; ++column) {
        const bool isShown = std::ranges::find(shown, column) != shown.end();
        setColumnHidden(column, !isShown);
        if (isShown)
            setColumnWidth(column, widthOf(column, number));
    }
    // The header stretches its last column when it is resized; a width that is set counts until then.
    const int rest = room - name - widthOfAll(number);
    setColumnWidth(RangeTableModel::Lengths, bars + std::max(0, rest));
    setHorizontalScrollBarPolicy(rest < 0 ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff);
    const int lines = std::min(model()->rowCount(), mostRows) + 1;
    const int scrollBar = rest < 0 ? horizontalScrollBar()->sizeHint().height() : 0;
    setFixedHeight(verticalHeader()->defaultSectionSize() * lines + 4 + scrollBar);
}

void RangeTableView::showLane(bool shows)
{
    if (shows == laneIsShown_)
        return;
    laneIsShown_ = shows;
    fitColumns();
}

void RangeTableView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (model())
        fitColumns();
}

void RangeTableView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange && model())
        adaptToFont();
}

void RangeTableView::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid())
        Q_EMIT rowEntered(currentIndex().row());
    else
        QTableView::keyPressEvent(event);
}

} // namespace loopscope
