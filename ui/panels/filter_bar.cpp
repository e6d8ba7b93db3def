#include "ui/panels/filter_bar.h"

#include "ui/panels/flow_layout.h"
#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"
#include "ui/timeline/lane_arrangement.h"
#include "ui/timeline/task_text.h"

#include <QApplication>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace loopscope {

namespace {

constexpr int longestChip = 32; // in average characters

struct FilterWords {
    Q_DECLARE_TR_FUNCTIONS(loopscope::FilterBar)
};

// Empty for the order in which lanes came to be.
QString sortText(LaneSort sort)
{
    switch (sort) {
    case LaneSort::Creation:
        return {};
    case LaneSort::Start:
        return FilterWords::tr("sorted by start");
    case LaneSort::Duration:
        return FilterWords::tr("sorted by duration");
    case LaneSort::Blocking:
        return FilterWords::tr("sorted by time blocking the loop");
    case LaneSort::Waiting:
        return FilterWords::tr("sorted by time waiting");
    case LaneSort::ByHand:
        break;
    }
    return FilterWords::tr("in an order of your own");
}

QString groupingText(LaneGrouping grouping)
{
    switch (grouping) {
    case LaneGrouping::None:
        return FilterWords::tr("not grouped");
    case LaneGrouping::State:
        return FilterWords::tr("grouped by state");
    case LaneGrouping::Kind:
        return FilterWords::tr("grouped by kind");
    case LaneGrouping::Parent:
        return FilterWords::tr("grouped by parent");
    case LaneGrouping::Folder:
        return FilterWords::tr("grouped by folder");
    case LaneGrouping::Process:
        break;
    }
    return FilterWords::tr("grouped by process");
}

} // namespace

FilterBar::FilterBar(TaskFilter &filter, LaneArrangement &arrangement, QWidget *parent)
    : QWidget(parent)
    , filter_(filter)
    , arrangement_(arrangement)
    , chipArea_(new QWidget(this))
    , count_(new QLabel(this))
    , clear_(new QPushButton(tr("Clear filter"), this))
{
    setAccessibleName(tr("Active filters"));
    auto *chips = new FlowLayout(6, 4, chipArea_);
    chips->setContentsMargins(0, 0, 0, 0);
    count_->setTextFormat(Qt::PlainText);
    count_->setProperty("muted", true);
    clear_->setProperty("flat", true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(8);
    row->addWidget(chipArea_, 1, Qt::AlignVCenter);
    row->addWidget(count_);
    row->addWidget(clear_);
    connect(clear_, &QPushButton::clicked, this, &FilterBar::clearAll);
    connect(&filter_, &TaskFilter::changed, this, &FilterBar::refresh);
    connect(&arrangement_, &LaneArrangement::changed, this, &FilterBar::refresh);
    refresh();
}

void FilterBar::setTrace(std::shared_ptr<const Trace> trace)
{
    trace_ = std::move(trace);
    refresh();
}

void FilterBar::refresh()
{
    const bool hadFocus = !isHidden() && isAncestorOf(QApplication::focusWidget());
    showChips(wantedChips());
    showCount();
    setVisible(trace_ && !chips_.empty());
    if (hadFocus && isHidden())
        Q_EMIT left();
    else if (hadFocus && !isAncestorOf(QApplication::focusWidget()))
        buttons_.front()->setFocus(Qt::OtherFocusReason);
}

std::vector<FilterBar::Chip> FilterBar::wantedChips()
{
    std::vector<Chip> chips;
    const TaskFilterTerms &terms = filter_.terms();
    addArrangement(chips);
    const auto add = [&](const QString &text, std::function<void()> remove) {
        chips.push_back({text, tr("Remove filter: %1").arg(text), std::move(remove)});
    };
    if (!terms.text.isEmpty())
        add(tr("text “%1”").arg(terms.text), [this] { filter_.setText({}); });
    if (terms.trait)
        add(traitTitle(*terms.trait), [this] { filter_.setTrait({}); });
    if (terms.kind && trace_)
        add(tr("kind %1").arg(shownText(trace_->name(*terms.kind))), [this] { filter_.setKind({}); });
    if (terms.parent && trace_) {
        const bool isKnown = trace_->hasLane(*terms.parent); // a replay may not have come to it yet
        const QString ofParent = trace_->hasLoop() ? tr("children of %1") : tr("process %1");
        add(isKnown ? ofParent.arg(laneTitle(*trace_, *terms.parent)) : tr("children of a task"), [this] { filter_.setParentTask({}); });
    }
    if (const std::size_t beside = arrangement_.besideFilterCount(); beside > 0) {
        const QString text = tr("%1 beside the filter").arg(formatCount(beside));
        const QString what =
            beside == 1
                ? tr("1 lane that was gone to is shown, though it does not match. Show only what matches")
                : tr("%1 lanes that were gone to are shown, though they do not match. Show only what matches").arg(formatCount(beside));
        chips.push_back({text, what, [this] { arrangement_.forgetBesideFilter(); }});
    }
    if (const std::size_t hidden = arrangement_.hiddenCount(); hidden > 0) {
        const QString text = tr("%1 hidden").arg(formatCount(hidden));
        chips.push_back({text, tr("Show the hidden lanes: %1").arg(text), [this] { arrangement_.showAll(); }});
    }
    return chips;
}

// Sort and grouping last beyond a run, in which somebody may look for them in vain.
void FilterBar::addArrangement(std::vector<Chip> &chips)
{
    if (const QString text = sortText(arrangement_.sort()); !text.isEmpty())
        chips.push_back({text, tr("Sort by creation again: now %1").arg(text), [this] { arrangement_.setSort(LaneSort::Creation); }});
    if (arrangement_.grouping() != arrangement_.usualGrouping()) {
        const QString text = groupingText(arrangement_.grouping());
        chips.push_back({text, tr("Group as usual: now %1").arg(text), [this] { arrangement_.setGrouping(arrangement_.usualGrouping()); }});
    }
}

void FilterBar::showChips(std::vector<Chip> chips)
{
    if (chips == chips_)
        return;
    chips_ = std::move(chips);
    const bool hadFocus = std::ranges::any_of(buttons_, &QWidget::hasFocus);
    for (QPushButton *button : buttons_) {
        button->hide();
        button->deleteLater(); // it may be the one that was clicked
    }
    buttons_.clear();
    for (const Chip &chip : chips_) {
        const QString shown = fontMetrics().elidedText(chip.text, Qt::ElideMiddle, longestChip * fontMetrics().averageCharWidth());
        auto *button = new QPushButton(QString(shown).replace(QLatin1Char('&'), QLatin1String("&&")) + QStringLiteral("  ×"), chipArea_);
        button->setProperty("chip", true);
        button->setAccessibleName(chip.accessibleName);
        button->setToolTip(toolTipText(chip.accessibleName));
        connect(button, &QPushButton::clicked, this, chip.remove);
        chipArea_->layout()->addWidget(button);
        button->show();
        buttons_.push_back(button);
    }
    if (hadFocus && !chips_.empty())
        buttons_.front()->setFocus(Qt::OtherFocusReason);
    clear_->setText(filter_.terms().isEmpty() ? tr("Show all") : tr("Clear filter"));
}

void FilterBar::showCount()
{
    if (!trace_)
        return;
    const auto all = arrangement_.allTasks();
    const auto shown = arrangement_.shownTasks();
    const bool leavesOut = !filter_.terms().isEmpty() || arrangement_.hiddenCount() > 0;
    count_->setVisible(leavesOut);
    clear_->setVisible(leavesOut);
    const QString count = tr("%1 of %2 lanes").arg(formatCount(shown), formatCount(all));
    const bool hasMatch = std::ranges::any_of(arrangement_.order()->sections(),
                                              [](const LaneSection &section) { return section.key.group == LaneGroup::Tasks; });
    count_->setText(hasMatch || filter_.terms().isEmpty()
                        ? count
                        : (trace_->hasLoop() ? tr("No task matches: %1") : tr("No thread matches: %1")).arg(count));
}

void FilterBar::clearAll()
{
    if (filter_.terms().isEmpty())
        arrangement_.showAll();
    else
        filter_.clear();
}

} // namespace loopscope
