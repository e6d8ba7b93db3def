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
    StateDensity density(trace, trace.extent(), columns);
    density.advance(trace, SIZE_MAX);
    return density;
}

// What a picture shows, each band in a gray of its own: 1 + its state.
QImage painted(const OverviewPicture &picture)
{
    QImage image(picture.rect.size(), QImage::Format_Grayscale8);
    image.fill(0);
    QPainter painter(&image);
    painter.translate(-picture.rect.topLeft());
    painter.setPen(Qt::NoPen);
    for (const OverviewBand &band : picture.bands) {
        const int gray = 1 + static_cast<int>(band.state);
        painter.setBrush(QColor(gray, gray, gray));
        painter.drawPolygon(band.outline);
    }
    return image;
}

int pixelsOf(const QImage &image, int x, State state)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        count += image.pixelColor(x, y).red() == 1 + static_cast<int>(state) ? 1 : 0;
    return count;
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

    // Two of four threads are busy at 10 ms, with what is nested counted once; none is at 85 ms.
    void threadsOfOthersFillTheirShare()
    {
        const auto trace = test::importedTrace();
        QCOMPARE(overviewLanes(*trace), std::size_t(4));
        QCOMPARE(overviewLanes(*test::articleTrace()), std::size_t(0));
        const OverviewPicture picture = overviewPicture(densityOf(*trace, 100), {}, QRect(0, 0, 100, 43), 1, overviewLanes(*trace));
        const QImage image = painted(picture);
        QCOMPARE(pixelsOf(image, 10, State::Slice), 20);
        QCOMPARE(pixelsOf(image, 65, State::Slice), 10);
        QCOMPARE(pixelsOf(image, 85, State::Slice), 0);
    }
};

QTEST_MAIN(OverviewTest)
#include "overview_test.moc"
