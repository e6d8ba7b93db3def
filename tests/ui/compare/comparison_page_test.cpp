#include "ui/compare/comparison_page.h"

#include "tests/support/sample_comparison.h"
#include "ui/compare/comparison_view.h"

#include <QImage>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QXmlStreamReader>

using namespace loopscope;

namespace {

QByteArray rendered(const Comparison &comparison, const ComparisonLook &look)
{
    PictureProgress progress;
    return comparisonPicture(comparison, look).render(progress).value_or(QByteArray());
}

bool isXml(const QByteArray &bytes)
{
    QXmlStreamReader reader(bytes);
    while (!reader.atEnd())
        reader.readNext();
    return !reader.hasError();
}

/// How many pixels of an image have that colour.
int pixelsOf(const QImage &image, const QColor &colour)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y) == colour ? 1 : 0;
    }
    return count;
}

} // namespace

class ComparisonPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasPredictedIsAGhost()
    {
        Comparison comparison = test::sampleComparison();
        const ComparisonLook look;
        const auto pixels = [&](const Theme &theme) {
            return pixelsOf(QImage::fromData(rendered(comparison, look)), theme.state(State::InWorker));
        };
        const int measured = pixels(look.theme);
        QCOMPARE(pixels(look.theme.ghost()), 0);
        comparison.candidates[2].isPredicted = true;
        QVERIFY(pixels(look.theme.ghost()) > 1000);
        QVERIFY(pixels(look.theme) < measured); // the others are as before
        QVERIFY(pixels(look.theme) > 1000);
    }

    void itsPictureHasEveryFormat()
    {
        const Comparison comparison = test::sampleComparison();
        ComparisonLook look;
        const QImage image = QImage::fromData(rendered(comparison, look));
        QCOMPARE(image.width(), 1440);
        QVERIFY(pixelsOf(image, look.theme.state(State::InWorker)) > 1000);
        QVERIFY(pixelsOf(image, look.theme.accent) > 1000); // bars
        look.scale = 2;
        QCOMPARE(QImage::fromData(rendered(comparison, look)).width(), 2880);
        look.format = PictureOptions::Format::Svg;
        const QByteArray svg = rendered(comparison, look);
        QVERIFY(isXml(svg));
        QVERIFY(svg.contains("pool, 2 workers"));
        look.format = PictureOptions::Format::Pdf;
        QVERIFY(rendered(comparison, look).startsWith("%PDF-"));
        look.format = PictureOptions::Format::Png;
        look.theme = Theme::dark();
        QCOMPARE(QImage::fromData(rendered(comparison, look)).pixelColor(0, 0), Theme::dark().canvas);
    }

    void itTellsItsFiguresInWords()
    {
        const ComparisonPage page(test::sampleComparison(), {});
        QCOMPARE(page.title(), QStringLiteral("sample"));
        QVERIFY(
            page.description().contains(QStringLiteral("pool, 2 workers: wall 10.0\u202Fms, × 0.50, range 8.00\u202Fms – 14.0\u202Fms")));
        QVERIFY(page.note().isEmpty());
    }

    void timelinesAreFoundByTheirPlace()
    {
        ComparisonLook look;
        look.isWhole = false;
        Comparison comparison = test::sampleComparison();
        comparison.candidates.erase(comparison.candidates.begin() + 1); // so that there is no curve
        const ComparisonPage page(comparison, look);
        QCOMPARE(page.candidateAt(1).value_or(99), std::size_t(0));
        std::size_t last = 0;
        for (int y = 0; y < page.size().height(); ++y) {
            const auto candidate = page.candidateAt(y);
            if (candidate) {
                QVERIFY(*candidate >= last);
                last = *candidate;
            }
        }
        QCOMPARE(last, std::size_t(1));
        QVERIFY(!page.candidateAt(page.size().height() - 1)); // there is the legend
    }

    void aSweepHasACurve()
    {
        Comparison comparison = test::sampleComparison();
        const int withCurve = ComparisonPage(comparison, {}).size().height();
        comparison.candidates[1].candidate.workers.reset();
        comparison.candidates[1].candidate.strategy.key = "other";
        QVERIFY(ComparisonPage(comparison, {}).size().height() < withCurve - 100);
        QVERIFY(!SweepCurve::isFor(comparison));
    }

    void withoutResultsThereIsAPage()
    {
        QVERIFY(!QImage::fromData(rendered(Comparison(), {})).isNull());
        Comparison comparison = test::sampleComparison();
        for (CandidateResult &result : comparison.candidates) {
            result.runs.clear();
            result.trace.reset();
        }
        QVERIFY(!QImage::fromData(rendered(comparison, {})).isNull());
    }

    // Many lanes: some are shown, and the others are counted.
    void manyLanesAreCounted()
    {
        Comparison comparison = test::sampleComparison();
        const std::vector<test::SimulatedTask> tasks(500, {"t", "sleep", {{test::SimulatedStep::Kind::Job, 1000}}});
        comparison.candidates[0].trace = test::simulatedRun(tasks, 2);
        ComparisonLook look;
        look.format = PictureOptions::Format::Svg;
        const ComparisonPage page(comparison, look);
        QVERIFY(page.size().height() < 3000);
        QVERIFY(rendered(comparison, look).contains("more lanes"));
    }

    void theViewScrollsAndTellsWhatIsDoubleClicked()
    {
        ComparisonView view;
        view.resize(900, 400);
        view.grab();
        QCOMPARE(view.verticalScrollBar()->maximum(), 0);
        view.show(std::make_shared<const Comparison>(test::sampleComparison()));
        QVERIFY(view.verticalScrollBar()->maximum() > 0);
        const QSignalSpy activated(&view, &ComparisonView::candidateActivated);
        view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum());
        QTest::mouseDClick(view.viewport(), Qt::LeftButton, {}, QPoint(300, 150));
        QCOMPARE(activated.count(), 1);
        const QImage end = view.grab().toImage();
        view.verticalScrollBar()->setValue(0);
        QVERIFY(view.grab().toImage() != end);
        view.show(nullptr);
        QCOMPARE(view.verticalScrollBar()->maximum(), 0);
    }
};

QTEST_MAIN(ComparisonPageTest)
#include "comparison_page_test.moc"
