#include "ui/panels/run_summary.h"

#include <QTest>

using namespace loopscope;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

LaneId addFile(Trace &trace, std::uint64_t bytes)
{
    const LaneId task = trace.addLane(LaneKind::Task, "file", 0);
    trace.enter(task, 0, State::Ready, 0, noLane);
    trace.changeTask(task, [bytes](TaskFacts &facts) {
        facts.file = std::make_unique<FileFacts>();
        facts.file->bytes = bytes;
    });
    return task;
}

LaneId addSleeper(Trace &trace)
{
    const LaneId task = trace.addLane(LaneKind::Task, "sync_function", 0);
    trace.enter(task, 0, State::Ready, 0, noLane);
    return task;
}

void end(Trace &trace, LaneId task, Outcome outcome)
{
    trace.end(task, trace.now());
    trace.changeTask(task, [outcome](TaskFacts &facts) { facts.outcome = outcome; });
}

void finish(Trace &trace)
{
    trace.changeInfo([&trace](RunInfo &info) {
        info.finished = true;
        info.wall = trace.now();
    });
}

QString plain(QString text)
{
    return text.replace(QChar(0x202F), QLatin1Char(' '));
}

} // namespace

class RunSummaryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void titlesHavePlainDigits()
    {
        const auto trace = std::make_shared<Trace>();
        for (int i = 0; i < 20'000; ++i) {
            const LaneId task = trace->addLane(LaneKind::Task, "file", 0);
            trace->changeTask(task, [](TaskFacts &facts) {
                facts.file = std::make_unique<FileFacts>();
                facts.outcome = Outcome::Done;
            });
        }
        QCOMPARE(progressTitle(*trace), QStringLiteral("Reading 20000 of 20000 files"));
        trace->changeInfo([](RunInfo &info) { info.finished = true; });
        QCOMPARE(progressTitle(*trace), QStringLiteral("20000 files read"));
        QVERIFY(statusLine(*trace).startsWith(QStringLiteral("20\u202F000 files read")));
    }

    void titleTellsHowManyFilesAreRead()
    {
        Trace trace;
        QCOMPARE(progressTitle(trace), QString());
        std::vector<LaneId> files;
        for (int i = 0; i < 7; ++i)
            files.push_back(addFile(trace, 100));
        QCOMPARE(progressTitle(trace), QStringLiteral("Reading 0 of 7 files"));
        for (std::size_t i = 0; i < 3; ++i)
            end(trace, files[i], Outcome::Done);
        QCOMPARE(progressTitle(trace), QStringLiteral("Reading 3 of 7 files"));
        trace.changeInfo([](RunInfo &info) { info.tasksToCome = 93; });
        QCOMPARE(progressTitle(trace), QStringLiteral("Reading 3 of 100 files"));
        trace.changeInfo([](RunInfo &info) { info.tasksToCome = 0; });
        for (std::size_t i = 3; i < 7; ++i)
            end(trace, files[i], Outcome::Done);
        QCOMPARE(progressTitle(trace), QStringLiteral("Reading 7 of 7 files")); // more may come until the run is over
        finish(trace);
        QCOMPARE(progressTitle(trace), QStringLiteral("7 files read"));
    }

    void titleTellsWhatWentWrong()
    {
        Trace trace;
        for (const Outcome outcome : {Outcome::Done, Outcome::Failed, Outcome::Done, Outcome::Failed, Outcome::Cancelled})
            end(trace, addFile(trace, 1), outcome);
        finish(trace);
        QCOMPARE(progressTitle(trace), QStringLiteral("2 files read, 2 failed, 1 cancelled"));
    }

    void oneFileIsOneFile()
    {
        Trace trace;
        end(trace, addFile(trace, 1), Outcome::Done);
        finish(trace);
        QCOMPARE(progressTitle(trace), QStringLiteral("1 file read"));
    }

    void scenariosGoByTheirTitle()
    {
        Trace trace;
        trace.changeInfo([](RunInfo &info) { info.title = "executor"; });
        std::vector<LaneId> tasks;
        for (int i = 0; i < 6; ++i)
            tasks.push_back(addSleeper(trace));
        for (std::size_t i = 0; i < 3; ++i)
            end(trace, tasks[i], Outcome::Done);
        QCOMPARE(progressTitle(trace), QStringLiteral("executor: 3 of 6 tasks done"));
        for (std::size_t i = 3; i < 6; ++i)
            end(trace, tasks[i], i == 5 ? Outcome::Failed : Outcome::Done);
        finish(trace);
        QCOMPARE(progressTitle(trace), QStringLiteral("executor: 5 tasks done, 1 failed"));
    }

    void statusLineTellsTheRun()
    {
        Trace trace;
        const LaneId good = addFile(trace, 160'000'000);
        const LaneId bad = addFile(trace, 0);
        trace.enter(loopLaneId, 1000 * ms, State::Running, 0, noLane);
        trace.enter(good, 1000 * ms, State::Running, 0, noLane);
        trace.enter(good, 1600 * ms, State::InWorker, 0, noLane);
        trace.leave(loopLaneId, 2218 * ms);
        trace.advanceTo(5800 * ms);
        end(trace, good, Outcome::Done);
        end(trace, bad, Outcome::Failed);
        trace.changeInfo([](RunInfo &info) { info.skipped = {{"fifo", 2}, {"socket", 1}}; });
        finish(trace);
        const QString memory = plain(statusLine(trace)).section(QStringLiteral(", "), -2, -2);
        QVERIFY2(memory.endsWith(QStringLiteral("B")), qPrintable(memory));
        QCOMPARE(
            plain(statusLine(trace)),
            QStringLiteral(
                "1 file read, 1 failed, 3 skipped · 160 MB in 5.80 s · loop busy 21 %, longest stall 618 ms · 5 spans, %1, none dropped")
                .arg(memory));
    }

    void droppedEventsAreSaid()
    {
        Trace trace;
        end(trace, addFile(trace, 1), Outcome::Done);
        trace.changeInfo([](RunInfo &info) { info.droppedEvents = 12'345; });
        finish(trace);
        QVERIFY(plain(statusLine(trace)).endsWith(QStringLiteral("12 345 events dropped")));
    }

    void aGrowingRunIsFollowedToItsEnd()
    {
        const auto trace = std::make_shared<Trace>();
        RunStatus status;
        QCOMPARE(status.lineFor(nullptr), QString());
        const LaneId task = addSleeper(*trace);
        trace->enter(loopLaneId, 0, State::Blocking, 0, task);
        trace->enter(task, 0, State::Blocking, 0, noLane);
        trace->advanceTo(300 * ms);
        QVERIFY(plain(status.lineFor(trace)).contains(QStringLiteral("longest stall 300 ms")));

        trace->advanceTo(500 * ms);
        end(*trace, task, Outcome::Done);
        trace->leave(loopLaneId, 500 * ms);
        finish(*trace);
        QVERIFY2(plain(status.lineFor(trace)).contains(QStringLiteral("longest stall 500 ms · 1 finding · ")),
                 qPrintable(status.lineFor(trace)));
        QVERIFY(status.lineFor(trace).startsWith(QStringLiteral("1 task done")));

        const auto another = std::make_shared<Trace>();
        QCOMPARE(status.lineFor(another), QString());
    }
};

QTEST_GUILESS_MAIN(RunSummaryTest)
#include "run_summary_test.moc"
