#include "core/workload/file_reading.h"

#include "core/workload/small_file_ring.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/session_run.h"

#include <QTest>

#include <algorithm>

using namespace loopscope;
using namespace loopscope::test;

namespace {

SessionSettings settings()
{
    SessionSettings settings;
    settings.workers = 2;
    return settings;
}

std::ptrdiff_t countTogether(const Trace &trace)
{
    return std::ranges::count_if(trace.tasks(), [&](LaneId task) { return hasSpan(trace, task, State::Awaiting, "io_uring"); });
}

} // namespace

/// How files are read where the system grants a ring; file_reading_test has what is true everywhere.
class RingReadingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!SmallFileRing::isBuiltIn() || !SmallFileRing::open())
            QSKIP("no io_uring here");
    }

    void manySmallFilesAreReadTogether()
    {
        const ScratchFolder scratch;
        std::vector<FoundFile> files;
        for (int i = 0; i < 1000; ++i)
            files.push_back(
                {scratch.write(std::to_string(i), std::string(static_cast<std::size_t>(i) + 1, i % 3 == 0 ? '\n' : 'x')), true});
        const auto trace = runToEnd(settings(), readFiles(files));
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        for (const LaneId task : trace->tasks()) {
            const FileFacts &facts = *trace->lane(task).task.file;
            QCOMPARE(facts.path, files[task - 3].path); // behind the loop and two workers
            QCOMPARE(facts.bytes, task - 2);
            QCOMPARE(facts.size, std::optional<std::uint64_t>(facts.bytes));
            QCOMPARE(facts.lines, (task - 3) % 3 == 0 ? facts.bytes : 0);
            const auto spans = spansOf(*trace, task);
            QCOMPARE(std::ranges::count(spans, State::InWorker, &Span::state), 1);
        }
        QVERIFY(countTogether(*trace) > 500);
        QVERIFY(countTogether(*trace) < 1000); // nobody knew of the first ones that they were small
    }

    void theReaderIsTheUsersChoice()
    {
        const ScratchFolder scratch;
        const std::vector<FoundFile> files(100, {scratch.write("a", "x"), true});
        const auto tried = runToEnd(settings(), readFiles(files, FileReader::IoUring));
        const auto pooled = runToEnd(settings(), readFiles(files, FileReader::Pool));
        QVERIFY(tried && pooled);
        QCOMPARE(countTogether(*tried), 100);
        QCOMPARE(countTogether(*pooled), 0);
    }

    void largeFilesAreLeftToThePool()
    {
        const ScratchFolder scratch;
        const std::vector<FoundFile> files(200, {scratch.write("a", std::string(50'000, 'x')), true});
        const auto trace = runToEnd(settings(), readFiles(files));
        QVERIFY(trace);
        QCOMPARE(countTogether(*trace), 0);
        for (const LaneId task : trace->tasks())
            QCOMPARE(trace->lane(task).task.file->bytes, std::uint64_t(50'000));
    }

    void otherFileSystemsAreLeftToThePool()
    {
        const std::vector<FoundFile> files(1000, {"/proc/version", true});
        const auto trace = runToEnd(settings(), readFiles(files));
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        QCOMPARE(trace->totals()[Outcome::Done], files.size());
        QVERIFY(countTogether(*trace) < 500); // it is noticed
    }
};

QTEST_GUILESS_MAIN(RingReadingTest)
#include "ring_reading_test.moc"
