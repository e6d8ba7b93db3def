#include "core/formats/chrome_export.h"
#include "tests/support/random_trace.h"
#include "tests/support/watching_streams.h"

#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <memory>
#include <sstream>

using namespace loopscope;
using loopscope::test::FullDisk;
using loopscope::test::MemoryWatch;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

/// A worker wakes a task that waits for it; another one, of a nasty name, is still ready at the end.
std::unique_ptr<Trace> sampleRun()
{
    auto owner = std::make_unique<Trace>();
    Trace &trace = *owner;
    const LaneId worker = trace.addLane(LaneKind::Worker, "worker", 0);
    const LaneId task = trace.addLane(LaneKind::Task, "read \"a\"", 0);
    const LaneId waiting = trace.addLane(LaneKind::Task, "\xff\n", 1);
    const SiteId chunk = trace.internSite("read chunk", "reading.cpp", "Task read()", 42);
    trace.enter(task, 0, State::Ready, 0, noLane);
    trace.enter(loopLaneId, 1 * ms, State::Running, 0, task);
    trace.enter(task, 1 * ms, State::Running, 0, noLane);
    trace.leave(loopLaneId, 1'250'001);
    trace.enter(task, 1'250'001, State::InWorker, chunk, worker);
    trace.enter(worker, 1'250'001, State::InWorker, chunk, task);
    trace.leave(worker, 3 * ms);
    trace.enter(task, 3 * ms, State::Ready, chunk, worker);
    trace.addWake({3 * ms, worker, task});
    trace.addWake({3 * ms, loopLaneId, waiting});
    trace.enter(task, 4 * ms, State::Running, 0, noLane);
    trace.end(task, 5 * ms);
    trace.enter(waiting, 1, State::Ready, 0, noLane);
    trace.changeTask(task, [&trace](TaskFacts &facts) {
        facts.kind = trace.internName("file");
        facts.outcome = Outcome::Done;
        facts.result = trace.internName("2 lines");
        facts.file =
            std::make_unique<FileFacts>(FileFacts{"dir/a\xff", 8, 8, 2, std::nullopt, std::make_shared<const std::string>("a\nb")});
    });
    trace.changeInfo([](RunInfo &info) {
        info.title = "sample";
        info.startedUnixNs = 1'700'000'000'123'456'789;
        info.workers = 1;
        info.wall = 5 * ms;
        info.finished = true;
    });
    trace.advanceTo(6 * ms);
    return owner;
}

std::string exported(const Trace &trace, const Marks &marks = {})
{
    std::ostringstream out;
    const OpeningObserver observer;
    ExportProgress progress(observer, 0);
    return writeChromeJson(trace, marks, out, progress) ? out.str() : std::string();
}

QJsonArray eventsOf(const std::string &json)
{
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(json), &error);
    if (error.error != QJsonParseError::NoError)
        QTest::qFail(qPrintable(error.errorString()), __FILE__, __LINE__);
    return document.object()[QLatin1String("traceEvents")].toArray();
}

struct Slice {
    qint64 begin = 0; // in ns
    qint64 end = 0;
};

qint64 nanoseconds(const QJsonValue &event, const char *key)
{
    return qRound64(event[QLatin1String(key)].toDouble() * 1000);
}

/// By thread.
using Slices = QHash<int, std::vector<Slice>>;

Slices slicesOf(const QJsonArray &events)
{
    Slices slices;
    for (const QJsonValue event : events) {
        const QString phase = event[QLatin1String("ph")].toString();
        const qint64 begin = nanoseconds(event, "ts");
        const int thread = event[QLatin1String("tid")].toInt();
        if (phase == QLatin1String("X"))
            slices[thread].push_back({begin, begin + nanoseconds(event, "dur")});
        else if (phase == QLatin1String("B"))
            slices[thread].push_back({begin, INT64_MAX});
    }
    return slices;
}

bool isInSlice(const Slices &slices, const QJsonValue &event)
{
    const qint64 at = nanoseconds(event, "ts");
    const std::vector<Slice> ofThread = slices.value(event[QLatin1String("tid")].toInt());
    return std::ranges::any_of(ofThread, [at](const Slice &slice) { return slice.begin <= at && at < slice.end; });
}

QByteArray golden(const char *name)
{
    QFile file(QStringLiteral(LOOPSCOPE_TEST_DATA "/traces/") + QString::fromLatin1(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// The rules of the Trace Event Format as Perfetto's documentation and importer have them, on what is exported of runs.
class ChromeExportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        runs_.clear();
        runs_.push_back(sampleRun());
        for (std::uint32_t seed = 0; seed < 6; ++seed)
            runs_.push_back(test::randomTrace(seed, TraceOrigin::Run));
    }

    void aRunIsAsDocumented()
    {
        Marks marks;
        marks.add(2 * ms, "here");
        QCOMPARE(QByteArray::fromStdString(exported(*sampleRun(), marks)), golden("exported_run.json"));
    }

    void allOfItIsAscii()
    {
        for (const auto &run : runs_)
            QVERIFY(std::ranges::all_of(exported(*run), [](char c) { return c == '\n' || (c >= 0x20 && c < 0x7F); }));
    }

    void phasesAreKnownOnes()
    {
        for (const auto &run : runs_) {
            for (const QJsonValue event : eventsOf(exported(*run))) {
                const QString phase = event[QLatin1String("ph")].toString();
                QVERIFY2(phase.size() == 1 && QStringLiteral("MXBisfC").contains(phase), qPrintable(phase));
                QVERIFY(event[QLatin1String("pid")].isDouble());
                QVERIFY(!event[QLatin1String("name")].toString().isEmpty());
                QVERIFY(phase == QLatin1String("M") || event[QLatin1String("ts")].isDouble());
            }
        }
    }

    void timesAreMicrosecondsWithThreeDecimals()
    {
        const QRegularExpression time(QStringLiteral("\"(ts|dur)\":([^,}]*)"));
        const QRegularExpression threeDecimals(QRegularExpression::anchoredPattern(QStringLiteral("\\d+\\.\\d{3}")));
        const QString json = QString::fromStdString(exported(*sampleRun()));
        for (auto match = time.globalMatch(json); match.hasNext();) {
            const QString value = match.next().captured(2);
            QVERIFY2(threeDecimals.match(value).hasMatch(), qPrintable(value));
        }
        QVERIFY(json.contains(QStringLiteral("\"ts\":1250.001,\"dur\":1749.999")));
    }

    void slicesOfAThreadDoNotOverlap()
    {
        for (const auto &run : runs_) {
            const Slices slices = slicesOf(eventsOf(exported(*run)));
            for (const std::vector<Slice> &ofThread : slices) {
                for (std::size_t i = 1; i < ofThread.size(); ++i)
                    QVERIFY(ofThread[i - 1].end <= ofThread[i].begin);
            }
        }
    }

    void everyThreadIsNamed()
    {
        for (const auto &run : runs_) {
            QSet<int> named;
            QSet<int> sorted;
            const QJsonArray events = eventsOf(exported(*run));
            for (const QJsonValue event : events) {
                const QString name = event[QLatin1String("name")].toString();
                if (name == QLatin1String("thread_name") || name == QLatin1String("process_name"))
                    QVERIFY(!event[QLatin1String("args")][QLatin1String("name")].toString().isEmpty());
                if (name == QLatin1String("thread_name"))
                    named.insert(event[QLatin1String("tid")].toInt());
                if (name == QLatin1String("thread_sort_index"))
                    sorted.insert(event[QLatin1String("tid")].toInt());
            }
            QCOMPARE(named.size(), static_cast<qsizetype>(run->laneCount()));
            QCOMPARE(sorted, named);
            QVERIFY(!named.contains(0)); // no thread to Perfetto
            for (const int thread : slicesOf(events).keys())
                QVERIFY(named.contains(thread));
        }
    }

    void everyFlowBeginsAndEndsInASlice()
    {
        for (const auto &run : runs_) {
            const QJsonArray events = eventsOf(exported(*run));
            const Slices slices = slicesOf(events);
            QHash<int, qint64> begun;
            for (const QJsonValue event : events) {
                const QString phase = event[QLatin1String("ph")].toString();
                const int id = event[QLatin1String("id")].toInt();
                if (phase == QLatin1String("s")) {
                    QVERIFY(!begun.contains(id));
                    begun.insert(id, nanoseconds(event, "ts"));
                } else if (phase == QLatin1String("f")) {
                    QCOMPARE(event[QLatin1String("bp")].toString(), QStringLiteral("e"));
                    QVERIFY(begun.contains(id) && begun.take(id) <= nanoseconds(event, "ts"));
                } else {
                    continue;
                }
                QVERIFY(isInSlice(slices, event));
            }
            QVERIFY(begun.isEmpty());
        }
    }

    // The loop does nothing when the second one happens: there is nothing that an arrow could begin at.
    void aWakeIsAFlowWhereThereAreSlices()
    {
        const QString json = QString::fromStdString(exported(*sampleRun()));
        QCOMPARE(json.count(QStringLiteral("\"ph\":\"s\"")), 1);
        QCOMPARE(json.count(QStringLiteral("\"ph\":\"f\"")), 1);
        QCOMPARE(json.count(QStringLiteral("\"loopscope_wake\"")), 1);
    }

    void countersTellWhatTheTasksDo()
    {
        QStringList told;
        for (const QJsonValue event : eventsOf(exported(*sampleRun()))) {
            if (event[QLatin1String("ph")].toString() != QLatin1String("C"))
                continue;
            const QJsonValue args = event[QLatin1String("args")];
            told.append(QStringLiteral("%1:%2 %3 %4")
                            .arg(nanoseconds(event, "ts"))
                            .arg(args[QLatin1String("ready")].toInt())
                            .arg(args[QLatin1String("queued")].toInt())
                            .arg(args[QLatin1String("in flight")].toInt()));
        }
        const QStringList expected = {QStringLiteral("0:1 0 0"),       QStringLiteral("1:2 0 0"),       QStringLiteral("1000000:1 0 1"),
                                      QStringLiteral("3000000:2 0 1"), QStringLiteral("4000000:1 0 1"), QStringLiteral("5000000:1 0 0")};
        QCOMPARE(told, expected);
    }

    void memoryDoesNotGrowWithSpans()
    {
        Trace trace;
        const LaneId task = trace.addLane(LaneKind::Task, "task", 0);
        for (int i = 0; i < 200'000; ++i)
            trace.enter(task, i, i % 2 == 0 ? State::Running : State::Awaiting, 0, noLane);
        trace.end(task, 200'000);
        MemoryWatch watch;
        std::ostream out(&watch);
        const OpeningObserver observer;
        ExportProgress progress(observer, 0);
        const std::size_t before = ::mallinfo2().uordblks;
        QVERIFY(writeChromeJson(trace, {}, out, progress));
        QVERIFY(watch.written > 15'000'000);
        QVERIFY2(watch.most < before + 100'000, qPrintable(QString::number(watch.most - before)));
    }

    void aFullDiskEndsItSoon()
    {
        FullDisk disk(0);
        std::ostream out(&disk);
        const OpeningObserver observer;
        ExportProgress progress(observer, 0);
        QVERIFY(!writeChromeJson(*test::randomTrace(3, TraceOrigin::Run), {}, out, progress));
        QVERIFY2(disk.writes < 20, qPrintable(QString::number(disk.writes)));
    }

    void itStopsWhenItIsTold()
    {
        std::stop_source stop;
        OpeningObserver observer;
        observer.stop = stop.get_token();
        stop.request_stop();
        ExportProgress progress(observer, 0);
        std::ostringstream out;
        QVERIFY(!writeChromeJson(*test::randomTrace(3, TraceOrigin::Run), {}, out, progress));
        QVERIFY(out.str().size() < exported(*test::randomTrace(3, TraceOrigin::Run)).size() / 2);
    }

private:
    std::vector<std::shared_ptr<Trace>> runs_;
};

QTEST_GUILESS_MAIN(ChromeExportTest)
#include "chrome_export_test.moc"
