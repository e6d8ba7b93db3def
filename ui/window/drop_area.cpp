#include "ui/window/drop_area.h"

#include "ui/theme/glyph.h"
#include "ui/theme/scaled_font.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace loopscope {

namespace {

constexpr int dropRadius = 12;
constexpr int glyphSize = 40;
constexpr int topMargin = 24;

QLabel *centredLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
    return label;
}

} // namespace

DropArea::DropArea(QWidget *parent)
    : QWidget(parent)
{
    auto *headline = centredLabel(tr("Drop files or folders here to read them concurrently"), this);
    headline->setFont(scaledFont(headline->font(), 1.5));
    auto *more = centredLabel(tr("Each becomes a task on its own lane. Traces and scenarios can be dropped, too. Nothing is changed, and "
                                 "nothing leaves this machine."),
                              this);
    more->setProperty("muted", true);
    auto *files = new QPushButton(tr("&Choose files…"), this);
    files->setProperty("primary", true);
    auto *folder = new QPushButton(tr("Choose a f&older…"), this);
    auto *traces = new QPushButton(tr("Open a &trace…"), this);
    connect(traces, &QPushButton::clicked, this, &DropArea::tracesWanted);
    connect(files, &QPushButton::clicked, this, &DropArea::filesWanted);
    connect(folder, &QPushButton::clicked, this, &DropArea::folderWanted);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(files);
    buttons->addWidget(folder);
    buttons->addWidget(traces);
    buttons->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, topMargin + glyphSize + 16, 24, 24);
    column->setSpacing(8);
    column->addWidget(headline);
    column->addWidget(more);
    column->addSpacing(8);
    column->addLayout(buttons);
}

void DropArea::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPen dashes(theme.mutedText, 1, Qt::CustomDashLine);
    dashes.setDashPattern({6, 5});
    painter.setPen(dashes);
    painter.setBrush(theme.canvas);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), dropRadius, dropRadius);
    const QRect glyph((width() - glyphSize) / 2, topMargin, glyphSize, glyphSize);
    glyphIcon(Glyph::Drop, theme.accent).paint(&painter, glyph);
}

} // namespace loopscope
