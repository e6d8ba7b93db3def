#include "ui/panels/details_panel.h"

#include "tests/support/sample_trace.h"
#include "ui/panels/link_button.h"
#include "ui/panels/preview_view.h"
#include "ui/panels/remedy_view.h"
#include "ui/timeline/selection.h"

#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace loopscope;

namespace {

struct Shown {
    Selection selection;
    DetailsPanel panel{selection};

    explicit Shown(std::shared_ptr<const Trace> trace, QSize size = {320, 600})
    {
        panel.resize(size);
        panel.setTrace(std::move(trace));
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
    }

    [[nodiscard]] QString title() const { return panel.findChild<QWidget *>(QStringLiteral("title"))->accessibleName(); }
};

LaneId named(const Trace &trace, std::string_view name)
{
    return *std::ranges::find_if(trace.tasks(), [&](LaneId task) { return trace.nameOf(task) == name; });
}

} // namespace

class DetailsPanelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void followsTheSelection()
    {
        const auto trace = test::articleTrace();
        Shown shown(trace);
        QCOMPARE(shown.title(), QStringLiteral("8 tasks"));
        shown.selection.select(named(*trace, "secret.txt"));
        QCOMPARE(shown.title(), QStringLiteral("secret.txt"));
        shown.selection.select(loopLaneId);
        QCOMPARE(shown.title(), QStringLiteral("Event loop"));
        shown.panel.setTrace(nullptr);
        QCOMPARE(shown.title(), QString());
    }

    void aRemedyIsShownWhereThereIsOne()
    {
        const auto trace = test::articleTrace();
        Shown shown(trace);
        const auto *remedy = shown.panel.findChild<RemedyView *>();
        shown.selection.select(named(*trace, "parse config"));
        QVERIFY(remedy->isVisible());
        shown.panel.resize(900, 600);
        QCOMPARE(remedy->toPlainText(), QStringLiteral("- runtime.blockLoop(job, \"time.sleep\");\n"
                                                       "+ co_await runtime.runBlocking(job, \"time.sleep\");"));
        shown.panel.resize(360, 600); // broken, but not within the text
        QCOMPARE(remedy->toPlainText(), QStringLiteral("- runtime.blockLoop(\n-     job, \"time.sleep\");\n"
                                                       "+ co_await runtime.runBlocking(\n+     job, \"time.sleep\");"));
        shown.selection.select(named(*trace, "secret.txt"));
        QVERIFY(!remedy->isVisible());
    }

    void linksLeadToTheirLane()
    {
        const auto trace = test::articleTrace();
        Shown shown(trace);
        shown.selection.select(trace->workers()[0]);
        LinkButton *link = nullptr;
        for (LinkButton *button : shown.panel.findChildren<LinkButton *>())
            link = link || !button->isVisible() ? link : button;
        QVERIFY(link);
        const QSignalSpy hovers(&shown.panel, &DetailsPanel::hovered);
        QEvent enter(QEvent::Enter);
        QCoreApplication::sendEvent(link, &enter);
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(link, &leave);
        QCOMPARE(hovers.count(), 2);
        QCOMPARE(hovers[0][0].value<LaneId>(), trace->tasks()[1]);
        QCOMPARE(hovers[1][0].value<LaneId>(), noLane);
        QTest::keyClick(link, Qt::Key_Return);
        QCOMPARE(shown.selection.lane(), trace->tasks()[1]);
        QVERIFY(shown.selection.span());
    }

    // What it selects shows other facts in the place of the link.
    void followedTellsWhatTheLinkLedTo()
    {
        const auto trace = test::articleTrace();
        Shown shown(trace);
        const QSignalSpy followed(&shown.panel, &DetailsPanel::followed);
        int links = 0;
        const auto followAll = [&](LaneId lane, std::optional<std::size_t> span) {
            for (LinkButton *link : shown.panel.findChildren<LinkButton *>()) {
                shown.selection.select(lane, span);
                if (!link->isVisible())
                    continue;
                ++links;
                link->click();
                QCOMPARE(followed.count(), links);
                QCOMPARE(followed.back()[0].value<LaneId>(), shown.selection.lane());
                QCOMPARE(followed.back()[1].value<std::optional<std::size_t>>(), shown.selection.span());
            }
        };
        for (LaneId lane = 0; lane < trace->laneCount(); ++lane) {
            followAll(lane, std::nullopt);
            for (std::size_t span = 0; span < trace->spanCount(lane); ++span)
                followAll(lane, span);
        }
        QVERIFY(links > 20);
    }

    void aLinkUnderTheMouseHoversWhatItLeadsToNow()
    {
        const auto trace = test::articleTrace();
        Shown shown(trace);
        shown.selection.select(trace->workers()[0]);
        LinkButton *link = nullptr;
        for (LinkButton *button : shown.panel.findChildren<LinkButton *>())
            link = link || !button->isVisible() ? link : button;
        QVERIFY(link);
        QEvent enter(QEvent::Enter);
        QCoreApplication::sendEvent(link, &enter);
        const QSignalSpy hovers(&shown.panel, &DetailsPanel::hovered);
        shown.selection.select(trace->workers()[1]);
        QVERIFY(link->isVisible());
        QCOMPARE(hovers.count(), 1);
        QVERIFY(hovers[0][0].value<LaneId>() != trace->tasks()[1]);
        for (LinkButton *button : shown.panel.findChildren<LinkButton *>()) {
            if (button != link)
                button->hide(); // the mouse is on another one
        }
        QCOMPARE(hovers.count(), 1);
        shown.selection.select(named(*trace, "secret.txt"));
        shown.selection.clear();
        shown.panel.setTrace(nullptr);
        QCOMPARE(hovers.back()[0].value<LaneId>(), noLane);
    }

    void previewsAreShownAsTextOrHex()
    {
        const auto trace = test::articleTrace();
        const LaneId log = named(*trace, "access.log");
        trace->changeTask(log, [](TaskFacts &facts) { facts.file->preview = std::make_shared<std::string>("GET /\x1b[0m\n"); });
        const LaneId secret = named(*trace, "secret.txt");
        trace->changeTask(secret, [](TaskFacts &facts) { facts.file->preview = std::make_shared<std::string>("II*\xff"); });
        Shown shown(trace);
        const auto *preview = shown.panel.findChild<PreviewView *>();
        QVERIFY(!preview->isVisible());
        shown.selection.select(log);
        QVERIFY(preview->isVisible());
        QCOMPARE(preview->toPlainText(), QStringLiteral("GET /␛[0m\n"));
        shown.selection.select(secret);
        QVERIFY(preview->toPlainText().startsWith(QStringLiteral("0000  49 49 2a ff")));
    }

    void aGrowingTaskIsKeptUpToDate()
    {
        const auto trace = test::liveTrace();
        Shown shown(trace);
        shown.selection.select(named(*trace, "waits"));
        const auto hasOutcome = [&] {
            const auto labels = shown.panel.findChildren<QLabel *>();
            return std::ranges::any_of(labels,
                                       [](const QLabel *label) { return label->isVisible() && label->text() == QStringLiteral("Result"); });
        };
        QVERIFY(!hasOutcome());
        trace->end(named(*trace, "waits"), trace->now());
        trace->changeTask(named(*trace, "waits"), [&trace](TaskFacts &facts) {
            facts.outcome = Outcome::Done;
            facts.result = trace->internName("slept");
        });
        shown.panel.refresh();
        QTRY_VERIFY(hasOutcome());
    }

    void nothingIsWiderThanThePanel_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<double>("fontScale");
        QTest::newRow("usual") << 340 << 1.0;
        QTest::newRow("narrow") << 220 << 1.0;
        QTest::newRow("large type") << 340 << 1.5;
    }

    void nothingIsWiderThanThePanel()
    {
        QFETCH(int, width);
        QFETCH(double, fontScale);
        const auto trace = test::articleTrace();
        const LaneId raw = trace->tasks()[1];
        trace->changeTask(raw, [&trace](TaskFacts &facts) {
            facts.file->path = '/' + std::string(300, 'x');
            facts.note = trace->internName(std::string(500, 'y'));
            facts.file->preview = std::make_shared<std::string>(4000, 'z');
        });
        Shown shown(trace, {width, 400});
        QFont font = shown.panel.font();
        font.setPointSizeF(font.pointSizeF() * fontScale);
        shown.panel.setFont(font);
        shown.selection.select(raw);
        QTest::qWait(0); // layouts settle
        QCOMPARE(shown.panel.width(), width);
        QVERIFY2(shown.panel.widget()->width() <= shown.panel.viewport()->width(),
                 qPrintable(QString::number(shown.panel.widget()->width())));
        QVERIFY(shown.panel.verticalScrollBar()->maximum() > 0);

        const auto parts = shown.panel.widget()->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly);
        for (const QWidget *one : parts) {
            for (const QWidget *other : parts)
                QVERIFY(one == other || !one->isVisible() || !other->isVisible() || !one->geometry().intersects(other->geometry()));
        }
    }
};

QTEST_MAIN(DetailsPanelTest)
#include "details_panel_test.moc"
