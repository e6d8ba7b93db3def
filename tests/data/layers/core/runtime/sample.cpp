#include "core/record/recorder.h"
#include "core/runtime/session.h"
#include "core/trace/trace.h"
#include <QCoroTask>
#include <QThread>
#include "core/workload/scenario.h" // bad: layer
#include "core/novel/unheard_of.h" // bad: unknown
#include "ui/unheard_of.h" // bad: unknown
#include <QPainter> // bad: windows
#include <QtGui/QPainter> // bad: windows
#include <QtWidgets> // bad: windows
#include <qwidget.h> // bad: windows
#include <QtGui/qpainter.h> // bad: windows
#include <QBrush> // bad: windows
#include <QStandardItemModel> // bad: windows
