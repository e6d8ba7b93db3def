#include "tests/support/sample_trace.h"
#include "ui/timeline/box_cache.h"

#include <QTest>

using namespace loopscope;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;
constexpr TimeScale whole{{0, 100 * ms}, 10};

} // namespace

class BoxCacheTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        trace_ = std::make_unique<Trace>();
        lane_ = test::addTask(*trace_, "task", "running 0 20, awaiting 20 60, running 60 80");
        other_ = test::addTask(*trace_, "other", "running 0 80");
        cache_ = BoxCache();
    }

    void aFrameIsTheTrace()
    {
        for (int frame = 0; frame < 3; ++frame) {
            QCOMPARE(shown(lane_), newBoxes(lane_));
            QCOMPARE(cache_.boxesOf(other_, ColumnEdges(whole)), newBoxes(other_));
            QCOMPARE(cache_.boxesOf(lane_, ColumnEdges(whole)), newBoxes(lane_));
        }
    }

    // What is kept is found by what cannot be: a box that is changed behind the back of the cache.
    void theNextFrameKeepsWhatThisOneAskedFor()
    {
        mark(shown(lane_));
        QVERIFY(isMarked(shown(lane_)));
        QVERIFY(isMarked(shown(lane_)));
        std::ignore = shown(other_);
        QVERIFY(!isMarked(shown(lane_)));
    }

    void anotherScaleIsAnotherPicture()
    {
        mark(shown(lane_));
        QVERIFY(!isMarked(shown(lane_, {{0, 50 * ms}, whole.columns})));
        mark(shown(lane_, {{0, 50 * ms}, whole.columns}));
        QVERIFY(!isMarked(shown(lane_, {{0, 50 * ms}, whole.columns / 2})));
        QCOMPARE(shown(lane_), newBoxes(lane_));
    }

    void aTraceThatGrowsIsLookedAtAnew()
    {
        mark(shown(lane_));
        trace_->enter(lane_, 80 * ms, State::Blocking, 0, noLane);
        trace_->advanceTo(95 * ms);
        QCOMPARE(shown(lane_), newBoxes(lane_));
        QCOMPARE(shown(lane_).back().state, State::Blocking);
        mark(shown(lane_));
        trace_->advanceTo(99 * ms); // the open span has
        QCOMPARE(shown(lane_), newBoxes(lane_));
    }

    void anotherTraceIsAfterClear()
    {
        mark(shown(lane_));
        cache_.clear();
        QVERIFY(!isMarked(shown(lane_)));
    }

private:
    // In a frame of its own.
    const std::vector<SpanBox> &shown(LaneId lane, const TimeScale &scale = whole)
    {
        cache_.beginFrame(*trace_, scale);
        return cache_.boxesOf(lane, ColumnEdges(scale));
    }
    [[nodiscard]] std::vector<SpanBox> newBoxes(LaneId lane) const { return spanBoxes(*trace_, lane, whole).boxes; }

    static void mark(const std::vector<SpanBox> &boxes) { const_cast<SpanBox &>(boxes.front()).first = 999; }
    static bool isMarked(const std::vector<SpanBox> &boxes) { return boxes.front().first == 999; }

    std::unique_ptr<Trace> trace_;
    LaneId lane_ = noLane;
    LaneId other_ = noLane;
    BoxCache cache_;
};

QTEST_GUILESS_MAIN(BoxCacheTest)
#include "box_cache_test.moc"
