// Samples for layers.py --self-test; never compiled. Each include that is to be found says of which kind it is.
#include "core/text/other.h"
#include <algorithm>
#include <queue>
#include <sys/stat.h>
#include <tl/expected.hpp>
#include "core/trace/trace.h" // bad: layer
#include "ui/theme/theme.h" // bad: layer
#include <ui/theme/theme.h> // bad: layer
#include "../trace/trace.h" // bad: path
#include "core/text/../trace/trace.h" // bad: path
#include <core/../ui/theme/theme.h> // bad: path
#include "./other.h" // bad: path
#include "other.h" // bad: path
#include "core" // bad: path
#include "/usr/include/stdio.h" // bad: path
#include "QString" // bad: path
#include "tests/support/sample_trace.h" // bad: path
#include <tests/support/sample_trace.h> // bad: unknown
#include HEADER_BY_MACRO // bad: path
#include <QString> // bad: qt
#include <qstring.h> // bad: qt
#include <QtCore/QString> // bad: qt
#include <QtCore/qstring.h> // bad: qt
#include <QtGlobal> // bad: qt
#include <QCoro/QCoroTask> // bad: qt
#include <qcoro/qcorotask.h> // bad: qt
  #  include   <qobject.h>// bad: qt
#/* a comment */include /* another */ "other.h" // bad: path
%:include <QString> // bad: qt
#include /* the line goes on // bad: qt \
*/ <QString>
// #include "other.h"
#include_next <QString> // bad: qt
