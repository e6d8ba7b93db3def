#include "tests/support/sample_trace.h"
#include "ui/timeline/lane_text.h"

#include <QTest>

using namespace loopscope;

namespace {

// As people read it: a thin space is a space.
QString plain(QString text)
{
    return text.replace(QChar(0x202F), QLatin1Char(' '));
}

QString factOf(const Trace &trace, std::size_t task, ByteFigures figures = ByteFigures::Rounded)
{
    return plain(laneFact(trace, trace.tasks()[task], figures).text);
}

} // namespace

class LaneTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEndedTaskTellsWhatCameOfIt()
    {
        const auto trace = test::articleTrace();
        QCOMPARE(factOf(*trace, 0), QStringLiteral("64.0 MB"));
        QCOMPARE(factOf(*trace, 0, ByteFigures::Exact), QStringLiteral("64000000 bytes"));
        QCOMPARE(factOf(*trace, 2), QStringLiteral("Finished sleeping"));
        QCOMPARE(factOf(*trace, 7), QStringLiteral("done"));
        QCOMPARE(factOf(*trace, 6), QStringLiteral("cancelled"));
        QCOMPARE(laneFact(*trace, trace->tasks()[5]), (LaneFact{QStringLiteral("permission denied"), true}));
    }

    void aLivingTaskTellsItsStateAndProgress()
    {
        const auto trace = test::liveTrace();
        QCOMPARE(factOf(*trace, 0), QStringLiteral("42 %"));
        QCOMPARE(factOf(*trace, 1), QStringLiteral("awaiting timer"));
        QCOMPARE(factOf(*trace, 2), QStringLiteral("in worker #2"));
        QCOMPARE(factOf(*trace, 3), QStringLiteral("queued"));
    }

    void aFileThatGrewHasNoMoreThanAllOfIt()
    {
        const auto trace = test::liveTrace();
        trace->changeTask(trace->tasks()[0], [](TaskFacts &facts) { facts.file->bytes = 5000; });
        QCOMPARE(factOf(*trace, 0), QStringLiteral("100 %"));
    }

    void lostEventsAreSaid()
    {
        const auto trace = test::liveTrace();
        trace->loseOpenSpan(trace->tasks()[1]);
        QVERIFY(factOf(*trace, 1).contains(QStringLiteral("events lost")));
        trace->changeInfo([](RunInfo &info) { info.droppedEvents = 12; });
        QVERIFY(groupSummary(*trace, LaneGroup::Loop).endsWith(QStringLiteral("12 events lost")));
        trace->changeInfo([](RunInfo &info) { info.droppedEvents = 1; });
        QVERIFY(groupSummary(*trace, LaneGroup::Loop).endsWith(QStringLiteral("1 event lost")));
    }

    void namesAreShownSafely()
    {
        Trace trace;
        const LaneId lane = trace.addLane(LaneKind::Task, "a\nb\u202Ec", 0);
        QVERIFY(!laneName(trace, lane).contains(QLatin1Char('\n')));
        QVERIFY(!laneName(trace, lane).contains(QChar(0x202E)));
    }

    void groupsAreSummedUp()
    {
        const auto trace = test::articleTrace();
        QCOMPARE(plain(groupSummary(*trace, LaneGroup::Loop)), QStringLiteral("busy 14 % · 1 stall of 615 ms"));
        QCOMPARE(plain(groupSummary(*trace, LaneGroup::Tasks)), QStringLiteral("6 done · 1 failed · 1 cancelled"));
        QCOMPARE(plain(groupSummary(*trace, LaneGroup::Workers)), QStringLiteral("busy 60 %"));
        const auto live = test::liveTrace();
        QCOMPARE(plain(groupSummary(*live, LaneGroup::Tasks)), QStringLiteral("1 awaiting · 1 queued · 2 in worker"));
        QCOMPARE(plain(groupSummary(*live, LaneGroup::Workers)), QStringLiteral("2 of 2 busy"));
    }

    void anEmptyRunHasNothingToDivideBy()
    {
        const Trace trace;
        QCOMPARE(plain(laneFact(trace, loopLaneId).text), QStringLiteral("0 %"));
        QVERIFY(groupSummary(trace, LaneGroup::Tasks).isEmpty());
    }
};

QTEST_GUILESS_MAIN(LaneTextTest)
#include "lane_text_test.moc"
