#include "core/formats/own/run_journal.h"

#include "core/files/file_descriptor.h"
#include "core/formats/own/own_file_reader.h"

#include "tests/support/folder_contents.h"
#include "tests/support/random_trace.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/trace_difference.h"

#include <QTest>

#include <filesystem>
#include <optional>

#include <csignal>
#include <sys/mman.h>
#include <sys/resource.h>

using namespace loopscope;
using namespace loopscope::test;

namespace {

// In memory, for some disks take milliseconds a file.
OpeningResult openContent(const std::string &content)
{
    const FileDescriptor file(::memfd_create("content", MFD_CLOEXEC));
    if (::write(file.get(), content.data(), content.size()) != static_cast<ssize_t>(content.size()))
        return tl::unexpected(OpeningFailure{"the test cannot write it"});
    return openOwnFile("/proc/self/fd/" + std::to_string(file.get()), {});
}

/// What a journal has to say of a run that was cut off.
void cutOff(Trace &trace)
{
    if (trace.info().finished)
        return; // nothing was to come
    trace.changeInfo([&trace](RunInfo &info) {
        info.finished = true;
        if (info.wall == 0)
            info.wall = trace.now();
        info.notes.push_back("the run was cut off: its first " + std::to_string(trace.now() / 1'000'000) + " ms were recorded");
    });
}

/// Whether all that is said of a lane is true of the whole run: its spans are the first ones of it.
bool isBeginningOf(const Trace &cut, const Trace &whole, LaneId lane)
{
    const std::size_t closed = cut.lane(lane).spans.size();
    for (std::size_t i = 0; i < closed; ++i) {
        if (!(cut.span(lane, i) == whole.span(lane, i)))
            return false;
    }
    if (!cut.lane(lane).isOpen())
        return true;
    const Span open = cut.span(lane, closed);
    const bool isLost = whole.lane(lane).incomplete; // and the next span may be any
    return isLost || (closed < whole.spanCount(lane) && whole.span(lane, closed).begin == open.begin);
}

} // namespace

class RunJournalTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { scratch_.emplace(); }

    void holdsAllThatWasKnown()
    {
        for (std::uint32_t seed = 1; seed <= 60; ++seed) {
            GrowingTrace growing(seed);
            Marks marks;
            const std::string path = scratch_->path(std::to_string(seed));
            {
                const auto journal = RunJournal::create(path);
                QVERIFY(journal);
                for (std::uint32_t turn = 0; turn <= seed % 7; ++turn) {
                    growing.grow();
                    if (turn % 3 == 1)
                        marks.add(turn, "here");
                    (*journal)->flush(*growing.trace(), marks);
                    (*journal)->flush(*growing.trace(), marks);
                }
            }
            const auto opened = openOwnFile(path + ".part", {});
            QVERIFY2(opened, opened ? "" : opened.error().what.c_str());
            cutOff(*growing.trace());
            const std::string difference = differenceBetween(*growing.trace(), *opened->trace) + differenceBetween(marks, opened->marks);
            QVERIFY2(difference.empty(), ("seed " + std::to_string(seed) + ": " + difference).c_str());
        }
    }

    void isTrueWhereverItIsCutOff()
    {
        GrowingTrace growing(1);
        bool wasFinished = false; // of a run that is, nothing is cut off
        {
            const auto journal = RunJournal::create(scratch_->path("t"));
            QVERIFY(journal);
            for (int turn = 0; turn < 3; ++turn) {
                growing.grow();
                wasFinished = wasFinished || growing.trace()->info().finished;
                (*journal)->flush(*growing.trace(), {});
            }
        }
        const std::string whole = contentOf(scratch_->path("t.part"));
        std::size_t opened = 0;
        for (std::size_t length = 0; length < whole.size(); length += 1 + length % 97) {
            const auto cut = openContent(whole.substr(0, length));
            if (!cut)
                continue;
            ++opened;
            const std::vector<std::string> &notes = cut->trace->info().notes;
            QVERIFY(wasFinished || notes.back().starts_with("the run was cut off: its first "));
            for (LaneId lane = 0; cut->trace->hasLane(lane); ++lane)
                QVERIFY2(isBeginningOf(*cut->trace, *growing.trace(), lane), (std::to_string(length) + ' ' + std::to_string(lane)).c_str());
        }
        QVERIFY(opened > 100);
    }

    void aRunIsKeptFromItsFirstMoment()
    {
        Trace trace;
        const LaneId task = trace.addLane(LaneKind::Task, "task", 0);
        {
            const auto journal = RunJournal::create(scratch_->path("t"));
            QVERIFY(journal);
            (*journal)->flush(trace, {});
            trace.advanceTo(5);
            trace.changeInfo([](RunInfo &info) { info.finished = true; });
            (*journal)->flush(trace, {});
        }
        const auto opened = openOwnFile(scratch_->path("t.part"), {});
        QVERIFY2(opened, opened ? "" : opened.error().what.c_str());
        QCOMPARE(opened->trace->nameOf(task), std::string_view("task"));
        QVERIFY(opened->trace->info().notes.empty()); // it was not cut off: it had ended
    }

    void leavesTheJournalsOfOtherRunsAlone()
    {
        const std::string earlier = scratch_->write("t.part", "of a run that was cut off");
        auto journal = RunJournal::create(scratch_->path("t"));
        QVERIFY(journal);
        QCOMPARE((*journal)->path(), scratch_->path("t.2.part"));
        (*journal)->flush(Trace(), {});
        (*journal)->remove();
        journal->reset();
        QVERIFY(!std::filesystem::exists(scratch_->path("t.2.part")));
        QCOMPARE(contentOf(earlier), std::string("of a run that was cut off"));
    }

    void saysWhyThereCanBeNone()
    {
        const auto journal = RunJournal::create(scratch_->path("missing/t"));
        QVERIFY(!journal);
        QCOMPARE(journal.error(), std::string("No such file or directory"));
    }

    void endsWhereTheDiskIsFull()
    {
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
        const rlimit limit{20'000, before.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &limit), 0);
        GrowingTrace growing(5);
        const auto journal = RunJournal::create(scratch_->path("t"));
        QVERIFY(journal);
        for (int turn = 0; turn < 1'000 && !(*journal)->failure(); ++turn) {
            growing.grow();
            (*journal)->flush(*growing.trace(), {});
        }
        QTRY_COMPARE((*journal)->failure(), std::optional<std::string>("File too large"));
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
        (*journal)->flush(*growing.trace(), {}); // takes it, and does nothing
        QVERIFY(std::filesystem::file_size((*journal)->path()) <= 20'000);
        QVERIFY(openOwnFile((*journal)->path(), {}));
    }

private:
    std::optional<ScratchFolder> scratch_;
};

QTEST_GUILESS_MAIN(RunJournalTest)
#include "run_journal_test.moc"
