#include "ui/panels/wait_story.h"
#include "ui/theme/format.h"
#include "ui/timeline/wake_links.h"

#include "tests/support/sample_trace.h"

#include <QTest>

using namespace loopscope;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

QString plain(QString text)
{
    return text.replace(QChar(0x202F), QLatin1Char(' '));
}

QString passageText(const Trace &trace, LaneId task, std::size_t span)
{
    return plain(passageOn(trace, task, span).text);
}

} // namespace

class WaitStoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLoopIsFreeOnlyWhereItWas()
    {
        Trace trace;
        trace.addLane(LaneKind::Worker, "worker", 0);
        const LaneId job = test::addTask(trace, "job", "in_worker 0 1000 #1");
        QVERIFY(passageOn(trace, job, 0).text.contains(QStringLiteral("The loop was free")));
        test::addTask(trace, "hog", "blocking 0 900");
        const QString text = passageOn(trace, job, 0).text;
        QVERIFY2(!text.contains(QStringLiteral("free")), qPrintable(text));
        QVERIFY2(plain(text).endsWith(QStringLiteral("The loop was busy for 90 % of that.")), qPrintable(text));
    }

    void latenessNamesItsCulpritsAndTheRemedy()
    {
        Trace trace;
        const LaneId config = test::addTask(trace, "parse config", "ready 0 10,running 10 11,blocking 11 216,running 216 217");
        test::addTask(trace, "short", "ready 0 217,running 217 219");
        const LaneId late = test::addTask(trace, "photo.raw", "ready 5 220,running 220 221");
        const Passage passage = passageOn(trace, late, 0);
        QCOMPARE(passage.heading, QStringLiteral("Why it was late"));
        QCOMPARE(plain(passage.text),
                 QStringLiteral("It was created at 5.000 ms and began to run 215 ms later. The loop was held by parse config (207 ms) and "
                                "1 other. parse config made a call that blocks, on the loop, for 205 ms. Hand it to the pool:"));
        QCOMPARE(passage.linesBefore, QStringLiteral("runtime.blockLoop(job, \"time.sleep\");"));
        QCOMPARE(passage.linesAfter, QStringLiteral("co_await runtime.runBlocking(job, \"time.sleep\");"));
        QCOMPARE(passageOn(trace, config, 2).linesBefore, passage.linesBefore);
    }

    void aLoopThatWasHeldBrieflyIsNotBlamed()
    {
        Trace trace;
        test::addTask(trace, "quick", "ready 0 1,running 1 3");
        const LaneId late = test::addTask(trace, "late", "ready 0 200,running 200 201");
        QCOMPARE(passageText(trace, late, 0).section(QStringLiteral(". "), 1),
                 QStringLiteral(
                     "Tasks held the loop for 2.00 ms of that, quick the longest; the rest was the loop's own work, or a busy machine."));
    }

    void shortBlockingNeedsNoRemedy()
    {
        Trace trace;
        const LaneId task = test::addTask(trace, "quick", "running 0 1,blocking 1 101,running 101 102");
        const Passage passage = passageOn(trace, task, 1);
        QCOMPARE(passage.heading, QStringLiteral("It blocked the loop"));
        QVERIFY(passage.linesBefore.isEmpty() && passage.linesAfter.isEmpty());
    }

    void presentIsToldInThePresent()
    {
        Trace trace;
        const LaneId task = test::addTask(trace, "waits", "ready 0 1,running 1 2,awaiting 2");
        trace.advanceTo(402 * ms);
        QCOMPARE(passageText(trace, task, 2), QStringLiteral("It has awaited “timer” since 2.000 ms, for 400 ms."));
        QCOMPARE(passageOn(trace, task, 2).heading, QStringLiteral("What it waits for"));
    }

    void queueingSaysWhetherAllWorkersWereBusy()
    {
        Trace trace;
        trace.addLane(LaneKind::Worker, "worker", 0);
        const LaneId first = test::addTask(trace, "first", "in_worker 0 3000 #1");
        const LaneId second = test::addTask(trace, "second", "queued 0 3000,in_worker 3000 6000 #1");
        const LaneId third = test::addTask(trace, "third", "queued 6000 6001");
        QCOMPARE(passageText(trace, second, 0),
                 QStringLiteral("It was handed to the pool at 0 s, and a worker began 3.00 s later. The only worker was busy."));
        QVERIFY(passageText(trace, third, 0)
                    .endsWith(QStringLiteral(
                        "The only worker was not busy all the time: a thread has to start, to wake, or to get a processor.")));
        QVERIFY(passageText(trace, first, 0).startsWith(QStringLiteral("Worker #1 did its job “read chunk” from 0 s on, for 3.00 s.")));
    }

    void queueingWithoutBusyWorkersIsTheTimeOfThreads()
    {
        Trace trace;
        trace.addLane(LaneKind::Worker, "worker", 0);
        trace.addLane(LaneKind::Worker, "worker", 0);
        const LaneId first = test::addTask(trace, "first", "queued 0 5,in_worker 5 6 #1");
        const LaneId second = test::addTask(trace, "second", "queued 20 25,in_worker 25 26 #1");
        QVERIFY(passageText(trace, first, 0)
                    .endsWith(QStringLiteral("Not all workers were busy: the thread that took it had to be started first.")));
        QVERIFY(
            passageText(trace, second, 0)
                .endsWith(QStringLiteral("Not all workers were busy: the thread that took it had to wake, or waited for a processor.")));
    }

    // Between short jobs every worker pauses: a job behind them waits for its turn, not for a thread.
    void queueingBehindShortJobsIsTheirTime()
    {
        Trace trace;
        trace.addLane(LaneKind::Worker, "worker", 0);
        const LaneId first = test::addTask(trace, "first", "queued 0 2,in_worker 2 4 #1");
        const LaneId second = test::addTask(trace, "second", "queued 1 6,in_worker 6 8 #1");
        const LaneId third = test::addTask(trace, "third", "awaiting 0 2,queued 2 10,in_worker 10 12 #1");
        const LaneId fourth = test::addTask(trace, "fourth", "queued 3 14,in_worker 14 16 #1");
        const LaneId last = test::addTask(trace, "last", "queued 10 18,in_worker 18 20 #1");
        const LaneId alone = test::addTask(trace, "alone", "queued 18 24,in_worker 24 26 #1");
        const auto blamed = [&](LaneId task, std::size_t span) {
            return passageText(trace, task, span).section(QStringLiteral("later. "), 1);
        };
        QVERIFY(blamed(first, 0).endsWith(QStringLiteral("the thread that took it had to be started first.")));
        QCOMPARE(blamed(second, 0), QStringLiteral("1 job was ahead of it in the queue."));
        QCOMPARE(blamed(third, 1), QStringLiteral("1 job was ahead of it in the queue.")); // the first has just been taken
        QCOMPARE(blamed(fourth, 0), QStringLiteral("2 jobs were ahead of it in the queue."));
        QCOMPARE(blamed(last, 0), QStringLiteral("1 job was ahead of it in the queue."));
        QVERIFY(blamed(alone, 0).endsWith(QStringLiteral("the thread that took it had to wake, or waited for a processor.")));
    }

    // A burst that the workers could take at once waits for their threads.
    void queueingBehindNoMoreThanThereAreWorkersIsNoTurn()
    {
        Trace trace;
        for (int i = 0; i < 3; ++i)
            trace.addLane(LaneKind::Worker, "worker", 0);
        (void)test::addTask(trace, "first", "queued 0 50,in_worker 50 90 #1");
        (void)test::addTask(trace, "second", "queued 1 60,in_worker 60 90 #2");
        const LaneId third = test::addTask(trace, "third", "queued 2 70,in_worker 70 90 #3");
        const LaneId fourth = test::addTask(trace, "fourth", "queued 3 90,in_worker 90 99 #1");
        QVERIFY(passageText(trace, third, 0)
                    .endsWith(QStringLiteral("Not all workers were busy: the thread that took it had to be started first.")));
        QVERIFY(passageText(trace, fourth, 0).endsWith(QStringLiteral("3 jobs were ahead of it in the queue.")));
    }

    void tellingSpanIsThePresentOneOrTheWorst()
    {
        Trace trace;
        QCOMPARE(tellingSpan(trace, test::addTask(trace, "lives", "ready 0 900,running 900 901,awaiting 901")),
                 std::optional<std::size_t>(2));
        const auto worst = [](const char *spans) {
            Trace ended;
            const LaneId task = test::addTask(ended, "ended", spans);
            ended.end(task, ended.now());
            return tellingSpan(ended, task);
        };
        QCOMPARE(worst("ready 0 900,blocking 900 1001,awaiting 1001 9000"), std::optional<std::size_t>(1)); // a stall
        QCOMPARE(worst("ready 0 90,blocking 90 95,awaiting 95 800"), std::optional<std::size_t>(0));        // lateness
        QCOMPARE(worst("ready 0 20,awaiting 20 800"), std::optional<std::size_t>(1));                       // a little lateness
        QCOMPARE(worst("blocking 900 950,awaiting 950 9000"), std::optional<std::size_t>(1));               // the longest
    }

    void theWakerIsFoundFromBothSides()
    {
        const auto trace = test::articleTrace();
        const LaneId raw = trace->tasks()[1];
        std::size_t ready = 0;
        while (trace->span(raw, ready).begin != 3500 * ms)
            ++ready;
        QCOMPARE(trace->span(raw, ready).state, State::Ready);
        const std::optional<Fact> known = wokenBy(*trace, raw, ready); // its ready span names nobody, but the wake is known
        QVERIFY(known);
        QCOMPARE(plain(known->text), QStringLiteral("worker #1 at 3.500 s"));

        Trace own;
        const LaneId worker = own.addLane(LaneKind::Worker, "worker", 0);
        const LaneId task = test::addTask(own, "task", "in_worker 10 500 #1,ready 500 700 #1,running 700 705");
        for (const std::size_t span : {0U, 1U, 2U}) {
            const std::optional<Fact> fact = wokenBy(own, task, span);
            QVERIFY(fact);
            QCOMPARE(plain(fact->text), QStringLiteral("worker #1 at 500.0 ms"));
            QCOMPARE(fact->target, (Target{worker, 0}));
        }
    }

    // The panel, the arrow and the key `[` tell of the same wake, whichever span of a task is selected.
    void panelArrowAndKeyAgree()
    {
        Trace trace;
        const LaneId worker = trace.addLane(LaneKind::Worker, "worker", 0);
        const LaneId friendly = test::addTask(trace, "friend", "running 0 20,awaiting 20 900");
        const LaneId task = test::addTask(trace, "task",
                                          "ready 10 20 #2,running 20 30,awaiting 30 100,ready 100 110 #0,running 110 120,queued 120 150,"
                                          "in_worker 150 500 #1,ready 500 510 #1,running 510 520,awaiting 520 900");
        trace.addWakes({{10 * ms, friendly, task}, {100 * ms, loopLaneId, task}, {500 * ms, worker, task}});
        struct Row {
            std::size_t span;
            LaneId from;
            Nanoseconds at;
        };
        const std::vector<Row> rows{{0, friendly, 10 * ms},    {1, friendly, 10 * ms},    {2, loopLaneId, 100 * ms},
                                    {3, loopLaneId, 100 * ms}, {4, loopLaneId, 100 * ms}, {5, worker, 500 * ms},
                                    {6, worker, 500 * ms},     {7, worker, 500 * ms},     {8, worker, 500 * ms}};
        for (const Row &row : rows) {
            const SpanPlace place{task, row.span};
            const std::optional<Fact> fact = wokenBy(trace, task, row.span);
            const std::optional<SpanPlace> key = causeOf(trace, place);
            const WakeLinks arrows = wakeLinksOf(trace, place);
            QVERIFY2(fact && key && !arrows.links.empty(), qPrintable(QString::number(row.span)));
            QCOMPARE(wakeOf(trace, place), (std::optional<Wake>({row.at, row.from, task})));
            QCOMPARE(fact->target, (Target{key->lane, key->span}));
            QVERIFY(plain(fact->text).endsWith(plain(formatInstant(row.at))));
            QCOMPARE(key->lane, row.from);
            QCOMPARE(arrows.links.front().cause, *key);
            QCOMPARE(arrows.links.front().at, row.at);
        }
        const SpanPlace open{task, 9}; // nobody has woken it by now
        QVERIFY(!wokenBy(trace, task, open.span) && !causeOf(trace, open) && wakeLinksOf(trace, open).links.empty());
    }

    void sourceLineIsFileLineAndFunction()
    {
        Trace trace;
        const LaneId task = test::addTask(trace, "waits", "awaiting 0 5");
        const std::optional<Fact> fact = sourceLine(trace, trace.span(task, 0));
        QVERIFY(fact);
        QCOMPARE(fact->label, QStringLiteral("Waits at"));
        QCOMPARE(fact->text, QStringLiteral("jobs.cpp:88 · job"));
        QVERIFY(!sourceLine(trace, Span{}));
    }

    void functionNamesAreBared_data()
    {
        QTest::addColumn<QString>("spelled");
        QTest::addColumn<QString>("bare");
        QTest::newRow("g++") << QStringLiteral(
            "QCoro::Task<loopscope::TaskResult> loopscope::{anonymous}::readOne(loopscope::Runtime&, std::string)")
                             << QStringLiteral("readOne");
        QTest::newRow("clang") << QStringLiteral(
            "QCoro::Task<TaskResult> loopscope::(anonymous namespace)::readOne(Runtime &, std::string)")
                               << QStringLiteral("readOne");
        QTest::newRow("lambda") << QStringLiteral("loopscope::spawnAll(Runtime&)::<lambda(Runtime&)>") << QStringLiteral("spawnAll");
        QTest::newRow("template") << QStringLiteral("void f<int>(int)") << QStringLiteral("f");
        QTest::newRow("bare already") << QStringLiteral("job") << QStringLiteral("job");
        QTest::newRow("empty") << QString() << QString();
    }

    void functionNamesAreBared()
    {
        QFETCH(QString, spelled);
        QTEST(bareFunctionName(spelled), "bare");
    }

    void theRemedyOfACallWithoutANameIsCodeAllTheSame()
    {
        Trace trace;
        const LaneId task = trace.addLane(LaneKind::Task, "task", 0);
        trace.enter(task, 0, State::Blocking, trace.internSite("", "", "", 0), noLane);
        trace.end(task, 500 * ms);
        const Passage passage = passageOn(trace, task, 0);
        QCOMPARE(passage.linesBefore, QStringLiteral("runtime.blockLoop(job, \"job\");"));
        QCOMPARE(passage.linesAfter, QStringLiteral("co_await runtime.runBlocking(job, \"job\");"));
    }

    void foreignTextCannotBreakTheRemedy()
    {
        Trace trace;
        const LaneId task = trace.addLane(LaneKind::Task, "%1 \n<b>", 0);
        trace.enter(task, 0, State::Blocking, trace.internSite("a \"quoted\"\nreason %2", "", "", 0), noLane);
        trace.end(task, 500 * ms);
        const Passage passage = passageOn(trace, task, 0);
        QCOMPARE(passage.linesBefore, QStringLiteral("runtime.blockLoop(job, \"a \\\"quoted\\\"\\nreason %2\");"));
        QVERIFY(passage.text.contains(QStringLiteral("%1 \\n<b> made a call")));
    }
};

QTEST_GUILESS_MAIN(WaitStoryTest)
#include "wait_story_test.moc"
