// What MainWindow does when a person asks for something.

#include "core/workload/helper_process.h"
#include "ui/window/about_text.h"
#include "ui/window/change_keys_dialog.h"
#include "ui/window/compare_window.h"
#include "ui/window/document_tabs.h"
#include "ui/window/keys_dialog.h"
#include "ui/window/main_window.h"
#include "ui/window/message_bar.h"
#include "ui/window/opening_commands.h"
#include "ui/window/page_actions.h"
#include "ui/window/run_tool_bar.h"
#include "ui/window/scenario_bar.h"
#include "ui/window/settings_dialog.h"
#include "ui/window/trace_page.h"
#include "ui/window/what_if_window.h"
#include "ui/window/window_memory.h"
#include "ui/window/work_chooser.h"

namespace loopscope {

namespace {

void present(QWidget &window)
{
    window.show();
    window.raise();
    window.activateWindow();
}

void present(QDialog &dialog)
{
    // Without a window manager nobody else gives the keyboard back.
    QObject::connect(&dialog, &QDialog::finished, dialog.parentWidget(), &QWidget::activateWindow, Qt::UniqueConnection);
    present(static_cast<QWidget &>(dialog));
}

} // namespace

void MainWindow::openPaths(const std::vector<std::string> &rawPaths)
{
    if (!rawPaths.empty())
        opening_->openPaths(rawPaths, PathIntent::Open);
}

void MainWindow::openTraceFile(const std::string &rawPath)
{
    opening_->openTrace(rawPath);
}

void MainWindow::openScenario(std::shared_ptr<const Scenario> scenario, const std::map<std::string, std::string> &values)
{
    scenarioBar_->open(std::move(scenario), values);
}

void MainWindow::runBuiltIn(const Scenario &scenario)
{
    // It lives as long as the program, so nothing has to be deleted. It is opened once it runs, for a person may keep the run before.
    controller_.runScenario({std::shared_ptr<const Scenario>(), &scenario}, {});
}

void MainWindow::runOpened()
{
    if (scenarioBar_->scenario())
        controller_.runScenario(scenarioBar_->scenario(), scenarioBar_->values());
    else
        runAgain();
}

void MainWindow::runAgain()
{
    if (const auto document = currentDocument())
        controller_.runAgain(document->request());
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

CompareWindow &MainWindow::compareWindow()
{
    if (!compareWindow_) {
        compareWindow_ = new CompareWindow(ownProgram, this);
        connect(compareWindow_, &CompareWindow::traceWanted, this, &MainWindow::showTrace);
    }
    present(*compareWindow_);
    return *compareWindow_;
}

// It begins with what a person looks at here.
void MainWindow::compare()
{
    const bool isNew = compareWindow_ == nullptr;
    WorkChooser &chooser = compareWindow().chooser();
    const auto scenario = scenarioBar_->scenario();
    const std::string path = scenario ? controller_.pathOf(scenario) : std::string();
    if (scenario && (!path.empty() || findBuiltInScenario(scenario->name) == scenario.get()))
        chooser.chooseScenario(scenario, path, scenarioBar_->values());
    else if (const auto document = currentDocument(); document && isNew)
        chooser.addPaths(document->request().paths);
}

void MainWindow::showTrace(const std::shared_ptr<const Trace> &trace)
{
    showDocument(std::make_shared<TraceDocument>(trace, RunRequest()));
    activateWindow();
}

void MainWindow::askWhatIf()
{
    const auto document = currentDocument();
    if (!document)
        return;
    if (!whatIfWindow_) {
        whatIfWindow_ = new WhatIfWindow(ownProgram, this);
        connect(whatIfWindow_, &WhatIfWindow::traceWanted, this, &MainWindow::showTrace);
    }
    whatIfWindow_->setRun(document->trace(), document->request(), controller_.settings().reader);
    present(*whatIfWindow_);
}

void MainWindow::openComparison(const std::string &path)
{
    compareWindow().openFile(path);
}

void MainWindow::exportPicture()
{
    TracePage *page = tabs_->current();
    if (!page)
        return;
    const auto trace = page->shownTrace(); // which the page may let go of meanwhile
    const QString exported = askAndExportPicture(*trace, page->pictureScope(), this);
    activateWindow(); // without a window manager nobody gives the keyboard back
    if (!exported.isEmpty())
        messages_->inform(exported);
}

void MainWindow::copyPicture()
{
    const TracePage *page = tabs_->current();
    if (!page)
        return;
    const auto outcome = loopscope::copyPicture(*page->shownTrace(), page->pictureScope());
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
    pageActions_->useKeys(keys);
    if (keysDialog_)
        keysDialog_->setKeys(keys);
}

void MainWindow::showAboutRun()
{
    if (const TracePage *page = tabs_->current())
        showText(this, tr("About this run"), aboutRunText(*page->shownTrace()));
}

void MainWindow::showAbout()
{
    showText(this, tr("About Loopscope"), aboutProgramText());
}

} // namespace loopscope
