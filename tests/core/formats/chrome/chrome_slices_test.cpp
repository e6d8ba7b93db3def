#include "tests/support/imported_text.h"

using namespace loopscope;
using namespace loopscope::test;

namespace {

constexpr auto objectWithOtherKeys = R"({"otherData":{"traceEvents":[{"ph":"i"}]},"x":"a]","y":[1,[2]],"z":-1.5e3,
    "traceEvents" : [ {"name":"a","ph":"X","ts":5,"dur":3,"pid":1,"tid":2} ] , "w" : null})";

} // namespace

// The rules of the format for slices: where they are, how long they last, how they nest.
class ChromeSlicesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDocumentIsAnArrayOrAnObject()
    {
        const QString expected = lines({R"(process "process 1")", R"(thread "thread 2" of 1: a 0-3000)"});
        QCOMPARE(described(R"([{"name":"a","ph":"X","ts":5,"dur":3,"pid":1,"tid":2}])"), expected);
        QCOMPARE(described(R"({"traceEvents":[{"name":"a","ph":"X","ts":5,"dur":3,"pid":1,"tid":2}]})"), expected);
        QCOMPARE(described(objectWithOtherKeys), expected);
        QCOMPARE(problemsOf(R"({"traceEvents":[{"name":"a","ph":"X","ts":5,"dur":3,"pid":1,"tid":2}]})"), QString());
    }

    void theUnitOfTheFileIsAMicrosecondWhateverIsDisplayed()
    {
        for (const std::string unit : {"ms", "ns"}) {
            const auto opened =
                importText("{\"displayTimeUnit\":\"" + unit
                           + "\",\"traceEvents\":[{\"name\":\"a\",\"ph\":\"X\",\"ts\":5,\"dur\":0.25,\"pid\":1,\"tid\":2}]}");
            QVERIFY(opened.has_value());
            QCOMPARE(opened->trace->info().showsNanoseconds, unit == "ns");
            QCOMPARE(opened->trace->now(), Nanoseconds(250));
        }
        // It may stand behind the events.
        const auto opened = importText(R"({"traceEvents":[],"displayTimeUnit":"ns"})");
        QVERIFY(opened && opened->trace->info().showsNanoseconds);
    }

    void whatIsKnownOfTheFileIsTold()
    {
        chrome::ImportSettings settings;
        settings.title = "a.json";
        const auto opened = importText(R"([{"name":"a","ph":"X","ts":5,"dur":3,"pid":1,"tid":2}])", settings);
        QVERIFY(opened.has_value());
        const RunInfo &info = opened->trace->info();
        QCOMPARE(info.title, std::string("a.json"));
        QCOMPARE(info.importedFrom, std::string("Chrome JSON"));
        QCOMPARE(info.wall, Nanoseconds(3000));
        QVERIFY(info.finished);
        QCOMPARE(opened->trace->origin(), TraceOrigin::Import);
    }

    void beginAndEndMakeASlice()
    {
        QCOMPARE(described(R"([{"name":"a","cat":"c","ph":"B","ts":10,"pid":1,"tid":2},{"ph":"E","ts":12.5,"pid":1,"tid":2}])"),
                 lines({R"(process "process 1")", R"(thread "thread 2" of 1: a/c 0-2500)"}));
    }

    void slicesNestInRows()
    {
        QCOMPARE(described(R"([{"name":"a","ph":"B","ts":0,"pid":1,"tid":1},{"name":"b","ph":"B","ts":1,"pid":1,"tid":1},
                               {"name":"c","ph":"X","ts":2,"dur":1,"pid":1,"tid":1},{"ph":"E","ts":4,"pid":1,"tid":1},
                               {"name":"d","ph":"X","ts":5,"dur":1,"pid":1,"tid":1},{"ph":"E","ts":7,"pid":1,"tid":1}])"),
                 lines({R"(process "process 1")", R"(thread "thread 1" of 1: a 0-7000)", R"(row "thread 1" of 2: b 1000-4000, d 5000-6000)",
                        R"(row "thread 1" of 2: c 2000-3000)"}));
    }

    void threadsDoNotMeet()
    {
        QCOMPARE(described(R"([{"name":"a","ph":"B","ts":0,"pid":1,"tid":1},{"name":"b","ph":"B","ts":1,"pid":1,"tid":2},
                               {"ph":"E","ts":2,"pid":1,"tid":1},{"ph":"E","ts":4,"pid":1,"tid":2},
                               {"name":"c","ph":"X","ts":3,"dur":1,"pid":2,"tid":1}])"),
                 lines({R"(process "process 1")", R"(thread "thread 1" of 1: a 0-2000)", R"(thread "thread 2" of 1: b 1000-4000)",
                        R"(process "process 2")", R"(thread "thread 1" of 4: c 3000-4000)"}));
    }

    void anEndWithANameEndsThatSlice()
    {
        QCOMPARE(described(R"([{"name":"a","ph":"B","ts":0,"pid":1,"tid":1},{"name":"b","ph":"B","ts":1,"pid":1,"tid":1},
                               {"name":"a","ph":"E","ts":5,"pid":1,"tid":1},{"name":"b","ph":"E","ts":6,"pid":1,"tid":1}])"),
                 lines({R"(process "process 1")", R"(thread "thread 1" of 1: a 0-5000)", R"(row "thread 1" of 2: b 1000-6000)"}));
    }

    void anEndIsNotThatOfACompleteSlice()
    {
        QCOMPARE(described(R"([{"name":"a","ph":"B","ts":0,"pid":1,"tid":1},{"name":"b","ph":"X","ts":1,"dur":3,"pid":1,"tid":1},
                               {"ph":"E","ts":4,"pid":1,"tid":1}])"),
                 lines({R"(process "process 1")", R"(thread "thread 1" of 1: a 0-4000)", R"(row "thread 1" of 2: b 1000-4000)"}));
    }

    void ofCompleteSlicesThatBeginTogetherTheLongerIsOutside()
    {
        QCOMPARE(
            described(R"([{"name":"in","ph":"X","ts":0,"dur":1,"pid":1,"tid":1},{"name":"out","ph":"X","ts":0,"dur":3,"pid":1,"tid":1}])"),
            lines({R"(process "process 1")", R"(thread "thread 1" of 1: out 0-3000)", R"(row "thread 1" of 2: in 0-1000)"}));
        // And of those that are the same, the one that comes first.
        QCOMPARE(
            described(R"([{"name":"1","ph":"X","ts":0,"dur":1,"pid":1,"tid":1},{"name":"2","ph":"X","ts":0,"dur":1,"pid":1,"tid":1}])"),
            lines({R"(process "process 1")", R"(thread "thread 1" of 1: 1 0-1000)", R"(row "thread 1" of 2: 2 0-1000)"}));
    }

    void slicesThatTouchDoNotNest()
    {
        // In steps of a billionth of a nanosecond: rounded one by one, the first would end behind the begin of the second.
        QCOMPARE(described(R"([{"name":"a","ph":"X","ts":0.0006,"dur":0.0006,"pid":1,"tid":1},
                               {"name":"b","ph":"X","ts":0.0012,"dur":1,"pid":1,"tid":1}])"),
                 lines({R"(process "process 1")", R"(thread "thread 1" of 1: a 0-1, b 1-1001)"}));
    }

    void timesAreExact()
    {
        // As doubles these would be a quarter of a microsecond apart.
        QCOMPARE(described(R"([{"name":"a","ph":"X","ts":1700000000000000.001,"dur":0.002,"pid":1,"tid":1},
                               {"name":"b","ph":"X","ts":"1700000000000000.004","dur":"1e-3","pid":1,"tid":1}])"),
                 lines({R"(process "process 1")", R"(thread "thread 1" of 1: a 0-2, b 3-4)"}));
    }

    void anyOrderWillDo()
    {
        QCOMPARE(described(R"([{"ph":"E","ts":7,"pid":1,"tid":1},{"name":"c","ph":"X","ts":2,"dur":1,"pid":1,"tid":1},
                               {"name":"a","ph":"B","ts":0,"pid":1,"tid":1}])"),
                 lines({R"(process "process 1")", R"(thread "thread 1" of 1: a 0-7000)", R"(row "thread 1" of 2: c 2000-3000)"}));
    }

    void slicesOfNoLengthStay()
    {
        QCOMPARE(described(R"([{"name":"a","ph":"X","ts":1,"dur":0,"pid":1,"tid":1},{"name":"b","ph":"B","ts":1,"pid":1,"tid":1},
                               {"ph":"E","ts":1,"pid":1,"tid":1},{"name":"c","ph":"X","ts":1,"dur":1,"pid":1,"tid":1}])"),
                 lines({R"(process "process 1")", R"(thread "thread 1" of 1: a 0-0, b 0-0, c 0-1000)"}));
    }

    void statesOfTasksAreOurs()
    {
        QCOMPARE(described(R"([{"name":"r","ph":"X","ts":0,"dur":1,"pid":1,"tid":1,"cname":"thread_state_running"},
                               {"name":"q","ph":"X","ts":1,"dur":1,"pid":1,"tid":1,"cname":"thread_state_runnable"},
                               {"name":"s","ph":"X","ts":2,"dur":1,"pid":1,"tid":1,"cname":"thread_state_sleeping"},
                               {"name":"io","ph":"X","ts":3,"dur":1,"pid":1,"tid":1,"cname":"thread_state_iowait"},
                               {"name":"u","ph":"X","ts":4,"dur":1,"pid":1,"tid":1,"cname":"thread_state_uninterruptible"},
                               {"name":"o","ph":"X","ts":5,"dur":1,"pid":1,"tid":1,"cname":"good"}])"),
                 lines({R"(process "process 1")", R"(thread "thread 1" of 1: r 0-1000 running, q 1000-2000 ready, s 2000-3000 awaiting, )"
                                                  R"(io 3000-4000 awaiting, u 4000-5000 awaiting, o 5000-6000)"}));
    }

    void whatHasArgumentsIsNoState()
    {
        const std::string colour = R"(,"pid":1,"tid":1,"cname":"thread_state_running")";
        const std::string arguments = R"(,"args":{"a":1}})";
        const std::string events = R"([{"name":"x","ph":"X","ts":0,"dur":1)" + colour + arguments
                                   + R"(,{"name":"none","ph":"X","ts":1,"dur":1,"args":{})" + colour + R"(},{"name":"b","ph":"B","ts":2)"
                                   + colour + R"(},{"ph":"E","ts":3,"pid":1,"tid":1)" + arguments + R"(,{"name":"o","ph":"b","ts":4,"id":1)"
                                   + colour + arguments + R"(,{"name":"o","ph":"e","ts":5,"id":1,"pid":1}])";
        QCOMPARE(described(events),
                 lines({R"(process "process 1")", R"(thread "thread 1" of 1: x 0-1000, none 1000-2000 running, b 2000-3000)",
                        R"(async "o" of 1: o 4000-5000)"}));
    }

    void idsOfProcessesAndThreadsAreNumbersOrTexts()
    {
        QCOMPARE(
            described(
                R"([{"name":"a","ph":"X","ts":0,"dur":1,"pid":"GPU","tid":"7"},{"name":"b","ph":"X","ts":1,"dur":1,"pid":"GPU","tid":7},
                               {"name":"c","ph":"X","ts":2,"dur":1,"pid":"GPU","tid":7.0},{"name":"d","ph":"X","ts":0,"dur":1,"pid":5},
                               {"name":"e","ph":"X","ts":0,"dur":1}])"),
            lines({R"(process "GPU")", R"(thread "thread 7" of 1: a 0-1000, b 1000-2000, c 2000-3000)", R"(process "process 5")",
                   R"(thread "thread 5" of 3: d 0-1000)", R"(process "process 0")", R"(thread "thread 0" of 5: e 0-1000)"}));
    }

    void aPhaseIsItsFirstCharacter()
    {
        QCOMPARE(described(R"([{"name":"a","ph":"Xyz","ts":0,"dur":1,"pid":1,"tid":1}])"),
                 lines({R"(process "process 1")", R"(thread "thread 1" of 1: a 0-1000)"}));
    }

    void ofAKeyThatIsThereTwiceTheLastCounts()
    {
        QCOMPARE(described(R"([{"name":"a","name":"b","ph":"i","ph":"X","ts":9,"ts":0,"dur":1,"pid":1,"tid":1}])"),
                 lines({R"(process "process 1")", R"(thread "thread 1" of 1: b 0-1000)"}));
    }

    void namesAreTextsWithEscapes()
    {
        const std::string name = "\\u00e4\\\"\\\\ \\ud83d\\ude00{[";
        QCOMPARE(described("[{\"name\":\"" + name + "\",\"ph\":\"X\",\"ts\":0,\"dur\":1,\"pid\":1,\"tid\":1}]"),
                 lines({R"(process "process 1")", "thread \"thread 1\" of 1: \xC3\xA4\"\\ \xF0\x9F\x98\x80{[ 0-1000"}));
        QCOMPARE(described(R"([{"name":7,"ph":"X","ts":1,"dur":1,"pid":1,"tid":1},{"ph":"X","ts":2,"dur":1,"pid":1,"tid":1}])"),
                 lines({R"(process "process 1")", R"(thread "thread 1" of 1: 7 0-1000,  1000-2000)"}));
    }

    void slicesKnowTheirEvents()
    {
        const auto opened = importText(R"([{"name":"process_name","ph":"M","pid":1,"args":{"name":"p"}},
                                           {"name":"a","ph":"X","ts":0,"dur":1,"pid":1,"tid":1}])");
        QVERIFY(opened.has_value());
        QCOMPARE(opened->trace->span(2, 0).peer, EventId(1));
    }
};

QTEST_GUILESS_MAIN(ChromeSlicesTest)
#include "chrome_slices_test.moc"
