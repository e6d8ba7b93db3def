#include "core/analysis/stalls.h"
#include "ui/theme/theme.h"
#include "ui/timeline/frame.h"
#include "ui/panels/legend.h" // bad: layer
#include "core/workload/scenario.h" // bad: layer
