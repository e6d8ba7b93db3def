#include "tests/support/sample_trace.h"
#include "ui/timeline/culprit_links.h"
#include "ui/timeline/overlay.h"

#include <QTest>

using namespace loopscope;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

int sevenACharacter(const QString &text)
{
    return static_cast<int>(text.size()) * 7;
}

TimelineMetrics plainMetrics()
{
    TimelineMetrics metrics;
    metrics.bodyWidth = metrics.strongWidth = metrics.smallWidth = sevenACharacter;
    metrics.nameWidth = 200;
    return metrics;
}

// A millisecond is a pixel wide, from x = 200 on.
struct Made {
    explicit Made(std::shared_ptr<Trace> madeTrace, TimeRange visible = {0, 800 * ms}, int height = 400, int scrolled = 0)
        : trace(std::move(madeTrace))
        , layout(*trace, metrics.rows, {})
        , range(visible)
        , scroll(scrolled)
        , frame(buildFrame(
              {.trace = *trace, .layout = layout, .metrics = metrics, .size = {1000, height}, .range = visible, .scroll = scrolled}))
    {
    }

    void showOnly(LaneId task)
    {
        const auto order = std::make_shared<LaneOrder>();
        order->add(*trace, {LaneGroup::Loop, {}, {}, false, {loopLaneId}});
        order->add(*trace, {LaneGroup::Tasks, {}, {}, false, {task}});
        layout = LaneLayout(order, metrics.rows, {});
        frame = buildFrame({.trace = *trace, .layout = layout, .metrics = metrics, .size = frame.size, .range = range, .scroll = scroll});
    }

    FrameOverlay withRange(TimeRange selected) const
    {
        return buildOverlay({.layout = layout, .metrics = metrics, .range = range, .scroll = scroll, .selected = selected}, frame);
    }

    FrameOverlay withCulprits(SpanPlace place) const
    {
        const WakeLinks wakes;
        const std::vector<WakeLink> culprits = culpritLinksOf(*trace, place);
        return buildOverlay({.layout = layout,
                             .metrics = metrics,
                             .range = range,
                             .scroll = scroll,
                             .selectedSpan = place,
                             .wakes = &wakes,
                             .culprits = culprits},
                            frame);
    }

    PathPicture withPath(const std::vector<PathPiece> &path) const
    {
        return buildOverlay({.layout = layout, .metrics = metrics, .range = range, .scroll = scroll, .criticalPath = path}, frame).path;
    }

    FrameOverlay withWakes(SpanPlace place) const
    {
        const WakeLinks wakes = wakeLinksOf(*trace, place);
        return buildOverlay(
            {.layout = layout, .metrics = metrics, .range = range, .scroll = scroll, .selectedSpan = place, .wakes = &wakes}, frame);
    }

    std::shared_ptr<Trace> trace;
    TimelineMetrics metrics = plainMetrics();
    LaneLayout layout;
    TimeRange range;
    int scroll;
    TimelineFrame frame;
};

} // namespace

class OverlayTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void culpritsPointAtWhoWasReady()
    {
        const auto trace = std::make_shared<Trace>();
        const LaneId culprit = test::addTask(*trace, "culprit", "ready 0 10, blocking 10 200");
        const LaneId late = test::addTask(*trace, "late", "ready 0 200, running 200 210");
        const Made made(trace);
        const FrameOverlay overlay = made.withCulprits({late, 0});
        QCOMPARE(overlay.arrows.size(), std::size_t(1));
        const ArrowPicture &arrow = overlay.arrows.front();
        QVERIFY(arrow.isOfCulprit);
        QCOMPARE(arrow.from.x(), 400); // where it let go of the loop
        const auto middleOf = [&](LaneId lane) { return std::ranges::find(made.frame.lanes, lane, &LanePicture::lane)->rect.center().y(); };
        QCOMPARE(arrow.from.y(), middleOf(culprit));
        QCOMPARE(arrow.to.y(), middleOf(late));
        QVERIFY(made.withCulprits({culprit, 1}).arrows.empty()); // it was not ready
    }

    void thePathRunsFromLaneToLane()
    {
        const auto trace = std::make_shared<Trace>();
        const LaneId first = test::addTask(*trace, "first", "running 0 100");
        const LaneId second = test::addTask(*trace, "second", "ready 0 100, running 100 300");
        const Made made(trace);
        const PathPicture path = made.withPath(
            {{first, {0, 100 * ms}, State::Running, PathLink::Begin}, {second, {100 * ms, 300 * ms}, State::Running, PathLink::LoopFreed}});
        QCOMPARE(path.pieces.size(), std::size_t(2));
        QCOMPARE(path.pieces[0].left(), 200);
        QCOMPARE(path.pieces[0].right(), 299);
        QCOMPARE(path.pieces[1].left(), 300);
        QCOMPARE(path.pieces[1].right(), 499);
        QVERIFY(path.pieces[1].top() > path.pieces[0].top());
        QCOMPARE(path.joins.size(), std::size_t(1));
        QCOMPARE(path.joins[0].left(), 300);
    }

    // However many pieces there are: one or two a column of pixels.
    void aPathOfManyPiecesCostsWhatTheScreenHas()
    {
        const auto trace = std::make_shared<Trace>();
        const LaneId task = test::addTask(*trace, "task", "running 0 800");
        const Made made(trace);
        std::vector<PathPiece> path;
        for (Nanoseconds at = 0; at < 800 * ms; at += ms / 100)
            path.push_back({task, {at, at + ms / 100}, State::Running, PathLink::Continued});
        const PathPicture picture = made.withPath(path);
        QVERIFY(picture.pieces.size() >= 800 && picture.pieces.size() <= 1600);
        QVERIFY(picture.joins.empty());
    }

    void aRangeHasTwoEdgesAndItsLength()
    {
        const Made made(test::articleTrace());
        const RangePicture range = made.withRange({100 * ms, 300 * ms}).range.value();
        QCOMPARE(range.tint.left(), 300);
        QCOMPARE(range.tint.right(), 499);
        QCOMPARE(range.tint.top(), made.frame.ruler.bottom() + 1);
        QCOMPARE(range.edges.size(), std::size_t(2));
        QCOMPARE(range.edges.front().left(), 300);
        QCOMPARE(range.edges.back().right(), 499);
        QCOMPARE(range.label.text, QStringLiteral("200\u202Fms"));
        QVERIFY(range.band.contains(range.plate.center()));
    }

    void aRangeIsCutToWhatIsVisible()
    {
        const Made made(test::articleTrace());
        const RangePicture wide = made.withRange({-50 * ms, 5000 * ms}).range.value();
        QCOMPARE(wide.tint.left(), 200);
        QCOMPARE(wide.tint.right(), 999);
        QVERIFY(wide.edges.empty());
        QVERIFY(!made.withRange({900 * ms, 950 * ms}).range);
        QVERIFY(!made.withRange({-950 * ms, -900 * ms}).range);
    }

    // Whose names stay to be read.
    void theLabelKeepsOffMarks()
    {
        Made made(test::articleTrace());
        const auto markAt = [&made](int x) { made.frame.marks.push_back({1, x, QRect(x, 1, 90, 15), {}}); };
        markAt(380); // the middle
        const QRect right = made.withRange({100 * ms, 300 * ms}).range->plate;
        QVERIFY(right.left() >= 500);
        markAt(510); // and right of it
        const QRect left = made.withRange({100 * ms, 300 * ms}).range->plate;
        QVERIFY(left.right() < 300);
        markAt(210); // there is no place without
        const RangePicture range = made.withRange({100 * ms, 300 * ms}).range.value();
        QVERIFY(range.band.contains(range.plate.center()));
    }

    void theLabelStaysInTheRulerAndHidesTicksUnderIt_data()
    {
        QTest::addColumn<Nanoseconds>("begin");
        QTest::addColumn<Nanoseconds>("end");
        QTest::newRow("wide") << 100 * ms << 300 * ms;
        QTest::newRow("narrow") << 400 * ms << 401 * ms;
        QTest::newRow("less than a pixel") << 400 * ms << 400 * ms + 1;
        QTest::newRow("at the left") << Nanoseconds(0) << 2 * ms;
        QTest::newRow("at the right") << 798 * ms << 799 * ms;
    }

    void theLabelStaysInTheRulerAndHidesTicksUnderIt()
    {
        QFETCH(Nanoseconds, begin);
        QFETCH(Nanoseconds, end);
        const Made made(test::articleTrace());
        const RangePicture range = made.withRange({begin, end}).range.value();
        QVERIFY(made.frame.ruler.contains(range.plate));
        QVERIFY(range.tint.width() >= 1);
        for (std::size_t i = 0; i < made.frame.ticks.size(); ++i) {
            const PlacedText &label = made.frame.ticks[i].label;
            const QRect rect(label.at.x(), range.plate.top(), sevenACharacter(label.text), 5);
            const bool isHidden = std::ranges::binary_search(range.hiddenTicks, i);
            QVERIFY(isHidden || label.text.isEmpty() || !rect.intersects(range.plate));
        }
    }

    void arrowsLeadFromLaneToLane()
    {
        const Made made(test::articleTrace(), {3000 * ms, 3800 * ms}, 600);
        const LaneId photo = made.trace->tasks()[1];
        const FrameOverlay overlay = made.withWakes({photo, 4});
        QVERIFY(!overlay.arrows.empty());
        const ArrowPicture &cause = overlay.arrows.front();
        QCOMPARE(cause.from.x(), 700);
        QCOMPARE(laneAt(made.frame, cause.from)->lane, LaneId(1));
        QCOMPARE(laneAt(made.frame, cause.to)->lane, photo);
        QVERIFY(cause.isFromInSight && cause.isToInSight);
    }

    void arrowsPointToWhatIsOutOfSight()
    {
        const Made low(test::articleTrace(), {3000 * ms, 3800 * ms}, 200);
        const LaneId photo = low.trace->tasks()[1];
        const FrameOverlay below = low.withWakes({photo, 4});
        QVERIFY(!below.arrows.empty());
        QVERIFY(!below.arrows.front().isFromInSight);
        QVERIFY(below.arrows.front().from.y() < 200);
        QVERIFY(below.arrows.front().from.y() > below.arrows.front().to.y());

        const Made scrolled(test::articleTrace(), {3000 * ms, 3800 * ms}, 200, 150);
        const FrameOverlay above = scrolled.withWakes({photo, 4});
        for (const ArrowPicture &arrow : above.arrows)
            QVERIFY(QRect(QPoint(0, 0), scrolled.frame.size).contains(arrow.from) && arrow.to.y() > scrolled.frame.pinned.bottom());
    }

    void arrowsOfOtherTimesAreCounted()
    {
        const Made made(test::articleTrace(), {0, 800 * ms}, 600);
        const FrameOverlay overlay = made.withWakes({made.trace->tasks()[1], 4});
        QVERIFY(overlay.arrows.empty());
        QVERIFY(overlay.leftOut.text.contains(QStringLiteral("out of sight")));
        QVERIFY(QRect(QPoint(200, 0), QPoint(999, 599)).contains(overlay.plate));
    }

    void arrowsToLanesThatHaveNoRowAreCounted()
    {
        const auto trace = test::articleTrace();
        const SpanPlace ready{trace->tasks()[1], 4};
        Made made(trace, {3100 * ms, 3900 * ms}, 600);
        const FrameOverlay whole = made.withWakes(ready);
        QVERIFY(!whole.arrows.empty() && whole.leftOut.text.isEmpty());
        QVERIFY(!made.withCulprits(ready).arrows.empty());
        made.showOnly(ready.lane);
        const FrameOverlay alone = made.withWakes(ready);
        QVERIFY(alone.arrows.empty());
        QCOMPARE(alone.leftOut.text, whole.arrows.size() == 1 ? QStringLiteral("1 wake out of sight")
                                                              : QStringLiteral("%1 wakes out of sight").arg(whole.arrows.size()));
        QVERIFY(made.withCulprits(ready).arrows.empty());
    }

    void nothingSelectedLeavesNothing()
    {
        const Made made(test::articleTrace());
        const FrameOverlay overlay = buildOverlay({.layout = made.layout, .metrics = made.metrics, .range = made.range}, made.frame);
        QVERIFY(!overlay.range && overlay.arrows.empty() && overlay.leftOut.text.isEmpty());
        QVERIFY(!buildOverlay({.layout = made.layout, .metrics = made.metrics, .range = made.range, .selected = made.range}, {}).range);
    }
};

QTEST_GUILESS_MAIN(OverlayTest)
#include "overlay_test.moc"
