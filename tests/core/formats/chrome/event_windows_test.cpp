#include "core/formats/chrome/event_windows.h"

#include "tests/support/imported_text.h"

using namespace loopscope;
using namespace loopscope::chrome;
using namespace loopscope::test;

namespace {

const std::string document =
    R"( {"a":{"traceEvents":[{}]},"displayTimeUnit":"ns", "traceEvents" : [{"name":"a,{","ph":"B","ts":1,"pid":1,"tid":1},
    {"ph":"E","ts":"2.5","pid":1,"tid":1,"args":{"x":[1,{"y":"}]"}]}} , 7,"t]", [1,[2]] ,
    {"name":"b","ph":"X","ts":3,"dur":4,"pid":1,"tid":2,"args":{}},{},{"ph":"C","name":"c","ts":4,"pid":1,"args":{"v":1}},
    {"ph":"s","ts":1,"pid":1,"tid":1,"id":1},{"ph":"f","ts":4,"pid":1,"tid":2,"id":1,"bp":"e"},{"ph":"i","ts":9,"pid":1,"tid":1},],
    "z":[1,"x"]} )";

struct Cut {
    std::vector<std::string> events;
    std::vector<std::uint64_t> bytes;
    std::vector<ImportProblem> problems;
    DocumentFacts facts;
};

Cut cutInto(const std::string &text, const WindowLimits &limits, std::size_t piece = SIZE_MAX)
{
    TextStream stream(text, piece);
    EventWindows windows(stream, limits);
    EventWindow window;
    Cut cut;
    for (bool isMore = true; isMore;) {
        isMore = windows.next(window).value();
        if (window.firstEvent != cut.events.size())
            throw std::logic_error("windows count their events");
        for (std::size_t i = 0; i < window.events.size(); ++i) {
            cut.events.emplace_back(window.event(i));
            cut.bytes.push_back(window.firstByte + window.events[i].begin);
        }
    }
    cut.problems = windows.problems().list();
    cut.facts = windows.facts();
    return cut;
}

} // namespace

class EventWindowsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eventsAreFoundWithTheirPlaces()
    {
        const Cut cut = cutInto(document, {});
        QCOMPARE(cut.events.size(), std::size_t(9));
        for (std::size_t i = 0; i < cut.events.size(); ++i)
            QCOMPARE(document.substr(cut.bytes[i], cut.events[i].size()), cut.events[i]);
        QCOMPARE(cut.events[2], std::string("[1,[2]]"));
        QCOMPARE(cut.facts.displayTimeUnit, std::string("ns"));
        QCOMPARE(cut.problems.size(), std::size_t(2)); // what is no object, and the comma
    }

    void whereItIsCutDoesNotMatter()
    {
        const Cut expected = cutInto(document, {});
        for (std::size_t size = 1; size <= document.size(); ++size) {
            for (const Cut &cut : {cutInto(document, {size, 1000}), cutInto(document, {}, size)}) {
                QVERIFY2(cut.events == expected.events, qPrintable(QString::number(size)));
                QCOMPARE(cut.bytes, expected.bytes);
                QVERIFY(cut.problems == expected.problems);
            }
        }
    }

    void whereItIsCutDoesNotMatterToTheTrace()
    {
        const QString expected = described(document);
        const QString problems = problemsOf(document);
        QVERIFY(expected.count(QLatin1Char('\n')) == 5);
        for (std::size_t size = 1; size <= document.size(); ++size) {
            ImportSettings settings;
            settings.windows.window = size;
            QCOMPARE(described(document, settings), expected);
            QCOMPARE(problemsOf(document, settings), problems);
        }
    }

    void aLongEventIsLeftOutWhereverItIsCut()
    {
        const std::string longEvent = "{\"x\":\"" + std::string(500, '[') + "\"}";
        const std::string text = "[{\"a\":1}," + longEvent + ",{\"b\":2}]";
        for (std::size_t size = 1; size < 200; ++size) {
            const Cut cut = cutInto(text, {size, 100});
            QVERIFY(cut.events == (std::vector<std::string>{"{\"a\":1}", "{\"b\":2}"}));
            QCOMPARE(cut.problems.size(), std::size_t(1));
            QCOMPARE(cut.problems.front().firstByte, std::uint64_t(9));
        }
    }

    void aWalkCanBeginAmongEvents()
    {
        TextStream stream(",{\"a\":1} ,{\"b\":2}]");
        EventWindows windows(stream, {}, DocumentWalk::amongEvents());
        EventWindow window;
        QVERIFY(!windows.next(window).value());
        QCOMPARE(window.events.size(), std::size_t(2));
        QCOMPARE(std::string(window.event(1)), std::string("{\"b\":2}"));
    }
};

QTEST_GUILESS_MAIN(EventWindowsTest)
#include "event_windows_test.moc"
