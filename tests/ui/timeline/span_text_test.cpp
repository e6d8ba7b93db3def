#include "tests/support/imported_sample.h"
#include "tests/support/sample_trace.h"
#include "ui/timeline/span_text.h"

#include <QTest>
#include <QTextDocument>

using namespace loopscope;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

QString plain(QString text)
{
    return text.replace(QChar(0x202F), QLatin1Char(' '));
}

/// What a person sees of a tip.
QString shown(const QString &tip)
{
    QTextDocument document;
    document.setHtml(tip);
    return document.toPlainText();
}

} // namespace

class SpanTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void labelsGrowShorter()
    {
        const auto trace = test::articleTrace();
        const LaneId log = trace->tasks().front();
        QCOMPARE(spanLabels(*trace, log, 3).texts, (QStringList{QStringLiteral("#1 read chunk"), QStringLiteral("#1")}));
        QCOMPARE(plain(spanLabels(*trace, log, 2).texts.join(QLatin1Char('|'))), QStringLiteral("queued 100 ms|100 ms"));
        const SpanLabels inWorkersLane = spanLabels(*trace, 1, 0);
        QCOMPARE(inWorkersLane.texts, QStringList{QStringLiteral("access.log")});
        QVERIFY(inWorkersLane.mayBeElided);
    }

    void whatGoesOnHasNoLengthYet()
    {
        const auto trace = test::liveTrace();
        const LaneId queued = trace->tasks()[3];
        QCOMPARE(spanLabels(*trace, queued, 2).texts.front(), QStringLiteral("queued"));
        QVERIFY(spanToolTip(*trace, queued, 2).contains(QStringLiteral("so far")));
    }

    void aTipNamesTheCulprit()
    {
        const auto trace = test::articleTrace();
        const QString tip = plain(spanToolTip(*trace, trace->tasks()[1], 4));
        QVERIFY2(tip.contains(QStringLiteral("ready for 355 ms")), qPrintable(tip));
        QVERIFY2(tip.contains(QStringLiteral("from 3.500 s to 3.855 s")), qPrintable(tip));
        QVERIFY2(tip.contains(QStringLiteral("The loop was held by parse config (355 ms).")), qPrintable(tip));
        QVERIFY2(plain(spanToolTip(*trace, trace->tasks()[1], 3)).contains(QStringLiteral("read chunk, at jobs.cpp:88")), qPrintable(tip));
    }

    void waitsTellWhoWokeTheTask()
    {
        Trace trace;
        trace.addLane(LaneKind::Worker, "#1", 0);
        const LaneId friendly = test::addTask(trace, "friend", "running 0 20");
        const LaneId task = test::addTask(trace, "reading a.txt",
                                          "ready 0 1,awaiting 1 20,ready 20 30 #2,queued 30 40,in_worker 40 60 #1,ready 60 70 "
                                          "#1,running 70 80,awaiting 80 90,ready 90 95 #0,awaiting 95 99");
        QCOMPARE(friendly, LaneId(2));
        const auto waker = [&](std::size_t span) { return plain(spanSentence(trace, task, span)).section(QStringLiteral(", "), -1); };
        QVERIFY(!spanSentence(trace, task, 0).contains(QStringLiteral("woken")));
        QCOMPARE(waker(1), QStringLiteral("woken by friend"));
        QCOMPARE(waker(2), QStringLiteral("woken by friend"));
        QCOMPARE(waker(3), QStringLiteral("woken by worker #1"));
        QVERIFY(plain(spanSentence(trace, task, 4)).endsWith(QStringLiteral("on worker #1, woken by worker #1")));
        QCOMPARE(waker(5), QStringLiteral("woken by worker #1"));
        QVERIFY(!spanSentence(trace, task, 6).contains(QStringLiteral("woken")));
        QCOMPARE(waker(7), QStringLiteral("woken by the loop"));
        QVERIFY(!spanSentence(trace, task, 9).contains(QStringLiteral("woken"))); // nobody has by now
        QVERIFY(shown(spanToolTip(trace, task, 1)).endsWith(QStringLiteral("\nWoken by friend")));
        QVERIFY(shown(spanToolTip(trace, task, 4)).endsWith(QStringLiteral("\nOn worker #1\nWoken by worker #1")));
    }

    void noLineOfATipEndsBetweenANumberAndItsUnit()
    {
        const auto trace = test::articleTrace();
        const LaneId task = trace->tasks()[1];
        const QString tip = shown(spanToolTip(*trace, task, 4));
        QVERIFY2(tip.contains(QStringLiteral("ready for 355\u202Fms\nfrom 3.500\u202Fs to 3.855\u202Fs\n")), qPrintable(tip));
        QVERIFY2(tip.contains(QStringLiteral("(355\u202Fms)")), qPrintable(tip));
        QVERIFY(shown(runToolTip(*trace, trace->tasks().front(), 0, 3)).contains(QStringLiteral("\nqueued 100\u202Fms\n")));
    }

    void aTipTellsWhatSharesAPixel()
    {
        const auto trace = test::articleTrace();
        const QString tip = plain(runToolTip(*trace, trace->tasks().front(), 0, 3));
        QVERIFY2(tip.contains(QStringLiteral("3 spans in 120 ms")), qPrintable(tip));
        QVERIFY2(tip.contains(QStringLiteral("queued 100 ms")), qPrintable(tip));
        QVERIFY2(!tip.contains(QStringLiteral("idle")), qPrintable(tip));
        Trace gaps;
        const LaneId lane = test::addTask(gaps, "gaps", "running 0 5, running 20 25");
        QVERIFY2(plain(runToolTip(gaps, lane, 0, 2)).contains(QStringLiteral("idle 15.0 ms")), qPrintable(runToolTip(gaps, lane, 0, 2)));
    }

    void foreignTextIsNoMarkup()
    {
        Trace trace;
        const LaneId lane = trace.addLane(LaneKind::Task, "<img src='x'>", 0);
        trace.enter(lane, 0, State::Running, trace.internSite("<b>", "<i>", "f", 1), noLane);
        trace.leave(lane, 5 * ms);
        const QString tip = spanToolTip(trace, lane, 0);
        QVERIFY(!tip.contains(QStringLiteral("<img")));
        QVERIFY(!tip.contains(QStringLiteral("<i>")));
    }

    void slicesAreToldByTheirNames()
    {
        const auto trace = test::importedTrace();
        QCOMPARE(spanLabels(*trace, 2, 0).texts, QStringList{QStringLiteral("navigate")});
        QVERIFY(spanLabels(*trace, 2, 0).mayBeElided);
        QCOMPARE(spanSentence(*trace, 3, 0).replace(QChar(0x202F), QLatin1Char(' ')),
                 QStringLiteral("parse, 20.0 ms, in main of browser (7)"));
        QVERIFY(spanToolTip(*trace, 2, 0).contains(QStringLiteral("category: sample")));
        QVERIFY(instantToolTip(*trace, 2, 0, 1).contains(QStringLiteral("click")));
        QVERIFY(instantToolTip(*trace, 2, 0, 2).contains(QStringLiteral("2 instants")));
        const LaneId heap = trace->rows().back();
        QVERIFY(counterToolTip(*trace, heap, 30 * nanosecondsPerMillisecond).contains(QStringLiteral("heap: 40")));
    }

    void foreignNamesAreEscaped()
    {
        Trace trace(TraceOrigin::Import);
        const LaneId thread = trace.addLane(LaneKind::Thread, "main", 0);
        trace.appendSpan(thread, {0, 5, State::Slice, trace.internSite("<b>\n", "<i>", {}, 0), noEvent});
        const QString tip = spanToolTip(trace, thread, 0);
        QVERIFY(tip.contains(QStringLiteral("&lt;b&gt;")) && !tip.contains(QStringLiteral("<b>\n"))
                && tip.contains(QStringLiteral("&lt;i&gt;")));
    }
};

QTEST_MAIN(SpanTextTest)
#include "span_text_test.moc"
