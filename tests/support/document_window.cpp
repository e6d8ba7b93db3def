#include "tests/support/document_window.h"

#include "ui/window/document_tabs.h"
#include "ui/window/message_bar.h"
#include "ui/window/scenario_bar.h"
#include "ui/window/trace_page.h"

#include <QFileDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

namespace loopscope::test {

void DocumentWindow::openWindow()
{
    if (!scratch_)
        scratch_ = std::make_unique<ScratchFolder>();
    if (!folder_)
        folder_ = std::make_unique<QTemporaryDir>();
    window_.reset();
    settings_ = std::make_unique<QSettings>(folder_->filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    window_ = std::make_unique<MainWindow>(*settings_, folder_->path());
    window_->show();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
}

void DocumentWindow::deleteWindow()
{
    window_.reset();
    settings_.reset();
    folder_.reset();
    scratch_.reset();
}

TracePage *DocumentWindow::currentPage() const
{
    return window_->findChild<DocumentTabs *>()->current();
}

QString DocumentWindow::told() const
{
    return window_->messages().text();
}

void DocumentWindow::readOneFile(const char *name)
{
    window_->openPaths({scratch_->write(name, "1")});
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("Untitled[*] – 1 file read – Loopscope"), watchdogMs);
}

void DocumentWindow::startAnHour()
{
    window_->openPaths({scratch_->write("hour.json", R"({"loopscope_scenario": 1, "name": "hour", "title": "An hour", "workers": 1,
        "tasks": [{"name": "nap", "kind": "timer", "duration_s": 3600}]})")});
    QTRY_VERIFY_WITH_TIMEOUT(window_->findChild<ScenarioBar *>()->isVisible(), watchdogMs);
    trigger(Qt::Key_R);
    QTRY_VERIFY_WITH_TIMEOUT(window_->controller().isRunning(), watchdogMs);
}

void DocumentWindow::beginToSave(const std::string &path)
{
    trigger(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    auto *dialog = window_->findChild<QFileDialog *>();
    QVERIFY(dialog);
    Q_EMIT dialog->fileSelected(text(path));
    dialog->close();
}

std::string DocumentWindow::writeBigTrace(const char *name)
{
    std::string events = R"({"traceEvents": [)";
    for (int i = 0; i < 400'000; ++i)
        events += R"({"ph": "X", "name": "work", "ts": )" + std::to_string(i * 10) + R"(, "dur": 5, "pid": 1, "tid": 1},)";
    events += R"({"ph": "X", "name": "last", "ts": 4000000, "dur": 5, "pid": 1, "tid": 1}]})";
    return scratch_->write(name, events);
}

QMessageBox *DocumentWindow::question() const
{
    for (auto *box : window_->findChildren<QMessageBox *>()) {
        if (box->isVisible())
            return box;
    }
    return nullptr;
}

void DocumentWindow::answer(QMessageBox::StandardButton button)
{
    QTRY_VERIFY_WITH_TIMEOUT(question(), watchdogMs);
    question()->button(button)->click();
}

void DocumentWindow::choosePath(const std::string &path)
{
    QFileDialog *dialog = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((dialog = window_->findChild<QFileDialog *>()) && dialog->isVisible(), watchdogMs);
    dialog->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"))->setText(text(path));
    for (auto *button : dialog->findChildren<QPushButton *>()) {
        if (button->isDefault())
            button->click();
    }
    QTRY_VERIFY_WITH_TIMEOUT(!window_->findChild<QFileDialog *>(), watchdogMs);
}

void DocumentWindow::trigger(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(window_.get(), key, modifiers);
}

} // namespace loopscope::test
