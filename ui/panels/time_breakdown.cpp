#include "ui/panels/time_breakdown.h"

#include "ui/panels/device_pixels.h"
#include "ui/panels/state_swatch.h"
#include "ui/theme/format.h"
#include "ui/timeline/span_painter.h"
#include "ui/timeline/task_text.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

Nanoseconds totalOf(const std::vector<Share> &shares)
{
    Nanoseconds total = 0;
    for (const Share &share : shares)
        total += share.time;
    return total;
}

std::size_t rowOf(const Share &share)
{
    return share.state ? static_cast<std::size_t>(*share.state) : taskStates.size();
}

QString percentOf(const Share &share, Nanoseconds total)
{
    return formatPercent(static_cast<double>(share.time) / static_cast<double>(total));
}

} // namespace

class TimeBreakdown::Bar : public QWidget {
public:
    using QWidget::QWidget;

    void setShares(const std::vector<Share> *shares)
    {
        shares_ = shares;
        update();
    }

    [[nodiscard]] QSize sizeHint() const override { return {fontMetrics().averageCharWidth() * 20, fontMetrics().height()}; }

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        if (!shares_ || shares_->empty())
            return;
        QPainter painter(this);
        const Theme theme = Theme::of(palette());
        const DevicePixels pixels(painter);
        const SpanPainter spans(theme, pixels.ratio(), Medium::Raster);
        const QRect place = pixels.rect(rect());
        int left = place.left();
        for (const auto &[share, width] : widths(place.width())) {
            if (share->state)
                spans.paintSpan(painter, QRect(left, place.top(), width - 1, place.height()), *share->state);
            left += width;
        }
    }

private:
    /// As wide as their times, but wide enough to be seen: what the small ones are given, the large ones lack.
    [[nodiscard]] std::vector<std::pair<const Share *, int>> widths(int room) const
    {
        constexpr int least = 4;
        // Where there is too little room, the last ones are cut off.
        const int spare = std::max(0, room - least * static_cast<int>(shares_->size()));
        const Nanoseconds total = totalOf(*shares_);
        std::vector<std::pair<const Share *, int>> widths;
        Nanoseconds before = 0;
        for (const Share &share : *shares_) {
            const auto edge = [&](Nanoseconds time) { return std::lround(static_cast<double>(time) / static_cast<double>(total) * spare); };
            widths.emplace_back(&share, least + static_cast<int>(edge(before + share.time) - edge(before)));
            before += share.time;
        }
        return widths;
    }

    const std::vector<Share> *shares_ = nullptr;
};

TimeBreakdown::TimeBreakdown(QWidget *parent)
    : QWidget(parent)
    , bar_(new Bar(this))
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    grid->addWidget(bar_, 0, 0, 1, 4);
    grid->setRowMinimumHeight(1, 4);
    for (std::size_t i = 0; i < rows_.size(); ++i)
        addRow(i);
}

TimeBreakdown::~TimeBreakdown() = default;

void TimeBreakdown::addRow(std::size_t index)
{
    const bool isIdle = index == taskStates.size();
    const QString name = isIdle ? tr("idle") : stateName(taskStates[index]);
    const auto label = [this](const QString &text, Qt::Alignment alignment) {
        auto *added = new QLabel(text, this);
        added->setTextFormat(Qt::PlainText);
        added->setAlignment(alignment | Qt::AlignVCenter);
        added->setTextInteractionFlags(Qt::TextSelectableByMouse);
        return added;
    };
    Row &row = rows_[index];
    row.swatch = new StateSwatch(isIdle ? StateSwatch::Sign() : StateSwatch::Sign(taskStates[index]), this);
    row.name = label(name, Qt::AlignLeft);
    row.time = label({}, Qt::AlignRight);
    row.percent = label({}, Qt::AlignRight);
    row.percent->setForegroundRole(QPalette::PlaceholderText);
    auto *grid = static_cast<QGridLayout *>(layout());
    const int gridRow = static_cast<int>(index) + 2;
    grid->addWidget(row.swatch, gridRow, 0, Qt::AlignVCenter);
    grid->addWidget(row.name, gridRow, 1);
    grid->addWidget(row.time, gridRow, 2);
    grid->addWidget(row.percent, gridRow, 3);
}

void TimeBreakdown::setShares(std::vector<Share> shares)
{
    shares_ = std::move(shares);
    bar_->setShares(&shares_);
    setVisible(!shares_.empty());
    const Nanoseconds total = totalOf(shares_);
    QStringList spoken;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const auto share = std::ranges::find(shares_, i, rowOf);
        const bool isShown = share != shares_.end();
        for (QWidget *widget : std::initializer_list<QWidget *>{rows_[i].swatch, rows_[i].name, rows_[i].time, rows_[i].percent})
            widget->setVisible(isShown);
        if (!isShown)
            continue;
        rows_[i].time->setText(formatDuration(share->time));
        rows_[i].percent->setText(percentOf(*share, total));
        spoken += QStringLiteral("%1 %2, %3").arg(rows_[i].name->text(), rows_[i].time->text(), rows_[i].percent->text());
    }
    bar_->setAccessibleName(spoken.join(QStringLiteral("; ")));
}

} // namespace loopscope
