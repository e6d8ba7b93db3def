#include "ui/window/compare_window.h"

#include "core/experiment/comparison_file.h"
#include "tests/support/sample_comparison.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/small_disk.h"
#include "ui/compare/comparison_table_view.h"
#include "ui/window/message_bar.h"
#include "ui/window/work_chooser.h"

#include <QApplication>
#include <QCheckBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QTimer>

using namespace loopscope;
using namespace loopscope::test;

namespace {

constexpr int watchdogMs = 60'000;

struct Shown {
    Shown() { window.grab(); }

    QPushButton *button(const char *text) const
    {
        for (auto *found : window.findChildren<QPushButton *>()) {
            if (found->text().remove(QLatin1Char('&')) == QString::fromUtf8(text))
                return found;
        }
        return nullptr;
    }
    void choose(const char *scenario, const std::map<std::string, std::string> &values)
    {
        window.chooser().chooseScenario({std::shared_ptr<const Scenario>(), findBuiltInScenario(scenario)}, {}, values);
        repetitions()->setValue(1);
    }
    QSpinBox *repetitions() const { return window.findChild<QSpinBox *>(QStringLiteral("repetitions")); }

    /// Measures something small, to its end.
    void measure()
    {
        choose("executor", {{"seconds", "0.05"}, {"tasks", "2"}});
        button("Measure")->click();
        QTRY_VERIFY_WITH_TIMEOUT(button("Measure") != nullptr, watchdogMs);
    }
    /// What is asked; null if nothing is.
    QMessageBox *question() const
    {
        for (auto *box : window.findChildren<QMessageBox *>()) {
            if (box->isVisible())
                return box;
        }
        return nullptr;
    }

    CompareWindow window{LOOPSCOPE_PROGRAM};
};

/// Answers the next dialog that asks for a file's name.
void nameFile(const std::string &path)
{
    auto *timer = new QTimer(qApp);
    QObject::connect(timer, &QTimer::timeout, timer, [timer, path] {
        auto *dialog = qobject_cast<QFileDialog *>(QApplication::activeModalWidget());
        if (!dialog)
            return;
        timer->deleteLater();
        // At once, for the dialog changes what is selected when it has listed the folder.
        dialog->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"))->setText(QString::fromStdString(path));
        QMetaObject::invokeMethod(dialog, "accept", Qt::DirectConnection);
    });
    timer->start(20);
}

} // namespace

class CompareWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void measuresWhatWasChosen()
    {
        Shown shown;
        shown.choose("executor", {{"seconds", "0.05"}, {"tasks", "2"}});
        QVERIFY(shown.button("Measure")->isEnabled());
        QVERIFY(!shown.button("Save…")->isEnabled());
        shown.button("Measure")->click();
        QVERIFY(shown.button("Cancel") != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(shown.button("Measure") != nullptr, watchdogMs);
        const auto &comparison = shown.window.comparison();
        QVERIFY(comparison && comparison->isComplete);
        QCOMPARE(comparison->title, std::string("executor, tasks=2, seconds=0.05"));
        QCOMPARE(comparison->candidates.size(), std::size_t(4));
        for (const CandidateResult &result : comparison->candidates) {
            QCOMPARE(result.runs.size(), std::size_t(1));
            QCOMPARE(result.runs[0].tasksDone, std::uint64_t(2));
        }
        QVERIFY(shown.button("Save…")->isEnabled());
        auto *table = shown.window.findChild<ComparisonTableView *>();
        QCOMPARE(table->model()->rowCount(), 4);
        QSignalSpy wanted(&shown.window, &CompareWindow::traceWanted);
        Q_EMIT table->activated(table->model()->index(1, 0));
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][1].toString(), QStringLiteral("pool"));
    }

    void aCancelledExperimentKeepsWhatItHas()
    {
        Shown shown;
        shown.choose("executor", {{"seconds", "3600"}});
        shown.button("Measure")->click();
        QTest::qWait(100);
        shown.button("Cancel")->click();
        QTRY_VERIFY_WITH_TIMEOUT(shown.button("Measure") != nullptr, watchdogMs);
        QVERIFY(shown.window.comparison() && !shown.window.comparison()->isComplete);
        QVERIFY(!shown.window.isUnsaved()); // no run came to its end
    }

    void escapeEndsNoMeasurement()
    {
        Shown shown;
        shown.window.setVisible(true);
        shown.choose("executor", {{"seconds", "3600"}});
        shown.button("Measure")->click();
        QTest::keyClick(&shown.window, Qt::Key_Escape);
        QVERIFY(shown.window.isVisible());
        QVERIFY(shown.button("Cancel") != nullptr);
        shown.button("Cancel")->click();
        QTRY_VERIFY_WITH_TIMEOUT(shown.button("Measure") != nullptr, watchdogMs);
        QTest::keyClick(&shown.window, Qt::Key_Escape);
        QVERIFY(!shown.window.isVisible());
    }

    void escapeTakesBackFirstWhatIsTyped()
    {
        Shown shown;
        shown.window.setVisible(true);
        shown.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&shown.window));
        auto *workers = shown.window.findChild<QLineEdit *>(QStringLiteral("workers"));
        const QString before = workers->text();
        for (QWidget *const field : std::initializer_list<QWidget *>{workers, shown.repetitions()}) {
            field->setFocus();
            QTest::keyClick(field, Qt::Key_End);
            QTest::keyClicks(field, QStringLiteral("7"));
            QTest::keyClick(field, Qt::Key_Return);
            const int accepted = shown.repetitions()->value();
            QTest::keyClick(field, Qt::Key_Backspace);
            QTest::keyClicks(field, QStringLiteral("9"));
            QTest::keyClick(field, Qt::Key_Escape);
            QVERIFY(shown.window.isVisible());
            QCOMPARE(workers->text(), before + QLatin1Char('7'));
            QCOMPARE(shown.repetitions()->value(), accepted);
        }
        QTest::keyClick(shown.repetitions(), Qt::Key_Escape);
        QVERIFY(!shown.window.isVisible());
    }

    void saysWhyThereIsNothingToMeasure()
    {
        Shown shown;
        QVERIFY(!shown.button("Measure")->isEnabled());
        QCOMPARE(shown.window.chooser().plan().error(), QStringLiteral("Choose files, or a scenario."));
        shown.window.chooser().addPaths({"/etc/hostname"});
        QCOMPARE(shown.window.chooser().plan().value().candidates.size(),
                 readingStrategies().size() - (obstacleTo(readingStrategies()[4]).empty() ? 0 : 1));
        QVERIFY(shown.button("Measure")->isEnabled());
        auto *workers = shown.window.findChild<QLineEdit *>(QStringLiteral("workers"));
        workers->setText(QStringLiteral("1, x"));
        QVERIFY(!shown.button("Measure")->isEnabled());
        workers->setText(QStringLiteral("1, 2"));
        QVERIFY(shown.window.chooser().plan().value().candidates.size() > readingStrategies().size());
        for (auto *box : shown.window.findChildren<QCheckBox *>())
            box->setChecked(false);
        QCOMPARE(shown.window.chooser().plan().error(), QStringLiteral("Choose a strategy."));
    }

    void opensWhatWasSaved()
    {
        const ScratchFolder scratch;
        const std::string path = scratch.path("c.loopcompare");
        QVERIFY(saveComparison(sampleComparison(), path, {}).has_value());
        Shown shown;
        shown.window.openFile(path);
        QTRY_VERIFY_WITH_TIMEOUT(shown.window.comparison() != nullptr, watchdogMs);
        QCOMPARE(shown.window.findChild<ComparisonTableView *>()->model()->rowCount(), 4);
        shown.window.openFile(scratch.path("missing"));
        const auto *messages = shown.window.findChild<MessageBar *>();
        QTRY_VERIFY_WITH_TIMEOUT(messages->text().contains(QStringLiteral("cannot be opened: No such file or directory.")), watchdogMs);
        QVERIFY(shown.window.comparison() != nullptr);
    }

    void asksBeforeWhatWasMeasuredIsLost()
    {
        Shown shown;
        shown.measure();
        QVERIFY(shown.window.isUnsaved());
        bool isSettled = false;
        const auto settle = [&] { shown.window.settle([&isSettled] { isSettled = true; }); };
        settle();
        QVERIFY(shown.question()->text().contains(QStringLiteral("“executor, tasks=2, seconds=0.05”")));
        shown.question()->button(QMessageBox::Cancel)->click();
        QVERIFY(!isSettled && shown.window.isUnsaved());
        shown.button("Measure")->click(); // would replace it
        QVERIFY(shown.question());
        settle();
        QVERIFY(shown.question());
        shown.question()->button(QMessageBox::Discard)->click();
        QVERIFY(isSettled);
        QVERIFY(shown.window.isUnsaved()); // it is still there
        QVERIFY(shown.button("Measure"));  // what was wanted before the other question is not done
    }

    void whatGoesOnIsUnsavedOnceARunIsMeasured()
    {
        const ScratchFolder scratch;
        Shown shown;
        shown.choose("executor", {{"seconds", "0.05"}, {"tasks", "2"}});
        shown.repetitions()->setValue(99);
        shown.button("Measure")->click();
        QVERIFY(!shown.window.isUnsaved());
        QTRY_VERIFY_WITH_TIMEOUT(shown.window.isUnsaved(), watchdogMs);
        bool isSettled = false;
        shown.window.settle([&isSettled] { isSettled = true; });
        QVERIFY(shown.question()->informativeText().startsWith(QStringLiteral("It still goes on")));
        nameFile(scratch.path("c.loopcompare"));
        shown.question()->button(QMessageBox::Save)->click();
        QTRY_VERIFY_WITH_TIMEOUT(isSettled, watchdogMs);
        QVERIFY(!shown.window.isUnsaved());
        QVERIFY(openComparison(scratch.path("c.loopcompare"), {}).has_value());
    }

    void whatIsOpenedLateDoesNotReplaceWhatIsMeasured()
    {
        const ScratchFolder scratch;
        const std::string path = scratch.path("c.loopcompare");
        QVERIFY(saveComparison(sampleComparison(), path, {}).has_value());
        Shown shown;
        shown.window.openFile(path);
        shown.measure();
        QCOMPARE(shown.window.comparison()->title, std::string("executor, tasks=2, seconds=0.05"));
        QVERIFY(shown.window.isUnsaved());
    }

    void settlesBySaving()
    {
        const ScratchFolder scratch;
        Shown shown;
        shown.measure();
        bool isSettled = false;
        const auto saveTo = [&](const std::string &path) {
            shown.window.settle([&isSettled] { isSettled = true; });
            nameFile(path);
            shown.question()->button(QMessageBox::Save)->click();
        };
        const auto *messages = shown.window.findChild<MessageBar *>();
        {
            const SmallDisk disk(100);
            saveTo(scratch.path("full.loopcompare"));
            QTRY_VERIFY_WITH_TIMEOUT(messages->text().contains(QStringLiteral("was not written")), watchdogMs);
        }
        QVERIFY(!isSettled && shown.window.isUnsaved());
        saveTo(scratch.path("c.loopcompare"));
        QTRY_VERIFY_WITH_TIMEOUT(isSettled, watchdogMs);
        QVERIFY(!shown.window.isUnsaved());
        QVERIFY(openComparison(scratch.path("c.loopcompare"), {}).has_value());
        shown.window.settle([&isSettled] { isSettled = false; });
        QVERIFY(!isSettled); // at once
    }

    void closesByTheKeyboard()
    {
        CompareWindow window(LOOPSCOPE_PROGRAM);
        for (const QKeySequence::StandardKey key : {QKeySequence::Cancel, QKeySequence::Close}) {
            window.QWidget::show();
            QVERIFY(QTest::qWaitForWindowActive(&window));
            QTest::keySequence(window.focusWidget() ? window.focusWidget() : &window, key);
            QVERIFY2(!window.isVisible(), window.focusWidget() ? window.focusWidget()->metaObject()->className() : "no focus");
        }
    }

    void closingEndsWhatGoesOn()
    {
        Shown shown;
        shown.choose("executor", {{"seconds", "3600"}});
        shown.button("Measure")->click();
        QTest::qWait(100);
        shown.window.close();
        QTRY_VERIFY_WITH_TIMEOUT(shown.button("Measure") != nullptr, watchdogMs);
    }
};

QTEST_MAIN(CompareWindowTest)
#include "compare_window_test.moc"
