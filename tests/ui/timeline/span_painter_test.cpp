#include "ui/timeline/span_painter.h"

#include <QImage>
#include <QPainter>
#include <QTest>

#include <cmath>
#include <cstdlib>
#include <set>

using namespace loopscope;

namespace {

constexpr QRgb ground = 0xFFFF00FF;

QImage painted(const QRect &rect, State state, double scale, Medium medium)
{
    QImage image(200, 80, QImage::Format_RGB32);
    image.fill(ground);
    QPainter painter(&image);
    SpanPainter(Theme::light(), scale, medium).paintSpan(painter, rect, state);
    return image;
}

std::set<QRgb> colorsIn(const QImage &image, const QRect &rect)
{
    std::set<QRgb> colors;
    for (int y = rect.top(); y <= rect.bottom(); ++y) {
        for (int x = rect.left(); x <= rect.right(); ++x)
            colors.insert(image.pixel(x, y));
    }
    return colors;
}

void addEveryWay()
{
    QTest::addColumn<double>("scale");
    QTest::addColumn<Medium>("medium");
    QTest::newRow("1x") << 1.0 << Medium::Raster;
    QTest::newRow("1.5x") << 1.5 << Medium::Raster;
    QTest::newRow("2x") << 2.0 << Medium::Raster;
    QTest::newRow("vector") << 1.0 << Medium::Vector;
}

} // namespace

class SpanPainterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLowestSpansAreDrawnToo_data() { addEveryWay(); }

    // On a card of many tasks a row is a pixel or two, and outlines take all of it.
    void theLowestSpansAreDrawnToo()
    {
        QFETCH(const double, scale);
        QFETCH(const Medium, medium);
        for (const State state : taskStates) {
            for (int height = 1; height <= 5; ++height) {
                const QRect rect(30, 20, 47, height);
                QVERIFY(colorsIn(painted(rect, state, scale, medium), rect) != std::set<QRgb>{ground});
            }
        }
    }

    // They are put together from pixels, for paths are slow.
    void barsAreRoundedAsPathsWouldBe()
    {
        for (const double scale : {1.0, 1.25, 2.0}) {
            const QRect rect(30, 20, 47, 36);
            QImage expected(200, 80, QImage::Format_RGB32);
            expected.fill(ground);
            QPainter painter(&expected);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(Qt::NoPen);
            painter.setBrush(Theme::light().state(State::Running));
            const auto radius = std::lround(2 * scale);
            painter.drawRoundedRect(rect, static_cast<double>(radius), static_cast<double>(radius));
            painter.end();
            const QImage actual = painted(rect, State::Running, scale, Medium::Raster);
            for (int y = 0; y < actual.height(); ++y) {
                for (int x = 0; x < actual.width(); ++x) {
                    const QColor a = actual.pixelColor(x, y);
                    const QColor b = expected.pixelColor(x, y);
                    // Rounding apart.
                    QVERIFY(std::abs(a.red() - b.red()) <= 2 && std::abs(a.green() - b.green()) <= 2 && std::abs(a.blue() - b.blue()) <= 2);
                }
            }
        }
    }

    void everyStateShowsItsColour_data() { addEveryWay(); }
    void everyStateShowsItsColour()
    {
        QFETCH(const double, scale);
        QFETCH(const Medium, medium);
        for (const State state : taskStates) {
            for (const int width : {1, 3, 20, 120}) {
                const QRect rect(30, 20, width, 36);
                const std::set<QRgb> colors = colorsIn(painted(rect, state, scale, medium), rect);
                QVERIFY2(colors.contains(Theme::light().state(state).rgb()), qPrintable(QString::fromUtf8(stateTitle(state).data())));
            }
        }
    }

    void nothingIsDrawnBesideTheSpan_data() { addEveryWay(); }
    void nothingIsDrawnBesideTheSpan()
    {
        QFETCH(const double, scale);
        QFETCH(const Medium, medium);
        for (const State state : taskStates) {
            for (const int width : {1, 2, 7, 8, 33, 120}) {
                const QRect rect(30, 20, width, 36);
                QImage image = painted(rect, state, scale, medium);
                QPainter(&image).fillRect(rect, QColor::fromRgb(ground));
                QCOMPARE(colorsIn(image, image.rect()), std::set<QRgb>{ground});
            }
        }
    }

    void texturesTellStatesApartWithoutColour()
    {
        const QRect rect(10, 10, 100, 18);
        for (const State state : {State::Ready, State::Queued, State::Blocking})
            QVERIFY(colorsIn(painted(rect, state, 1, Medium::Raster), rect.adjusted(4, 4, -4, -4)).size() > 1);
        for (const State state : {State::Running, State::InWorker})
            QCOMPARE(colorsIn(painted(rect, state, 1, Medium::Raster), rect.adjusted(4, 4, -4, -4)).size(), std::size_t(1));
        const QImage awaiting = painted(rect, State::Awaiting, 1, Medium::Raster);
        QCOMPARE(awaiting.pixel(50, 11), ground); // a thin line in the middle
        QVERIFY(awaiting.pixel(50, 19) != ground);
    }

    void capsDiffer()
    {
        std::set<QByteArray> signs;
        for (const Outcome outcome : {Outcome::Unfinished, Outcome::Done, Outcome::Cancelled, Outcome::Failed}) {
            QImage image(20, 20, QImage::Format_RGB32);
            image.fill(ground);
            QPainter painter(&image);
            SpanPainter(Theme::dark(), 1, Medium::Raster).paintCap(painter, {6, 6, 8, 8}, outcome);
            painter.end();
            signs.insert(QByteArray(reinterpret_cast<const char *>(image.constBits()), image.sizeInBytes()));
        }
        QCOMPARE(signs.size(), std::size_t(4));
    }
};

QTEST_MAIN(SpanPainterTest)
#include "span_painter_test.moc"
