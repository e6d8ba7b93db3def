#include "ui/window/main_window.h"

#include "ui/panels/elided_label.h"
#include "ui/panels/task_table.h"
#include "ui/theme/shown_text.h"
#include "ui/theme/style.h"
#include "ui/timeline/timeline_view.h"
#include "ui/window/drop_target.h"
#include "ui/window/lane_actions.h"
#include "ui/window/message_bar.h"
#include "ui/window/replay_bar.h"
#include "ui/window/run_page.h"
#include "ui/window/run_progress.h"
#include "ui/window/run_tool_bar.h"
#include "ui/window/scenario_bar.h"
#include "ui/window/start_page.h"
#include "ui/window/window_memory.h"

#include <QAction>
#include <QActionGroup>
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

namespace loopscope {

using namespace std::chrono_literals;

namespace {

constexpr auto densityKey = "view/density";
/// Numbers that change faster cannot be read.
constexpr auto textInterval = 100ms;
constexpr int progressSteps = 1000;
constexpr auto moreKey = "scenario/more";
/// Smaller ones show nothing of use: in average characters and lines of text.
constexpr QSize smallestInText(80, 22);

} // namespace

MainWindow::MainWindow(QSettings &settings, QWidget *parent)
    : QMainWindow(parent)
    , settings_(settings)
    , recentPaths_(settings)
{
    setSmallestSize();
    setContextMenuPolicy(Qt::NoContextMenu);
    buildPages();
    actions_ = std::make_unique<WindowActions>(this, &runPage_->timeline());
    menus_ = fillMenuBar(*menuBar(), *actions_);
    toolBar_ = new RunToolBar(*actions_, this);
    addToolBar(toolBar_);
    buildStatusBar();
    buildRunMenus();
    connectController();
    connectActions();
    connectViewActions();
    connectHandTools();
    connectStartPage();
    textTimer_.setSingleShot(true);
    textTimer_.setInterval(textInterval);
    connect(&textTimer_, &QTimer::timeout, this, &MainWindow::refreshTexts);

    useKeys(loadKeys(settings_));
    changeSettings(loadRunSettings(settings_));
    restoreWindow(*this, settings_);
    runPage_->restore(settings_);
    applyTheme();
    qApp->installEventFilter(this);
    showTrace();
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
    runPage_ = new RunPage(selection_, viewport_, pages_);
    pages_->addWidget(startPage_);
    pages_->addWidget(runPage_);
    auto *column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(scenarioBar_);
    column->addWidget(new ReplayBar(replay_, central));
    messages_ = new MessageBar(central);
    column->addWidget(pages_, 1);
    column->addWidget(messages_);
    setCentralWidget(central);

    auto *target = new DropTarget(this);
    target->setJoins([this] { return controller_.isRunning() && !controller_.isStopping(); });
    connect(target, &DropTarget::dropped, this, &MainWindow::openPaths);
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
    connect(menus_.recentPaths, &QMenu::aboutToShow, this, [this] { fillRecentPaths(*menus_.recentPaths); });
    runPage_->laneActions().fill(*menus_.lanes);
    connect(menus_.recentRuns, &QMenu::aboutToShow, this, [this] { fillRecentRuns(*menus_.recentRuns); });
}

void MainWindow::connectController()
{
    connect(&controller_, &RunController::traceReplaced, this, &MainWindow::showTrace);
    connect(&controller_, &RunController::advanced, this, &MainWindow::refreshViews);
    connect(&controller_, &RunController::ended, this, [this] {
        stallSearch_.start(controller_.trace());
        refreshViews();
        refreshTexts();
    });
    connect(&stallSearch_, &StallSearch::found, this, [this] {
        runPage_->refreshFacts();
        refreshTexts();
    });
    connect(&controller_, &RunController::stateChanged, this, &MainWindow::refreshActions);
    connect(&controller_, &RunController::scenarioOpened, this,
            [this](const std::shared_ptr<const Scenario> &scenario) { openScenario(scenario, {}); });
    connect(&controller_, &RunController::searched, this,
            [this](quint64 found) { messages_->showProgress(tr("Looking for files: %1 so far").arg(found)); });
    connect(&controller_, &RunController::reported, this, [this](RunController::Severity severity, const QString &sentence) {
        severity == RunController::Severity::Error ? messages_->warn(sentence) : messages_->inform(sentence);
    });
    connect(&replay_, &ReplayPlayer::traceReplaced, this, &MainWindow::showReplay);
    connect(&replay_, &ReplayPlayer::moved, this, &MainWindow::refreshViews);
    connect(messages_, &MessageBar::cancelled, &controller_, &RunController::cancelSearch);
}

void MainWindow::connectActions()
{
    const auto on = [this](QAction *action, auto member) { connect(action, &QAction::triggered, this, member); };
    on(actions_->openFiles, &MainWindow::chooseFiles);
    on(actions_->openFolder, &MainWindow::chooseFolder);
    on(actions_->paste, &MainWindow::pastePaths);
    on(actions_->exportPicture, &MainWindow::exportPicture);
    on(actions_->copyPicture, &MainWindow::copyPicture);
    on(actions_->close, &QWidget::close);
    on(actions_->quit, &QWidget::close);
    on(actions_->run, &MainWindow::runOpened);
    on(actions_->settings, &MainWindow::editSettings);
    on(actions_->keys, &MainWindow::showKeys);
    on(actions_->changeKeys, &MainWindow::changeKeys);
    on(actions_->aboutRun, &MainWindow::showAboutRun);
    on(actions_->about, &MainWindow::showAbout);
    connect(actions_->runAgain, &QAction::triggered, &controller_, &RunController::runAgain);
    connect(actions_->stop, &QAction::triggered, &controller_, &RunController::stop);
    connect(actions_->clear, &QAction::triggered, this, [this] {
        scenarioBar_->close();
        controller_.clear();
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

void MainWindow::connectViewActions()
{
    connect(actions_->follow, &QAction::triggered, this, [this](bool follows) { follows ? viewport_.followLive() : viewport_.freeze(); });
    const auto zoom = [this](double factor) {
        const TimeRange range = viewport_.range();
        viewport_.zoomAt(range.begin + range.length() / 2, factor);
    };
    connect(actions_->zoomIn, &QAction::triggered, this, [zoom] { zoom(1.5); });
    connect(actions_->zoomOut, &QAction::triggered, this, [zoom] { zoom(1 / 1.5); });
    connect(actions_->fitAll, &QAction::triggered, &viewport_, &Viewport::fitAll);
    connect(actions_->replay, &QAction::triggered, this, &MainWindow::toggleReplay);
    connect(&viewport_, &Viewport::changed, this, &MainWindow::refreshActions);
    connect(actions_->densities, &QActionGroup::triggered, this, [this](const QAction *action) {
        settings_.setValue(QLatin1String(densityKey), action->data().toInt());
        runPage_->timeline().setDensity(static_cast<Density>(action->data().toInt()));
    });
    connect(actions_->showOverview, &QAction::triggered, runPage_, &RunPage::setShowsOverview);
    connect(actions_->showDetails, &QAction::triggered, runPage_, &RunPage::setShowsDetails);
    connect(actions_->showTasks, &QAction::triggered, runPage_, &RunPage::setShowsTasks);
    connect(runPage_, &RunPage::panelsChanged, this, &MainWindow::refreshActions);
    connect(actions_->filterTasks, &QAction::triggered, this, [this] {
        runPage_->setShowsTasks(true);
        runPage_->tasks().focusFilter();
    });
    const QList<QAction *> densities = actions_->densities->actions();
    const int remembered = settings_.value(QLatin1String(densityKey), static_cast<int>(Density::Comfortable)).toInt();
    for (QAction *action : densities) {
        if (action->data().toInt() == remembered)
            action->trigger();
    }
}

void MainWindow::connectStartPage()
{
    connect(startPage_, &StartPage::filesWanted, this, &MainWindow::chooseFiles);
    connect(startPage_, &StartPage::folderWanted, this, &MainWindow::chooseFolder);
    connect(startPage_, &StartPage::scenarioClicked, this, [this](const Scenario *scenario) { runBuiltIn(*scenario); });
    connect(startPage_, &StartPage::recentPathsClicked, this, &MainWindow::openPaths);
    connect(startPage_, &StartPage::recentRunClicked, &controller_, &RunController::showPast);
}

void MainWindow::showTrace()
{
    replay_.stop();
    const RunRequest &request = controller_.request();
    const auto closing = std::exchange(shownScenario_, request.scenario);
    if (request.scenario && request.scenario != scenarioBar_->scenario())
        openScenario(request.scenario, request.values);
    else if (!request.scenario && closing && closing == scenarioBar_->scenario())
        scenarioBar_->close();

    const auto trace = controller_.trace();
    selection_.clear();
    viewport_.reset();
    stallSearch_.start(trace);
    runPage_->setTrace(trace);
    history_.clear();
    marks_.setTrace(trace);
    pages_->setCurrentWidget(trace ? static_cast<QWidget *>(runPage_) : startPage_);
    if (trace) {
        scenarioBar_->collapse();
        runPage_->setFocus();
    }
    refreshTexts();
    refreshActions();
}

std::shared_ptr<const Trace> MainWindow::shownTrace() const
{
    return replay_.isActive() ? replay_.trace() : controller_.trace();
}

void MainWindow::toggleReplay(bool replays)
{
    const TimeRange range = viewport_.range();
    if (replays)
        replay_.start(controller_.trace(), range.begin, range);
    else
        replay_.stop();
}

void MainWindow::showReplay()
{
    if (const auto recorded = controller_.trace())
        runPage_->setReplay(shownTrace(), {0, runLength(*recorded)});
    refreshTexts();
    refreshActions();
}

void MainWindow::refreshViews()
{
    runPage_->refresh();
    if (!textTimer_.isActive())
        textTimer_.start();
}

QString MainWindow::whatIsShown() const
{
    if (replay_.isActive())
        return tr("Replay of %1").arg(progressTitle(*controller_.trace()));
    if (const auto trace = controller_.trace())
        return progressTitle(*trace);
    if (const auto scenario = scenarioBar_->scenario())
        return shownText(scenario->title);
    return {};
}

void MainWindow::refreshTexts()
{
    const auto trace = shownTrace();
    QString title = QStringLiteral("Loopscope");
    if (const QString what = whatIsShown(); !what.isEmpty())
        title = tr("%1 – Loopscope").arg(what);
    setWindowTitle(title.replace(QLatin1String("[*]"), QLatin1String("[*][*]"))); // Qt's mark for "modified"
    const QString nothing = controller_.recentRuns().size() == 0 ? tr("Nothing has run yet") : tr("No run is shown");
    status_->setText(trace ? runStatus_.lineFor(trace) : nothing);
    progress_->setVisible(controller_.isRunning());
    if (trace)
        progress_->setValue(static_cast<int>(runProgress(*trace) * progressSteps));
}

void MainWindow::refreshActions()
{
    const bool hasTrace = controller_.trace() != nullptr;
    const bool isBusy = controller_.isRunning() || controller_.isSearching();
    const bool isFollowing = viewport_.follow() == Follow::Live;
    actions_->run->setEnabled(scenarioBar_->scenario() || !controller_.request().isEmpty());
    actions_->runAgain->setEnabled(!controller_.request().isEmpty());
    actions_->stop->setEnabled(isBusy && !controller_.isStopping());
    actions_->clear->setEnabled(hasTrace || scenarioBar_->scenario());
    for (QAction *action : {actions_->exportPicture, actions_->copyPicture, actions_->aboutRun, actions_->zoomIn, actions_->zoomOut,
                            actions_->fitAll, actions_->showOverview, actions_->showDetails, actions_->showTasks, actions_->filterTasks,
                            actions_->search, actions_->addMark, actions_->showMarks})
        action->setEnabled(hasTrace);
    const bool isImport = hasTrace && !controller_.trace()->hasLoop();
    actions_->replay->setEnabled(hasTrace && !controller_.isRunning() && !isImport);
    actions_->replay->setToolTip(isImport ? tr("A trace of another program cannot be replayed: it does not say what was known when")
                                          : QString());
    actions_->replay->setChecked(replay_.isActive());
    actions_->goBack->setEnabled(hasTrace && history_.canGoBack());
    actions_->goForward->setEnabled(hasTrace && history_.canGoForward());
    actions_->follow->setEnabled(controller_.isRunning());
    actions_->follow->setChecked(isFollowing);
    actions_->showOverview->setChecked(runPage_->showsOverview());
    actions_->showDetails->setChecked(runPage_->showsDetails());
    actions_->showTasks->setChecked(runPage_->showsTasks());
    toolBar_->showFollow(isFollowing, controller_.isRunning());
    if (!controller_.isSearching())
        messages_->dismissProgress();
    if (!hasTrace)
        startPage_->showRecent(recentPaths_, controller_.recentRuns());
}

void MainWindow::fillRecentPaths(QMenu &menu)
{
    menu.clear();
    for (const RecentPaths::Entry &entry : recentPaths_.entries()) {
        QAction *action = menu.addAction(RecentPaths::title(entry).replace(QLatin1Char('&'), QLatin1String("&&")));
        connect(action, &QAction::triggered, this, [this, entry] { openPaths(entry); });
    }
    menu.addSeparator();
    QAction *forget = menu.addAction(tr("&Forget these"));
    forget->setEnabled(!recentPaths_.entries().empty());
    connect(forget, &QAction::triggered, this, [this] {
        recentPaths_.clear();
        refreshActions();
    });
}

void MainWindow::fillRecentRuns(QMenu &menu)
{
    menu.clear();
    const RecentRuns &runs = controller_.recentRuns();
    for (std::size_t i = 0; i < runs.size(); ++i) {
        QAction *action = menu.addAction(runs.at(i).title().replace(QLatin1Char('&'), QLatin1String("&&")));
        action->setEnabled(!controller_.isRunning());
        connect(action, &QAction::triggered, this, [this, i] { controller_.showPast(i); });
    }
    if (menu.isEmpty())
        menu.addAction(tr("No run has ended yet"))->setEnabled(false);
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

void MainWindow::closeEvent(QCloseEvent *event)
{
    saveWindow(*this, settings_);
    runPage_->save(settings_);
    controller_.stop();
    event->accept();
}

} // namespace loopscope
