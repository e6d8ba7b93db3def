// What MainWindow does when its parts tell something.

#include "ui/timeline/timeline_view.h"
#include "ui/window/autosave.h"
#include "ui/window/choice_bar.h"
#include "ui/window/document_tabs.h"
#include "ui/window/main_window.h"
#include "ui/window/message_bar.h"
#include "ui/window/open_offer.h"
#include "ui/window/opening_commands.h"
#include "ui/window/run_tool_bar.h"
#include "ui/window/saving_commands.h"
#include "ui/window/scenario_bar.h"
#include "ui/window/start_page.h"
#include "ui/window/trace_page.h"
#include "ui/window/unsaved_guard.h"

#include <QAction>
#include <QSettings>
#include <QStackedWidget>

namespace loopscope {

namespace {

constexpr auto moreKey = "scenario/more";

} // namespace

void MainWindow::connectController()
{
    connect(&controller_, &RunController::runReplaced, this, &MainWindow::showRun);
    connect(&controller_, &RunController::advanced, this, [this] {
        if (TracePage *page = runPage())
            page->refresh();
    });
    connect(&controller_, &RunController::ended, this, [this] {
        if (TracePage *page = runPage())
            page->finish();
        refreshTexts();
    });
    connect(&controller_, &RunController::stateChanged, this, &MainWindow::refreshActions);
    connect(&controller_, &RunController::scenarioOpened, this,
            [this](const std::shared_ptr<const Scenario> &scenario) { openScenario(scenario, {}); });
    connect(&controller_, &RunController::searched, this,
            [this](quint64 found) { messages_->showProgress(Activity::Searching, tr("Looking for files: %1 so far").arg(found)); });
    connect(&controller_, &RunController::reported, this, [this](RunController::Severity severity, const QString &sentence) {
        severity == RunController::Severity::Error ? messages_->warn(sentence) : messages_->inform(sentence);
    });
    connect(messages_, &MessageBar::cancelled, this, [this](Activity activity) {
        if (activity == Activity::Searching)
            controller_.cancelSearch();
        if (activity == Activity::Saving)
            saving_->cancel();
    });
    controller_.setGate([this](const std::function<void()> &next) {
        std::vector<std::shared_ptr<TraceDocument>> replaced;
        if (runPage())
            replaced.push_back(controller_.document());
        guard_->settle(std::move(replaced), Loss::OfTab, next);
    });
    connect(guard_, &UnsavedGuard::asks, this, [this](const TraceDocument *document) {
        if (TracePage *page = tabs_->pageOf(document))
            tabs_->show(*page);
    });
    connect(guard_, &UnsavedGuard::asksNoMore, this, [this] {
        RunSettings settings = controller_.settings();
        settings.asksBeforeLoss = false;
        changeSettings(settings);
    });
}

void MainWindow::connectActions()
{
    const auto on = [this](QAction *action, auto member) { connect(action, &QAction::triggered, this, member); };
    on(actions_->exportPicture, &MainWindow::exportPicture);
    on(actions_->copyPicture, &MainWindow::copyPicture);
    on(actions_->close, &MainWindow::closeCurrent);
    on(actions_->quit, &QWidget::close);
    on(actions_->run, &MainWindow::runOpened);
    on(actions_->runAgain, &MainWindow::runAgain);
    on(actions_->compare, &MainWindow::compare);
    on(actions_->whatIf, &MainWindow::askWhatIf);
    on(actions_->settings, &MainWindow::editSettings);
    on(actions_->keys, &MainWindow::showKeys);
    on(actions_->changeKeys, &MainWindow::changeKeys);
    on(actions_->aboutRun, &MainWindow::showAboutRun);
    on(actions_->about, &MainWindow::showAbout);
    connect(actions_->stop, &QAction::triggered, &controller_, &RunController::stop);
    connect(actions_->clear, &QAction::triggered, this, [this] {
        scenarioBar_->close();
        if (TracePage *page = runPage())
            closePage(page);
    });
    scenarioBar_->setWantsMore(settings_.value(QLatin1String(moreKey), false).toBool());
    connect(scenarioBar_, &ScenarioBar::wantsMoreChanged, this, [this](bool more) { settings_.setValue(QLatin1String(moreKey), more); });
    connect(scenarioBar_, &ScenarioBar::runRequested, this, &MainWindow::runOpened);
    connect(scenarioBar_, &ScenarioBar::scenarioChanged, this, [this] {
        toolBar_->setPrimary(!scenarioBar_->scenario()); // its own Run button is the one then
        refreshTexts();
        refreshActions();
    });
    connect(toolBar_, &RunToolBar::workersChanged, this, [this](int workers) {
        RunSettings settings = controller_.settings();
        settings.workers = workers;
        changeSettings(settings);
    });
}

void MainWindow::connectFileActions()
{
    const auto onOpening = [this](QAction *action, auto member) { connect(action, &QAction::triggered, opening_, member); };
    onOpening(actions_->openTrace, &OpeningCommands::chooseTraces);
    onOpening(actions_->openFiles, &OpeningCommands::chooseFiles);
    onOpening(actions_->openFolder, &OpeningCommands::chooseFolder);
    onOpening(actions_->paste, &OpeningCommands::paste);
    const auto onDocument = [this](QAction *action, auto what) {
        connect(action, &QAction::triggered, this, [this, what] { what(currentDocument()); });
    };
    onDocument(actions_->save, [this](const auto &document) { saving_->save(document); });
    onDocument(actions_->saveAs, [this](const auto &document) { saving_->saveAs(document); });
    const auto onOutput = [this, onDocument](QAction *action, TraceOutput output) {
        onDocument(action, [this, output](const auto &document) { saving_->write(document, output); });
    };
    onOutput(actions_->exportChromeJson, TraceOutput::ChromeJson);
    onOutput(actions_->exportCsv, TraceOutput::Csv);
    onOutput(actions_->exportReportJson, TraceOutput::ReportJson);
    onOutput(actions_->exportReportText, TraceOutput::ReportText);
    connect(saving_, &SavingCommands::saved, opening_, &OpeningCommands::rememberTrace);
    connect(opening_, &OpeningCommands::documentOpened, this, &MainWindow::showDocument);
    connect(opening_, &OpeningCommands::comparisonChosen, this, &MainWindow::openComparison);
    connect(opening_, &OpeningCommands::documentGivenUp, this, [this](const std::shared_ptr<TraceDocument> &document) {
        if (TracePage *page = tabs_->pageOf(document.get()))
            removePage(*page);
    });
    connect(opening_, &OpeningCommands::recentChanged, this, &MainWindow::refreshActions);
    saving_->setIsTaken([this](const std::string &realPath, const TraceDocument &document) { return isTaken(realPath, document); });
    opening_->setShow([this](const std::string &realPath) { return showFile(realPath); });
    connect(offer_, &OpenOffer::closed, this, [this] { pages_->currentWidget()->setFocus(); });
}

void MainWindow::connectTabs()
{
    connect(tabs_, &DocumentTabs::currentChanged, this, &MainWindow::showCurrentPage);
    connect(tabs_, &DocumentTabs::closeWanted, this, &MainWindow::closePage);
}

void MainWindow::connectStartPage()
{
    connect(startPage_, &StartPage::filesWanted, opening_, &OpeningCommands::chooseFiles);
    connect(startPage_, &StartPage::folderWanted, opening_, &OpeningCommands::chooseFolder);
    connect(startPage_, &StartPage::tracesWanted, opening_, &OpeningCommands::chooseTraces);
    connect(startPage_, &StartPage::scenarioClicked, this, [this](const Scenario *scenario) { runBuiltIn(*scenario); });
    connect(startPage_, &StartPage::recentPathsClicked, opening_, &OpeningCommands::openRecent);
    connect(startPage_, &StartPage::recentRunClicked, this,
            [this](std::size_t index) { showDocument(controller_.recentRuns().at(index)); });
}

void MainWindow::connectAutosave()
{
    connect(&controller_, &RunController::advanced, autosave_, &Autosave::keepUp);
    connect(&controller_, &RunController::ended, autosave_, &Autosave::keepUp);
    connect(autosave_, &Autosave::failed, messages_, &MessageBar::warn);
    connect(opening_, &OpeningCommands::leftBehindOpened, autosave_, &Autosave::adopt);
    connect(leftBehindOffer_, &ChoiceBar::closed, this, [this] { pages_->currentWidget()->setFocus(); });
    offerLeftBehind();
}

// What is left alone is asked for again at the next start.
void MainWindow::offerLeftBehind()
{
    const std::vector<std::string> journals = autosave_->leftBehind();
    if (journals.empty())
        return;
    const auto count = journals.size();
    leftBehindOffer_->ask(count == 1
                              ? tr("Loopscope was ended while it held a run that was in no file. What was recorded of it is still there.")
                              : tr("Loopscope was ended while it held %1 runs that were in no file. What was recorded of them is still "
                                   "there.")
                                    .arg(count),
                          tr("Open"), tr("Delete"));
    leftBehindOffer_->takeKeyboard(); // nothing else is going on yet
    connect(leftBehindOffer_, &ChoiceBar::firstChosen, opening_, [this, journals] {
        leftBehindOffer_->withdraw();
        for (const std::string &journal : journals)
            opening_->openLeftBehind(journal);
    });
    connect(leftBehindOffer_, &ChoiceBar::secondChosen, autosave_, [this, journals] {
        leftBehindOffer_->withdraw();
        autosave_->remove(journals);
    });
}

} // namespace loopscope
