// Which documents MainWindow shows, and what it says of them.

#include "ui/panels/elided_label.h"
#include "ui/theme/shown_text.h"
#include "ui/window/autosave.h"
#include "ui/window/document_tabs.h"
#include "ui/window/main_window.h"
#include "ui/window/message_bar.h"
#include "ui/window/opening_commands.h"
#include "ui/window/page_actions.h"
#include "ui/window/run_progress.h"
#include "ui/window/run_tool_bar.h"
#include "ui/window/scenario_bar.h"
#include "ui/window/start_page.h"
#include "ui/window/trace_page.h"
#include "ui/window/unsaved_guard.h"

#include <QAction>
#include <QMenu>
#include <QProgressBar>
#include <QStackedWidget>

#include <algorithm>
#include <utility>

namespace loopscope {

TracePage *MainWindow::runPage() const
{
    return tabs_->pageOf(controller_.document().get());
}

std::shared_ptr<TraceDocument> MainWindow::currentDocument() const
{
    const TracePage *page = tabs_->current();
    return page ? page->document() : nullptr;
}

bool MainWindow::isShownRunGoingOn() const
{
    return controller_.isRunning() && currentDocument() == controller_.document();
}

// A run takes the place of the one before.
void MainWindow::showRun()
{
    const auto &document = controller_.document();
    if (!document)
        return;
    const auto closing = std::exchange(runsScenario_, document->request().scenario);
    const auto &values = document->request().values;
    if (runsScenario_ && (runsScenario_ != scenarioBar_->scenario() || values != scenarioBar_->values()))
        openScenario(runsScenario_, values);
    else if (!runsScenario_ && closing && closing == scenarioBar_->scenario())
        scenarioBar_->close();
    TracePage *page = tabs_->pageOf(latestRun_.lock().get());
    latestRun_ = document;
    if (page) {
        page->setDocument(document);
        tabs_->show(*page);
        page->setFocus();
    } else {
        addPage(document);
    }
    if (autosave_ && controller_.settings().autosaves)
        autosave_->begin(document);
    scenarioBar_->collapse();
    refreshActions();
}

void MainWindow::addPage(const std::shared_ptr<TraceDocument> &document)
{
    TracePage *page = pageActions_->makePage();
    page->setDocument(document);
    connect(page, &TracePage::textsChanged, this, [this] {
        if (!textTimer_.isActive())
            textTimer_.start();
    });
    connect(page, &TracePage::stateChanged, this, &MainWindow::refreshActions);
    tabs_->add(page);
}

void MainWindow::showDocument(const std::shared_ptr<TraceDocument> &document)
{
    if (TracePage *page = tabs_->pageOf(document.get()))
        tabs_->show(*page);
    else
        addPage(document);
}

bool MainWindow::showFile(const std::string &realPath)
{
    for (TracePage *page : tabs_->pages()) {
        if (page->document()->file().realPath == realPath) {
            tabs_->show(*page);
            return true;
        }
    }
    return false;
}

bool MainWindow::isTaken(const std::string &realPath, const TraceDocument &document) const
{
    const auto pages = tabs_->pages();
    return std::ranges::any_of(
        pages, [&](const TracePage *page) { return page->document().get() != &document && page->document()->file().realPath == realPath; });
}

void MainWindow::closePage(TracePage *page)
{
    const std::shared_ptr<TraceDocument> &document = page->document(); // which may have gone by then, or another one be on its page
    guard_->settle({document}, Loss::OfTab, [this, document] {
        if (TracePage *closing = tabs_->pageOf(document.get()))
            removePage(*closing);
    });
}

void MainWindow::closeCurrent()
{
    if (TracePage *page = tabs_->current())
        closePage(page);
    else
        close();
}

void MainWindow::removePage(TracePage &page)
{
    pageActions_->save(page);
    const std::shared_ptr<TraceDocument> document = page.document();
    if (autosave_)
        autosave_->forget(document.get());
    const bool isRun = &page == runPage();
    tabs_->remove(page);
    if (latestRun_.lock() == document)
        latestRun_.reset(); // who opens it again keeps it beside the next run
    opening_->giveUp(*document);
    guard_->letGo(*document);
    if (document->file().path.empty() && document->trace()->info().finished)
        controller_.keepAmongRecent(document);
    if (isRun)
        controller_.clear();
}

void MainWindow::showCurrentPage()
{
    TracePage *page = tabs_->current();
    pages_->setCurrentWidget(page ? static_cast<QWidget *>(tabs_) : startPage_);
    if (page)
        page->setFocus();
    refreshTexts();
    refreshActions();
}

QString MainWindow::titleText() const
{
    if (const TracePage *page = tabs_->current())
        return page->windowTitleText();
    const auto scenario = scenarioBar_->scenario();
    return scenario ? shownText(scenario->title).replace(QLatin1String("[*]"), QLatin1String("[*][*]")) : QString();
}

void MainWindow::refreshTexts()
{
    TracePage *page = tabs_->current();
    const QString title = titleText();
    setWindowTitle(title.isEmpty() ? QStringLiteral("Loopscope") : tr("%1 – Loopscope").arg(title));
    setWindowModified(page && page->document()->isUnsaved());
    const QString nothing = controller_.recentRuns().size() == 0 ? tr("Nothing has run yet") : tr("No run is shown");
    status_->setText(page ? page->statusLine() : nothing);
    progress_->setVisible(controller_.isRunning());
    if (controller_.isRunning())
        progress_->setValue(static_cast<int>(runProgress(*controller_.trace()) * progress_->maximum()));
}

void MainWindow::refreshActions()
{
    const auto document = currentDocument();
    const bool isBusy = controller_.isRunning() || controller_.isSearching();
    actions_->run->setEnabled(scenarioBar_->scenario() || (document && !document->request().isEmpty()));
    actions_->runAgain->setEnabled(document && !document->request().isEmpty());
    actions_->stop->setEnabled(isBusy && !controller_.isStopping());
    actions_->clear->setEnabled(runPage() || scenarioBar_->scenario());
    refreshFileActions();
    pageActions_->refresh(isShownRunGoingOn());
    toolBar_->showFollow(actions_->follow->isChecked(), isShownRunGoingOn());
    if (!controller_.isSearching())
        messages_->dismissProgress(Activity::Searching);
    if (!document)
        startPage_->showRecent(opening_->recentTraces(), opening_->recentPaths(), controller_.recentRuns());
}

void MainWindow::refreshFileActions()
{
    const auto document = currentDocument();
    const bool isComplete = document && document->trace()->info().finished;
    const QString reason = document ? tr("Not while the run goes on, or the file is being opened") : tr("There is no trace yet");
    for (QAction *action : {actions_->save, actions_->saveAs, actions_->exportChromeJson, actions_->exportCsv, actions_->exportReportJson,
                            actions_->exportReportText}) {
        action->setEnabled(isComplete);
        action->setToolTip(isComplete ? QString() : reason);
    }
}

void MainWindow::fillRecentRuns(QMenu &menu)
{
    menu.clear();
    const RecentRuns &runs = controller_.recentRuns();
    for (std::size_t i = 0; i < runs.size(); ++i) {
        QAction *action = menu.addAction(RecentRuns::title(*runs.at(i)).replace(QLatin1Char('&'), QLatin1String("&&")));
        connect(action, &QAction::triggered, this, [this, run = runs.at(i)] { showDocument(run); });
    }
    if (menu.isEmpty())
        menu.addAction(tr("No run has ended yet"))->setEnabled(false);
}

} // namespace loopscope
