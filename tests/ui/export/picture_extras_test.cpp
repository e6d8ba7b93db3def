#include "tests/support/imported_sample.h"
#include "tests/support/sample_trace.h"
#include "ui/export/picture.h"
#include "ui/timeline/overview.h"

#include <QImage>
#include <QTest>
#include <QXmlStreamReader>

using namespace loopscope;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

QByteArray rendered(const Trace &trace, const PictureOptions &options)
{
    const auto bytes = renderPicture(trace, options);
    return bytes ? *bytes : QByteArray();
}

PictureOptions svg()
{
    PictureOptions options;
    options.format = PictureOptions::Format::Svg;
    return options;
}

bool isXml(const QByteArray &bytes)
{
    QXmlStreamReader reader(bytes);
    while (!reader.atEnd())
        reader.readNext();
    return !reader.hasError();
}

QSize sizeOf(const Trace &trace, PictureOptions options)
{
    options.format = PictureOptions::Format::Png;
    return QImage::fromData(rendered(trace, options), "PNG").size();
}

} // namespace

class PictureExtrasTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theOverviewAddsToTheHeight()
    {
        const auto trace = test::articleTrace();
        PictureOptions options;
        const QSize plain = sizeOf(*trace, options);
        options.hasOverview = true;
        const QSize with = sizeOf(*trace, options);
        QCOMPARE(with.width(), plain.width());
        QVERIFY(with.height() > plain.height() + 30);
    }

    // What the window has counted need not be counted again, which may take a second: of a replay it is the whole recording.
    void theOverviewThatIsCountedIsTaken()
    {
        const auto trace = test::articleTrace();
        const auto half = std::make_shared<Trace>();
        test::addTask(*half, "task", "running 0 3000");
        PictureOptions options;
        options.hasOverview = true;
        const QByteArray own = rendered(*half, options);
        StateDensity density = overviewDensity(*trace, 800);
        while (!density.advance(*trace, SIZE_MAX)) { }
        options.overview = std::make_shared<const StateDensity>(density);
        const QByteArray taken = rendered(*half, options);
        QVERIFY(taken != own);
        options.replayInstant = 3000 * ms;
        QVERIFY(rendered(*half, options) != taken);
    }

    void theTableHoldsWhatWasMeasured()
    {
        const auto trace = test::articleTrace();
        PictureOptions options = svg();
        options.selection = {trace->tasks()[1], {}, TimeRange{1000 * ms, 2000 * ms}};
        const QByteArray bytes = rendered(*trace, options);
        QVERIFY(isXml(bytes));
        QVERIFY(bytes.contains("1.00\u202Fs: 1.000\u202Fs to 2.000\u202Fs"));
        QVERIFY(bytes.contains(">p99<"));
        QVERIFY(bytes.contains(">all states<"));
        QVERIFY(!rendered(*trace, svg()).contains(">p99<"));
    }

    void narrowPicturesLeaveColumnsOut()
    {
        const auto trace = test::articleTrace();
        PictureOptions options = svg();
        options.size = {360, 400};
        options.selection.range = trace->extent();
        const QByteArray bytes = rendered(*trace, options);
        QVERIFY(bytes.contains(">All tasks<"));
        QVERIFY(!bytes.contains(">p99<"));
    }

    void arrowsAreDrawn()
    {
        const auto trace = test::articleTrace();
        PictureOptions options = svg();
        const qsizetype plain = rendered(*trace, options).size();
        options.selection = {trace->tasks()[1], 4, {}};
        QVERIFY(rendered(*trace, options).size() > plain + 200);
    }

    void marksAreDrawnWithTheirNames()
    {
        const auto trace = test::articleTrace();
        PictureOptions options = svg();
        options.marks = {{1, 2000 * ms, "before <it> broke"}, {2, 100'000'000 * ms, "out of sight"}};
        const QByteArray bytes = rendered(*trace, options);
        QVERIFY(isXml(bytes));
        QVERIFY(bytes.contains("before &lt;it&gt; broke"));
        QVERIFY(!bytes.contains("out of sight"));
    }

    void theOverviewHasTheMarksThatAreOutOfSightToo()
    {
        const auto trace = test::articleTrace();
        PictureOptions options;
        options.hasOverview = true;
        options.range = TimeRange{0, trace->now() / 10};
        const QImage plain = QImage::fromData(rendered(*trace, options), "PNG");
        options.marks = {{1, trace->now() / 2, "out of sight"}};
        const QImage marked = QImage::fromData(rendered(*trace, options), "PNG");
        QCOMPARE(marked.size(), plain.size());
        int ticks = 0;
        for (int y = 0; y < plain.height(); ++y)
            ticks += marked.pixelColor(plain.width() / 2, y) != plain.pixelColor(plain.width() / 2, y) ? 1 : 0;
        QVERIFY2(ticks > 6 && ticks < 20, qPrintable(QString::number(ticks)));
        options.format = PictureOptions::Format::Svg;
        QVERIFY(isXml(rendered(*trace, options)));
    }

    void whatIsSelectedMayBeGone()
    {
        const auto trace = test::articleTrace();
        PictureOptions options = svg();
        options.selection = {100'000, 17, TimeRange{100'000'000 * ms, 200'000'000 * ms}};
        QVERIFY(isXml(rendered(*trace, options)));
    }

    void theOverviewOfManySlicesStaysSmall_data() { aLargeRunStaysSmall_data(); }

    void theOverviewOfManySlicesStaysSmall()
    {
        QFETCH(PictureOptions::Format, format);
        const auto trace = test::syntheticImport({100'000, 16, 0});
        PictureOptions options;
        options.format = format;
        const qsizetype plain = rendered(*trace, options).size();
        options.hasOverview = true;
        const qsizetype with = rendered(*trace, options).size();
        QVERIFY(with > plain);
        QVERIFY2(with - plain < 500'000, qPrintable(QString::number(with - plain)));
    }

    void aLargeRunStaysSmall_data()
    {
        QTest::addColumn<PictureOptions::Format>("format");
        QTest::newRow("SVG") << PictureOptions::Format::Svg;
        QTest::newRow("PDF") << PictureOptions::Format::Pdf;
    }

    void aLargeRunStaysSmall()
    {
        QFETCH(PictureOptions::Format, format);
        const auto trace = test::largeTrace(100, 3'000);
        PictureOptions options;
        options.format = format;
        const qsizetype plain = rendered(*trace, options).size();
        options.hasOverview = true;
        options.selection = {trace->tasks().front(), 5, TimeRange{0, trace->now() / 2}};
        const qsizetype with = rendered(*trace, options).size();
        QVERIFY(with > plain);
        QVERIFY2(with - plain < 500'000, qPrintable(QString::number(with - plain)));
    }
};

QTEST_MAIN(PictureExtrasTest)
#include "picture_extras_test.moc"
