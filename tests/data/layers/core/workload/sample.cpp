#include "core/runtime/session.h"
#include "core/text/utf8.h"
#include "core/analysis/stalls.h" // bad: layer
#include "app/command_line.h" // bad: layer
