#include "core/formats/own/own_file_reader.h"
#include "core/formats/own/own_file_writer.h"

#include "tests/support/random_trace.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/trace_difference.h"

#include <QTest>

#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>

#include <sys/stat.h>

using namespace loopscope;
using namespace loopscope::test;

namespace {

constexpr std::uint32_t seeds = 120;

std::string failureOf(const std::string &path)
{
    const auto opened = openOwnFile(path, {});
    return opened ? "none" : opened.error().what;
}

/// Saves and opens a trace.
OpenedTrace again(const Trace &trace, const Marks &marks, const std::string &path)
{
    if (const auto saved = saveOwnFile(trace, marks, path, {}); !saved)
        throw std::runtime_error(saved.error().what);
    auto opened = openOwnFile(path, {});
    if (!opened)
        throw std::runtime_error(opened.error().what);
    return *std::move(opened);
}

/// A task with so many spans.
std::shared_ptr<Trace> regularTrace(int spans)
{
    auto trace = std::make_shared<Trace>();
    const LaneId lane = trace->addLane(LaneKind::Task, "task", 0);
    for (int i = 0; i < spans; ++i)
        trace->enter(lane, i * 10, taskStates[static_cast<std::size_t>(i) % taskStates.size()], 0, noLane);
    trace->end(lane, spans * 10);
    return trace;
}

/// What version_1.loopscope was made of. Never to be changed.
std::shared_ptr<Trace> traceOfVersion1()
{
    auto trace = std::make_shared<Trace>();
    const LaneId worker = trace->addLane(LaneKind::Worker, "#1", 0);
    const LaneId task = trace->addLane(LaneKind::Task, "reads a file", 10);
    const LaneId other = trace->addLane(LaneKind::Task, "goes on", 20);
    const SiteId site = trace->internSite("read chunk", "file_reading.cpp", "readFile", 42);
    trace->enter(loopLaneId, 10, State::Running, 0, task);
    trace->leave(loopLaneId, 30);
    trace->enter(task, 10, State::Queued, site, noLane);
    trace->enter(task, 40, State::InWorker, site, worker);
    trace->enter(worker, 40, State::InWorker, site, task);
    trace->leave(worker, 90);
    trace->enter(task, 90, State::Ready, 0, worker);
    trace->end(task, 100);
    trace->addWake({90, worker, task});
    trace->markIncomplete(worker);
    trace->enter(other, 30, State::Awaiting, trace->internSite("timer", "", "", 0), noLane);
    const NameId kind = trace->internName("file");
    const NameId result = trace->internName("3 lines");
    trace->changeTask(task, [&](TaskFacts &facts) {
        facts.kind = kind;
        facts.result = result;
        facts.parent = other;
        facts.outcome = Outcome::Done;
        facts.file = std::make_unique<FileFacts>(FileFacts{"/tmp/\xFF", 300, 300, 3, 7, std::make_shared<const std::string>("one\n")});
    });
    trace->changeInfo([](RunInfo &info) {
        info = {"a run",    1'700'000'000'000'000'000,
                1,          256,
                50'000'000, {{"fifo", 2}},
                {"a note"}, 100,
                60,         1'000'000,
                1,          2,
                3,          "",
                {},         false,
                true,       true};
    });
    trace->advanceTo(120);
    return trace;
}

} // namespace

class OwnFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { scratch_.emplace(); }

    void whatWasSavedIsOpenedAgain()
    {
        for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
            const TraceOrigin origin = seed % 2 == 0 ? TraceOrigin::Run : TraceOrigin::Import;
            const auto trace = randomTrace(seed, origin);
            const Marks marks = randomMarks(seed);
            const OpenedTrace opened = again(*trace, marks, scratch_->path("t.loopscope"));
            const std::string difference = differenceBetween(*trace, *opened.trace) + differenceBetween(marks, opened.marks);
            QVERIFY2(difference.empty(), ("seed " + std::to_string(seed) + ": " + difference).c_str());
        }
    }

    void anEmptyTraceToo()
    {
        for (const TraceOrigin origin : {TraceOrigin::Run, TraceOrigin::Import}) {
            const Trace trace(origin);
            QCOMPARE(differenceBetween(trace, *again(trace, {}, scratch_->path("t")).trace), std::string());
        }
    }

    void whatWasOpenedGoesOn()
    {
        for (const int spans : {0, 1, 255, 256, 257, 512, 1'000}) {
            const auto trace = regularTrace(spans);
            const auto opened = again(*trace, {}, scratch_->path("t")).trace;
            for (Trace *each : {trace.get(), opened.get()}) {
                const LaneId lane = each->addLane(LaneKind::Task, "another", 5);
                each->enter(lane, 7, State::Running, each->internSite("why", "", "", 0), noLane);
                each->enter(loopLaneId, 9, State::Running, 0, noLane);
                for (int i = 0; i < 600; ++i)
                    each->enter(lane, 100 + i, State::Ready, 0, noLane);
                each->addWake({3, loopLaneId, lane});
            }
            QCOMPARE(differenceBetween(*trace, *opened), std::string());
        }
    }

    void takesNoMoreMemoryThanTheRun()
    {
        const auto trace = regularTrace(1'000'000);
        const auto opened = again(*trace, {}, scratch_->path("t")).trace;
        QVERIFY2(opened->bytesASpan() >= 20 && opened->bytesASpan() <= 24, qPrintable(QString::number(opened->bytesASpan())));
        QVERIFY(opened->byteSize() <= trace->byteSize() + 10'000);
        QVERIFY(std::filesystem::file_size(scratch_->path("t")) <= 20'010'000);
    }

    // What does not fill a block is copied, and what it was copied from goes.
    void lanesThatFillNoBlockTakeNoMoreEither()
    {
        Trace trace;
        for (int i = 0; i < 1000; ++i) {
            const LaneId task = trace.addLane(LaneKind::Task, "task", 0);
            for (int span = 0; span < 999; ++span)
                trace.enter(task, span, span % 2 == 0 ? State::Running : State::Awaiting, 0, noLane);
            trace.end(task, 999);
        }
        const auto opened = again(trace, {}, scratch_->path("t")).trace;
        QVERIFY2(opened->bytesASpan() >= 20 && opened->bytesASpan() <= 24, qPrintable(QString::number(opened->bytesASpan())));
    }

    void theFileMayGoOnceItIsOpen()
    {
        const auto trace = randomTrace(3, TraceOrigin::Import);
        const std::string path = scratch_->path("t");
        const OpenedTrace opened = again(*trace, {}, path);
        // Marks may have been added; it is saved under its own name.
        QVERIFY(saveOwnFile(*opened.trace, opened.marks, path, {}));
        std::filesystem::remove(path);
        QCOMPARE(differenceBetween(*trace, *opened.trace), std::string());
    }

    void isRecognisedByItsContent()
    {
        QVERIFY(saveOwnFile(Trace(), {}, scratch_->path("t.json"), {}));
        std::ifstream file(scratch_->path("t.json"), std::ios::binary);
        const std::string head{std::istreambuf_iterator<char>(file), {}};
        QVERIFY(looksLikeOwnFile(head));
        QVERIFY(!looksLikeOwnFile(head.substr(0, 7)));
        QVERIFY(!looksLikeOwnFile("{\"traceEvents\":[]}"));
    }

    void aNewerVersionIsRefusedPolitely()
    {
        QCOMPARE(failureOf(LOOPSCOPE_TEST_DATA "/traces/own/newer_version.loopscope"),
                 std::string("it is of version 2 of the format, and this program knows version 1 alone: a newer Loopscope opens it"));
    }

    void whatWasSavedByEarlierProgramsIsOpened()
    {
        const auto opened = openOwnFile(LOOPSCOPE_TEST_DATA "/traces/own/version_1.loopscope", {});
        QVERIFY(opened);
        QCOMPARE(differenceBetween(*traceOfVersion1(), *opened->trace), std::string());
        Marks marks;
        marks.add(45, "here");
        QCOMPARE(differenceBetween(marks, opened->marks), std::string());
    }

    void refusesWhatIsNoFileOfItsFormat()
    {
        QCOMPARE(::mkfifo(scratch_->path("fifo").c_str(), 0600), 0);
        QCOMPARE(failureOf(scratch_->path("fifo")), std::string("it is a FIFO, not a file"));
        QCOMPARE(failureOf("/dev/zero"), std::string("it is a device, not a file"));
        QVERIFY(failureOf(scratch_->path()).starts_with("it is a folder"));
        QCOMPARE(failureOf(scratch_->path("missing")), std::string("No such file or directory"));
        const std::string none = "it is no .loopscope file, or its beginning is damaged";
        QCOMPARE(failureOf(scratch_->write("empty", "")), none);
        QCOMPARE(failureOf(scratch_->write("text", std::string(1'000, 'x'))), none);
    }

    void sumsOfRowsCountAsMemory()
    {
        Trace trace(TraceOrigin::Import);
        const LaneId thread = trace.addLane(LaneKind::Thread, "main", 0);
        const LaneId row = trace.addLane(LaneKind::Row, "main", 0);
        trace.changeTask(row, [thread](TaskFacts &facts) { facts.parent = thread; });
        for (Nanoseconds at = 0; at < 100'000; at += 10)
            trace.appendSpan(row, {at, at + 5, State::Slice, 0, noEvent});
        const std::string path = scratch_->path("t");
        QVERIFY(saveOwnFile(trace, {}, path, {}));
        const OpeningBudget all;
        OpeningBudget left = all;
        const auto opened = openOwnFile(path, {}, left);
        QVERIFY(opened);
        QVERIFY(all.memory - left.memory >= opened->trace->byteSize());
        OpeningBudget tooLittle{all.unpacked, opened->trace->byteSize() - 1};
        const auto refused = openOwnFile(path, {}, tooLittle);
        QVERIFY(!refused);
        QCOMPARE(refused.error().what, std::string("its trace would take more than half of this machine's memory"));
    }

    void canBeCancelled()
    {
        const auto trace = regularTrace(100'000);
        const std::string path = scratch_->path("t");
        QVERIFY(saveOwnFile(*trace, {}, path, {}));
        std::stop_source stop;
        stop.request_stop();
        const auto opened = openOwnFile(path, {stop.get_token(), {}, {}});
        QVERIFY(!opened && opened.error().isCancelled);
        const auto saved = saveOwnFile(*trace, {}, scratch_->path("u"), {stop.get_token(), {}, {}});
        QVERIFY(!saved && saved.error().isCancelled);
        QVERIFY(!std::filesystem::exists(scratch_->path("u")));
    }

    void tellsHowFarItIs()
    {
        const auto trace = regularTrace(1'000'000);
        std::uint64_t last = 0;
        const OpeningObserver observer{{},
                                       [&last](std::uint64_t done, std::uint64_t all) {
                                           QVERIFY(last <= done && done <= all);
                                           last = done;
                                       },
                                       {}};
        QVERIFY(saveOwnFile(*trace, {}, scratch_->path("t"), observer));
        QVERIFY(last > 0);
        last = 0;
        QVERIFY(openOwnFile(scratch_->path("t"), observer));
        QVERIFY(last > 0);
    }

private:
    std::optional<ScratchFolder> scratch_;
};

QTEST_GUILESS_MAIN(OwnFileTest)
#include "own_file_test.moc"
