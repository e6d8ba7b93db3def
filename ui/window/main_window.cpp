#include "ui/window/main_window.h"

#include "ui/panels/elided_label.h"
#include "ui/theme/style.h"
#include "ui/timeline/timeline_view.h"
#include "ui/window/autosave.h"
#include "ui/window/choice_bar.h"
#include "ui/window/compare_window.h"
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

void MainWindow::closeUnasked()
{
    isClosingUnasked_ = true;
    close();
}

bool MainWindow::canCloseAtOnce()
{
    if (saving_->isBusy()) { // what is written by then may be what would be asked for
        saving_->closeWhenWritten([this] { close(); });
        return false;
    }
    if (compareWindow_ && compareWindow_->isUnsaved() && !isComparisonSettled_) {
        compareWindow().settle([this] {
            const QScopedValueRollback settled(isComparisonSettled_, true); // for this time
            close();
        });
        return false;
    }
    std::vector<std::shared_ptr<TraceDocument>> documents;
    for (const TracePage *page : tabs_->pages())
        documents.push_back(page->document());
    std::ranges::reverse(documents); // the first tab is asked for first
    if (!guard_->hasToAsk(documents))
        return true;
    guard_->settle(documents, Loss::OfWindow, [this] {
        if (autosave_)
            autosave_->forgetAll();
        closeUnasked();
    });
    return false;
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!isClosingUnasked_ && !canCloseAtOnce()) {
        event->ignore();
        return;
    }
    if (!isClosingUnasked_ && autosave_)
        autosave_->forgetAll();
    guard_->forgetAll();
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
