#include "core/analysis/innermost_spans.h"

#include <QTest>

#include <random>
#include <vector>

using namespace loopscope;

namespace {

std::vector<LaneId> addRows(Trace &trace, int count)
{
    std::vector<LaneId> rows{trace.addLane(LaneKind::Thread, "thread", 0)};
    while (static_cast<int>(rows.size()) < count) {
        rows.push_back(trace.addLane(LaneKind::Row, "thread", 0));
        trace.changeTask(rows.back(), [&rows](TaskFacts &facts) { facts.parent = rows.front(); });
    }
    return rows;
}

void add(Trace &trace, LaneId lane, TimeRange range, SiteId site)
{
    trace.appendSpan(lane, {range.begin, range.end, State::Slice, site, noEvent});
    trace.advanceTo(std::max(trace.now(), range.end));
}

/// The site of each nanosecond, 0 where there is none.
std::vector<SiteId> told(const Trace &trace, LaneId thread)
{
    std::vector<SiteId> sites(static_cast<std::size_t>(trace.now()));
    InnermostSpans spans(trace, thread);
    Nanoseconds end = 0;
    while (const auto piece = spans.next(trace)) {
        if (piece->range.isEmpty() || piece->range.begin < end)
            return {}; // it promises that neither happens
        end = piece->range.end;
        std::fill(sites.begin() + piece->range.begin, sites.begin() + end, piece->site);
    }
    return sites;
}

std::vector<SiteId> expected(const Trace &trace, const std::vector<LaneId> &rows)
{
    std::vector<SiteId> sites(static_cast<std::size_t>(trace.now()));
    for (const LaneId row : rows) {
        for (std::size_t i = 0; i < trace.spanCount(row); ++i) {
            const Span span = trace.span(row, i);
            std::fill(sites.begin() + span.begin, sites.begin() + span.end, span.site);
        }
    }
    return sites;
}

} // namespace

class InnermostSpansTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsNestedHidesWhatIsAround()
    {
        Trace trace(TraceOrigin::Import);
        const auto rows = addRows(trace, 3);
        add(trace, rows[0], {0, 10}, 1);
        add(trace, rows[0], {10, 14}, 2);
        add(trace, rows[1], {2, 8}, 3);
        add(trace, rows[2], {2, 4}, 4);
        add(trace, rows[2], {4, 4}, 5);
        QCOMPARE(told(trace, rows[0]), (std::vector<SiteId>{1, 1, 4, 4, 3, 3, 3, 3, 1, 1, 2, 2, 2, 2}));
    }

    // Rows of asynchronous operations need not nest.
    void theDeepestRowCounts_data()
    {
        QTest::addColumn<int>("rows");
        QTest::newRow("one") << 1;
        QTest::newRow("some") << 5;
        QTest::newRow("more than a word has bits") << 150;
    }

    void theDeepestRowCounts()
    {
        QFETCH(int, rows);
        constexpr unsigned seed = 20'260'303;
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        for (int round = 0; round < 30; ++round) {
            Trace trace(TraceOrigin::Import);
            const auto lanes = addRows(trace, rows);
            SiteId site = 0;
            for (const LaneId lane : lanes) {
                Nanoseconds at = random() % 20;
                for (auto spans = random() % 12; spans > 0; --spans) {
                    const Nanoseconds end = at + random() % 9;
                    add(trace, lane, {at, end}, ++site);
                    at = end + (random() % 2 == 0 ? 0 : random() % 30);
                }
            }
            QCOMPARE(told(trace, lanes.front()), expected(trace, lanes));
        }
    }

    void aThreadMayHaveNone()
    {
        Trace trace(TraceOrigin::Import);
        const auto rows = addRows(trace, 2);
        InnermostSpans spans(trace, rows[0]);
        QVERIFY(!spans.next(trace));
        QVERIFY(!spans.next(trace));
    }

    void thoseOfTheNextThreadAreNotItsOwn()
    {
        Trace trace(TraceOrigin::Import);
        const auto first = addRows(trace, 2);
        const auto second = addRows(trace, 2);
        add(trace, first[0], {0, 2}, 1);
        add(trace, second[1], {0, 4}, 2);
        QCOMPARE(told(trace, first[0]), (std::vector<SiteId>{1, 1, 0, 0}));
        QCOMPARE(told(trace, second[0]), (std::vector<SiteId>{2, 2, 2, 2}));
    }
};

QTEST_GUILESS_MAIN(InnermostSpansTest)
#include "innermost_spans_test.moc"
