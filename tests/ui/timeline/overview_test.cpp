#include "tests/support/imported_sample.h"
#include "tests/support/sample_trace.h"
#include "ui/timeline/overview.h"

#include <QImage>
#include <QPainter>
#include <QTest>

using namespace loopscope;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

StateDensity densityOf(const Trace &trace, int columns)
{
    StateDensity density = overviewDensity(trace, columns);
    density.advance(trace, SIZE_MAX);
    return density;
}

int grayOf(SpanColour colour)
{
    return colour.state == State::Slice ? 100 + colour.hue : 1 + static_cast<int>(colour.state);
}

// What a picture shows, each band in a gray of its own.
QImage painted(const OverviewPicture &picture, bool asOutlines = false)
{
    QImage image(picture.rect.size(), QImage::Format_Grayscale8);
    image.fill(0);
    QPainter painter(&image);
    painter.translate(-picture.rect.topLeft());
    painter.setPen(Qt::NoPen);
    for (const OverviewBand &band : picture.bands) {
        const int gray = grayOf(band.colour);
        painter.setBrush(QColor(gray, gray, gray));
        if (asOutlines)
            painter.drawPolygon(outlineOf(band));
        else
            painter.drawRects(band.steps.data(), static_cast<int>(band.steps.size()));
    }
    return image;
}

int pixelsOf(const QImage &image, int x, SpanColour colour)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        count += image.pixelColor(x, y).red() == grayOf(colour) ? 1 : 0;
    return count;
}

int slicePixels(const QImage &image, int x)
{
    int count = 0;
    for (SliceHue hue = 0; hue < sliceHueCount; ++hue)
        count += pixelsOf(image, x, SpanColour(hue));
    return count;
}

SpanColour colourOf(std::string_view name)
{
    return SpanColour(sliceHueOf(name));
}

} // namespace

class OverviewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void statesStackByTheirShare()
    {
        Trace trace;
        test::addTask(trace, "one", "running 0 50, awaiting 50 100");
        test::addTask(trace, "other", "running 0 50, running 50 100");
        trace.advanceTo(100 * ms);
        const OverviewPicture picture = overviewPicture(densityOf(trace, 10), {}, QRect(5, 7, 10, 43), 1);
        const QImage image = painted(picture);
        QCOMPARE(pixelsOf(image, 0, State::Running), 40);
        QCOMPARE(pixelsOf(image, 9, State::Running), 20);
        QCOMPARE(pixelsOf(image, 9, State::Awaiting), 20);
    }

    void whatIsRareStaysVisible()
    {
        Trace trace;
        for (int i = 0; i < 1000; ++i)
            test::addTask(trace, "waits", "awaiting 0 100");
        test::addTask(trace, "blocks", "ready 0 20, blocking 20 21, ready 21 100");
        trace.advanceTo(100 * ms);
        for (const int width : {1, 7, 100, 300}) {
            const QImage image = painted(overviewPicture(densityOf(trace, 100), {}, QRect(0, 0, width, 30), 1));
            int blocking = 0;
            for (int x = 0; x < width; ++x) {
                blocking = std::max(blocking, pixelsOf(image, x, State::Blocking));
                QVERIFY(pixelsOf(image, x, State::Ready) > 0 || blocking > 0);
            }
            QVERIFY(blocking >= 2);
        }
    }

    void timeWithoutTasksIsEmpty()
    {
        Trace trace;
        test::addTask(trace, "early", "running 0 10");
        test::addTask(trace, "late", "running 90 100");
        trace.advanceTo(100 * ms);
        const QImage image = painted(overviewPicture(densityOf(trace, 10), {}, QRect(0, 0, 10, 30), 1));
        QCOMPARE(image.pixelColor(5, 29).red(), 0);
        QVERIFY(image.pixelColor(0, 29).red() > 0);
    }

    void stallsHaveAPixelAtLeastAndDoNotOverlap()
    {
        const auto trace = test::articleTrace();
        const QRect rect(10, 0, 100, 30);
        const Nanoseconds second = nanosecondsPerSecond;
        const std::vector<Stall> stalls = {
            {{second, second + 1}, noLane}, {{second + 2, 2 * second}, noLane}, {{9 * second, 10 * second}, noLane}};
        const OverviewPicture picture = overviewPicture(densityOf(*trace, 100), stalls, rect, 1);
        QCOMPARE(picture.stalls.size(), std::size_t(2));
        QVERIFY(picture.stalls[0].right() < picture.stalls[1].left());
        for (const QRect &stall : picture.stalls)
            QVERIFY(rect.contains(stall));
    }

    void marksAreInTheirColumnsOnce()
    {
        const std::vector<Mark> marks = {{1, -1, "before"}, {2, 0, "first"}, {5, 9, "same"},
                                         {3, 55, "later"},  {4, 100, "end"}, {6, 101, "after"}};
        QCOMPARE(markColumns(marks, {0, 100}, 10), (std::vector<int>{0, 5, 9}));
        QCOMPARE(markColumns(marks, {0, 100}, 1), (std::vector<int>{0}));
        QVERIFY(markColumns({}, {0, 100}, 10).empty());
    }

    void nothingCountedIsNothingShown()
    {
        QVERIFY(overviewPicture({}, {}, QRect(0, 0, 100, 30), 1).bands.empty());
        const auto trace = test::articleTrace();
        QVERIFY(overviewPicture(densityOf(*trace, 10), {}, QRect(), 1).bands.empty());
    }

    // Three of four threads are busy at most, from 30 ms on: they fill the 40 pixels. At 10 ms two are, at 85 ms none.
    void threadsOfOthersFillTheirShare_data()
    {
        QTest::addColumn<int>("pixelsAColumn");
        QTest::newRow("a pixel a column") << 1;
        QTest::newRow("stretched") << 3;
    }

    void threadsOfOthersFillTheirShare()
    {
        QFETCH(int, pixelsAColumn);
        const auto trace = test::importedTrace();
        const QRect rect(0, 0, 100 * pixelsAColumn, 43);
        const OverviewPicture picture = overviewPicture(densityOf(*trace, 100), {}, rect, 1, overviewHeight(*trace));
        QCOMPARE(picture.fullLanes, std::size_t(3));
        const QImage image = painted(picture);
        QCOMPARE(slicePixels(image, 10 * pixelsAColumn), 26);
        QCOMPARE(slicePixels(image, 35 * pixelsAColumn), 40);
        QCOMPARE(slicePixels(image, 65 * pixelsAColumn), 13);
        QCOMPARE(slicePixels(image, 85 * pixelsAColumn), 0);
    }

    // "tokenize" lies in "parse", and that in "navigate"; "request" is another thread's.
    void theInnermostSlicesGiveTheColours()
    {
        const auto trace = test::importedTrace();
        const OverviewPicture picture = overviewPicture(densityOf(*trace, 100), {}, QRect(0, 0, 100, 43), 1, overviewHeight(*trace));
        const QImage image = painted(picture);
        QVERIFY(colourOf("tokenize") != colourOf("request") && colourOf("navigate") != colourOf("request"));
        QCOMPARE(pixelsOf(image, 10, colourOf("tokenize")), 13);
        QCOMPARE(pixelsOf(image, 10, colourOf("request")), 13);
        QCOMPARE(pixelsOf(image, 3, colourOf("navigate")), 13);
        QCOMPARE(pixelsOf(image, 65, colourOf("idle")), 13);
    }

    void aThreadThatIsHardlyBusyIsStillSeen()
    {
        Trace trace(TraceOrigin::Import);
        const LaneId thread = test::addImported(trace, LaneKind::Thread, "thread", noLane);
        trace.enter(thread, 50 * ms, State::Slice, trace.internSite("short", "", "", 0), noEvent);
        trace.leave(thread, 50 * ms + 100);
        for (int i = 0; i < 63; ++i)
            test::addThread(trace, "busy", noLane, "work 90 100");
        const OverviewPicture picture = overviewPicture(densityOf(trace, 100), {}, QRect(0, 0, 100, 43), 2, overviewHeight(trace));
        QCOMPARE(picture.fullLanes, std::size_t(63));
        const QImage image = painted(picture);
        QCOMPARE(pixelsOf(image, 50, colourOf("short")), 2);
        QCOMPARE(slicePixels(image, 95), 37);
        QCOMPARE(slicePixels(image, 49), 0);
    }

    void outlinesCoverWhatTheStepsCover()
    {
        const auto trace = test::syntheticImport({2'000, 5, 0});
        const OverviewPicture picture = overviewPicture(densityOf(*trace, 150), {}, QRect(7, 3, 300, 43), 1, overviewHeight(*trace));
        QVERIFY(picture.bands.size() > 6);
        QCOMPARE(painted(picture, true), painted(picture));
        for (const OverviewBand &band : picture.bands) {
            QCOMPARE(band.steps.front().left(), 7);
            QCOMPARE(band.steps.back().right(), 306);
            for (std::size_t i = 1; i < band.steps.size(); ++i)
                QCOMPARE(band.steps[i].left(), band.steps[i - 1].right() + 1);
        }
    }

    void statesAndSlicesShareAnImport()
    {
        Trace trace(TraceOrigin::Import);
        const LaneId thread = test::addImported(trace, LaneKind::Thread, "coroutine", noLane);
        trace.enter(thread, 0, State::Blocking, 0, noLane);
        trace.enter(thread, 1 * ms, State::Slice, trace.internSite("work", "", "", 0), noEvent);
        trace.leave(thread, 100 * ms);
        const OverviewPicture picture = overviewPicture(densityOf(trace, 1), {}, QRect(0, 0, 1, 43), 1, overviewHeight(trace));
        const QImage image = painted(picture);
        QCOMPARE(pixelsOf(image, 0, State::Blocking), 2);
        QCOMPARE(pixelsOf(image, 0, colourOf("work")), 38);
    }

    void anImportWithoutSlicesIsEmpty()
    {
        Trace trace(TraceOrigin::Import);
        test::addImported(trace, LaneKind::Thread, "thread", noLane);
        trace.advanceTo(100 * ms);
        const OverviewPicture picture = overviewPicture(densityOf(trace, 10), {}, QRect(0, 0, 10, 43), 1, overviewHeight(trace));
        QVERIFY(picture.bands.empty());
        QCOMPARE(picture.fullLanes, std::size_t(0));
    }
};

QTEST_MAIN(OverviewTest)
#include "overview_test.moc"
