#include "core/formats/csv_export.h"

#include <QTest>

#include <sstream>

using namespace loopscope;

namespace {

std::string csvOf(const Trace &trace)
{
    std::ostringstream out;
    const OpeningObserver observer;
    ExportProgress progress(observer, 0);
    return writeCsv(trace, out, progress) ? out.str() : std::string();
}

constexpr const char *header = "lane,kind,state,name,depth,begin_ns,dur_ns,reason,worker\n";

} // namespace

class CsvExportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRunIsARowASpan()
    {
        Trace trace;
        const LaneId worker = trace.addLane(LaneKind::Worker, "worker", 0);
        const LaneId task = trace.addLane(LaneKind::Task, "read", 0);
        const LaneId other = trace.addLane(LaneKind::Task, "read", 0);
        const SiteId chunk = trace.internSite("read \"a\", all", "x.cpp", "f", 1);
        trace.enter(task, 0, State::Ready, 0, noLane);
        trace.enter(task, 10, State::InWorker, chunk, worker);
        trace.enter(worker, 10, State::InWorker, chunk, task);
        trace.leave(worker, 30);
        trace.end(task, 30);
        trace.enter(other, 5, State::Awaiting, 0, noLane);
        trace.advanceTo(40);
        QCOMPARE(csvOf(trace), header
                                   + std::string("worker 1,span,in_worker,,0,10,20,\"read \"\"a\"\", all\",1\n"
                                                 "read (#2),span,ready,,0,0,10,,\n"
                                                 "read (#2),span,in_worker,,0,10,20,\"read \"\"a\"\", all\",1\n"
                                                 "read (#3),span,awaiting,,0,5,35,,\n"));
    }

    void aTraceOfOthersHasSlicesAndInstants()
    {
        Trace trace(TraceOrigin::Import);
        const LaneId process = trace.addLane(LaneKind::Process, "tool (7)", 0);
        const LaneId thread = trace.addLane(LaneKind::Thread, "main", 0);
        const LaneId row = trace.addLane(LaneKind::Row, "main", 0);
        trace.changeTask(thread, [&](TaskFacts &facts) { facts.parent = process; });
        trace.changeTask(row, [&](TaskFacts &facts) { facts.parent = thread; });
        const SiteId paint = trace.internSite("=paint", "gfx", "", 0);
        trace.enter(thread, 0, State::Slice, paint, 3);
        trace.leave(thread, 50);
        trace.enter(thread, 50, State::Ready, trace.internSite("cpu", "", "", 0), noLane);
        trace.enter(row, 10, State::Slice, paint, 4);
        trace.leave(row, 20);
        trace.changeImported([&](ImportedEvents &events) {
            events.setInstants({{5, thread, paint, 1}, {10, thread, paint, 5}, {20, thread, paint, 6}, {60, thread, paint, 2}});
        });
        trace.advanceTo(70);
        QCOMPARE(csvOf(trace), header
                                   + std::string("tool (7) / main,slice,,'=paint,0,0,50,,\n"
                                                 "tool (7) / main,instant,,'=paint,1,5,0,,\n"
                                                 "tool (7) / main,instant,,'=paint,2,10,0,,\n"
                                                 "tool (7) / main,instant,,'=paint,1,20,0,,\n"
                                                 "tool (7) / main,span,ready,,0,50,20,cpu,\n"
                                                 "tool (7) / main,instant,,'=paint,0,60,0,,\n"
                                                 "tool (7) / main,slice,,'=paint,1,10,10,,\n"));
    }

    // What has not ended goes on, and has not gone by where the trace ends; what has no length is around nothing.
    void anInstantIsAsDeepAsThereAreSlicesAroundIt()
    {
        Trace trace(TraceOrigin::Import);
        const LaneId thread = trace.addLane(LaneKind::Thread, "main", 0);
        const LaneId row = trace.addLane(LaneKind::Row, "main", 0);
        trace.changeTask(row, [&](TaskFacts &facts) { facts.parent = thread; });
        trace.appendSpan(row, {10, 10, State::Slice, 0, noLane});
        trace.enter(row, 20, State::Slice, 0, noLane);
        trace.changeImported([&](ImportedEvents &events) {
            events.setInstants({{10, thread, 0, 1}, {15, thread, 0, 2}, {30, thread, 0, 3}});
        });
        trace.advanceTo(30);
        QCOMPARE(csvOf(trace), header
                                   + std::string("main,instant,,,0,10,0,,\n"
                                                 "main,instant,,,0,15,0,,\n"
                                                 "main,instant,,,1,30,0,,\n"
                                                 "main,slice,,,1,10,0,,\n"
                                                 "main,slice,,,1,20,10,,\n"));
    }

    void fieldsAreQuotedWhereTheyMust_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("field");
        const auto row = [](const char *text, const char *field) { QTest::newRow(field) << QByteArray(text) << QByteArray(field); };
        row("plain text", "plain text");
        row("a,b", "\"a,b\"");
        row("say \"x\"", "\"say \"\"x\"\"\"");
        row("two\nlines", "\"two\nlines\"");
        row("=1+1", "'=1+1");
        row("+1", "'+1");
        row("-1", "'-1");
        row("@SUM(A1)", "'@SUM(A1)");
        row("\t=1", "'\t=1");
        row("\r=1,2", "\"'\r=1,2\"");
        row("a=1", "a=1");
        row("bad\xff", "bad\\xFF");
        row("\xe2\x82\xac", "\xe2\x82\xac");
    }

    void fieldsAreQuotedWhereTheyMust()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, field);
        QCOMPARE(QByteArray::fromStdString(csvField({text.constData(), static_cast<std::size_t>(text.size())})), field);
    }
};

QTEST_GUILESS_MAIN(CsvExportTest)
#include "csv_export_test.moc"
