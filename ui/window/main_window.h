#pragma once

#include "ui/panels/run_summary.h"
#include "ui/timeline/selection.h"
#include "ui/timeline/trace_marks.h"
#include "ui/timeline/view_history.h"
#include "ui/timeline/viewport.h"
#include "ui/window/picture_export.h"
#include "ui/window/recent_paths.h"
#include "ui/window/replay_player.h"
#include "ui/window/run_controller.h"
#include "ui/window/stall_search.h"
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

class ChangeKeysDialog;
class ElidedLabel;
class KeysDialog;
class MarksDialog;
class MessageBar;
class RunPage;
class RunToolBar;
class ScenarioBar;
class StartPage;

/// The window of the program: what is dropped on it is read, and the run is shown.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// `settings` must outlive the window, which keeps there what it remembers.
    explicit MainWindow(QSettings &settings, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Reads files and folders (raw bytes). A scenario among them is opened, and does not run.
    void openPaths(const std::vector<std::string> &rawPaths);

    [[nodiscard]] RunController &controller() { return controller_; }
    [[nodiscard]] MessageBar &messages() { return *messages_; }

protected:
    void closeEvent(QCloseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void setSmallestSize();
    void buildPages();
    void buildStatusBar();
    void buildRunMenus();
    void connectController();
    void connectActions();
    void connectViewActions();
    void connectHandTools();
    void connectStartPage();
    void applyTheme();
    void followPalette();

    void chooseFiles();
    void chooseFolder();
    void pastePaths();
    void openScenario(std::shared_ptr<const Scenario> scenario, const std::map<std::string, std::string> &values);
    void runBuiltIn(const Scenario &scenario);
    void runOpened();
    void editSettings();
    void changeSettings(const RunSettings &settings);
    [[nodiscard]] PictureScope pictureScope() const;
    void exportPicture();
    void copyPicture();
    void showKeys();
    void changeKeys();
    void useKeys(const KeyMap &keys);
    void trigger(Command command);
    void showMarks();
    void editMark(MarkId mark);
    void showAboutRun();
    void showAbout();

    void showTrace();
    /// What the panels show: the run, or a replay of it.
    [[nodiscard]] std::shared_ptr<const Trace> shownTrace() const;
    void toggleReplay(bool replays);
    void showReplay();
    [[nodiscard]] QString whatIsShown() const;
    void refreshViews();
    void refreshTexts();
    void refreshActions();
    void fillRecentPaths(QMenu &menu);
    void fillRecentRuns(QMenu &menu);

    QSettings &settings_;
    RunController controller_;
    ReplayPlayer replay_;
    RecentPaths recentPaths_;
    Selection selection_;
    Viewport viewport_;
    ViewHistory history_{viewport_};
    TraceMarks marks_;

    ScenarioBar *scenarioBar_ = nullptr;
    QStackedWidget *pages_ = nullptr;
    StartPage *startPage_ = nullptr;
    RunPage *runPage_ = nullptr;
    std::unique_ptr<WindowActions> actions_;
    DynamicMenus menus_;
    RunToolBar *toolBar_ = nullptr;
    MessageBar *messages_ = nullptr;
    ElidedLabel *status_ = nullptr;
    QProgressBar *progress_ = nullptr;
    KeyMap keys_;
    QPointer<KeysDialog> keysDialog_;
    QPointer<ChangeKeysDialog> changeKeysDialog_;
    QPointer<MarksDialog> marksDialog_;
    QTimer textTimer_;
    RunStatus runStatus_;
    StallSearch stallSearch_;
    bool isDark_ = false;
    bool isApplyingTheme_ = false;
    std::shared_ptr<const Scenario> shownScenario_; // of the run that is shown
};

} // namespace loopscope
