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

// What offsets count from: multiples of `size`.
struct BaseUnit {
    Nanoseconds size;
    RulerUnit offsets;
};

constexpr std::array<BaseUnit, 5> baseUnits = {{
    {nanosecondsPerMicrosecond, {1, "ns"}},
    {nanosecondsPerMillisecond, {nanosecondsPerMicrosecond, "µs"}},
    {nanosecondsPerSecond, {nanosecondsPerMillisecond, "ms"}},
    {minute, {nanosecondsPerSecond, "s"}},
    {hour, {minute, "min"}}, // and seconds
}};
constexpr Nanoseconds rangesABase = 10;
constexpr Nanoseconds rangesFromZero = 1000;

// Null if labels count from zero.
const BaseUnit *baseUnitFor(TimeRange range)
{
    const quint64 length = static_cast<quint64>(range.end) - static_cast<quint64>(range.begin); // may be more than 63 bits
    if (length > static_cast<quint64>(farthestOf(range) / rangesFromZero))
        return nullptr;
    const auto isLongEnough = [length](const BaseUnit &base) { return static_cast<quint64>(base.size / rangesABase) >= length; };
    const auto *const unit = std::ranges::find_if(baseUnits, isLongEnough);
    const bool isBeyond = unit != baseUnits.end() && (range.begin >= unit->size || range.end <= -unit->size);
    return isBeyond ? unit : nullptr;
}

Nanoseconds floorTo(Nanoseconds at, Nanoseconds size)
{
    const Nanoseconds over = at % size;
    const Nanoseconds down = over < 0 ? over + size : over;
    return at < INT64_MIN + down ? INT64_MIN : at - down;
}

// The labels of one ruler.
class Labels {
public:
    Labels(TimeRange range, const BaseUnit *base)
        : range_(range)
        , farthest_(farthestOf(range))
        , base_(base)
    {
    }

    [[nodiscard]] QString base() const { return base_ ? tickLabel(floorTo(range_.begin, base_->size), base_->size, farthest_) : QString(); }

    [[nodiscard]] QString at(Nanoseconds at, Nanoseconds step) const
    {
        if (!base_)
            return tickLabel(at, step, farthest_);
        const Nanoseconds offset = at - floorTo(at, base_->size);
        return offset == 0 ? tickLabel(at, base_->size, farthest_) : offsetLabel(offset, step);
    }

    [[nodiscard]] int widest(Nanoseconds step, const TextWidth &width) const
    {
        // Not only of what is visible: else the step could change while labels come and go.
        if (base_)
            return std::max(width(base()), width(offsetLabel(base_->size - std::min(step, base_->size / 2), step)));
        int widest = 0;
        forEachMultiple(range_, step, [&](Nanoseconds at) { widest = std::max(widest, width(tickLabel(at, step, farthest_))); });
        return widest;
    }

private:
    [[nodiscard]] QString offsetLabel(Nanoseconds offset, Nanoseconds step) const
    {
        const auto magnitude = static_cast<quint64>(offset);
        const RulerUnit &unit = base_->offsets;
        if (unit.size >= minute)
            return QLatin1Char('+') + clockLabel(magnitude, step);
        return QLatin1Char('+') + withUnit(fixed(magnitude, unit.size, decimalsFor(step, unit.size)), unit.name);
    }

    TimeRange range_;
    Nanoseconds farthest_;
    const BaseUnit *base_;
};

bool labelsFit(const TimeScale &scale, const Labels &labels, Nanoseconds step, const TextWidth &width, int spacing)
{
    const int distance = columnOfTime(scale, saturatedSum(scale.range.begin, step));
    return distance >= 2 * spacing && distance >= labels.widest(step, width) + spacing;
}

Nanoseconds stepFor(const TimeScale &scale, const Labels &labels, const TextWidth &width, int spacing)
{
    Nanoseconds step = niceStep(1);
    while (!labelsFit(scale, labels, step, width, spacing) && columnOfTime(scale, saturatedSum(scale.range.begin, step)) < scale.columns) {
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

Ruler makeRuler(const TimeScale &scale, const TextWidth &width, int spacing, int baseRoom)
{
    Labels labels(scale.range, baseUnitFor(scale.range));
    if (width(labels.base()) > baseRoom)
        labels = Labels(scale.range, nullptr);
    const Nanoseconds step = stepFor(scale, labels, width, spacing);
    const int divisions = divisionsOf(step);
    const Nanoseconds part = step / divisions;
    const bool hasRoomBetween = step % divisions == 0 && columnOfTime(scale, saturatedSum(scale.range.begin, part)) >= spacing / 2;
    Ruler ruler{labels.base(), {}};
    forEachMultiple(scale.range, hasRoomBetween ? part : step, [&](Nanoseconds at) {
        ruler.ticks.push_back({columnOfTime(scale, at), at % step == 0 ? labels.at(at, step) : QString()});
    });
    return ruler;
}

} // namespace loopscope
