#include "ui/window/window_actions.h"

#include "ui/theme/glyph.h"
#include "ui/timeline/metrics.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>

namespace loopscope {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("WindowActions", text);
}

QAction *make(QWidget *owner, const QString &text, const QList<QKeySequence> &shortcuts = {})
{
    auto *action = new QAction(text, owner);
    action->setShortcuts(shortcuts);
    owner->addAction(action);
    return action;
}

QAction *makeCheckable(QWidget *owner, const QString &text, const QList<QKeySequence> &shortcuts)
{
    QAction *action = make(owner, text, shortcuts);
    action->setCheckable(true);
    return action;
}

QActionGroup *makeDensities(QWidget *window)
{
    auto *group = new QActionGroup(window);
    const auto add = [&](const QString &text, Density density) {
        QAction *action = makeCheckable(window, text, {});
        action->setData(static_cast<int>(density));
        group->addAction(action);
    };
    add(tr("&Comfortable lanes"), Density::Comfortable);
    add(tr("Co&mpact lanes"), Density::Compact);
    add(tr("D&ense lanes"), Density::Dense);
    return group;
}

} // namespace

WindowActions::WindowActions(QWidget *window, QWidget *timeline)
    : openFiles(make(window, tr("&Open files…"), {QKeySequence::Open}))
    , openFolder(make(window, tr("Open &folder…"), {Qt::CTRL | Qt::SHIFT | Qt::Key_O}))
    , paste(make(window, tr("&Paste files or paths"), {QKeySequence::Paste}))
    , exportPicture(make(window, tr("&Export picture…"), {Qt::CTRL | Qt::Key_E}))
    , copyPicture(make(window, tr("&Copy picture"), {Qt::CTRL | Qt::SHIFT | Qt::Key_C}))
    , close(make(window, tr("C&lose window"), {Qt::CTRL | Qt::Key_W}))
    , quit(make(window, tr("&Quit"), {Qt::CTRL | Qt::Key_Q}))
    , run(make(window, tr("&Run"), {Qt::CTRL | Qt::Key_R, Qt::Key_F5}))
    , runAgain(make(window, tr("Run &again"), {Qt::CTRL | Qt::SHIFT | Qt::Key_R}))
    , stop(make(window, tr("&Stop"), {Qt::CTRL | Qt::Key_Period, Qt::SHIFT | Qt::Key_F5}))
    , clear(make(window, tr("&Clear"), {Qt::CTRL | Qt::Key_L}))
    , settings(make(window, tr("S&ettings…"), {Qt::CTRL | Qt::Key_Comma}))
    , follow(makeCheckable(timeline, tr("&Follow the run"), {Qt::Key_Space}))
    , zoomIn(make(window, tr("Zoom &in"), {Qt::CTRL | Qt::Key_Plus, Qt::CTRL | Qt::Key_Equal}))
    , zoomOut(make(window, tr("Zoom &out"), {Qt::CTRL | Qt::Key_Minus}))
    , fitAll(make(window, tr("Fit the &whole run"), {Qt::CTRL | Qt::Key_0}))
    , replay(makeCheckable(window, tr("Re&play the run"), {Qt::CTRL | Qt::SHIFT | Qt::Key_P}))
    , densities(makeDensities(window))
    , showDetails(makeCheckable(window, tr("&Details"), {Qt::CTRL | Qt::Key_D}))
    , showTasks(makeCheckable(window, tr("&Tasks"), {Qt::CTRL | Qt::Key_T}))
    , filterTasks(make(window, tr("Filter tas&ks"), {QKeySequence::Find, Qt::Key_Slash}))
    , keys(make(window, tr("&Keys and mouse"), {Qt::Key_F1, Qt::Key_Question}))
    , aboutRun(make(window, tr("About this &run"), {Qt::CTRL | Qt::Key_I}))
    , about(make(window, tr("&About Loopscope")))
{
    follow->setShortcutContext(Qt::WidgetWithChildrenShortcut);
}

void WindowActions::applyTheme(const Theme &theme) const
{
    stop->setIcon(glyphIcon(Glyph::Stop, theme.text));
    fitAll->setIcon(glyphIcon(Glyph::Fit, theme.text));
    exportPicture->setIcon(glyphIcon(Glyph::Export, theme.text));
}

DynamicMenus fillMenuBar(QMenuBar &bar, const WindowActions &actions)
{
    DynamicMenus menus;
    QMenu *file = bar.addMenu(tr("&File"));
    file->addActions({actions.openFiles, actions.openFolder, actions.paste});
    menus.recentPaths = file->addMenu(tr("Open &recent"));
    file->addSeparator();
    file->addActions({actions.exportPicture, actions.copyPicture});
    file->addSeparator();
    file->addActions({actions.close, actions.quit});

    QMenu *run = bar.addMenu(tr("&Run"));
    run->addActions({actions.run, actions.runAgain, actions.stop, actions.clear});
    run->addSeparator();
    menus.scenarios = run->addMenu(tr("S&cenarios"));
    menus.recentRuns = run->addMenu(tr("R&ecent runs"));
    run->addSeparator();
    run->addAction(actions.settings);

    QMenu *view = bar.addMenu(tr("&View"));
    view->addActions({actions.follow, actions.zoomIn, actions.zoomOut, actions.fitAll, actions.replay});
    view->addSeparator();
    menus.lanes = view->addMenu(tr("&Lanes"));
    view->addActions(actions.densities->actions());
    view->addSeparator();
    view->addActions({actions.showDetails, actions.showTasks, actions.filterTasks});

    QMenu *help = bar.addMenu(tr("&Help"));
    help->addActions({actions.keys, actions.aboutRun});
    help->addSeparator();
    help->addAction(actions.about);
    return menus;
}

} // namespace loopscope
