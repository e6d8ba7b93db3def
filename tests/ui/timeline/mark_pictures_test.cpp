#include "ui/timeline/mark_pictures.h"

#include "tests/support/sample_trace.h"
#include "ui/timeline/frame.h"
#include "ui/timeline/viewport.h"

#include <QTest>

using namespace loopscope;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

int sevenACharacter(const QString &text)
{
    return static_cast<int>(text.size()) * 7;
}

TimelineMetrics plainMetrics()
{
    TimelineMetrics metrics;
    metrics.bodyWidth = metrics.strongWidth = metrics.smallWidth = sevenACharacter;
    metrics.nameWidth = 200;
    return metrics;
}

} // namespace

class MarkPicturesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void standWhereTheirInstantIs()
    {
        Marks marks;
        marks.add(250 * ms);
        const auto pictures = markPictures(marks.all(), {{0, 1000 * ms}, 800}, plainMetrics(), 1000);
        QCOMPARE(pictures.size(), std::size_t(1));
        QCOMPARE(pictures.front().x, 200 + 200);
        QCOMPARE(pictures.front().plate.left(), 400);
        QCOMPARE(pictures.front().label.text, QStringLiteral("Mark 1"));
    }

    void keepTheirPlaceWhileZooming()
    {
        Marks marks;
        marks.add(333'333'337);
        Viewport viewport;
        viewport.setExtent({0, 1000 * ms}, false);
        for (int i = 0; i < 60; ++i) {
            const TimeScale scale{viewport.range(), 801};
            const auto pictures = markPictures(marks.all(), scale, plainMetrics(), 1001);
            QCOMPARE(pictures.size(), std::size_t(1));
            QCOMPARE(pictures.front().x, 200 + columnOfTime(scale, 333'333'337));
            viewport.zoomAt(333'333'337, 1.25);
        }
    }

    void outOfSightThereAreNone()
    {
        Marks marks;
        for (const Nanoseconds at : {99 * ms, 100 * ms, 199 * ms, 200 * ms})
            marks.add(at);
        const auto pictures = markPictures(marks.all(), {{100 * ms, 200 * ms}, 800}, plainMetrics(), 1000);
        QCOMPARE(pictures.size(), std::size_t(2));
        QCOMPARE(pictures.front().x, 200);
        QVERIFY(pictures.back().plate.right() < 1000);
    }

    void noneCoversAnother()
    {
        Marks marks;
        for (int i = 0; i < 300; ++i)
            marks.add(i * i * 10'000);
        for (const Nanoseconds length : {1 * ms, 30 * ms, 900 * ms, 90'000 * ms}) {
            const auto pictures = markPictures(marks.all(), {{0, length}, 800}, plainMetrics(), 1000);
            for (std::size_t i = 0; i < pictures.size(); ++i) {
                const MarkPicture &mark = pictures[i];
                QVERIFY(mark.plate.width() >= 1);
                QVERIFY(mark.plate.right() < 1000);
                if (!mark.label.text.isEmpty())
                    QVERIFY(mark.label.at.x() + sevenACharacter(mark.label.text) <= mark.plate.right() + 1);
                if (i + 1 < pictures.size() && pictures[i + 1].x > mark.x)
                    QVERIFY(mark.plate.right() < pictures[i + 1].x);
            }
        }
    }

    void theRulerHasNoTextUnderThem()
    {
        const auto trace = test::articleTrace();
        const TimelineMetrics metrics = plainMetrics();
        const LaneLayout layout(*trace, metrics.rows, {});
        Marks marks;
        for (int i = 0; i < 6; ++i)
            marks.add(i * 1000 * ms);
        FrameRequest request{*trace, layout, metrics, {1000, 400}, {-50 * ms, 5900 * ms}};
        const auto labelsOf = [](const TimelineFrame &frame) {
            return std::ranges::count_if(frame.ticks, [](const TickPicture &tick) { return !tick.label.text.isEmpty(); });
        };
        const auto before = labelsOf(buildFrame(request));
        request.marks = marks.all();
        const TimelineFrame frame = buildFrame(request);
        QVERIFY(labelsOf(frame) < before);
        for (const TickPicture &tick : frame.ticks) {
            const int left = tick.label.at.x();
            QVERIFY(tick.label.text.isEmpty() || !isUnderMark(frame.marks, left, left + sevenACharacter(tick.label.text)));
        }
    }

    void areFoundAtTheirPlates()
    {
        Marks marks;
        const MarkId id = marks.add(500 * ms);
        const auto pictures = markPictures(marks.all(), {{0, 1000 * ms}, 800}, plainMetrics(), 1000);
        QCOMPARE(markAt(pictures, pictures.front().plate.center())->mark, id);
        QCOMPARE(markAt(pictures, {300, 5}), nullptr);
    }

    void foundLanesAreMarked()
    {
        const auto trace = test::articleTrace();
        const TimelineMetrics metrics = plainMetrics();
        const LaneLayout layout(*trace, metrics.rows, {});
        FrameRequest request{*trace, layout, metrics, {1000, 600}, {-50 * ms, 5900 * ms}};
        const LaneId found = trace->tasks()[1];
        request.isMatch = [found](LaneId lane) { return lane == found; };
        for (const LanePicture &lane : buildFrame(request).lanes) {
            QCOMPARE(!lane.matchPlate.isEmpty(), lane.lane == found);
            if (lane.lane == found) {
                QVERIFY(lane.rect.contains(lane.matchPlate));
                QVERIFY(lane.matchPlate.left() < lane.name.at.x());
                QVERIFY(lane.matchPlate.right() >= lane.name.at.x() + sevenACharacter(lane.name.text));
            }
        }
    }
};

QTEST_GUILESS_MAIN(MarkPicturesTest)
#include "mark_pictures_test.moc"
