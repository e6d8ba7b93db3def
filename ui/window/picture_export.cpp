#include "ui/window/picture_export.h"

#include "ui/export/picture.h"
#include "ui/window/export_dialog.h"
#include "ui/window/picture_writer.h"
#include "ui/window/suggested_name.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QImage>
#include <QTimer>

namespace loopscope {

namespace {

using namespace std::chrono_literals;

constexpr auto watchInterval = 50ms;

bool isDark(ExportDialog::Colours colours, const PictureScope &scope)
{
    return colours == ExportDialog::Colours::AsWindow ? scope.isDark : colours == ExportDialog::Colours::Dark;
}

/// A picture of the whole run that is as wide as the view.
PictureOptions wholeRun(const PictureScope &scope)
{
    PictureOptions options;
    options.size = scope.size;
    options.folded = scope.folded;
    options.order = scope.order;
    options.nameWidth = scope.nameWidth;
    options.density = scope.density;
    options.isDark = scope.isDark;
    options.hasOverview = scope.hasOverview;
    options.selection = scope.selection;
    options.marks = scope.marks;
    options.criticalPath = scope.criticalPath;
    options.overview = scope.overview;
    options.replayInstant = scope.replayInstant;
    return options;
}

PictureOptions visiblePart(const PictureScope &scope)
{
    PictureOptions options = wholeRun(scope);
    options.range = scope.range;
    options.lanes = PictureOptions::Lanes::InView;
    options.rows = scope.rows;
    return options;
}

/// Carries out what an export dialog asks for, and tells the dialog what comes of it.
class Exporter : public QObject {
public:
    Exporter(ExportDialog &dialog, const Trace &trace, const PictureScope &scope)
        : dialog_(dialog)
        , trace_(trace)
        , scope_(scope)
    {
        connect(&dialog, &ExportDialog::chosen, this, &Exporter::start);
        connect(&dialog, &ExportDialog::cancelled, &writer_, &PictureWriter::cancel);
        connect(&writer_, &PictureWriter::finished, this, &Exporter::finish);
        connect(&watch_, &QTimer::timeout, this, [this] { dialog_.showWriting(writer_.share()); });
    }

    [[nodiscard]] const QString &note() const { return note_; }

private:
    void start()
    {
        PictureOptions options = dialog_.extent() == ExportDialog::Extent::Visible ? visiblePart(scope_) : wholeRun(scope_);
        options.format = pictureFormatOf(dialog_.path()).value_or(PictureOptions::Format::Svg);
        options.scale = dialog_.scale();
        options.isDark = isDark(dialog_.colours(), scope_);
        options.title = dialog_.pictureTitle();
        options.hasOverview = dialog_.hasOverview();
        if (!dialog_.hasRange())
            options.selection.range.reset();
        if (!dialog_.hasArrows())
            options.selection.span.reset();
        if (!dialog_.hasMarks())
            options.marks.clear();
        Picture picture(trace_, options);
        note_ = picture.note();
        writer_.start(std::move(picture), dialog_.path());
        dialog_.showWriting(0);
        watch_.start(watchInterval);
    }

    void finish(const QString &error, bool isCancelled)
    {
        watch_.stop();
        if (error.isEmpty())
            dialog_.finish();
        else
            dialog_.showFailure(isCancelled ? QString() : error);
    }

    ExportDialog &dialog_;
    const Trace &trace_;
    const PictureScope &scope_;
    PictureWriter writer_;
    QTimer watch_;
    QString note_;
};

} // namespace

QString askAndExportPicture(const Trace &trace, const PictureScope &scope, QWidget *parent)
{
    const QString title = QString::fromStdString(trace.info().title);
    ExportDialog dialog(suggestedName(title), title, parent);
    dialog.offer({scope.hasOverview, scope.selection.range.has_value(), scope.selection.span.has_value(), !scope.marks.empty()});
    const Exporter exporter(dialog, trace, scope);
    if (dialog.exec() != QDialog::Accepted)
        return {};
    return (QCoreApplication::translate("PictureExport", "Exported to %1.").arg(dialog.path()) + QLatin1Char(' ') + exporter.note())
        .trimmed();
}

tl::expected<void, QString> copyPicture(const Trace &trace, const PictureScope &scope)
{
    PictureOptions options = visiblePart(scope);
    options.format = PictureOptions::Format::Png;
    options.scale = 2;
    PictureProgress unwatched;
    const QImage image = Picture(trace, options).image(unwatched);
    if (image.isNull())
        return tl::unexpected(QCoreApplication::translate("PictureExport", "The picture could not be drawn: there is not enough memory."));
    QGuiApplication::clipboard()->setImage(image);
    return {};
}

} // namespace loopscope
