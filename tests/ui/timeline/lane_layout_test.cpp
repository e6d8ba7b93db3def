#include "tests/support/imported_sample.h"
#include "tests/support/sample_trace.h"
#include "ui/timeline/lane_layout.h"

#include <QTest>

using namespace loopscope;

class LaneLayoutTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void groupsStandInOrder()
    {
        const auto trace = test::articleTrace();
        const LaneLayout layout(*trace, {22, 26}, {});
        QCOMPARE(layout.height(), 3 * 22 + (1 + 8 + 3) * 26);
        QCOMPARE(layout.pinnedHeight(), 22 + 26);
        QCOMPARE(layout.rowAt(0), (LayoutRow{LaneGroup::Loop, noLane, 0, 0, 22, {}}));
        QCOMPARE(layout.rowAt(22), (LayoutRow{LaneGroup::Loop, loopLaneId, 0, 22, 26, {}, 1}));
        QCOMPARE(layout.rowAt(48), (LayoutRow{LaneGroup::Tasks, noLane, 0, 48, 22, {}}));
        QCOMPARE(layout.rowAt(layout.height() - 1)->lane, trace->workers().back());
        QVERIFY(!layout.rowAt(-1));
        QVERIFY(!layout.rowAt(layout.height()));
    }

    void noMorePinnedLanesStayThanThereIsRoomFor()
    {
        const auto trace = test::articleTrace();
        auto order = std::make_shared<LaneOrder>();
        order->add(*trace, {LaneGroup::Loop, {}, {}, false, {loopLaneId}});
        order->add(*trace, {LaneGroup::Pinned, {}, {}, false, trace->tasks()});
        order->add(*trace, {LaneGroup::Workers, {}, {}, false, trace->workers()});
        LaneLayout layout(order, {22, 26}, {});
        const int all = 22 + 26 + 22 + 8 * 26;
        QCOMPARE(layout.pinnedHeight(), all);
        layout.keepInPlace(all);
        QCOMPARE(layout.pinnedHeight(), all);
        layout.keepInPlace(22 + 26 + 22 + 3 * 26 + 25);
        QCOMPARE(layout.pinnedHeight(), 22 + 26 + 22 + 3 * 26);
        layout.keepInPlace(10);
        QCOMPARE(layout.pinnedHeight(), 22 + 26); // the loop's lane stays
    }

    void rowsFollowWithoutGaps()
    {
        const auto trace = test::articleTrace();
        const LaneLayout layout(*trace, {20, 14}, {});
        int y = 0;
        for (auto row = layout.rowAt(0); row; row = layout.rowAfter(*row)) {
            QCOMPARE(row->top, y);
            if (!row->isHeader())
                QCOMPARE(layout.rowOf(row->lane), row);
            y += row->height;
        }
        QCOMPARE(y, layout.height());
    }

    void rowsAreCounted()
    {
        const auto trace = test::articleTrace();
        for (const bool isFolded : {false, true}) {
            const LaneLayout layout(*trace, {20, 14}, {false, isFolded, false});
            std::size_t above = 0;
            for (auto row = layout.rowAt(0); row; row = layout.rowAfter(*row)) {
                QCOMPARE(layout.rowsAbove(*row), above);
                QCOMPARE(layout.rowNumbered(above), row);
                ++above;
            }
            QCOMPARE(layout.rowCount(), above);
            QVERIFY(!layout.rowNumbered(above));
        }
        QCOMPARE(LaneLayout().rowCount(), std::size_t(0));
        QVERIFY(!LaneLayout().rowNumbered(0));
    }

    void aFoldedGroupKeepsItsHeader()
    {
        const auto trace = test::articleTrace();
        const LaneLayout layout(*trace, {22, 26}, {false, true, false});
        QCOMPARE(layout.height(), 3 * 22 + (1 + 3) * 26);
        QVERIFY(!layout.rowOf(trace->tasks().front()));
        QCOMPARE(layout.headerOf(LaneGroup::Tasks), (LayoutRow{LaneGroup::Tasks, noLane, 0, 48, 22, {}}));
        QCOMPARE(layout.laneCount(), std::size_t(4));
    }

    void rowsAreFoundInOtherLayouts()
    {
        const auto trace = test::articleTrace();
        const LaneLayout layout(*trace, {22, 26}, {});
        const LaneLayout other(*trace, {10, 12}, {false, true, false});
        for (const LaneId lane : {loopLaneId, trace->workers().back()})
            QCOMPARE(other.counterpart(layout.rowOf(lane).value()), other.rowOf(lane));
        QCOMPARE(other.counterpart(layout.headerOf(LaneGroup::Workers).value()), other.headerOf(LaneGroup::Workers));
        QVERIFY(!other.counterpart(layout.rowOf(trace->tasks().front()).value()));
        QCOMPARE(layout.firstLaneRow()->lane, loopLaneId);
        QCOMPARE(layout.rowBefore(layout.headerOf(LaneGroup::Tasks).value())->lane, loopLaneId);
    }

    void anEmptyTraceHasTheLoopOnly()
    {
        const Trace trace;
        QCOMPARE(LaneLayout(trace, {22, 26}, {}).height(), 48);
        QCOMPARE(LaneLayout().height(), 0);
        QVERIFY(!LaneLayout().rowAt(0));
        QVERIFY(!LaneLayout().firstLaneRow());
        QVERIFY(!LaneLayout().headerOf(LaneGroup::Loop));
    }

    void aHundredThousandLanesAreFoundAtOnce()
    {
        const auto trace = test::largeTrace(100'000, 1);
        const LaneLayout layout(*trace, {22, 26}, {});
        for (int i = 0; i < 100'000; ++i) {
            const LaneId lane = trace->tasks()[static_cast<std::size_t>(i)];
            const auto row = layout.rowOf(lane);
            QVERIFY(row.has_value());
            QCOMPARE(row->top, 48 + 22 + i * 26);
            QCOMPARE(layout.rowAt(row->top + 25)->lane, lane);
        }
    }

    void rowsAdjoinTheirThread()
    {
        const auto trace = test::importedTrace();
        const LaneLayout layout(*trace, {22, 26, 19, 3}, {});
        const auto main = layout.rowOf(2);
        const auto first = layout.rowOf(3);
        const auto second = layout.rowOf(4);
        const auto request = layout.rowOf(5);
        QVERIFY(main && first && second && request);
        QCOMPARE(main->top, 22);
        QCOMPARE(main->height, 23); // the row below reaches into it
        QVERIFY(!main->isNested && first->isNested && second->isNested);
        QCOMPARE(first->top, 45);
        QCOMPARE(first->height, 19);
        QCOMPARE(second->height, 22);
        QCOMPARE(request->top, 22 + 26 + 2 * 19);
        QCOMPARE(main->heads, second->heads); // so that they have one ground
        QCOMPARE(request->heads, main->heads + 1);
    }

    void everyPixelIsInTheRowThatSaysSo()
    {
        const auto trace = test::syntheticImport({4000, 20, 10});
        const LaneLayout layout(*trace, {22, 26, 19, 3}, {});
        std::size_t lanes = 0;
        int top = 0;
        for (auto row = layout.rowAt(0); row; row = layout.rowAfter(*row)) {
            QCOMPARE(row->top, top);
            QCOMPARE(layout.rowAt(row->top), row);
            QCOMPARE(layout.rowAt(row->top + row->height - 1), row);
            if (!row->isHeader()) {
                QCOMPARE(layout.rowOf(row->lane), row);
                ++lanes;
            }
            top += row->height;
        }
        QCOMPARE(top, layout.height());
        QCOMPARE(lanes, trace->rows().size());
        QCOMPARE(layout.pinnedHeight(), 0); // there is no loop
    }
};

QTEST_GUILESS_MAIN(LaneLayoutTest)
#include "lane_layout_test.moc"
