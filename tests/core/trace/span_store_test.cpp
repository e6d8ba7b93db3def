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
};

QTEST_GUILESS_MAIN(SpanStoreTest)
#include "span_store_test.moc"
