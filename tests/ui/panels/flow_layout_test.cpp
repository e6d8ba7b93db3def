#include "ui/panels/flow_layout.h"

#include <QTest>
#include <QWidget>

using namespace loopscope;

namespace {

class Brick : public QWidget {
public:
    using QWidget::QWidget;
    [[nodiscard]] QSize sizeHint() const override { return {100, 20}; }
};

} // namespace

class FlowLayoutTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wrapsWhereItMust_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("lines");
        QTest::newRow("exactly one line") << 5 * 100 + 4 * 10 << 1;
        QTest::newRow("a pixel too few") << 5 * 100 + 4 * 10 - 1 << 2;
        QTest::newRow("two a line") << 210 << 3;
        QTest::newRow("narrower than one") << 40 << 5;
    }

    void wrapsWhereItMust()
    {
        QFETCH(int, width);
        QFETCH(int, lines);
        QWidget wall;
        auto *flow = new FlowLayout(10, 4, &wall);
        flow->setContentsMargins(0, 0, 0, 0);
        std::vector<Brick *> bricks;
        for (int i = 0; i < 5; ++i)
            flow->addWidget(bricks.emplace_back(new Brick));
        QCOMPARE(flow->heightForWidth(width), lines * 20 + (lines - 1) * 4);

        flow->setGeometry(QRect(0, 0, width, 200));
        QCOMPARE(bricks.back()->geometry().bottom() + 1, lines * 20 + (lines - 1) * 4);
        for (std::size_t i = 1; i < bricks.size(); ++i)
            QVERIFY(!bricks[i]->geometry().intersects(bricks[i - 1]->geometry()));
    }

    void lowWidgetsStandInTheMiddleOfTheirLine()
    {
        QWidget wall;
        auto *flow = new FlowLayout(10, 4, &wall);
        flow->setContentsMargins(0, 0, 0, 0);
        std::vector<Brick *> bricks;
        for (const int height : {12, 20, 16, 10}) {
            flow->addWidget(bricks.emplace_back(new Brick));
            bricks.back()->setFixedHeight(height);
        }
        flow->setGeometry(QRect(0, 0, 320, 100)); // three, and one below
        QCOMPARE(bricks[0]->y(), 4);
        QCOMPARE(bricks[1]->y(), 0);
        QCOMPARE(bricks[2]->y(), 2);
        QCOMPARE(bricks[3]->pos(), QPoint(0, 24));
    }

    void hiddenWidgetsTakeNoRoom()
    {
        QWidget wall;
        auto *flow = new FlowLayout(10, 4, &wall);
        flow->setContentsMargins(0, 0, 0, 0);
        auto *first = new Brick;
        auto *second = new Brick;
        flow->addWidget(first);
        flow->addWidget(second);
        first->hide();
        flow->setGeometry(QRect(0, 0, 300, 100));
        QCOMPARE(second->pos(), QPoint(0, 0));
    }
};

QTEST_MAIN(FlowLayoutTest)
#include "flow_layout_test.moc"
