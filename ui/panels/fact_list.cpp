#include "ui/panels/fact_list.h"

#include "ui/panels/link_button.h"
#include "ui/panels/wrapped_text.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>

#include <algorithm>
#include <utility>

namespace loopscope {

FactList::FactList(QWidget *parent)
    : QWidget(parent)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
}

void FactList::setFacts(const std::vector<Fact> &facts)
{
    while (rows_.size() < facts.size())
        addRow();
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const bool isShown = i < facts.size();
        rows_[i].label->setVisible(isShown);
        rows_[i].text->setVisible(isShown && !facts[i].target);
        rows_[i].link->setVisible(isShown && facts[i].target);
        if (isShown)
            showFact(rows_[i], facts[i]);
    }
    setVisible(!facts.empty());
    tellHover();
}

void FactList::addRow()
{
    const std::size_t index = rows_.size();
    Row row{new QLabel(this), new WrappedText(this), new LinkButton(this), std::nullopt};
    row.label->setTextFormat(Qt::PlainText);
    row.label->setForegroundRole(QPalette::PlaceholderText);
    auto *grid = static_cast<QGridLayout *>(layout());
    const int gridRow = static_cast<int>(index);
    grid->addWidget(row.label, gridRow, 0, Qt::AlignTop);
    grid->addWidget(row.text, gridRow, 1);
    grid->addWidget(row.link, gridRow, 1);
    connect(row.link, &QAbstractButton::clicked, this, [this, index] {
        // A copy: who follows it lets the list show other facts.
        if (const std::optional<Target> target = rows_[index].target)
            Q_EMIT followed(*target);
    });
    row.link->installEventFilter(this);
    rows_.push_back(row);
}

bool FactList::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Enter)
        linkUnderMouse_ = watched;
    else if ((event->type() == QEvent::Leave || event->type() == QEvent::Hide) && watched == linkUnderMouse_)
        linkUnderMouse_ = nullptr;
    else
        return QWidget::eventFilter(watched, event);
    tellHover();
    return QWidget::eventFilter(watched, event);
}

// A link under a mouse that rests may come to lead elsewhere.
void FactList::tellHover()
{
    const auto row = std::ranges::find(rows_, linkUnderMouse_, &Row::link);
    const LaneId lane = row != rows_.end() && row->target ? row->target->lane : noLane;
    if (std::exchange(hoveredLane_, lane) != lane)
        Q_EMIT hovered(lane);
}

void FactList::showFact(Row &row, const Fact &fact)
{
    row.label->setText(fact.label);
    row.target = fact.target;
    const Theme theme = Theme::of(palette());
    if (fact.target)
        row.link->setLink(fact.text);
    else
        row.text->setColoredText(fact.text, fact.isFailure ? theme.failure : theme.text);
    row.text->setAccessibleName(fact.label);
}

} // namespace loopscope
