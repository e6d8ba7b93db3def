#include "tests/support/imported_sample.h"
#include "tests/support/sample_trace.h"
#include "ui/timeline/wake_links.h"

#include <QTest>

using namespace loopscope;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

} // namespace

class WakeLinksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void leadWhereTheKeysLead()
    {
        const auto trace = test::articleTrace();
        const SpanPlace photo{trace->tasks()[1], 4}; // ready since worker 1 finished at 3.5 s
        const WakeLinks links = wakeLinksOf(*trace, photo);
        QVERIFY(!links.links.empty());
        QCOMPARE(links.links.front().at, 3500 * ms);
        QCOMPARE(std::optional(links.links.front().cause), causeOf(*trace, photo));
        QCOMPARE(links.links.front().effect, photo);
        for (const LaneId task : trace->tasks()) {
            for (std::size_t span = 0; span < trace->spanCount(task); ++span) {
                const auto effect = effectOf(*trace, {task, span});
                const auto all = wakeLinksOf(*trace, {task, span}).links;
                const bool isThere = std::ranges::any_of(all, [&](const WakeLink &link) { return link.effect == effect; });
                QCOMPARE(isThere, effect.has_value());
            }
        }
    }

    void ofManyEffectsSomeAreCounted()
    {
        Trace trace;
        trace.addLane(LaneKind::Worker, "worker", 0);
        const LaneId parent = test::addTask(trace, "parent", "running 0 10");
        const LaneId child = test::addTask(trace, "child", "awaiting 0 5, ready 5 9");
        std::vector<Wake> wakes;
        for (std::size_t i = 0; i < mostEffects + 7; ++i)
            wakes.push_back({5 * ms, parent, child});
        wakes.push_back({11 * ms, parent, child});
        trace.addWakes(std::move(wakes));
        const WakeLinks links = wakeLinksOf(trace, {parent, 0});
        QCOMPARE(links.links.size(), mostEffects);
        QCOMPARE(links.leftOut, std::size_t(7));
    }

    void withoutAnEffectTheNextOneIsTold()
    {
        Trace trace;
        const LaneId waker = test::addTask(trace, "waker", "running 0 10, awaiting 10 20");
        const LaneId woken = test::addTask(trace, "woken", "awaiting 0 15, ready 15 20");
        trace.addWake({15 * ms, waker, woken});
        const WakeLinks links = wakeLinksOf(trace, {waker, 0});
        QCOMPARE(links.links, (std::vector<WakeLink>{{15 * ms, {waker, 1}, {woken, 1}}}));
    }

    void whatIsNotThereHasNone()
    {
        Trace trace;
        QCOMPARE(wakeLinksOf(trace, {17, 0}), WakeLinks());
        const LaneId task = test::addTask(trace, "task", "running 0 10");
        QCOMPARE(wakeLinksOf(trace, {task, 1}), WakeLinks());
        QCOMPARE(wakeLinksOf(trace, {task, 0}), WakeLinks());
    }

    // In the sample style (36 ms) leads to draw (74 ms).
    void flowsLinkTheInnermostSlices()
    {
        const auto trace = test::importedTrace();
        const SpanPlace style{3, 1};
        const LaneId drawing = *std::ranges::find_if(
            trace->rows(), [&](LaneId lane) { return trace->lane(lane).kind == LaneKind::Row && trace->nameOf(lane) == "compositor"; });
        const SpanPlace draw{drawing, 0};
        const WakeLinks links = wakeLinksOf(*trace, style);
        QCOMPARE(links.links, (std::vector<WakeLink>{{36 * ms, style, draw, 74 * ms}}));
        QCOMPARE(wakeLinksOf(*trace, draw), links);
        QCOMPARE(effectOf(*trace, style), std::optional(draw));
        QCOMPARE(causeOf(*trace, draw), std::optional(style));
        QVERIFY(!effectOf(*trace, draw) && !causeOf(*trace, style));
        QVERIFY(wakeLinksOf(*trace, {2, 0}).links.empty()); // navigate, which lies around style
    }
};

QTEST_GUILESS_MAIN(WakeLinksTest)
#include "wake_links_test.moc"
