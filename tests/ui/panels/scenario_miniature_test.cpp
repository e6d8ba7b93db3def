#include "ui/panels/scenario_miniature.h"

#include "core/workload/scenario.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QTest>

using namespace loopscope;

namespace {

bool hasColor(const QImage &image, const QColor &color)
{
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y) == color)
                return true;
        }
    }
    return false;
}

QImage pictureOf(const char *scenario)
{
    ScenarioMiniature miniature(*findBuiltInScenario(scenario));
    miniature.setPalette(QPalette(Qt::white));
    miniature.resize(240, 56);
    return miniature.grab().toImage();
}

} // namespace

class ScenarioMiniatureTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyBuiltInScenarioHasARecording()
    {
        for (const Scenario &scenario : builtInScenarios())
            QVERIFY2(ScenarioMiniature(scenario).hasRecording(), scenario.name.c_str());
    }

    void theBlockedLoopIsSeen()
    {
        const Theme theme = Theme::light();
        QVERIFY(hasColor(pictureOf("blocked-loop"), theme.state(State::Ready)));
        QVERIFY(!hasColor(pictureOf("async-sleep"), theme.state(State::Ready)));
        QVERIFY(hasColor(pictureOf("executor"), theme.state(State::InWorker)));
    }

    void aForeignScenarioHasNoPicture()
    {
        Scenario scenario;
        scenario.name = "of-my-own";
        QVERIFY(!ScenarioMiniature(scenario).hasRecording());
    }
};

QTEST_MAIN(ScenarioMiniatureTest)
#include "scenario_miniature_test.moc"
