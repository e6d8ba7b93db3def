#include "ui/window/main_window.h"

#include "ui/panels/elided_label.h"
#include "ui/theme/style.h"
#include "ui/timeline/timeline_view.h"
#include "ui/window/autosave.h"
#include "ui/window/choice_bar.h"
#include "ui/window/document_tabs.h"
#include "ui/window/drop_target.h"
#include "ui/window/message_bar.h"
#include "ui/window/open_offer.h"
#include "ui/window/opening_commands.h"
#include "ui/window/page_actions.h"
#include "ui/window/run_tool_bar.h"
#include "ui/window/saving_commands.h"
#include "ui/window/scenario_bar.h"
#include "ui/window/start_page.h"
#include "ui/window/trace_page.h"
#include "ui/window/unsaved_guard.h"
#include "ui/window/window_memory.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QMenu>
#include <QMenuBar>
#include <QProgressBar>
#include <QScopedValueRollback>
#include <QScreen>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope {

using namespace std::chrono_literals;

namespace {

/// Numbers that change faster cannot be read.
constexpr auto textInterval = 100ms;
constexpr int progressSteps = 1000;
constexpr auto moreKey = "scenario/more";
/// Smaller ones show nothing of use: in average characters and lines of text.
constexpr QSize smallestInText(80, 22);

} // namespace

MainWindow::MainWindow(QSettings &settings, const QString &dataFolder, QWidget *parent)
    : QMainWindow(parent)
    , settings_(settings)
{
    setSmallestSize();
    setContextMenuPolicy(Qt::NoContextMenu);
    buildPages();
    actions_ = std::make_unique<WindowActions>(this);
    menus_ = fillMenuBar(*menuBar(), *actions_);
    toolBar_ = new RunToolBar(*actions_, this);
    addToolBar(toolBar_);
    buildStatusBar();
    pageActions_ = new PageActions(*actions_, *tabs_, settings_, this);
    opening_ = new OpeningCommands(*this, controller_, *messages_, *offer_, settings_);
    saving_ = new SavingCommands(*this, *messages_);
    guard_ = new UnsavedGuard(*this, controller_, *saving_);
    if (!dataFolder.isEmpty())
        autosave_ = new Autosave(dataFolder + QStringLiteral("/journals"), this);
    buildRunMenus();
    connectController();
    connectActions();
    connectFileActions();
    connectTabs();
    connectStartPage();
    if (autosave_)
        connectAutosave();
    textTimer_.setSingleShot(true);
    textTimer_.setInterval(textInterval);
    connect(&textTimer_, &QTimer::timeout, this, &MainWindow::refreshTexts);

    useKeys(loadKeys(settings_));
    changeSettings(loadRunSettings(settings_));
    restoreWindow(*this, settings_);
    applyTheme();
    qApp->installEventFilter(this);
    showCurrentPage();
}

MainWindow::~MainWindow() = default;

void MainWindow::setSmallestSize()
{
    const QSize size(smallestInText.width() * fontMetrics().averageCharWidth(), smallestInText.height() * fontMetrics().lineSpacing());
    setMinimumSize(size.boundedTo(screen()->availableSize()));
}

void MainWindow::buildPages()
{
    auto *central = new QWidget(this);
    scenarioBar_ = new ScenarioBar(central);
    pages_ = new QStackedWidget(central);
    startPage_ = new StartPage(pages_);
    tabs_ = new DocumentTabs(pages_);
    pages_->addWidget(startPage_);
    pages_->addWidget(tabs_);
    leftBehindOffer_ = new ChoiceBar(central);
    offer_ = new OpenOffer(central);
    messages_ = new MessageBar(central);
    auto *column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(scenarioBar_);
    column->addWidget(pages_, 1);
    column->addWidget(leftBehindOffer_);
    column->addWidget(offer_);
    column->addWidget(messages_);
    setCentralWidget(central);

    auto *target = new DropTarget(this);
    target->setJoins([this] { return controller_.isRunning() && !controller_.isStopping(); });
    connect(target, &DropTarget::dropped, this,
            [this](const std::vector<std::string> &paths) { opening_->openPaths(paths, PathIntent::Ask); });
    connect(target, &DropTarget::refused, messages_, &MessageBar::warn);
}

void MainWindow::buildStatusBar()
{
    status_ = new ElidedLabel(this);
    status_->setObjectName(QStringLiteral("statusLine"));
    progress_ = new QProgressBar(this);
    progress_->setRange(0, progressSteps);
    progress_->setTextVisible(false);
    progress_->setFixedSize(160, 4);
    progress_->setAccessibleName(tr("Progress of the run"));
    progress_->hide();
    statusBar()->setSizeGripEnabled(false);
    statusBar()->setContentsMargins(12, 0, 12, 0);
    statusBar()->addWidget(status_, 1);
    statusBar()->addPermanentWidget(progress_);
}

void MainWindow::buildRunMenus()
{
    const std::vector<KeyBinding> &keys = keys_.keysOf(Command::RunScenario);
    std::size_t number = 0;
    for (const Scenario &scenario : builtInScenarios()) {
        auto *action = new QAction(QString::fromStdString(scenario.title), this);
        action->setToolTip(QString::fromStdString(scenario.summary));
        if (number < keys.size())
            action->setShortcut(QKeySequence(keys[number].key));
        ++number;
        connect(action, &QAction::triggered, this, [this, &scenario] { runBuiltIn(scenario); });
        menus_.scenarios->addAction(action);
    }
    toolBar_->runMenu().addActions({actions_->run, actions_->runAgain});
    toolBar_->runMenu().addSeparator();
    toolBar_->runMenu().addActions(menus_.scenarios->actions());
    connect(menus_.recentPaths, &QMenu::aboutToShow, this, [this] { opening_->fillRecentMenu(*menus_.recentPaths); });
    connect(menus_.lanes, &QMenu::aboutToShow, this, [this] { pageActions_->fillLaneMenu(*menus_.lanes); });
    connect(menus_.recentRuns, &QMenu::aboutToShow, this, [this] { fillRecentRuns(*menus_.recentRuns); });
}

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
    connect(opening_, &OpeningCommands::documentGivenUp, this, [this](const std::shared_ptr<TraceDocument> &document) {
        if (TracePage *page = tabs_->pageOf(document.get()))
            removePage(*page);
    });
    connect(opening_, &OpeningCommands::recentChanged, this, &MainWindow::refreshActions);
    opening_->setShow([this](const std::string &path) { return showFile(path); });
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
        Autosave::remove(journals);
    });
}

void MainWindow::closeUnasked()
{
    isClosingUnasked_ = true;
    close();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    std::vector<std::shared_ptr<TraceDocument>> documents;
    for (const TracePage *page : tabs_->pages())
        documents.push_back(page->document());
    std::ranges::reverse(documents); // the first tab is asked for first
    if (!isClosingUnasked_ && guard_->hasToAsk(documents)) {
        event->ignore();
        guard_->settle(documents, Loss::OfWindow, [this] {
            if (autosave_)
                autosave_->forgetAll();
            closeUnasked();
        });
        return;
    }
    if (!isClosingUnasked_ && autosave_)
        autosave_->forgetAll();
    saveWindow(*this, settings_);
    if (const TracePage *page = tabs_->current())
        pageActions_->save(*page);
    controller_.stop();
    event->accept();
}

void MainWindow::applyTheme()
{
    const Theme theme = Theme::of(QApplication::palette());
    isDark_ = theme.isDark;
    {
        // The application's: a window's own would not reach its children beside a style sheet, nor the dialogs.
        const QScopedValueRollback applying(isApplyingTheme_, true);
        setStyleSheet({}); // it keeps palettes of its own, from before it was set
        QApplication::setPalette(paletteOf(theme));
        setStyleSheet(styleSheetOf(theme));
    }
    actions_->applyTheme(theme);
    toolBar_->applyTheme(theme);
}

void MainWindow::followPalette()
{
    // What was set for the application as a whole counts; where that is as before, the desktop behind it has changed.
    if (Theme::of(QApplication::palette()).isDark == isDark_) {
        const QScopedValueRollback applying(isApplyingTheme_, true);
        QApplication::setPalette({});
    }
    applyTheme();
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == qApp && event->type() == QEvent::ApplicationPaletteChange && !isApplyingTheme_)
        followPalette();
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        setSmallestSize();
}

} // namespace loopscope
