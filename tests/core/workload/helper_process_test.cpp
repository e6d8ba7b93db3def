#include "core/workload/helper_process.h"

#include "core/workload/file_reading.h"
#include "core/workload/scenario_run.h"
#include "tests/support/descriptors.h"
#include "tests/support/found_files.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/session_run.h"

#include <QTest>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <latch>
#include <optional>
#include <set>
#include <thread>

#include <sys/stat.h>

using namespace loopscope;
using namespace loopscope::test;

namespace {

constexpr int watchdogMs = 30'000;
constexpr Nanoseconds anHour = 3600 * nanosecondsPerSecond;

/// The processes that this one has started and not waited for, with what has ended and is still to be waited for.
std::set<pid_t> childProcesses()
{
    std::set<pid_t> found;
    for (const auto &entry : std::filesystem::directory_iterator("/proc")) {
        std::ifstream file(entry.path() / "stat");
        std::string stat;
        if (!std::getline(file, stat))
            continue;
        const std::string behindName = stat.substr(stat.rfind(')') + 2); // "S 17 …": the state and the parent
        if (std::stoi(behindName.substr(2)) == ::getpid())
            found.insert(std::stoi(stat));
    }
    return found;
}

std::string textOf(const TaskResult &result)
{
    return std::string(std::string_view(result.text));
}

/// What becomes of a job on a thread of its own, which gets a helper of its own.
TaskResult resultOf(const JobRequest &request, const std::stop_token &stop = {})
{
    TaskResult result;
    std::thread([&] { result = runInHelper(request, stop); }).join();
    return result;
}

} // namespace

class HelperProcessTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { setHelperProgram(LOOPSCOPE_SERVING_JOBS); }
    // None is left, not even one to be waited for. Workers that were busy when their session ended may end a moment later.
    void cleanup() { QTRY_COMPARE_WITH_TIMEOUT(childProcesses(), std::set<pid_t>(), watchdogMs); }

    void doesEachKindOfJob()
    {
        const ScratchFolder scratch;
        const std::string path = scratch.write("a\nb", "1\n2\n");
        QCOMPARE(textOf(resultOf({JobRequest::Kind::Sleep, 1'000'000, {}})), std::string("Finished sleeping"));
        QVERIFY(textOf(resultOf({JobRequest::Kind::Cpu, 1'000'000, {}})).starts_with("Counted "));
        const TaskResult read = resultOf({JobRequest::Kind::Read, 0, path});
        QCOMPARE(textOf(read), std::string("Read 4 B"));
        const TaskResult file = resultOf({JobRequest::Kind::File, 0, path});
        QCOMPARE(textOf(file), std::string("2 lines"));
        QCOMPARE(file.file->bytes, 4U);
        QVERIFY(resultOf({JobRequest::Kind::File, 0, scratch.path("none")}).outcome == Outcome::Failed);
    }

    void oneProcessServesAThread()
    {
        std::set<pid_t> first;
        std::set<pid_t> second;
        std::thread([&] {
            (void)runInHelper({JobRequest::Kind::Sleep, 0, {}}, {});
            first = childProcesses();
            (void)runInHelper({JobRequest::Kind::Sleep, 0, {}}, {});
            second = childProcesses();
        }).join();
        QCOMPARE(first.size(), std::size_t(1));
        QCOMPARE(second, first);
    }

    void aProcessThatIsKilledFailsItsJobAlone()
    {
        TaskResult first;
        TaskResult second;
        std::thread worker([&] {
            first = runInHelper({JobRequest::Kind::Sleep, anHour, {}}, {});
            second = runInHelper({JobRequest::Kind::Sleep, 0, {}}, {});
        });
        const bool isThere = QTest::qWaitFor([] { return !childProcesses().empty(); }, watchdogMs);
        if (isThere)
            ::kill(*childProcesses().begin(), SIGKILL);
        worker.join();
        QVERIFY(isThere);
        QVERIFY(first.outcome == Outcome::Failed);
        QCOMPARE(textOf(first), std::string("its helper process is gone: it was ended by the signal KILL"));
        QVERIFY(second.outcome == Outcome::Done);
    }

    void aStopEndsTheProcess()
    {
        std::stop_source stop;
        TaskResult result;
        std::thread worker([&] { result = runInHelper({JobRequest::Kind::Cpu, anHour, {}}, stop.get_token()); });
        const bool isThere = QTest::qWaitFor([] { return !childProcesses().empty(); }, watchdogMs);
        stop.request_stop();
        worker.join();
        QVERIFY(isThere);
        QVERIFY(result.outcome == Outcome::Cancelled);
        QVERIFY(resultOf({JobRequest::Kind::Sleep, anHour, {}}, stop.get_token()).outcome == Outcome::Cancelled);
    }

    void withoutDescriptorsItWaitsAndTriesAgain()
    {
        std::atomic<bool> hasEnded = false;
        TaskResult result;
        std::thread worker;
        {
            const DescriptorLimit none(0);
            worker = std::thread([&] {
                result = runInHelper({JobRequest::Kind::Sleep, 0, {}}, {});
                hasEnded = true;
            });
            QTest::qWait(50);
            QVERIFY(!hasEnded);
        }
        worker.join();
        QVERIFY2(result.outcome == Outcome::Done, textOf(result).c_str());
    }

    void aStopEndsTheWaitForDescriptors()
    {
        const DescriptorLimit none(0);
        std::stop_source stop;
        TaskResult result;
        std::thread worker([&] { result = runInHelper({JobRequest::Kind::Sleep, 0, {}}, stop.get_token()); });
        QTest::qWait(20);
        stop.request_stop();
        worker.join();
        QVERIFY(result.outcome == Outcome::Cancelled);
    }

    void withoutDescriptorsForLongAJobFails()
    {
        const DescriptorLimit none(0);
        const TaskResult result = resultOf({JobRequest::Kind::Sleep, 0, {}});
        QCOMPARE(textOf(result), std::string("no helper process could be started: Too many open files"));
    }

    // Its owner has nothing to do, and keeps the process and a descriptor.
    void whereThereIsNoRoomForAnotherAnIdleHelperIsUsed()
    {
        std::latch hasHelper(1);
        std::latch isOver(1);
        TaskResult again;
        std::thread owner([&] {
            (void)runInHelper({JobRequest::Kind::Sleep, 0, {}}, {});
            hasHelper.count_down();
            isOver.wait();
            again = runInHelper({JobRequest::Kind::Sleep, 0, {}}, {});
        });
        hasHelper.wait();
        const std::set<pid_t> one = childProcesses();
        TaskResult result;
        {
            const DescriptorLimit none(0);
            result = resultOf({JobRequest::Kind::Sleep, 0, {}});
        }
        isOver.count_down();
        owner.join();
        QCOMPARE(one.size(), std::size_t(1));
        QVERIFY2(result.outcome == Outcome::Done, textOf(result).c_str());
        QVERIFY2(again.outcome == Outcome::Done, textOf(again).c_str());
    }

    // It works on for another thread when the one that has started it is gone.
    void ofAThreadThatEndsItWorksOn()
    {
        std::latch hasHelper(1);
        std::latch isTaken(1);
        std::thread owner([&] {
            (void)runInHelper({JobRequest::Kind::Sleep, 0, {}}, {});
            hasHelper.count_down();
            isTaken.wait();
        });
        hasHelper.wait();
        std::atomic<bool> hasEnded = false;
        TaskResult result;
        std::thread other;
        {
            const DescriptorLimit none(0);
            other = std::thread([&] {
                result = runInHelper({JobRequest::Kind::Sleep, 3 * nanosecondsPerSecond, {}}, {});
                hasEnded = true;
            });
            QTest::qWait(500);
            isTaken.count_down();
            owner.join();
        }
        const bool wasAtWork = !hasEnded && childProcesses().size() == 1;
        other.join();
        QVERIFY2(result.outcome == Outcome::Done, textOf(result).c_str());
        QVERIFY(wasAtWork);
    }

    // Else what they used would count for nobody.
    void helpersHaveEndedBeforeTheRunEnds()
    {
        const ScratchFolder scratch;
        const std::string slow = scratch.write("slow", "#!/bin/sh\n" LOOPSCOPE_SERVING_JOBS " \"$@\"\nsleep 0.3\n");
        QCOMPARE(::chmod(slow.c_str(), 0755), 0);
        setHelperProgram(slow);
        const auto plan = planScenario(*findBuiltInScenario("cpu-bound"), {{"seconds", "0.01"}, {"place", "process"}});
        QVERIFY(plan.has_value());
        Session session({});
        const auto allAreDone = [&trace = *session.trace()] { return trace.totals()[Outcome::Done] == trace.tasks().size(); };
        bool areSeen = false;
        const auto look = [&] {
            areSeen = areSeen || (session.phase() == Session::Phase::Running && !session.trace()->tasks().empty() && allAreDone());
        };
        connect(&session, &Session::advanced, this, look);
        session.start(runScenario(*plan, {}));
        QVERIFY(waitForEnd(session));
        QVERIFY(allAreDone());
        QCOMPARE(childProcesses(), std::set<pid_t>());
        QVERIFY2(areSeen, "what the tasks did is to be seen while their helpers end");
    }

    void whatCannotBeStartedIsSaid()
    {
        setHelperProgram("/nowhere/program");
        const TaskResult missing = resultOf({JobRequest::Kind::Sleep, 0, {}});
        QCOMPARE(textOf(missing), std::string("no helper process could be started: No such file or directory"));
        setHelperProgram("/bin/false");
        const TaskResult other = resultOf({JobRequest::Kind::Sleep, 0, {}});
        QCOMPARE(textOf(other), std::string("its helper process is gone: it ended with the exit code 1"));
        setHelperProgram({});
        QVERIFY(resultOf({JobRequest::Kind::Sleep, 0, {}}).outcome == Outcome::Failed);
    }

    void filesAreReadByProcesses()
    {
        const ScratchFolder scratch;
        std::vector<std::string> paths;
        for (int i = 0; i < 50; ++i)
            paths.push_back(scratch.write("f" + std::to_string(i), std::string(static_cast<std::size_t>(i) * 10'000, '\n')));
        paths.push_back(scratch.path("missing"));
        SessionSettings settings;
        settings.workers = 3;
        const auto trace = runToEnd(settings, readFiles(named(paths), FileReader::Processes));
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        QCOMPARE(trace->totals()[Outcome::Done], std::size_t(50));
        QCOMPARE(trace->totals()[Outcome::Failed], std::size_t(1));
        for (std::size_t i = 0; i < 50; ++i) {
            const TaskFacts &facts = trace->lane(trace->tasks()[i]).task;
            QCOMPARE(facts.file->bytes, i * 10'000);
            QCOMPARE(facts.file->lines, i * 10'000);
        }
    }

    void aScenarioComputesInProcesses()
    {
        const auto plan = planScenario(*findBuiltInScenario("cpu-bound"), {{"seconds", "0.01"}, {"place", "process"}});
        QVERIFY(plan.has_value());
        const auto trace = runToEnd({}, runScenario(*plan, {}));
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        QCOMPARE(trace->totals()[Outcome::Done], trace->tasks().size());
    }
};

QTEST_GUILESS_MAIN(HelperProcessTest)
#include "helper_process_test.moc"
