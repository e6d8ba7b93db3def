#include "ui/window/what_if_window.h"

#include "core/workload/scenario_run.h"
#include "tests/support/session_run.h"
#include "tests/support/simulated_run.h"
#include "ui/panels/elided_label.h"

#include <QCheckBox>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

using namespace loopscope;
using namespace loopscope::test;

namespace {

constexpr int watchdogMs = 60'000;
constexpr Nanoseconds ms = nanosecondsPerMillisecond;

std::shared_ptr<const Trace> sixSleeps(int workers)
{
    const std::vector<SimulatedTask> tasks(6, {"sleeps", "sleep", {{SimulatedStep::Kind::Job, 100 * ms}}});
    return simulatedRun(tasks, workers, 8);
}

QPushButton *runButton(const WhatIfWindow &window)
{
    return window.findChild<QPushButton *>();
}

QString verdictOf(const WhatIfWindow &window)
{
    return window.findChild<ElidedLabel *>()->text();
}

} // namespace

class WhatIfWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void predictsWhatIsChosen()
    {
        WhatIfWindow window(LOOPSCOPE_PROGRAM);
        window.setRun(sixSleeps(1), {}, FileReader::Automatic);
        QTRY_COMPARE_WITH_TIMEOUT(window.shown().candidates.size(), std::size_t(2), watchdogMs);
        QCOMPARE(window.shown().candidates[1].wall().median, 600 * ms); // nothing is otherwise yet
        window.findChild<QSpinBox *>(QStringLiteral("workers"))->setValue(3);
        QTRY_COMPARE_WITH_TIMEOUT(window.shown().candidates[1].wall().median, 200 * ms, watchdogMs);
        QCOMPARE(verdictOf(window), QStringLiteral("Recorded 600\u202Fms, predicted 200\u202Fms"));
        QVERIFY(!runButton(window)->isEnabled()); // nobody knows how to run it again
        QVERIFY(!runButton(window)->toolTip().isEmpty());
        for (const auto *box : window.findChildren<QCheckBox *>())
            QVERIFY(!box->isEnabled()); // no file, and nothing blocked the loop
    }

    void theErrorIsToldOfWhatWasMeasured()
    {
        const auto verdict = [](const std::vector<Nanoseconds> &walls) {
            Comparison shown;
            for (const Nanoseconds wall : walls) {
                CandidateResult result;
                result.runs.emplace_back().wall = wall;
                shown.candidates.push_back(std::move(result));
            }
            return predictionVerdict(shown).replace(QChar(0x202F), QLatin1Char(' '));
        };
        QCOMPARE(verdict({600 * ms}), QString());
        QCOMPARE(verdict({600 * ms, 200 * ms}), QStringLiteral("Recorded 600 ms, predicted 200 ms"));
        QCOMPARE(verdict({600 * ms, 200 * ms, 250 * ms}),
                 QStringLiteral("Recorded 600 ms, predicted 200 ms, measured 250 ms: the prediction is 20.0 % too short"));
        QCOMPARE(verdict({600 * ms, 200 * ms, 200 * ms}),
                 QStringLiteral("Recorded 600 ms, predicted 200 ms, measured 200 ms: the prediction is right to 0.1 %"));
        QCOMPARE(verdict({600 * ms, 200 * ms, 0}), QStringLiteral("Recorded 600 ms, predicted 200 ms, measured 0 s"));
    }

    void escapeTakesBackFirstWhatIsTyped()
    {
        WhatIfWindow window(LOOPSCOPE_PROGRAM);
        window.setRun(sixSleeps(2), {}, FileReader::Automatic);
        window.setVisible(true);
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        auto *workers = window.findChild<QSpinBox *>(QStringLiteral("workers"));
        workers->setFocus();
        workers->selectAll();
        QTest::keyClicks(workers, QStringLiteral("5"));
        QCOMPARE(workers->value(), 5);
        QTest::keyClick(workers, Qt::Key_Escape);
        QVERIFY(window.isVisible());
        QCOMPARE(workers->value(), 2);
        QTest::keyClick(workers, Qt::Key_Escape);
        QVERIFY(!window.isVisible());
    }

    void runsItAndTellsTheError()
    {
        const std::map<std::string, std::string> values{{"tasks", "4"}, {"seconds", "0.05"}, {"place", "loop"}};
        const Scenario *scenario = findBuiltInScenario("executor");
        const auto recorded = runToEnd({}, runScenario(*planScenario(*scenario, values), {}));
        QVERIFY(recorded);
        WhatIfWindow window(LOOPSCOPE_PROGRAM);
        window.setRun(recorded, {{std::shared_ptr<const Scenario>(), scenario}, {}, values, {}}, FileReader::Automatic);
        QTRY_COMPARE_WITH_TIMEOUT(window.shown().candidates.size(), std::size_t(2), watchdogMs);
        const auto boxes = window.findChildren<QCheckBox *>();
        QVERIFY(std::ranges::any_of(boxes, [](const QCheckBox *box) { return box->isEnabled() && box->isChecked(); }));
        QVERIFY(window.shown().candidates[1].wall().median < recorded->info().wall);
        QVERIFY(runButton(window)->isEnabled());
        runButton(window)->click();
        QTRY_COMPARE_WITH_TIMEOUT(window.shown().candidates.size(), std::size_t(3), watchdogMs);
        const Trace &measured = *window.shown().candidates[2].trace;
        QCOMPARE(measured.tasks().size(), std::size_t(4));
        QCOMPARE(measured.times(loopLaneId)[State::Blocking], Nanoseconds(0));
        QVERIFY2(verdictOf(window).contains(QStringLiteral(": the prediction is ")), qPrintable(verdictOf(window)));
        QVERIFY2(!verdictOf(window).contains(QLatin1Char('-')), qPrintable(verdictOf(window)));
    }

    void closesByTheKeyboard()
    {
        WhatIfWindow window(LOOPSCOPE_PROGRAM);
        for (const QKeySequence::StandardKey key : {QKeySequence::Cancel, QKeySequence::Close}) {
            window.setVisible(true);
            QVERIFY(QTest::qWaitForWindowActive(&window));
            QTest::keySequence(window.focusWidget() ? window.focusWidget() : &window, key);
            QVERIFY(!window.isVisible());
        }
    }

    void otherChoicesEndWhatGoesOn()
    {
        const Scenario *scenario = findBuiltInScenario("executor");
        const std::map<std::string, std::string> values{{"seconds", "3600"}};
        WhatIfWindow window(LOOPSCOPE_PROGRAM);
        window.setRun(sixSleeps(2), {{std::shared_ptr<const Scenario>(), scenario}, {}, values, {}}, FileReader::Automatic);
        QTRY_COMPARE_WITH_TIMEOUT(window.shown().candidates.size(), std::size_t(2), watchdogMs);
        runButton(window)->click();
        QCOMPARE(verdictOf(window), QStringLiteral("Running it…"));
        window.findChild<QSpinBox *>(QStringLiteral("workers"))->setValue(1);
        QTRY_COMPARE_WITH_TIMEOUT(verdictOf(window), QStringLiteral("Recorded 300\u202Fms, predicted 600\u202Fms"), watchdogMs);
        QCOMPARE(window.shown().candidates.size(), std::size_t(2));
    }
};

QTEST_MAIN(WhatIfWindowTest)
#include "what_if_window_test.moc"
