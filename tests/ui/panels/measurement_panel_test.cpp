#include "tests/support/sample_trace.h"
#include "ui/panels/elided_label.h"
#include "ui/panels/measurement_panel.h"
#include "ui/panels/range_table_model.h"
#include "ui/panels/range_table_view.h"
#include "ui/timeline/selection.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QTest>
#include <QTextDocument>
#include <QToolTip>

using namespace loopscope;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

struct Shown {
    explicit Shown(std::shared_ptr<Trace> shownTrace)
        : trace(std::move(shownTrace))
        , panel(selection)
    {
        panel.resize(1100, 220);
        panel.setTrace(trace);
        panel.show();
        (void)QTest::qWaitForWindowExposed(&panel);
        view = panel.findChild<RangeTableView *>();
    }

    [[nodiscard]] QString cell(State state, int column) const
    {
        return view->model()->index(static_cast<int>(state), column).data().toString();
    }

    std::shared_ptr<Trace> trace;
    Selection selection;
    MeasurementPanel panel;
    RangeTableView *view = nullptr;
};

} // namespace

class MeasurementPanelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void followsTheSelection()
    {
        Shown shown(test::articleTrace());
        shown.selection.selectRange(TimeRange{0, 2000 * ms});
        QVERIFY(!shown.cell(State::Running, RangeTableModel::TasksTime).isEmpty());
        QVERIFY(shown.view->isColumnHidden(RangeTableModel::LaneTime));
        shown.selection.select(shown.trace->tasks()[1]);
        QVERIFY(!shown.view->isColumnHidden(RangeTableModel::LaneTime));
        shown.selection.selectRange(std::nullopt);
        QCOMPARE(shown.cell(State::Running, RangeTableModel::TasksTime), QString());
    }

    void aClickGoesToTheLongest()
    {
        Shown shown(test::articleTrace());
        shown.selection.selectRange(shown.trace->extent());
        const QModelIndex longest = shown.view->model()->index(static_cast<int>(State::Blocking), RangeTableModel::Longest);
        QTest::mouseClick(shown.view->viewport(), Qt::LeftButton, {}, shown.view->visualRect(longest).center());
        QVERIFY(shown.selection.span());
        QCOMPARE(shown.trace->span(shown.selection.lane(), *shown.selection.span()).state, State::Blocking);
        shown.selection.clear();
        shown.selection.selectRange(shown.trace->extent());
        shown.view->setCurrentIndex(longest);
        QTest::keyClick(shown.view, Qt::Key_Return);
        QVERIFY(shown.selection.span());
    }

    void aBarTellsItsLengthsAndHowManyThereAre()
    {
        Shown shown(test::articleTrace());
        shown.selection.selectRange(shown.trace->extent());
        const QModelIndex lengths = shown.view->model()->index(static_cast<int>(State::Blocking), RangeTableModel::Lengths);
        const QStringList texts = lengths.data(RangeTableModel::BarTextsRole).toStringList();
        const QRect cell = shown.view->visualRect(lengths);
        QStringList told;
        for (int x = cell.left(); x < cell.right(); ++x) {
            const QPoint at(x, cell.center().y());
            QHelpEvent event(QEvent::ToolTip, at, shown.view->viewport()->mapToGlobal(at));
            QCoreApplication::sendEvent(shown.view->viewport(), &event);
            QTextDocument tip;
            tip.setHtml(QToolTip::text());
            if (const QString text = tip.toPlainText(); !text.isEmpty() && (told.isEmpty() || told.last() != text))
                told.append(text);
        }
        QCOMPARE(told, texts); // each from its bar, in order
    }

    void isCopiedAsText()
    {
        Shown shown(test::articleTrace());
        shown.selection.selectRange(TimeRange{0, 2000 * ms});
        shown.view->setFocus();
        QTest::keyClick(shown.view, Qt::Key_C, Qt::ControlModifier);
        const QString text = QGuiApplication::clipboard()->text();
        QVERIFY(text.startsWith(QStringLiteral("2.00\u202Fs: ")));
        QVERIFY(text.contains(QStringLiteral("\nrunning\t")));
        QCOMPARE(text, shown.panel.text());
    }

    void aLargeRangeIsMeasuredInSlices()
    {
        Shown shown(test::largeTrace(2'000, 500));
        shown.selection.selectRange(shown.trace->extent());
        QTRY_COMPARE(shown.view->model()->index(int(taskStates.size()), RangeTableModel::TasksSpans).data().toString(),
                     QStringLiteral("1\u202F000\u202F000"));
        QVERIFY(!shown.panel.findChild<ElidedLabel *>(QStringLiteral("rangeSummary"))->text().contains(QStringLiteral("measuring")));
    }

    void aRunThatGoesOnIsMeasuredAgain()
    {
        Shown shown(test::liveTrace());
        shown.selection.selectRange(TimeRange{0, 100'000 * ms});
        const QString before = shown.panel.text();
        shown.trace->advanceTo(shown.trace->now() + 3'000 * ms);
        shown.panel.refresh();
        QTRY_VERIFY(shown.panel.text() != before);
    }

    void theButtonClearsTheRange()
    {
        Shown shown(test::articleTrace());
        shown.selection.selectRange(TimeRange{0, 2000 * ms});
        shown.view->setFocus();
        QTest::keyClick(shown.view, Qt::Key_Escape);
        QVERIFY(!shown.selection.range());
        QCOMPARE(shown.panel.text(), QString());
    }
};

QTEST_MAIN(MeasurementPanelTest)
#include "measurement_panel_test.moc"
