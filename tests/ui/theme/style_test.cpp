#include "ui/theme/style.h"

#include <QScrollBar>
#include <QTest>

using namespace loopscope;

class StyleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theThumbOfAScrollBarStandsOut_data()
    {
        QTest::addColumn<bool>("isDark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void theThumbOfAScrollBarStandsOut()
    {
        QFETCH(const bool, isDark);
        const Theme theme = isDark ? Theme::dark() : Theme::light();
        QScrollBar bar(Qt::Vertical);
        bar.setPalette(paletteOf(theme));
        bar.setStyleSheet(styleSheetOf(theme));
        bar.resize(bar.sizeHint().width(), 300);
        bar.setRange(0, 100);
        bar.setPageStep(100);
        bar.setValue(0); // the thumb is the upper half
        const QImage image = bar.grab().toImage();
        const int thumb = image.pixelColor(image.width() / 2, 75).lightness();
        const int track = image.pixelColor(image.width() / 2, 225).lightness();
        QVERIFY2((isDark ? thumb - track : track - thumb) > 50, qPrintable(QStringLiteral("%1 on %2").arg(thumb).arg(track)));
    }
};

QTEST_MAIN(StyleTest)
#include "style_test.moc"
