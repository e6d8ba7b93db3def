#include "core/trace/trace_replay.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace loopscope;

namespace {

/// A run of tasks with random lives, gaps in the loop's and the worker's lanes, and wakes.
std::shared_ptr<Trace> randomTrace(unsigned seed)
{
    std::mt19937 random(seed);
    const auto below = [&random](int limit) { return std::uniform_int_distribution(0, limit - 1)(random); };
    auto trace = std::make_shared<Trace>();
    trace->addLane(LaneKind::Worker, "#1", 0);
    const SiteId site = trace->internSite("timer", "a.cpp", "f", 7);
    Nanoseconds now = 0;
    std::vector<LaneId> living;
    for (int i = 0; i < 400; ++i) {
        now += below(3);
        const int what = below(10);
        if (what == 0 || living.empty()) {
            const LaneId task = trace->addLane(LaneKind::Task, "task " + std::to_string(i), now);
            trace->enter(task, now, State::Ready, 0, noLane);
            trace->changeTask(task, [&](TaskFacts &facts) {
                facts.kind = trace->internName("file");
                if (below(2) == 0)
                    return;
                facts.file = std::make_unique<FileFacts>();
                facts.file->path = "/f/" + std::to_string(i);
            });
            living.push_back(task);
            continue;
        }
        const auto place = static_cast<std::size_t>(below(static_cast<int>(living.size())));
        const LaneId task = living[place];
        if (what == 1) {
            trace->end(task, now);
            trace->changeTask(task, [&](TaskFacts &facts) {
                facts.outcome = below(2) == 0 ? Outcome::Done : Outcome::Failed;
                facts.result = trace->internName("result " + std::to_string(i));
                if (facts.file)
                    facts.file->bytes = 100;
            });
            living.erase(living.begin() + static_cast<std::ptrdiff_t>(place));
        } else if (what == 2) {
            trace->leave(loopLaneId, now);
        } else if (what == 3) {
            trace->enter(1, now, State::InWorker, site, task);
        } else if (what == 4) {
            trace->leave(1, now);
        } else {
            trace->enter(task, now, taskStates[static_cast<std::size_t>(below(taskStates.size()))], site, loopLaneId);
            trace->enter(loopLaneId, now, State::Running, 0, task);
            trace->addWake({now, loopLaneId, task});
        }
    }
    trace->advanceTo(now + 5);
    return trace;
}

/// What `trace` tells of a lane up to `at`: its spans, clipped there.
std::vector<Span> spansUntil(const Trace &trace, LaneId lane, Nanoseconds at)
{
    std::vector<Span> spans;
    for (std::size_t i = 0; i < trace.spanCount(lane); ++i) {
        Span span = trace.span(lane, i);
        span.end = std::min(span.end, at);
        if (span.begin < span.end)
            spans.push_back(span);
    }
    return spans;
}

void compareAt(const Trace &shown, const Trace &recorded, Nanoseconds at)
{
    QCOMPARE(shown.now(), at);
    std::size_t ended = 0;
    for (LaneId id = 0; id < recorded.laneCount(); ++id) {
        const Lane &known = recorded.lane(id);
        QCOMPARE(shown.hasLane(id), known.begin <= at);
        if (!shown.hasLane(id))
            continue;
        QCOMPARE(shown.nameOf(id), recorded.nameOf(id));
        QCOMPARE(shown.lane(id).kind, known.kind);
        QVERIFY(spansUntil(shown, id, at) == spansUntil(recorded, id, at));
        const bool hasEnded = known.hasEnded() && *known.end() <= at;
        QCOMPARE(shown.lane(id).hasEnded(), hasEnded);
        QCOMPARE(shown.lane(id).task.outcome, hasEnded ? known.task.outcome : Outcome::Unfinished);
        QCOMPARE(shown.lane(id).task.kind, known.task.kind);
        QCOMPARE(shown.name(known.task.kind), recorded.name(known.task.kind));
        QCOMPARE(shown.name(shown.lane(id).task.result), hasEnded ? recorded.name(known.task.result) : std::string());
        ended += hasEnded ? 1 : 0;
    }
    QCOMPARE(shown.endedTasks().size(), ended);
    WakeList wakes = recorded.wakes();
    std::erase_if(wakes, [at](const Wake &wake) { return wake.at > at; });
    QVERIFY(shown.wakes() == wakes);
}

} // namespace

class TraceReplayTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsWhatWasKnownAtAnyInstant()
    {
        for (unsigned seed = 0; seed < 20; ++seed) {
            const auto recorded = randomTrace(seed);
            TraceReplay replay(recorded);
            std::mt19937 random(seed);
            for (int i = 0; i < 50; ++i) {
                // On and back, and often a little further.
                const auto to = std::uniform_int_distribution<Nanoseconds>(0, recorded->now())(random);
                replay.moveTo(i % 3 == 0 ? to : replay.at() + to % 7);
                compareAt(*replay.trace(), *recorded, replay.at());
                if (QTest::currentTestFailed())
                    return;
            }
        }
    }

    // Lanes of many spans share what is past with the recording, whoever of the two lives longer.
    void longLanesAreShown()
    {
        auto recorded = std::make_shared<Trace>();
        const LaneId task = recorded->addLane(LaneKind::Task, "busy", 0);
        const auto work = [&](Nanoseconds from, Nanoseconds until) {
            for (Nanoseconds at = from; at < until; ++at)
                recorded->enter(task, at, taskStates[static_cast<std::size_t>(at * at) % taskStates.size()], 0, noLane);
            recorded->advanceTo(until);
        };
        work(0, 3'000);
        std::shared_ptr<const Trace> last;
        {
            TraceReplay replay(recorded);
            for (const Nanoseconds at : {2'999, 1, 256, 257, 2'560, 255, 3'000, 512, 700}) {
                replay.moveTo(at);
                compareAt(*replay.trace(), *recorded, at);
            }
            work(3'000, 6'000);
            replay.moveTo(5'500);
            replay.moveTo(4'000);
            compareAt(*replay.trace(), *recorded, 4'000);
            last = replay.trace();
        }
        const std::vector<Span> expected = spansUntil(*recorded, task, 4'000);
        recorded.reset();
        QVERIFY(spansUntil(*last, task, 4'000) == expected);
        QCOMPARE(last->timesIn(task, {100, 3'900}).total(), Nanoseconds(3'800));
    }

    void endsAsWhatWasRecorded()
    {
        const auto recorded = randomTrace(1);
        recorded->changeInfo([](RunInfo &info) {
            info.title = "a run";
            info.notes = {"a note"};
            info.finished = true;
        });
        TraceReplay replay(recorded);
        replay.moveTo(replay.end() / 2);
        QVERIFY(!replay.trace()->info().finished);
        QCOMPARE(replay.trace()->info().title, std::string("a run"));
        QVERIFY(replay.trace()->info().notes.empty());
        replay.moveTo(INT64_MAX);
        QVERIFY(replay.trace()->info().finished);
        QCOMPARE(replay.trace()->info().notes.size(), std::size_t(1));
        QCOMPARE(replay.trace()->totals().bytes, recorded->totals().bytes);
        QCOMPARE(replay.trace()->totals().byOutcome, recorded->totals().byOutcome);
        replay.moveTo(-5);
        QCOMPARE(replay.at(), Nanoseconds(0));
        QVERIFY(!replay.trace()->info().finished);
    }

    void goesOnInTheSameTraceAndBackInAnother()
    {
        TraceReplay replay(randomTrace(2));
        replay.moveTo(50);
        const auto before = replay.trace();
        replay.moveTo(60);
        QCOMPARE(replay.trace(), before);
        replay.moveTo(59);
        QVERIFY(replay.trace() != before);
        QCOMPARE(before->now(), Nanoseconds(60)); // who still looks at it is not disturbed
    }

    void followsATraceThatGrows()
    {
        const auto recorded = randomTrace(3);
        TraceReplay replay(recorded);
        replay.moveTo(INT64_MAX);
        const LaneId task = recorded->addLane(LaneKind::Task, "late", recorded->now());
        recorded->enter(task, recorded->now(), State::Running, 0, noLane);
        recorded->advanceTo(recorded->now() + 10);
        replay.moveTo(INT64_MAX);
        compareAt(*replay.trace(), *recorded, recorded->now());
    }
};

QTEST_GUILESS_MAIN(TraceReplayTest)
#include "trace_replay_test.moc"
