#include "core/workload/file_reading.h"

#include "tests/support/found_files.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/session_run.h"

#include <QElapsedTimer>
#include <QTest>

using namespace loopscope;
using namespace loopscope::test;

// Linked with support/stalling_read.cpp: reading a file whose name contains "stalls" never ends.
class StalledReadTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLaneWaitsAndStopStillWorks()
    {
        const ScratchFolder scratch;
        const std::string stalled = scratch.write("stalls", "never read");
        const std::string good = scratch.write("good", "read\n");
        SessionSettings settings;
        settings.workers = 2;
        Session session(settings);
        session.start(readFiles(named({stalled, good})));
        const Trace &trace = *session.trace();
        const auto isEnded = [&](const char *name) {
            return taskNamed(trace, name) != noLane && trace.lane(taskNamed(trace, name)).hasEnded();
        };
        const auto isAtWork = [&](const char *name) {
            const LaneId task = taskNamed(trace, name);
            return task != noLane && trace.lane(task).isOpen() && trace.lane(task).open()->state == State::InWorker;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isEnded("good") && isAtWork("stalls"), 30'000);

        QElapsedTimer sinceStop;
        sinceStop.start();
        session.stop();
        QVERIFY(waitForEnd(session));
        QVERIFY(sinceStop.elapsed() < 15'000); // the read never returns
        VERIFY_PROMISES(trace);

        const TaskFacts &facts = trace.lane(taskNamed(trace, "stalls")).task;
        QCOMPARE(facts.outcome, Outcome::Cancelled);
        QCOMPARE(trace.name(facts.note), std::string("the system did not answer: its read was abandoned"));
        QCOMPARE(facts.file->path, stalled);
        QCOMPARE(trace.lane(taskNamed(trace, "good")).task.outcome, Outcome::Done);
        QVERIFY(!trace.info().notes.empty());
    }
};

QTEST_GUILESS_MAIN(StalledReadTest)
#include "stalled_read_test.moc"
