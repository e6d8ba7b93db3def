#include "ui/timeline/ticks.h"

#include <QTest>

using namespace loopscope;

namespace {

int sevenAColumn(const QString &text)
{
    return static_cast<int>(text.size()) * 7;
}

QStringList labelsOf(TimeRange range, int columns)
{
    QStringList labels;
    for (const Tick &tick : rulerTicks({range, columns}, sevenAColumn, 16)) {
        if (!tick.label.isEmpty())
            labels.append(QString(tick.label).replace(QChar(0x202F), QLatin1Char(' ')));
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
        row("deep in seconds", 3'123'456'000, 3'123'460'000, "3.123456 s|3.123457 s|3.123458 s|3.123459 s");
        row("minutes", 0, 400'000'000'000, "0|1 min|2 min|3 min|4 min|5 min|6 min");
        row("seconds of minutes", 300'000'000'000, 330'000'000'000, "5 min 0 s|5 min 10 s|5 min 20 s");
        row("hours", 0, 9'000'000'000'000, "0|1 h|2 h");
    }
    void labelsReadWell()
    {
        QFETCH(const qint64, begin);
        QFETCH(const qint64, end);
        QFETCH(const QStringList, labels);
        QCOMPARE(labelsOf({begin, end}, 500), labels);
    }

    void labelsNeverOverlap()
    {
        for (Nanoseconds length = 1; length < INT64_MAX / 8; length += length / 3 + 1) {
            for (const Nanoseconds begin : {Nanoseconds(0), -length / 3, Nanoseconds(1'234'567'890'123)}) {
                for (const int columns : {120, 777, 3840}) {
                    int free = INT_MIN;
                    for (const Tick &tick : rulerTicks({{begin, begin + length}, columns}, sevenAColumn, 16)) {
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
            QVERIFY(rulerTicks({{0, length}, 1000}, sevenAColumn, 16).size() <= 1000);
        QVERIFY(rulerTicks({{INT64_MIN, INT64_MAX}, 1000}, sevenAColumn, 16).size() <= 1000);
    }
};

QTEST_GUILESS_MAIN(TicksTest)
#include "ticks_test.moc"
