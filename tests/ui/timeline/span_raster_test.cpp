#include "ui/timeline/span_raster.h"

#include <QImage>
#include <QPainter>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>

using namespace loopscope;

namespace {

constexpr QRgb ground = 0xFFFF00FF;

SpanPicture spanOf(const QRect &rect, State state)
{
    return {rect, state, 0, 1};
}

// So many spans of these widths, one after the other, with a gap of ground behind each.
std::vector<SpanPicture> spansOf(int count, int width, int gap)
{
    std::vector<SpanPicture> spans;
    for (int i = 0; i < count; ++i)
        spans.push_back(spanOf(QRect(10 + i * (width + gap), 5, width, 18), taskStates[static_cast<std::size_t>(i) % taskStates.size()]));
    return spans;
}

QImage canvas()
{
    QImage image(800, 40, QImage::Format_RGB32);
    image.fill(ground);
    return image;
}

} // namespace

class SpanRasterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void manyArePaintedAsEachIs_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("gap");
        QTest::addColumn<int>("sparse"); // every so many-th, half as high
        QTest::addColumn<int>("height");
        QTest::addColumn<double>("scale");
        QTest::newRow("one after the other") << 1 << 0 << 0 << 18 << 1.0;
        QTest::newRow("with gaps") << 1 << 2 << 0 << 18 << 1.0;
        QTest::newRow("three wide") << 3 << 1 << 0 << 18 << 1.0;
        QTest::newRow("too wide to be narrow") << 4 << 1 << 0 << 18 << 1.0;
        QTest::newRow("some of them sparse") << 1 << 0 << 3 << 18 << 1.0;
        QTest::newRow("all of them sparse") << 1 << 0 << 1 << 18 << 1.0;
        QTest::newRow("some of them sparse, no higher than the rail") << 1 << 0 << 3 << 8 << 1.0;
        QTest::newRow("lower than the line") << 1 << 0 << 0 << 1 << 1.0;
        QTest::newRow("between the pixels of 1x and 2x") << 2 << 0 << 3 << 23 << 1.25;
        QTest::newRow("sparse ones lower than the rail at 1.25x") << 2 << 0 << 3 << 13 << 1.25;
        QTest::newRow("sparse ones lower than the rail at 1.75x") << 3 << 1 << 3 << 20 << 1.75;
        QTest::newRow("large") << 3 << 1 << 4 << 26 << 2.0;
    }
    void manyArePaintedAsEachIs()
    {
        QFETCH(const int, width);
        QFETCH(const int, gap);
        QFETCH(const int, sparse);
        QFETCH(const int, height);
        QFETCH(const double, scale);
        for (const Theme &theme : {Theme::light(), Theme::dark()}) {
            std::vector<SpanPicture> spans = spansOf(120, width, gap);
            for (SpanPicture &span : spans)
                span.rect.setHeight(height);
            for (std::size_t i = 0; sparse > 0 && i < spans.size(); i += static_cast<std::size_t>(sparse))
                spans[i].rect.adjust(0, height / 4, 0, -(height / 4));
            QImage together = canvas();
            const SpanRaster raster(theme, scale);
            raster.paint(Pixels(together, {}), spans);
            QImage oneByOne = canvas();
            for (const SpanPicture &span : spans)
                raster.paint(Pixels(oneByOne, {}), span.rect, span.colour());
            QCOMPARE(together, oneByOne);
            QVERIFY(together != canvas());
        }
    }

    void wideOnesAmongManyNarrowOnesArePainted()
    {
        std::vector<SpanPicture> spans = spansOf(85, 1, 0);
        spans.push_back(spanOf(QRect(100, 5, 60, 18), State::Ready));
        for (const SpanPicture &span : spansOf(30, 1, 0)) {
            spans.push_back(span);
            spans.back().rect.translate(200, 0);
        }
        QImage image = canvas();
        const SpanRaster raster(Theme::light(), 1);
        raster.paint(Pixels(image, {}), spans);
        QImage alone = canvas();
        raster.paint(Pixels(alone, {}), spans[85].rect, State::Ready);
        QCOMPARE(image.copy(spans[85].rect), alone.copy(spans[85].rect));
        QCOMPARE(image.pixel(97, 10), ground);
        QCOMPARE(image.pixel(180, 10), ground);
    }

    // What a face covers is not painted twice, and what it does not is.
    void onlyTheCornersOfASpanShowTheGround()
    {
        for (const double scale : {1.0, 1.25, 2.0, 3.0}) {
            const SpanRaster raster(Theme::light(), scale);
            const auto radius = static_cast<int>(std::ceil(2 * scale));
            for (const State state : {State::Running, State::Ready, State::Queued, State::InWorker, State::Blocking}) {
                for (int height = 1; height < 30; ++height) {
                    for (int width = 1; width < 40; ++width) {
                        const QRect rect(10, 5, width, height);
                        QImage image = canvas();
                        raster.paint(Pixels(image, {}), rect, state);
                        for (int y = rect.top(); y <= rect.bottom(); ++y) {
                            const bool isCorner = y < rect.top() + radius || y > rect.bottom() - radius;
                            const int inset = isCorner ? std::min(radius, width / 2) : 0;
                            for (int x = rect.left() + inset; x <= rect.right() - inset; ++x)
                                QVERIFY(image.pixel(x, y) != ground);
                        }
                    }
                }
            }
        }
    }

    // More pairs of a colour and a ground than are kept.
    void cornersAreThoseOfTheirGround()
    {
        const SpanRaster raster(Theme::light(), 2);
        const auto painted = [](const SpanRaster &by, QRgb color, State state) {
            QImage image(60, 30, QImage::Format_RGB32);
            image.fill(color);
            by.paint(Pixels(image, {}), QRect(5, 5, 40, 18), state);
            return image;
        };
        for (int round = 0; round < 2; ++round) {
            for (int i = 0; i < 100; ++i) {
                const QRgb color = qRgb(i, 255 - i, i * 2);
                for (const State state : {State::Running, State::InWorker})
                    QCOMPARE(painted(raster, color, state), painted(SpanRaster(Theme::light(), 2), color, state));
            }
        }
    }

    // A line of time, or the veil of what is selected.
    void cornersBlendWithWhatIsUnderEachPixel()
    {
        const SpanRaster raster(Theme::light(), 3);
        const QRect rect(10, 5, 60, 30);
        const auto paintedOn = [&](const std::function<QRgb(int, int)> &colorAt) {
            QImage image(100, 40, QImage::Format_RGB32);
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x)
                    image.setPixel(x, y, colorAt(x, y));
            }
            raster.paint(Pixels(image, {}), rect, State::Running);
            return image;
        };
        const QImage onWhite = paintedOn([](int, int) { return qRgb(255, 255, 255); });
        const QImage onBlack = paintedOn([](int, int) { return qRgb(0, 0, 0); });
        const auto isWhite = [](int x, int y) { return (x + y) % 2 == 0; };
        const QImage onBoth = paintedOn([&](int x, int y) { return isWhite(x, y) ? qRgb(255, 255, 255) : qRgb(0, 0, 0); });
        for (int y = rect.top(); y <= rect.bottom(); ++y) {
            for (int x = rect.left(); x <= rect.right(); ++x)
                QCOMPARE(onBoth.pixel(x, y), (isWhite(x, y) ? onWhite : onBlack).pixel(x, y));
        }
    }

    void groundThatIsTransparentStaysSo()
    {
        QImage image(200, 30, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        const QRect rect(10, 5, 60, 18);
        SpanRaster(Theme::light(), 2).paint(Pixels(image, {}), rect, State::Running);
        QCOMPARE(image.pixel(9, 10), QRgb(0));
        QCOMPARE(image.pixel(40, 10), Theme::light().state(State::Running).rgb());
        const int corner = qAlpha(image.pixel(rect.topLeft()));
        QVERIFY(corner < 255); // rounded
        for (const QPoint other : {rect.topRight(), rect.bottomLeft(), rect.bottomRight()})
            QCOMPARE(qAlpha(image.pixel(other)), corner);
    }

    void plainOnesAreAreasOfOneColour()
    {
        QImage image = canvas();
        const QRect rect(10, 5, 60, 18);
        SpanRaster(Theme::light(), 1, SpanShapes::Detail::Plain).paint(Pixels(image, {}), rect, State::Blocking);
        QImage expected = canvas();
        Pixels(expected, {}).fill(rect, Theme::light().state(State::Blocking).rgb());
        QCOMPARE(image, expected);
    }

    // Else it would swim while one pans.
    void aTextureKeepsItsPlaceWhenASpanMoves()
    {
        const SpanRaster raster(Theme::light(), 1);
        QImage here = canvas();
        raster.paint(Pixels(here, {}), QRect(10, 5, 90, 18), State::Queued);
        QImage there = canvas();
        raster.paint(Pixels(there, {}), QRect(23, 5, 90, 18), State::Queued);
        const QRect both(40, 8, 40, 12);
        QCOMPARE(here.copy(both), there.copy(both));
    }

    void whatIsWiderThanAKeptTextureIsCoveredToo()
    {
        QImage image(3'000, 30, QImage::Format_RGB32);
        image.fill(ground);
        const QRect rect(3, 5, 2'900, 18);
        SpanRaster(Theme::light(), 1).paint(Pixels(image, {}), rect, State::Blocking);
        for (int x = rect.left() + 2; x <= rect.right() - 2; ++x)
            QVERIFY(image.pixel(x, 12) != ground);
        QCOMPARE(image.pixel(rect.right() + 1, 12), ground);
    }
};

QTEST_GUILESS_MAIN(SpanRasterTest)
#include "span_raster_test.moc"
