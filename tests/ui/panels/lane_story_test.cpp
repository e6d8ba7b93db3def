#include "ui/panels/lane_story.h"

#include "tests/support/sample_trace.h"

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
        QVERIFY(plain(story.facts.front().text).startsWith(QStringLiteral("1.71 s at 3.870 s, photo")));
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
        QCOMPARE(plain(longest->text), QStringLiteral("615 ms at 3.240 s, parse config"));
        QCOMPARE(trace->nameOf(longest->target->lane), std::string("parse config"));
        QCOMPARE(plain(factOf(story, QStringLiteral("Stalls"))->text), QStringLiteral("1 over 100 ms"));
    }

    void withoutSelectionTheRunIsTold()
    {
        const auto trace = test::articleTrace();
        trace->changeInfo([](RunInfo &info) {
            info.skipped = {{"fifo", 2}, {"socket", 1}};
            info.notes = {"only 2 of 4 workers could be started"};
            info.droppedEvents = 7;
        });
        const LaneStory story = storyOf(*trace, noLane, {});
        QCOMPARE(story.summary, QStringLiteral("6 tasks done, 1 failed, 1 cancelled"));
        QCOMPARE(factOf(story, QStringLiteral("Skipped"))->text, QStringLiteral("2 fifo, 1 socket"));
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
