#include "core/analysis/simulated_time.h"

#include <QTest>

#include <functional>
#include <string>
#include <vector>

using namespace loopscope;

class SimulatedTimeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void thingsHappenInTheirOrder()
    {
        SimulatedTime time(1);
        std::string order;
        const auto add = [&order](char what) { return [&order, what] { order += what; }; };
        time.at(20, add('c'));
        time.at(10, add('a'));
        time.at(20, add('d'));
        time.afterTime(10, add('b'));
        while (time.advance()) { }
        QCOMPARE(order, std::string("abcd"));
        QCOMPARE(time.now(), Nanoseconds(20));
        time.afterTime(10, add('f'));
        time.afterCpu(10, add('e')); // comes first: its processor is free for what happens then
        while (time.advance()) { }
        QCOMPARE(order, std::string("abcdef"));
    }

    void itEndsWithTheTimesThatATraceCanHave()
    {
        SimulatedTime time(1);
        int left = 3000;
        std::function<void()> next = [&] {
            if (--left > 0)
                left % 2 == 0 ? time.afterTime(latestTime, next) : time.afterCpu(latestTime, next);
        };
        time.at(0, next);
        while (time.advance()) { }
        QCOMPARE(left, 0);
        QCOMPARE(time.now(), latestTime);
    }

    void whatIsOverHappensNow()
    {
        SimulatedTime time(1);
        time.at(100, [&time] { time.at(50, [] {}); });
        while (time.advance()) { }
        QCOMPARE(time.now(), Nanoseconds(100));
    }

    void whoComputesSharesTheProcessors()
    {
        SimulatedTime time(2);
        std::vector<Nanoseconds> ends;
        const auto end = [&] { ends.push_back(time.now()); };
        time.afterCpu(60, end);
        time.afterCpu(60, end);
        QVERIFY(time.advance()); // two have a processor each
        QVERIFY(time.advance());
        for (int i = 0; i < 3; ++i)
            time.afterCpu(60, end);
        time.afterTime(45, [&time, end] { time.afterCpu(10, end); }); // until then each has had 30; then there are four
        while (time.advance()) { }
        QCOMPARE(ends, (std::vector<Nanoseconds>{60, 60, 125, 155, 155, 155}));
        QVERIFY(!time.advance());
    }
};

QTEST_GUILESS_MAIN(SimulatedTimeTest)
#include "simulated_time_test.moc"
