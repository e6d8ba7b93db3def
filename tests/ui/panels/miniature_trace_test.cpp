#include "ui/panels/miniature_trace.h"

#include <QTest>

using namespace loopscope;

class MiniatureTraceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tasksAndSpansAreRead()
    {
        const auto trace = parseMiniature(R"({"version":1,"wall_ns":1000,"tasks":[
            {"name":"a","spans":[["ready",0,200],["running",300,900]]},
            {"name":"b","spans":[["in_worker",100,1000]]}]})");
        QVERIFY2(trace, trace ? "" : qPrintable(trace.error()));
        const Trace &read = **trace;
        QCOMPARE(read.tasks().size(), std::size_t(2));
        QCOMPARE(read.nameOf(read.tasks()[1]), std::string("b"));
        QCOMPARE(read.spanCount(read.tasks()[0]), std::size_t(2));
        QCOMPARE(read.span(read.tasks()[0], 1), (Span{300, 900, State::Running, 0, noLane}));
        QCOMPARE(read.extent(), (TimeRange{0, 1000}));
        QVERIFY(read.info().finished);
    }

    void whatIsNoMiniatureIsRefused_data()
    {
        QTest::addColumn<QByteArray>("json");
        const QByteArray begin = R"({"version":1,"wall_ns":1000,"tasks":[{"name":"a","spans":)";
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("truncated") << begin;
        QTest::newRow("array") << QByteArray("[]");
        QTest::newRow("newer") << QByteArray(R"({"version":2,"wall_ns":1,"tasks":[]})");
        QTest::newRow("no tasks") << QByteArray(R"({"version":1,"wall_ns":1,"tasks":[]})");
        QTest::newRow("no spans") << begin + "[]}]}";
        QTest::newRow("no time") << QByteArray(R"({"version":1,"wall_ns":0,"tasks":[{"spans":[["ready",0,1]]}]})");
        QTest::newRow("unknown state") << begin + R"([["asleep",0,1]]}]})";
        QTest::newRow("short span") << begin + R"([["ready",0]]}]})";
        QTest::newRow("span of text") << begin + R"(["ready"]}]})";
        QTest::newRow("backwards") << begin + R"([["ready",9,3]]}]})";
        QTest::newRow("negative") << begin + R"([["ready",-9,3]]}]})";
        QTest::newRow("beyond all time") << begin + R"([["ready",0,1e300]]}]})";
        QTest::newRow("overlapping") << begin + R"([["ready",0,9],["running",5,12]]}]})";
    }

    void whatIsNoMiniatureIsRefused()
    {
        QFETCH(QByteArray, json);
        const auto trace = parseMiniature(json);
        QVERIFY(!trace);
        QVERIFY(!trace.error().isEmpty());
    }
};

QTEST_GUILESS_MAIN(MiniatureTraceTest)
#include "miniature_trace_test.moc"
