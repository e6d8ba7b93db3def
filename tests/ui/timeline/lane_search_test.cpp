#include "ui/timeline/lane_search.h"

#include "tests/support/imported_sample.h"
#include "tests/support/sample_trace.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace loopscope;

namespace {

constexpr int watchdogMs = 30'000;

void wait(const LaneSearch &search)
{
    QTRY_VERIFY_WITH_TIMEOUT(!search.isSearching(), watchdogMs);
}

std::vector<LaneId> lanesOf(const LaneSearch &search)
{
    return {search.lanes().begin(), search.lanes().end()};
}

std::shared_ptr<Trace> threeTasks()
{
    auto trace = std::make_shared<Trace>();
    const LaneId worker = trace->addLane(LaneKind::Worker, "#1", 0);
    trace->leave(worker, 0);
    test::addTask(*trace, "alpha.txt", "ready 0 5, running 5 9");
    test::addTask(*trace, "Beta.txt", "ready 0 5, running 5 9");
    test::addTask(*trace, "gamma", "ready 0 5, running 5 9");
    return trace;
}

} // namespace

class LaneSearchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsOnlyWhatIsShownInItsOrder()
    {
        const auto trace = threeTasks();
        LaneSearch search;
        search.setTrace(trace);
        search.setNeedle(QStringLiteral("a"));
        wait(search);
        QCOMPARE(search.lanes().size(), std::size_t(3));
        const LaneId alpha = trace->tasks()[0];
        const LaneId gamma = trace->tasks()[2];
        auto order = std::make_shared<LaneOrder>();
        order->add(*trace, {LaneGroup::Tasks, {}, {}, false, {gamma, alpha}});
        QSignalSpy changed(&search, &LaneSearch::changed);
        search.setOrder(order);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(lanesOf(search), (std::vector<LaneId>{gamma, alpha}));
        QCOMPARE(search.placeOf({alpha}), std::optional<std::size_t>(1));
        QVERIFY(!search.placeOf({trace->tasks()[1]})); // which is not shown
        QCOMPARE(search.neighbour({gamma}, 1)->lane, alpha);
        QCOMPARE(search.neighbour({gamma}, -1)->lane, alpha);
        QCOMPARE(search.neighbour({trace->tasks()[1]}, 1)->lane, gamma);
    }

    void findsNamesWhateverTheirCase()
    {
        const auto trace = threeTasks();
        LaneSearch search;
        search.setTrace(trace);
        QVERIFY(!search.isSearching()); // for nothing
        search.setNeedle(QStringLiteral("  BETA "));
        wait(search);
        QCOMPARE(lanesOf(search), std::vector<LaneId>{trace->tasks()[1]});
        QVERIFY(search.isMatch(trace->tasks()[1]));
        QVERIFY(!search.isMatch(trace->tasks()[0]));
        search.setNeedle(QStringLiteral(".txt"));
        wait(search);
        QCOMPARE(lanesOf(search), (std::vector<LaneId>{trace->tasks()[0], trace->tasks()[1]}));
        search.setNeedle({});
        QVERIFY(search.lanes().empty());
        QVERIFY(!search.isMatch(trace->tasks()[1]));
    }

    void findsErrorsAndReasons()
    {
        const auto trace = threeTasks();
        const LaneId failed = trace->tasks()[0];
        const NameId error = trace->internName("No such file or directory");
        trace->changeTask(failed, [error](TaskFacts &task) { task.error = error; });
        const LaneId waiting = trace->tasks()[2];
        const SiteId site = trace->internSite("lock of the cache", "a.cpp", "f", 3);
        trace->enter(waiting, 20'000'000, State::Awaiting, site, noLane);
        LaneSearch search;
        search.setTrace(trace);
        search.setNeedle(QStringLiteral("no such"));
        wait(search);
        QCOMPARE(search.count(), std::size_t(1));
        QCOMPARE(search.neighbour({noLane}, 1), std::optional(LaneMatch{failed}));
        search.setNeedle(QStringLiteral("LOCK"));
        wait(search);
        QCOMPARE(search.count(), std::size_t(1));
        const std::size_t last = trace->spanCount(waiting) - 1;
        QCOMPARE(search.neighbour({noLane}, 1), std::optional(LaneMatch{waiting, last}));
        QVERIFY(search.hasMatch(waiting, last, last + 1) && search.hasMatch(waiting, 0, last + 1) && !search.hasMatch(waiting, 0, last));
    }

    void lanesAndSpansOfARunAreMatchesOfOneList()
    {
        const auto trace = threeTasks();
        const LaneId gamma = trace->tasks()[2];
        const SiteId site = trace->internSite("read Gamma", "a.cpp", "f", 3);
        for (int i = 0; i < 3; ++i) {
            trace->enter(gamma, (20 + 2 * i) * nanosecondsPerMillisecond, State::Awaiting, site, noLane);
            trace->enter(gamma, (21 + 2 * i) * nanosecondsPerMillisecond, State::Running, 0, noLane);
        }
        trace->advanceTo(30 * nanosecondsPerMillisecond);
        LaneSearch search;
        search.setTrace(trace);
        search.setNeedle(QStringLiteral("gamma"));
        wait(search);
        QCOMPARE(search.count(), std::size_t(4)); // the lane by its name, and three of its spans
        LaneMatch at{noLane};
        for (std::size_t i = 0; i < search.count(); ++i) {
            at = *search.neighbour(at, 1);
            QCOMPARE(search.placeOf(at), std::optional(i));
            QCOMPARE(at.lane, gamma);
            QVERIFY(at.span.has_value() == (i > 0));
            QVERIFY(!at.span || trace->span(gamma, *at.span).site == site);
        }
        QCOMPARE(search.neighbour(at, 1), std::optional(LaneMatch{gamma}));
        QVERIFY(!search.placeOf({gamma, 0}));
        QCOMPARE(search.neighbour({gamma, 0}, 1), search.neighbour({gamma}, 1)); // from a span that is none to the next that is
    }

    void aReasonIsFoundWhereATaskWaitedForIt()
    {
        const auto trace = threeTasks();
        const LaneId gamma = trace->tasks()[2];
        const SiteId slot = trace->internSite("slot", "a.cpp", "f", 3);
        const auto enter = [&](Nanoseconds at, State state) { trace->enter(gamma, at * nanosecondsPerMillisecond, state, slot, noLane); };
        enter(20, State::Awaiting);
        enter(21, State::Ready);
        enter(22, State::Running);
        enter(23, State::Awaiting);
        enter(24, State::Running);
        trace->enter(gamma, 25 * nanosecondsPerMillisecond, State::Awaiting, 0, noLane);
        enter(26, State::Running); // its own reason
        LaneSearch search;
        search.setTrace(trace);
        search.setNeedle(QStringLiteral("slot"));
        wait(search);
        std::vector<State> found;
        for (std::size_t i = 0; i < trace->spanCount(gamma); ++i) {
            if (search.hasMatch(gamma, i, i + 1))
                found.push_back(trace->span(gamma, i).state);
        }
        QCOMPARE(found, (std::vector<State>{State::Awaiting, State::Awaiting, State::Running}));
        QCOMPARE(search.count(), found.size());
    }

    // A span that ends at once leaves its number to the next one.
    void spansThatGoAgainAreForgotten()
    {
        const auto trace = threeTasks();
        const SiteId lock = trace->internSite("lock", "a.cpp", "f", 3);
        const LaneId open = test::addTask(*trace, "delta", "ready 0 5, running 5");
        trace->enter(open, 9'000'000, State::Awaiting, lock, noLane);
        LaneSearch search;
        search.setTrace(trace);
        search.setNeedle(QStringLiteral("lock"));
        wait(search);
        QCOMPARE(search.count(), std::size_t(1));
        trace->enter(open, 9'000'000, State::Running, 0, noLane);
        search.refresh();
        QTRY_COMPARE_WITH_TIMEOUT(search.count(), std::size_t(0), watchdogMs);
        QVERIFY(!search.isMatch(open)); // nor is the lane found, which had nothing else
        QVERIFY(search.lanes().empty());
        trace->enter(open, 12'000'000, State::Awaiting, lock, noLane);
        trace->advanceTo(15'000'000);
        search.refresh();
        QTRY_COMPARE_WITH_TIMEOUT(search.count(), std::size_t(1), watchdogMs);
        trace->enter(open, 16'000'000, State::Running, 0, noLane);
        const QSignalSpy passes(&search, &LaneSearch::changed);
        search.refresh();
        QTRY_VERIFY_WITH_TIMEOUT(passes.count() > 0, watchdogMs);
        wait(search);
        QCOMPARE(search.count(), std::size_t(1)); // once, though it has been looked at twice
    }

    void aNameThatComesLaterIsFoundBesideSpans()
    {
        const auto trace = threeTasks();
        const SiteId lock = trace->internSite("lock", "a.cpp", "f", 3);
        const LaneId open = test::addTask(*trace, "delta", "ready 0 5, running 5");
        trace->enter(open, 9'000'000, State::Awaiting, lock, noLane);
        LaneSearch search;
        search.setTrace(trace);
        search.setNeedle(QStringLiteral("lock"));
        wait(search);
        QVERIFY(!search.placeOf({open}));
        const NameId error = trace->internName("the lock is gone");
        trace->changeTask(open, [error](TaskFacts &task) { task.error = error; });
        search.refresh();
        QTRY_COMPARE_WITH_TIMEOUT(search.count(), std::size_t(2), watchdogMs);
        QCOMPARE(search.placeOf({open}), std::optional<std::size_t>(0));
    }

    void goesRoundInTheOrderShown()
    {
        const auto trace = threeTasks();
        LaneSearch search;
        search.setTrace(trace);
        search.setNeedle(QStringLiteral("a")); // all tasks, and no worker
        wait(search);
        const std::vector<LaneId> tasks = lanesOf(search);
        QCOMPARE(tasks, trace->tasks());
        QCOMPARE(search.neighbour({noLane}, 1)->lane, tasks.front());
        QCOMPARE(search.neighbour({noLane}, -1)->lane, tasks.back());
        QCOMPARE(search.neighbour({tasks[0]}, 1)->lane, tasks[1]);
        QCOMPARE(search.neighbour({tasks[1]}, -1)->lane, tasks[0]);
        QCOMPARE(search.neighbour({tasks.back()}, 1)->lane, tasks.front());
        QCOMPARE(search.neighbour({tasks.front()}, -1)->lane, tasks.back());
        QCOMPARE(search.neighbour({trace->workers().front()}, 1)->lane, tasks.front()); // workers are below the tasks
        QCOMPARE(search.placeOf({tasks[2]}), std::optional<std::size_t>(2));
        QCOMPARE(search.placeOf({trace->workers().front()}), std::nullopt);
    }

    void findsWhatIsNew()
    {
        const auto trace = threeTasks();
        const LaneId open = test::addTask(*trace, "delta", "ready 0 5, running 5");
        LaneSearch search;
        search.setTrace(trace);
        search.setNeedle(QStringLiteral("later"));
        wait(search);
        QVERIFY(search.lanes().empty());
        const LaneId added = test::addTask(*trace, "a later one", "ready 5 9");
        const SiteId site = trace->internSite("until later", "a.cpp", "f", 3);
        trace->enter(open, 9'000'000, State::Awaiting, site, noLane);
        search.refresh();
        QTRY_COMPARE_WITH_TIMEOUT(lanesOf(search), (std::vector<LaneId>{open, added}), watchdogMs);
        QCOMPARE(search.neighbour({noLane}, 1)->span, std::optional<std::size_t>(2));
    }

    void saysWhenItIsDone()
    {
        LaneSearch search;
        search.setTrace(threeTasks());
        QSignalSpy changes(&search, &LaneSearch::changed);
        search.setNeedle(QStringLiteral("nowhere"));
        QVERIFY(search.isSearching());
        wait(search);
        QCOMPARE(changes.count(), 2);
        search.setNeedle(QStringLiteral(" nowhere"));
        QCOMPARE(changes.count(), 2);
    }

    void manyLanesDoNotBlockTheWindow()
    {
        const auto trace = test::largeTrace(100'000, 3);
        LaneSearch search;
        search.setTrace(trace);
        qint64 longest = 0;
        QElapsedTimer sinceTick;
        QTimer ticker;
        connect(&ticker, &QTimer::timeout, this, [&] { longest = std::max(longest, sinceTick.restart()); });
        sinceTick.start();
        ticker.start(1);
        search.setNeedle(QString::fromUtf8(trace->nameOf(trace->tasks().back()).data()).right(3));
        QTRY_VERIFY_WITH_TIMEOUT(!search.isSearching(), watchdogMs);
        QVERIFY(search.isMatch(trace->tasks().back()));
        QVERIFY(std::ranges::is_sorted(search.lanes()));
        qInfo("100,000 lanes: the event loop stood still for %lld ms at most", longest);
        QVERIFY(longest < 1000); // a watchdog, no measurement
    }

    void survivesToHaveNoTrace()
    {
        LaneSearch search;
        search.setNeedle(QStringLiteral("a"));
        search.refresh();
        QVERIFY(!search.isSearching());
        QVERIFY(!search.neighbour({3}, 1));
        search.setTrace(threeTasks());
        wait(search);
        QCOMPARE(search.lanes().size(), std::size_t(3));
        search.setTrace(nullptr);
        QVERIFY(search.lanes().empty());
    }

    void findsSlicesOneByOne()
    {
        const auto trace = test::importedTrace();
        LaneSearch search;
        search.setTrace(trace);
        search.setOrder(std::make_shared<LaneOrder>(LaneOrder::ofCreation(*trace)));
        search.setNeedle(QStringLiteral("TOKEN"));
        wait(search);
        QVERIFY(search.isOfOthers());
        QCOMPARE(search.count(), std::size_t(2));
        const LaneId row = 4;
        const auto first = search.neighbour({noLane}, 1);
        QCOMPARE(*first, (LaneMatch{row, 0}));
        QCOMPARE(*search.neighbour({row, 0}, 1), (LaneMatch{row, 1}));
        QCOMPARE(*search.neighbour({row, 1}, 1), (LaneMatch{row, 0})); // round again
        QCOMPARE(*search.neighbour({row, 0}, -1), (LaneMatch{row, 1}));
        QCOMPARE(search.placeOf({row, 1}), std::optional<std::size_t>(1));
        QVERIFY(!search.placeOf({row}));
        QVERIFY(search.hasMatch(row, 0, 1) && search.hasMatch(row, 1, 2) && !search.hasMatch(3, 0, 10));
    }

    void lanesAndSlicesAreMatchesOfOneList()
    {
        const auto trace = test::importedTrace();
        LaneSearch search;
        search.setTrace(trace);
        search.setNeedle(QStringLiteral("request"));
        wait(search);
        const LaneId request = 5; // is called so, and so is its slice
        QCOMPARE(search.count(), std::size_t(2));
        QCOMPARE(*search.neighbour({noLane}, 1), (LaneMatch{request, {}}));
        QCOMPARE(*search.neighbour({request}, 1), (LaneMatch{request, 0}));
        QCOMPARE(search.placeOf({request}), std::optional<std::size_t>(0));
        QCOMPARE(search.placeOf({request, 0}), std::optional<std::size_t>(1));
    }

    void argumentsAreSearchedIfThatIsWanted()
    {
        const auto trace = test::importedTrace();
        LaneSearch search;
        search.setTrace(trace);
        search.setNeedle(QStringLiteral("example.org"));
        wait(search);
        QCOMPARE(search.count(), std::size_t(0));
        search.setSearchesArguments(true);
        wait(search);
        QVERIFY(search.hasMatch(2, 0, 1)); // each thread of the sample has an event 0
        QVERIFY(!search.hasMatch(3, 0, 10));
    }

    void argumentsAreSearchedAsTheyAreShown_data()
    {
        QTest::addColumn<QString>("needle");
        QTest::addColumn<bool>("isFound");
        QTest::newRow("key") << QStringLiteral("WIDTH") << true;
        QTest::newRow("value") << QStringLiteral("800") << true;
        QTest::newRow("literal") << QStringLiteral("false") << true;
        QTest::newRow("marks around them") << QStringLiteral("\":") << false;
        QTest::newRow("two of them") << QStringLiteral("800,") << false;
    }

    void argumentsAreSearchedAsTheyAreShown()
    {
        QFETCH(const QString, needle);
        QFETCH(const bool, isFound);
        LaneSearch search;
        search.setSearchesArguments(true);
        search.setTrace(test::importedTrace());
        search.setNeedle(needle);
        wait(search);
        QCOMPARE(search.hasMatch(2, 0, 1), isFound);
    }

    void instantsAreMatchesBehindTheSlices()
    {
        const auto trace = test::importedTrace();
        LaneSearch search;
        search.setTrace(trace);
        search.setNeedle(QStringLiteral("click"));
        wait(search);
        const LaneId main = 2;
        QCOMPARE(search.count(), std::size_t(2));
        QVERIFY(search.isMatch(main));
        QCOMPARE(*search.neighbour({noLane}, 1), (LaneMatch{main, {}, 0}));
        QCOMPARE(*search.neighbour({main, {}, 0}, 1), (LaneMatch{main, {}, 1}));
        QCOMPARE(*search.neighbour({main, {}, 1}, 1), (LaneMatch{main, {}, 0}));
        QCOMPARE(*search.neighbour({main, 0}, 1), (LaneMatch{main, {}, 0}));
        QCOMPARE(search.placeOf({main, {}, 1}), std::optional<std::size_t>(1));
        search.setNeedle(QStringLiteral("41"));
        search.setSearchesArguments(true);
        wait(search);
        QCOMPARE(*search.neighbour({noLane}, 1), (LaneMatch{main, {}, 1}));
    }

    void aProcessIsFoundByItsLanes()
    {
        const auto trace = test::importedTrace();
        LaneSearch search;
        search.setTrace(trace);
        search.setNeedle(QStringLiteral("renderer"));
        wait(search);
        QCOMPARE(search.count(), std::size_t(3)); // two threads and a counter
        for (const LaneId lane : search.lanes())
            QCOMPARE(trace->nameOf(trace->processOf(lane)), std::string_view("renderer (12)"));
    }

    void manySlicesAreCountedInSlicesOfTime()
    {
        const auto trace = test::syntheticImport({200'000, 4, 0});
        LaneSearch search;
        search.setTrace(trace);
        search.setNeedle(QStringLiteral("function_7"));
        QVERIFY(search.isSearching());
        wait(search);
        std::size_t expected = 0;
        for (const LaneId lane : trace->rows()) {
            for (std::size_t i = 0; i < trace->spanCount(lane); ++i)
                expected += trace->reason(trace->span(lane, i).site) == "function_7" ? 1 : 0;
        }
        QCOMPARE(search.count(), expected);
        // Walking visits each of them once.
        LaneMatch at = *search.neighbour({noLane}, 1);
        for (std::size_t i = 0; i < expected; ++i) {
            QCOMPARE(search.placeOf(at), std::optional(i));
            at = *search.neighbour(at, 1);
        }
        QCOMPARE(at, *search.neighbour({noLane}, 1));
    }
};

QTEST_MAIN(LaneSearchTest)
#include "lane_search_test.moc"
