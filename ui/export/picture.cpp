#include "ui/export/picture.h"

#include "ui/export/picture_page.h"
#include "ui/theme/format.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileInfo>
#include <QFontInfo>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>

namespace loopscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(loopscope::Picture)
};

using Rendered = tl::expected<QByteArray, QString>;

// Qt's rasterizer counts in 16 bits: what lies beyond is painted through a view of a part of the image.
constexpr int largestTile = 16'384;
// A PDF's page is at most 200 inches in each direction (ISO 32000-1, annex C).
constexpr int largestPdfPage = 14'400;
constexpr int pdfResolution = 1200;
constexpr int pointsAnInch = 72;

QString notPainted()
{
    return Words::tr("The picture could not be drawn: there is not enough memory. Choose a smaller size or scale.");
}

void paintTile(QImage &image, const QRect &tile, const PicturePage &page)
{
    QImage part(image.scanLine(tile.top()) + tile.left() * 4, tile.width(), tile.height(), image.bytesPerLine(), image.format());
    QPainter painter(&part);
    painter.translate(-tile.topLeft());
    page.paint(painter, Medium::Raster);
}

Rendered renderPng(const PicturePage &page)
{
    QImage image(page.size(), QImage::Format_RGB32);
    if (image.isNull())
        return tl::unexpected(notPainted());
    for (int top = 0; top < image.height(); top += largestTile) {
        for (int left = 0; left < image.width(); left += largestTile)
            paintTile(image, QRect(left, top, largestTile, largestTile).intersected(image.rect()), page);
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!buffer.open(QIODevice::WriteOnly) || !image.save(&buffer, "PNG"))
        return tl::unexpected(notPainted());
    return bytes;
}

// The generator names the family that was asked for, such as "Sans Serif", which elsewhere is none and would become a serif one.
QByteArray withFallbackFamily(QByteArray svg)
{
    const QFont font = QGuiApplication::font();
    const QString written = QStringLiteral("font-family=\"%1\"").arg(font.family().toHtmlEscaped());
    const QString meant = QStringLiteral("font-family=\"%1, sans-serif\"").arg(QFontInfo(font).family().toHtmlEscaped());
    return svg.replace(written.toUtf8(), meant.toUtf8());
}

Rendered renderSvg(const PicturePage &page)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(96); // the generator writes millimetres: at CSS's 96 pixels an inch they are the page's pixels again
    generator.setSize(page.size());
    generator.setViewBox(QRect(QPoint(0, 0), page.size()));
    generator.setTitle(page.title());
    generator.setDescription(page.description());
    QPainter painter;
    if (!painter.begin(&generator))
        return tl::unexpected(notPainted());
    page.paint(painter, Medium::Vector);
    painter.end();
    return withFallbackFamily(bytes);
}

Rendered renderPdf(const PicturePage &page)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!buffer.open(QIODevice::WriteOnly))
        return tl::unexpected(notPainted());
    QPdfWriter writer(&buffer);
    writer.setTitle(page.title());
    writer.setCreator(QCoreApplication::applicationName());
    writer.setResolution(pdfResolution);
    writer.setPageSize(QPageSize(QSizeF(page.size()), QPageSize::Point, {}, QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF());
    QPainter painter;
    if (!painter.begin(&writer))
        return tl::unexpected(notPainted());
    constexpr double dotsAPoint = static_cast<double>(pdfResolution) / pointsAnInch;
    painter.scale(dotsAPoint, dotsAPoint);
    page.paint(painter, Medium::Vector);
    painter.end();
    return bytes;
}

std::optional<PictureOptions::Format> formatOf(const QString &path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix == QLatin1String("png"))
        return PictureOptions::Format::Png;
    if (suffix == QLatin1String("svg"))
        return PictureOptions::Format::Svg;
    if (suffix == QLatin1String("pdf"))
        return PictureOptions::Format::Pdf;
    return std::nullopt;
}

tl::expected<void, QString> checkTarget(const QString &path)
{
    const QFileInfo target(path);
    if (!path.isValidUtf16())
        return tl::unexpected(Words::tr("The picture was not written: its name is no valid UTF-8. Choose another name."));
    if (target.isDir())
        return tl::unexpected(Words::tr("The picture was not written: %1 is a folder. Name a file in it.").arg(path));
    if (target.exists() && !target.isFile())
        return tl::unexpected(Words::tr("The picture was not written: %1 is a device, not a file. Choose another name.").arg(path));
    return {};
}

// A full disk takes a part of a write and says nothing: what it says of the rest is the reason.
bool writeAll(QSaveFile &file, const QByteArray &bytes)
{
    qint64 written = 0;
    while (written < bytes.size()) {
        const qint64 part = file.write(bytes.constData() + written, bytes.size() - written);
        if (part <= 0)
            return false;
        written += part;
    }
    return file.flush() && file.error() == QFileDevice::NoError;
}

tl::expected<void, QString> writeWhole(const QByteArray &bytes, const QString &path)
{
    QSaveFile file(path);
    file.setDirectWriteFallback(false); // better no file than half a one
    if (file.open(QIODevice::WriteOnly) && writeAll(file, bytes) && file.commit())
        return {};
    const QString reason = file.errorString();
    file.cancelWriting();
    return tl::unexpected(
        Words::tr("The picture was not written to %1: %2. What was there before is unchanged. Free some space or choose another place.")
            .arg(path, reason));
}

} // namespace

Rendered renderPicture(const Trace &trace, const PictureOptions &options)
{
    const bool isPdf = options.format == PictureOptions::Format::Pdf;
    const PicturePage page(trace, options, isPdf ? largestPdfPage : largestPicture);
    switch (options.format) {
    case PictureOptions::Format::Png:
        return renderPng(page);
    case PictureOptions::Format::Svg:
        return renderSvg(page);
    case PictureOptions::Format::Pdf:
        return renderPdf(page);
    }
    return tl::unexpected(notPainted());
}

tl::expected<void, QString> writePicture(const Trace &trace, PictureOptions options, const QString &path)
{
    const std::optional<PictureOptions::Format> format = formatOf(path);
    if (!format)
        return tl::unexpected(Words::tr("The picture was not written: %1 ends in none of .png, .svg and .pdf.").arg(path));
    options.format = *format;
    return checkTarget(path).and_then([&] { return renderPicture(trace, options); }).and_then([&](const QByteArray &bytes) {
        return writeWhole(bytes, path);
    });
}

} // namespace loopscope
