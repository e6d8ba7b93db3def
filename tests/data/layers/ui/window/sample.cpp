#include "core/runtime/session.h"
#include "core/workload/scenario.h"
#include "ui/export/picture.h"
#include "app/command_line.h" // bad: layer
