#include "tests/support/imported_sample.h"
#include "tests/support/sample_trace.h"
#include "ui/timeline/frame_painter.h"

#include <QFont>
#include <QImage>
#include <QPainter>
#include <QTest>

using namespace loopscope;

namespace {

constexpr QRgb unpainted = 0xFFFF00FF; // no colour of a theme

struct Painted {
    Painted(std::shared_ptr<const Trace> painted, Medium medium, int scroll = 0, double ofScale = 1)
        : trace(std::move(painted))
        , scale(ofScale)
        , fonts(timelineFonts(QFont(), scale, Density::Comfortable))
    {
        const TimelineMetrics metrics = timelineMetrics(fonts, scale, Density::Comfortable);
        const LaneLayout layout(*trace, metrics.rows, {});
        const QSize size(700, 300);
        frame = buildFrame({.trace = *trace,
                            .layout = layout,
                            .metrics = metrics,
                            .size = size,
                            .range = atLeastOneNanosecond(trace->extent()),
                            .scroll = std::min(scroll, std::max(0, layout.height() - size.height() + metrics.rulerHeight)),
                            .isMatch = [](LaneId lane) { return lane % 2 == 0; }});
        image = QImage(size, QImage::Format_RGB32);
        image.fill(unpainted);
        QPainter painter(&image);
        painterOf(medium).paint(painter, frame);
    }

    [[nodiscard]] FramePainter painterOf(Medium medium) const { return {Theme::light(), fonts, scale, medium}; }

    std::shared_ptr<const Trace> trace;
    double scale;
    TimelineFonts fonts;
    TimelineFrame frame;
    QImage image;
};

} // namespace

class FramePainterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void allOfTheAreaIsPainted_data()
    {
        QTest::addColumn<std::shared_ptr<const Trace>>("trace");
        QTest::addColumn<int>("scroll");
        const auto add = [](const char *name, std::shared_ptr<const Trace> trace, int scroll) {
            QTest::addRow("%s, scrolled by %d", name, scroll) << std::move(trace) << scroll;
        };
        add("nothing", std::make_shared<Trace>(), 0);
        for (const int scroll : {0, 1, 13, 40, 1'000}) {
            add("the article", test::articleTrace(), scroll);
            add("two lanes", test::largeTrace(2, 3), scroll);
            add("many lanes", test::largeTrace(500, 3), scroll);
            add("nested slices", test::importedTrace(), scroll);
        }
    }
    void allOfTheAreaIsPainted()
    {
        QFETCH(const std::shared_ptr<const Trace>, trace);
        QFETCH(const int, scroll);
        for (const Medium medium : {Medium::Raster, Medium::Vector}) {
            const QImage image = Painted(trace, medium, scroll).image;
            for (int y = 0; y < image.height(); ++y) {
                const auto *const row = reinterpret_cast<const QRgb *>(image.constScanLine(y));
                const auto hole = std::find(row, row + image.width(), unpainted);
                QVERIFY2(hole == row + image.width(), qPrintable(QStringLiteral("at %1, %2").arg(hole - row).arg(y)));
            }
        }
    }

    // Rows are written where they stand, or where something clips the picture, in an image of their own.
    void rowsAreTheSameWhereAPainterClips_data()
    {
        QTest::addColumn<std::shared_ptr<const Trace>>("trace");
        QTest::addColumn<double>("scale");
        const auto add = [](const char *name, const std::shared_ptr<const Trace> &trace) {
            for (const double scale : {1.0, 1.25, 2.0})
                QTest::addRow("%s at %.2fx", name, scale) << trace << scale;
        };
        add("the article", test::articleTrace());
        add("many lanes", test::largeTrace(60, 300));
        add("nested slices", test::importedTrace());
        add("slices and instants", test::syntheticImport({3'000, 5, 300}));
    }
    void rowsAreTheSameWhereAPainterClips()
    {
        QFETCH(const std::shared_ptr<const Trace>, trace);
        QFETCH(const double, scale);
        for (const int scroll : {0, 7, 30}) {
            const Painted direct(trace, Medium::Raster, scroll, scale);
            QImage clipped(direct.image.size(), QImage::Format_RGB32);
            clipped.fill(unpainted);
            QPainter painter(&clipped);
            painter.setClipRect(clipped.rect());
            direct.painterOf(Medium::Raster).paint(painter, direct.frame);
            painter.end();
            QCOMPARE(clipped, direct.image);
        }
    }

    void whatIsFoundIsUnderlinedInEveryRow()
    {
        for (const double scale : {1.0, 1.25, 2.0}) {
            const Painted painted(test::importedTrace(), Medium::Raster, 0, scale);
            int found = 0;
            for (const LanePicture &lane : painted.frame.lanes) {
                const QRect &plate = lane.matchPlate;
                if (plate.isEmpty() || plate.bottom() >= painted.image.height())
                    continue;
                ++found;
                QCOMPARE(painted.image.pixelColor(plate.left(), plate.bottom()), Theme::light().accent);
                QCOMPARE(painted.image.pixelColor(plate.right(), plate.bottom()), Theme::light().accent);
            }
            QVERIFY(found > 0);
        }
    }

    // Of many lanes the texts alone take long.
    void whatIsNoLongerWantedGetsNoTexts()
    {
        const auto trace = test::articleTrace();
        for (const Medium medium : {Medium::Raster, Medium::Vector}) {
            Painted given(trace, medium);
            const QRect &lane = given.frame.lanes.front().rect;
            const auto nameOf = [&given, &lane] {
                return given.image.copy(QRect(lane.topLeft(), QSize(given.frame.nameWidth, lane.height())));
            };
            const QImage complete = nameOf();
            QPainter painter(&given.image);
            given.painterOf(medium).paint(painter, given.frame, {{}, [asked = std::size_t(0), lanes = given.frame.lanes.size()]() mutable {
                                                                     return asked++ < lanes;
                                                                 }});
            painter.end();
            QVERIFY(nameOf() != complete);
        }
    }

    // How a file shows a lane of few spans is up to what all of the lanes have.
    void fewSpansKeepTheirTextureInACrowdedFile()
    {
        const Painted alone(test::articleTrace(), Medium::Vector);
        Painted crowded(test::articleTrace(), Medium::Vector);
        LanePicture dense;
        dense.rect = crowded.frame.lanes.front().rect;
        dense.spans.assign(200'000, SpanPicture{QRect(-50, dense.rect.top(), 1, 10)}); // beside the picture
        crowded.frame.lanes.insert(crowded.frame.lanes.begin(), std::move(dense));
        QCOMPARE(crowded.painterOf(Medium::Vector).fileDetail(crowded.frame).shapes, SpanShapes::Detail::Full);
        QVERIFY(!crowded.painterOf(Medium::Vector).fileDetail(crowded.frame).isFull());
        QPainter painter(&crowded.image);
        crowded.painterOf(Medium::Vector).paint(painter, crowded.frame);
        painter.end();
        QCOMPARE(crowded.image, alone.image);
    }

    void everyOtherLaneIsStriped()
    {
        for (const Medium medium : {Medium::Raster, Medium::Vector}) {
            const Painted painted(test::largeTrace(4, 3), medium);
            QVERIFY(std::ranges::count(painted.frame.lanes, true, &LanePicture::isStriped) > 1);
            QVERIFY(std::ranges::count(painted.frame.lanes, false, &LanePicture::isStriped) > 1);
            for (const LanePicture &lane : painted.frame.lanes) {
                const QColor ground = lane.isStriped ? Theme::light().stripe : Theme::light().canvas;
                QCOMPARE(painted.image.pixelColor(lane.rect.left() + 1, lane.rect.top() + 1), ground);
            }
        }
    }
};

QTEST_MAIN(FramePainterTest)
#include "frame_painter_test.moc"
