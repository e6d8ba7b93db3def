#include "tests/support/imported_sample.h"
#include "ui/timeline/instant_marks.h"

#include <QTest>

using namespace loopscope;

namespace {

std::shared_ptr<Trace> withInstants(const std::vector<Nanoseconds> &times)
{
    auto trace = std::make_shared<Trace>(TraceOrigin::Import);
    const LaneId thread = test::addImported(*trace, LaneKind::Thread, "main", noLane);
    std::vector<Instant> instants;
    for (const Nanoseconds at : times)
        instants.push_back({at, thread, 0, noEvent});
    trace->changeImported([&](ImportedEvents &events) { events.setInstants(std::move(instants)); });
    return trace;
}

std::vector<InstantMark> marksOf(const Trace &trace, TimeScale scale, int width)
{
    return instantMarks(trace, trace.rows().front(), ColumnEdges(scale), width);
}

} // namespace

class InstantMarksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void thoseTooCloseShareAMark()
    {
        const auto trace = withInstants({5, 10, 11, 14, 17, 50});
        const std::vector<InstantMark> expected{{5, 0, 1}, {10, 1, 3}, {17, 4, 1}, {50, 5, 1}};
        QCOMPARE(marksOf(*trace, {{0, 100}, 100}, 5), expected);
    }

    void onlyWhatIsVisibleHasMarks()
    {
        const auto trace = withInstants({5, 20, 30, 40});
        const std::vector<InstantMark> expected{{0, 1, 1}, {50, 2, 1}};
        QCOMPARE(marksOf(*trace, {{20, 40}, 100}, 3), expected);
    }

    void everyInstantIsInOneMark()
    {
        std::vector<Nanoseconds> times;
        for (Nanoseconds at = 0; at < 100'000; at += 7)
            times.push_back(at);
        const auto trace = withInstants(times);
        const auto marks = marksOf(*trace, {{0, 100'000}, 200}, 7);
        QVERIFY(marks.size() <= 200 / 7 + 1);
        std::size_t next = 0;
        for (const InstantMark &mark : marks) {
            QCOMPARE(mark.first, next);
            next += mark.count;
        }
        QCOMPARE(next, times.size());
    }

    void columnsOfLessThanANanosecondEndToo()
    {
        const auto trace = withInstants({1, 1, 2});
        const std::vector<InstantMark> expected{{100, 0, 2}, {200, 2, 1}};
        QCOMPARE(marksOf(*trace, {{0, 4}, 400}, 7), expected);
    }
};

QTEST_GUILESS_MAIN(InstantMarksTest)
#include "instant_marks_test.moc"
