#include "ui/window/run_controller.h"

#include "tests/support/scratch_folder.h"

#include <QSignalSpy>
#include <QTest>

using namespace loopscope;

namespace {

constexpr int watchdogMs = 30'000;

std::shared_ptr<const Scenario> scenarioOf(std::string_view json)
{
    auto scenario = parseScenario(json);
    return scenario ? std::make_shared<const Scenario>(std::move(*scenario)) : nullptr;
}

std::shared_ptr<const Scenario> longScenario()
{
    return scenarioOf(R"({"loopscope_scenario": 1, "name": "long", "title": "Long", "workers": 1,
        "tasks": [{"name": "wait", "kind": "timer", "duration_s": 3600}]})");
}

std::size_t count(const RunController &controller, Outcome outcome)
{
    return controller.trace()->totals()[outcome];
}

} // namespace

class RunControllerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsFilesThatAreOpened();
    void readsWhatIsInFolders();
    void givesAFileThatIsMissingALaneOfItsOwn();
    void keepsTheOldRunWhenFilesAreOpenedAfterItsEnd();
    void letsFilesJoinARunThatGoesOn();
    void opensAScenarioWithoutRunningIt();
    void tellsWhatIsWrongWithAScenario();
    void stopsWhatRuns();
    void startsAScenarioInPlaceOfARunThatGoesOn();
    void runsTheSameAgain();
    void asksBeforeARunTakesThePlaceOfAnother();
    void leavesTracesAndScenariosToWhoeverBroughtThem();
    void clearsWhatIsShown();
    void readsFilesDroppedWhileItStops();
    void saysWhenThereIsNothingToRead();
};

void RunControllerTest::readsFilesThatAreOpened()
{
    const test::ScratchFolder scratch;
    RunController controller;
    const QSignalSpy ended(&controller, &RunController::ended);
    const QSignalSpy replaced(&controller, &RunController::runReplaced);
    controller.open({scratch.write("a", "12345"), scratch.write("b", "1\n2\n"), scratch.write("c", "")}, PathIntent::Open);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, watchdogMs);
    QCOMPARE(replaced.count(), 1);
    QVERIFY(!controller.isRunning());
    QVERIFY(controller.trace()->info().finished);
    QCOMPARE(count(controller, Outcome::Done), 3U);
    QCOMPARE(controller.trace()->totals().bytes, 9U);
}

void RunControllerTest::readsWhatIsInFolders()
{
    const test::ScratchFolder scratch;
    scratch.makeFolder("tree/deep");
    scratch.write("tree/one", "1");
    scratch.write("tree/deep/two", "22");
    RunController controller;
    const QSignalSpy ended(&controller, &RunController::ended);
    controller.open({scratch.path("tree")}, PathIntent::Open);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, watchdogMs);
    QCOMPARE(count(controller, Outcome::Done), 2U);
    QCOMPARE(controller.document()->request().paths, std::vector<std::string>{scratch.path("tree")});
}

void RunControllerTest::givesAFileThatIsMissingALaneOfItsOwn()
{
    const test::ScratchFolder scratch;
    RunController controller;
    const QSignalSpy ended(&controller, &RunController::ended);
    controller.open({scratch.path("gone"), scratch.write("there", "1")}, PathIntent::Open);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, watchdogMs);
    QCOMPARE(count(controller, Outcome::Done), 1U);
    QCOMPARE(count(controller, Outcome::Failed), 1U);
}

void RunControllerTest::keepsTheOldRunWhenFilesAreOpenedAfterItsEnd()
{
    const test::ScratchFolder scratch;
    RunController controller;
    const QSignalSpy ended(&controller, &RunController::ended);
    controller.open({scratch.write("a", "1")}, PathIntent::Open);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, watchdogMs);
    const auto first = controller.trace();
    controller.open({scratch.write("b", "22")}, PathIntent::Open);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 2, watchdogMs);
    QVERIFY(controller.trace() != first);
    QCOMPARE(controller.recentRuns().size(), 2U);
    QCOMPARE(controller.recentRuns().at(0)->trace(), controller.trace());
    QCOMPARE(controller.recentRuns().at(1)->trace(), first);
}

void RunControllerTest::letsFilesJoinARunThatGoesOn()
{
    const test::ScratchFolder scratch;
    RunController controller;
    controller.runScenario(longScenario(), {});
    QVERIFY(controller.isRunning());
    const auto trace = controller.trace();
    controller.open({scratch.write("a", "1"), scratch.write("b", "22")}, PathIntent::Open);
    QTRY_COMPARE_WITH_TIMEOUT(trace->totals()[Outcome::Done], 2U, watchdogMs);
    QVERIFY(controller.isRunning());
    QCOMPARE(controller.trace(), trace);
    QCOMPARE(controller.document()->request().paths.size(), 2U);
    controller.stop();
    QTRY_VERIFY_WITH_TIMEOUT(!controller.isRunning(), watchdogMs);
    QCOMPARE(count(controller, Outcome::Cancelled), 1U);
}

void RunControllerTest::opensAScenarioWithoutRunningIt()
{
    const test::ScratchFolder scratch;
    const std::string path = scratch.write("mine.json", R"({"loopscope_scenario": 1, "name": "mine", "title": "Mine", "workers": 1,
        "tasks": [{"name": "nap", "kind": "timer", "duration_s": 0}]})");
    RunController controller;
    const QSignalSpy opened(&controller, &RunController::scenarioOpened);
    controller.open({path}, PathIntent::Open);
    QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, watchdogMs);
    QVERIFY(!controller.isRunning());
    QVERIFY(!controller.trace());
    QCOMPARE(opened.at(0).at(0).value<std::shared_ptr<const Scenario>>()->name, std::string("mine"));
}

void RunControllerTest::tellsWhatIsWrongWithAScenario()
{
    const test::ScratchFolder scratch;
    const std::string path = scratch.write("bad.json", R"({"loopscope_scenario": 1, "name": "bad", "title": "Bad", "workers": 0.5})");
    RunController controller;
    const QSignalSpy reported(&controller, &RunController::reported);
    controller.open({path}, PathIntent::Open);
    QTRY_COMPARE_WITH_TIMEOUT(reported.count(), 1, watchdogMs);
    QVERIFY(reported.at(0).at(1).toString().contains(QStringLiteral("bad.json")));
    QVERIFY(!controller.trace());
}

void RunControllerTest::stopsWhatRuns()
{
    RunController controller;
    const QSignalSpy ended(&controller, &RunController::ended);
    controller.runScenario(longScenario(), {});
    controller.stop();
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, watchdogMs);
    QVERIFY(controller.trace()->info().stopped);
    controller.stop(); // nothing to stop, nothing happens
    QCOMPARE(ended.count(), 1);
}

void RunControllerTest::startsAScenarioInPlaceOfARunThatGoesOn()
{
    RunController controller;
    const QSignalSpy ended(&controller, &RunController::ended);
    controller.runScenario(longScenario(), {});
    const auto first = controller.trace();
    const auto quick = scenarioOf(R"({"loopscope_scenario": 1, "name": "quick", "title": "Quick", "workers": 1,
        "tasks": [{"name": "nap", "kind": "timer", "duration_s": 0}]})");
    controller.runScenario(quick, {});
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 2, watchdogMs);
    QCOMPARE(controller.document()->request().scenario, quick);
    QVERIFY(controller.trace() != first);
    QCOMPARE(first->totals()[Outcome::Cancelled], 1U);
}

void RunControllerTest::runsTheSameAgain()
{
    const test::ScratchFolder scratch;
    RunController controller;
    const QSignalSpy ended(&controller, &RunController::ended);
    controller.open({scratch.write("a", "1"), scratch.write("b", "22")}, PathIntent::Open);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, watchdogMs);
    const auto first = controller.trace();
    controller.runAgain(controller.document()->request());
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 2, watchdogMs);
    QVERIFY(controller.trace() != first);
    QCOMPARE(controller.trace()->totals().bytes, first->totals().bytes);
    QCOMPARE(controller.document()->request().paths.size(), 2U);
}

void RunControllerTest::asksBeforeARunTakesThePlaceOfAnother()
{
    const test::ScratchFolder scratch;
    RunController controller;
    const QSignalSpy ended(&controller, &RunController::ended);
    std::vector<std::function<void()>> asked;
    controller.setGate([&asked](const std::function<void()> &next) { asked.push_back(next); });
    controller.runScenario(longScenario(), {});
    controller.open({scratch.write("a", "1")}, PathIntent::Read);
    QTRY_COMPARE_WITH_TIMEOUT(asked.size(), 2U, watchdogMs);
    QVERIFY(!controller.trace());
    for (const auto &next : asked)
        next();
    QVERIFY(controller.isRunning()); // and the file has joined it
    QTRY_COMPARE_WITH_TIMEOUT(count(controller, Outcome::Done), 1U, watchdogMs);
    QCOMPARE(controller.document()->request().paths.size(), 1U);
    controller.stop();
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, watchdogMs);
}

void RunControllerTest::leavesTracesAndScenariosToWhoeverBroughtThem()
{
    const test::ScratchFolder scratch;
    const std::string scenario = scratch.write("mine.json", R"({"loopscope_scenario": 1, "name": "mine", "title": "Mine", "workers": 1,
        "tasks": [{"name": "nap", "kind": "timer", "duration_s": 0}]})");
    const std::string trace = scratch.write("trace.json", R"({"traceEvents": [{"ph": "X", "ts": 1, "dur": 2, "pid": 1, "tid": 1}]})");
    const std::string plain = scratch.write("plain", "1");
    RunController controller;
    const QSignalSpy asked(&controller, &RunController::choiceNeeded);
    const QSignalSpy scenarios(&controller, &RunController::scenarioOpened);
    const QSignalSpy traces(&controller, &RunController::tracesFound);
    const QSignalSpy ended(&controller, &RunController::ended);
    controller.open({scenario, plain, trace}, PathIntent::Ask);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, watchdogMs);
    QCOMPARE(asked.at(0).at(0).value<std::vector<std::string>>(), (std::vector<std::string>{scenario, trace}));
    QCOMPARE(count(controller, Outcome::Done), 1U);
    controller.open({scenario, trace}, PathIntent::Open);
    QTRY_COMPARE_WITH_TIMEOUT(traces.count(), 1, watchdogMs);
    QCOMPARE(scenarios.count(), 1);
    controller.open({scenario, trace}, PathIntent::Read);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 2, watchdogMs);
    QCOMPARE(count(controller, Outcome::Done), 2U);
    QCOMPARE(asked.count() + scenarios.count() + traces.count(), 3);
}

void RunControllerTest::clearsWhatIsShown()
{
    RunController controller;
    controller.runScenario(longScenario(), {});
    controller.clear();
    QTRY_VERIFY_WITH_TIMEOUT(!controller.trace(), watchdogMs);
    QVERIFY(!controller.isRunning());
    QVERIFY(!controller.document());
    QCOMPARE(controller.recentRuns().size(), 1U);
}

void RunControllerTest::readsFilesDroppedWhileItStops()
{
    const test::ScratchFolder scratch;
    RunController controller;
    const QSignalSpy ended(&controller, &RunController::ended);
    controller.runScenario(longScenario(), {});
    controller.stop();
    controller.open({scratch.write("a", "1")}, PathIntent::Open);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 2, watchdogMs);
    QCOMPARE(count(controller, Outcome::Done), 1U);
}

void RunControllerTest::saysWhenThereIsNothingToRead()
{
    const test::ScratchFolder scratch;
    RunController controller;
    const QSignalSpy reported(&controller, &RunController::reported);
    const std::string folder = scratch.makeFolder("empty");
    controller.open({folder}, PathIntent::Open);
    QTRY_COMPARE_WITH_TIMEOUT(reported.count(), 1, watchdogMs);
    QVERIFY(reported.front().at(1).toString().contains(QString::fromStdString(folder)));
    QVERIFY(!controller.trace());
    QVERIFY(!controller.isSearching());
}

QTEST_GUILESS_MAIN(RunControllerTest)
#include "run_controller_test.moc"
