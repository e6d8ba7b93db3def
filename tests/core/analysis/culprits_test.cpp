#include "core/analysis/culprits.h"

#include "tests/support/random_trace.h"

#include <QTest>

#include <map>
#include <set>

using namespace loopscope;
using namespace loopscope::test;

namespace {

bool holdsLoop(const Span &span)
{
    return span.state == State::Running || span.state == State::Blocking;
}

/// The slow and obvious way: who holds the loop between each two neighbours of all instants at which anything changes.
LoopShares sharesByTheInstant(const Trace &trace, TimeRange range)
{
    std::vector<std::pair<Span, LaneId>> holds;
    std::set<Nanoseconds> edges{range.begin, range.end};
    for (const LaneId lane : trace.tasks()) {
        for (std::size_t i = 0; i < trace.spanCount(lane); ++i) {
            const Span span = trace.span(lane, i);
            if (!holdsLoop(span) || span.range().isEmpty())
                continue;
            holds.emplace_back(span, lane);
            for (const Nanoseconds edge : {span.begin, span.end}) {
                if (range.contains(edge))
                    edges.insert(edge);
            }
        }
    }
    std::ranges::stable_sort(holds, {}, [](const auto &hold) { return hold.first.begin; });
    std::map<LaneId, Nanoseconds> held;
    LoopShares shares;
    for (auto edge = edges.begin(); std::next(edge) != edges.end(); ++edge) {
        const TimeRange part{*edge, *std::next(edge)};
        const auto holder = std::ranges::find_if(holds, [&](const auto &hold) { return hold.first.range().contains(part.begin); });
        if (holder != holds.end()) {
            held[holder->second] += part.length();
            continue;
        }
        const StateTimes loop = trace.timesIn(loopLaneId, part);
        shares.itself += loop[State::Running] + loop[State::Blocking];
        shares.idle += part.length() - loop[State::Running] - loop[State::Blocking];
    }
    for (const auto &[task, time] : held)
        shares.culprits.push_back({task, time});
    std::ranges::stable_sort(shares.culprits, std::greater<>(), &Culprit::held);
    return shares;
}

/// A task is ready from 100 to 300 while two others hold the loop.
struct Late {
    Trace trace;
    LaneId waiter = trace.addLane(LaneKind::Task, "waiter", 0);
    LaneId runner = trace.addLane(LaneKind::Task, "runner", 0);
    LaneId blocker = trace.addLane(LaneKind::Task, "parse config", 0);

    Late()
    {
        const LaneId bystander = trace.addLane(LaneKind::Task, "bystander", 0);
        trace.enter(runner, 0, State::Running, 0, noLane);
        trace.enter(runner, 150, State::Awaiting, 0, noLane);
        trace.enter(blocker, 150, State::Running, 0, noLane);
        trace.enter(blocker, 160, State::Blocking, 0, noLane);
        trace.enter(blocker, 300, State::Awaiting, 0, noLane);
        trace.enter(bystander, 0, State::InWorker, 0, noLane);
        trace.enter(waiter, 100, State::Ready, 0, noLane);
        trace.enter(waiter, 300, State::Running, 0, noLane);
        trace.advanceTo(400);
    }
};

} // namespace

class CulpritsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesWhoHeldTheLoopMeanwhileLongestFirst()
    {
        const Late late;
        QCOMPARE(culpritsOf(late.trace, late.trace.span(late.waiter, 0)), (std::vector<Culprit>{{late.blocker, 150}, {late.runner, 50}}));
    }

    void nobodyIsGuiltyOfAnIdleLoop()
    {
        Trace trace;
        const LaneId waiter = trace.addLane(LaneKind::Task, "waiter", 0);
        trace.enter(waiter, 0, State::Ready, 0, noLane);
        trace.enter(waiter, 10, State::Running, 0, noLane);
        trace.end(waiter, 20);
        QVERIFY(culpritsOf(trace, trace.span(waiter, 0)).empty());
        QCOMPARE(loopShares(trace, LoopHolds(trace), {0, 10}), (LoopShares{{}, 0, 10}));
        QCOMPARE(culpritText(trace, loopShares(trace, LoopHolds(trace), {0, 10})), std::string("no task held the loop"));
    }

    void theLoopsOwnTimeIsNobodysShare()
    {
        Late late;
        late.trace.enter(loopLaneId, 0, State::Running, 0, noLane);
        late.trace.leave(loopLaneId, 340);
        const LoopHolds holds(late.trace);
        QCOMPARE(loopShares(late.trace, holds, {250, 400}), (LoopShares{{{late.waiter, 100}, {late.blocker, 50}}, 0, 0}));
        Trace idle;
        idle.enter(loopLaneId, 10, State::Running, 0, noLane);
        idle.leave(loopLaneId, 40);
        idle.advanceTo(100);
        const LoopShares shares = loopShares(idle, LoopHolds(idle), {0, 50});
        QCOMPARE(shares, (LoopShares{{}, 30, 20}));
        QCOMPARE(culpritText(idle, shares), std::string("the loop was at work of its own"));
    }

    void saysItInWords()
    {
        Late late;
        QCOMPARE(culpritText(late.trace, loopShares(late.trace, LoopHolds(late.trace), {100, 300})),
                 std::string("the loop was held by parse config (150 ns) and 1 other"));
        QCOMPARE(culpritText(late.trace, loopShares(late.trace, LoopHolds(late.trace), {160, 300})),
                 std::string("the loop was held by parse config (140 ns)"));
    }

    void sharesAddUpToTheNanosecondInAnyTrace_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 0; seed < 40; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    void sharesAddUpToTheNanosecondInAnyTrace()
    {
        QFETCH(const quint32, seed);
        const auto trace = randomTrace(seed, TraceOrigin::Run);
        const LoopHolds holds(*trace);
        int compared = 0;
        for (const LaneId task : trace->tasks()) {
            for (std::size_t i = 0; i < trace->spanCount(task); ++i) {
                const Span span = trace->span(task, i);
                if (span.state != State::Ready)
                    continue;
                const LoopShares shares = loopShares(*trace, holds, span.range());
                QCOMPARE(shares.held() + shares.itself + shares.idle, span.length());
                QCOMPARE(holds.timeIn(span.range()), shares.held());
                QVERIFY(shares.itself >= 0 && shares.idle >= 0);
                if (++compared <= 20) { // the slow way is slow
                    QCOMPARE(shares, sharesByTheInstant(*trace, span.range()));
                    QCOMPARE(culpritsOf(*trace, span).empty(), shares.culprits.empty());
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(CulpritsTest)
#include "culprits_test.moc"
