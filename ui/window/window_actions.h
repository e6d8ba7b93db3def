#pragma once

#include "ui/theme/theme.h"
#include "ui/window/command_actions.h"

class QAction;
class QActionGroup;
class QMenu;
class QMenuBar;
class QWidget;

namespace loopscope {

/// Everything a person can do in the window, once, for menus, tool bar and keyboard.
///
/// Keys that a timeline understands without a modifier are the timeline's own: as shortcuts of the window they would steal a letter from
/// every text field.
struct WindowActions {
    /// They have no keys before applyKeys() of byCommand.
    explicit WindowActions(QWidget *window);
    /// Lets the plain keys count in a timeline.
    void addTo(QWidget &timeline) const;

    CommandActions byCommand; ///< all that keys can call

    QAction *openTrace;
    QAction *openFiles;
    QAction *openFolder;
    QAction *paste;
    QAction *save;
    QAction *saveAs;
    QAction *exportPicture;
    QAction *copyPicture;
    QAction *exportChromeJson;
    QAction *exportCsv;
    QAction *exportReportJson;
    QAction *exportReportText;
    QAction *close;
    QAction *quit;

    QAction *run;
    QAction *runAgain;
    QAction *stop;
    QAction *clear;
    QAction *compare;
    QAction *whatIf;
    QAction *settings;

    QAction *follow; ///< checked while the view follows the run
    QAction *zoomIn;
    QAction *zoomOut;
    QAction *fitAll;
    QAction *replay; ///< checked while one is shown
    QAction *goBack;
    QAction *goForward;
    QAction *search;
    QAction *addMark;
    QAction *showMarks;
    QAction *showCriticalPath;
    QActionGroup *densities; ///< their data are the densities
    QAction *showOverview;
    QAction *showDetails;
    QAction *showTasks;
    QAction *filterTasks;

    QAction *nextTab;
    QAction *previousTab;

    QAction *keys;
    QAction *changeKeys;
    QAction *aboutRun;
    QAction *about;

    /// Pictograms in the colours of `theme`.
    void applyTheme(const Theme &theme) const;
};

/// The menus that change with what there is; whoever fills them connects to aboutToShow.
struct DynamicMenus {
    QMenu *recentPaths = nullptr; ///< traces and what was read
    QMenu *recentRuns = nullptr;
    QMenu *scenarios = nullptr;
    QMenu *lanes = nullptr;
};

/// Puts the actions into the window's menus.
[[nodiscard]] DynamicMenus fillMenuBar(QMenuBar &bar, const WindowActions &actions);

} // namespace loopscope
