#include "core/formats/imported_report.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

#include <sstream>

using namespace loopscope;

namespace {

std::unique_ptr<Trace> sampleTrace()
{
    auto owner = std::make_unique<Trace>(TraceOrigin::Import);
    Trace &trace = *owner;
    const NameId threadKind = trace.internName("thread");
    const LaneId process = trace.addLane(LaneKind::Process, "tool (7)", 0);
    const LaneId thread = trace.addLane(LaneKind::Thread, "main\x1b[2J", 0);
    const LaneId row = trace.addLane(LaneKind::Row, "main\x1b[2J", 0);
    const LaneId counter = trace.addLane(LaneKind::Counter, "memory", 0);
    trace.changeTask(thread, [&](TaskFacts &facts) {
        facts.parent = process;
        facts.kind = threadKind;
    });
    trace.changeTask(row, [&](TaskFacts &facts) { facts.parent = thread; });
    trace.changeTask(counter, [&](TaskFacts &facts) { facts.parent = process; });
    const SiteId paint = trace.internSite("paint", "gfx", "", 0);
    trace.enter(thread, 0, State::Slice, paint, 0);
    trace.leave(thread, 3'000'000);
    trace.enter(thread, 4'000'000, State::Ready, trace.internSite("cpu", "", "", 0), noLane);
    trace.leave(thread, 5'000'000);
    trace.enter(row, 1'000'000, State::Slice, paint, 1);
    trace.leave(row, 1'500'000);
    trace.changeImported([&](ImportedEvents &events) {
        events.setInstants({{5, thread, trace.internSite("click", "", "", 0), 2}});
        events.setFlows({{5, 9, thread, thread, paint}});
        events.setSamples(counter, {{0, 2.5}, {1, -1}, {2, 0}});
    });
    trace.changeInfo([](RunInfo &info) {
        info.title = "a.json";
        info.importedFrom = "Chrome JSON";
        info.problems = {{"events without a phase were left out", 3, 120, true}, {"slices that do not end go on", 1, 7, false}};
    });
    return owner;
}

QByteArray golden(const char *name)
{
    QFile file(QStringLiteral(LOOPSCOPE_TEST_DATA "/reports/") + QString::fromLatin1(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class ImportedReportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jsonIsAsDocumented()
    {
        std::ostringstream out;
        writeImportedJsonReport(*sampleTrace(), out);
        QCOMPARE(QByteArray::fromStdString(out.str()), golden("imported.json"));
        QVERIFY(!QJsonDocument::fromJson(QByteArray::fromStdString(out.str())).isNull());
    }

    void textIsAsDocumented() { QCOMPARE(QByteArray::fromStdString(importedTextReport(*sampleTrace())), golden("imported.txt")); }

    void aTraceOfNothingHasAReportToo()
    {
        const Trace trace(TraceOrigin::Import);
        std::ostringstream out;
        writeImportedJsonReport(trace, out);
        QVERIFY(!QJsonDocument::fromJson(QByteArray::fromStdString(out.str())).isNull());
        QVERIFY(importedTextReport(trace).ends_with("no problems found\n"));
    }

    void whatIsListedIsCapped()
    {
        Trace trace(TraceOrigin::Import);
        for (int i = 0; i < 5000; ++i) {
            const LaneId thread = trace.addLane(LaneKind::Thread, std::to_string(i), 0);
            trace.enter(thread, 0, State::Slice, trace.internSite("name " + std::to_string(i), "", "", 0), 0);
            trace.leave(thread, 1 + i);
        }
        const std::string text = importedTextReport(trace);
        QVERIFY(std::ranges::count(text, '\n') < 70);
        QVERIFY(text.find("  5.00 us        1        0  4999\n") != std::string::npos);
        QVERIFY(text.find("... and 4980 more") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(ImportedReportTest)
#include "imported_report_test.moc"
