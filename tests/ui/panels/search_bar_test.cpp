#include "ui/panels/search_bar.h"

#include "tests/support/sample_trace.h"
#include "ui/timeline/selection.h"

#include <QLineEdit>
#include <QTest>

using namespace loopscope;

namespace {

constexpr int watchdogMs = 30'000;

// A bar over the tasks alpha, beta and gamma that selects what is chosen.
struct Shown {
    Shown()
        : trace(std::make_shared<Trace>())
        , needle(bar.findChild<QLineEdit *>())
    {
        for (const char *name : {"alpha", "beta", "gamma"})
            test::addTask(*trace, name, "ready 0 5, running 5 9");
        QObject::connect(&bar, &SearchBar::chosen, &bar, [this](const LaneMatch &match) { selection.select(match.lane, match.span); });
        bar.search().setTrace(trace);
        bar.open();
    }

    void type(const QString &text)
    {
        needle->setText(text);
        QTRY_VERIFY_WITH_TIMEOUT(!bar.search().isSearching(), watchdogMs);
    }

    std::shared_ptr<Trace> trace;
    Selection selection;
    QWidget window; // a bar on its own would be a window
    SearchBar bar{selection, &window};
    QLineEdit *needle;
};

} // namespace

class SearchBarTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsAndGoesRound()
    {
        Shown shown;
        shown.type(QStringLiteral("a"));
        QCOMPARE(shown.bar.verdict(), QStringLiteral("3 matches"));
        QTest::keyClick(shown.needle, Qt::Key_Return);
        QCOMPARE(shown.bar.verdict(), QStringLiteral("1 of 3"));
        QTest::keyClick(shown.needle, Qt::Key_Enter);
        QCOMPARE(shown.selection.lane(), shown.trace->tasks()[1]);
        QTest::keyClick(shown.needle, Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClick(shown.needle, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(shown.bar.verdict(), QStringLiteral("3 of 3"));
        QTest::keyClick(shown.needle, Qt::Key_Return);
        QCOMPARE(shown.bar.verdict(), QStringLiteral("1 of 3"));
    }

    void saysWhatItHasNot()
    {
        Shown shown;
        QCOMPARE(shown.bar.verdict(), QStringLiteral("What matches is counted here"));
        shown.type(QStringLiteral("omega"));
        QCOMPARE(shown.bar.verdict(), QStringLiteral("Nothing matches “omega”"));
        QTest::keyClick(shown.needle, Qt::Key_Return);
        QCOMPARE(shown.selection.lane(), noLane);
        shown.type(QStringLiteral("gam"));
        QCOMPARE(shown.bar.verdict(), QStringLiteral("1 match"));
    }

    void enterDoesNotHaveToWait()
    {
        Shown shown;
        shown.needle->setText(QStringLiteral("gam"));
        QTest::keyClick(shown.needle, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(shown.selection.lane(), shown.trace->tasks()[2], watchdogMs);
    }

    void escapeClosesIt()
    {
        Shown shown;
        shown.type(QStringLiteral("a"));
        QTest::keyClick(shown.needle, Qt::Key_Escape);
        QVERIFY(shown.bar.isHidden());
        QVERIFY(shown.bar.search().lanes().empty());
        shown.bar.open();
        QVERIFY(!shown.bar.isHidden());
        QTRY_COMPARE_WITH_TIMEOUT(shown.bar.search().lanes().size(), std::size_t(3), watchdogMs);
        QCOMPARE(shown.needle->text(), QStringLiteral("a"));
    }
};

QTEST_MAIN(SearchBarTest)
#include "search_bar_test.moc"
