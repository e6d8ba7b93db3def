#include "ui/window/start_page.h"

#include "ui/panels/run_summary.h"
#include "ui/theme/shown_text.h"
#include "ui/window/drop_area.h"
#include "ui/window/scenario_card.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope {

namespace {

constexpr int contentWidth = 1040;
constexpr int pageMargin = 24;
constexpr int gap = 12;
constexpr std::size_t shownRecent = 5;

QLabel *heading(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    QFont font = label->font();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    return label;
}

QPushButton *flatButton(const QString &text, const QString &toolTip, QWidget *parent)
{
    // A name may hold ampersands, which are no mnemonics.
    auto *button = new QPushButton(QString(text).replace(QLatin1Char('&'), QLatin1String("&&")), parent);
    button->setProperty("flat", true);
    button->setToolTip(toolTipText(toolTip));
    button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    return button;
}

void empty(QVBoxLayout *column)
{
    while (QLayoutItem *item = column->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

} // namespace

StartPage::StartPage(QWidget *parent)
    : QScrollArea(parent)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *page = new QWidget(this);
    auto *content = new QWidget(page);
    content->setMaximumWidth(contentWidth);
    content->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto *sides = new QHBoxLayout(page);
    sides->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    sides->addStretch(1);
    sides->addWidget(content, 1000);
    sides->addStretch(1);

    auto *dropArea = new DropArea(content);
    connect(dropArea, &DropArea::filesWanted, this, &StartPage::filesWanted);
    connect(dropArea, &DropArea::folderWanted, this, &StartPage::folderWanted);
    connect(dropArea, &DropArea::tracesWanted, this, &StartPage::tracesWanted);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(pageMargin);
    column->addWidget(dropArea);
    column->addWidget(makeScenarios());
    column->addWidget(makeRecent());
    column->addStretch();
    setWidget(page);
    viewport()->setAutoFillBackground(false);
    page->setAutoFillBackground(false);
}

QWidget *StartPage::makeScenarios()
{
    auto *box = new QWidget(this);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap);
    column->addWidget(heading(tr("Or run a scenario"), box));
    cardGrid_ = new QGridLayout;
    cardGrid_->setSpacing(gap);
    column->addLayout(cardGrid_);
    for (const Scenario &scenario : builtInScenarios()) {
        auto *card = new ScenarioCard(scenario, box);
        connect(card, &ScenarioCard::clicked, this, [this, &scenario] { Q_EMIT scenarioClicked(&scenario); });
        cards_.push_back(card);
    }
    return box;
}

QWidget *StartPage::makeRecent()
{
    recent_ = new QWidget(this);
    auto *row = new QHBoxLayout(recent_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(pageMargin);
    const auto addColumn = [this, row](const QString &title) {
        auto *box = new QWidget(recent_);
        auto *column = new QVBoxLayout(box);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(4);
        column->addWidget(heading(title, box));
        auto *entries = new QVBoxLayout;
        entries->setSpacing(0);
        column->addLayout(entries);
        column->addStretch();
        row->addWidget(box, 1);
        return entries;
    };
    recentTraces_ = addColumn(tr("Recently opened"));
    recentPaths_ = addColumn(tr("Recently read"));
    recentRuns_ = addColumn(tr("Recent runs"));
    recent_->hide();
    return recent_;
}

void StartPage::showRecent(const RecentPaths &traces, const RecentPaths &paths, const RecentRuns &runs)
{
    QStringList titles;
    for (const RecentPaths *recent : {&traces, &paths}) {
        titles.append(QString()); // so that what moves from one column to the other is seen
        for (const RecentPaths::Entry &entry : recent->entries())
            titles.append(RecentPaths::lines(entry));
    }
    for (std::size_t i = 0; i < runs.size(); ++i)
        titles.append(RecentRuns::title(*runs.at(i)));
    if (titles == shownTitles_)
        return;
    shownTitles_ = titles;
    fillRecentPaths(*recentTraces_, traces, true);
    fillRecentPaths(*recentPaths_, paths, false);
    fillRecentRuns(runs);
    int count = 0;
    for (const QVBoxLayout *column : {recentTraces_, recentPaths_, recentRuns_}) {
        column->parentWidget()->setVisible(column->count() > 0);
        count += column->count();
    }
    recent_->setVisible(count > 0);
}

void StartPage::fillRecentPaths(QVBoxLayout &column, const RecentPaths &paths, bool areTraces)
{
    empty(&column);
    const std::size_t count = std::min(shownRecent, paths.entries().size());
    for (std::size_t i = 0; i < count; ++i) {
        const RecentPaths::Entry &entry = paths.entries()[i];
        auto *button = flatButton(RecentPaths::title(entry), RecentPaths::lines(entry), recent_);
        connect(button, &QPushButton::clicked, this, [this, entry, areTraces] { Q_EMIT recentPathsClicked(entry, areTraces); });
        column.addWidget(button);
    }
}

void StartPage::fillRecentRuns(const RecentRuns &runs)
{
    empty(recentRuns_);
    const std::size_t count = std::min(shownRecent, runs.size());
    for (std::size_t i = 0; i < count; ++i) {
        const TraceDocument &run = *runs.at(i);
        auto *button = flatButton(RecentRuns::title(run), statusLine(*run.trace()), recent_);
        connect(button, &QPushButton::clicked, this, [this, i] { Q_EMIT recentRunClicked(i); });
        recentRuns_->addWidget(button);
    }
}

void StartPage::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    arrangeCards();
}

void StartPage::arrangeCards()
{
    if (cards_.empty())
        return;
    const int width = std::min(viewport()->width() - 2 * pageMargin, contentWidth);
    const int columns = std::clamp(width / (cards_.front()->sizeHint().width() + gap), 1, 3);
    if (columns == cardColumns_)
        return;
    cardColumns_ = columns;
    for (int i = 0; i < static_cast<int>(cards_.size()); ++i)
        cardGrid_->addWidget(cards_[static_cast<std::size_t>(i)], i / columns, i % columns); // moves it where it is there already
    for (int i = 0; i < 3; ++i)
        cardGrid_->setColumnStretch(i, i < columns ? 1 : 0);
}

} // namespace loopscope
