#include "core/text/number_text.h"

#include <QTest>

using namespace loopscope;

class NumberTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void durationsHaveThreeDigitsAndTheirUnit()
    {
        QCOMPARE(durationText(0), std::string("0 ns"));
        QCOMPARE(durationText(999), std::string("999 ns"));
        QCOMPARE(durationText(1'234), std::string("1.23 us"));
        QCOMPARE(durationText(99'949'000), std::string("99.9 ms"));
        QCOMPARE(durationText(999'499'999), std::string("999 ms"));
        QCOMPARE(durationText(999'500'000), std::string("1.00 s"));
        QCOMPARE(durationText(86'400 * std::int64_t(1'000'000'000)), std::string("86400 s"));
    }

    void bytesAreInPowersOfAThousand()
    {
        QCOMPARE(bytesText(0), std::string("0 B"));
        QCOMPARE(bytesText(999), std::string("999 B"));
        QCOMPARE(bytesText(4'096), std::string("4.10 kB"));
        QCOMPARE(bytesText(64e6), std::string("64.0 MB"));
        QCOMPARE(bytesText(1.8e19), std::string("18.0 EB"));
    }

    void onlyNothingAndAllReadAsSuch()
    {
        QCOMPARE(shareText(0, 0), std::string("0 %"));
        QCOMPARE(shareText(0, 5), std::string("0 %"));
        QCOMPARE(shareText(1, 1'000'000), std::string("<0.1 %"));
        QCOMPARE(shareText(21, 100), std::string("21 %"));
        QCOMPARE(shareText(9'999, 10'000), std::string("99 %"));
        QCOMPARE(shareText(5, 5), std::string("100 %"));
    }

    void oneIsSingular()
    {
        QCOMPARE(countText(0, "file"), std::string("0 files"));
        QCOMPARE(countText(1, "file"), std::string("1 file"));
        QCOMPARE(countText(2, "file"), std::string("2 files"));
    }

    void countsFollowTheStyleOfTheirSentence()
    {
        NumberStyle style = terminalNumbers;
        style.count = [](std::uint64_t) { return std::string("many"); };
        QCOMPARE(countText(20'000, "file", style), std::string("many files"));
        QCOMPARE(countText(20'000, "file", terminalNumbers), std::string("20000 files"));
    }
};

QTEST_GUILESS_MAIN(NumberTextTest)
#include "number_text_test.moc"
