#include "ui/window/recent_runs.h"

#include <QDateTime>
#include <QTest>

using namespace loopscope;

class RecentRunsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void putsTheLatestFirst();
    void makesARunTheLatestAgain();
    void namesARunOfAnotherProgramByItsTitle();
    void forgetsTheOldestBeyondItsNumber();
    void keepsTheLatestWhateverItsSize();
    void tellsRunsApart();

private:
    static std::shared_ptr<TraceDocument> runOf(std::uint64_t previewBytes = 0)
    {
        auto trace = std::make_shared<Trace>();
        const LaneId task = trace->addLane(LaneKind::Task, "file", 0);
        trace->changeTask(task, [previewBytes](TaskFacts &facts) {
            facts.file = std::make_unique<FileFacts>();
            facts.file->preview = std::make_shared<const std::string>(previewBytes, 'x');
        });
        return std::make_shared<TraceDocument>(trace, RunRequest());
    }
};

void RecentRunsTest::tellsRunsApart()
{
    const auto run = runOf();
    run->request().paths = {"/var/log/access.log", "/etc/hosts"};
    auto trace = std::const_pointer_cast<Trace>(run->trace());
    trace->changeTask(trace->tasks()[0], [](TaskFacts &facts) { facts.outcome = Outcome::Done; });
    trace->changeInfo([](RunInfo &info) {
        info.startedUnixNs = QDateTime(QDate(2024, 5, 6), QTime(14, 3, 12)).toMSecsSinceEpoch() * nanosecondsPerMillisecond;
        info.finished = true;
    });
    QCOMPARE(RecentRuns::title(*run), QStringLiteral("14:03:12  access.log and 1 more: 1 file read"));
}

void RecentRunsTest::putsTheLatestFirst()
{
    RecentRuns runs;
    const auto first = runOf();
    const auto second = runOf();
    runs.add(first);
    runs.add(second);
    QCOMPARE(runs.size(), 2U);
    QCOMPARE(runs.at(0), second);
    QCOMPARE(runs.at(1), first);
}

void RecentRunsTest::makesARunTheLatestAgain()
{
    RecentRuns runs;
    const auto first = runOf();
    runs.add(first);
    runs.add(runOf());
    runs.add(first);
    QCOMPARE(runs.size(), 2U);
    QCOMPARE(runs.at(0), first);
}

void RecentRunsTest::namesARunOfAnotherProgramByItsTitle()
{
    const auto trace = std::make_shared<Trace>();
    trace->addLane(LaneKind::Loop, "loop", 0);
    trace->addLane(LaneKind::Task, "nap", 0);
    trace->changeInfo([](RunInfo &info) { info.title = "hour"; });
    const QString title = RecentRuns::title(TraceDocument(trace, RunRequest()));
    QVERIFY2(title.contains(QStringLiteral("  hour: ")), qPrintable(title));
}

void RecentRunsTest::forgetsTheOldestBeyondItsNumber()
{
    RecentRuns runs;
    const auto oldest = runOf();
    runs.add(oldest);
    for (std::size_t i = 0; i < RecentRuns::maxRuns; ++i)
        runs.add(runOf());
    QCOMPARE(runs.size(), RecentRuns::maxRuns);
    QCOMPARE(oldest.use_count(), 1L);
}

void RecentRunsTest::keepsTheLatestWhateverItsSize()
{
    RecentRuns runs;
    runs.add(runOf());
    const auto large = runOf(RecentRuns::maxBytes + 1);
    runs.add(large);
    QCOMPARE(runs.size(), 1U);
    QCOMPARE(runs.at(0), large);
    runs.add(runOf());
    QCOMPARE(runs.size(), 1U);
    QVERIFY(runs.at(0) != large);
}

QTEST_GUILESS_MAIN(RecentRunsTest)
#include "recent_runs_test.moc"
