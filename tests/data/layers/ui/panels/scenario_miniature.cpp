#include "core/workload/scenario.h"
#include "core/workload/scenario_plan.h" // bad: layer
