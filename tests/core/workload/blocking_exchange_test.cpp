#include "core/workload/blocking_exchange.h"
#include "tests/support/session_run.h"

#include <QTest>

using namespace loopscope;
using namespace loopscope::test;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t moreThanSocketsHold = 8 << 20;

PlannedTask exchangeOf(int clients, std::uint64_t requestBytes)
{
    PlannedTask plan;
    plan.name = "client";
    plan.kind = TaskKind::Exchange;
    plan.place = Place::Thread;
    plan.count = clients;
    plan.requestBytes = requestBytes;
    plan.answerBytes = 1;
    plan.transport = Transport::Local;
    return plan;
}

/// Lets as many jobs at a time have a thread.
std::shared_ptr<const Trace> run(int threads, const PlannedTask &plan, std::chrono::milliseconds patience)
{
    SessionSettings settings;
    settings.workerLife = WorkerLife::Job;
    settings.workers = threads;
    return runToEnd(settings, [plan = std::make_shared<const PlannedTask>(plan), patience](Runtime &runtime) {
        runtime.spawn({"server", "server"}, runThreadedServer, plan, patience);
    });
}

std::string errorOf(const Trace &trace, std::string_view name)
{
    const LaneId task = taskNamed(trace, name);
    return task == noLane ? "there is no such task" : std::string(trace.name(trace.lane(task).task.error));
}

} // namespace

class BlockingExchangeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aServerWithTheOnlyThreadGivesUp()
    {
        const auto trace = run(1, exchangeOf(3, 1), 200ms);
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        QCOMPARE(errorOf(*trace, "server"), std::string("only 0 of 3 clients came in time"));
        QCOMPARE(errorOf(*trace, "client (3)"), std::string("no connection: Connection refused"));
    }

    void whoSendsDoesNotWaitForEver()
    {
        const auto trace = run(2, exchangeOf(2, moreThanSocketsHold), 2s); // the clients'
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        QCOMPARE(errorOf(*trace, "client (1)"), std::string("no answer came in time"));
        QCOMPARE(errorOf(*trace, "connection (1)"), std::string("the client is gone"));
    }
};

QTEST_GUILESS_MAIN(BlockingExchangeTest)
#include "blocking_exchange_test.moc"
