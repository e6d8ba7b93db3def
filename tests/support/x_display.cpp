#include "tests/support/x_display.h"

#include <QFile>
#include <QPoint>
#include <QThread>
#include <QtEndian>

#include <array>

#include <unistd.h>

namespace loopscope {

namespace {

constexpr int startTimeoutMs = 20'000;
constexpr int toolTimeoutMs = 20'000;
/// Programs look where the mouse is a few times a second while something is dragged.
constexpr unsigned long dragStepMs = 200;
constexpr int dragSteps = 6;

QString number(int value)
{
    return QString::number(value);
}

// The fields that matter of a screen in xwd's form: numbers of four bytes, the highest first, by their place.
struct ScreenHeader {
    explicit ScreenHeader(const QByteArray &file)
        : headerSize(field(file, 0))
        , width(field(file, 4))
        , height(field(file, 5))
        , bytesALine(field(file, 12))
        , colours(field(file, 19))
    {
    }
    [[nodiscard]] int firstPixel() const { return headerSize + colours * bytesAColour; }
    [[nodiscard]] int size() const { return firstPixel() + bytesALine * height; }

    static constexpr int fields = 25;
    static constexpr int bytesAColour = 12;
    int headerSize;
    int width;
    int height;
    int bytesALine;
    int colours;

private:
    static int field(const QByteArray &file, int index) { return qFromBigEndian<int>(file.constData() + index * 4); }
};

} // namespace

XDisplay::XDisplay(int width, int height)
{
    // Xvfb chooses a free number and writes it to its standard output.
    server_.setProgram(QStringLiteral("Xvfb"));
    server_.setArguments({QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-noreset"), QStringLiteral("-nolisten"),
                          QStringLiteral("tcp"), QStringLiteral("-screen"), QStringLiteral("0"),
                          QStringLiteral("%1x%2x24").arg(width).arg(height), QStringLiteral("-fbdir"), memory_.path()});
    server_.setStandardErrorFile(QProcess::nullDevice());
    server_.start();
    if (!server_.waitForStarted(startTimeoutMs))
        return;
    QByteArray printed;
    while (!printed.contains('\n') && server_.waitForReadyRead(startTimeoutMs))
        printed += server_.readAllStandardOutput();
    if (printed.contains('\n'))
        name_ = QLatin1Char(':') + QString::fromLatin1(printed.trimmed());
}

XDisplay::~XDisplay()
{
    server_.terminate();
    if (!server_.waitForFinished(toolTimeoutMs))
        server_.kill();
}

QProcessEnvironment XDisplay::environment(const QString &home) const
{
    QProcessEnvironment result = QProcessEnvironment::systemEnvironment();
    result.insert(QStringLiteral("DISPLAY"), name_);
    result.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
    result.insert(QStringLiteral("HOME"), home);
    for (const char *directory : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"})
        result.insert(QLatin1String(directory), home + QLatin1Char('/') + QLatin1String(directory));
    for (const char *foreign : {"WAYLAND_DISPLAY", "XAUTHORITY", "QT_SCALE_FACTOR", "QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME"})
        result.remove(QLatin1String(foreign));
    return result;
}

QString XDisplay::xdotool(const QStringList &arguments) const
{
    QProcess tool;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DISPLAY"), name_);
    environment.remove(QStringLiteral("XAUTHORITY"));
    tool.setProcessEnvironment(environment);
    tool.start(QStringLiteral("xdotool"), arguments);
    if (!tool.waitForFinished(toolTimeoutMs) || tool.exitCode() != 0)
        return {};
    return QString::fromUtf8(tool.readAllStandardOutput()).trimmed() + QLatin1String("");
}

QString XDisplay::findWindow(qint64 pid, const QString &title) const
{
    const QString found = xdotool({QStringLiteral("search"), QStringLiteral("--all"), QStringLiteral("--onlyvisible"),
                                   QStringLiteral("--pid"), QString::number(pid), QStringLiteral("--name"), title});
    return found.section(QLatin1Char('\n'), -1);
}

QString XDisplay::titleOf(const QString &window) const
{
    return xdotool({QStringLiteral("getwindowname"), window});
}

void XDisplay::place(const QString &window, int x, int y, int width, int height) const
{
    xdotool({QStringLiteral("windowmove"), QStringLiteral("--sync"), window, number(x), number(y)});
    xdotool({QStringLiteral("windowsize"), QStringLiteral("--sync"), window, number(width), number(height)});
}

void XDisplay::focus(const QString &window) const
{
    xdotool({QStringLiteral("windowfocus"), QStringLiteral("--sync"), window});
}

void XDisplay::drag(QPoint from, QPoint to) const
{
    xdotool({QStringLiteral("mousemove"), number(from.x()), number(from.y())});
    xdotool({QStringLiteral("mousedown"), QStringLiteral("1")});
    for (int step = 1; step <= dragSteps; ++step) {
        QThread::msleep(dragStepMs);
        const QPoint at = from + (to - from) * step / dragSteps;
        xdotool({QStringLiteral("mousemove"), number(at.x()), number(at.y())});
    }
    // Once more at the same place, for the program under the mouse may have shown another window there.
    QThread::msleep(dragStepMs);
    xdotool({QStringLiteral("mousemove"), number(to.x() + 1), number(to.y() + 1)});
    QThread::msleep(dragStepMs);
    xdotool({QStringLiteral("mouseup"), QStringLiteral("1")});
}

void XDisplay::click(QPoint at) const
{
    xdotool({QStringLiteral("mousemove"), number(at.x()), number(at.y()), QStringLiteral("click"), QStringLiteral("1")});
}

void XDisplay::type(const QString &text) const
{
    xdotool({QStringLiteral("type"), QStringLiteral("--delay"), QStringLiteral("10"), text});
}

void XDisplay::press(const QString &key) const
{
    xdotool({QStringLiteral("key"), key});
}

QImage XDisplay::picture() const
{
    QFile file(memory_.filePath(QStringLiteral("Xvfb_screen0")));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray read = file.readAll();
    if (read.size() < ScreenHeader::fields * 4)
        return {};
    const ScreenHeader header(read);
    if (read.size() < header.size())
        return {};
    const auto *const pixels = reinterpret_cast<const uchar *>(read.constData()) + header.firstPixel();
    return QImage(pixels, header.width, header.height, header.bytesALine, QImage::Format_RGB32).copy();
}

} // namespace loopscope
