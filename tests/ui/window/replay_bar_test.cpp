#include "tests/support/sample_trace.h"
#include "ui/theme/format.h"
#include "ui/window/replay_bar.h"
#include "ui/window/replay_player.h"

#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QToolButton>

#include <cmath>

using namespace loopscope;

namespace {

constexpr int patienceMs = 30'000;
constexpr Nanoseconds ms = nanosecondsPerMillisecond;

bool shows(const QWidget &widget, const QString &text)
{
    const auto labels = widget.findChildren<QLabel *>();
    return std::ranges::any_of(labels, [&](const QLabel *label) { return label->text().contains(text); });
}

QToolButton *buttonNamed(const QWidget &widget, const QString &name)
{
    const auto buttons = widget.findChildren<QToolButton *>();
    const auto found = std::ranges::find(buttons, name, &QToolButton::accessibleName);
    return found == buttons.end() ? nullptr : *found;
}

} // namespace

class ReplayBarTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void playsFromAnyInstantToTheEnd()
    {
        ReplayPlayer player;
        const auto recorded = test::articleTrace();
        player.start(recorded, recorded->now() - 100 * ms, {0, recorded->now()});
        QVERIFY(player.isPlaying());
        QVERIFY(!player.trace()->info().finished);
        QSignalSpy moved(&player, &ReplayPlayer::moved);
        QTRY_VERIFY_WITH_TIMEOUT(!player.isPlaying(), patienceMs);
        QVERIFY(moved.count() > 1);
        QCOMPARE(player.at(), player.end());
        QVERIFY(player.trace()->info().finished);
    }

    void playingAtTheEndBeginsAnew()
    {
        ReplayPlayer player;
        const auto recorded = test::articleTrace();
        player.start(recorded, recorded->now(), {0, recorded->now()});
        player.setPlaying(false);
        player.moveTo(recorded->now());
        player.setPlaying(true);
        QVERIFY(player.isPlaying());
        QVERIFY(player.at() < recorded->now() / 2);
    }

    void choosesASpeedAtWhichItCanBeFollowed_data()
    {
        QTest::addColumn<qint64>("length");
        QTest::addColumn<double>("speed");
        QTest::newRow("a run of six seconds") << qint64(6'000 * ms) << 1.0;
        QTest::newRow("a tenth of a second") << qint64(100 * ms) << 0.01;
        QTest::newRow("a minute and a half") << qint64(90'000 * ms) << 10.0;
    }
    void choosesASpeedAtWhichItCanBeFollowed()
    {
        QFETCH(const qint64, length);
        ReplayPlayer player;
        player.start(test::articleTrace(), 0, {0, length});
        QTEST(player.speed(), "speed");
    }

    void movingBackShowsAnotherTrace()
    {
        ReplayPlayer player;
        const auto recorded = test::articleTrace();
        player.start(recorded, 1'000 * ms, {0, recorded->now()});
        player.setPlaying(false);
        QSignalSpy replaced(&player, &ReplayPlayer::traceReplaced);
        player.moveTo(2'000 * ms);
        QCOMPARE(replaced.count(), 0);
        player.moveTo(500 * ms);
        QCOMPARE(replaced.count(), 1);
        QCOMPARE(player.trace()->now(), 500 * ms);
        player.stop();
        QVERIFY(!player.trace());
        QCOMPARE(replaced.count(), 2);
    }

    void theBarIsThereWhileAReplayIs()
    {
        ReplayPlayer player;
        QWidget window;
        ReplayBar bar(player, &window);
        QVERIFY(bar.isHidden());
        player.start(test::articleTrace(), 0, {0, 6'000 * ms});
        QVERIFY(!bar.isHidden());
        QVERIFY(shows(bar, QStringLiteral("Replay")));
        buttonNamed(bar, QStringLiteral("End the replay"))->click();
        QVERIFY(!player.isActive());
        QVERIFY(bar.isHidden());
    }

    void theBarSteers()
    {
        ReplayPlayer player;
        QWidget window;
        const ReplayBar bar(player, &window);
        const auto recorded = test::articleTrace();
        player.start(recorded, 0, {0, recorded->now()});
        buttonNamed(bar, QStringLiteral("Pause the replay"))->click();
        QVERIFY(!player.isPlaying());
        auto *scrubber = bar.findChild<QSlider *>();
        scrubber->setValue(scrubber->maximum() / 2);
        QTRY_COMPARE_WITH_TIMEOUT(player.at(), player.end() / 2, patienceMs);
        QVERIFY(shows(bar, formatInstant(player.end() / 2)));
        auto *speed = bar.findChild<QComboBox *>();
        speed->setCurrentIndex(0);
        Q_EMIT speed->activated(0);
        QCOMPARE(player.speed(), 0.01);
        buttonNamed(bar, QStringLiteral("Play on"))->click();
        QVERIFY(player.isPlaying());
    }

    void aClickOnTheScrubberGoesThere()
    {
        ReplayPlayer player;
        QWidget window;
        window.resize(900, 40);
        ReplayBar bar(player, &window);
        bar.resize(900, 40);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        player.start(test::articleTrace(), 0, {0, 6'000 * ms});
        player.setPlaying(false);
        auto *scrubber = bar.findChild<QSlider *>();
        for (const double share : {0.75, 0.25}) {
            const QPoint place(static_cast<int>(scrubber->width() * share), scrubber->height() / 2);
            QTest::mousePress(scrubber, Qt::LeftButton, Qt::NoModifier, place);
            QVERIFY(scrubber->isSliderDown());
            QTest::mouseRelease(scrubber, Qt::LeftButton, Qt::NoModifier, place);
            const double at = static_cast<double>(player.at()) / static_cast<double>(player.end());
            QVERIFY2(std::abs(at - share) < 0.03, qPrintable(QString::number(at)));
        }
    }

    // The keys are the timeline's: they end the replay, and pause it.
    void aClickTakesTheKeysFromNobody()
    {
        ReplayPlayer player;
        QWidget window;
        const ReplayBar bar(player, &window);
        for (const QWidget *control : bar.findChildren<QWidget *>(Qt::FindDirectChildrenOnly))
            QVERIFY2(!(control->focusPolicy() & Qt::ClickFocus), control->metaObject()->className());
    }

    void theScrubberFollows()
    {
        ReplayPlayer player;
        QWidget window;
        const ReplayBar bar(player, &window);
        const auto recorded = test::articleTrace();
        player.start(recorded, 0, {0, recorded->now()});
        player.setPlaying(false);
        player.moveTo(1'234'567'891);
        const auto *scrubber = bar.findChild<QSlider *>();
        QVERIFY(scrubber->value() > 0);
        QCOMPARE(player.at(), Nanoseconds(1'234'567'891)); // the coarser scrubber has not moved it
    }
};

QTEST_MAIN(ReplayBarTest)
#include "replay_bar_test.moc"
