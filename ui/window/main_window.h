#pragma once

#include "ui/window/path_opener.h"
#include "ui/window/run_controller.h"
#include "ui/window/window_actions.h"

#include <QMainWindow>
#include <QPointer>
#include <QTimer>

#include <map>
#include <memory>
#include <string>
#include <vector>

class QProgressBar;
class QSettings;
class QStackedWidget;

namespace loopscope {

class Autosave;
class ChangeKeysDialog;
class ChoiceBar;
class CompareWindow;
class DocumentTabs;
class ElidedLabel;
class KeysDialog;
class MessageBar;
class OpenOffer;
class OpeningCommands;
class PageActions;
class RunToolBar;
class SavingCommands;
class ScenarioBar;
class StartPage;
class TraceDocument;
class TracePage;
class UnsavedGuard;
class WhatIfWindow;

/// The window of the program: what is dropped on it is read, and the run is shown; traces are opened beside it.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// `settings` must outlive the window, which keeps there what it remembers. In `dataFolder` it keeps runs while they go on, if a person
    /// wants that; without one it does not.
    explicit MainWindow(QSettings &settings, const QString &dataFolder = {}, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Reads files and folders (raw bytes). What is a trace or a scenario is opened, and does not run.
    void openPaths(const std::vector<std::string> &rawPaths);
    /// Opens a trace (raw bytes); tells in the window if that cannot be done.
    void openTraceFile(const std::string &rawPath);
    /// Closes without asking whether something is to be saved; journals of what is not stay for the next start.
    void closeUnasked();

    [[nodiscard]] RunController &controller() { return controller_; }
    [[nodiscard]] MessageBar &messages() { return *messages_; }

protected:
    void closeEvent(QCloseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    /// If not, the window closes by itself once what is in the way is settled.
    [[nodiscard]] bool canCloseAtOnce();
    void setSmallestSize();
    void buildPages();
    void buildStatusBar();
    void buildRunMenus();
    void connectController();
    void connectActions();
    void connectFileActions();
    void connectTabs();
    void connectStartPage();
    void connectAutosave();
    void offerLeftBehind();
    void applyTheme();
    void followPalette();

    void openScenario(std::shared_ptr<const Scenario> scenario, const std::map<std::string, std::string> &values);
    void runBuiltIn(const Scenario &scenario);
    void runOpened();
    void runAgain();
    void editSettings();
    void changeSettings(const RunSettings &settings);
    void compare();
    void askWhatIf();
    void openComparison(const std::string &path);
    void exportPicture();
    void copyPicture();
    void showKeys();
    void changeKeys();
    void useKeys(const KeyMap &keys);
    void showAboutRun();
    void showAbout();

    void showRun();
    void addPage(const std::shared_ptr<TraceDocument> &document);
    void showDocument(const std::shared_ptr<TraceDocument> &document);
    [[nodiscard]] bool showFile(const std::string &realPath);
    [[nodiscard]] bool isTaken(const std::string &realPath, const TraceDocument &document) const;
    void closePage(TracePage *page);
    void closeCurrent();
    void removePage(TracePage &page);
    void showCurrentPage();
    [[nodiscard]] CompareWindow &compareWindow();
    void showTrace(const std::shared_ptr<const Trace> &trace);
    [[nodiscard]] TracePage *runPage() const;
    [[nodiscard]] bool isShownRunGoingOn() const;
    [[nodiscard]] std::shared_ptr<TraceDocument> currentDocument() const;
    [[nodiscard]] QString titleText() const;
    void refreshTexts();
    void refreshActions();
    void refreshFileActions();
    void fillRecentRuns(QMenu &menu);

    QSettings &settings_;
    RunController controller_;

    ScenarioBar *scenarioBar_ = nullptr;
    QStackedWidget *pages_ = nullptr;
    StartPage *startPage_ = nullptr;
    DocumentTabs *tabs_ = nullptr;
    OpenOffer *offer_ = nullptr;
    ChoiceBar *leftBehindOffer_ = nullptr;
    MessageBar *messages_ = nullptr;
    std::unique_ptr<WindowActions> actions_;
    DynamicMenus menus_;
    RunToolBar *toolBar_ = nullptr;
    ElidedLabel *status_ = nullptr;
    QProgressBar *progress_ = nullptr;
    PageActions *pageActions_ = nullptr;
    OpeningCommands *opening_ = nullptr;
    SavingCommands *saving_ = nullptr;
    UnsavedGuard *guard_ = nullptr;
    Autosave *autosave_ = nullptr; // null without a folder
    KeyMap keys_;
    QPointer<KeysDialog> keysDialog_;
    QPointer<ChangeKeysDialog> changeKeysDialog_;
    CompareWindow *compareWindow_ = nullptr; // once it was wanted
    WhatIfWindow *whatIfWindow_ = nullptr;   // likewise
    QTimer textTimer_;
    bool isDark_ = false;
    bool isApplyingTheme_ = false;
    bool isClosingUnasked_ = false;
    bool isComparisonSettled_ = false;
    std::shared_ptr<const Scenario> runsScenario_; // of the latest run
    std::weak_ptr<TraceDocument> latestRun_;       // that is or was shown
};

} // namespace loopscope
