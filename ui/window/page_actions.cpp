#include "ui/window/page_actions.h"

#include "ui/panels/search_bar.h"
#include "ui/panels/task_table.h"
#include "ui/timeline/timeline_view.h"
#include "ui/window/document_tabs.h"
#include "ui/window/lane_actions.h"
#include "ui/window/run_page.h"
#include "ui/window/trace_page.h"
#include "ui/window/window_actions.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QSettings>

namespace loopscope {

namespace {

constexpr auto densityKey = "view/density";

} // namespace

PageActions::PageActions(WindowActions &actions, DocumentTabs &tabs, QSettings &settings, QObject *parent)
    : QObject(parent)
    , actions_(actions)
    , tabs_(tabs)
    , settings_(settings)
{
    connectActions();
    connectDensities();
}

void PageActions::onPage(QAction *action, const std::function<void(TracePage &)> &what)
{
    connect(action, &QAction::triggered, this, [this, what] {
        if (TracePage *page = tabs_.current())
            what(*page);
    });
}

void PageActions::connectActions()
{
    onPage(actions_.follow, [this](TracePage &page) { // it is checked by now as it shall be
        actions_.follow->isChecked() ? page.viewport().followLive() : page.viewport().freeze();
    });
    const auto zoom = [](TracePage &page, double factor) {
        const TimeRange range = page.viewport().range();
        page.viewport().zoomAt(range.begin + range.length() / 2, factor);
    };
    onPage(actions_.zoomIn, [zoom](TracePage &page) { zoom(page, 1.5); });
    onPage(actions_.zoomOut, [zoom](TracePage &page) { zoom(page, 1 / 1.5); });
    onPage(actions_.fitAll, [](TracePage &page) { page.viewport().fitAll(); });
    onPage(actions_.replay, [this](TracePage &page) { page.setReplaying(actions_.replay->isChecked()); });
    onPage(actions_.goBack, [](TracePage &page) { page.history().goBack(); });
    onPage(actions_.goForward, [](TracePage &page) { page.history().goForward(); });
    onPage(actions_.search, [](TracePage &page) { page.runPage().search().open(); });
    onPage(actions_.addMark, [](TracePage &page) { page.addMark(); });
    onPage(actions_.showMarks, [](TracePage &page) { page.showMarks(); });
    onPage(actions_.showCriticalPath,
           [this](TracePage &page) { page.timeline().setShowsCriticalPath(actions_.showCriticalPath->isChecked()); });
    onPage(actions_.showOverview, [this](TracePage &page) { page.runPage().setShowsOverview(actions_.showOverview->isChecked()); });
    onPage(actions_.showDetails, [this](TracePage &page) { page.runPage().setShowsDetails(actions_.showDetails->isChecked()); });
    onPage(actions_.showTasks, [this](TracePage &page) { page.runPage().setShowsTasks(actions_.showTasks->isChecked()); });
    onPage(actions_.filterTasks, [](TracePage &page) {
        page.runPage().setShowsTasks(true);
        page.runPage().tasks().focusFilter();
    });
    connect(actions_.nextTab, &QAction::triggered, this, [this] { tabs_.step(1); });
    connect(actions_.previousTab, &QAction::triggered, this, [this] { tabs_.step(-1); });
}

void PageActions::connectDensities()
{
    connect(actions_.densities, &QActionGroup::triggered, this, [this](const QAction *action) {
        settings_.setValue(QLatin1String(densityKey), action->data().toInt());
        for (TracePage *page : tabs_.pages())
            page->timeline().setDensity(static_cast<Density>(action->data().toInt()));
    });
    const QList<QAction *> densities = actions_.densities->actions();
    const int remembered = settings_.value(QLatin1String(densityKey), static_cast<int>(Density::Comfortable)).toInt();
    densities.front()->setChecked(true);
    for (QAction *action : densities) {
        if (action->data().toInt() == remembered)
            action->setChecked(true);
    }
}

TracePage *PageActions::makePage()
{
    if (const TracePage *before = tabs_.current())
        save(*before);
    auto *page = new TracePage;
    page->runPage().restore(settings_);
    page->timeline().setDensity(static_cast<Density>(actions_.densities->checkedAction()->data().toInt()));
    page->timeline().setKeys(keys_);
    actions_.addTo(page->timeline());
    applyKeys(page->runPage().laneActions().byCommand(), keys_);
    connect(&page->timeline(), &TimelineView::commandWanted, this, &PageActions::trigger);
    return page;
}

void PageActions::save(const TracePage &page)
{
    page.runPage().save(settings_);
}

void PageActions::useKeys(const KeyMap &keys)
{
    keys_ = keys;
    applyKeys(actions_.byCommand, keys);
    for (TracePage *page : tabs_.pages()) {
        applyKeys(page->runPage().laneActions().byCommand(), keys);
        page->timeline().setKeys(keys);
    }
}

void PageActions::trigger(Command command)
{
    TracePage *page = tabs_.current();
    for (const CommandActions &actions : {actions_.byCommand, page->runPage().laneActions().byCommand()}) {
        for (const auto &[each, action] : actions) {
            if (each == command)
                action->trigger();
        }
    }
}

void PageActions::refresh(bool isRunning)
{
    TracePage *page = tabs_.current();
    for (QAction *action : {actions_.exportPicture, actions_.copyPicture, actions_.aboutRun, actions_.zoomIn, actions_.zoomOut,
                            actions_.fitAll, actions_.showOverview, actions_.showDetails, actions_.showTasks, actions_.filterTasks,
                            actions_.search, actions_.addMark, actions_.showMarks})
        action->setEnabled(page);
    const bool isImport = page && !page->document()->trace()->hasLoop();
    actions_.replay->setEnabled(page && !isRunning && !isImport);
    actions_.replay->setToolTip(isImport ? tr("A trace of another program cannot be replayed: it does not say what was known when")
                                         : QString());
    actions_.replay->setChecked(page && page->isReplaying());
    actions_.whatIf->setEnabled(page && !isImport && page->document()->trace()->info().finished);
    actions_.showCriticalPath->setEnabled(page && !isRunning && !isImport);
    actions_.showCriticalPath->setChecked(page && page->timeline().showsCriticalPath());
    actions_.goBack->setEnabled(page && page->history().canGoBack());
    actions_.goForward->setEnabled(page && page->history().canGoForward());
    actions_.follow->setEnabled(isRunning);
    actions_.follow->setChecked(!page || page->viewport().follow() == Follow::Live);
    actions_.showOverview->setChecked(!page || page->runPage().showsOverview());
    actions_.showDetails->setChecked(!page || page->runPage().showsDetails());
    actions_.showTasks->setChecked(!page || page->runPage().showsTasks());
    for (QAction *action : {actions_.nextTab, actions_.previousTab})
        action->setEnabled(tabs_.pages().size() > 1);
}

void PageActions::fillLaneMenu(QMenu &menu) const
{
    menu.clear();
    qDeleteAll(menu.findChildren<QMenu *>(QString(), Qt::FindDirectChildrenOnly)); // which clear() leaves
    if (TracePage *page = tabs_.current())
        page->runPage().laneActions().fill(menu);
    else
        menu.addAction(tr("There are no lanes yet"))->setEnabled(false);
}

} // namespace loopscope
