#include "ui/panels/details_panel.h"

#include "ui/panels/arguments_view.h"
#include "ui/panels/elided_label.h"
#include "ui/panels/fact_list.h"
#include "ui/panels/lane_story.h"
#include "ui/panels/preview_view.h"
#include "ui/panels/remedy_view.h"
#include "ui/panels/time_breakdown.h"
#include "ui/panels/wrapped_text.h"
#include "ui/theme/scaled_font.h"
#include "ui/theme/theme.h"
#include "ui/timeline/selection.h"

#include <QEvent>
#include <QLabel>
#include <QScrollBar>
#include <QVBoxLayout>

namespace loopscope {

namespace {

constexpr int storyIntervalMs = 150;
constexpr int sectionGap = 12; // above what begins a section; with the section, so that what is hidden leaves no gap

QLabel *addHeading(const QString &text, QWidget *parent)
{
    auto *heading = new QLabel(text, parent);
    heading->setTextFormat(Qt::PlainText);
    heading->setWordWrap(true);
    heading->setContentsMargins(0, sectionGap, 0, 0);
    return heading;
}

} // namespace

DetailsPanel::DetailsPanel(Selection &selection, QWidget *parent)
    : QScrollArea(parent)
    , selection_(selection)
{
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::NoFocus); // what is in it has the focus, and shows it
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    arrange();
    adaptToFont();
    refreshTimer_.setSingleShot(true);
    refreshTimer_.setInterval(storyIntervalMs);
    connect(&refreshTimer_, &QTimer::timeout, this, &DetailsPanel::showNow);
    connect(&selection_, &Selection::changed, this, &DetailsPanel::showSelected);
    connect(facts_, &FactList::followed, this, [this](const Target &target) {
        selection_.select(target.lane, target.span);
        Q_EMIT followed(target.lane, target.span);
    });
    connect(facts_, &FactList::hovered, this, &DetailsPanel::hovered);
}

DetailsPanel::~DetailsPanel() = default;

void DetailsPanel::arrange()
{
    auto *content = new QWidget(this);
    title_ = new ElidedLabel(content);
    title_->setObjectName(QStringLiteral("title"));
    summary_ = new WrappedText(content);
    breakdown_ = new TimeBreakdown(content);
    passageHeading_ = addHeading({}, content);
    passage_ = new WrappedText(content);
    remedy_ = new RemedyView(content);
    pythonRemedy_ = new RemedyView(content);
    remedy_->setAccessibleName(tr("In C++ with QCoro"));
    pythonRemedy_->setAccessibleName(tr("In Python with asyncio"));
    facts_ = new FactList(content);
    arguments_ = new ArgumentsView(content);
    previewHeading_ = addHeading(tr("Preview"), content);
    preview_ = new PreviewView(content);
    previewHeading_->setBuddy(preview_);
    summary_->setAccessibleName(tr("Summary"));

    breakdown_->setContentsMargins(0, sectionGap, 0, 0);
    facts_->setContentsMargins(0, sectionGap, 0, 0);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(4);
    for (QWidget *widget : std::initializer_list<QWidget *>{title_, summary_, breakdown_, passageHeading_, passage_, remedy_, pythonRemedy_,
                                                            facts_, previewHeading_})
        column->addWidget(widget);
    column->addWidget(arguments_, 1);
    column->addWidget(preview_, 1);
    column->addStretch();
    setWidget(content);
    content->setAutoFillBackground(false); // after setWidget(), which sets it: the panel is as the window behind it
    viewport()->setAutoFillBackground(false);
}

void DetailsPanel::adaptToFont()
{
    QFont large = scaledFont(font(), 1.3);
    large.setBold(true);
    title_->setFont(large);
    QFont strong = font();
    strong.setBold(true);
    passageHeading_->setFont(strong);
    previewHeading_->setFont(strong);
}

void DetailsPanel::setTrace(std::shared_ptr<const Trace> trace)
{
    trace_ = std::move(trace);
    showSelected();
}

void DetailsPanel::refresh()
{
    if (!isUpToDate_ && isVisible() && !refreshTimer_.isActive())
        refreshTimer_.start();
}

void DetailsPanel::refreshFacts()
{
    isUpToDate_ = false;
    refresh();
}

void DetailsPanel::showSelected()
{
    isUpToDate_ = false;
    verticalScrollBar()->setValue(0);
    if (isVisible())
        showNow();
}

bool DetailsPanel::isFinal() const
{
    if (!trace_ || trace_->info().finished)
        return true;
    const LaneId lane = selection_.lane();
    return trace_->hasLane(lane) && trace_->lane(lane).kind == LaneKind::Task && trace_->lane(lane).task.outcome != Outcome::Unfinished;
}

void DetailsPanel::showNow()
{
    refreshTimer_.stop();
    isUpToDate_ = isFinal();
    const auto explanation = explanationAtHand(trace_);
    showStory(trace_ ? storyOf(*trace_, selection_.lane(), selection_.span(), selection_.instant(), explanation.get()) : LaneStory());
}

void DetailsPanel::showStory(const LaneStory &story)
{
    const Theme theme = Theme::of(palette());
    title_->setText(story.title);
    summary_->setColoredText(story.summary, theme.mutedText);
    breakdown_->setShares(story.shares);
    passageHeading_->setText(story.passage.heading);
    passageHeading_->setVisible(!story.passage.heading.isEmpty());
    passage_->setColoredText(story.passage.text, theme.mutedText);
    passage_->setVisible(!story.passage.text.isEmpty());
    remedy_->setLines(story.passage.linesBefore, story.passage.linesAfter);
    pythonRemedy_->setLines(story.passage.pythonBefore, story.passage.pythonAfter);
    facts_->setFacts(story.facts);
    arguments_->setArguments(story.arguments);
    const bool hasPreview = story.preview && !story.preview->empty();
    previewHeading_->setVisible(hasPreview);
    preview_->setVisible(hasPreview);
    preview_->setPreview(hasPreview ? story.preview : nullptr, story.fileSize);
}

QSize DetailsPanel::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 58, fontMetrics().height() * 30};
}

QSize DetailsPanel::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 28, fontMetrics().height() * 6};
}

void DetailsPanel::changeEvent(QEvent *event)
{
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        adaptToFont();
    if (event->type() == QEvent::PaletteChange && isVisible())
        showNow();
}

void DetailsPanel::showEvent(QShowEvent *event)
{
    QScrollArea::showEvent(event);
    if (!isUpToDate_)
        showNow();
}

} // namespace loopscope
