#include "ui/window/window_memory.h"

#include <QGuiApplication>
#include <QScreen>
#include <QSettings>
#include <QWidget>

#include <algorithm>

namespace loopscope {

namespace {

constexpr auto workersKey = "run/workers";
constexpr auto readerKey = "run/reader";
constexpr auto inFlightKey = "run/inFlight";
constexpr auto stallThresholdKey = "run/stallThresholdMs";
constexpr auto memoryLimitKey = "run/memoryLimitMb";
constexpr auto asksBeforeLossKey = "run/asksBeforeLoss";
constexpr auto autosavesKey = "run/autosaves";
constexpr auto geometryKey = "window/geometry";

constexpr QSize usualSize(1440, 900);
/// So much of a window must be on a screen that a person can take hold of it.
constexpr int leastVisible = 100;

int number(const QSettings &settings, const char *key, int least, int most, int fallback)
{
    bool isNumber = false;
    const int value = settings.value(QLatin1String(key)).toInt(&isNumber);
    return isNumber && value >= least && value <= most ? value : fallback;
}

bool flag(const QSettings &settings, const char *key, bool fallback)
{
    const QString text = settings.value(QLatin1String(key)).toString();
    return text == QLatin1String("true") || (text != QLatin1String("false") && fallback);
}

bool isReachable(const QRect &frame)
{
    const QList<QScreen *> screens = QGuiApplication::screens();
    return std::ranges::any_of(screens, [&frame](const QScreen *screen) {
        const QRect visible = screen->availableGeometry() & frame;
        return visible.width() >= leastVisible && visible.height() >= leastVisible && frame.top() >= screen->availableGeometry().top();
    });
}

void placeAfresh(QWidget &window)
{
    const QRect available = QGuiApplication::primaryScreen()->availableGeometry();
    const QSize size = usualSize.boundedTo(available.size());
    window.resize(size);
    window.move(available.center() - QRect(QPoint(0, 0), size).center());
}

} // namespace

RunSettings loadRunSettings(const QSettings &settings)
{
    const RunSettings usual;
    return {number(settings, workersKey, 0, RunSettings::maxWorkers, usual.workers),
            number(settings, inFlightKey, 1, RunSettings::maxInFlight, usual.inFlight),
            number(settings, stallThresholdKey, 1, RunSettings::maxStallThresholdMs, usual.stallThresholdMs),
            number(settings, memoryLimitKey, 0, RunSettings::maxMemoryLimitMb, usual.memoryLimitMb),
            fileReaderOfKey(settings.value(QLatin1String(readerKey)).toString().toStdString()).value_or(usual.reader),
            flag(settings, asksBeforeLossKey, usual.asksBeforeLoss),
            flag(settings, autosavesKey, usual.autosaves)};
}

void saveRunSettings(QSettings &settings, const RunSettings &run)
{
    settings.setValue(QLatin1String(workersKey), run.workers);
    settings.setValue(QLatin1String(inFlightKey), run.inFlight);
    settings.setValue(QLatin1String(stallThresholdKey), run.stallThresholdMs);
    settings.setValue(QLatin1String(memoryLimitKey), run.memoryLimitMb);
    settings.setValue(QLatin1String(readerKey), QString::fromUtf8(fileReaderKey(run.reader)));
    settings.setValue(QLatin1String(asksBeforeLossKey), run.asksBeforeLoss);
    settings.setValue(QLatin1String(autosavesKey), run.autosaves);
}

void restoreWindow(QWidget &window, const QSettings &settings)
{
    const QByteArray geometry = settings.value(QLatin1String(geometryKey)).toByteArray();
    if (!window.restoreGeometry(geometry) || !isReachable(window.frameGeometry()))
        placeAfresh(window);
}

void saveWindow(const QWidget &window, QSettings &settings)
{
    settings.setValue(QLatin1String(geometryKey), window.saveGeometry());
}

} // namespace loopscope
