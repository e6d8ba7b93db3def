#include "core/text/utf8.h"
#include "ui/panels/legend.h"
#include "ui/timeline/frame.h"
#include "ui/export/picture.h" // bad: layer
#include "ui/window/main_window.h" // bad: layer
#include "core/runtime/session.h" // bad: layer
#include "core/workload/scenario.h" // bad: layer
