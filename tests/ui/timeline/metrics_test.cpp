#include "ui/timeline/metrics.h"

#include <QTest>

using namespace loopscope;

namespace {

int tenACharacter(const QString &text)
{
    return static_cast<int>(text.size()) * 10;
}

} // namespace

class MetricsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textsAreCutOnlyWhereTheyMust()
    {
        QCOMPARE(elidedRight(QStringLiteral("abcdef"), 60, tenACharacter), QStringLiteral("abcdef"));
        QCOMPARE(elidedRight(QStringLiteral("abcdef"), 59, tenACharacter), QStringLiteral("abcd…"));
        QCOMPARE(elidedMiddle(QStringLiteral("abcdefgh"), 50, tenACharacter), QStringLiteral("ab…gh"));
        QCOMPARE(elidedRight(QStringLiteral("abcdef"), 10, tenACharacter), QString());
        QCOMPARE(elidedMiddle(QStringLiteral("abcdef"), -5, tenACharacter), QString());
        QCOMPARE(elidedRight(QString(), 0, tenACharacter), QString());
    }

    void noCharacterIsCutInHalf()
    {
        const QString text = QStringLiteral("a\U0001F600\U0001F600\U0001F600b");
        for (int width = 0; width < 90; ++width) {
            QVERIFY(elidedRight(text, width, tenACharacter).isValidUtf16());
            QVERIFY(elidedMiddle(text, width, tenACharacter).isValidUtf16());
        }
    }

    void longTextsAreBounded()
    {
        const QString text(1'000'000, QLatin1Char('x'));
        QVERIFY(elidedRight(text, 100, tenACharacter).size() <= 10);
        QVERIFY(elidedMiddle(text, INT_MAX, tenACharacter).size() <= 2001);
    }

    void sizesFollowTheFontAndTheScale()
    {
        QFont font;
        font.setPixelSize(13);
        const TimelineMetrics small = timelineMetrics(timelineFonts(font, 1, Density::Comfortable), 1, Density::Comfortable);
        QCOMPARE(small.rows.lane, 26);
        QCOMPARE(small.rows.lane - 2 * small.spanInset, 18);
        const TimelineMetrics twice = timelineMetrics(timelineFonts(font, 2, Density::Comfortable), 2, Density::Comfortable);
        QCOMPARE(twice.rows.lane, 52);
        font.setPixelSize(26);
        const TimelineMetrics large = timelineMetrics(timelineFonts(font, 1, Density::Comfortable), 1, Density::Comfortable);
        QVERIFY(large.rows.lane > 26);
        const TimelineMetrics dense = timelineMetrics(timelineFonts(font, 1, Density::Dense), 1, Density::Dense);
        QVERIFY(dense.rows.lane < large.rows.lane);
        QVERIFY(dense.capSize > 0);
    }
};

QTEST_MAIN(MetricsTest)
#include "metrics_test.moc"
