#pragma once

#include "tests/support/scratch_folder.h"
#include "ui/window/main_window.h"

#include <QMessageBox>
#include <QSettings>
#include <QTemporaryDir>

#include <memory>
#include <string>

namespace loopscope::test {

inline constexpr int watchdogMs = 30'000;

/// As Qt has it.
[[nodiscard]] inline QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

/// A main window under test, with settings and files of its own, and what a person does with documents in it.
class DocumentWindow {
public:
    /// Opens the window; to be called again after a test has changed the settings or the journals.
    void openWindow();
    void deleteWindow();

    void readOneFile(const char *name);
    /// Starts a run that goes on for an hour.
    void startAnHour();
    /// A file that takes a while to open, and shows a part of it meanwhile.
    [[nodiscard]] std::string writeBigTrace(const char *name);
    /// Begins to write what is shown to a path, and has not done with it yet.
    void beginToSave(const std::string &path);
    [[nodiscard]] TracePage *currentPage() const;
    [[nodiscard]] QString title() const { return window_->windowTitle(); }
    /// The question that is open; null if none is.
    [[nodiscard]] QMessageBox *question() const;
    void answer(QMessageBox::StandardButton button);
    /// Chooses a file in the dialog that asks where to write.
    void choosePath(const std::string &path);
    void trigger(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::ControlModifier);
    [[nodiscard]] QString told() const;

protected:
    std::unique_ptr<ScratchFolder> scratch_;
    std::unique_ptr<QTemporaryDir> folder_; ///< of settings and journals
    std::unique_ptr<QSettings> settings_;
    std::unique_ptr<MainWindow> window_;
};

} // namespace loopscope::test
