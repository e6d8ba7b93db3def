#include "ui/window/marks_dialog.h"

#include "ui/timeline/viewport.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace loopscope;

namespace {

constexpr Nanoseconds second = nanosecondsPerSecond;

// The dialog over a run of ten seconds.
struct Shown {
    Shown() { viewport.setExtent({0, 10 * second}, false); }

    QPushButton *button(const char *text) const
    {
        for (auto *found : dialog.findChildren<QPushButton *>()) {
            if (found->text().remove(QLatin1Char('&')) == QLatin1String(text))
                return found;
        }
        return nullptr;
    }

    TraceMarks marks;
    Viewport viewport;
    MarksDialog dialog{marks, viewport};
};

} // namespace

class MarksDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysThatThereAreNone()
    {
        const Shown shown;
        QVERIFY(shown.dialog.findChild<QLabel *>()->text().startsWith(QStringLiteral("Nothing is marked.")));
        QVERIFY(!shown.button("Go to")->isEnabled());
        QVERIFY(!shown.button("Remove")->isEnabled());
    }

    void goesToAMark()
    {
        Shown shown;
        shown.marks.add(2 * second);
        shown.marks.add(7 * second);
        shown.viewport.setRange({second, 2 * second});
        auto *table = shown.dialog.findChild<QTableView *>();
        table->selectRow(1);
        shown.button("Go to")->click();
        QCOMPARE(shown.viewport.range(), (TimeRange{13 * second / 2, 15 * second / 2}));
    }

    void removesWhatIsSelected()
    {
        Shown shown;
        shown.marks.add(2 * second);
        shown.marks.add(7 * second);
        shown.dialog.findChild<QTableView *>()->selectRow(0);
        shown.button("Remove")->click();
        QCOMPARE(shown.marks.all().size(), std::size_t(1));
        QCOMPARE(shown.marks.all().front().at, 7 * second);
        shown.button("Remove")->click();
        QVERIFY(shown.marks.all().empty());
        QVERIFY(!shown.button("Remove")->isEnabled());
    }

    void letsAPersonTypeAName()
    {
        Shown shown;
        const MarkId mark = shown.marks.add(2 * second);
        shown.dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&shown.dialog));
        shown.dialog.editName(mark);
        auto *editor = shown.dialog.findChild<QTableView *>()->findChild<QLineEdit *>();
        QVERIFY(editor);
        QTest::keyClicks(editor, QStringLiteral("the stall"));
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(shown.marks.all().front().name, std::string("the stall"));
    }
};

QTEST_MAIN(MarksDialogTest)
#include "marks_dialog_test.moc"
