#include "core/trace/span_store.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

using namespace loopscope;

namespace {

SpanStore regularSpans(int count, Nanoseconds length, Nanoseconds gap)
{
    SpanStore store;
    for (int i = 0; i < count; ++i) {
        const Nanoseconds begin = i * (length + gap);
        store.append({begin, begin + length, taskStates[static_cast<std::size_t>(i) % taskStates.size()], static_cast<SiteId>(i), noLane});
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

constexpr SpanStore::Limits limits = {1'000'000, 1};

/// All records, as they would lie in a file.
std::vector<std::uint32_t> recordsOf(const SpanStore &store)
{
    std::vector<std::uint32_t> words;
    for (std::size_t first = 0; first < store.size();) {
        const auto records = store.recordsFrom(first);
        const std::size_t before = words.size();
        words.resize(before + records.size() / sizeof(std::uint32_t));
        std::memcpy(&words[before], records.data(), records.size());
        first += records.size() / SpanStore::recordBytes;
    }
    return words;
}

void compare(const SpanStore &a, const SpanStore &b)
{
    QCOMPARE(a.size(), b.size());
    QCOMPARE(a.extent(), b.extent());
    for (std::size_t i = 0; i < a.size(); ++i)
        QCOMPARE(a[i], b[i]);
    for (std::size_t i = 0; i < a.size(); i += 1 + i / 3) {
        QCOMPARE(a.timesOf(i, a.size()), b.timesOf(i, a.size()));
        QCOMPARE(a.firstEndingAfter(b[i].begin), i);
    }
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

    void aPrefixOfAnotherStoreIsThatStoreUpToThere()
    {
        for (const int size : {0, 1, 256, 257, 3000}) {
            const SpanStore whole = regularSpans(size, 7, 3);
            for (int count = 0; count <= size; count += 1 + count / 7) {
                const auto wanted = static_cast<std::size_t>(count);
                SpanStore prefix;
                prefix.adoptPrefix(whole, wanted);
                QCOMPARE(prefix.size(), wanted);
                for (std::size_t i = 0; i < wanted; i += 1 + wanted / 50)
                    QVERIFY(prefix[i] == whole[i]);
                QCOMPARE(prefix.timesBefore(wanted), whole.timesBefore(wanted));
                QCOMPARE(prefix.firstEndingAfter(count * 5), whole.firstEndingAfter(count * 5));
                // It goes on by itself.
                prefix.append({100'000, 100'010, State::Running, 0, noLane});
                QCOMPARE(prefix.size(), wanted + 1);
                QCOMPARE(prefix.end(), Nanoseconds(100'010));
            }
        }
    }

    void stretchesHoldTheirSpans()
    {
        for (const int count : {1, 7, 256, 257, 5000}) {
            const SpanStore store = regularSpans(count, 7, 3);
            QVERIFY(!SpanStore::Stretch().has(0));
            for (std::size_t i = 0; i < store.size(); i += 5) {
                const SpanStore::Stretch stretch = store.stretchAt(i);
                QVERIFY(stretch.has(i));
                QVERIFY(!stretch.has(store.size()));
                for (std::size_t k = 0; k < store.size(); ++k)
                    QVERIFY(!stretch.has(k) || stretch[k] == store[k]);
            }
        }
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

    void timesOfAnyStretchEqualCounting()
    {
        const SpanStore store = regularSpans(1500, 7, 3);
        for (std::size_t first = 0; first <= store.size(); first += 97) {
            for (std::size_t last = first; last <= store.size(); last += 31) {
                StateTimes expected;
                for (std::size_t i = first; i < last; ++i)
                    expected.add(store[i].state, store[i].length());
                QCOMPARE(store.timesOf(first, last), expected);
            }
        }
    }

    void findsOnFromAnySpan()
    {
        const SpanStore store = regularSpans(20'000, 7, 3);
        for (std::size_t from = 0; from < store.size(); from += 613) {
            for (const std::size_t distance : {0, 1, 31, 32, 255, 256, 5'000, 19'999}) {
                const std::size_t expected = std::min(store.size() - 1, from + distance);
                QCOMPARE(store.firstEndingAfter(store[expected].begin, from), expected);
            }
            QCOMPARE(store.firstEndingAfter(store.end(), from), store.size());
        }
    }

    void keepsWhatIsInItsRangesToTheLastBit()
    {
        const std::array<Span, 4> spans = {Span{0, 1, State::Blocking, largestSiteId, largestLaneId},
                                           Span{1, latestTime - 2, State::Running, 0, 0},
                                           Span{latestTime - 2, latestTime - 1, State::InWorker, 1, noLane},
                                           Span{latestTime - 1, latestTime, State::Ready, 0xABCDEF, 0xABCDEF0}};
        SpanStore store;
        for (const Span &span : spans)
            store.append(span);
        for (std::size_t i = 0; i < spans.size(); ++i)
            QCOMPARE(store[i], spans[i]);
    }

    void refusesWhatIsOutOfThem_data()
    {
        QTest::addColumn<Nanoseconds>("begin");
        QTest::addColumn<Nanoseconds>("end");
        QTest::addColumn<SiteId>("site");
        QTest::addColumn<LaneId>("peer");
        QTest::newRow("before the run") << Nanoseconds(-1) << Nanoseconds(1) << SiteId(0) << noLane;
        QTest::newRow("after 52 days") << Nanoseconds(0) << latestTime + 1 << SiteId(0) << noLane;
        QTest::newRow("backwards") << Nanoseconds(2) << Nanoseconds(1) << SiteId(0) << noLane;
        QTest::newRow("a site too many") << Nanoseconds(0) << Nanoseconds(1) << largestSiteId + 1 << noLane;
        QTest::newRow("a lane too many") << Nanoseconds(0) << Nanoseconds(1) << SiteId(0) << largestLaneId + 1;
    }

    void refusesWhatIsOutOfThem()
    {
        QFETCH(const Nanoseconds, begin);
        QFETCH(const Nanoseconds, end);
        QFETCH(const SiteId, site);
        QFETCH(const LaneId, peer);
        QVERIFY(!SpanStore::canKeep({begin, end, State::Running, site, peer}));
    }

    void whatIsAdoptedIsAsIfItWereAppended()
    {
        for (const int count : {1, 255, 256, 257, 512, 3'000}) {
            const SpanStore store = regularSpans(count, 7, 3);
            const std::vector<std::uint32_t> records = recordsOf(store);
            const auto bytes = std::as_bytes(std::span(records));
            SpanStore adopted;
            QVERIFY(adopted.adopt(bytes, 0, limits));
            compare(adopted, store);
            // In two parts, the second of which is put behind the first.
            const std::size_t cut = static_cast<std::size_t>(count) / 3 * SpanStore::recordBytes;
            SpanStore parts;
            QVERIFY(parts.adopt(bytes.first(cut), 0, limits));
            QVERIFY(parts.adopt(bytes.subspan(cut), 0, limits));
            compare(parts, store);
        }
    }

    void whatIsAdoptedCanBeAppendedTo()
    {
        for (const int count : {0, 1, 200, 256, 512, 700}) {
            const std::vector<std::uint32_t> records = recordsOf(regularSpans(count, 7, 3));
            SpanStore adopted;
            QVERIFY(adopted.adopt(std::as_bytes(std::span(records)), 0, limits));
            std::size_t bytes = adopted.byteSize();
            for (int i = count; i < count + 1'000; ++i) {
                const Nanoseconds begin = i * 10;
                bytes += adopted.append(
                    {begin, begin + 7, taskStates[static_cast<std::size_t>(i) % taskStates.size()], static_cast<SiteId>(i), noLane});
                QCOMPARE(adopted.byteSize(), bytes);
            }
            compare(adopted, regularSpans(count + 1'000, 7, 3));
        }
    }

    void wholeBlocksAreNotCopied()
    {
        const std::vector<std::uint32_t> records = recordsOf(regularSpans(100'000, 7, 3));
        SpanStore adopted;
        QVERIFY(adopted.adopt(std::as_bytes(std::span(records)), 0, limits));
        QVERIFY(adopted.byteSize() < 100'000 * 3);
    }

    void refusesRecordsThatCannotBe()
    {
        const std::vector<std::uint32_t> records = recordsOf(regularSpans(600, 7, 3));
        const auto isRefused = [&records](Nanoseconds earliest, const SpanStore::Limits &within) {
            SpanStore store;
            const bool isAdopted = store.adopt(std::as_bytes(std::span(records)), earliest, within);
            return !isAdopted && store.isEmpty();
        };
        QVERIFY(!isRefused(0, limits));
        QVERIFY(isRefused(1, limits));
        QVERIFY(isRefused(0, {599, 1}));
        SpanStore store = regularSpans(600, 7, 3);
        QVERIFY(!store.adopt(std::as_bytes(std::span(records)), 0, limits)); // they begin before its end
        QCOMPARE(store.size(), std::size_t(600));
    }

    void roomIsMadeAtOnce()
    {
        SpanStore store;
        QCOMPARE(store.reserve(10), std::size_t(10 * 20));
        for (Nanoseconds at = 0; at < 10; ++at)
            QCOMPARE(store.append({at, at + 1, State::Ready, 0, noLane}), std::size_t(0));
        QVERIFY(store.append({10, 11, State::Ready, 0, noLane}) > 0);
        QCOMPARE(store.size(), std::size_t(11));
        QCOMPARE(store[9].begin, Nanoseconds(9));
    }

    void spansTakeLittleMemory()
    {
        QCOMPARE(SpanStore().byteSize(), std::size_t(0));
        QCOMPARE(regularSpans(3, 7, 3).byteSize(), std::size_t(3 * 20));
        QCOMPARE(regularSpans(10, 7, 3).byteSize(), std::size_t(10 * 20));
        for (const int count : {1'000, 10'000, 100'000})
            QVERIFY(regularSpans(count, 7, 3).byteSize() <= static_cast<std::size_t>(count) * 24);
    }
};

QTEST_GUILESS_MAIN(SpanStoreTest)
#include "span_store_test.moc"
