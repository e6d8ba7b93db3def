#include "app/window_command.h"

#include "app/display_check.h"
#include "app/exit_code.h"
#include "app/failure.h"
#include "app/signal_watcher.h"
#include "app/spare_descriptors.h"
#include "core/workload/helper_process.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QSettings>
#include <QStandardPaths>

#include <optional>

namespace loopscope {

int runWindow(int argc, char **argv, const WindowContent &content)
{
    SignalWatcher signals;
    if (!hasDescriptorsToComeUp()) {
        complain(tooFewDescriptors);
        return exitFailure;
    }
    std::optional<DisplayCheck> display(std::in_place, argc, argv);
    if (display->objection()) {
        complain(*display->objection());
        return exitFailure;
    }
    const QApplication application(argc, argv);
    display.reset();
    QCoreApplication::setApplicationName(QStringLiteral("loopscope"));
    QCoreApplication::setOrganizationName(QStringLiteral("loopscope"));
    QCoreApplication::setApplicationVersion(QStringLiteral(LOOPSCOPE_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("loopscope"));

    setHelperProgram(ownProgram);
    QSettings settings;
    MainWindow window(settings, QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
    signals.watch(&window, [&window] {
        window.closeUnasked();
        QCoreApplication::quit(); // a dialog may be open, which would keep the window
    });
    window.show();
    if (content.trace)
        window.openTraceFile(*content.trace);
    else
        window.openPaths(content.paths);
    return QApplication::exec();
}

} // namespace loopscope
