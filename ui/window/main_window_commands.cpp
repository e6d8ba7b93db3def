// What MainWindow does when a person asks for something.

#include "core/workload/byte_text.h"
#include "ui/timeline/timeline_view.h"
#include "ui/window/about_text.h"
#include "ui/window/foreign_paths.h"
#include "ui/window/keys_dialog.h"
#include "ui/window/main_window.h"
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
            .isDark = Theme::of(palette()).isDark};
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
    if (!keysDialog_)
        keysDialog_ = new KeysDialog(this);
    keysDialog_->show();
    keysDialog_->raise();
    keysDialog_->activateWindow();
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
