#include "ui/window/scenario_bar.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

using namespace loopscope;

namespace {

std::shared_ptr<const Scenario> sample()
{
    auto scenario =
        parseScenario(R"({"loopscope_scenario": 1, "name": "sample", "title": "<b>Sample</b>", "description": "Explains itself.",
        "workers": 2, "parameters": [
            {"name": "tasks", "type": "integer", "default": 3, "min": 1, "max": 10, "explanation": "How many"},
            {"name": "seconds", "type": "number", "default": 0.5, "min": 0, "max": 60},
            {"name": "place", "type": "choice", "default": "pool", "choices": ["pool", "loop"]}],
        "tasks": [{"name": "nap", "kind": "sleep", "count": "$tasks", "duration_s": "$seconds", "place": "$place"}]})");
    return scenario ? std::make_shared<const Scenario>(std::move(*scenario)) : nullptr;
}

bool shows(const QWidget &widget, const QString &text)
{
    for (const QLabel *label : widget.findChildren<QLabel *>()) {
        if (label->text().contains(text))
            return true;
    }
    return false;
}

} // namespace

class ScenarioBarTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void showsAControlForEachParameter();
    void saysWhatItWouldDo();
    void saysHowManySamplesItReads();
    void saysHowManyFilesAreMore();
    void saysThatItAsksOnce();
    void takesTheValuesItIsGiven();
    void keepsNumbersToTheirLastDigit();
    void asksToRun();
    void isLowUntilMoreIsWanted();
    void showsTheUnitsOfItsParameters();
    void closes();

private:
    std::shared_ptr<const Scenario> scenario_;
};

void ScenarioBarTest::init()
{
    scenario_ = sample();
    QVERIFY(scenario_);
}

void ScenarioBarTest::showsAControlForEachParameter()
{
    ScenarioBar bar;
    bar.open(scenario_, {});
    QCOMPARE(bar.values(), (std::map<std::string, std::string>{{"tasks", "3"}, {"seconds", "0.5"}, {"place", "pool"}}));
    bar.findChild<QSpinBox *>()->setValue(99);
    bar.findChild<QDoubleSpinBox *>()->setValue(2);
    bar.findChild<QComboBox *>()->setCurrentText(QStringLiteral("loop"));
    QCOMPARE(bar.values(), (std::map<std::string, std::string>{{"tasks", "10"}, {"seconds", "2"}, {"place", "loop"}}));
}

void ScenarioBarTest::saysWhatItWouldDo()
{
    ScenarioBar bar;
    bar.open(scenario_, {});
    QVERIFY(shows(bar, QStringLiteral("Explains itself.")));
    QVERIFY(shows(bar, QStringLiteral("3 × nap")));
    QVERIFY(shows(bar, QStringLiteral("With 2 workers")));
    bar.findChild<QSpinBox *>()->setValue(6);
    bar.findChild<QComboBox *>()->setCurrentText(QStringLiteral("loop"));
    QVERIFY(shows(bar, QStringLiteral("6 × nap")));
    QVERIFY(shows(bar, QStringLiteral("on the loop")));
    for (const QLabel *label : bar.findChildren<QLabel *>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

void ScenarioBarTest::saysHowManySamplesItReads()
{
    ScenarioBar bar;
    bar.open({std::shared_ptr<const Scenario>(), findBuiltInScenario("async-read")}, {});
    QVERIFY(shows(bar, QStringLiteral("reads 6 samples.")));
    QVERIFY(!shows(bar, QStringLiteral("runs  (")));
}

void ScenarioBarTest::saysHowManyFilesAreMore()
{
    auto many = parseScenario(R"({"loopscope_scenario": 1, "name": "many", "title": "Many", "tasks": [{"kind": "files",
        "files": ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]}]})");
    QVERIFY2(many, many ? "" : many.error().text().c_str());
    ScenarioBar bar;
    bar.open(std::make_shared<const Scenario>(std::move(*many)), {});
    QVERIFY(shows(bar, QStringLiteral("g, h, and 2 more")));
}

void ScenarioBarTest::saysThatItAsksOnce()
{
    auto once = parseScenario(
        R"({"loopscope_scenario": 1, "name": "once", "title": "Once", "tasks": [{"name": "client", "kind": "exchange", "repeat": 1}]})");
    QVERIFY2(once, once ? "" : once.error().text().c_str());
    ScenarioBar bar;
    bar.open(std::make_shared<const Scenario>(std::move(*once)), {});
    QVERIFY(shows(bar, QStringLiteral("asks a server once")));
}

void ScenarioBarTest::takesTheValuesItIsGiven()
{
    ScenarioBar bar;
    bar.open(scenario_, {{"tasks", "7"}, {"place", "loop"}});
    QCOMPARE(bar.values(), (std::map<std::string, std::string>{{"tasks", "7"}, {"seconds", "0.5"}, {"place", "loop"}}));
}

void ScenarioBarTest::keepsNumbersToTheirLastDigit()
{
    ScenarioBar bar;
    auto fine = parseScenario(R"({"loopscope_scenario": 1, "name": "fine", "title": "Fine", "parameters": [
            {"name": "seconds", "type": "number", "default": 0.00025, "min": 0, "max": 1}],
        "tasks": [{"name": "nap", "kind": "sleep", "duration_s": "$seconds"}]})");
    QVERIFY(fine);
    scenario_ = std::make_shared<const Scenario>(std::move(*fine));
    bar.open(scenario_, {});
    auto *box = bar.findChild<QDoubleSpinBox *>();
    QVERIFY2(box->text().startsWith(QStringLiteral("0.00025")), qPrintable(box->text()));
    QCOMPARE(bar.values().at("seconds"), std::string("0.00025"));
    box->setValue(0.0005);
    QCOMPARE(bar.values().at("seconds"), std::string("0.0005"));
    bar.open(scenario_, {{"seconds", "0.000000000012"}}); // too fine to be shown
    QCOMPARE(bar.values().at("seconds"), std::string("0.000000000012"));
    box = bar.findChild<QDoubleSpinBox *>();
    box->findChild<QLineEdit *>()->selectAll();
    QTest::keyClicks(box, QStringLiteral("0.5"));
    QCOMPARE(bar.values().at("seconds"), std::string("0.5"));
    bar.open(scenario_, {{"seconds", "5"}}); // too much
    QCOMPARE(bar.values().at("seconds"), std::string("1"));
}

void ScenarioBarTest::asksToRun()
{
    ScenarioBar bar;
    const QSignalSpy asked(&bar, &ScenarioBar::runRequested);
    bar.open(scenario_, {});
    bar.findChild<QPushButton *>()->click();
    QCOMPARE(asked.count(), 1);
}

void ScenarioBarTest::isLowUntilMoreIsWanted()
{
    ScenarioBar bar;
    bar.resize(700, 400);
    bar.open(scenario_, {});
    auto *more = bar.findChildren<QToolButton *>().front();
    const int low = bar.heightForWidth(700);
    QVERIFY(low < 5 * bar.fontMetrics().lineSpacing() + 20);
    const QSignalSpy changed(&bar, &ScenarioBar::wantsMoreChanged);
    more->click();
    QCOMPARE(changed.count(), 1);
    QVERIFY(bar.wantsMore());
    QVERIFY(bar.heightForWidth(700) > low);
    bar.collapse(); // a run has begun
    QCOMPARE(bar.heightForWidth(700), low);
    QVERIFY(bar.wantsMore());
    bar.open(scenario_, {});
    QVERIFY(bar.heightForWidth(700) > low);
}

void ScenarioBarTest::showsTheUnitsOfItsParameters()
{
    ScenarioBar bar;
    bar.open(scenario_, {});
    QCOMPARE(bar.findChild<QDoubleSpinBox *>()->suffix(), QChar(0x202F) + QStringLiteral("s"));
    QVERIFY(bar.findChild<QSpinBox *>()->suffix().isEmpty());
}

void ScenarioBarTest::closes()
{
    ScenarioBar bar;
    bar.open(scenario_, {});
    QVERIFY(!bar.isHidden());
    bar.close();
    QVERIFY(bar.isHidden());
    QVERIFY(!bar.scenario());
    QVERIFY(bar.values().empty());
}

QTEST_MAIN(ScenarioBarTest)
#include "scenario_bar_test.moc"
