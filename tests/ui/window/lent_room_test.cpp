#include "ui/window/lent_room.h"

#include <QSplitter>
#include <QTest>

#include <memory>

using namespace loopscope;

namespace {

constexpr int least = 100;

/// A splitter with two widgets one above the other, as tall as asked, on the screen.
struct Shown {
    Shown()
    {
        for (int i = 0; i < 2; ++i) {
            auto *widget = new QWidget;
            widget->setMinimumHeight(50);
            splitter.addWidget(widget);
            splitter.setStretchFactor(i, i == 0 ? 3 : 2);
        }
        splitter.setHandleWidth(1);
        splitter.setChildrenCollapsible(false);
        splitter.resize(200, 901);
        splitter.show();
        splitter.setSizes({600, 300});
    }

    QSplitter splitter{Qt::Vertical};
    LentRoom room{splitter};
};

} // namespace

class LentRoomTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lendsAndGetsBack()
    {
        Shown shown;
        shown.room.lend(120, least);
        QCOMPARE(shown.splitter.sizes(), (QList<int>{720, 180}));
        shown.room.lend(150, least);
        QCOMPARE(shown.splitter.sizes(), (QList<int>{750, 150}));
        shown.room.lend(0, least);
        QCOMPARE(shown.splitter.sizes(), (QList<int>{600, 300}));
    }

    void theLenderKeepsItsLeast()
    {
        Shown shown;
        shown.room.lend(500, least);
        QCOMPARE(shown.splitter.sizes(), (QList<int>{800, 100}));
        shown.splitter.setSizes({830, 70});
        shown.room.lend(0, least);
        shown.splitter.setSizes({830, 70});
        shown.room.lend(500, least);
        QCOMPARE(shown.splitter.sizes(), (QList<int>{830, 70}));
    }

    void whatIsResizedMeanwhileComesBack()
    {
        Shown shown;
        shown.room.lend(150, least);
        for (const int height : {501, 201, 901}) {
            shown.splitter.resize(200, height);
            shown.room.lend(150, least);
        }
        QCOMPARE(shown.splitter.sizes(), (QList<int>{750, 150}));
        shown.room.lend(0, least);
        QCOMPARE(shown.splitter.sizes(), (QList<int>{600, 300}));
    }

    void whatIsHiddenMeanwhileComesBack()
    {
        Shown shown;
        shown.room.lend(150, least);
        shown.room.giveBack();
        shown.splitter.widget(1)->hide();
        shown.room.lend(0, least);
        shown.splitter.widget(1)->show();
        shown.room.lend(150, least);
        QCOMPARE(shown.splitter.sizes(), (QList<int>{750, 150}));
        shown.room.lend(0, least);
        QCOMPARE(shown.splitter.sizes(), (QList<int>{600, 300}));
    }

    void aPersonChooses()
    {
        Shown shown;
        shown.room.lend(150, least);
        Q_EMIT shown.splitter.splitterMoved(750, 1); // as a drag of the handle does
        shown.splitter.setSizes({500, 400});
        shown.room.lend(150, least);
        QCOMPARE(shown.splitter.sizes(), (QList<int>{500, 400}));
        shown.room.lend(0, least);
        QCOMPARE(shown.splitter.sizes(), (QList<int>{500, 400}));
        shown.room.lend(150, least); // another time
        QCOMPARE(shown.splitter.sizes(), (QList<int>{650, 250}));
    }

    void isSavedAsItWas()
    {
        Shown shown;
        const QByteArray before = shown.splitter.saveState();
        QCOMPARE(shown.room.savedState(), before);
        shown.room.lend(150, least);
        QCOMPARE(shown.room.savedState(), before);
        QCOMPARE(shown.splitter.sizes(), (QList<int>{750, 150}));
    }

    // Its height is 0 while it is hidden, and would be kept.
    void whatIsHiddenIsSavedAsItWas()
    {
        Shown shown;
        shown.splitter.widget(1)->hide();
        (void)shown.room.savedState();
        shown.splitter.widget(1)->show();
        QCOMPARE(shown.splitter.sizes(), (QList<int>{600, 300}));
    }
};

QTEST_MAIN(LentRoomTest)
#include "lent_room_test.moc"
