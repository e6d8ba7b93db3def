#include "ui/panels/link_button.h"

#include <QTest>

#include <algorithm>

using namespace loopscope;

class LinkButtonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // However its lines end: nothing is left out of what has room.
    void whatFitsInSixLinesIsWhole()
    {
        const QString words = QStringLiteral("ready without a stall for 12 ms in all, and no single callback is to blame for it");
        QWidget window;
        LinkButton link(&window);
        window.show(); // what is hidden is not told of its size
        link.setLink(words);
        const int whole = link.fontMetrics().horizontalAdvance(words);
        int wrapped = 0;
        for (int width = whole; width > 40; width -= 7) {
            link.resize(width, link.height());
            const int lines = link.height() / link.fontMetrics().lineSpacing();
            QVERIFY2(lines <= 6, qPrintable(QString::number(width)));
            if (lines < 6)
                QVERIFY2(link.toolTip().isEmpty(), qPrintable(QString::number(width)));
            wrapped = std::max(wrapped, lines);
        }
        QCOMPARE(wrapped, 6);
    }

    void ofMoreTheMiddleIsLeftOutAndInTheToolTip()
    {
        const QString words = QStringLiteral("one ") + QStringLiteral("word ").repeated(500) + QStringLiteral("last");
        QWidget window;
        LinkButton link(&window);
        window.show(); // what is hidden is not told of its size
        link.setLink(words);
        link.resize(200, 20);
        QVERIFY(link.toolTip().contains(words));
        QVERIFY(link.height() > 3 * link.fontMetrics().lineSpacing());
        QVERIFY(link.height() <= 7 * link.fontMetrics().lineSpacing());
        link.setLink(QStringLiteral("short"));
        QVERIFY(link.toolTip().isEmpty());
        QCOMPARE(link.height(), link.fontMetrics().height());
    }
};

QTEST_MAIN(LinkButtonTest)
#include "link_button_test.moc"
