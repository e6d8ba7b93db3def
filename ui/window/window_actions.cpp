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

struct ActionWords {
    Q_DECLARE_TR_FUNCTIONS(loopscope::WindowActions)
};

QAction *make(CommandActions &all, QWidget *window, Command command)
{
    auto *action = new QAction(menuTitle(command), window);
    if (infoOf(command).scope != CommandScope::Timeline)
        window->addAction(action);
    all.emplace_back(command, action);
    return action;
}

QAction *makeCheckable(CommandActions &all, QWidget *window, Command command)
{
    QAction *action = make(all, window, command);
    action->setCheckable(true);
    return action;
}

QActionGroup *makeDensities(QWidget *window)
{
    auto *group = new QActionGroup(window);
    const auto add = [&](const QString &text, Density density) {
        auto *action = new QAction(text, group);
        action->setCheckable(true);
        action->setData(static_cast<int>(density));
        group->addAction(action);
    };
    add(ActionWords::tr("&Comfortable lanes"), Density::Comfortable);
    add(ActionWords::tr("Co&mpact lanes"), Density::Compact);
    add(ActionWords::tr("D&ense lanes"), Density::Dense);
    return group;
}

} // namespace

WindowActions::WindowActions(QWidget *window)
    : openTrace(make(byCommand, window, Command::OpenTrace))
    , openFiles(make(byCommand, window, Command::OpenFiles))
    , openFolder(make(byCommand, window, Command::OpenFolder))
    , paste(make(byCommand, window, Command::Paste))
    , save(make(byCommand, window, Command::Save))
    , saveAs(make(byCommand, window, Command::SaveAs))
    , exportPicture(make(byCommand, window, Command::ExportPicture))
    , copyPicture(make(byCommand, window, Command::CopyPicture))
    , exportChromeJson(make(byCommand, window, Command::ExportChromeJson))
    , exportCsv(make(byCommand, window, Command::ExportCsv))
    , exportReportJson(make(byCommand, window, Command::ExportReportJson))
    , exportReportText(make(byCommand, window, Command::ExportReportText))
    , close(make(byCommand, window, Command::Close))
    , quit(make(byCommand, window, Command::Quit))
    , run(make(byCommand, window, Command::Run))
    , runAgain(make(byCommand, window, Command::RunAgain))
    , stop(make(byCommand, window, Command::Stop))
    , clear(make(byCommand, window, Command::Clear))
    , compare(make(byCommand, window, Command::Compare))
    , whatIf(make(byCommand, window, Command::WhatIf))
    , settings(make(byCommand, window, Command::Settings))
    , follow(makeCheckable(byCommand, window, Command::ToggleFreeze))
    , zoomIn(make(byCommand, window, Command::ZoomIn))
    , zoomOut(make(byCommand, window, Command::ZoomOut))
    , fitAll(make(byCommand, window, Command::FitAll))
    , replay(makeCheckable(byCommand, window, Command::Replay))
    , goBack(make(byCommand, window, Command::GoBack))
    , goForward(make(byCommand, window, Command::GoForward))
    , search(make(byCommand, window, Command::Search))
    , addMark(make(byCommand, window, Command::AddMark))
    , showMarks(make(byCommand, window, Command::ShowMarks))
    , showCriticalPath(makeCheckable(byCommand, window, Command::ShowCriticalPath))
    , densities(makeDensities(window))
    , showOverview(makeCheckable(byCommand, window, Command::ShowOverview))
    , showDetails(makeCheckable(byCommand, window, Command::ShowDetails))
    , showTasks(makeCheckable(byCommand, window, Command::ShowTasks))
    , filterTasks(make(byCommand, window, Command::FilterTasks))
    , nextTab(make(byCommand, window, Command::NextTab))
    , previousTab(make(byCommand, window, Command::PreviousTab))
    , keys(make(byCommand, window, Command::ShowKeys))
    , changeKeys(make(byCommand, window, Command::ChangeKeys))
    , aboutRun(make(byCommand, window, Command::AboutRun))
    , about(new QAction(ActionWords::tr("&About Loopscope"), window))
{
    follow->setText(ActionWords::tr("&Follow the run")); // as what it is while it is checked
    compare->setText(ActionWords::tr("&Compare…"));      // as it stands under "Experiment"
    // As they stand under "Export".
    exportPicture->setText(ActionWords::tr("&Picture…"));
    exportPicture->setToolTip(plainTitle(Command::ExportPicture));
    exportChromeJson->setText(ActionWords::tr("&Chrome JSON…"));
    exportCsv->setText(ActionWords::tr("C&SV…"));
    exportReportJson->setText(ActionWords::tr("Report as &JSON…"));
    exportReportText->setText(ActionWords::tr("Report as &text…"));
}

void WindowActions::addTo(QWidget &timeline) const
{
    for (const auto &[command, action] : byCommand) {
        if (infoOf(command).scope == CommandScope::Timeline)
            timeline.addAction(action);
    }
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
    QMenu *file = bar.addMenu(ActionWords::tr("&File"));
    file->setToolTipsVisible(true); // why something cannot be done
    file->addAction(actions.openTrace);
    menus.recentPaths = file->addMenu(ActionWords::tr("Open rece&nt"));
    file->addSeparator();
    file->addActions({actions.openFiles, actions.openFolder, actions.paste});
    file->addSeparator();
    file->addActions({actions.save, actions.saveAs});
    QMenu *exports = file->addMenu(ActionWords::tr("&Export"));
    exports->setToolTipsVisible(true);
    exports->addActions({actions.exportPicture, actions.exportChromeJson, actions.exportCsv});
    exports->addSeparator();
    exports->addActions({actions.exportReportJson, actions.exportReportText});
    file->addAction(actions.copyPicture);
    file->addSeparator();
    file->addActions({actions.close, actions.quit});

    QMenu *run = bar.addMenu(ActionWords::tr("&Run"));
    run->addActions({actions.run, actions.runAgain, actions.stop, actions.clear});
    run->addSeparator();
    menus.scenarios = run->addMenu(ActionWords::tr("S&cenarios"));
    menus.recentRuns = run->addMenu(ActionWords::tr("R&ecent runs"));
    run->addSeparator();
    run->addAction(actions.settings);

    bar.addMenu(ActionWords::tr("E&xperiment"))->addActions({actions.compare, actions.whatIf});

    QMenu *view = bar.addMenu(ActionWords::tr("&View"));
    view->setToolTipsVisible(true); // why there is no replay of a trace of others
    view->addActions({actions.follow, actions.zoomIn, actions.zoomOut, actions.fitAll, actions.replay});
    view->addActions({actions.goBack, actions.goForward});
    view->addSeparator();
    view->addActions({actions.search, actions.addMark, actions.showMarks, actions.showCriticalPath});
    view->addSeparator();
    menus.lanes = view->addMenu(ActionWords::tr("&Lanes"));
    view->addActions(actions.densities->actions());
    view->addSeparator();
    view->addActions({actions.showOverview, actions.showDetails, actions.showTasks, actions.filterTasks});
    view->addSeparator();
    view->addActions({actions.nextTab, actions.previousTab});

    QMenu *help = bar.addMenu(ActionWords::tr("&Help"));
    help->addActions({actions.keys, actions.changeKeys});
    help->addSeparator();
    help->addAction(actions.aboutRun);
    help->addSeparator();
    help->addAction(actions.about);
    return menus;
}

} // namespace loopscope
