#include "tests/support/imported_sample.h"
#include "tests/support/sample_trace.h"
#include "ui/timeline/lane_arrangement.h"

#include <QSignalSpy>
#include <QTest>

#include <ctime>

using namespace loopscope;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

/// The titles of the sections with the names of their tasks: "done: a b | failed: c".
QString told(const LaneArrangement &arrangement, const Trace &trace)
{
    QStringList sections;
    for (const LaneSection &section : arrangement.order()->sections()) {
        if (section.key.group != LaneGroup::Tasks && section.key.group != LaneGroup::Pinned)
            continue;
        QStringList names;
        for (const LaneId lane : section.lanes)
            names += QString::fromUtf8(trace.nameOf(lane).data(), static_cast<qsizetype>(trace.nameOf(lane).size()));
        const QString title = section.key.group == LaneGroup::Pinned ? QStringLiteral("pinned") : section.title;
        sections += title.isEmpty() ? names.join(QLatin1Char(' ')) : title + QStringLiteral(": ") + names.join(QLatin1Char(' '));
    }
    return sections.join(QStringLiteral(" | "));
}

void end(Trace &trace, LaneId task, Outcome outcome)
{
    trace.end(task, trace.now());
    trace.changeTask(task, [outcome](TaskFacts &facts) { facts.outcome = outcome; });
}

/// a waits longest, b blocks, c lasts longest and is a child of a; d has never run. It goes on.
std::shared_ptr<Trace> fourTasks()
{
    auto trace = std::make_shared<Trace>();
    trace->addLane(LaneKind::Worker, "worker 1", 0);
    const LaneId a = test::addTask(*trace, "a", "ready 0 50,running 50 60");
    const LaneId b = test::addTask(*trace, "b", "ready 0 10,running 10 15,blocking 15 50");
    const LaneId c = test::addTask(*trace, "c", "ready 0 2,running 2 5,awaiting 5 100");
    test::addTask(*trace, "d", "ready 100");
    trace->advanceTo(110 * ms);
    end(*trace, a, Outcome::Done);
    end(*trace, b, Outcome::Failed);
    const NameId file = trace->internName("file");
    trace->changeTask(c, [&](TaskFacts &facts) {
        facts.parent = a;
        facts.kind = file;
        facts.file = std::make_unique<FileFacts>();
        facts.file->path = "/data/deep/c";
    });
    trace->changeTask(b, [&](TaskFacts &facts) {
        facts.kind = file;
        facts.file = std::make_unique<FileFacts>();
        facts.file->path = "/data/b";
    });
    return trace;
}

} // namespace

class LaneArrangementTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sorts_data()
    {
        QTest::addColumn<LaneSort>("sort");
        QTest::addColumn<QString>("order");
        QTest::newRow("in the order of creation") << LaneSort::Creation << QStringLiteral("a b c d");
        QTest::newRow("by when they first ran") << LaneSort::Start << QStringLiteral("c b a d");
        QTest::newRow("the longest life first") << LaneSort::Duration << QStringLiteral("a b c d");
        QTest::newRow("who blocked longest first") << LaneSort::Blocking << QStringLiteral("b a c d");
        QTest::newRow("who waited longest first") << LaneSort::Waiting << QStringLiteral("a b d c");
    }

    void sorts()
    {
        QFETCH(LaneSort, sort);
        QFETCH(QString, order);
        const auto trace = fourTasks();
        LaneArrangement arrangement;
        arrangement.setTrace(trace);
        arrangement.setSort(sort);
        QCOMPARE(told(arrangement, *trace), order);
    }

    void groups_data()
    {
        QTest::addColumn<LaneGrouping>("grouping");
        QTest::addColumn<QString>("order");
        QTest::newRow("not at all") << LaneGrouping::None << QStringLiteral("a b c d");
        QTest::newRow("by state") << LaneGrouping::State << QStringLiteral("ready: d | unfinished: c | done: a | failed: b");
        QTest::newRow("by kind") << LaneGrouping::Kind << QStringLiteral("file: b c | of no kind: a d");
        QTest::newRow("by parent") << LaneGrouping::Parent << QStringLiteral("children of a: c | without a parent: a b d");
        QTest::newRow("by folder") << LaneGrouping::Folder << QStringLiteral("/data: b | /data/deep: c | without a file: a d");
    }

    void groups()
    {
        QFETCH(LaneGrouping, grouping);
        QFETCH(QString, order);
        const auto trace = fourTasks();
        LaneArrangement arrangement;
        arrangement.setTrace(trace);
        arrangement.setGrouping(grouping);
        QCOMPARE(told(arrangement, *trace), order);
    }

    void pinnedLanesStandApart()
    {
        const auto trace = fourTasks();
        LaneArrangement arrangement;
        arrangement.setTrace(trace);
        arrangement.setPinned(trace->tasks()[2], true);
        arrangement.setPinned(trace->tasks()[0], true);
        arrangement.setPinned(loopLaneId, true);
        QCOMPARE(told(arrangement, *trace), QStringLiteral("pinned: c a | b d"));
        arrangement.setFilter({.text = {}, .trait = TaskTrait::Unfinished, .kind = {}, .parent = {}});
        QCOMPARE(told(arrangement, *trace), QStringLiteral("pinned: c a | d"));
        QCOMPARE(arrangement.shownTasks(), std::size_t(3));
        QVERIFY(arrangement.move(trace->tasks()[0], 0));
        QCOMPARE(told(arrangement, *trace), QStringLiteral("pinned: a c | d"));
        QCOMPARE(arrangement.sort(), LaneSort::Creation);
        arrangement.setPinned(trace->tasks()[0], false);
        arrangement.setFilter({});
        QCOMPARE(told(arrangement, *trace), QStringLiteral("pinned: c | a b d"));
    }

    void pinningShowsWhatWasHidden()
    {
        const auto trace = fourTasks();
        LaneArrangement arrangement;
        arrangement.setTrace(trace);
        arrangement.hide(trace->tasks()[1]);
        arrangement.setPinned(trace->tasks()[1], true);
        QCOMPARE(arrangement.hiddenCount(), std::size_t(0));
        QCOMPARE(told(arrangement, *trace), QStringLiteral("pinned: b | a c d"));
        arrangement.setPinned(trace->tasks()[1], false);
        QCOMPARE(told(arrangement, *trace), QStringLiteral("a b c d"));
    }

    void hiddenLanesAreCounted()
    {
        const auto trace = fourTasks();
        LaneArrangement arrangement;
        arrangement.setTrace(trace);
        arrangement.hide(trace->tasks()[1]);
        arrangement.hide(trace->tasks()[1]);
        arrangement.hide(trace->workers()[0]);
        arrangement.hide(loopLaneId);
        QCOMPARE(arrangement.hiddenCount(), std::size_t(2));
        QCOMPARE(told(arrangement, *trace), QStringLiteral("a c d"));
        QVERIFY(!arrangement.order()->placeOf(trace->workers()[0]));
        arrangement.hideOthers(trace->tasks()[3]);
        QCOMPARE(told(arrangement, *trace), QStringLiteral("d"));
        arrangement.showAll();
        QCOMPARE(told(arrangement, *trace), QStringLiteral("a b c d"));
        QCOMPARE(arrangement.hiddenCount(), std::size_t(0));
    }

    void whatIsGoneToIsShown()
    {
        const auto trace = fourTasks();
        LaneArrangement arrangement;
        arrangement.setTrace(trace);
        arrangement.hide(trace->tasks()[1]);
        arrangement.hide(trace->workers()[0]);
        arrangement.reveal(trace->tasks()[1]);
        arrangement.reveal(trace->workers()[0]);
        QCOMPARE(arrangement.hiddenCount(), std::size_t(0));
        QCOMPARE(told(arrangement, *trace), QStringLiteral("a b c d"));
        QVERIFY(arrangement.order()->placeOf(trace->workers()[0]));

        TaskFilterTerms terms;
        terms.parent = trace->tasks()[0];
        arrangement.setFilter(terms);
        arrangement.hide(trace->tasks()[1]);
        for (const std::size_t task : {3U, 1U, 2U, 3U})
            arrangement.reveal(trace->tasks()[task]);
        QCOMPARE(told(arrangement, *trace), QStringLiteral("b c d"));
        QCOMPARE(arrangement.besideFilterCount(), std::size_t(2)); // c matches
        QCOMPARE(arrangement.hiddenCount(), std::size_t(0));
        arrangement.hide(trace->tasks()[1]);
        QCOMPARE(told(arrangement, *trace), QStringLiteral("c d"));
        arrangement.forgetBesideFilter();
        QCOMPARE(told(arrangement, *trace), QStringLiteral("c"));
        arrangement.reveal(trace->tasks()[0]);
        terms.parent = trace->tasks()[3];
        arrangement.setFilter(terms);
        QCOMPARE(told(arrangement, *trace), QString());
        QCOMPARE(arrangement.besideFilterCount(), std::size_t(0));
    }

    void movingKeepsTheOthersWhereTheyAre()
    {
        const auto trace = fourTasks();
        LaneArrangement arrangement;
        arrangement.setTrace(trace);
        arrangement.setSort(LaneSort::Blocking);
        QVERIFY(arrangement.move(trace->tasks()[3], 1));
        QCOMPARE(arrangement.sort(), LaneSort::ByHand);
        QCOMPARE(told(arrangement, *trace), QStringLiteral("b d a c"));
        QVERIFY(arrangement.move(trace->tasks()[1], 2));
        QCOMPARE(told(arrangement, *trace), QStringLiteral("d a b c"));
        QVERIFY(!arrangement.move(trace->tasks()[1], 2));
        QVERIFY(!arrangement.move(trace->tasks()[1], 4));
        QVERIFY(!arrangement.move(loopLaneId, 0));
        arrangement.setFilter({.text = {}, .trait = TaskTrait::Unfinished, .kind = {}, .parent = {}});
        QVERIFY(arrangement.move(trace->tasks()[2], 0));
        arrangement.setFilter({});
        QCOMPARE(told(arrangement, *trace), QStringLiteral("c d a b"));
        arrangement.setTrace(fourTasks()); // what was moved belongs to its run
        QCOMPARE(arrangement.sort(), LaneSort::Blocking);
    }

    void newLanesComeAtTheEndAtOnce()
    {
        const auto trace = fourTasks();
        LaneArrangement arrangement;
        arrangement.setTrace(trace);
        arrangement.setSort(LaneSort::Blocking);
        const auto order = arrangement.order();
        test::addTask(*trace, "e", "blocking 100");
        trace->advanceTo(900 * ms);
        arrangement.refresh();
        QCOMPARE(told(arrangement, *trace), QStringLiteral("b a c d e"));
        QCOMPARE(arrangement.order(), order); // it grew
        const QSignalSpy changes(&arrangement, &LaneArrangement::changed);
        trace->changeInfo([](RunInfo &info) { info.finished = true; });
        arrangement.refresh();
        QCOMPARE(told(arrangement, *trace), QStringLiteral("e b a c d"));
        arrangement.refresh();
        QCOMPARE(changes.count(), 1);
    }

    void valuesOfARunThatGoesOnAreSortedBeforeLong()
    {
        const auto trace = fourTasks();
        LaneArrangement arrangement;
        arrangement.setTrace(trace);
        arrangement.setSort(LaneSort::Blocking);
        trace->enter(trace->tasks()[3], 110 * ms, State::Blocking, 0, noLane);
        trace->advanceTo(900 * ms);
        arrangement.refresh();
        QCOMPARE(told(arrangement, *trace), QStringLiteral("b a c d"));
        QTest::qWait(1100);
        arrangement.refresh(false);
        QCOMPARE(told(arrangement, *trace), QStringLiteral("b a c d"));
        arrangement.refresh();
        QCOMPARE(told(arrangement, *trace), QStringLiteral("d b a c"));
    }

    void aNewGroupComesBeforeLong()
    {
        const auto trace = std::make_shared<Trace>();
        LaneArrangement arrangement;
        arrangement.setTrace(trace);
        arrangement.setGrouping(LaneGrouping::Kind);
        test::addTask(*trace, "e", "ready 100");
        const auto grown = [&] {
            arrangement.refresh();
            return told(arrangement, *trace);
        };
        QTRY_COMPARE(grown(), QStringLiteral("of no kind: e"));
    }

    void aReplayKeepsWhatAPersonWants()
    {
        const auto trace = fourTasks();
        const auto earlier = std::make_shared<Trace>();
        earlier->addLane(LaneKind::Worker, "worker 1", 0);
        test::addTask(*earlier, "a", "ready 0");
        LaneArrangement arrangement;
        arrangement.setTrace(trace);
        arrangement.setPinned(trace->tasks()[2], true);
        arrangement.hide(trace->tasks()[1]);
        QVERIFY(arrangement.move(trace->tasks()[3], 0));
        arrangement.setReplay(earlier);
        QCOMPARE(told(arrangement, *earlier), QStringLiteral("a"));
        test::addTask(*earlier, "b", "ready 1");
        test::addTask(*earlier, "c", "ready 2");
        arrangement.refresh();
        arrangement.setReplay(trace);
        QCOMPARE(told(arrangement, *trace), QStringLiteral("pinned: c | d a"));
    }

    void foldedPartsStayFolded()
    {
        const auto trace = fourTasks();
        LaneArrangement arrangement;
        arrangement.setTrace(trace);
        arrangement.setGrouping(LaneGrouping::Kind);
        const auto part = arrangement.order()->sections()[1].key.part.value();
        arrangement.setPartFolded(part, true);
        QVERIFY(arrangement.order()->sections()[1].isFolded);
        arrangement.setSort(LaneSort::Duration);
        QVERIFY(arrangement.order()->sections()[1].isFolded);
        QVERIFY(!arrangement.order()->sections()[2].isFolded);
        arrangement.setPartFolded(part, false);
        QVERIFY(!arrangement.order()->sections()[1].isFolded);
    }

    void aFilterLeavesLoopAndWorkers()
    {
        const auto trace = fourTasks();
        LaneArrangement arrangement;
        arrangement.setTrace(trace);
        arrangement.setFilter({.text = QStringLiteral("nothing of the kind"), .trait = {}, .kind = {}, .parent = {}});
        QCOMPARE(arrangement.shownTasks(), std::size_t(0));
        QVERIFY(arrangement.order()->placeOf(loopLaneId));
        QVERIFY(arrangement.order()->placeOf(trace->workers()[0]));
        QVERIFY(!arrangement.order()->placeOf(trace->tasks()[0]));
    }

    void aHundredThousandLanesGrowQuickly()
    {
        const auto trace = test::largeTrace(100'000, 1);
        trace->changeInfo([](RunInfo &info) { info.finished = false; });
        LaneArrangement arrangement;
        arrangement.setTrace(trace);
        arrangement.setSort(LaneSort::Waiting);
        arrangement.setGrouping(LaneGrouping::State);
        const std::clock_t begin = std::clock(); // CPU time, so that a busy machine does not fail it
        for (int frame = 0; frame < 100; ++frame) {
            test::addTask(*trace, "new", "ready 0 1,running 1");
            arrangement.refresh();
        }
        // A hundred frames take well below a millisecond, an order of all lanes some tens: there is room for few of those.
        const double milliseconds = 1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
        QVERIFY2(milliseconds < 1500, qPrintable(QString::number(milliseconds)));
        QTRY_COMPARE_WITH_TIMEOUT((arrangement.refresh(), arrangement.shownTasks()), std::size_t(100'100), 30'000);
    }

    // In a trace of others threads take the place of tasks, and their rows go with them.
    void threadsAreGroupedByProcess()
    {
        const auto trace = test::importedTrace();
        LaneArrangement arrangement;
        arrangement.setTrace(trace);
        QCOMPARE(arrangement.grouping(), LaneGrouping::Process);
        QCOMPARE(told(arrangement, *trace),
                 QStringLiteral("browser (7): main main main request | renderer (12): main main compositor compositor heap"));
        QCOMPARE(arrangement.allTasks(), std::size_t(5));
        QVERIFY(!arrangement.order()->placeOf(loopLaneId));
        arrangement.setGrouping(LaneGrouping::None);
        QCOMPARE(told(arrangement, *trace), QStringLiteral("main main main request main main compositor compositor heap"));
        QCOMPARE(arrangement.lastingGrouping(), LaneGrouping::None);
        arrangement.setTrace(fourTasks());
        QCOMPARE(arrangement.grouping(), LaneGrouping::None);
    }

    void rowsGoWhereTheirThreadGoes()
    {
        const auto trace = test::importedTrace();
        LaneArrangement arrangement;
        arrangement.setTrace(trace);
        const LaneId row = 4; // the innermost of the browser's main
        arrangement.setPinned(row, true);
        QVERIFY(arrangement.isPinned(2) && arrangement.isPinned(3) && arrangement.isPinned(4));
        QCOMPARE(told(arrangement, *trace),
                 QStringLiteral("pinned: main main main | browser (7): request | renderer (12): main main compositor compositor heap"));
        arrangement.setPinned(3, false);
        arrangement.hide(row);
        QCOMPARE(told(arrangement, *trace), QStringLiteral("browser (7): request | renderer (12): main main compositor compositor heap"));
        QCOMPARE(arrangement.hiddenCount(), std::size_t(1));
        arrangement.showAll();
        QVERIFY(arrangement.move(row, 3)); // behind request
        QCOMPARE(told(arrangement, *trace),
                 QStringLiteral("browser (7): request main main main | renderer (12): main main compositor compositor heap"));
        QVERIFY(!arrangement.move(row, 2)); // is its own
        arrangement.setSort(LaneSort::Duration);
        QCOMPARE(arrangement.shownTasks(), std::size_t(5));
        arrangement.hideOthers(row);
        QCOMPARE(told(arrangement, *trace), QStringLiteral("browser (7): main main main"));
    }

    void aFilterKnowsProcesses()
    {
        const auto trace = test::importedTrace();
        LaneArrangement arrangement;
        arrangement.setTrace(trace);
        TaskFilterTerms terms;
        terms.text = QStringLiteral("render");
        arrangement.setFilter(terms);
        QCOMPARE(told(arrangement, *trace), QStringLiteral("renderer (12): main main compositor compositor heap"));
        QCOMPARE(arrangement.shownTasks(), std::size_t(3));
    }

    void whatIsReadLaterIsPutInPlace()
    {
        auto trace = std::make_shared<Trace>(TraceOrigin::Import);
        const LaneId process = test::addImported(*trace, LaneKind::Process, "p", noLane);
        test::addThread(*trace, "a", process, "x 0 10");
        LaneArrangement arrangement;
        arrangement.setTrace(trace);
        test::addThread(*trace, "b", process, "x 0 10,y 2 5");
        arrangement.refresh();
        QCOMPARE(told(arrangement, *trace), QStringLiteral("p: a b b"));
        QCOMPARE(arrangement.order()->sections().front().headsBefore(3), std::size_t(2));
        QVERIFY(arrangement.order()->sections().front().isNested(2));
    }
};

QTEST_GUILESS_MAIN(LaneArrangementTest)
#include "lane_arrangement_test.moc"
