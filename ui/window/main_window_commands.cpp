// What MainWindow does when a person asks for something.

#include "core/workload/byte_text.h"
#include "ui/panels/search_bar.h"
#include "ui/timeline/timeline_view.h"
#include "ui/window/about_text.h"
#include "ui/window/change_keys_dialog.h"
#include "ui/window/foreign_paths.h"
#include "ui/window/keys_dialog.h"
#include "ui/window/lane_actions.h"
#include "ui/window/main_window.h"
#include "ui/window/marks_dialog.h"
#include "ui/window/message_bar.h"
#include "ui/window/run_page.h"
#include "ui/window/run_tool_bar.h"
#include "ui/window/scenario_bar.h"
#include "ui/window/settings_dialog.h"
#include "ui/window/window_memory.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QFileDialog>

namespace loopscope {

namespace {

void present(QDialog &dialog)
{
    dialog.show();
    dialog.raise();
    dialog.activateWindow();
}

} // namespace

void MainWindow::openPaths(const std::vector<std::string> &rawPaths)
{
    if (rawPaths.empty())
        return;
    // What is remembered must not depend on where the program was started.
    std::vector<std::string> paths = rawPaths;
    const std::string folder = QFile::encodeName(QDir::currentPath()).toStdString();
    for (std::string &path : paths) {
        if (!path.starts_with('/'))
            path.insert(0, folder + '/');
    }
    recentPaths_.add(paths);
    controller_.open(std::move(paths));
}

void MainWindow::chooseFiles()
{
    std::vector<std::string> paths;
    const QStringList chosen = QFileDialog::getOpenFileNames(this, tr("Open files"));
    for (const QString &path : chosen)
        paths.push_back(pathToBytes(path));
    openPaths(paths);
}

void MainWindow::chooseFolder()
{
    const QString chosen = QFileDialog::getExistingDirectory(this, tr("Open folder"));
    if (!chosen.isEmpty())
        openPaths({pathToBytes(chosen)});
}

void MainWindow::pastePaths()
{
    const ForeignPaths pasted = pastedPaths(*QApplication::clipboard()->mimeData());
    openPaths(pasted.paths);
    if (!pasted.refusals.empty())
        messages_->warn(describeRefusals(pasted.refusals));
    else if (pasted.paths.empty())
        messages_->inform(tr("The clipboard holds no files and no absolute paths."));
}

void MainWindow::openScenario(std::shared_ptr<const Scenario> scenario, const std::map<std::string, std::string> &values)
{
    scenarioBar_->open(std::move(scenario), values);
}

void MainWindow::runBuiltIn(const Scenario &scenario)
{
    // It lives as long as the program, so nothing has to be deleted.
    openScenario({std::shared_ptr<const Scenario>(), &scenario}, {});
    runOpened();
}

void MainWindow::runOpened()
{
    if (scenarioBar_->scenario())
        controller_.runScenario(scenarioBar_->scenario(), scenarioBar_->values());
    else
        controller_.runAgain();
}

void MainWindow::editSettings()
{
    SettingsDialog dialog(controller_.settings(), this);
    if (dialog.exec() == QDialog::Accepted)
        changeSettings(dialog.settings());
}

void MainWindow::changeSettings(const RunSettings &settings)
{
    controller_.setSettings(settings);
    toolBar_->setWorkers(settings.workers);
    saveRunSettings(settings_, settings);
}

PictureScope MainWindow::pictureScope() const
{
    const TimelineView &timeline = runPage_->timeline();
    return {.range = viewport_.range(),
            .rows = timeline.rowsInView(),
            .size = timeline.pictureSize(),
            .folded = timeline.foldedGroups(),
            .order = timeline.arrangement().order(),
            .nameWidth = timeline.chosenNameWidth(),
            .density = timeline.density(),
            .isDark = Theme::of(palette()).isDark,
            .hasOverview = runPage_->showsOverview(),
            .selection = {selection_.lane(), selection_.span(), selection_.range()},
            .marks = marks_.all()};
}

void MainWindow::exportPicture()
{
    const auto trace = shownTrace();
    if (!trace)
        return;
    const QString exported = askAndExportPicture(*trace, pictureScope(), this);
    activateWindow(); // without a window manager nobody gives the keyboard back
    if (!exported.isEmpty())
        messages_->inform(exported);
}

void MainWindow::copyPicture()
{
    const auto trace = shownTrace();
    if (!trace)
        return;
    const auto outcome = loopscope::copyPicture(*trace, pictureScope());
    if (outcome)
        messages_->inform(tr("The picture is in the clipboard."));
    else
        messages_->warn(outcome.error());
}

void MainWindow::showKeys()
{
    if (!keysDialog_) {
        keysDialog_ = new KeysDialog(keys_, this);
        connect(keysDialog_, &KeysDialog::changeWanted, this, &MainWindow::changeKeys);
    }
    present(*keysDialog_);
}

void MainWindow::changeKeys()
{
    if (!changeKeysDialog_) {
        changeKeysDialog_ = new ChangeKeysDialog(keys_, this);
        connect(changeKeysDialog_, &ChangeKeysDialog::changed, this, [this] {
            useKeys(changeKeysDialog_->keys());
            saveKeys(settings_, keys_);
        });
    }
    present(*changeKeysDialog_);
}

void MainWindow::useKeys(const KeyMap &keys)
{
    keys_ = keys;
    applyKeys(actions_->byCommand, keys);
    applyKeys(runPage_->laneActions().byCommand(), keys);
    runPage_->timeline().setKeys(keys);
    if (keysDialog_)
        keysDialog_->setKeys(keys);
}

void MainWindow::connectHandTools()
{
    TimelineView &timeline = runPage_->timeline();
    connect(actions_->goBack, &QAction::triggered, &history_, &ViewHistory::goBack);
    connect(actions_->goForward, &QAction::triggered, &history_, &ViewHistory::goForward);
    history_.watchButtonsOn(timeline);
    connect(&history_, &ViewHistory::changed, this, &MainWindow::refreshActions);
    connect(actions_->search, &QAction::triggered, &runPage_->search(), &SearchBar::open);
    timeline.showMarks(marks_);
    connect(actions_->addMark, &QAction::triggered, this, [this] {
        const TimeRange run = viewport_.extent();
        marks_.add(std::clamp(runPage_->timeline().instantAtHand(), run.begin, run.end));
    });
    connect(&timeline, &TimelineView::commandWanted, this, &MainWindow::trigger);
    connect(actions_->showMarks, &QAction::triggered, this, &MainWindow::showMarks);
    connect(&timeline, &TimelineView::markActivated, this, &MainWindow::editMark);
}

void MainWindow::trigger(Command command)
{
    for (const CommandActions &actions : {actions_->byCommand, runPage_->laneActions().byCommand()}) {
        for (const auto &[each, action] : actions) {
            if (each == command)
                action->trigger();
        }
    }
}

void MainWindow::showMarks()
{
    if (!marksDialog_)
        marksDialog_ = new MarksDialog(marks_, viewport_, this);
    present(*marksDialog_);
}

void MainWindow::editMark(MarkId mark)
{
    showMarks();
    marksDialog_->editName(mark);
}

void MainWindow::showAboutRun()
{
    if (const auto trace = shownTrace())
        showText(this, tr("About this run"), aboutRunText(*trace));
}

void MainWindow::showAbout()
{
    showText(this, tr("About Loopscope"), aboutProgramText());
}

} // namespace loopscope
