#include "ui/window/trace_page.h"

#include "ui/theme/shown_text.h"
#include "ui/theme/theme.h"
#include "ui/timeline/overview_strip.h"
#include "ui/timeline/task_text.h"
#include "ui/timeline/timeline_view.h"
#include "ui/window/marks_dialog.h"
#include "ui/window/replay_bar.h"
#include "ui/window/run_page.h"

#include <QHideEvent>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {

/// A text that may hold Qt's mark for "modified", as a part of a window's title.
QString escaped(QString text)
{
    return text.replace(QLatin1String("[*]"), QLatin1String("[*][*]"));
}

} // namespace

TracePage::TracePage(QWidget *parent)
    : QWidget(parent)
    , runPage_(new RunPage(selection_, viewport_, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new ReplayBar(replay_, this));
    column->addWidget(runPage_, 1);
    setFocusProxy(runPage_);
    runPage_->showMarks(marks_);
    history_.watchButtonsOn(timeline());
    connectAll();
}

TracePage::~TracePage() = default;

void TracePage::connectAll()
{
    connect(&viewport_, &Viewport::changed, this, &TracePage::stateChanged);
    connect(&history_, &ViewHistory::changed, this, &TracePage::stateChanged);
    connect(runPage_, &RunPage::panelsChanged, this, &TracePage::stateChanged);
    connect(&replay_, &ReplayPlayer::traceReplaced, this, &TracePage::showReplay);
    connect(&replay_, &ReplayPlayer::moved, this, [this] {
        followPlayhead();
        refresh();
    });
    connect(&study_, &RunStudy::found, this, [this] {
        runPage_->refreshFacts();
        Q_EMIT textsChanged();
    });
    connect(&marks_, &TraceMarks::edited, this, [this] { document_->noteEdit(); });
    connect(&timeline(), &TimelineView::markActivated, this, &TracePage::editMark);
    connect(&timeline(), &TimelineView::markMenuRequested, this, &TracePage::showMarkMenu);
    // In a replay the keys that steer a run that goes on steer the player.
    connect(&timeline(), &TimelineView::commandWanted, this, [this](Command command) {
        if (command == Command::ToggleFreeze)
            replay_.setPlaying(!replay_.isPlaying());
        else if (command == Command::FollowLive && isReplaying())
            replay_.moveTo(replay_.end());
        else if (command == Command::FollowLive)
            viewport().goToEnd();
    });
}

TimelineView &TracePage::timeline()
{
    return runPage_->timeline();
}

void TracePage::setDocument(std::shared_ptr<TraceDocument> document)
{
    replay_.stop();
    if (document_)
        document_->disconnect(this);
    document_ = std::move(document);
    connect(document_.get(), &TraceDocument::traceReplaced, this, &TracePage::showMoreOfTheFile);
    connect(document_.get(), &TraceDocument::changed, this, &TracePage::textsChanged);
    selection_.clear();
    viewport_.reset();
    study_.start(document_->trace());
    runPage_->setTrace(document_->trace());
    history_.clear();
    marks_.show(document_->marks());
    Q_EMIT textsChanged();
    Q_EMIT stateChanged();
}

// The lanes may have other numbers now, so nothing is selected; time is what it was.
void TracePage::showMoreOfTheFile()
{
    replay_.stop();
    const View view = viewport_.view();
    const int scroll = timeline().scrollPosition();
    selection_.clear();
    runPage_->setTrace(document_->trace());
    viewport_.restore(view);
    timeline().setScrollPosition(scroll);
    study_.start(document_->trace());
    marks_.show(document_->marks());
    Q_EMIT stateChanged();
}

std::shared_ptr<const Trace> TracePage::shownTrace() const
{
    if (replay_.isActive())
        return replay_.trace();
    return document_ ? document_->trace() : nullptr;
}

void TracePage::refresh()
{
    isBehind_ = !isVisible();
    if (!isBehind_)
        runPage_->refresh();
    Q_EMIT textsChanged();
}

// Page by page, so that nothing else moves, and only if it was in sight: who looks elsewhere stays there.
void TracePage::followPlayhead()
{
    if (timeline().isDragging())
        return; // and go on from where it was before
    const Nanoseconds before = std::exchange(playhead_, replay_.at());
    if (!replay_.isPlaying() || !viewport_.range().contains(before))
        return;
    history_.ignore([this] { viewport_.turnPageTo(playhead_); });
}

void TracePage::finish()
{
    study_.start(document_->trace());
    refresh();
}

void TracePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (std::exchange(isBehind_, false))
        runPage_->refresh();
}

void TracePage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    if (marksDialog_ && !event->spontaneous()) // over another page, it would show the marks of this one
        marksDialog_->close();
}

void TracePage::setReplaying(bool replays)
{
    const TimeRange range = viewport_.range();
    if (replays)
        replay_.start(document_->trace(), range.begin, range);
    else
        replay_.stop();
}

void TracePage::showReplay()
{
    runPage_->setReplay(shownTrace(), {0, runLength(*document_->trace())});
    Q_EMIT textsChanged();
    Q_EMIT stateChanged();
}

void TracePage::addMark()
{
    const TimeRange run = viewport_.extent();
    marks_.add(std::clamp(timeline().instantAtHand(), run.begin, run.end));
}

void TracePage::showMarks()
{
    if (!marksDialog_)
        marksDialog_ = new MarksDialog(marks_, viewport_, this);
    // Without a window manager nobody else gives the keyboard back.
    connect(marksDialog_, &QDialog::finished, window(), &QWidget::activateWindow, Qt::UniqueConnection);
    marksDialog_->show();
    marksDialog_->raise();
    marksDialog_->activateWindow();
}

void TracePage::editMark(MarkId mark)
{
    showMarks();
    marksDialog_->editName(mark);
}

void TracePage::showMarkMenu(MarkId mark, QPoint at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("&Rename…"), this, [this, mark] { editMark(mark); });
    menu->addAction(tr("Re&move"), this, [this, mark] { (void)marks_.remove(mark); });
    menu->popup(at);
}

PictureScope TracePage::pictureScope() const
{
    const TimelineView &timeline = runPage_->timeline();
    const auto explanation = timeline.showsCriticalPath() && !isReplaying() ? explanationAtHand(document_->trace()) : nullptr;
    return {.range = viewport_.range(),
            .rows = timeline.rowsInView(),
            .size = timeline.pictureSize(),
            .folded = timeline.foldedGroups(),
            .order = timeline.arrangement().order(),
            .nameWidth = timeline.chosenNameWidth(),
            .density = timeline.density(),
            .isDark = Theme::of(palette()).isDark,
            .hasOverview = runPage_->showsOverview(),
            .overview = runPage_->overview().counted(),
            .replayInstant = isReplaying() ? std::optional(shownTrace()->now()) : std::nullopt,
            .selection = {selection_.lane(), selection_.span(), selection_.range()},
            .marks = marks_.all(),
            .criticalPath = explanation ? explanation->criticalPath : std::vector<PathPiece>()};
}

QString TracePage::whatIsShown() const
{
    const Trace &trace = *document_->trace();
    // The title of a trace of others is its file's name, which is told already.
    const QString progress = trace.hasLoop() ? progressTitle(trace) : progressText(trace, Digits::Plain);
    return replay_.isActive() ? tr("Replay of %1").arg(progress) : progress;
}

QString TracePage::windowTitleText() const
{
    const QString name = document_->name();
    QStringList parts{(name.isEmpty() ? tr("Untitled") : escaped(name)) + QStringLiteral("[*]")};
    if (const QString what = whatIsShown(); !what.isEmpty())
        parts.append(escaped(what));
    return parts.join(QStringLiteral(" – "));
}

QString TracePage::tabText() const
{
    const QString title = shownText(document_->trace()->info().title);
    const QString name = document_->name().isEmpty() ? title : document_->name();
    return document_->isUnsaved() ? name + QLatin1Char('*') : name;
}

} // namespace loopscope
