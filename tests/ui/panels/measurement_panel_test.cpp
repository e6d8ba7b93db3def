#include "tests/support/imported_sample.h"
#include "tests/support/sample_trace.h"
#include "ui/panels/elided_label.h"
#include "ui/panels/flat_header.h"
#include "ui/panels/measurement_panel.h"
#include "ui/panels/range_table_model.h"
#include "ui/panels/range_table_view.h"
#include "ui/timeline/selection.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QScrollBar>
#include <QTest>
#include <QTextDocument>
#include <QToolTip>

using namespace loopscope;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

/// A run of hours.
std::shared_ptr<Trace> longTrace()
{
    auto trace = std::make_shared<Trace>();
    test::addTask(*trace, "one", "running 0 3725000, awaiting 3725000 7450000");
    test::addTask(*trace, "other", "awaiting 0 99000, running 99000 7450000");
    trace->advanceTo(7'450'000 * ms);
    return trace;
}

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

    void noNumberIsCutOff_data()
    {
        QTest::addColumn<bool>("isImport");
        QTest::addColumn<int>("width");
        for (const int width : {1'400, 700, 500, 300}) {
            QTest::addRow("run, %d", width) << false << width;
            QTest::addRow("import, %d", width) << true << width;
        }
    }
    void noNumberIsCutOff()
    {
        QFETCH(const bool, isImport);
        QFETCH(const int, width);
        Shown shown(isImport ? test::syntheticImport({.slices = 20'000, .threads = 8, .samples = 0}) : longTrace());
        shown.panel.resize(width, 220);
        shown.selection.select(isImport ? shown.trace->rows()[1] : shown.trace->tasks().front());
        shown.selection.selectRange(shown.trace->extent());
        const QAbstractItemModel &model = *shown.view->model();
        QTRY_VERIFY(model.index(0, RangeTableModel::TasksSpans).data().toString() != QStringLiteral("…"));
        for (int column = RangeTableModel::LaneTime; column < RangeTableModel::Lengths; ++column) {
            if (shown.view->isColumnHidden(column))
                continue;
            const int room = shown.view->columnWidth(column) - 2 * cellMargin(*shown.view);
            for (int row = 0; row < model.rowCount(); ++row) {
                const QString text = model.index(row, column).data().toString();
                QVERIFY2(shown.view->fontMetrics().horizontalAdvance(text) <= room, qPrintable(text));
            }
        }
        // What has no room is scrolled into sight, and every row still is.
        const bool fits = shown.view->horizontalHeader()->length() <= shown.view->viewport()->width();
        QCOMPARE(shown.view->horizontalScrollBar()->isVisible(), !fits);
        QTRY_COMPARE(shown.view->horizontalScrollBar()->maximum() > 0, !fits);
        const int rows = shown.view->verticalHeader()->defaultSectionSize() * std::min(model.rowCount(), 8);
        QVERIFY(shown.view->viewport()->height() >= rows);
    }

    void namesGiveWayToNumbers()
    {
        Shown shown(test::syntheticImport({.slices = 2'000, .threads = 2, .samples = 0}));
        shown.selection.selectRange(shown.trace->extent());
        const auto nameWidth = [&shown] { return shown.view->columnWidth(RangeTableModel::State); };
        const int usual = nameWidth();
        int narrowest = usual; // with all columns
        for (int width = 1100; width > 0 && !shown.view->isColumnHidden(RangeTableModel::TasksShare); width -= 10) {
            narrowest = nameWidth();
            shown.panel.resize(width, 220);
        }
        QVERIFY2(narrowest < usual * 2 / 3, qPrintable(QString::number(narrowest)));
        shown.panel.resize(1100, 220);
        QCOMPARE(nameWidth(), usual);
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
