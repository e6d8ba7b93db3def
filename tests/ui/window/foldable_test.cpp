#include "ui/window/foldable.h"

#include <QTest>

using namespace loopscope;

class FoldableTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void foldsWhileRoomIsScarce();
    void comesBackWhenCalled();
    void staysHiddenWhenHidden();
    void forgetsTheCallWhenThereIsRoomAgain();
};

void FoldableTest::foldsWhileRoomIsScarce()
{
    Foldable panel;
    QVERIFY(panel.isShown());
    panel.setScarce(true);
    QVERIFY(!panel.isShown());
    QVERIFY(panel.isWanted());
    panel.setScarce(false);
    QVERIFY(panel.isShown());
}

void FoldableTest::comesBackWhenCalled()
{
    Foldable panel;
    panel.setScarce(true);
    panel.want(true);
    QVERIFY(panel.isShown());
    panel.setScarce(true);
    QVERIFY(panel.isShown());
}

void FoldableTest::staysHiddenWhenHidden()
{
    Foldable panel;
    panel.want(false);
    panel.setScarce(true);
    panel.setScarce(false);
    QVERIFY(!panel.isShown());
}

void FoldableTest::forgetsTheCallWhenThereIsRoomAgain()
{
    Foldable panel;
    panel.setScarce(true);
    panel.want(true);
    panel.setScarce(false);
    panel.setScarce(true);
    QVERIFY(!panel.isShown());
}

QTEST_GUILESS_MAIN(FoldableTest)
#include "foldable_test.moc"
