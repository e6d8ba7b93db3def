#include "tests/support/sample_trace.h"
#include "ui/timeline/span_boxes.h"

#include <QFile>
#include <QTest>

using namespace loopscope;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

// One line a box: "12..40 ready 3" with the first span, "+5" when it stands for five more, "sparse" where it is.
QString toText(const LaneBoxes &lane)
{
    QString text;
    for (const SpanBox &box : lane.boxes) {
        text +=
            QStringLiteral("%1..%2 %3 %4").arg(box.left).arg(box.right).arg(QString::fromLatin1(stateKey(box.state).data())).arg(box.first);
        text += box.count > 1 ? QStringLiteral("+%1").arg(box.count - 1) : QString();
        text += box.isSparse ? QStringLiteral(" sparse\n") : QStringLiteral("\n");
    }
    return text;
}

QString boxesOf(const char *spans, TimeRange rangeMs, int columns)
{
    Trace trace;
    trace.addLane(LaneKind::Worker, "worker", 0);
    const LaneId lane = test::addTask(trace, "task", spans);
    return toText(spanBoxes(trace, lane, {{rangeMs.begin * ms, rangeMs.end * ms}, columns}));
}

void compareWithGolden(const QString &name, const QString &actual)
{
    QFile file(QStringLiteral(LOOPSCOPE_TEST_DATA "/timeline/") + name);
    if (qEnvironmentVariableIsSet("LOOPSCOPE_UPDATE_GOLDEN")) {
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(actual.toUtf8());
        return;
    }
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
    QCOMPARE(actual, QString::fromUtf8(file.readAll()));
}

} // namespace

class SpanBoxesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void longSpansMeetAtTheNearestEdge()
    {
        QCOMPARE(boxesOf("running 0 14, ready 14 36, awaiting 36 100", {0, 100}, 10),
                 QStringLiteral("0..1 running 0\n1..4 ready 1\n4..10 awaiting 2\n"));
    }

    void aShortSpanKeepsAPixelBetweenLongOnes()
    {
        QCOMPARE(boxesOf("awaiting 0 52, running 52 53, awaiting 53 100", {0, 100}, 10),
                 QStringLiteral("0..5 awaiting 0\n5..6 running 1\n6..10 awaiting 2\n"));
        QCOMPARE(boxesOf("awaiting 0 56, running 56 63, awaiting 63 100", {0, 100}, 10),
                 QStringLiteral("0..5 awaiting 0\n5..6 running 1\n6..10 awaiting 2\n"));
    }

    void inAColumnTheStateWithMostTimeWins()
    {
        QCOMPARE(boxesOf("running 1 3, ready 3 8, running 8 10", {0, 100}, 10), QStringLiteral("0..1 ready 0+2\n"));
        QCOMPARE(boxesOf("ready 1 3, running 3 5", {0, 100}, 10), QStringLiteral("0..1 running 0+1\n"));
    }

    void blockingNeverVanishes()
    {
        QCOMPARE(boxesOf("running 0 4, blocking 4 5, running 5 9", {0, 100}, 10), QStringLiteral("0..1 blocking 0+2\n"));
        QString many = QStringLiteral("blocking 0 1");
        for (int i = 1; i < 200; ++i)
            many += QStringLiteral(", %1 %2 %3").arg(i % 2 == 0 ? QStringLiteral("ready") : QStringLiteral("running")).arg(i).arg(i + 1);
        QVERIFY(boxesOf(many.toUtf8().constData(), {0, 1000}, 10).startsWith(QStringLiteral("0..1 blocking 0+99\n")));
    }

    void equalNeighbouringColumnsMerge()
    {
        QCOMPARE(boxesOf("running 1 2, running 11 12, running 21 22, ready 31 32", {0, 100}, 10),
                 QStringLiteral("0..3 running 0+2 sparse\n3..4 ready 3\n"));
    }

    // A column is 10 ms.
    void whatIsIdleMostOfTheTimeIsSparse()
    {
        // Running for 4 of 10 ms, then for 6, then for 4 again.
        QCOMPARE(boxesOf("running 0 4, running 10 14, running 21 27, running 31 37, running 41 45, awaiting 95 100", {0, 100}, 10),
                 QStringLiteral("0..2 running 0+1 sparse\n2..4 running 2+1\n4..5 running 4 sparse\n9..10 awaiting 5\n"));
        // Half is not most; several spans count as one of their length.
        QCOMPARE(boxesOf("running 0 5, running 10 12, running 14 16, awaiting 95 100", {0, 100}, 10),
                 QStringLiteral("0..1 running 0\n1..2 running 1+1 sparse\n9..10 awaiting 3\n"));
    }

    void whatNeighboursFillIsNotIdle()
    {
        QCOMPARE(boxesOf("awaiting 0 52, running 52 53, awaiting 53 100", {0, 100}, 10),
                 QStringLiteral("0..5 awaiting 0\n5..6 running 1\n6..10 awaiting 2\n"));
        QCOMPARE(boxesOf("awaiting 0 54, running 55 56, awaiting 95 100", {0, 100}, 10),
                 QStringLiteral("0..5 awaiting 0\n5..6 running 1\n9..10 awaiting 2\n"));
        QCOMPARE(boxesOf("awaiting 0 51, running 55 56, awaiting 95 100", {0, 100}, 10),
                 QStringLiteral("0..5 awaiting 0\n5..6 running 1 sparse\n9..10 awaiting 2\n"));
    }

    void blockingIsNeverSparse()
    {
        QCOMPARE(boxesOf("running 10 11, blocking 11 12, running 21 22, awaiting 95 100", {0, 100}, 10),
                 QStringLiteral("1..2 blocking 0+1\n2..3 running 2 sparse\n9..10 awaiting 3\n"));
    }

    // A task that lives for a millisecond has not been idle in the rest of the column.
    void onlyTheLifeOfALaneCounts()
    {
        QCOMPARE(boxesOf("running 12 14, running 14 15", {0, 100}, 10), QStringLiteral("1..2 running 0+1\n"));
        Trace trace;
        trace.advanceTo(12 * ms);
        const LaneId lane = test::addTask(trace, "task", "running 12");
        trace.advanceTo(14 * ms);
        QCOMPARE(toText(spanBoxes(trace, lane, {{0, 100 * ms}, 10})), QStringLiteral("1..2 running 0\n"));
    }

    void gapsStayEmpty()
    {
        QCOMPARE(boxesOf("running 0 20, running 50 70", {0, 100}, 10), QStringLiteral("0..2 running 0\n5..7 running 1\n"));
    }

    void spansAreCutAtTheEdges()
    {
        QCOMPARE(boxesOf("running 0 200, ready 200 400", {150, 250}, 10), QStringLiteral("0..5 running 0\n5..10 ready 1\n"));
        QCOMPARE(boxesOf("running 0 151, ready 151 249, running 249 300", {150, 250}, 10),
                 QStringLiteral("0..1 running 0\n1..9 ready 1\n9..10 running 2\n"));
        QCOMPARE(boxesOf("running 0 100", {150, 250}, 10), QString());
        QCOMPARE(boxesOf("running 0 100", {100, 250}, 10), QString());
    }

    void anOpenSpanReachesNow()
    {
        Trace trace;
        const LaneId lane = test::addTask(trace, "task", "running 0 10, awaiting 10");
        trace.advanceTo(60 * ms);
        QCOMPARE(toText(spanBoxes(trace, lane, {{0, 100 * ms}, 10})), QStringLiteral("0..1 running 0\n1..6 awaiting 1\n"));
    }

    void theArticleAtFourScales()
    {
        const auto trace = test::articleTrace();
        QString text;
        for (const int columns : {1200, 300, 40, 7}) {
            for (LaneId lane = 0; lane < trace->laneCount(); ++lane) {
                text += QStringLiteral("%1 at %2 columns\n").arg(QString::fromStdString(std::string(trace->nameOf(lane)))).arg(columns);
                text += toText(spanBoxes(*trace, lane, {{-100 * ms, 5900 * ms}, columns}));
            }
        }
        compareWithGolden(QStringLiteral("article_boxes.txt"), text);
    }

    void boxesAreDisjointAndComplete()
    {
        const auto trace = test::largeTrace(3, 5000);
        for (const Nanoseconds begin : {Nanoseconds(-500), Nanoseconds(0), Nanoseconds(1'234'567), Nanoseconds(9'000'000)}) {
            for (const Nanoseconds length : {Nanoseconds(900), Nanoseconds(33'333), Nanoseconds(1'000'000), Nanoseconds(20'000'000)}) {
                const TimeScale scale{{begin, begin + length}, 321};
                for (const LaneId lane : trace->tasks())
                    verifyComplete(*trace, lane, scale);
            }
        }
    }

    void costIsBoundedByPixelsNotSpans()
    {
        constexpr int columns = 1000;
        const auto few = test::largeTrace(1, 20'000);
        const auto many = test::largeTrace(1, 400'000);
        for (const auto &trace : {few, many}) {
            const LaneBoxes lane = spanBoxes(*trace, trace->tasks().front(), {trace->extent(), columns});
            QVERIFY(lane.boxes.size() <= columns);
            QVERIFY2(lane.queries <= 16 * columns, qPrintable(QString::number(lane.queries)));
        }
    }

    void aColumnOfABoxLeadsToItsSpan()
    {
        const auto trace = test::largeTrace(1, 50);
        const LaneId lane = trace->tasks().front();
        const TimeScale scale{trace->extent(), 900};
        for (const SpanBox &box : spanBoxes(*trace, lane, scale).boxes) {
            for (int column = box.left; column < box.right; ++column)
                QCOMPARE(spanInBox(*trace, lane, scale, box, column), box.first);
        }
        const TimeScale coarse{trace->extent(), 3};
        const SpanBox run = spanBoxes(*trace, lane, coarse).boxes.front();
        QVERIFY(run.count > 1);
        QCOMPARE(spanInBox(*trace, lane, coarse, run, -5), run.first);
        QCOMPARE(spanInBox(*trace, lane, coarse, run, 99), run.first + run.count - 1);
    }

    // Slices of 1 ns in one column: the name with most time, if that is certain after nine of them.
    void aColumnOfSlicesBearsTheNameWithMostTime()
    {
        const auto namesOf = [](const std::string &letters) {
            Trace trace(TraceOrigin::Import);
            const LaneId thread = trace.addLane(LaneKind::Thread, "main", 0);
            for (std::size_t i = 0; i < letters.size(); ++i) {
                const auto begin = static_cast<Nanoseconds>(i);
                trace.appendSpan(thread, {begin, begin + 1, State::Slice, trace.internSite(letters.substr(i, 1), {}, {}, 0), noEvent});
            }
            const LaneBoxes boxes = spanBoxes(trace, thread, {{0, 1000}, 1});
            return boxes.boxes.size() == 1 ? trace.name(boxes.boxes.front().name) : std::string("none");
        };
        QCOMPARE(namesOf("abbac"), std::string("a")); // of two as long the first
        QCOMPARE(namesOf("abbabc"), std::string("b"));
        QCOMPARE(namesOf("aaaaaaaaabbbbbbbb"), std::string("a")); // more than half of all
        QCOMPARE(namesOf("aaaaaaaaabbbbbbbbbb"), std::string());  // it may be another one
    }

    void namesDivideWhatStatesWouldJoin()
    {
        Trace trace(TraceOrigin::Import);
        const LaneId thread = trace.addLane(LaneKind::Thread, "main", 0);
        for (Nanoseconds begin = 0; begin < 40; ++begin)
            trace.appendSpan(thread, {begin, begin + 1, State::Slice, trace.internSite(begin < 20 ? "a" : "b", {}, {}, 0), noEvent});
        const LaneBoxes boxes = spanBoxes(trace, thread, {{0, 40}, 10});
        QCOMPARE(boxes.boxes.size(), std::size_t(2));
        QCOMPARE(boxes.boxes[0].right, 5);
        QVERIFY(boxes.boxes[0].name != boxes.boxes[1].name);
    }

private:
    // Every visible span is in exactly one box, boxes are in order, and no column is used twice.
    static void verifyComplete(const Trace &trace, LaneId lane, const TimeScale &scale)
    {
        const LaneBoxes result = spanBoxes(trace, lane, scale);
        std::size_t next = trace.firstSpanEndingAfter(lane, scale.range.begin);
        int right = 0;
        for (const SpanBox &box : result.boxes) {
            QVERIFY(box.left >= right);
            QVERIFY(box.right > box.left);
            QVERIFY(box.right <= scale.columns);
            QCOMPARE(box.first, next);
            next = box.first + box.count;
            right = box.right;
        }
        QVERIFY(next == trace.spanCount(lane) || trace.span(lane, next).begin >= scale.range.end);
    }
};

QTEST_GUILESS_MAIN(SpanBoxesTest)
#include "span_boxes_test.moc"
