#include "core/trace/state.h"
#include "ui/theme/theme.h"
#include <QPainter>
#include "ui/timeline/frame.h" // bad: layer
#include "core/runtime/session.h" // bad: layer
