#include "ui/window/unsaved_guard.h"

#include "core/workload/scenario.h"
#include "tests/support/sample_trace.h"
#include "ui/window/message_bar.h"
#include "ui/window/run_controller.h"
#include "ui/window/saving_commands.h"

#include <QMessageBox>
#include <QPushButton>
#include <QTest>
#include <QWidget>

using namespace loopscope;

namespace {

constexpr int watchdogMs = 30'000;

/// A file that is being opened, with changed marks.
std::shared_ptr<TraceDocument> openingDocument(const std::string &name)
{
    const auto document = std::make_shared<TraceDocument>(test::liveTrace(), TraceFile{.path = "/nowhere/" + name});
    document->noteEdit();
    return document;
}

/// A window that asks, and how often it went on after that.
class Asking {
public:
    Asking() { window_.show(); }

    void settle(const std::vector<std::shared_ptr<TraceDocument>> &documents)
    {
        guard_.settle(documents, Loss::OfWindow, [this] { ++followed_; });
    }
    /// What is asked; empty if nothing is.
    [[nodiscard]] QString question() const { return box() ? box()->text() : QString(); }
    [[nodiscard]] QString consequence() const { return box() ? box()->informativeText() : QString(); }
    void answer(QMessageBox::StandardButton button)
    {
        QVERIFY(box());
        box()->button(button)->click();
    }
    UnsavedGuard &guard() { return guard_; }
    RunController &controller() { return controller_; }
    [[nodiscard]] int followed() const { return followed_; }

private:
    [[nodiscard]] QMessageBox *box() const
    {
        for (auto *each : window_.findChildren<QMessageBox *>()) {
            if (each->isVisible())
                return each;
        }
        return nullptr;
    }

    QWidget window_;
    RunController controller_;
    MessageBar messages_;
    SavingCommands saving_{window_, messages_};
    UnsavedGuard guard_{window_, controller_, saving_};
    int followed_ = 0;
};

} // namespace

class UnsavedGuardTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void closesTheQuestionOnADocumentThatGoes();
    void goesOnIfTheOnlyDocumentGoes();
    void doesNotFollowIfWhatIsToBeSavedGoes();
    void saysWhatIsLostOnceARunHasEnded();
};

void UnsavedGuardTest::closesTheQuestionOnADocumentThatGoes()
{
    Asking asking;
    const auto gone = openingDocument("gone.json");
    const auto other = openingDocument("other.json");
    asking.settle({other, gone});
    QVERIFY(asking.question().contains(QStringLiteral("gone.json")));
    asking.guard().letGo(*gone);
    QVERIFY2(asking.question().contains(QStringLiteral("other.json")), qPrintable(asking.question()));
    asking.answer(QMessageBox::Cancel);
    QTRY_VERIFY_WITH_TIMEOUT(asking.question().isEmpty(), watchdogMs);
    QCOMPARE(asking.followed(), 0);
    asking.settle({other}); // whoever comes later is asked as well
    QVERIFY(asking.question().contains(QStringLiteral("other.json")));
    asking.answer(QMessageBox::Discard);
    QCOMPARE(asking.followed(), 1);
}

void UnsavedGuardTest::goesOnIfTheOnlyDocumentGoes()
{
    Asking asking;
    const auto gone = openingDocument("gone.json");
    asking.settle({gone});
    asking.guard().letGo(*gone);
    QVERIFY2(asking.question().isEmpty(), qPrintable(asking.question()));
    QCOMPARE(asking.followed(), 1);
}

void UnsavedGuardTest::doesNotFollowIfWhatIsToBeSavedGoes()
{
    Asking asking;
    const auto gone = openingDocument("gone.json");
    const auto other = openingDocument("other.json");
    asking.settle({other, gone});
    asking.answer(QMessageBox::Save); // once it is opened, which fails
    QTRY_VERIFY_WITH_TIMEOUT(asking.question().isEmpty(), watchdogMs);
    asking.settle({other, gone}); // waits for it as well
    asking.guard().letGo(*gone);
    QVERIFY2(asking.question().isEmpty(), qPrintable(asking.question()));
    QCOMPARE(asking.followed(), 0);
    asking.settle({other}); // whoever comes later is asked
    asking.answer(QMessageBox::Discard);
    QCOMPARE(asking.followed(), 1);
}

void UnsavedGuardTest::saysWhatIsLostOnceARunHasEnded()
{
    const auto hour = parseScenario(R"({"loopscope_scenario": 1, "name": "hour", "title": "An hour", "workers": 1,
        "tasks": [{"name": "nap", "kind": "timer", "duration_s": 3600}]})");
    QVERIFY(hour.has_value());
    Asking asking;
    asking.controller().runScenario(std::make_shared<const Scenario>(*hour), {});
    asking.settle({asking.controller().document()});
    QVERIFY2(asking.consequence().startsWith(QStringLiteral("It still goes on")), qPrintable(asking.consequence()));
    asking.controller().stop();
    QTRY_VERIFY_WITH_TIMEOUT(asking.consequence().startsWith(QStringLiteral("What was recorded is in no file yet")), watchdogMs);
    asking.answer(QMessageBox::Discard);
    QCOMPARE(asking.followed(), 1);
}

QTEST_MAIN(UnsavedGuardTest)
#include "unsaved_guard_test.moc"
