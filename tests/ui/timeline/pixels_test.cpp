#include "ui/timeline/pixels.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QPixmap>
#include <QTest>
#include <QWidget>

#include <functional>

using namespace loopscope;

namespace {

constexpr QRgb ground = 0xFFFF00FF;
constexpr QRgb ink = 0xFF00FF00;

QImage canvas(QImage::Format format = QImage::Format_RGB32)
{
    QImage image(60, 40, format);
    image.fill(ground);
    return image;
}

class Canvas : public QWidget {
public:
    using QWidget::QWidget;
    std::function<void(QPainter &)> onPaint;

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        QPainter painter(this);
        onPaint(painter);
    }
};

} // namespace

class PixelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fillingIsWhatAPainterDoes()
    {
        for (const QSize size : {QSize(1, 1), QSize(3, 10), QSize(7, 1), QSize(8, 2), QSize(40, 20)}) {
            const QRect rect(QPoint(4, 6), size);
            QImage expected = canvas();
            QPainter(&expected).fillRect(rect, QColor::fromRgb(ink));
            QImage actual = canvas();
            Pixels(actual, QPoint(0, 0)).fill(rect, ink);
            QCOMPARE(actual, expected);
        }
    }

    void copyingIsWhatAPainterDoes()
    {
        QImage stamp(7, 5, QImage::Format_RGB32);
        for (int i = 0; i < 35; ++i)
            stamp.setPixel(i % 7, i / 7, qRgb(i, 2 * i, 3 * i));
        QImage expected = canvas();
        QPainter(&expected).drawImage(QPoint(4, 6), stamp);
        QImage actual = canvas();
        Pixels(actual, QPoint(100, 200)).copy(QPoint(104, 206), stamp);
        QCOMPARE(actual, expected);
        Pixels(actual, QPoint(0, 0)).copy(QPoint(53, 35), stamp); // to the last pixel
        QCOMPARE(actual.pixel(59, 39), stamp.pixel(6, 4));
    }

    void placesCountFromTheOrigin()
    {
        QImage image = canvas();
        Pixels pixels(image, QPoint(100, 200));
        pixels.fill(QRect(103, 202, 1, 1), ink);
        QCOMPARE(image.pixel(3, 2), ink);
        pixels.moveTo(QPoint(0, 0));
        *pixels.at(5, 2) = ink;
        QCOMPARE(image.pixel(5, 2), ink);
        pixels.limitTo(QRect(10, 20, 30, 10));
        QCOMPARE(pixels.area(), QRect(10, 20, 30, 10));
        *pixels.at(11, 20) = ink;
        QCOMPARE(image.pixel(11, 20), ink);
    }

    void thoseUnderAPainterAreWhereItDraws()
    {
        QImage image = canvas();
        QPainter painter(&image);
        painter.translate(10, 5);
        const std::optional<Pixels> pixels = pixelsUnder(painter);
        QVERIFY(pixels.has_value());
        QCOMPARE(pixels->area(), QRect(-10, -5, 60, 40));
        painter.fillRect(QRect(1, 1, 4, 4), Qt::black);
        pixels->fill(QRect(2, 2, 1, 1), ink);
        QCOMPARE(image.pixel(12, 7), ink);
        painter.fillRect(QRect(2, 2, 1, 1), Qt::black); // it goes on drawing on the same
        QCOMPARE(image.pixel(12, 7), QColor(Qt::black).rgb());
    }

    // The timeline counts device pixels.
    void aScaleThatIsUndoneIsNone()
    {
        QImage image = canvas();
        image.setDevicePixelRatio(1.25);
        QPainter painter(&image);
        QVERIFY(!pixelsUnder(painter));
        painter.scale(1 / 1.25, 1 / 1.25);
        const std::optional<Pixels> pixels = pixelsUnder(painter);
        QVERIFY(pixels.has_value());
        QCOMPARE(pixels->area(), QRect(0, 0, 60, 40));
    }

    void whereAPainterDoesMoreThereAreNone()
    {
        QImage image = canvas();
        {
            QPainter painter(&image);
            painter.translate(0.5, 0);
            QVERIFY(!pixelsUnder(painter));
            painter.resetTransform();
            painter.rotate(90);
            QVERIFY(!pixelsUnder(painter));
            painter.resetTransform();
            painter.setClipRect(QRect(0, 0, 60, 40));
            QVERIFY(!pixelsUnder(painter));
            painter.setClipping(false);
            QVERIFY(pixelsUnder(painter).has_value());
            painter.setOpacity(0.5);
            QVERIFY(!pixelsUnder(painter));
            painter.setOpacity(1);
            painter.setCompositionMode(QPainter::CompositionMode_Source);
            QVERIFY(!pixelsUnder(painter));
        }
        QImage grey = canvas(QImage::Format_Grayscale8);
        QPainter painterOfGrey(&grey);
        QVERIFY(!pixelsUnder(painterOfGrey));
    }

    void thoseOfAPixmapAreThoseOfItsImage()
    {
        QPixmap pixmap(60, 40);
        pixmap.fill(Qt::black);
        QPainter painter(&pixmap);
        const std::optional<Pixels> pixels = pixelsUnder(painter);
        QVERIFY(pixels.has_value());
        pixels->fill(QRect(2, 3, 1, 1), ink);
        painter.end();
        QCOMPARE(pixmap.toImage().pixel(2, 3), ink);
    }

    void whoTakesACopyMeanwhileKeepsIt()
    {
        QImage image = canvas();
        QPainter painter(&image);
        const QImage copy = image;
        const std::optional<Pixels> pixels = pixelsUnder(painter);
        QVERIFY(pixels.has_value());
        pixels->fill(QRect(0, 0, 1, 1), ink);
        QCOMPARE(copy.pixel(0, 0), ground);
        painter.end();
        QCOMPARE(image.pixel(0, 0), ink);
    }

    void ofAWidgetThereIsWhatIsToBePainted()
    {
        QWidget window;
        window.resize(300, 200);
        Canvas inner(&window);
        inner.setGeometry(20, 30, 100, 50);
        std::optional<QRect> area;
        inner.onPaint = [&area](QPainter &painter) {
            const std::optional<Pixels> pixels = pixelsUnder(painter);
            area = pixels ? std::optional(pixels->area()) : std::nullopt;
        };
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QTRY_COMPARE_WITH_TIMEOUT(area, QRect(0, 0, 100, 50), 10'000);
        inner.repaint(QRect(10, 0, 20, 50));
        QCOMPARE(area, QRect(10, 0, 20, 50));
        inner.repaint(QRegion(0, 0, 10, 10) + QRegion(50, 20, 10, 10));
        QVERIFY(!area.has_value());
    }
};

QTEST_MAIN(PixelsTest)
#include "pixels_test.moc"
