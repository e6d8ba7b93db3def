#include "core/workload/scenario_run.h"
#include "tests/support/descriptors.h"
#include "tests/support/session_run.h"

#include <QTest>

using namespace loopscope;
using namespace loopscope::test;

namespace {

using Values = std::map<std::string, std::string>;

constexpr int watchdogMs = 60'000;

ScenarioPlan planOf(const Values &values)
{
    auto plan = planScenario(*findBuiltInScenario("connections"), values);
    if (!plan)
        qFatal("%s", plan.error().text().c_str());
    return *std::move(plan);
}

SessionSettings settingsFor(const ScenarioPlan &plan)
{
    SessionSettings settings;
    settings.workerLife = plan.needsThreadAJob ? WorkerLife::Job : WorkerLife::Run;
    settings.workers = plan.needsThreadAJob ? static_cast<int>(plan.poolTaskCount) : 2;
    return settings;
}

std::shared_ptr<const Trace> run(const Values &values)
{
    const ScenarioPlan plan = planOf(values);
    return runToEnd(settingsFor(plan), runScenario(plan, {}));
}

std::string resultOf(const Trace &trace, std::string_view name)
{
    for (const LaneId task : trace.tasks()) {
        if (trace.nameOf(task) == name)
            return trace.name(trace.lane(task).task.result);
    }
    return "there is no such task";
}

} // namespace

class ExchangeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyAnswerComes_data()
    {
        QTest::addColumn<QByteArray>("place");
        QTest::addColumn<QByteArray>("transport");
        QTest::addColumn<QByteArray>("bytes");
        for (const char *place : {"await", "thread"}) {
            for (const char *transport : {"tcp", "local"}) {
                for (const char *bytes : {"1", "1000000"}) // less and more than a socket's buffers hold
                    QTest::addRow("%s %s %s", place, transport, bytes) << QByteArray(place) << QByteArray(transport) << QByteArray(bytes);
            }
        }
    }

    void everyAnswerComes()
    {
        QFETCH(const QByteArray, place);
        QFETCH(const QByteArray, transport);
        QFETCH(const QByteArray, bytes);
        const auto trace = run({{"place", place.toStdString()},
                                {"transport", transport.toStdString()},
                                {"clients", "7"},
                                {"requests", "5"},
                                {"think", "0.001"},
                                {"request_bytes", bytes.toStdString()},
                                {"answer_bytes", bytes.toStdString()}});
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        QCOMPARE(trace->tasks().size(), std::size_t(15));
        QCOMPARE(trace->totals()[Outcome::Done], std::size_t(15));
        QCOMPARE(resultOf(*trace, "server"), std::string("Served 7 connections"));
        QCOMPARE(resultOf(*trace, "client (3)"), std::string("Got 5 answers"));
        QCOMPARE(resultOf(*trace, "connection (7)"), std::string("Answered 5 requests"));
        QCOMPARE(trace->times(loopLaneId)[State::Blocking], Nanoseconds(0));
    }

    void manyClientsComeAtOnce()
    {
        const auto trace = run({{"clients", "150"}, {"requests", "2"}, {"think", "0"}});
        QVERIFY(trace);
        QCOMPARE(trace->totals()[Outcome::Done], std::size_t(301));
    }

    void aStopEndsAllOfIt_data()
    {
        QTest::addColumn<QByteArray>("place");
        QTest::newRow("await") << QByteArray("await");
        QTest::newRow("thread") << QByteArray("thread");
    }

    // Nothing of it stays behind: no descriptor, and for AddressSanitizer no memory.
    void aStopEndsAllOfIt()
    {
        QFETCH(const QByteArray, place);
        const std::size_t before = openDescriptors();
        {
            const ScenarioPlan plan = planOf({{"place", place.toStdString()}, {"clients", "5"}, {"think", "600"}});
            Session session(settingsFor(plan));
            session.start(runScenario(plan, {}));
            const auto areConnected = [&session] { return session.trace()->tasks().size() == 11; };
            QTRY_VERIFY_WITH_TIMEOUT(areConnected(), watchdogMs);
            session.stop();
            QVERIFY(waitForEnd(session));
            VERIFY_PROMISES(*session.trace());
            QCOMPARE(session.trace()->totals()[Outcome::Failed], std::size_t(0));
        }
        QTRY_COMPARE_WITH_TIMEOUT(openDescriptors(), before, watchdogMs);
    }

    void withoutThreadsItSaysSo()
    {
        const ScenarioPlan plan = planOf({{"place", "thread"}});
        SessionSettings settings;
        settings.workers = 2;
        const auto trace = runToEnd(settings, runScenario(plan, {}));
        QVERIFY(trace);
        QCOMPARE(trace->tasks().size(), std::size_t(1));
        QCOMPARE(trace->name(trace->lane(trace->tasks()[0]).task.error), std::string("the run has no thread for each connection"));
    }
};

QTEST_GUILESS_MAIN(ExchangeTest)
#include "exchange_test.moc"
