#include "core/runtime/session.h"
#include "core/workload/scenario.h"
#include "ui/export/picture.h"
#include "app/command_line.h" // bad: layer
#include "core/formats/run_report.h"
#include "core/record/recorder.h" // bad: layer
