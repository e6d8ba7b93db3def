#include "core/workload/file_reading.h"

#include "core/workload/chunk_reader.h"
#include "core/workload/file_tree.h"
#include "tests/support/descriptors.h"
#include "tests/support/found_files.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/session_run.h"

#include <QTest>
#include <QTimer>

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

#include <sys/stat.h>

using namespace loopscope;
using namespace loopscope::test;

namespace {

SessionSettings settingsFor(int workers, int inFlight = 64)
{
    SessionSettings settings;
    settings.workers = workers;
    settings.inFlight = inFlight;
    settings.previewBudget = std::uint64_t(16) * 1024 * 1024;
    return settings;
}

int spansInWorker(const Trace &trace, LaneId task)
{
    const auto spans = spansOf(trace, task);
    return static_cast<int>(std::ranges::count(spans, State::InWorker, &Span::state));
}

const TaskFacts &factsNamed(const Trace &trace, std::string_view name)
{
    return trace.lane(taskNamed(trace, name)).task;
}

// Threads of Qt want descriptors of their own, which must not be scarce yet.
void startWorker(Session &session, const std::string &path)
{
    session.start(readFiles(named({path})));
    session.hold();
    const auto hasRead = [&] {
        return session.trace()->tasks().size() == 1 && session.trace()->lane(session.trace()->tasks()[0]).hasEnded();
    };
    QTRY_VERIFY_WITH_TIMEOUT(hasRead(), 30'000);
}

/// The most tasks that lived at the same time.
int mostLiving(const Trace &trace)
{
    std::vector<std::pair<Nanoseconds, int>> turns; // one that ends makes room for one that begins at the same time
    for (const LaneId task : trace.tasks()) {
        turns.emplace_back(trace.lane(task).begin, 1);
        turns.emplace_back(*trace.lane(task).end(), -1);
    }
    std::ranges::sort(turns);
    int most = 0;
    int living = 0;
    for (const auto &[at, change] : turns)
        most = std::max(most, living += change);
    return most;
}

int waitedForSlots(const Trace &trace)
{
    return static_cast<int>(
        std::ranges::count_if(trace.tasks(), [&](LaneId task) { return hasSpan(trace, task, State::Awaiting, slotReason); }));
}

bool isOutOfDescriptors(const Trace &trace)
{
    return std::ranges::any_of(trace.tasks(), [&](LaneId task) { return hasSpan(trace, task, State::Awaiting, "no descriptors left"); });
}

} // namespace

class FileReadingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void memoryDoesNotGrowWithTheFile()
    {
        const ScratchFolder scratch;
        const std::string path = scratch.write("sparse", "");
        std::filesystem::resize_file(path, std::uintmax_t(300) << 20);
        const auto trace = runToEnd(settingsFor(2), readFiles(named({path})));
        QVERIFY(trace);
        QCOMPARE(factsNamed(*trace, "sparse").file->bytes, std::uint64_t(300) << 20);
        QVERIFY(trace->info().peakRssBytes < std::uint64_t(100) * 1024 * 1024); // of this process so far: this test comes first
    }

    // core/analysis/what_if.cpp expects the same.
    void tasksAreMadeAsSlotsBecomeFree()
    {
        const ScratchFolder scratch;
        std::vector<std::string> paths;
        for (int i = 0; i < 1000; ++i)
            paths.push_back(scratch.write(std::to_string(i), "a\n"));
        const auto wide = runToEnd(settingsFor(2, 300), readFiles(named(paths)));
        QVERIFY(wide);
        QCOMPARE(waitedForSlots(*wide), 0);
        QVERIFY(mostLiving(*wide) <= 300);
        const auto narrow = runToEnd(settingsFor(2, 4), readFiles(named(paths)));
        QVERIFY(narrow);
        QVERIFY(waitedForSlots(*narrow) > 900);
        QCOMPARE(mostLiving(*narrow), 256);
        QCOMPARE(narrow->totals()[Outcome::Done], paths.size());
    }

    void everyFileHasItsTaskAndItsFacts()
    {
        const ScratchFolder scratch;
        const std::string small = scratch.write("small", "a\nb\n");
        const std::string large = scratch.write("large", std::string(3 * ChunkReader::chunkBytes, '\n'));
        const std::string latin = scratch.write("latin", "caf\xE9");
        const std::string empty = scratch.write("empty", "");
        const auto trace = runToEnd(settingsFor(2), readFiles(named({small, large, latin, empty, small})));
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        QCOMPARE(trace->tasks().size(), std::size_t(5));
        for (const LaneId task : trace->tasks()) {
            QCOMPARE(trace->lane(task).task.outcome, Outcome::Done);
            QCOMPARE(trace->name(trace->lane(task).task.kind), std::string("file"));
            QCOMPARE(trace->name(trace->lane(task).task.note), std::string());
        }
        const TaskFacts &facts = factsNamed(*trace, "small");
        QCOMPARE(facts.file->path, small);
        QCOMPARE(facts.file->bytes, std::uint64_t(4));
        QCOMPARE(facts.file->size, std::optional<std::uint64_t>(4));
        QCOMPARE(facts.file->lines, std::uint64_t(2));
        QCOMPARE(*facts.file->preview, std::string("a\nb\n"));
        QCOMPARE(trace->name(facts.result), std::string("2 lines"));
        QCOMPARE(factsNamed(*trace, "large").file->lines, std::uint64_t(3 * ChunkReader::chunkBytes));
        QCOMPARE(factsNamed(*trace, "latin").file->firstInvalidUtf8, std::optional<std::uint64_t>(3));
        QCOMPARE(trace->name(factsNamed(*trace, "latin").result), std::string("0 lines, not UTF-8 from byte 3 on"));
        QCOMPARE(trace->name(factsNamed(*trace, "empty").result), std::string("empty"));
    }

    void aChunkIsAJobAndASmallFileIsOne()
    {
        const ScratchFolder scratch;
        const std::string small = scratch.write("small", std::string(4096, 'x'));
        const std::string large = scratch.write("large", std::string(5 * ChunkReader::chunkBytes + 1, 'x'));
        const auto trace = runToEnd(settingsFor(2), readFiles(named({small, large})));
        QVERIFY(trace);
        QCOMPARE(spansInWorker(*trace, taskNamed(*trace, "small")), 1);
        QCOMPARE(spansInWorker(*trace, taskNamed(*trace, "large")), 6);
        QVERIFY(hasSpan(*trace, taskNamed(*trace, "large"), State::InWorker, "open and read"));
        QVERIFY(hasSpan(*trace, taskNamed(*trace, "large"), State::InWorker, "read"));
    }

    void onTheLoopOneFileIsReadAfterAnother()
    {
        const ScratchFolder scratch;
        const std::string large = scratch.write("large", std::string(9 * ChunkReader::chunkBytes, '\n'));
        const std::string missing = scratch.path("missing");
        const auto trace = runToEnd(settingsFor(2), readFiles(named({large, missing, large}), FileReader::Sequential));
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        Nanoseconds until = 0;
        for (const LaneId task : trace->tasks()) {
            QCOMPARE(spansInWorker(*trace, task), 0);
            const auto spans = spansOf(*trace, task);
            const auto blocking = std::ranges::find(spans, State::Blocking, &Span::state);
            QVERIFY(blocking != spans.end());
            QVERIFY(blocking->begin >= until);
            until = blocking->end;
        }
        QCOMPARE(factsNamed(*trace, "large").file->bytes, std::uint64_t(9) * ChunkReader::chunkBytes);
        QCOMPARE(trace->totals()[Outcome::Done], 2U);
        QCOMPARE(trace->totals()[Outcome::Failed], 1U);
    }

    void aStopEndsAFileOnTheLoop()
    {
        const ScratchFolder scratch;
        const std::string path = scratch.write("sparse", "");
        std::filesystem::resize_file(path, std::uintmax_t(1) << 40);
        Session session(settingsFor(1));
        session.start(readFiles(named({path, path}), FileReader::Sequential));
        const auto isAtWork = [&] { return session.trace()->tasks().size() == 2 && session.trace()->spanCount() > 4; };
        QTRY_VERIFY_WITH_TIMEOUT(isAtWork(), 30'000);
        session.stop();
        QVERIFY(waitForEnd(session));
        QCOMPARE(session.trace()->totals()[Outcome::Cancelled], 2U);
    }

    void withAThreadAJobAFileIsOneJob()
    {
        const ScratchFolder scratch;
        std::vector<std::string> paths;
        for (int i = 0; i < 30; ++i)
            paths.push_back(scratch.write("f" + std::to_string(i), std::string(3 * ChunkReader::chunkBytes, '\n')));
        SessionSettings settings = settingsFor(4);
        settings.workerLife = WorkerLife::Job;
        const auto trace = runToEnd(settings, readFiles(named(paths)));
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        QCOMPARE(trace->totals()[Outcome::Done], paths.size());
        for (const LaneId task : trace->tasks())
            QCOMPARE(spansInWorker(*trace, task), 1);
        QVERIFY(std::ranges::count(trace->info().notes, "each blocking job had a thread of its own") == 1);
    }

    void noMoreTasksLiveThanAreNeeded()
    {
        const ScratchFolder scratch;
        const std::vector<FoundFile> files(5000, {scratch.write("a", "x"), true});
        const auto trace = runToEnd(settingsFor(2, 16), readFiles(files));
        QVERIFY(trace);
        QCOMPARE(trace->tasks().size(), files.size());
        // Each began when all but some hundreds before it had ended.
        for (std::size_t i = 1000; i < files.size(); ++i)
            QVERIFY(trace->lane(trace->tasks()[i]).begin >= *trace->lane(trace->tasks()[i - 1000]).end());
    }

    // They end in order, so what is known of the whole tells how far they are.
    void whatIsStillToComeIsKnown()
    {
        const ScratchFolder scratch;
        const std::vector<FoundFile> files(5000, {scratch.write("a", "x"), true});
        Session session(settingsFor(2, 1));
        std::uint64_t most = 0;
        QObject::connect(&session, &Session::advanced, this, [&] {
            const Trace &trace = *session.trace();
            most = std::max(most, trace.info().tasksToCome);
            if (!trace.info().finished && trace.info().tasksToCome > 0)
                QVERIFY(trace.tasks().size() + trace.info().tasksToCome <= files.size());
        });
        session.start(readFiles(files));
        QVERIFY(waitForEnd(session));
        QVERIFY(most > 0);
        QCOMPARE(session.trace()->info().tasksToCome, std::uint64_t(0));
        QCOMPARE(session.trace()->tasks().size(), files.size());
    }

    // Each file that was found is told of: as a task, or in the number of those that were never made.
    void aStopTellsOfAllFiles()
    {
        const ScratchFolder scratch;
        for (const std::size_t count : {20'000U, 300'000U}) {
            const std::vector<FoundFile> files(count, {scratch.write("a", "x"), true});
            Session session(settingsFor(2, 4));
            session.start(readFiles(files));
            QTRY_VERIFY_WITH_TIMEOUT(!session.trace()->endedTasks().empty(), 30'000);
            session.stop();
            QVERIFY(waitForEnd(session));
            const Trace &trace = *session.trace();
            VERIFY_PROMISES(trace);
            QCOMPARE(trace.tasks().size() + trace.info().tasksToCome, count);
            QVERIFY(trace.totals()[Outcome::Cancelled] > 0);
            QCOMPARE(trace.info().notes.size(), std::size_t(trace.info().tasksToCome > 0 ? 1 : 0));
        }
    }

    void whatCannotBeReadFailsOnItsOwnLane()
    {
        const ScratchFolder scratch;
        const std::string fifo = scratch.path("fifo");
        QCOMPARE(::mkfifo(fifo.c_str(), 0600), 0);
        const std::string good = scratch.write("good", "x");
        const auto trace = runToEnd(
            settingsFor(1), readFiles(named({fifo, scratch.path("missing"), good, "/dev/null", scratch.path(), "/proc/self/mem", ""})));
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        QCOMPARE(trace->tasks().size(), std::size_t(7));
        QCOMPARE(factsNamed(*trace, "good").outcome, Outcome::Done);
        for (const char *name : {"fifo", "missing", "null", "mem", ""})
            QCOMPARE(factsNamed(*trace, name).outcome, Outcome::Failed);
        QCOMPARE(trace->name(factsNamed(*trace, "fifo").error), std::string("it is a FIFO, not a file"));
        QCOMPARE(trace->name(factsNamed(*trace, "missing").error), std::string("No such file or directory"));
        QCOMPARE(factsNamed(*trace, "missing").file->path, scratch.path("missing"));
        QCOMPARE(trace->name(factsNamed(*trace, "mem").error), std::string("input/output error at offset 0"));
    }

    void tasksAreNamedAfterTheBaseNameEscaped()
    {
        const ScratchFolder scratch;
        const std::string newline = scratch.write("new\nline", "x");
        const std::string latin = scratch.write("caf\xE9", "x");
        const std::string override = scratch.write("\xE2\x80\xAEgpj.exe", "x");
        const auto trace = runToEnd(settingsFor(1), readFiles(named({newline, latin, override, "/no/such/folder//", "/"})));
        QVERIFY(trace);
        std::vector<std::string> names;
        for (const LaneId task : trace->tasks())
            names.emplace_back(trace->nameOf(task));
        QCOMPARE(names, (std::vector<std::string>{"new\\nline", "caf\\xE9", "\\u{202E}gpj.exe", "folder", "/"}));
        QCOMPARE(factsNamed(*trace, "caf\\xE9").file->path, latin);
        QCOMPARE(factsNamed(*trace, "caf\\xE9").outcome, Outcome::Done);
    }

    void filesInFlightAreBounded()
    {
        const ScratchFolder scratch;
        const std::vector<std::string> paths(40, scratch.write("a", std::string(4 * ChunkReader::chunkBytes, 'x')));
        const auto trace = runToEnd(settingsFor(2, 3), readFiles(named(paths)));
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        const auto waited =
            std::ranges::count_if(trace->tasks(), [&](LaneId task) { return hasSpan(*trace, task, State::Awaiting, "slot"); });
        QCOMPARE(waited, 37);
    }

    void previewsStayWithinTheBudgetOfTheRun()
    {
        const ScratchFolder scratch;
        const std::vector<std::string> paths(10, scratch.write("a", std::string(1000, 'x')));
        SessionSettings settings = settingsFor(2);
        settings.previewBudget = 4500;
        const auto trace = runToEnd(settings, readFiles(named(paths)));
        QVERIFY(trace);
        const auto kept =
            std::ranges::count_if(trace->tasks(), [&](LaneId task) { return trace->lane(task).task.file->preview != nullptr; });
        QCOMPARE(kept, 4);
    }

    void aHundredThousandFilesNeedFewDescriptors()
    {
        const ScratchFolder scratch;
        writeManyFiles(scratch, 100, 1000, "x\n");
        FileList list = expandPaths({scratch.path()});
        QCOMPARE(list.files.size(), std::size_t(100'000));

        Session session(settingsFor(2, 16));
        session.start(readFiles(std::move(list.files)));
        const std::size_t before = openDescriptors();
        std::size_t most = 0;
        QTimer ticker;
        QObject::connect(&ticker, &QTimer::timeout, this, [&] { most = std::max(most, openDescriptors()); });
        ticker.start(5);
        QTRY_COMPARE_WITH_TIMEOUT(session.phase(), Session::Phase::Ended, 100'000);
        VERIFY_PROMISES(*session.trace());
        QVERIFY(most <= before + 16);
        QCOMPARE(session.trace()->tasks().size(), std::size_t(100'000));
        for (const LaneId task : session.trace()->tasks())
            QCOMPARE(session.trace()->lane(task).task.file->lines, std::uint64_t(1));
        QCOMPARE(session.trace()->info().droppedEvents, std::uint64_t(0));
    }

    void withoutDescriptorsTasksWaitAndTryAgain()
    {
        const ScratchFolder scratch;
        const std::string path = scratch.write("a", "x");
        Session session(settingsFor(1));
        startWorker(session, path);
        auto limit = std::make_unique<DescriptorLimit>(0);
        QVERIFY(session.join(readFiles(named(std::vector<std::string>(20, path)))));
        QTRY_VERIFY_WITH_TIMEOUT(isOutOfDescriptors(*session.trace()), 30'000);
        limit.reset();
        session.release();
        QVERIFY(waitForEnd(session));
        VERIFY_PROMISES(*session.trace());
        for (const LaneId task : session.trace()->tasks())
            QCOMPARE(session.trace()->lane(task).task.outcome, Outcome::Done);
    }

    void stoppingWithoutDescriptorsEnds()
    {
        const ScratchFolder scratch;
        const std::string path = scratch.write("a", "x");
        Session session(settingsFor(1));
        startWorker(session, path);
        auto limit = std::make_unique<DescriptorLimit>(0);
        QVERIFY(session.join(readFiles(named({path}))));
        QTRY_VERIFY_WITH_TIMEOUT(isOutOfDescriptors(*session.trace()), 30'000);
        session.stop();
        QVERIFY(waitForEnd(session));
        limit.reset();
        VERIFY_PROMISES(*session.trace());
        QCOMPARE(session.trace()->lane(session.trace()->tasks().back()).task.outcome, Outcome::Cancelled);
    }

    void aTerabyteIsLeftWithinTheStopsPromise()
    {
        const ScratchFolder scratch;
        const std::string path = scratch.write("sparse", "");
        std::error_code error;
        std::filesystem::resize_file(path, std::uintmax_t(1) << 40, error);
        if (error)
            std::filesystem::resize_file(path, std::uintmax_t(1) << 34); // some file systems hold less
        const std::size_t before = openDescriptors();
        {
            Session session(settingsFor(2));
            QElapsedTimer sinceStop;
            QObject::connect(&session, &Session::advanced, this, [&] {
                const Lane &lane = session.trace()->lane(session.trace()->tasks().front());
                if (lane.task.file->bytes < 10 * ChunkReader::chunkBytes || sinceStop.isValid())
                    return;
                QVERIFY(lane.task.file->size > std::uint64_t(1) << 33);
                sinceStop.start();
                session.stop();
            });
            session.start(readFiles(named({path})));
            QVERIFY(waitForEnd(session));
            QVERIFY(sinceStop.elapsed() < 15'000); // reading a terabyte takes minutes
            VERIFY_PROMISES(*session.trace());
            const TaskFacts &facts = factsNamed(*session.trace(), "sparse");
            QCOMPARE(facts.outcome, Outcome::Cancelled);
            QVERIFY(facts.file->bytes >= 10 * ChunkReader::chunkBytes);
            QCOMPARE(session.trace()->name(facts.note), std::string());
        }
        QCOMPARE(openDescriptors(), before);
    }
};

QTEST_GUILESS_MAIN(FileReadingTest)
#include "file_reading_test.moc"
