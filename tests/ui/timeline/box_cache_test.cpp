#include "tests/support/sample_trace.h"
#include "ui/timeline/box_cache.h"

#include <QTest>

using namespace loopscope;

class BoxCacheTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        trace_ = test::largeTrace(3, 500);
        lane_ = trace_->tasks().front();
        other_ = trace_->tasks().back();
    }

    void aFrameKeepsWhatTheLastOneAskedFor()
    {
        BoxCache cache;
        const SpanBox *const first = boxesOf(cache, lane_, whole()).data();
        QCOMPARE(boxesOf(cache, lane_, whole()).data(), first);
        std::ignore = boxesOf(cache, other_, whole());
        std::ignore = cache.boxesOf(*trace_, lane_, ColumnEdges(whole())); // not asked for in the frame before
        compareWithNew(cache, lane_, whole());
    }

    void anotherScaleIsAnotherPicture()
    {
        BoxCache cache;
        std::ignore = boxesOf(cache, lane_, whole());
        const TimeScale half{{0, trace_->extent().end / 2}, columns};
        std::ignore = boxesOf(cache, lane_, half);
        compareWithNew(cache, lane_, half);
        std::ignore = boxesOf(cache, lane_, {half.range, columns / 2});
        compareWithNew(cache, lane_, {half.range, columns / 2});
    }

    void aTraceThatHasGrownIsLookedAtAnew()
    {
        BoxCache cache;
        const std::size_t before = boxesOf(cache, lane_, whole()).size();
        trace_ = test::largeTrace(3, 5);
        cache.clear();
        cache.beginFrame(whole());
        const std::size_t after = cache.boxesOf(*trace_, lane_, ColumnEdges(whole())).size();
        QVERIFY(after < before);
        compareWithNew(cache, lane_, whole());
    }

private:
    static constexpr int columns = 400;

    [[nodiscard]] TimeScale whole() const { return {trace_->extent(), columns}; }

    // In a frame of its own.
    const std::vector<SpanBox> &boxesOf(BoxCache &cache, LaneId lane, const TimeScale &scale) const
    {
        cache.beginFrame(scale);
        return cache.boxesOf(*trace_, lane, ColumnEdges(scale));
    }

    void compareWithNew(BoxCache &cache, LaneId lane, const TimeScale &scale) const
    {
        QCOMPARE(cache.boxesOf(*trace_, lane, ColumnEdges(scale)), spanBoxes(*trace_, lane, scale).boxes);
    }

    std::shared_ptr<Trace> trace_;
    LaneId lane_ = noLane;
    LaneId other_ = noLane;
};

QTEST_GUILESS_MAIN(BoxCacheTest)
#include "box_cache_test.moc"
