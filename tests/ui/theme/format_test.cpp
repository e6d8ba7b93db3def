#include "ui/theme/format.h"

#include <QTest>

using namespace loopscope;

class FormatTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void durations_data()
    {
        QTest::addColumn<qint64>("duration");
        QTest::addColumn<QString>("text");
        const auto row = [](qint64 duration, const char *text) { QTest::addRow("%s", text) << duration << QString::fromUtf8(text); };
        row(0, "0 s");
        row(7, "7 ns");
        row(999, "999 ns");
        row(1'000, "1.00 µs");
        row(12'345, "12.3 µs");
        row(99'949, "99.9 µs");
        row(99'951, "100 µs");
        row(999'499, "999 µs");
        row(999'500, "1.00 ms");
        row(355'000'000, "355 ms");
        row(1'234'000'000, "1.23 s");
        row(9'996'000'000, "10.0 s");
        row(59'949'000'000, "59.9 s");
        row(59'999'000'000, "1 min 00 s");
        row(125'000'000'000, "2 min 05 s");
        row(3'720'000'000'000, "1 h 02 min");
        row(-1'500'000, "−1.50 ms");
        row(INT64_MIN, "−2562047 h 47 min");
    }
    void durations()
    {
        QFETCH(const qint64, duration);
        QFETCH(const QString, text);
        QCOMPARE(formatDuration(duration), text);
    }

    void instants()
    {
        QCOMPARE(formatInstant(0), QStringLiteral("0\u202Fs"));
        QCOMPARE(formatInstant(12'345), QStringLiteral("12.3\u202Fµs"));
        QCOMPARE(formatInstant(1'234'567), QStringLiteral("1.235\u202Fms"));
        QCOMPARE(formatInstant(355'200'000), QStringLiteral("355.2\u202Fms"));
        QCOMPARE(formatInstant(3'500'000'000), QStringLiteral("3.500\u202Fs"));
        QCOMPARE(formatInstant(125'250'000'000), QStringLiteral("2\u202Fmin\u00A05.250\u202Fs"));
        QCOMPARE(formatInstant(-3'500'000'000), QStringLiteral("\u22123.500\u202Fs"));
    }

    void endsOfAStretchDiffer()
    {
        const auto text = [](Nanoseconds begin, Nanoseconds end) {
            const RangeEnds ends = formatEnds({begin, end});
            return QString(ends.begin + QStringLiteral("|") + ends.end).remove(QChar(0x202F));
        };
        QCOMPARE(text(1'302'000'000, 1'305'000'000), QStringLiteral("1.302s|1.305s"));
        QCOMPARE(text(1'302'461'000, 1'302'466'970), QStringLiteral("1.302461s|1.302466s"));
        QCOMPARE(text(1'302'461'007, 1'302'461'008), QStringLiteral("1.302461007s|1.302461008s"));
        QCOMPARE(text(355'200'100, 355'200'900), QStringLiteral("355.2001ms|355.2009ms"));
        QCOMPARE(text(12'341, 12'344), QStringLiteral("12.341µs|12.344µs"));
        QCOMPARE(text(7, 8), QStringLiteral("7ns|8ns"));
        QCOMPARE(text(3'500'000'000, 3'500'000'000), QStringLiteral("3.500s|3.500s"));
        QCOMPARE(text(59'999'999'998, 59'999'999'999), QStringLiteral("59.999999998s|59.999999999s"));
        QCOMPARE(text(59'999'930'000, 59'999'970'000), QStringLiteral("59.99993s|59.99997s"));
        QCOMPARE(text(119'999'930'000, 119'999'970'000), QStringLiteral("1min\u00A059.99993s|1min\u00A059.99997s"));
        QCOMPARE(text(59'999'990'000, 60'000'010'000), QStringLiteral("59.99999s|1min\u00A00.00001s"));
        QCOMPARE(text(9'999'600, 10'000'400), QStringLiteral("9.9996ms|10.0004ms"));
        QCOMPARE(text(999'999'700, 1'000'000'300), QStringLiteral("0.9999997s|1.0000003s"));
        QCOMPARE(text(999, 1'001), QStringLiteral("0.999µs|1.001µs"));
        QCOMPARE(text(1'001'500, 1'002'500), QStringLiteral("1.001ms|1.002ms")); // alike if rounded
        QCOMPARE(text(10'250'000, 10'350'000), QStringLiteral("10.2ms|10.3ms"));
        QCOMPARE(text(-12'344, -12'341), QStringLiteral("\u221212.344µs|\u221212.341µs"));
        QCOMPARE(text(0, 5'000'000'000), QStringLiteral("0s|5.000s"));
    }

    void bytes()
    {
        QCOMPARE(formatBytes(0), QStringLiteral("0\u202FB"));
        QCOMPARE(formatBytes(999), QStringLiteral("999\u202FB"));
        QCOMPARE(formatBytes(4096), QStringLiteral("4.10\u202FkB"));
        QCOMPARE(formatBytes(64'000'000), QStringLiteral("64.0\u202FMB"));
        QCOMPARE(formatBytes(UINT64_MAX), QStringLiteral("18.4\u202FEB"));
    }

    void rates()
    {
        QCOMPARE(formatRate(64'000'000, 1'650'000'000), QStringLiteral("38.8\u202FMB/s"));
        QCOMPARE(formatRate(1, 0), QStringLiteral("–"));
        QCOMPARE(formatRate(UINT64_MAX, 1), QStringLiteral("9.00\u202FEB/s"));
    }

    void percentagesAreExactAtTheirEnds()
    {
        QCOMPARE(formatPercent(0), QStringLiteral("0\u202F%"));
        QCOMPARE(formatPercent(0.0001), QStringLiteral("<0.1\u202F%"));
        QCOMPARE(formatPercent(0.004), QStringLiteral("0.4\u202F%"));
        QCOMPARE(formatPercent(0.21), QStringLiteral("21\u202F%"));
        QCOMPARE(formatPercent(0.9999), QStringLiteral("99\u202F%"));
        QCOMPARE(formatPercent(1), QStringLiteral("100\u202F%"));
    }

    void countsKeepEveryDigit()
    {
        QCOMPARE(formatCount(2041), QStringLiteral("2041"));
        QCOMPARE(formatCount(20'000), QStringLiteral("20\u202F000"));
        QCOMPARE(formatCount(1'234'567), QStringLiteral("1\u202F234\u202F567"));
    }

    void oneIsNoPlural()
    {
        const auto tasks = [](quint64 count) { return counted(count, QStringLiteral("1 task"), QStringLiteral("%1 tasks")); };
        QCOMPARE(tasks(0), QStringLiteral("0 tasks"));
        QCOMPARE(tasks(1), QStringLiteral("1 task"));
        QCOMPARE(tasks(20'000), QStringLiteral("20\u202F000 tasks"));
    }
};

QTEST_GUILESS_MAIN(FormatTest)
#include "format_test.moc"
