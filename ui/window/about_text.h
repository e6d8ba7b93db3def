#pragma once

#include "core/trace/trace.h"

#include <QString>

class QWidget;

namespace loopscope {

/// What is known of a run as a whole: when, with what, what was skipped, what went wrong with recording it. Plain text, a fact a line.
[[nodiscard]] QString aboutRunText(const Trace &trace);

[[nodiscard]] QString aboutProgramText();

/// Shows plain text in a window that does not block `parent`; in the one of that title, if it is open.
void showText(QWidget *parent, const QString &title, const QString &text);

} // namespace loopscope
