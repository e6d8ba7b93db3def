#pragma once

#include "ui/commands/key_map.h"

#include <QObject>

#include <functional>

class QAction;
class QMenu;
class QSettings;

namespace loopscope {

class DocumentTabs;
class TracePage;
struct WindowActions;

/// What can be done in the page that is shown: the view's actions, with their keys, and the page's own.
class PageActions : public QObject {
    Q_OBJECT

public:
    /// All must outlive it. `settings` keep what pages share: the density of lanes, the panels, the order of lanes.
    PageActions(WindowActions &actions, DocumentTabs &tabs, QSettings &settings, QObject *parent);

    /// A page as the one before it, or as the last one of the last time; not shown yet.
    [[nodiscard]] TracePage *makePage();
    /// Keeps what pages share.
    void save(const TracePage &page);
    void useKeys(const KeyMap &keys);
    /// Whether actions can be used, and which are checked. `isRunning` tells whether the shown run goes on.
    void refresh(bool isRunning);
    /// What can be done with lanes.
    void fillLaneMenu(QMenu &menu) const;

private:
    void connectActions();
    void onPage(QAction *action, const std::function<void(TracePage &)> &what);
    void connectDensities();
    void trigger(Command command);

    WindowActions &actions_;
    DocumentTabs &tabs_;
    QSettings &settings_;
    KeyMap keys_;
};

} // namespace loopscope
