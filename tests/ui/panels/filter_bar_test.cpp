#include "tests/support/sample_trace.h"
#include "ui/panels/filter_bar.h"
#include "ui/timeline/lane_arrangement.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace loopscope;

namespace {

/// A bar in its window, with the filter joined to the lanes as the window joins them.
struct Shown {
    std::shared_ptr<Trace> trace = test::articleTrace();
    TaskFilter filter;
    LaneArrangement arrangement;
    QWidget window;
    FilterBar bar{filter, arrangement, &window};

    Shown()
    {
        QObject::connect(&filter, &TaskFilter::changed, &arrangement, [this] { arrangement.setFilter(filter.terms()); });
        window.resize(900, 60);
        bar.resize(900, 40);
        bar.setTrace(trace);
        arrangement.setTrace(trace);
        window.show();
        (void)QTest::qWaitForWindowExposed(&window);
    }

    [[nodiscard]] QList<QPushButton *> chips() const
    {
        QList<QPushButton *> chips = bar.findChildren<QPushButton *>();
        chips.removeIf([](const QPushButton *button) { return !button->property("chip").toBool() || button->isHidden(); });
        return chips;
    }
    [[nodiscard]] QString count() const { return bar.findChild<QLabel *>()->text(); }
    [[nodiscard]] QPushButton &clear() const { return *bar.findChild<QPushButton *>(QString(), Qt::FindDirectChildrenOnly); }
};

} // namespace

class FilterBarTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesNoRoomWithoutAFilter()
    {
        Shown shown;
        QVERIFY(!shown.bar.isVisible());
        shown.filter.setTrait(TaskTrait::Failed);
        QVERIFY(shown.bar.isVisible());
        shown.filter.clear();
        QVERIFY(!shown.bar.isVisible());
    }

    void everyConditionIsAChipThatCanBeRemoved()
    {
        Shown shown;
        shown.filter.setText(QStringLiteral("a & b"));
        shown.filter.setTrait(TaskTrait::Failed);
        shown.filter.setParentTask(shown.trace->tasks()[0]);
        shown.arrangement.hide(shown.trace->tasks()[3]);
        QCOMPARE(shown.chips().size(), 4);
        QCOMPARE(shown.chips()[0]->text(), QStringLiteral("text “a && b”  ×"));
        QCOMPARE(shown.chips()[1]->accessibleName(), QStringLiteral("Remove filter: failed"));
        QVERIFY(shown.chips()[3]->text().startsWith(QStringLiteral("1 hidden")));
        QTest::keyClick(shown.chips()[1], Qt::Key_Space);
        QCOMPARE(shown.filter.terms().trait, std::nullopt);
        QTest::mouseClick(shown.chips()[2], Qt::LeftButton);
        QCOMPARE(shown.arrangement.hiddenCount(), std::size_t(0));
        QTest::mouseClick(&shown.clear(), Qt::LeftButton);
        QVERIFY(shown.filter.terms().isEmpty());
        QVERIFY(!shown.bar.isVisible());
    }

    void theKeyboardStaysOnTheChips()
    {
        Shown shown;
        shown.filter.setText(QStringLiteral("a"));
        shown.filter.setTrait(TaskTrait::Failed);
        shown.chips()[0]->setFocus();
        QTest::keyClick(shown.chips()[0], Qt::Key_Space);
        QVERIFY(shown.chips()[0]->hasFocus());
    }

    void lanesBesideTheFilterHaveAChip()
    {
        Shown shown;
        shown.filter.setText(QStringLiteral("sync_"));
        shown.arrangement.reveal(shown.trace->tasks()[0]);
        QCOMPARE(shown.chips().size(), 2);
        QCOMPARE(shown.chips()[1]->text(), QStringLiteral("1 beside the filter  ×"));
        QCOMPARE(shown.count(), QStringLiteral("3 of 8 lanes"));
        QTest::mouseClick(shown.chips()[1], Qt::LeftButton);
        QCOMPARE(shown.chips().size(), 1);
        QCOMPARE(shown.count(), QStringLiteral("2 of 8 lanes"));
        QCOMPARE(shown.clear().text(), QStringLiteral("Clear filter"));
    }

    // They last beyond a run: in the next one somebody may wonder.
    void sortAndGroupingAreChipsToo()
    {
        Shown shown;
        shown.arrangement.setSort(LaneSort::Duration);
        shown.arrangement.setGrouping(LaneGrouping::Folder);
        QVERIFY(shown.bar.isVisible());
        QCOMPARE(shown.chips().size(), 2);
        QCOMPARE(shown.chips()[0]->text(), QStringLiteral("sorted by duration  ×"));
        QCOMPARE(shown.chips()[1]->text(), QStringLiteral("grouped by folder  ×"));
        QVERIFY(!shown.clear().isVisible()); // nothing is filtered
        QTest::mouseClick(shown.chips()[1], Qt::LeftButton);
        QCOMPARE(shown.arrangement.grouping(), LaneGrouping::None);
        QTest::mouseClick(shown.chips()[0], Qt::LeftButton);
        QCOMPARE(shown.arrangement.sort(), LaneSort::Creation);
        QVERIFY(!shown.bar.isVisible());
    }

    void saysWhenTheKeyboardHasLostItsPlace()
    {
        Shown shown;
        const QSignalSpy left(&shown.bar, &FilterBar::left);
        shown.arrangement.setSort(LaneSort::Start);
        shown.filter.setTrait(TaskTrait::Failed);
        shown.clear().setFocus();
        QTest::keyClick(&shown.clear(), Qt::Key_Space);
        QVERIFY(shown.chips()[0]->hasFocus()); // that of the sort
        QCOMPARE(left.count(), 0);
        QTest::keyClick(shown.chips()[0], Qt::Key_Space);
        QCOMPARE(left.count(), 1);
        QPushButton elsewhere(&shown.window);
        elsewhere.show();
        elsewhere.setFocus();
        shown.filter.setTrait(TaskTrait::Failed);
        shown.filter.clear();
        QCOMPARE(left.count(), 1);
    }

    void countsTheLanesThatAreLeft()
    {
        Shown shown;
        shown.filter.setText(QStringLiteral("sync_"));
        QCOMPARE(shown.count(), QStringLiteral("2 of 8 lanes"));
        shown.filter.setText(QStringLiteral("nothing has this name"));
        QCOMPARE(shown.count(), QStringLiteral("No task matches: 0 of 8 lanes"));
        QCOMPARE(shown.clear().text(), QStringLiteral("Clear filter"));
        QTest::mouseClick(&shown.clear(), Qt::LeftButton);
        QCOMPARE(shown.arrangement.shownTasks(), std::size_t(8));
    }
};

QTEST_MAIN(FilterBarTest)
#include "filter_bar_test.moc"
