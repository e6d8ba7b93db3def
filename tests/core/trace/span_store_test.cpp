#include "core/trace/span_store.h"

#include <QTest>

using namespace loopscope;

namespace {

SpanStore regularSpans(int count, Nanoseconds length, Nanoseconds gap)
{
    SpanStore store;
    for (int i = 0; i < count; ++i) {
        const Nanoseconds begin = i * (length + gap);
        store.append({begin, begin + length, allStates[static_cast<std::size_t>(i) % stateCount], static_cast<SiteId>(i), noLane});
    }
    return store;
}

StateTimes naiveTimesIn(const SpanStore &store, TimeRange range)
{
    StateTimes times;
    for (std::size_t i = 0; i < store.size(); ++i)
        times.add(store[i].state, store[i].range().intersected(range).length());
    return times;
}

} // namespace

class SpanStoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatIsAppended()
    {
        const SpanStore store = regularSpans(5000, 7, 3);
        QCOMPARE(store.size(), std::size_t(5000));
        QCOMPARE(store.extent(), (TimeRange{0, 4999 * 10 + 7}));
        for (int i = 0; i < 5000; ++i)
            QCOMPARE(store[static_cast<std::size_t>(i)].begin, Nanoseconds(i * 10));
    }

    void findsTheFirstSpanEndingAfter()
    {
        const SpanStore store = regularSpans(5000, 7, 3);
        for (Nanoseconds at = -5; at < 50'010; at += 37) {
            std::size_t expected = 0;
            while (expected < store.size() && store[expected].end <= at)
                ++expected;
            QCOMPARE(store.firstEndingAfter(at), expected);
        }
        QCOMPARE(SpanStore().firstEndingAfter(0), std::size_t(0));
    }

    void summariesEqualCounting()
    {
        const SpanStore store = regularSpans(3000, 7, 3);
        for (Nanoseconds begin = -10; begin < 31'000; begin += 997) {
            for (const Nanoseconds length : {0, 1, 9, 500, 9'973, 40'000})
                QCOMPARE(store.timesIn({begin, begin + length}), naiveTimesIn(store, {begin, begin + length}));
        }
    }

    // Where the array grows, where it becomes a block, and where the next one does.
    void holdsAnyNumberOfSpans()
    {
        for (const int count : {0, 1, 4, 5, 6, 9, 10, 18, 19, 255, 256, 257, 511, 512, 513, 768}) {
            const SpanStore store = regularSpans(count, 7, 3);
            QCOMPARE(store.size(), static_cast<std::size_t>(count));
            QCOMPARE(store.isEmpty(), count == 0);
            QCOMPARE(store.extent(), (count == 0 ? TimeRange{} : TimeRange{0, (count - 1) * 10 + 7}));
            QCOMPARE(store.firstEndingAfter(count * 10), static_cast<std::size_t>(count));
            for (std::size_t i = 0; i < store.size(); ++i)
                QCOMPARE(store[i].site, static_cast<SiteId>(i));
            for (const TimeRange range : {TimeRange{INT64_MIN, INT64_MAX}, TimeRange{3, count * 10 - 5}})
                QCOMPARE(store.timesIn(range), naiveTimesIn(store, range));
        }
    }

    void fewSpansTakeLittleMemory()
    {
        QCOMPARE(SpanStore().byteSize(), std::size_t(0));
        QCOMPARE(regularSpans(5, 7, 3).byteSize(), std::size_t(5 * 24));
        QCOMPARE(regularSpans(10, 7, 3).byteSize(), std::size_t(10 * 24));
        QVERIFY(regularSpans(100'000, 7, 3).byteSize() < 100'000 * 25);
    }
};

QTEST_GUILESS_MAIN(SpanStoreTest)
#include "span_store_test.moc"
