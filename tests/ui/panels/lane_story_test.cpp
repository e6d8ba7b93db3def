#include "ui/panels/lane_story.h"
#include "ui/panels/run_summary.h"
#include "ui/timeline/lane_text.h"

#include "tests/support/sample_trace.h"
#include "tests/support/simulated_run.h"

#include <QTest>

using namespace loopscope;

namespace {

QString plain(QString text)
{
    return text.replace(QChar(0x202F), QLatin1Char(' '));
}

const Fact *factOf(const LaneStory &story, const QString &label)
{
    const auto found = std::ranges::find(story.facts, label, &Fact::label);
    return found == story.facts.end() ? nullptr : &*found;
}

LaneStory storyOfNamed(const Trace &trace, std::string_view name)
{
    for (const LaneId task : trace.tasks()) {
        if (trace.nameOf(task) == name)
            return storyOf(trace, task, {});
    }
    return {};
}

} // namespace

class LaneStoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findingsAreLinksToTheirEvidence()
    {
        const auto trace = test::simulatedRun({{"parse", "cpu", {{test::SimulatedStep::Kind::Block, 400 * nanosecondsPerMillisecond}}},
                                               {"late", "timer", {{test::SimulatedStep::Kind::Run, nanosecondsPerMillisecond}}}},
                                              1);
        const Explanation explanation = explain(*trace, findStalls(*trace));
        QCOMPARE(explanation.findings.size(), std::size_t(1));
        const LaneStory story = storyOf(*trace, noLane, {}, {}, &explanation);
        const Fact *fact = factOf(story, QStringLiteral("Findings"));
        QVERIFY(fact != nullptr);
        QVERIFY(fact->text.contains(QStringLiteral("parse held the loop")));
        QCOMPARE(fact->target->lane, trace->tasks()[0]);
        QVERIFY(factOf(storyOf(*trace, noLane, {}), QStringLiteral("Findings")) == nullptr); // not known
        const Explanation nothing;
        QCOMPARE(factOf(storyOf(*trace, noLane, {}, {}, &nothing), QStringLiteral("Findings"))->text, QStringLiteral("none"));
    }

    void theCriticalPathIsWhatTheTimeWasSpentOn()
    {
        using Kind = test::SimulatedStep::Kind;
        const auto trace = test::simulatedRun({{"first", "sleep", {{Kind::Job, 300 * nanosecondsPerMillisecond}}},
                                               {"second", "sleep", {{Kind::Job, 100 * nanosecondsPerMillisecond}}}},
                                              1);
        const Explanation explanation = explain(*trace, findStalls(*trace));
        const LaneStory story = storyOf(*trace, noLane, {}, {}, &explanation);
        const Fact *fact = factOf(story, QStringLiteral("Critical path"));
        QVERIFY(fact != nullptr);
        QCOMPARE(fact->text, QStringLiteral("in worker 100\u202F%"));
        QCOMPARE(fact->target->lane, trace->tasks()[0]);
        QCOMPARE(trace->span(fact->target->lane, *fact->target->span).state, State::InWorker);
    }

    void findingsWriteNumbersAsTheWindowDoes()
    {
        using Kind = test::SimulatedStep::Kind;
        std::vector<test::SimulatedTask> tasks(10'001, {"late", "timer", {{Kind::Run, nanosecondsPerMicrosecond}}});
        tasks.front() = {"parse", "cpu", {{Kind::Block, 500 * nanosecondsPerMicrosecond}}};
        const auto trace = test::simulatedRun(tasks, 1);
        trace->changeInfo([](RunInfo &info) { info.stallThreshold = 100 * nanosecondsPerMicrosecond; });
        const Explanation explanation = explain(*trace, findStalls(*trace));
        const LaneStory story = storyOf(*trace, noLane, {}, {}, &explanation);
        QCOMPARE(factOf(story, QStringLiteral("Findings"))->text,
                 QStringLiteral(
                     "parse held the loop for 500\u202Fµs, from 0\u202Fs on. 10\u202F000 tasks waited because of it, 5.00\u202Fs in all."));
    }

    void theEvidenceOfAFindingTellsTheRemedy()
    {
        using Kind = test::SimulatedStep::Kind;
        constexpr Nanoseconds length = 300 * nanosecondsPerMillisecond;
        const std::vector<test::SimulatedTask> tasks(6, {"job", "sleep", {{Kind::Job, length}}});
        const auto trace = test::simulatedRun(tasks, 1);
        const Explanation explanation = explain(*trace, findStalls(*trace));
        const auto starved = std::ranges::find(explanation.findings, FindingKind::PoolStarvation, &Finding::kind);
        QVERIFY(starved != explanation.findings.end());
        const SpanPlace place = starved->evidence;
        const Passage passage = storyOf(*trace, place.lane, place.span, {}, &explanation).passage;
        QVERIFY(passage.text.contains(QStringLiteral("Give the pool more workers.")));
        QCOMPARE(passage.pythonAfter, QStringLiteral("pool = ThreadPoolExecutor(max_workers=enough)"));
    }

    void aReadFileIsSummedUp()
    {
        const auto trace = test::articleTrace();
        const LaneStory story = storyOfNamed(*trace, "access.log");
        QCOMPARE(story.title, QStringLiteral("access.log"));
        QCOMPARE(plain(story.summary), QStringLiteral("64.0 MB · valid UTF-8 · read in 1.24 s · 51.6 MB/s"));
        QCOMPARE(plain(factOf(story, QStringLiteral("Lines"))->text), QStringLiteral("512 000"));
        QCOMPARE(factOf(story, QStringLiteral("Path"))->text, QStringLiteral("access.log"));
        Nanoseconds total = 0;
        for (const Share &share : story.shares)
            total += share.time;
        QCOMPARE(total, 1240 * nanosecondsPerMillisecond);
    }

    void aBadByteIsPointedOut()
    {
        const auto trace = test::articleTrace();
        trace->changeTask(trace->tasks()[0], [](TaskFacts &facts) { facts.file->firstInvalidUtf8 = 12'345; });
        QVERIFY(plain(storyOfNamed(*trace, "access.log").summary).contains(QStringLiteral("invalid UTF-8 at byte 12 345")));
    }

    void aFailureIsToldFirst()
    {
        const LaneStory story = storyOfNamed(*test::articleTrace(), "secret.txt");
        QCOMPARE(story.facts.front().label, QStringLiteral("Error"));
        QCOMPARE(story.facts.front().text, QStringLiteral("permission denied"));
        QVERIFY(story.facts.front().isFailure);
        QVERIFY(plain(story.summary).contains(QStringLiteral("failed after 1.51 s")));
    }

    void aLivingTaskIsToldAsItIs()
    {
        const auto trace = test::liveTrace();
        QCOMPARE(plain(storyOfNamed(*trace, "half.bin").summary).section(QStringLiteral(" · "), 0, 1),
                 QStringLiteral("420 B of 1.00 kB · reading for 400 ms"));
        const LaneStory queued = storyOfNamed(*trace, "third");
        QCOMPARE(queued.passage.heading, QStringLiteral("Why it is queued"));
        QCOMPARE(plain(queued.summary), QStringLiteral("queued, 400 ms old"));
    }

    void theSelectedSpanIsToldOf()
    {
        const auto trace = test::articleTrace();
        QCOMPARE(storyOf(*trace, trace->tasks()[0], 2).passage.heading, QStringLiteral("Why it was queued"));
        QCOMPARE(storyOf(*trace, trace->tasks()[0], 3).passage.heading, QStringLiteral("In a worker"));
        QVERIFY(!storyOf(*trace, trace->tasks()[0], 9'999).passage.heading.isEmpty()); // an index of another trace does no harm
    }

    void aWorkerTellsItsLongestJobs()
    {
        const auto trace = test::articleTrace();
        const LaneStory story = storyOf(*trace, trace->workers()[0], {});
        QCOMPARE(story.title, QStringLiteral("Worker #1"));
        QCOMPARE(plain(story.summary), QStringLiteral("busy 74 % · 5 jobs"));
        QVERIFY(plain(story.facts.front().text).startsWith(QStringLiteral("photo")));
        QVERIFY(plain(story.facts.front().text).endsWith(QStringLiteral(", 1.71 s at 3.870 s")));
        const Target target = story.facts.front().target.value();
        QCOMPARE(target.lane, trace->tasks()[1]);
        QCOMPARE(trace->span(target.lane, target.span.value()).state, State::InWorker);
        QCOMPARE(story.shares.back().state, std::nullopt); // idle
    }

    void theLoopTellsItsStalls()
    {
        const auto trace = test::articleTrace();
        const LaneStory story = storyOf(*trace, loopLaneId, {});
        const Fact *longest = factOf(story, QStringLiteral("Longest"));
        QVERIFY(longest);
        QCOMPARE(plain(longest->text), QStringLiteral("parse config, 615 ms at 3.240 s"));
        QCOMPARE(trace->nameOf(longest->target->lane), std::string("parse config"));
        QCOMPARE(plain(factOf(story, QStringLiteral("Stalls"))->text), QStringLiteral("1 over 100 ms"));
    }

    void aSelectedSpanIsTold()
    {
        const auto trace = test::articleTrace();
        const LaneStory task = storyOf(*trace, trace->tasks()[0], 3);
        QCOMPARE(plain(factOf(task, QStringLiteral("This span"))->text), QStringLiteral("in worker for 400 ms, 120.0 ms to 520.0 ms"));
        QCOMPARE(plain(factOf(task, QStringLiteral("Life"))->text), QStringLiteral("0 s to 1.240 s"));
        QVERIFY(!factOf(storyOf(*trace, trace->tasks()[0], {}), QStringLiteral("This span")));

        const LaneId config = trace->tasks()[7];
        const std::size_t blocking = trace->firstSpanEndingAfter(loopLaneId, 3300 * nanosecondsPerMillisecond);
        const LaneStory loop = storyOf(*trace, loopLaneId, blocking);
        const Fact *fact = factOf(loop, QStringLiteral("This span"));
        QVERIFY(fact);
        QCOMPARE(plain(fact->text), QStringLiteral("parse config, blocked for 600 ms at 3.250 s"));
        QCOMPARE(fact->target->lane, config);
        QCOMPARE(trace->span(config, fact->target->span.value()).state, State::Blocking);
    }

    void busyIsTheSameFigureEverywhere()
    {
        const auto trace = test::articleTrace();
        trace->enter(loopLaneId, 6000 * nanosecondsPerMillisecond, State::Running, 0, noLane); // after the last task's end
        trace->leave(loopLaneId, 7000 * nanosecondsPerMillisecond);
        const QString busy = laneFact(*trace, loopLaneId).text;
        QVERIFY(groupSummary(*trace, LaneGroup::Loop).startsWith(QStringLiteral("busy ") + busy));
        QVERIFY(statusLine(*trace).contains(QStringLiteral("loop busy ") + busy));
        QVERIFY(storyOf(*trace, loopLaneId, {}).summary.startsWith(QStringLiteral("busy ") + busy));
        QCOMPARE(factOf(storyOf(*trace, noLane, {}), QStringLiteral("Loop"))->text, QStringLiteral("busy ") + busy);
    }

    void withoutSelectionTheRunIsTold()
    {
        const auto trace = test::articleTrace();
        trace->changeInfo([](RunInfo &info) {
            info.skipped = {{"fifo", 2}, {"folder_link", 1}};
            info.notes = {"only 2 of 4 workers could be started"};
            info.droppedEvents = 7;
        });
        const LaneStory story = storyOf(*trace, noLane, {});
        QCOMPARE(story.summary, QStringLiteral("6 tasks done, 1 failed, 1 cancelled"));
        QCOMPARE(factOf(story, QStringLiteral("Skipped"))->text, QStringLiteral("2 × fifo, 1 × folder link"));
        QCOMPARE(factOf(story, QStringLiteral("Note"))->text, QStringLiteral("only 2 of 4 workers could be started"));
        QVERIFY(factOf(story, QStringLiteral("Dropped"))->isFailure);
    }

    void lostEventsAreSaid()
    {
        Trace trace;
        const LaneId task = test::addTask(trace, "gap", "ready 0 1,running 1 2,awaiting 2");
        trace.loseOpenSpan(task);
        QVERIFY(factOf(storyOf(trace, task, {}), QStringLiteral("Incomplete")));
    }

    void aTaskWithoutSpansIsTold()
    {
        Trace trace;
        const LaneId task = trace.addLane(LaneKind::Task, "empty", 0);
        QCOMPARE(storyOf(trace, task, {}).title, QStringLiteral("empty"));
        QCOMPARE(storyOf(trace, task, 0).passage, Passage());
    }
};

QTEST_GUILESS_MAIN(LaneStoryTest)
#include "lane_story_test.moc"
