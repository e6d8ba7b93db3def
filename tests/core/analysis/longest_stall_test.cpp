#include "core/analysis/longest_stall.h"

#include "core/analysis/stalls.h"

#include <QTest>

#include <random>

using namespace loopscope;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

Nanoseconds longestOfTasks(const Trace &trace)
{
    Nanoseconds longest = 0;
    for (const Stall &stall : findStalls(trace))
        longest = stall.task == noLane ? longest : std::max(longest, stall.range.length());
    return longest;
}

/// A loop that calls back tasks by chance, and is looked at by chance.
class RandomRun {
public:
    explicit RandomRun(unsigned seed)
        : random_(seed)
    {
        for (int i = 0; i < 5; ++i) {
            tasks_.push_back(trace.addLane(LaneKind::Task, "task", 0));
            trace.enter(tasks_.back(), 0, State::Ready, 0, noLane);
        }
    }

    void turn()
    {
        trace.enter(loopLaneId, now_, State::Running, 0, noLane);
        for (int callbacks = upTo(4); callbacks > 0; --callbacks)
            callback(tasks_[static_cast<std::size_t>(upTo(4))]);
        trace.leave(loopLaneId, now_);
        pass(upTo(2) * upTo(50) * ms);
    }

    Trace trace;
    LongestStall longest;

private:
    int upTo(int most) { return std::uniform_int_distribution<int>(0, most)(random_); }

    void callback(LaneId task)
    {
        for (int parts = upTo(3); parts >= 0; --parts) {
            const bool isBlocking = upTo(1) == 1;
            trace.enter(task, now_, isBlocking ? State::Blocking : State::Running, 0, noLane);
            trace.enter(loopLaneId, now_, isBlocking ? State::Blocking : State::Running, 0, task);
            pass(upTo(40) * ms);
        }
        trace.enter(task, now_, State::Awaiting, 0, noLane);
        trace.enter(loopLaneId, now_, State::Running, 0, noLane);
    }

    void pass(Nanoseconds time)
    {
        now_ += time / 2;
        trace.advanceTo(now_);
        if (upTo(3) == 0)
            longest.update(trace);
        now_ += time - time / 2;
        trace.advanceTo(now_);
    }

    std::mt19937 random_;
    std::vector<LaneId> tasks_;
    Nanoseconds now_ = 0;
};

} // namespace

class LongestStallTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithAllStalls_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 50; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }

    void agreesWithAllStalls()
    {
        QFETCH(unsigned, seed);
        RandomRun run(seed);
        for (int turn = 0; turn < 40; ++turn) {
            run.turn();
            run.longest.update(run.trace);
            QCOMPARE(run.longest.length(), longestOfTasks(run.trace));
        }
    }

    void growsWhileTheStallLasts()
    {
        Trace trace;
        LongestStall longest;
        longest.update(trace);
        QCOMPARE(longest.length(), Nanoseconds(0));
        const LaneId task = trace.addLane(LaneKind::Task, "sleeper", 0);
        trace.enter(loopLaneId, 0, State::Blocking, 0, task);
        trace.enter(task, 0, State::Blocking, 0, noLane);
        trace.advanceTo(90 * ms);
        longest.update(trace);
        QCOMPARE(longest.length(), Nanoseconds(0));
        for (const Nanoseconds now : {150 * ms, 450 * ms}) {
            trace.advanceTo(now);
            longest.update(trace);
            QCOMPARE(longest.length(), now);
        }
    }
};

QTEST_GUILESS_MAIN(LongestStallTest)
#include "longest_stall_test.moc"
