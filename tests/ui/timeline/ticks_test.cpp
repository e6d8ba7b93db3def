#include "ui/timeline/ticks.h"

#include <QHash>
#include <QTest>

#include <algorithm>

using namespace loopscope;

namespace {

int sevenAColumn(const QString &text)
{
    return static_cast<int>(text.size()) * 7;
}

constexpr int spacing = 16;
constexpr int baseRoom = 200;

Ruler rulerOf(TimeRange range, int columns)
{
    return makeRuler({range, columns}, sevenAColumn, spacing, baseRoom);
}

QString withPlainSpaces(QString text)
{
    return text.replace(QChar(0x202F), QLatin1Char(' '));
}

QStringList labelsOf(const Ruler &ruler)
{
    QStringList labels;
    for (const Tick &tick : ruler.ticks) {
        if (!tick.label.isEmpty())
            labels.append(withPlainSpaces(tick.label));
    }
    return labels;
}

} // namespace

class TicksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stepsAreOneTwoFive()
    {
        QCOMPARE(niceStep(1), 1);
        QCOMPARE(niceStep(3), 5);
        QCOMPARE(niceStep(51), 100);
        QCOMPARE(niceStep(150 * nanosecondsPerMillisecond), 200 * nanosecondsPerMillisecond);
        QCOMPARE(niceStep(20 * nanosecondsPerSecond), 20 * nanosecondsPerSecond);
        QCOMPARE(niceStep(21 * nanosecondsPerSecond), 60 * nanosecondsPerSecond);
        QCOMPARE(niceStep(1201 * nanosecondsPerSecond), 3600 * nanosecondsPerSecond);
        QVERIFY(niceStep(INT64_MAX) > 0);
    }

    void labelsReadWell_data()
    {
        QTest::addColumn<qint64>("begin");
        QTest::addColumn<qint64>("end");
        QTest::addColumn<QStringList>("labels");
        const auto row = [](const char *name, qint64 begin, qint64 end, const char *labels) {
            QTest::newRow(name) << begin << end << QString::fromUtf8(labels).split(QLatin1Char('|'));
        };
        row("nanoseconds", 0, 900, "0|200 ns|400 ns|600 ns|800 ns");
        row("microseconds", 10'000, 13'000, "10.0 µs|10.5 µs|11.0 µs|11.5 µs|12.0 µs|12.5 µs");
        row("milliseconds", -50'000, 950'000'000, "0|200 ms|400 ms|600 ms|800 ms");
        row("seconds", 0, 5'800'000'000, "0|1 s|2 s|3 s|4 s|5 s");
        row("milliseconds of seconds", 3'123'000'000, 3'127'000'000, "3.123 s|3.124 s|3.125 s|3.126 s");
        row("minutes", 0, 400'000'000'000, "0|1 min|2 min|3 min|4 min|5 min|6 min");
        row("seconds of minutes", 300'000'000'000, 330'000'000'000, "5 min 0 s|5 min 10 s|5 min 20 s");
        row("hours", 0, 9'000'000'000'000, "0|1 h|2 h");
    }
    void labelsReadWell()
    {
        QFETCH(const qint64, begin);
        QFETCH(const qint64, end);
        QFETCH(const QStringList, labels);
        const Ruler ruler = rulerOf({begin, end}, 500);
        QCOMPARE(labelsOf(ruler), labels);
        QCOMPARE(ruler.base, QString());
    }

    void farFromZeroTheyAreOffsets_data()
    {
        QTest::addColumn<qint64>("begin");
        QTest::addColumn<qint64>("end");
        QTest::addColumn<QString>("base");
        QTest::addColumn<QStringList>("labels");
        const auto row = [](const char *name, qint64 begin, qint64 end, const char *base, const char *labels) {
            QTest::newRow(name) << begin << end << QString::fromUtf8(base) << QString::fromUtf8(labels).split(QLatin1Char('|'));
        };
        row("nanoseconds", 345'678'030, 345'678'120, "345.678 ms", "+40 ns|+60 ns|+80 ns|+100 ns");
        row("parts of a microsecond", 3'123'456'100, 3'123'457'100, "3.123 s", "+456.2 µs|+456.4 µs|+456.6 µs|+456.8 µs|+457.0 µs");
        row("microseconds", 12'345'678'000, 12'345'700'000, "12.345 s", "+680 µs|+685 µs|+690 µs|+695 µs");
        row("milliseconds", 12'340'500'000, 12'351'000'000, "12 s", "+342 ms|+344 ms|+346 ms|+348 ms|+350 ms");
        row("across a base", 12'999'000'000, 13'003'500'000, "12 s", "+999 ms|13 s|+1 ms|+2 ms|+3 ms");
        row("seconds", 3'672'000'000'000, 3'673'500'000'000, "1 h 1 min", "+12.0 s|+12.5 s|+13.0 s");
        row("minutes", 180'060'000'000'000, 180'180'000'000'000, "50 h", "+1 min|+2 min");
        row("before zero", -12'345'678'000, -12'345'656'000, "−12.346 s", "+325 µs|+330 µs|+335 µs|+340 µs");
    }
    void farFromZeroTheyAreOffsets()
    {
        QFETCH(const qint64, begin);
        QFETCH(const qint64, end);
        QFETCH(const QString, base);
        QFETCH(const QStringList, labels);
        const Ruler ruler = rulerOf({begin, end}, 500);
        QCOMPARE(labelsOf(ruler), labels);
        QCOMPARE(withPlainSpaces(ruler.base), base);
    }

    void thereIsABaseFromAThousandLengthsOn()
    {
        constexpr Nanoseconds at = 12 * nanosecondsPerSecond;
        QCOMPARE(rulerOf({at - 12'000'001, at}, 800).base, QString());
        QVERIFY(!rulerOf({at - 12'000'000, at}, 800).base.isEmpty());
        for (Nanoseconds length = at; length > 0; length -= length / 10 + 1) // while zooming in it comes once, and stays
            QCOMPARE(!rulerOf({at - length, at}, 800).base.isEmpty(), length <= 12'000'000);
    }

    void withoutRoomForABaseLabelsAreWhole()
    {
        const TimeScale scale{{12'345'678'000, 12'345'700'000}, 1000};
        const Ruler ruler = makeRuler(scale, sevenAColumn, spacing, 7 * 7);
        QCOMPARE(ruler.base, QString());
        QCOMPARE(withPlainSpaces(labelsOf(ruler).first()), QStringLiteral("12.345680 s"));
    }

    // The label of an instant is the same wherever it stands, and so is the distance of labels.
    void labelsKeepWhilePanning()
    {
        constexpr Nanoseconds length = 20 * nanosecondsPerMicrosecond;
        QHash<Nanoseconds, QString> seen;
        for (Nanoseconds begin = 12'345'950'000; begin < 12'346'050'000; begin += 137) {
            const TimeScale scale{{begin, begin + length}, 1000};
            for (Nanoseconds at = begin + 1'999 - (begin + 1'999) % 2'000; at < begin + length; at += 2'000) {
                const int column = columnOfTime(scale, at);
                const Ruler ruler = makeRuler(scale, sevenAColumn, spacing, baseRoom);
                const auto tick =
                    std::ranges::find_if(ruler.ticks, [&](const Tick &t) { return t.column == column && !t.label.isEmpty(); });
                QVERIFY(tick != ruler.ticks.end());
                QCOMPARE(tick->label, seen.value(at, tick->label));
                seen.insert(at, tick->label);
            }
        }
        QCOMPARE(withPlainSpaces(seen.value(12'346'000'000)), QStringLiteral("12.346 s"));
    }

    void labelsNeverOverlap()
    {
        for (Nanoseconds length = 1; length < INT64_MAX / 8; length += length / 3 + 1) {
            for (const Nanoseconds begin : {Nanoseconds(0), -length / 3, Nanoseconds(1'234'567'890'123)}) {
                for (const int columns : {120, 777, 3840}) {
                    int free = INT_MIN;
                    for (const Tick &tick : rulerOf({begin, begin + length}, columns).ticks) {
                        if (tick.label.isEmpty())
                            continue;
                        QVERIFY2(tick.column >= free, qPrintable(QStringLiteral("%1 at %2+%3").arg(tick.label).arg(begin).arg(length)));
                        free = tick.column + sevenAColumn(tick.label);
                    }
                }
            }
        }
    }

    void theirNumberIsBounded()
    {
        for (Nanoseconds length = 1; length < INT64_MAX / 8; length += length / 3 + 1)
            QVERIFY(rulerOf({0, length}, 1000).ticks.size() <= 1000);
        QVERIFY(rulerOf({INT64_MIN, INT64_MAX}, 1000).ticks.size() <= 1000);
    }
};

QTEST_GUILESS_MAIN(TicksTest)
#include "ticks_test.moc"
