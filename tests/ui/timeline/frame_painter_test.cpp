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
    Painted(std::shared_ptr<const Trace> painted, Medium medium, int scroll = 0)
        : trace(std::move(painted))
    {
        const TimelineFonts fonts = timelineFonts(QFont(), 1, Density::Comfortable);
        const TimelineMetrics metrics = timelineMetrics(fonts, 1, Density::Comfortable);
        const LaneLayout layout(*trace, metrics.rows, {});
        const QSize size(700, 300);
        frame = buildFrame({.trace = *trace,
                            .layout = layout,
                            .metrics = metrics,
                            .size = size,
                            .range = atLeastOneNanosecond(trace->extent()),
                            .scroll = std::min(scroll, std::max(0, layout.height() - size.height() + metrics.rulerHeight))});
        image = QImage(size, QImage::Format_RGB32);
        image.fill(unpainted);
        QPainter painter(&image);
        FramePainter(Theme::light(), fonts, 1, medium).paint(painter, frame);
    }

    std::shared_ptr<const Trace> trace;
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

    // Rows are painted onto the picture itself, or where something clips it, in an image of their own.
    void rowsAreTheSameWhereAPainterClips()
    {
        for (const auto &trace :
             std::initializer_list<std::shared_ptr<const Trace>>{test::articleTrace(), test::largeTrace(60, 300), test::importedTrace()}) {
            const Painted direct(trace, Medium::Raster);
            QImage clipped(direct.image.size(), QImage::Format_RGB32);
            clipped.fill(unpainted);
            QPainter painter(&clipped);
            painter.setClipRect(clipped.rect());
            FramePainter(Theme::light(), timelineFonts(QFont(), 1, Density::Comfortable), 1, Medium::Raster).paint(painter, direct.frame);
            painter.end();
            QCOMPARE(clipped, direct.image);
        }
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
