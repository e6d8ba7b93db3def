#include "ui/panels/length_bars.h"

#include <QTest>

using namespace loopscope;

namespace {

LengthHistogram histogramOf(std::initializer_list<Nanoseconds> lengths)
{
    LengthHistogram histogram;
    for (const Nanoseconds length : lengths)
        histogram.add(length);
    return histogram;
}

QString plain(const QString &text)
{
    return QString(text).replace(QChar(0x202F), QLatin1Char(' '));
}

} // namespace

class LengthBarsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void barsOfSeveralStandForTheSameLengths()
    {
        const LengthHistogram shorter = histogramOf({5, 6, 7, 40});
        const LengthHistogram longer = histogramOf({9});
        LengthBars bars;
        bars.include(shorter);
        bars.include(longer);
        QCOMPARE(bars.heights(shorter), (QList<double>{1, 0, 0, 1 / 3.0}));
        QCOMPARE(bars.heights(longer), (QList<double>{0, 1, 0, 0}));
    }

    void eachTellsItsLengthsAndHowMany()
    {
        const LengthHistogram lengths = histogramOf({5, 6, 7, 40});
        LengthBars bars;
        bars.include(lengths);
        const QStringList texts = bars.texts(lengths, MeasuredKind::Spans);
        QCOMPARE(texts.size(), 4);
        QCOMPARE(plain(texts[0]), QStringLiteral("3 spans of 4 ns to 7 ns"));
        QCOMPARE(plain(texts[1]), QStringLiteral("no spans of 8 ns to 15 ns"));
        QCOMPARE(plain(texts[3]), QStringLiteral("1 span of 32 ns to 63 ns"));
        QCOMPARE(plain(bars.summary(lengths, MeasuredKind::Slices)), QStringLiteral("3 slices of 4 ns to 7 ns, 1 slice of 32 ns to 63 ns"));
    }

    void theShortestAndTheLongest()
    {
        const LengthHistogram lengths = histogramOf({0, 1, INT64_MAX});
        LengthBars bars;
        bars.include(lengths);
        const QStringList texts = bars.texts(lengths, MeasuredKind::Slices);
        QCOMPARE(plain(texts.front()), QStringLiteral("2 slices of less than 2 ns"));
        QVERIFY2(texts.back().startsWith(QStringLiteral("1 slice of ")), qPrintable(texts.back()));
    }

    void thereMayBeNone()
    {
        LengthBars bars;
        bars.include({});
        QVERIFY(bars.heights({}).isEmpty());
        QVERIFY(bars.texts({}, MeasuredKind::Spans).isEmpty());
        QCOMPARE(bars.summary({}, MeasuredKind::Slices), QStringLiteral("no slices"));
    }
};

QTEST_MAIN(LengthBarsTest)
#include "length_bars_test.moc"
