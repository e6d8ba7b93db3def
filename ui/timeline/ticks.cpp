#include "ui/timeline/ticks.h"

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

constexpr Nanoseconds minute = 60 * nanosecondsPerSecond;
constexpr Nanoseconds hour = 60 * minute;

struct RulerUnit {
    Nanoseconds size;
    const char *name;
};

RulerUnit unitFor(Nanoseconds farthest)
{
    if (farthest < nanosecondsPerMicrosecond)
        return {1, "ns"};
    if (farthest < nanosecondsPerMillisecond)
        return {nanosecondsPerMicrosecond, "µs"};
    if (farthest < nanosecondsPerSecond)
        return {nanosecondsPerMillisecond, "ms"};
    return {nanosecondsPerSecond, "s"};
}

// Digits after the point that tell multiples of `step` apart in a unit of `size`.
int decimalsFor(Nanoseconds step, Nanoseconds size)
{
    int decimals = 0;
    while (step % size != 0 && size > 1) {
        size /= 10;
        ++decimals;
    }
    return decimals;
}

// `magnitude` in units of `size`, cut after `decimals` digits: exact, where a double would not be.
QString fixed(quint64 magnitude, Nanoseconds size, int decimals)
{
    const auto unit = static_cast<quint64>(size);
    QString text = QString::number(magnitude / unit);
    if (decimals == 0)
        return text;
    QString fraction = QString::number(magnitude % unit);
    const int digits = size == nanosecondsPerSecond ? 9 : size == nanosecondsPerMillisecond ? 6 : 3;
    fraction = fraction.rightJustified(digits, QLatin1Char('0')).left(decimals);
    return text + QLatin1Char('.') + fraction;
}

QString withUnit(const QString &number, const char *unit)
{
    return number + QChar(0x202F) + QString::fromUtf8(unit);
}

QString clockLabel(quint64 magnitude, Nanoseconds step)
{
    const quint64 hours = magnitude / static_cast<quint64>(hour);
    const quint64 minutes = magnitude % static_cast<quint64>(hour) / static_cast<quint64>(minute);
    const quint64 rest = magnitude % static_cast<quint64>(minute);
    QString text = hours > 0 ? withUnit(QString::number(hours), "h") : QString();
    if (minutes > 0 || (hours == 0 && step >= minute))
        text += (text.isEmpty() ? QString() : QStringLiteral(" ")) + withUnit(QString::number(minutes), "min");
    if (step < minute)
        text += (text.isEmpty() ? QString() : QStringLiteral(" "))
                + withUnit(fixed(rest, nanosecondsPerSecond, decimalsFor(step, nanosecondsPerSecond)), "s");
    return text;
}

// How many small marks divide a step so that they fall on round instants too.
int divisionsOf(Nanoseconds step)
{
    if (step >= hour)
        return 4;
    Nanoseconds leading = step >= minute ? step / minute : step;
    while (leading >= 10)
        leading /= 10;
    return leading == 2 ? 4 : 5;
}

Nanoseconds saturatedSum(Nanoseconds at, Nanoseconds positive)
{
    return at > INT64_MAX - positive ? INT64_MAX : at + positive;
}

Nanoseconds farthestOf(TimeRange range)
{
    return std::max(range.end, -std::max<Nanoseconds>(range.begin, -INT64_MAX));
}

// The multiples of `step` in a range, from left to right.
template <typename Visit>
void forEachMultiple(TimeRange range, Nanoseconds step, Visit visit)
{
    const Nanoseconds over = range.begin % step;
    Nanoseconds at = range.begin - over;
    if (over > 0)
        at = saturatedSum(at, step);
    for (; at < range.end; at = saturatedSum(at, step))
        visit(at);
}

bool labelsFit(const TimeScale &scale, Nanoseconds step, const TextWidth &width, int spacing)
{
    const int distance = columnOfTime(scale, saturatedSum(scale.range.begin, step));
    if (distance < 2 * spacing)
        return false;
    int widest = 0;
    forEachMultiple(scale.range, step,
                    [&](Nanoseconds at) { widest = std::max(widest, width(tickLabel(at, step, farthestOf(scale.range)))); });
    return distance >= widest + spacing;
}

Nanoseconds stepFor(const TimeScale &scale, const TextWidth &width, int spacing)
{
    Nanoseconds step = niceStep(1);
    while (!labelsFit(scale, step, width, spacing) && columnOfTime(scale, saturatedSum(scale.range.begin, step)) < scale.columns) {
        const Nanoseconds next = niceStep(step + 1);
        if (next <= step)
            break;
        step = next;
    }
    return step;
}

} // namespace

Nanoseconds niceStep(Nanoseconds shortest)
{
    constexpr std::array<Nanoseconds, 3> factors = {1, 2, 5};
    for (Nanoseconds power = 1; power <= 10 * nanosecondsPerSecond; power *= 10) {
        for (const Nanoseconds factor : factors) {
            if (factor * power >= shortest && factor * power <= 20 * nanosecondsPerSecond)
                return factor * power;
        }
    }
    constexpr std::array<Nanoseconds, 5> minutes = {1, 2, 5, 10, 20};
    for (const Nanoseconds factor : minutes) {
        if (factor * minute >= shortest)
            return factor * minute;
    }
    for (Nanoseconds power = 1; power <= 100'000; power *= 10) {
        for (const Nanoseconds factor : factors) {
            if (factor * power * hour >= shortest)
                return factor * power * hour;
        }
    }
    return 1'000'000 * hour;
}

QString tickLabel(Nanoseconds at, Nanoseconds step, Nanoseconds farthest)
{
    if (at == 0)
        return QStringLiteral("0");
    const quint64 magnitude = at < 0 ? -static_cast<quint64>(at) : static_cast<quint64>(at);
    const QString sign = at < 0 ? QString(QChar(0x2212)) : QString();
    if (farthest >= 2 * minute)
        return sign + clockLabel(magnitude, step);
    const RulerUnit unit = unitFor(farthest);
    return sign + withUnit(fixed(magnitude, unit.size, decimalsFor(step, unit.size)), unit.name);
}

std::vector<Tick> rulerTicks(const TimeScale &scale, const TextWidth &width, int spacing)
{
    const Nanoseconds step = stepFor(scale, width, spacing);
    const int divisions = divisionsOf(step);
    const Nanoseconds part = step / divisions;
    const bool hasRoomBetween = step % divisions == 0 && columnOfTime(scale, saturatedSum(scale.range.begin, part)) >= spacing / 2;
    std::vector<Tick> ticks;
    forEachMultiple(scale.range, hasRoomBetween ? part : step, [&](Nanoseconds at) {
        ticks.push_back({columnOfTime(scale, at), at % step == 0 ? tickLabel(at, step, farthestOf(scale.range)) : QString()});
    });
    return ticks;
}

} // namespace loopscope
