#include "ui/timeline/label_painter.h"
#include "ui/timeline/span_texture.h"

#include <QFont>
#include <QFontMetrics>
#include <QImage>
#include <QPainter>
#include <QTest>

#include <span>
#include <vector>

using namespace loopscope;

namespace {

QFont font()
{
    QFont font;
    font.setPixelSize(12);
    return font;
}

LabelPicture labelOn(SpanColour colour, const QString &text, int height = 18, int left = 20)
{
    const QRect span(left, 10, 200, height);
    const int baseline = span.top() + height / 2 + QFontMetrics(font()).capHeight() / 2;
    return {span, colour, {QPoint(span.left() + 5, baseline), text}, QFontMetrics(font()).horizontalAdvance(text)};
}

// A span without its texture.
QImage canvas(const LabelPicture &label, const Theme &theme)
{
    QImage image(400, 60, QImage::Format_RGB32);
    image.fill(Qt::white);
    Pixels(image, {}).fill(label.span, theme.of(label.colour).rgb());
    return image;
}

QImage painted(const LabelPainter &labels, const LabelPicture &label, const Theme &theme)
{
    QImage image = canvas(label, theme);
    QPainter painter(&image);
    labels.paint(painter, *pixelsUnder(painter), std::span(&label, 1));
    return image;
}

// By its glyphs.
QImage written(const LabelPicture &label, const Theme &theme)
{
    QImage image = canvas(label, theme);
    QPainter painter(&image);
    TextPainter(font(), Medium::Raster).draw(painter, label.text, theme.textOn(label.colour.state));
    return image;
}

} // namespace

class LabelPainterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsKeptLooksAsWhatIsWritten_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("a length") << QStringLiteral("12.4\u202Fms");
        QTest::newRow("a worker and a job") << QStringLiteral("#2 read file.txt");
        QTest::newRow("letters with tails") << QStringLiteral("jgpqy (f)");
        QTest::newRow("from right to left") << QStringLiteral("\u05E9\u05DC\u05D5\u05DD abc");
    }
    void whatIsKeptLooksAsWhatIsWritten()
    {
        QFETCH(const QString, text);
        for (const Theme &theme : {Theme::light(), Theme::dark()}) {
            const LabelPainter labels(theme, font(), 1, Medium::Raster);
            std::vector<SpanColour> colours(taskStates.begin(), taskStates.end());
            colours.insert(colours.end(), {SpanColour(SliceHue(3)), SpanColour(SliceHue(7))});
            for (const SpanColour &colour : colours) {
                for (const int left : {20, 33}) {
                    const LabelPicture label = labelOn(colour, text, 18, left);
                    QVERIFY(written(label, theme) != canvas(label, theme));
                    QCOMPARE(painted(labels, label, theme), written(label, theme));
                    QCOMPARE(painted(labels, label, theme), written(label, theme)); // from what was kept
                }
            }
        }
    }

    // Letters are not cut off at the edge of the plate.
    void whatIsTallerThanItsPlateIsWhole()
    {
        const Theme theme = Theme::light();
        const LabelPainter labels(theme, font(), 1, Medium::Raster);
        const LabelPicture label = labelOn(State::Running, QStringLiteral("jÄg"), 9);
        QCOMPARE(painted(labels, label, theme), written(label, theme));
        QCOMPARE(painted(labels, label, theme), written(label, theme));
    }

    // Spans of other rows, or of another density.
    void plateOfAnotherSizeIsDrawnAnew()
    {
        const Theme theme = Theme::light();
        const LabelPainter labels(theme, font(), 1, Medium::Raster);
        for (const int height : {18, 24, 18}) {
            const LabelPicture label = labelOn(State::Running, QStringLiteral("12.4 ms"), height);
            QCOMPARE(painted(labels, label, theme), written(label, theme));
        }
    }

    // One of a sparse run, which is half as high, says nothing of the others.
    void aTextThatDoesNotFitALowPlateFitsAHighOne()
    {
        const Theme theme = Theme::light();
        const LabelPainter labels(theme, font(), 1, Medium::Raster);
        for (const int height : {9, 18, 9, 18}) {
            const LabelPicture label = labelOn(State::Running, QStringLiteral("jÄg"), height);
            QCOMPARE(painted(labels, label, theme), written(label, theme));
        }
    }

    void anImageLargerThanAllThatAreKeptIsDrawn()
    {
        const Theme theme = Theme::light();
        const LabelPainter labels(theme, font(), 1, Medium::Raster);
        const QString text(2'000, QLatin1Char('x'));
        LabelPicture label = labelOn(State::Running, text, 600);
        label.span.setWidth(label.width + 20);
        QImage image(label.span.right() + 20, label.span.bottom() + 20, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        labels.paint(painter, *pixelsUnder(painter), std::span(&label, 1));
        painter.end();
        QCOMPARE(image.pixel(label.span.topLeft() + QPoint(3, 3)), theme.state(State::Running).rgb());
        QCOMPARE(image.pixel(label.span.topLeft() + QPoint(1, 1)), QColor(Qt::white).rgb()); // beside its plate
    }

    void aTextureEndsAtTheTextOfItsSpan()
    {
        const Theme theme = Theme::light();
        const LabelPainter labels(theme, font(), 1, Medium::Raster);
        const LabelPicture label = labelOn(State::Blocking, QStringLiteral("time.sleep"));
        QVERIFY(isTextured(State::Blocking));
        QImage image = canvas(label, theme);
        const QRgb texture = qRgb(1, 2, 3);
        Pixels(image, {}).fill(label.span, texture);
        QPainter painter(&image);
        labels.paint(painter, *pixelsUnder(painter), std::span(&label, 1));
        painter.end();
        QCOMPARE(image.pixel(label.text.at - QPoint(2, 2)), theme.state(State::Blocking).rgb());
        QCOMPARE(image.pixel(label.span.topLeft() + QPoint(1, 1)), texture);
        QCOMPARE(image.pixel(label.span.bottomRight()), texture);
    }

    void moreThanAreKeptAreDrawn()
    {
        const Theme theme = Theme::light();
        const LabelPainter labels(theme, font(), 1, Medium::Raster);
        const LabelPicture first = labelOn(State::Ready, QStringLiteral("0"));
        for (int i = 0; i < 10'000; ++i)
            QVERIFY(painted(labels, labelOn(State::Ready, QStringLiteral("a rather long text %1").arg(i)), theme) != canvas(first, theme));
        QCOMPARE(painted(labels, first, theme), written(first, theme));
    }
};

QTEST_MAIN(LabelPainterTest)
#include "label_painter_test.moc"
