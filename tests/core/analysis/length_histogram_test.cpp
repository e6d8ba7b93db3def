#include "core/analysis/length_histogram.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using namespace loopscope;

class LengthHistogramTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingHasNoLength()
    {
        const LengthHistogram lengths;
        QCOMPARE(lengths.count(), std::size_t(0));
        QCOMPARE(lengths.percentile(0.5), Nanoseconds(0));
        QCOMPARE(lengths.longest(), Nanoseconds(0));
    }

    void fewLengthsAreExact()
    {
        LengthHistogram lengths;
        for (const Nanoseconds length : {0, 31, 1'000, 50'000'000})
            lengths.add(length);
        QCOMPARE(lengths.percentile(0.25), Nanoseconds(0));
        QCOMPARE(lengths.percentile(0.5), Nanoseconds(31));
        QCOMPARE(lengths.percentile(0.75), Nanoseconds(1'000));
        QCOMPARE(lengths.percentile(1), Nanoseconds(50'000'000));
        QCOMPARE(lengths.longest(), Nanoseconds(50'000'000));
    }

    void percentilesAreWithinAThirtySecond()
    {
        std::mt19937_64 random(7); // NOLINT(cert-msc32-c,cert-msc51-cpp): the same lengths every time
        std::lognormal_distribution<double> lengthsLike(10, 3);
        std::vector<Nanoseconds> all(10'000);
        LengthHistogram lengths;
        for (Nanoseconds &length : all) {
            length = static_cast<Nanoseconds>(lengthsLike(random));
            lengths.add(length);
        }
        std::ranges::sort(all);
        for (const double share : {0.01, 0.5, 0.9, 0.99, 0.999, 1.0}) {
            const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(all.size())));
            const Nanoseconds exact = all[rank - 1];
            const Nanoseconds told = lengths.percentile(share);
            QVERIFY(told >= exact && told - exact <= exact / 32 + 1);
            QVERIFY(std::ranges::binary_search(all, told));
        }
    }

    void octavesCountEachLengthOnce()
    {
        LengthHistogram lengths;
        for (const Nanoseconds length : std::initializer_list<Nanoseconds>{0, 1, 2, 3, 4, 1'024, 2'047, 2'048, INT64_MAX})
            lengths.add(length);
        QCOMPARE(lengths.inOctave(0), std::size_t(2));
        QCOMPARE(lengths.inOctave(1), std::size_t(2));
        QCOMPARE(lengths.inOctave(2), std::size_t(1));
        QCOMPARE(lengths.inOctave(10), std::size_t(2));
        QCOMPARE(lengths.inOctave(11), std::size_t(1));
        QCOMPARE(lengths.inOctave(62), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(LengthHistogramTest)
#include "length_histogram_test.moc"
