#include "ui/timeline/text_painter.h"

#include <QImage>
#include <QPainter>
#include <QTest>

using namespace loopscope;

namespace {

QImage canvas()
{
    QImage image(400, 40, QImage::Format_RGB32);
    image.fill(Qt::white);
    return image;
}

QFont font()
{
    QFont font;
    font.setPixelSize(13);
    return font;
}

QImage painted(const TextPainter &texts, const PlacedText &text, const QColor &color = Qt::black)
{
    QImage image = canvas();
    QPainter painter(&image);
    texts.draw(painter, text, color);
    return image;
}

} // namespace

class TextPainterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void looksAsQtDrawsIt_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("a length") << QStringLiteral("12.4\u202Fms");
        QTest::newRow("a name") << QStringLiteral("AVATAR Wölfe fi.txt");
        QTest::newRow("elided") << QStringLiteral("read…chunk");
        QTest::newRow("from right to left") << QStringLiteral("\u05E9\u05DC\u05D5\u05DD abc");
        QTest::newRow("of two scripts") << QStringLiteral("a \u05E9\u05DC\u05D5\u05DD \u0416 z");
        QTest::newRow("empty") << QString();
    }
    void looksAsQtDrawsIt()
    {
        QFETCH(const QString, text);
        const TextPainter texts(font(), Medium::Raster);
        QImage expected = canvas();
        QPainter painter(&expected);
        painter.setFont(font());
        painter.setPen(Qt::black);
        painter.drawText(QPoint(20, 25), text);
        painter.end();
        QVERIFY(text.isEmpty() || expected != canvas());
        QCOMPARE(painted(texts, {QPoint(20, 25), text}), expected);
        QCOMPARE(painted(texts, {QPoint(20, 25), text}), expected); // from what was kept
    }

    void theColourAndThePlaceAreThoseOfEachCall()
    {
        const TextPainter texts(font(), Medium::Raster);
        const QImage black = painted(texts, {QPoint(20, 25), QStringLiteral("I")});
        const QImage moved = painted(texts, {QPoint(27, 25), QStringLiteral("I")});
        const QImage red = painted(texts, {QPoint(20, 25), QStringLiteral("I")}, Qt::red);
        QVERIFY(black != canvas());
        QCOMPARE(moved.copy(27, 0, 20, 40), black.copy(20, 0, 20, 40));
        QVERIFY(red != black && red != canvas());
    }

    void inkIsWhatIsDrawn()
    {
        const TextPainter texts(font(), Medium::Raster);
        for (const QString &text :
             {QStringLiteral("12.4\u202Fms"), QStringLiteral("jÄg/|"), QStringLiteral("\u05E9\u05DC\u05D5\u05DD"), QString()}) {
            const PlacedText placed{QPoint(20, 25), text};
            const QRect ink = texts.inkOf(placed);
            QImage image = painted(texts, placed);
            QVERIFY(text.isEmpty() || image != canvas());
            QPainter(&image).fillRect(ink, Qt::white);
            QCOMPARE(image, canvas());
            QVERIFY(ink.height() <= 2 * font().pixelSize());
        }
    }

    void moreTextsThanAreKeptAreDrawn()
    {
        const TextPainter texts(font(), Medium::Raster);
        const QImage first = painted(texts, {QPoint(20, 25), QStringLiteral("0")});
        for (int i = 1; i < 10'000; ++i)
            QVERIFY(painted(texts, {QPoint(20, 25), QString::number(i)}) != canvas());
        QCOMPARE(painted(texts, {QPoint(20, 25), QStringLiteral("0")}), first);
    }
};

QTEST_MAIN(TextPainterTest)
#include "text_painter_test.moc"
