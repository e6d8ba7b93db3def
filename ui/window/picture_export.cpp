#include "ui/window/picture_export.h"

#include "ui/export/picture.h"
#include "ui/window/export_dialog.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QImage>
#include <QRegularExpression>

namespace loopscope {

namespace {

/// A file name out of a run's title, which may hold anything.
QString fileNameFor(const QString &title)
{
    QString name = title.toLower();
    name.replace(QRegularExpression(QStringLiteral("[^\\p{L}\\p{N}]+")), QStringLiteral("-"));
    name = name.left(60);
    while (name.startsWith(QLatin1Char('-')))
        name.remove(0, 1);
    while (name.endsWith(QLatin1Char('-')))
        name.chop(1);
    return name.isEmpty() ? QStringLiteral("loopscope") : name;
}

bool isDark(ExportDialog::Colours colours, const PictureScope &scope)
{
    return colours == ExportDialog::Colours::AsWindow ? scope.isDark : colours == ExportDialog::Colours::Dark;
}

/// A picture of the whole run that is as wide as the view.
PictureOptions wholeRun(const PictureScope &scope)
{
    PictureOptions options;
    options.size = scope.size;
    options.density = scope.density;
    options.isDark = scope.isDark;
    return options;
}

PictureOptions visiblePart(const PictureScope &scope)
{
    PictureOptions options = wholeRun(scope);
    options.range = scope.range;
    options.lanes = PictureOptions::Lanes::ThoseThatFit;
    options.firstLane = scope.firstLane;
    return options;
}

} // namespace

tl::expected<QString, QString> askAndExportPicture(const Trace &trace, const PictureScope &scope, QWidget *parent)
{
    const QString title = QString::fromStdString(trace.info().title);
    ExportDialog dialog(fileNameFor(title), title, parent);
    if (dialog.exec() != QDialog::Accepted)
        return QString();
    PictureOptions options = dialog.extent() == ExportDialog::Extent::Visible ? visiblePart(scope) : wholeRun(scope);
    options.scale = dialog.scale();
    options.isDark = isDark(dialog.colours(), scope);
    options.title = dialog.pictureTitle();
    return writePicture(trace, options, dialog.path()).map([&dialog] { return dialog.path(); });
}

tl::expected<void, QString> copyPicture(const Trace &trace, const PictureScope &scope)
{
    PictureOptions options = visiblePart(scope);
    options.format = PictureOptions::Format::Png;
    options.scale = 2;
    return renderPicture(trace, options).map([](const QByteArray &png) {
        QGuiApplication::clipboard()->setImage(QImage::fromData(png, "PNG"));
    });
}

} // namespace loopscope
