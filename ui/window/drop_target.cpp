#include "ui/window/drop_target.h"

#include "ui/theme/scaled_font.h"
#include "ui/theme/theme.h"
#include "ui/window/foreign_paths.h"

#include <QApplication>
#include <QDropEvent>
#include <QMimeData>
#include <QPainter>

namespace loopscope {

namespace {

constexpr int frameMargin = 16;
constexpr int frameRadius = 12;

} // namespace

DropTarget::DropTarget(QWidget *window)
    : QWidget(window)
{
    window->setAcceptDrops(true);
    setAcceptDrops(true);
    hide();
    // Text fields take drops for themselves, as text: files are for the window, wherever they fall.
    qApp->installEventFilter(this);
}

DropTarget::~DropTarget() = default;

bool DropTarget::eventFilter(QObject *watched, QEvent *event)
{
    const QEvent::Type type = event->type();
    if (type != QEvent::DragEnter && type != QEvent::DragMove && type != QEvent::DragLeave && type != QEvent::Drop)
        return false;
    auto *widget = qobject_cast<QWidget *>(watched);
    if (!widget || widget->window() != window())
        return false;
    if (type == QEvent::DragLeave) {
        hide(); // where the mouse only moves on to this widget, an enter follows at once
        return false;
    }
    auto &dragging = static_cast<QDropEvent &>(*event);
    if (!offersFiles(*dragging.mimeData()))
        return false;
    if (type == QEvent::Drop)
        drop(dragging);
    else
        enter(dragging);
    return true;
}

void DropTarget::enter(QDropEvent &event)
{
    // A copy is what happens, whatever the other program would like: nothing is moved or deleted.
    event.setDropAction(Qt::CopyAction);
    event.accept();
    if (isVisible())
        return;
    const ForeignPaths offered = droppedPaths(*event.mimeData());
    text_ = offered.paths.empty() ? tr("Only files and folders on this machine can be read") : describeReading(offered.paths);
    if (!offered.paths.empty() && joins_ && joins_())
        text_ += QLatin1Char('\n') + tr("They join the run that goes on");
    setGeometry(window()->rect());
    show();
    raise();
}

void DropTarget::drop(QDropEvent &event)
{
    event.setDropAction(Qt::CopyAction);
    event.accept();
    hide();
    const ForeignPaths offered = droppedPaths(*event.mimeData());
    if (!offered.paths.empty())
        Q_EMIT dropped(offered.paths);
    if (!offered.refusals.empty())
        Q_EMIT refused(describeRefusals(offered.refusals));
}

void DropTarget::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = theme.window;
    veil.setAlphaF(0.94F);
    painter.fillRect(rect(), veil);

    painter.setPen(QPen(theme.accent, 2));
    painter.drawRoundedRect(QRectF(rect()).adjusted(frameMargin, frameMargin, -frameMargin, -frameMargin), frameRadius, frameRadius);

    painter.setFont(scaledFont(font(), 1.8));
    painter.setPen(theme.text);
    painter.drawText(rect().adjusted(3 * frameMargin, 0, -3 * frameMargin, 0), Qt::AlignCenter | Qt::TextWordWrap, text_);
}

} // namespace loopscope
