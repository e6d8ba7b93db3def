#include "app/command_line.h"
#include "core/formats/run_report.h"
#include "ui/window/main_window.h"
#include <QApplication>
#include "command_line.h" // bad: path
