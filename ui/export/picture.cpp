#include "ui/export/picture.h"

#include "core/text/system_reason.h"
#include "ui/export/picture_page.h"
#include "ui/export/picture_words.h"
#include "ui/theme/format.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QFontInfo>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>
#include <cerrno>

#include <sys/stat.h>
#include <unistd.h>

namespace loopscope {

namespace {

using Rendered = tl::expected<QByteArray, QString>;

// Qt's rasterizer counts in 16 bits: what lies beyond is painted through a view of a part of the image.
constexpr int largestTile = 16'384;
// So much is painted between two looks at whether the picture is still wanted.
constexpr int tileHeight = 1'024;
constexpr qsizetype largestWrite = 1 << 20;
// A PDF's page is at most 200 inches in each direction (ISO 32000-1, annex C).
constexpr int largestPdfPage = 14'400;
constexpr int pdfResolution = 1200;
constexpr int pointsAnInch = 72;

QString notPainted()
{
    return PictureWords::tr("The picture could not be drawn: there is not enough memory. Choose a smaller size or scale.");
}

QString cancelled()
{
    return PictureWords::tr("The picture was not written: that was cancelled.");
}

void paintTile(QImage &image, const QRect &tile, const DrawnPage &page, const PaintLimits &limits)
{
    QImage part(image.scanLine(tile.top()) + tile.left() * 4, tile.width(), tile.height(), image.bytesPerLine(), image.format());
    QPainter painter(&part);
    painter.translate(-tile.topLeft());
    page.paint(painter, Medium::Raster, limits);
}

QImage paintImage(const DrawnPage &page, PictureProgress &progress)
{
    QImage image(page.size(), QImage::Format_RGB32);
    for (int top = 0; top < image.height() && !progress.isCancelled(); top += tileHeight) {
        for (int left = 0; left < image.width(); left += largestTile) {
            const QRect tile = QRect(left, top, largestTile, tileHeight).intersected(image.rect());
            paintTile(image, tile, page, {tile, [&progress] { return !progress.isCancelled(); }});
        }
        progress.setShare(static_cast<double>(top) / image.height());
    }
    return image;
}

// Fails once the picture is cancelled, and with it whoever writes.
class CancellableBuffer : public QBuffer {
public:
    CancellableBuffer(QByteArray *bytes, const PictureProgress &progress)
        : QBuffer(bytes)
        , progress_(progress)
    {
    }

protected:
    qint64 writeData(const char *data, qint64 size) override { return progress_.isCancelled() ? -1 : QBuffer::writeData(data, size); }

private:
    const PictureProgress &progress_;
};

Rendered renderPng(const DrawnPage &page, PictureProgress &progress)
{
    const QImage image = paintImage(page, progress);
    progress.setShare(std::nullopt);
    QByteArray bytes;
    CancellableBuffer buffer(&bytes, progress);
    if (image.isNull() || !buffer.open(QIODevice::WriteOnly) || !image.save(&buffer, "PNG"))
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

// Qt 6.4's generator escapes neither of them: a lane's "<0.1 %" made it no XML.
QByteArray withDescription(QByteArray svg, const DrawnPage &page)
{
    const qsizetype root = svg.indexOf("<svg");
    const QString described =
        QStringLiteral("\n<title>%1</title>\n<desc>%2</desc>").arg(page.title().toHtmlEscaped(), page.description().toHtmlEscaped());
    return svg.insert(svg.indexOf('>', root) + 1, described.toUtf8());
}

// For the formats that are written in one go.
PaintLimits watched(PictureProgress &progress, const DrawnPage &page)
{
    return {std::nullopt, [&progress, lane = std::size_t(0), lanes = page.laneCount()]() mutable {
                progress.setShare(static_cast<double>(lane) / static_cast<double>(lanes + 1));
                lane = std::min(lane + 1, lanes);
                return !progress.isCancelled();
            }};
}

Rendered renderSvg(const DrawnPage &page, PictureProgress &progress)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(96); // the generator writes millimetres: at CSS's 96 pixels an inch they are the page's pixels again
    generator.setSize(page.size());
    generator.setViewBox(QRect(QPoint(0, 0), page.size()));
    generator.setTitle({});
    generator.setDescription({});
    QPainter painter;
    if (!painter.begin(&generator))
        return tl::unexpected(notPainted());
    page.paint(painter, Medium::Vector, watched(progress, page));
    painter.end();
    return withDescription(withFallbackFamily(bytes), page);
}

Rendered renderPdf(const DrawnPage &page, PictureProgress &progress)
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
    painter.setRenderHint(QPainter::LosslessImageRendering); // as JPEGs, rows of pixels would be blurred, and larger
    constexpr double dotsAPoint = static_cast<double>(pdfResolution) / pointsAnInch;
    painter.scale(dotsAPoint, dotsAPoint);
    page.paint(painter, Medium::Vector, watched(progress, page));
    painter.end();
    return bytes;
}

// A full disk takes a part of a write and says nothing: what it says of the rest is the reason.
bool writeAll(QSaveFile &file, const QByteArray &bytes, const PictureProgress &progress)
{
    qint64 written = 0;
    while (written < bytes.size() && !progress.isCancelled()) {
        const qint64 part = file.write(bytes.constData() + written, std::min(largestWrite, bytes.size() - written));
        if (part <= 0)
            return false;
        written += part;
    }
    return file.flush() && file.error() == QFileDevice::NoError;
}

QString adviceOn(int error)
{
    switch (error) {
    case ENOSPC:
    case EDQUOT:
        return PictureWords::tr("Free some space or choose another place.");
    case EFBIG:
        return PictureWords::tr("Files may not be so large there: choose a smaller size or scale.");
    case ENOENT:
    case ENOTDIR:
        return PictureWords::tr("There is no such folder: make it, or choose another one.");
    case EACCES:
    case EPERM:
    case EROFS:
        return PictureWords::tr("Files cannot be made there: choose another folder.");
    case ENAMETOOLONG:
        return PictureWords::tr("Choose a shorter name.");
    default:
        return PictureWords::tr("Choose another place.");
    }
}

// What a person calls something that is neither a file nor a folder.
QString specialKind(mode_t mode)
{
    if (S_ISFIFO(mode))
        return PictureWords::tr("a FIFO");
    return S_ISSOCK(mode) ? PictureWords::tr("a socket") : PictureWords::tr("a device");
}

tl::expected<void, QString> writeWhole(const QByteArray &bytes, const QString &path, const PictureProgress &progress)
{
    QSaveFile file(path);
    file.setDirectWriteFallback(false); // better no file than half a one
    errno = 0;
    if (file.open(QIODevice::WriteOnly) && writeAll(file, bytes, progress) && !progress.isCancelled() && file.commit())
        return {};
    const int error = errno;
    const QString reason = file.errorString();
    file.cancelWriting();
    if (progress.isCancelled())
        return tl::unexpected(cancelled());
    return tl::unexpected(PictureWords::tr("The picture was not written to %1: %2. What was there before is unchanged. %3")
                              .arg(path, reason, adviceOn(error)));
}

} // namespace

std::optional<double> PictureProgress::share() const
{
    const double share = share_;
    return share < 0 ? std::nullopt : std::optional(share);
}

Picture::Picture(const Trace &trace, const PictureOptions &options)
    : Picture(std::make_unique<PicturePage>(trace, options, largestPage(options.format)), options.format)
{
}

Picture::Picture(std::unique_ptr<const DrawnPage> page, PictureOptions::Format format)
    : format_(format)
    , page_(std::move(page))
{
}

Picture::~Picture() = default;
Picture::Picture(Picture &&) noexcept = default;
Picture &Picture::operator=(Picture &&) noexcept = default;

const QString &Picture::note() const
{
    return page_->note();
}

Rendered Picture::render(PictureProgress &progress) const
{
    const auto rendered = [&] {
        switch (format_) {
        case PictureOptions::Format::Png:
            return renderPng(*page_, progress);
        case PictureOptions::Format::Svg:
            return renderSvg(*page_, progress);
        case PictureOptions::Format::Pdf:
            break;
        }
        return renderPdf(*page_, progress);
    }();
    return progress.isCancelled() ? tl::unexpected(cancelled()) : rendered;
}

QImage Picture::image(PictureProgress &progress) const
{
    return paintImage(*page_, progress);
}

tl::expected<void, QString> Picture::write(const QString &path, PictureProgress &progress) const
{
    return checkPictureTarget(path).and_then([&] { return render(progress); }).and_then([&](const QByteArray &bytes) {
        return writeWhole(bytes, path, progress);
    });
}

tl::expected<void, QString> checkPictureTarget(const QString &path)
{
    if (!path.isValidUtf16())
        return tl::unexpected(PictureWords::tr("The picture was not written: its name is no valid UTF-8. Choose another name."));
    const QByteArray name = QFile::encodeName(path);
    struct stat status { };
    const bool isThere = ::stat(name.constData(), &status) == 0;
    if (isThere && S_ISDIR(status.st_mode))
        return tl::unexpected(PictureWords::tr("The picture was not written: %1 is a folder. Name a file in it.").arg(path));
    if (isThere && !S_ISREG(status.st_mode))
        return tl::unexpected(PictureWords::tr("The picture was not written: %1 is %2, not a file. Choose another name.")
                                  .arg(path, specialKind(status.st_mode)));
    const QFileInfo target(path);
    const QFileInfo written(target.isSymLink() ? target.symLinkTarget() : target.absoluteFilePath());
    const bool isOpen = (!isThere || ::access(name.constData(), W_OK) == 0)
                        && ::access(QFile::encodeName(written.absolutePath()).constData(), W_OK | X_OK) == 0;
    if (isOpen)
        return {};
    const int error = errno;
    return tl::unexpected(PictureWords::tr("The picture was not written to %1: %2. %3")
                              .arg(path, QString::fromStdString(systemReason(error)), adviceOn(error)));
}

int largestPage(PictureOptions::Format format)
{
    return format == PictureOptions::Format::Pdf ? largestPdfPage : largestPicture;
}

std::optional<PictureOptions::Format> pictureFormatOf(const QString &path)
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

Rendered renderPicture(const Trace &trace, const PictureOptions &options)
{
    PictureProgress unwatched;
    return Picture(trace, options).render(unwatched);
}

tl::expected<void, QString> writePicture(const Trace &trace, PictureOptions options, const QString &path)
{
    const std::optional<PictureOptions::Format> format = pictureFormatOf(path);
    if (!format)
        return tl::unexpected(PictureWords::tr("The picture was not written: %1 ends in none of .png, .svg and .pdf.").arg(path));
    options.format = *format;
    PictureProgress unwatched;
    return checkPictureTarget(path).and_then([&] { return Picture(trace, options).write(path, unwatched); });
}

} // namespace loopscope
