#include "core/trace/marks.h"

#include <QTest>

#include <algorithm>
#include <limits>

using namespace loopscope;

class MarksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void restoredOnesAreTheSame()
    {
        Marks marks;
        marks.add(7, "b");
        marks.add(7, "c");
        marks.add(3, "a");
        marks.remove(marks.add(9));
        auto saved = marks.all();
        std::ranges::reverse(saved);
        auto restored = Marks::restored(saved, marks.last());
        QVERIFY(restored);
        QCOMPARE(restored->all(), marks.all());
        QCOMPARE(restored->add(1), marks.add(1)); // and none is used twice
        QVERIFY(!Marks::restored({{1, 0, "a"}, {1, 1, "b"}}, 1));
        QVERIFY(!Marks::restored({{2, 0, "a"}}, 1));
        QVERIFY(!Marks::restored({{0, 0, "a"}}, 1));
        QVERIFY(!Marks::restored({{1, 0, " \t"}}, 1));
    }

    void numbersThatAreUsedUpAreUsedAgain()
    {
        constexpr MarkId largest = std::numeric_limits<MarkId>::max();
        auto marks = Marks::restored({{1, 5, "a"}, {3, 6, "b"}}, largest);
        QVERIFY(marks);
        QCOMPARE(marks->add(7), MarkId(2));
        QCOMPARE(marks->add(8), MarkId(4));
        QCOMPARE(marks->last(), largest);
        const auto restored = Marks::restored(marks->all(), marks->last());
        QVERIFY(restored);
        QCOMPARE(restored->all(), marks->all());
    }

    void areInOrderOfTime()
    {
        Marks marks;
        const MarkId late = marks.add(50);
        const MarkId early = marks.add(10);
        const MarkId again = marks.add(50);
        std::vector<MarkId> order;
        for (const Mark &mark : marks.all())
            order.push_back(mark.id);
        QCOMPARE(order, (std::vector<MarkId>{early, late, again}));
    }

    void haveNamesFromTheStart()
    {
        Marks marks;
        QCOMPARE(marks.find(marks.add(1))->name, std::string("Mark 1"));
        QCOMPARE(marks.find(marks.add(2, "  the stall "))->name, std::string("the stall"));
        QCOMPARE(marks.find(marks.add(3, " "))->name, std::string("Mark 3"));
    }

    void canBeRenamed()
    {
        Marks marks;
        const MarkId id = marks.add(1);
        QVERIFY(marks.rename(id, "here\n"));
        QCOMPARE(marks.find(id)->name, std::string("here"));
        QVERIFY(!marks.rename(id, "here"));
        QVERIFY(!marks.rename(id, " \t"));
        QVERIFY(!marks.rename(id + 1, "there"));
        QCOMPARE(marks.find(id)->name, std::string("here"));
    }

    void noNumberIsUsedTwice()
    {
        Marks marks;
        const MarkId first = marks.add(1);
        QVERIFY(marks.remove(first));
        QVERIFY(!marks.remove(first));
        QVERIFY(!marks.find(first));
        QVERIFY(marks.add(1) != first);
        QCOMPARE(marks.all().size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(MarksTest)
#include "marks_test.moc"
