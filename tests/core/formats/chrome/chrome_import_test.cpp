#include "core/formats/chrome/chrome_import.h"
#include "core/formats/chrome/import_run.h"

#include "tests/support/described_trace.h"
#include "tests/support/scratch_folder.h"

#include <QTest>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <zlib.h>

using namespace loopscope;
using loopscope::test::describe;
using loopscope::test::describeProblems;
using loopscope::test::ScratchFolder;

namespace {

std::string eventText(int number)
{
    const std::string n = std::to_string(number);
    return "{\"name\":\"n" + std::to_string(number % 7) + "\",\"ph\":\"X\",\"ts\":" + n
           + ",\"dur\":0.5,\"pid\":1,\"tid\":" + std::to_string(number % 3) + ",\"args\":{\"number\":" + n + "}}";
}

// Of so many events, which has more than a few windows' length from some 10,000 on.
std::string traceText(int events)
{
    std::string text = "[";
    for (int i = 0; i < events; ++i)
        text += (i > 0 ? ",\n" : "") + eventText(i);
    return text + ']';
}

void writePacked(const std::string &path, const std::string &text)
{
    gzFile file = gzopen(path.c_str(), "wb");
    gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
    gzclose(file);
}

} // namespace

// Opening files: what is fetched from them later, what is told meanwhile, and how it is cancelled.
class ChromeImportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void argumentsAreFetchedFromTheFile()
    {
        const ScratchFolder folder;
        const auto opened = openChromeJson(folder.write("a.json", traceText(100'000)), {});
        QVERIFY(opened.has_value());
        const Trace &trace = *opened->trace;
        QCOMPARE(trace.spanCount(), std::size_t(100'000));
        QCOMPARE(trace.info().title, std::string("a.json"));
        QVERIFY(trace.info().problems.empty());
        for (const EventId event : {0U, 1U, 63U, 64U, 65U, 12'345U, 77'777U, 99'999U})
            QCOMPARE(trace.imported().arguments(event), "{\"number\":" + std::to_string(event) + "}");
        QCOMPARE(trace.imported().arguments(100'000), std::string());
        QCOMPARE(trace.imported().arguments(noEvent), std::string());
        // Every slice knows its event: event i is on thread i % 3.
        for (LaneId lane = 2; lane <= 4; ++lane) {
            for (const std::size_t i : {0, 1, 1000, 33'000})
                QCOMPARE(trace.span(lane, i).peer, static_cast<EventId>(3 * i + lane - 2));
        }
    }

    void argumentsAreFetchedInAnyOrder()
    {
        constexpr int events = 2000;
        const ScratchFolder folder;
        const auto opened = openChromeJson(folder.write("a.json", traceText(events)), {});
        QVERIFY(opened.has_value());
        const ImportedEvents &imported = opened->trace->imported();
        std::atomic<int> wrong = 0;
        const auto fetch = [&](int first, int step) {
            for (int event = first; event >= 0 && event < events; event += step)
                wrong += imported.arguments(static_cast<EventId>(event)) == "{\"number\":" + std::to_string(event) + "}" ? 0 : 1;
        };
        {
            const std::jthread forward(fetch, 0, 1);
            const std::jthread backward(fetch, events - 1, -1);
            const std::jthread inLeaps(fetch, 7, 97);
        }
        QCOMPARE(wrong.load(), 0);
    }

    void argumentsOfASecondListAreFetchedToo()
    {
        constexpr int events = 40;
        std::string text = R"({"traceEvents":[)" + eventText(0);
        for (int i = 1; i < events; ++i) {
            const bool beginsList = i == 3 || i == 20; // in the middle of what is fetched together, and elsewhere
            text += (beginsList ? R"(],"other":[{"args":{"number":-1}}],"traceEvents":[)" : ",") + eventText(i);
        }
        const ScratchFolder folder;
        const auto opened = openChromeJson(folder.write("a.json", text + "]}"), {});
        QVERIFY(opened.has_value());
        const ImportedEvents &imported = opened->trace->imported();
        QCOMPARE(opened->trace->spanCount(), std::size_t(events));
        for (EventId event = 0; event < events; ++event)
            QCOMPARE(imported.arguments(event), "{\"number\":" + std::to_string(event) + "}");
        QVERIFY(imported.isIntact());
    }

    void argumentsOfBeginAndEndAreOne()
    {
        const ScratchFolder folder;
        const auto opened = openChromeJson(
            folder.write("a.json",
                         R"([{"name":"a","ph":"B","ts":1,"args":{"x":1}},{"ph":"E","ts":2,"args":{ "y":[2] }},{"name":"b","ph":"B","ts":3},
                {"ph":"E","ts":4,"args":{"z":3}},{"name":"c","ph":"B","ts":5,"args":{"only":1}},{"ph":"E","ts":6},
                {"name":"d","ph":"b","ts":5,"id":1,"args":{"p":1}},{"name":"d","ph":"e","ts":6,"id":1,"args":{"q":2}},
                {"name":"e","ph":"X","ts":7,"dur":1,"args":"--stripped--"},{"name":"f","ph":"X","ts":8,"dur":1}])"),
            {});
        QVERIFY(opened.has_value());
        const ImportedEvents &imported = opened->trace->imported();
        QCOMPARE(imported.arguments(0), std::string("{\"x\":1, \"y\":[2] }"));
        QCOMPARE(imported.arguments(2), std::string("{\"z\":3}"));
        QCOMPARE(imported.arguments(4), std::string("{\"only\":1}"));
        QCOMPARE(imported.arguments(6), std::string("{\"p\":1,\"q\":2}"));
        QCOMPARE(imported.arguments(8), std::string("\"--stripped--\""));
        QCOMPARE(imported.arguments(9), std::string());
    }

    void argumentsOfAChangedFileAreGone()
    {
        const ScratchFolder folder;
        const std::string path = folder.write("a.json", traceText(10));
        const auto opened = openChromeJson(path, {});
        QVERIFY(opened.has_value());
        QVERIFY(!opened->trace->imported().arguments(3).empty());
        QVERIFY(opened->trace->imported().isIntact());
        std::filesystem::resize_file(path, 20);
        QCOMPARE(opened->trace->imported().arguments(3), std::string());
        QVERIFY(!opened->trace->imported().isIntact());
    }

    void aPackedFileIsTheSame()
    {
        const ScratchFolder folder;
        const std::string text = traceText(100'000);
        const auto plain = openChromeJson(folder.write("a.json", text), {});
        const std::string path = folder.path("a.json.gz");
        writePacked(path, text);
        const auto packed = openChromeJson(path, {});
        QVERIFY(plain && packed);
        QVERIFY(describe(*plain->trace) == describe(*packed->trace));
        QVERIFY(packed->trace->info().problems.empty());
        QCOMPARE(packed->trace->imported().arguments(77'777), std::string("{\"number\":77777}"));

        std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
        const auto cut = openChromeJson(path, {});
        QVERIFY(cut && cut->trace->spanCount() > 10'000);
        const std::string problems = describeProblems(*cut->trace);
        QVERIFY(problems.find("the packed file is cut off") != std::string::npos);
        QVERIFY(problems.find("the last event is cut off") != std::string::npos);
    }

    void whatCannotBeUnpackedAgainIsOpenedToo()
    {
        const ScratchFolder folder;
        const std::string path = folder.path("a.json.gz");
        std::string text = traceText(1003);
        text.insert(text.size() - 1, R"(,{"ph":"E","ts":0,"pid":1,"tid":9})");
        writePacked(path, text);
        const QByteArray before = qgetenv("TMPDIR");
        qputenv("TMPDIR", path.c_str()); // no folder
        const auto opened = openChromeJson(path, {});
        if (before.isNull())
            qunsetenv("TMPDIR");
        else
            qputenv("TMPDIR", before);
        QVERIFY(opened.has_value());
        QCOMPARE(opened->trace->imported().arguments(3), std::string());
        // The byte of the 8th event before it or nearer.
        const std::vector<ImportProblem> &problems = opened->trace->info().problems;
        QCOMPARE(problems.size(), std::size_t(1));
        QCOMPARE(problems[0].firstByte, std::uint64_t(text.find(eventText(1000))));
    }

    void theHelpOfAThreadChangesNothing()
    {
        const ScratchFolder folder;
        const std::string text = traceText(100'000); // large enough for one
        const auto together = openChromeJson(folder.write("a.json", text), {});
        PlainStream stream(std::make_shared<const InputFile>(InputFile::open(folder.path("a.json")).value()));
        chrome::ImportSettings settings;
        settings.isAlone = true;
        const auto alone = chrome::runImport(stream, settings, {});
        QVERIFY(together && alone);
        QVERIFY(describe(*together->trace) == describe(*alone->trace));
    }

    void progressIsTold()
    {
        const ScratchFolder folder;
        const std::string text = traceText(100'000);
        std::vector<std::uint64_t> told;
        OpeningObserver observer;
        observer.progressed = [&](std::uint64_t read, std::uint64_t all) {
            QCOMPARE(all, std::uint64_t(text.size()));
            QVERIFY(read <= all && (told.empty() || read >= told.back()));
            told.push_back(read);
        };
        QVERIFY(openChromeJson(folder.write("a.json", text), observer).has_value());
        QVERIFY(!told.empty());
    }

    void itCanBeCancelledAtAnyTime()
    {
        const ScratchFolder folder;
        const std::string path = folder.write("a.json", traceText(100'000));
        std::stop_source before;
        before.request_stop();
        OpeningObserver observer;
        observer.stop = before.get_token();
        QVERIFY(openChromeJson(path, observer).error().isCancelled);

        std::stop_source meanwhile;
        observer.stop = meanwhile.get_token();
        observer.progressed = [&meanwhile](std::uint64_t, std::uint64_t) { meanwhile.request_stop(); };
        const auto opened = openChromeJson(path, observer);
        QVERIFY(!opened && opened.error().isCancelled);
    }

    void previewsAreTracesOfTheirOwn()
    {
        // Previewed as soon as there is something to see.
        const ScratchFolder folder;
        const std::string path = folder.write("a.json", traceText(200'000));
        std::vector<std::shared_ptr<const Trace>> previews;
        chrome::ImportSettings settings;
        settings.firstPreviewAfter = {};
        settings.size = std::filesystem::file_size(path);
        OpeningObserver observer;
        observer.previewed = [&](std::shared_ptr<const Trace> trace) { previews.push_back(std::move(trace)); };
        PlainStream stream(std::make_shared<const InputFile>(InputFile::open(path).value()));
        const auto opened = chrome::runImport(stream, settings, observer);
        QVERIFY(opened.has_value());
        QVERIFY(!previews.empty());
        std::size_t before = 0;
        for (const auto &preview : previews) {
            QVERIFY(!preview->info().finished);
            QVERIFY(preview->spanCount() > before && preview->spanCount() < 200'000);
            before = preview->spanCount();
            QCOMPARE(preview->imported().arguments(5), std::string("{\"number\":5}"));
            QVERIFY(preview->span(2, 100) == opened->trace->span(2, 100));
        }
        const auto withoutPreviews = openChromeJson(path, {});
        QVERIFY(describe(*opened->trace) == describe(*withoutPreviews->trace));
    }

    void whatCannotBeReadIsRefused()
    {
        const ScratchFolder folder;
        QCOMPARE(openChromeJson(folder.path("none"), {}).error().what, std::string("No such file or directory"));
        QCOMPARE(openChromeJson("/dev/null", {}).error().what, std::string("it is a device, not a file"));
        QCOMPARE(openChromeJson(folder.write("empty", ""), {}).error().what, std::string("it is not JSON"));
        QVERIFY(!openChromeJson(folder.write("none", "x"), {}).error().isCancelled);
        QCOMPARE(openChromeJson("/proc/self/mem", {}).error().what, std::string("Input/output error at byte 0"));
    }

    void tracesAreRecognised_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<bool>("isTrace");
        const auto row = [](const char *head, bool isTrace) { QTest::newRow(head) << QByteArray(head) << isTrace; };
        row("[{\"name\":\"a\",\"ph\":\"X\"", true);
        row(" \n[ \n{\"ph\" : \"X\"", true);
        row("[]", true);
        row("[\n", true);
        row("\xEF\xBB\xBF[{\"ph\":\"X\"", true);
        row("{\"traceEvents\":[", true);
        row("{\"otherData\":{},\"traceEvents\":[", true);
        row("{\"displayTimeUnit\":\"ns\",\"otherData\":{", true);
        row("[1,2]", false);
        row("[{\"a\":1}]", false);
        row("{\"loopscope_scenario\":1,\"name\":\"x\"}", false);
        row("{}", false);
        row("\"traceEvents\"", false);
        row("", false);
        row("PK\x03\x04", false);
    }

    void tracesAreRecognised()
    {
        QFETCH(QByteArray, head);
        QFETCH(bool, isTrace);
        QCOMPARE(looksLikeChromeJson(head.toStdString()), isTrace);
    }

    void whatIsCutOffMayBeATrace_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<bool>("mayBe");
        const auto row = [](const char *head, bool mayBe) { QTest::newRow(head) << QByteArray(head) << mayBe; };
        row("{\"metadata\":{\"a\":[1,2", true);
        row("{\"metadata\":\"}}}", true);
        row(" {\"a\":1,", true);
        row("\xEF\xBB\xBF[{\"args\":{\"}]\":1},", true);
        row("[{\"a\":1}", false);
        row("[{\"a\":1},{\"b\":", false);
        row("[1,{", false);
        row("{\"a\":1}", false);
        row("{}{", false);
        row("x{", false);
        row("", false);
    }

    void whatIsCutOffMayBeATrace()
    {
        QFETCH(QByteArray, head);
        QFETCH(bool, mayBe);
        QCOMPARE(mayBeChromeJson(head.toStdString()), mayBe);
    }
};

QTEST_GUILESS_MAIN(ChromeImportTest)
#include "chrome_import_test.moc"
