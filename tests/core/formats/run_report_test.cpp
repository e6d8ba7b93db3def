#include "core/formats/run_report.h"

#include "tests/support/watching_streams.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTest>

#include <memory>
#include <sstream>

using namespace loopscope;
using loopscope::test::FullDisk;
using loopscope::test::MemoryWatch;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

void describeSample(Trace &trace, LaneId reader, LaneId blocker, LaneId missing)
{
    trace.changeTask(reader, [&trace](TaskFacts &task) {
        task.kind = trace.internName("file");
        task.outcome = Outcome::Done;
        task.note = trace.internName("changed while read");
        task.file = std::make_unique<FileFacts>(FileFacts{"dir/a.txt", 1'234'567, 1'234'567, 890, std::nullopt, nullptr});
    });
    trace.changeTask(blocker, [&trace](TaskFacts &task) {
        task.kind = trace.internName("sleep");
        task.outcome = Outcome::Done;
        task.result = trace.internName("Finished sleeping");
    });
    trace.changeTask(missing, [&trace](TaskFacts &task) {
        task.kind = trace.internName("file");
        task.outcome = Outcome::Failed;
        task.error = trace.internName("No such file or directory");
        task.file = std::make_unique<FileFacts>(FileFacts{"missing", 0, std::nullopt, 0, std::nullopt, nullptr});
    });
    trace.changeInfo([](RunInfo &info) {
        info.title = "2 files and a blocker";
        info.startedUnixNs = 1'700'000'000'123'456'789;
        info.workers = 2;
        info.skipped = {{"fifo", 2}, {"link to folder", 1}};
        info.wall = 306 * ms;
        info.cpu = 12 * ms;
        info.peakRssBytes = 34'500'000;
        info.finished = true;
    });
}

/// A run of two workers: a file read on worker 1, a job that blocks the loop, and a file that cannot be opened.
std::unique_ptr<Trace> sampleTrace()
{
    auto owner = std::make_unique<Trace>();
    Trace &trace = *owner;
    const LaneId worker = trace.addLane(LaneKind::Worker, "worker", 0);
    trace.addLane(LaneKind::Worker, "worker", 0);
    const LaneId reader = trace.addLane(LaneKind::Task, "a.txt", 0);
    const LaneId blocker = trace.addLane(LaneKind::Task, "blocker", 0);
    const LaneId missing = trace.addLane(LaneKind::Task, "missing", 0);
    const SiteId chunk = trace.internSite("read chunk", "file_reading.cpp", "readFile", 42);
    const SiteId sleep = trace.internSite("sleep", "jobs.cpp", "run", 7);

    trace.enter(loopLaneId, 1 * ms, State::Running, 0, noLane);
    trace.enter(reader, 0, State::Ready, 0, noLane);
    trace.enter(reader, 1 * ms, State::Running, 0, noLane);
    trace.enter(reader, 2 * ms, State::Queued, chunk, noLane);
    trace.enter(reader, 3 * ms, State::InWorker, chunk, worker);
    trace.enter(worker, 3 * ms, State::InWorker, chunk, reader);
    trace.enter(blocker, 0, State::Ready, 0, noLane);
    trace.enter(blocker, 2 * ms, State::Running, 0, noLane);
    trace.enter(loopLaneId, 4 * ms, State::Blocking, sleep, blocker);
    trace.enter(blocker, 4 * ms, State::Blocking, sleep, noLane);
    trace.leave(worker, 10 * ms);
    trace.enter(reader, 10 * ms, State::Ready, chunk, worker);
    trace.addWake({10 * ms, worker, reader});
    trace.end(blocker, 304 * ms);
    trace.enter(loopLaneId, 304 * ms, State::Running, 0, noLane);
    trace.enter(reader, 304 * ms, State::Running, 0, noLane);
    trace.end(reader, 305 * ms);
    trace.enter(missing, 0, State::Ready, 0, noLane);
    trace.enter(missing, 305 * ms, State::Running, 0, noLane);
    trace.end(missing, 306 * ms);
    trace.leave(loopLaneId, 306 * ms);
    describeSample(trace, reader, blocker, missing);
    return owner;
}

std::string jsonOf(const Trace &trace)
{
    std::ostringstream out;
    writeJsonReport(trace, out);
    return out.str();
}

QJsonObject parsed(const std::string &json)
{
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(json), &error);
    if (error.error != QJsonParseError::NoError)
        QTest::qFail(qPrintable(error.errorString()), __FILE__, __LINE__);
    return document.object();
}

QJsonArray tasksOf(const Trace &trace)
{
    return parsed(jsonOf(trace))[QLatin1String("tasks")].toArray();
}

QSet<QString> keysOf(const QJsonValue &value)
{
    const QStringList keys = value.toObject().keys();
    return {keys.begin(), keys.end()};
}

QSet<QString> words(const char *line)
{
    const QStringList list = QString::fromLatin1(line).split(QLatin1Char(' '));
    return {list.begin(), list.end()};
}

QByteArray golden(const char *name)
{
    QFile file(QStringLiteral(LOOPSCOPE_TEST_DATA "/reports/") + QString::fromLatin1(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// One failed task of each of these names, with the name as its error too.
std::unique_ptr<Trace> traceOfNames(const std::vector<std::string> &names)
{
    auto trace = std::make_unique<Trace>();
    for (const std::string &name : names) {
        const LaneId task = trace->addLane(LaneKind::Task, name, 0);
        trace->changeTask(task, [&](TaskFacts &facts) {
            facts.outcome = Outcome::Failed;
            facts.error = trace->internName(name);
        });
    }
    return trace;
}

} // namespace

class RunReportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jsonIsAsDocumented() { QCOMPARE(QByteArray::fromStdString(jsonOf(*sampleTrace())), golden("run.json")); }

    void textIsAsDocumented() { QCOMPARE(QByteArray::fromStdString(textReport(*sampleTrace())), golden("run.txt")); }

    void everyKeyIsAlwaysThere()
    {
        const QJsonObject report = parsed(jsonOf(*sampleTrace()));
        QCOMPARE(keysOf(report),
                 words("version started_unix_ns workers skipped wall_ns cpu_ns peak_rss_bytes dropped_events spans_not_kept tasks loop "
                       "workers_lanes wakes findings critical_path"));
        QCOMPARE(report[QLatin1String("tasks")].toArray().size(), 3);
        for (const QJsonValue task : report[QLatin1String("tasks")].toArray()) {
            QCOMPARE(keysOf(task), words("id name kind outcome error note result bytes lines valid_utf8 begin_ns end_ns states spans"));
            QCOMPARE(keysOf(task[QLatin1String("states")]), words("running_ns ready_ns awaiting_ns queued_ns in_worker_ns blocking_ns"));
            for (const QJsonValue span : task[QLatin1String("spans")].toArray())
                QCOMPARE(keysOf(span), words("state begin_ns end_ns reason worker"));
        }
        QCOMPARE(keysOf(report[QLatin1String("loop")]), words("busy_ns idle_ns stalls"));
        QCOMPARE(report[QLatin1String("findings")].toArray().size(), 1);
        for (const QJsonValue finding : report[QLatin1String("findings")].toArray()) {
            QCOMPARE(keysOf(finding), words("kind task begin_ns end_ns text remedy affected"));
            for (const QJsonValue affected : finding[QLatin1String("affected")].toArray())
                QCOMPARE(keysOf(affected), words("task waited_ns"));
        }
        for (const QJsonValue piece : report[QLatin1String("critical_path")].toArray())
            QCOMPARE(keysOf(piece), words("lane state begin_ns end_ns"));
    }

    void aRunOfNothingIsADocumentToo()
    {
        const Trace trace;
        QVERIFY(tasksOf(trace).isEmpty());
        QVERIFY(!textReport(trace).empty());
    }

    void hostileNamesStayAsciiAndComeBack()
    {
        const std::vector<std::string> names = {"a\nb",     "quote\"back\\slash",  "\x1b[2J\a", "bad\xff\xc3(",
                                                "\xe2\x82", "\xe2\x80\xaegpj.exe", "日本語😀",   std::string("nul\0in", 6)};
        const std::vector<QString> expected = {QStringLiteral("a\nb"),       QStringLiteral("quote\"back\\slash"),
                                               QStringLiteral("\x1b[2J\a"),  QStringLiteral("bad\\xFF\\xC3("),
                                               QStringLiteral("\\xE2\\x82"), QChar(0x202E) + QStringLiteral("gpj.exe"),
                                               QString::fromUtf8("日本語😀"), QStringLiteral("nul") + QChar(0) + QStringLiteral("in")};
        const std::string json = jsonOf(*traceOfNames(names));
        QVERIFY(std::all_of(json.begin(), json.end() - 1, [](char c) { return c >= 0x20 && c < 0x7F; }));
        const QJsonArray tasks = tasksOf(*traceOfNames(names));
        for (std::size_t i = 0; i < names.size(); ++i) {
            QCOMPARE(tasks[static_cast<qsizetype>(i)][QLatin1String("name")].toString(), expected[i]);
            QCOMPARE(tasks[static_cast<qsizetype>(i)][QLatin1String("error")].toString(), expected[i]);
        }
    }

    void theTextCarriesNoControlCharacters()
    {
        const std::string text = textReport(*traceOfNames({"a\nb", "\x1b[2J\a", "bad\xff", "\xe2\x80\xaegpj.exe", "\xc2\x9b[31m"}));
        QVERIFY(std::ranges::none_of(text, [](char c) { return (c >= 0 && c < 0x20 && c != '\n') || c == 0x7F; }));
        QVERIFY(text.find("a\\nb") != std::string::npos);
        QVERIFY(text.find("\xe2\x80\xae") == std::string::npos);
        QVERIFY(text.find("\xc2\x9b") == std::string::npos);
        QVERIFY(!QString::fromStdString(text).contains(QChar::ReplacementCharacter));
    }

    void whatIsListedIsCapped()
    {
        const std::string text = textReport(*traceOfNames(std::vector<std::string>(20'000, "name")));
        QVERIFY(text.find("20000 failed") != std::string::npos);
        QVERIFY(text.find("... and 19990 more") != std::string::npos);
        QVERIFY(std::ranges::count(text, '\n') < 60);
    }

    void validityIsUnknownOfWhatWasNotRead()
    {
        Trace trace;
        const auto addFile = [&trace](Outcome outcome, std::optional<std::uint64_t> firstInvalid) {
            const LaneId task = trace.addLane(LaneKind::Task, "f", 0);
            trace.changeTask(task, [&](TaskFacts &facts) {
                facts.outcome = outcome;
                facts.file = std::make_unique<FileFacts>();
                facts.file->firstInvalidUtf8 = firstInvalid;
            });
        };
        addFile(Outcome::Done, {});
        addFile(Outcome::Done, 0);
        addFile(Outcome::Cancelled, {});
        addFile(Outcome::Cancelled, 7);
        const QJsonArray tasks = tasksOf(trace);
        const std::vector<QJsonValue> expected = {true, false, QJsonValue(), false};
        for (std::size_t i = 0; i < expected.size(); ++i)
            QVERIFY(tasks[static_cast<qsizetype>(i)][QLatin1String("valid_utf8")] == expected[i]);
    }

    void memoryDoesNotGrowWithSpansBesideTheCriticalPath()
    {
        Trace trace;
        const LaneId last = trace.addLane(LaneKind::Task, "ends last", 0);
        trace.enter(last, 0, State::Awaiting, 0, noLane);
        trace.end(last, 400'000);
        const LaneId task = trace.addLane(LaneKind::Task, "task", 0);
        for (int i = 0; i < 300'000; ++i)
            trace.enter(task, i, i % 2 == 0 ? State::Running : State::Awaiting, 0, noLane);
        trace.end(task, 300'000);
        MemoryWatch watch;
        std::ostream out(&watch);
        const std::size_t before = ::mallinfo2().uordblks;
        writeJsonReport(trace, out);
        QVERIFY(watch.written > 20'000'000);
        QVERIFY2(watch.most < before + 100'000, qPrintable(QString::number(watch.most - before)));
    }

    void aFullDiskEndsItSoon()
    {
        FullDisk disk(100'000);
        std::ostream out(&disk);
        writeJsonReport(*traceOfNames(std::vector<std::string>(50'000, "name")), out);
        QVERIFY(out.fail());
        QVERIFY2(disk.writes < 20, qPrintable(QString::number(disk.writes)));
    }
};

QTEST_GUILESS_MAIN(RunReportTest)
#include "run_report_test.moc"
