#include "ui/theme/format.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <span>

namespace loopscope {

namespace {

constexpr QChar thinSpace(0x202F); // at which no line ends
constexpr QChar fixedSpace(0x00A0);

struct Unit {
    double size; // in the smallest unit
    const char *name;
};

QString withUnit(const QString &number, const char *unit)
{
    return number + thinSpace + QString::fromUtf8(unit);
}

QString threeDigits(double value)
{
    // The limits are where rounding carries over: 9.995 becomes "10.0", not "10.00".
    const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return QString::number(value, 'f', decimals);
}

// The largest unit in which `value` is at least 1 after rounding to three digits.
QString scaled(double value, std::span<const Unit> units)
{
    std::size_t i = 0;
    while (i + 1 < units.size() && value / units[i].size >= 999.5)
        ++i;
    return withUnit(threeDigits(value / units[i].size), units[i].name);
}

QString minutesAndMore(Nanoseconds duration)
{
    const Nanoseconds seconds = duration / nanosecondsPerSecond + (duration % nanosecondsPerSecond >= nanosecondsPerSecond / 2 ? 1 : 0);
    const auto two = [](Nanoseconds n) { return QStringLiteral("%1").arg(n, 2, 10, QLatin1Char('0')); };
    if (seconds < 3600)
        return withUnit(QString::number(seconds / 60), "min") + fixedSpace + withUnit(two(seconds % 60), "s");
    return withUnit(QString::number(seconds / 3600), "h") + fixedSpace + withUnit(two(seconds % 3600 / 60), "min");
}

Nanoseconds magnitude(Nanoseconds at)
{
    return at == INT64_MIN ? INT64_MAX : std::abs(at);
}

/// In which unit an instant is told, and with how many decimals.
struct InstantForm {
    Nanoseconds unit;
    const char *name;
    int decimals;
    Nanoseconds step; // of the last decimal

    [[nodiscard]] InstantForm finer() const { return {unit, name, decimals + 1, step / 10}; }
};

InstantForm instantFormOf(Nanoseconds at)
{
    const Nanoseconds size = magnitude(at);
    if (size < nanosecondsPerMicrosecond)
        return {1, "ns", 0, 1};
    if (size < nanosecondsPerMillisecond)
        return {nanosecondsPerMicrosecond, "µs", 0, nanosecondsPerMicrosecond};
    if (size < 10 * nanosecondsPerMillisecond)
        return {nanosecondsPerMillisecond, "ms", 3, nanosecondsPerMicrosecond};
    if (size < nanosecondsPerSecond)
        return {nanosecondsPerMillisecond, "ms", 1, 100 * nanosecondsPerMicrosecond};
    return {nanosecondsPerSecond, "s", 3, nanosecondsPerMillisecond};
}

/// Cut off after the last decimal: rounded up, seconds would become 60.
QString instantText(Nanoseconds at, const InstantForm &form)
{
    constexpr Nanoseconds minute = 60 * nanosecondsPerSecond;
    if (at < 0)
        return QChar(0x2212) + instantText(magnitude(at), form);
    const Nanoseconds told = at % minute / form.step * form.step;
    const QString text =
        withUnit(QString::number(static_cast<double>(told) / static_cast<double>(form.unit), 'f', form.decimals), form.name);
    return at < minute ? text : withUnit(QString::number(at / minute), "min") + fixedSpace + text;
}

} // namespace

QString formatDuration(Nanoseconds duration)
{
    constexpr std::array<Unit, 3> units = {{{1e3, "µs"}, {1e6, "ms"}, {1e9, "s"}}};
    if (duration < 0)
        return QChar(0x2212) + formatDuration(magnitude(duration));
    if (duration == 0)
        return withUnit(QStringLiteral("0"), "s");
    if (duration < nanosecondsPerMicrosecond)
        return withUnit(QString::number(duration), "ns");
    if (duration < 59'950 * nanosecondsPerMillisecond)
        return scaled(static_cast<double>(duration), units);
    return minutesAndMore(duration);
}

QString formatInstant(Nanoseconds at)
{
    if (at < 0)
        return QChar(0x2212) + formatInstant(magnitude(at));
    if (at < nanosecondsPerMillisecond)
        return formatDuration(at);
    const InstantForm form = instantFormOf(at);
    if (at < nanosecondsPerSecond)
        return withUnit(QString::number(static_cast<double>(at) / static_cast<double>(form.unit), 'f', form.decimals), form.name);
    return instantText(at, form);
}

RangeEnds formatEnds(TimeRange range)
{
    InstantForm form = instantFormOf(std::max(magnitude(range.begin), magnitude(range.end)));
    RangeEnds rounded{formatInstant(range.begin), formatInstant(range.end)};
    if (range.isEmpty() || (range.length() >= form.step && rounded.begin != rounded.end))
        return rounded;
    while (form.step > range.length())
        form = form.finer();
    return {instantText(range.begin, form), instantText(range.end, form)};
}

QString formatBytes(quint64 bytes)
{
    constexpr std::array<Unit, 6> units = {{{1e3, "kB"}, {1e6, "MB"}, {1e9, "GB"}, {1e12, "TB"}, {1e15, "PB"}, {1e18, "EB"}}};
    if (bytes < 1000)
        return withUnit(QString::number(bytes), "B");
    return scaled(static_cast<double>(bytes), units);
}

QString formatRate(quint64 bytes, Nanoseconds duration)
{
    if (duration <= 0)
        return QStringLiteral("–");
    const double perSecond = static_cast<double>(bytes) * 1e9 / static_cast<double>(duration);
    return formatBytes(static_cast<quint64>(std::llround(std::min(perSecond, 9e18)))) + QStringLiteral("/s");
}

QString formatPercent(double fraction)
{
    const double percent = fraction * 100;
    if (percent > 0 && percent < 0.1)
        return QStringLiteral("<") + withUnit(QStringLiteral("0.1"), "%");
    if (percent > 0 && percent < 0.95)
        return withUnit(QString::number(percent, 'f', 1), "%");
    if (percent > 99 && percent < 100)
        return withUnit(QStringLiteral("99"), "%");
    return withUnit(QString::number(percent, 'f', 0), "%");
}

QString formatCount(quint64 count)
{
    QString digits = QString::number(count);
    if (count < 10'000)
        return digits;
    for (qsizetype place = digits.size() - 3; place > 0; place -= 3)
        digits.insert(place, thinSpace);
    return digits;
}

QString counted(quint64 count, const QString &one, const QString &many)
{
    return count == 1 ? one : many.arg(formatCount(count));
}

QString formatNumber(double value)
{
    constexpr std::array<Unit, 5> units = {{{1e3, "k"}, {1e6, "M"}, {1e9, "G"}, {1e12, "T"}, {1e15, "P"}}};
    if (value < 0)
        return QChar(0x2212) + formatNumber(-value);
    if (value != 0 && (value < 1e-3 || value >= 1e18))
        return QString::number(value, 'g', 3);
    if (value >= 9'999.5)
        return scaled(value, units);
    const bool isWhole = value == std::floor(value);
    return isWhole ? QString::number(value, 'f', 0) : QString::number(value, 'g', value < 1'000 ? 3 : 4);
}

constinit const NumberStyle windowNumbers{
    [](std::int64_t duration) { return formatDuration(duration).toStdString(); },
    [](std::int64_t at) { return formatInstant(at).toStdString(); },
    [](std::int64_t part, std::int64_t whole) {
        return formatPercent(whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0).toStdString();
    },
    [](std::uint64_t count) { return formatCount(count).toStdString(); },
};

QString joinedByDots(const QStringList &facts)
{
    return facts.join(QStringLiteral(" · "));
}

} // namespace loopscope
