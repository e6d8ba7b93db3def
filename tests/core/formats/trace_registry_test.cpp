#include "core/formats/trace_registry.h"

#include "core/formats/gzip_output.h"
#include "tests/support/folder_contents.h"
#include "tests/support/scratch_folder.h"

#include <QTest>

#include <filesystem>
#include <sstream>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

using namespace loopscope;
using namespace loopscope::test;

namespace {

std::string packed(std::string_view text)
{
    std::ostringstream out;
    GzipOutput gzip(out);
    gzip.stream() << text;
    return gzip.finish() ? out.str() : std::string();
}

std::string openingError(const std::string &path)
{
    const auto result = openTrace(path, {});
    return result ? "it was opened" : result.error().what;
}

std::unique_ptr<Trace> smallTrace()
{
    auto trace = std::make_unique<Trace>();
    const LaneId task = trace->addLane(LaneKind::Task, "t", 0);
    trace->enter(task, 0, State::Ready, 0, noLane);
    trace->end(task, 5);
    return trace;
}

} // namespace

class TraceRegistryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFileIsToldByItsContent_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QString>("seems");
        const auto row = [](const char *seems, const QByteArray &head) { QTest::newRow(seems) << head << QString::fromUtf8(seems); };
        row("empty", "");
        row("text", "Dear reader,\nthis is no trace.\n");
        row("text in UTF-16", QByteArray("\xff\xfe{\0\"\0", 6));
        row("text in UTF-32", QByteArray("\xff\xfe\0\0{\0\0\0", 8));
        row("a zip archive", QByteArray("PK\x03\x04\x14\0\0\0", 8));
        row("a tar archive", QByteArray(257, 'x') + "ustar\0" + QByteArray(249, '\0'));
        row("packed by zstd", QByteArray("\x28\xb5\x2f\xfd\x04\0", 6));
        row("packed by xz", QByteArray("\xfd"
                                       "7zXZ\0",
                                       6));
        row("packed by bzip2", "BZh91AY");
        row("a PNG picture", "\x89PNG\r\n\x1a\n");
        row("a JPEG picture", "\xff\xd8\xff\xe0");
        row("a PDF document", "%PDF-1.7");
        row("an HTML page", "  <!DOCTYPE html><html>");
        row("an SVG picture", "<?xml version=\"1.0\"?><svg/>");
        row("a program or library (ELF)", "\x7f"
                                          "ELF\x02");
        row("an SQLite database", QByteArray("SQLite format 3\0", 16));
        row("JSON without events of a trace", "{\"a\":1}");
        row("a trace in Perfetto's binary form, which is not read", QByteArray("\n\x02\x08\x01\n\x02\x08\x02\n\x02\x08\x03", 12));
        row("binary data", QByteArray("\x01\x02\x00\xfe\xff\x80", 6));
        row("a table that Loopscope exported, which does not hold all of a trace",
            "lane,kind,state,name,depth,begin_ns,dur_ns,reason,worker\n");
        row("a report of Loopscope, which does not hold all of a trace", "{\"version\":1,\"started_unix_ns\":17}");
        row("text, packed by gzip", QByteArray::fromStdString(packed("hello")));
        row("packed by gzip, and damaged", QByteArray("\x1f\x8b\x08\0\0\0\0\0\0\xff\xff\xff\xff", 13));
    }

    void aFileIsToldByItsContent()
    {
        QFETCH(const QByteArray, head);
        QFETCH(const QString, seems);
        const RecognisedFile file = recognised({head.constData(), static_cast<std::size_t>(head.size())});
        QVERIFY(file.kind == TraceFileKind::Other);
        QCOMPARE(QString::fromStdString(file.seems), seems);
        // Whatever its name says.
        QCOMPARE(openingError(scratch_.write("a.json", {head.constData(), static_cast<std::size_t>(head.size())})),
                 "it is no trace that Loopscope knows, but seems to be " + file.seems);
    }

    void theBrokenAreRecognisedTooAndNeverOpened()
    {
        const std::string wide("{\0\"\0p\0h\0\"\0:\0\"\0X\0", 16);
        QCOMPARE(recognised(wide).seems, std::string("text in UTF-16"));
    }

    void tracesAreRecognised()
    {
        const std::string run = R"({"otherData":{"format":"loopscope run","version":1},"traceEvents":[]})";
        const std::string chrome = R"([{"ph":"X","ts":0,"dur":1,"pid":1,"tid":1,"name":"a"}])";
        QVERIFY(recognised(run).kind == TraceFileKind::ExportedRun);
        QVERIFY(recognised(packed(run)).kind == TraceFileKind::ExportedRun);
        QVERIFY(recognised(chrome).kind == TraceFileKind::ChromeJson);
        QVERIFY(recognised(packed(chrome)).kind == TraceFileKind::ChromeJson);
        const std::string scenario = R"({"loopscope_scenario":1})";
        QVERIFY(recognised(scenario).kind == TraceFileKind::Scenario);
        QCOMPARE(openingError(scratch_.write("a.loopscope", scenario)), std::string("it is a scenario, which can be run, and not a trace"));
    }

    void whatTellsATraceMayComeLate()
    {
        const std::string late = "{\"a\":\"" + std::string(70'000, 'x') + "\"";
        const std::string event = R"({"ph":"X","ts":0,"dur":1,"name":"a"})";
        const std::string object = "{\"metadata\":" + late + "},\"traceEvents\":[" + event + "]}";
        const std::string array = "[{\"args\":" + late + "}," + event.substr(1) + "]";
        for (const std::string &text : {object, array}) {
            const auto opened = openTrace(scratch_.write("t.json", text), {});
            QVERIFY(opened);
            QCOMPARE(opened->trace->spanCount(), std::size_t(1));
            QVERIFY(openTrace(scratch_.write("t.json.gz", packed(text)), {}));
        }
        const std::string scenario = "{\"loopscope_scenario\":1,\"rest\":" + late;
        QVERIFY(recognised(scenario).kind == TraceFileKind::Scenario);
        QCOMPARE(openingError(scratch_.write("t.json", late + "}")), std::string("it is JSON, but has no list of trace events"));
        QCOMPARE(recognised("[{}," + late).seems, std::string("JSON without events of a trace"));
    }

    void eachFormatIsWrittenAndRecognised()
    {
        const auto trace = smallTrace();
        for (const std::string_view ending : {".loopscope", ".json", ".json.gz", ".JSON"}) {
            const std::string path = scratch_.path("t" + std::string(ending));
            QVERIFY(exportTrace(*trace, {}, path, {}));
            const auto back = openTrace(path, {});
            QVERIFY2(back, ending.data());
            QCOMPARE(back->trace->spanCount(), std::size_t(1));
            QVERIFY(recognisedFile(path)->isTrace());
        }
        QVERIFY(exportTrace(*trace, {}, scratch_.path("t.csv"), {}));
        QVERIFY(!recognisedFile(scratch_.path("t.csv"))->isTrace());
    }

    void endingsAreThoseOfTheName()
    {
        QCOMPARE(exportEndingOf("a.Json.GZ"), std::string_view(".json.gz"));
        QCOMPARE(exportEndingOf("/x.json/b.csv"), std::string_view(".csv"));
        QCOMPARE(exportEndingOf("/x.json/b"), std::string_view());
        QCOMPARE(exportEndingOf(".json"), std::string_view());
        QCOMPARE(exportTrace(*smallTrace(), {}, scratch_.path("t.xml"), {}).error().what,
                 std::string("its name ends in none of .loopscope, .json, .json.gz and .csv"));
    }

    void whatIsNoFileIsRefusedAtOnce()
    {
        const std::string fifo = scratch_.path("fifo.json");
        QCOMPARE(::mkfifo(fifo.c_str(), 0600), 0);
        QCOMPARE(openingError(fifo), std::string("it is a FIFO, not a file"));
        QCOMPARE(openingError("/dev/zero"), std::string("it is a device, not a file"));
        QCOMPARE(openingError(scratch_.path()), std::string("it is a folder"));
        QCOMPARE(openingError(scratch_.path("missing")), std::string("No such file or directory"));
    }

    void whatIsNoFileIsNotWritten()
    {
        const auto trace = smallTrace();
        const std::string folder = scratch_.makeFolder("folder.json");
        const std::string fifo = scratch_.path("fifo.csv");
        QCOMPARE(::mkfifo(fifo.c_str(), 0600), 0);
        std::filesystem::create_symlink("/dev/full", scratch_.path("device.json.gz"));
        const auto before = entriesIn(scratch_.path());
        for (const std::string &path : {folder, fifo, scratch_.path("device.json.gz"), scratch_.path("nowhere/t.json")}) {
            const auto written = exportTrace(*trace, {}, path, {});
            QVERIFY2(!written && !written.error().isCancelled, path.c_str());
        }
        QCOMPARE(entriesIn(scratch_.path()), before);
    }

    void argumentsThatAreGoneAreMissed()
    {
        const std::string text = R"([{"ph":"X","ts":0,"dur":1,"name":"a","args":{"a":1}}])";
        const std::string path = scratch_.write("source.json", text);
        const auto changed = openTrace(path, {});
        std::filesystem::resize_file(path, text.size() - 1);
        const auto uncopied = openUncopied(text);
        const auto bare = openUncopied(R"([{"ph":"X","ts":0,"dur":1,"name":"a"}])");
        QVERIFY(changed && uncopied && bare);
        const auto before = entriesIn(scratch_.path());
        for (const char *name : {"t.json", "t.json.gz", "t.loopscope"}) {
            QCOMPARE(exportTrace(*changed->trace, {}, scratch_.path(name), {}).error().what, std::string(argumentsLost));
            QCOMPARE(exportTrace(*uncopied->trace, {}, scratch_.path(name), {}).error().what, std::string(argumentsLost));
        }
        QCOMPARE(entriesIn(scratch_.path()), before);
        QVERIFY(exportTrace(*changed->trace, {}, scratch_.path("t.csv"), {}));
        QVERIFY(exportTrace(*bare->trace, {}, scratch_.path("t.loopscope"), {}));
    }

    void argumentsThatAreDamagedAreMissed()
    {
        const std::string source = scratch_.write("source.json", R"([{"ph":"X","ts":0,"dur":1,"name":"a","args":{"a":1}}])");
        const std::string path = scratch_.path("whole.loopscope");
        QVERIFY(exportTrace(*openTrace(source, {})->trace, {}, path, {}));
        std::string content = contentOf(path);
        content.at(content.rfind("ARGS") + 40) ^= 1; // within its payload
        const auto damaged = openTrace(scratch_.write("damaged.loopscope", content), {});
        const auto whole = openTrace(path, {});
        QVERIFY(damaged && whole);
        const auto before = entriesIn(scratch_.path());
        for (const char *name : {"t.json", "t.json.gz", "t.loopscope"})
            QCOMPARE(exportTrace(*damaged->trace, {}, scratch_.path(name), {}).error().what, std::string(argumentsLost));
        QCOMPARE(entriesIn(scratch_.path()), before);
        QVERIFY(!damaged->trace->imported().isIntact());
        QVERIFY(exportTrace(*damaged->trace, {}, scratch_.path("t.csv"), {}));
        QVERIFY(exportTrace(*whole->trace, {}, scratch_.path("t.loopscope"), {}));
        QVERIFY(whole->trace->imported().isIntact());
    }

    void whatIsCancelledLeavesNothing()
    {
        Trace trace;
        const LaneId task = trace.addLane(LaneKind::Task, "task", 0);
        for (int i = 0; i < 10'000; ++i)
            trace.enter(task, i, i % 2 == 0 ? State::Running : State::Awaiting, 0, noLane);
        std::stop_source stop;
        stop.request_stop();
        OpeningObserver observer;
        observer.stop = stop.get_token();
        const std::string earlier = scratch_.write("t.json", "earlier");
        for (const char *name : {"t.json", "t.json.gz", "t.csv", "t.loopscope"}) {
            const auto written = exportTrace(trace, {}, scratch_.path(name), observer);
            QVERIFY2(!written && written.error().isCancelled, name);
        }
        QCOMPARE(entriesIn(scratch_.path()), std::ptrdiff_t(1));
        QCOMPARE(std::filesystem::file_size(earlier), std::uintmax_t(7));
    }

    void whatThereIsNoMemoryForIsRefused()
    {
        OpeningObserver observer;
        observer.progressed = [](std::uint64_t, std::uint64_t) { throw std::bad_alloc(); };
        Trace trace;
        const LaneId task = trace.addLane(LaneKind::Task, "task", 0);
        for (int i = 0; i < 10'000; ++i)
            trace.enter(task, i, i % 2 == 0 ? State::Running : State::Awaiting, 0, noLane);
        for (const char *name : {"t.json", "t.json.gz", "t.csv", "t.loopscope"}) {
            const auto written = exportTrace(trace, {}, scratch_.path(name), observer);
            QVERIFY2(!written, name);
            QCOMPARE(written.error().what, std::string(noMemory));
            QVERIFY(!written.error().isCancelled);
        }
        QCOMPARE(entriesIn(scratch_.path()), std::ptrdiff_t(0));
    }

    void progressIsToldOfAll()
    {
        Trace trace;
        const LaneId task = trace.addLane(LaneKind::Task, "task", 0);
        for (int i = 0; i < 10'000; ++i)
            trace.enter(task, i, i % 2 == 0 ? State::Running : State::Awaiting, 0, noLane);
        std::uint64_t told = 0;
        OpeningObserver observer;
        observer.progressed = [&told](std::uint64_t done, std::uint64_t all) { told = done <= all ? all : 0; };
        QVERIFY(exportTrace(trace, {}, scratch_.path("t.json"), observer));
        QVERIFY(told >= 10'000);
    }

    void init() { std::filesystem::remove_all(scratch_.path()), std::filesystem::create_directory(scratch_.path()); }

private:
    // Of what is packed, where there is no room for what was in it.
    OpeningResult openUncopied(std::string_view text)
    {
        const std::string path = scratch_.write("source.json.gz", packed(text));
        const QByteArray before = qgetenv("TMPDIR");
        qputenv("TMPDIR", path.c_str()); // no folder
        auto opened = openTrace(path, {});
        if (before.isNull())
            qunsetenv("TMPDIR");
        else
            qputenv("TMPDIR", before);
        return opened;
    }

    ScratchFolder scratch_;
};

QTEST_GUILESS_MAIN(TraceRegistryTest)
#include "trace_registry_test.moc"
