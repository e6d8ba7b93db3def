#include "ui/timeline/narrow_spans.h"
#include "ui/timeline/span_painter.h"

#include <QImage>
#include <QPainter>
#include <QTest>

using namespace loopscope;

namespace {

constexpr QRgb ground = 0xFFFF00FF;

SpanPicture spanOf(const QRect &rect, State state)
{
    return {rect, state, 0, 1};
}

// So many spans of these widths, one after the other; each with a pixel of ground behind it where it has a gap.
std::vector<SpanPicture> spansOf(int count, int width, int gap)
{
    std::vector<SpanPicture> spans;
    for (int i = 0; i < count; ++i)
        spans.push_back(spanOf(QRect(10 + i * (width + gap), 5, width, 18), taskStates[static_cast<std::size_t>(i) % taskStates.size()]));
    return spans;
}

QImage canvas()
{
    QImage image(800, 30, QImage::Format_RGB32);
    image.fill(ground);
    return image;
}

} // namespace

class NarrowSpansTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onlyManyNarrowOnesAreDense()
    {
        const NarrowSpans narrow(Theme::light(), 1, 4);
        QVERIFY(!narrow.isDense({}));
        QVERIFY(!narrow.isDense(spansOf(10, 1, 0)));
        QVERIFY(narrow.isDense(spansOf(100, 1, 0)));
        QVERIFY(narrow.isDense(spansOf(100, 3, 0)));
        QVERIFY(!narrow.isDense(spansOf(100, 4, 0)));
        QVERIFY(NarrowSpans(Theme::light(), 2, 8).isDense(spansOf(100, 7, 0)));
    }

    void pixelsAreThoseOfRectangles_data()
    {
        QTest::addColumn<int>("gap");
        QTest::addColumn<int>("sparse"); // every so many-th, half as high
        QTest::addColumn<int>("height");
        QTest::newRow("one after the other") << 0 << 0 << 18;
        QTest::newRow("with gaps") << 2 << 0 << 18;
        QTest::newRow("some of them sparse") << 0 << 3 << 18;
        QTest::newRow("all of them sparse") << 0 << 1 << 18;
        QTest::newRow("some of them sparse, no higher than the rail") << 0 << 3 << 8;
    }
    void pixelsAreThoseOfRectangles()
    {
        QFETCH(const int, gap);
        QFETCH(const int, sparse);
        QFETCH(const int, height);
        for (const bool isDark : {false, true}) {
            const Theme theme = isDark ? Theme::dark() : Theme::light();
            std::vector<SpanPicture> spans = spansOf(120, 1, gap);
            for (SpanPicture &span : spans)
                span.rect.setHeight(height);
            for (std::size_t i = 0; sparse > 0 && i < spans.size(); i += static_cast<std::size_t>(sparse))
                spans[i].rect.adjust(0, height / 4, 0, -(height / 4));
            QImage asPixels = canvas();
            QPainter pixels(&asPixels);
            NarrowSpans(theme, 1, 4).paint(pixels, spans);
            pixels.end();
            QImage asRectangles = canvas();
            QPainter rectangles(&asRectangles);
            for (const SpanPicture &span : spans)
                SpanPainter(theme, 1, Medium::Raster).paintSpan(rectangles, span.rect, span.state);
            rectangles.end();
            for (const SpanPicture &span : spans) {
                // A texture of a pixel's width is no texture: its ground alone is painted.
                const bool isTextured = span.state == State::Ready || span.state == State::Queued || span.state == State::Blocking;
                for (int y = 0; y < asPixels.height(); ++y) {
                    const bool isInside = span.rect.top() <= y && y <= span.rect.bottom();
                    const QRgb expected = isTextured && isInside ? theme.state(span.state).rgb() : asRectangles.pixel(span.rect.left(), y);
                    QCOMPARE(asPixels.pixel(span.rect.left(), y), expected);
                }
            }
            QCOMPARE(asPixels.pixel(9, 10), ground);
            QCOMPARE(asPixels.pixel(spans.back().rect.right() + 1, 10), ground);
        }
    }

    void wideOnesAreLeftOut()
    {
        std::vector<SpanPicture> spans = spansOf(60, 1, 0);
        spans.insert(spans.begin() + 30, spanOf(QRect(300, 5, 40, 18), State::Running));
        spans.back().rect.moveLeft(400);
        QImage image = canvas();
        QPainter painter(&image);
        NarrowSpans(Theme::light(), 1, 4).paint(painter, spans);
        painter.end();
        QCOMPARE(image.pixel(310, 10), ground);
        QCOMPARE(image.pixel(400, 10), Theme::light().state(spans.back().state).rgb());
    }
};

QTEST_GUILESS_MAIN(NarrowSpansTest)
#include "narrow_spans_test.moc"
