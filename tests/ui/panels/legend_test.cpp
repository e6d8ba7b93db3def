#include "ui/panels/legend.h"

#include "tests/support/imported_sample.h"
#include "ui/panels/state_swatch.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QLabel>
#include <QLayout>
#include <QTest>

using namespace loopscope;

namespace {

int pixelsOf(const QImage &image, const QColor &color)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y) == color ? 1 : 0;
    }
    return count;
}

} // namespace

class LegendTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyStateAndOutcomeIsNamed()
    {
        const Legend legend;
        QStringList names;
        for (const QLabel *label : legend.findChildren<QLabel *>()) {
            if (!label->parentWidget()->isHidden())
                names += label->text();
        }
        QCOMPARE(names.join(QLatin1Char(' ')),
                 QStringLiteral("running ready awaiting queued in worker blocking the loop done cancelled failed"));
        QCOMPARE(legend.findChildren<StateSwatch *>().size(), qsizetype(11));
    }

    // But what is blocking never is.
    void whatMayBeHalfAsHighSaysWhen()
    {
        const Legend legend;
        int halves = 0;
        for (const QLabel *label : legend.findChildren<QLabel *>()) {
            const QString explanation = label->parentWidget()->toolTip();
            const bool saysWhen = explanation.contains(QStringLiteral("Half as high"));
            halves += saysWhen ? 1 : 0;
            QCOMPARE(label->parentWidget()->accessibleDescription(), explanation);
            QVERIFY(!saysWhen || label->text() != QStringLiteral("blocking the loop"));
        }
        QCOMPARE(halves, static_cast<int>(taskStates.size()) - 1 + 2); // and slices
    }

    void statesHaveTheirColourAndTexture()
    {
        const Theme theme = Theme::light();
        for (const State state : taskStates) {
            StateSwatch swatch(state);
            swatch.setPalette(QPalette(Qt::white));
            swatch.resize(40, 20);
            const QImage image = swatch.grab().toImage();
            QVERIFY(pixelsOf(image, theme.state(state)) > 0);
            const bool isSolid = state == State::Running || state == State::InWorker;
            QCOMPARE(pixelsOf(image, theme.state(state)) > 40 * 20 * 9 / 10, isSolid); // hue is never the only cue
        }
    }

    void itGrowsInHeightWhereItIsNarrow()
    {
        const Legend legend;
        QVERIFY(legend.layout()->heightForWidth(250) > legend.layout()->heightForWidth(2000));
    }

    void aTraceOfOthersHasSlicesAndTheStatesThatItHas()
    {
        const auto shown = [](const Legend &legend) {
            QStringList names;
            for (const auto *entry : legend.findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly)) {
                if (!entry->isHidden())
                    names += entry->accessibleName();
            }
            return names;
        };
        Legend legend;
        QVERIFY(shown(legend).contains(QStringLiteral("running")));
        const auto trace = test::importedTrace();
        legend.setTrace(trace);
        QCOMPARE(shown(legend), (QStringList{QStringLiteral("slice, coloured by its name"), QStringLiteral("several slices")}));
        trace->appendSpan(5, {70'000'000, 80'000'000, State::Running, 0, noLane});
        legend.refresh();
        QCOMPARE(shown(legend).size(), 3);
        QCOMPARE(shown(legend).first(), QStringLiteral("running"));
    }
};

QTEST_MAIN(LegendTest)
#include "legend_test.moc"
