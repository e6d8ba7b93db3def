#include "tests/support/imported_text.h"

using namespace loopscope;
using namespace loopscope::test;

// The rules of the format for all that is no slice of a thread: instants, operations, flows, counters, metadata.
class ChromeEventsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void instantsHaveThreePhases()
    {
        QCOMPARE(described(R"([{"name":"a","cat":"c","ph":"i","ts":1,"pid":1,"tid":1,"s":"g"},{"name":"b","ph":"I","ts":3,"pid":1,"tid":1},
                               {"name":"m","ph":"R","ts":2,"pid":1,"tid":1}])"),
                 lines({R"(process "process 1")", R"(thread "thread 1" of 1: a/c@0, m@1000, b@2000)"}));
    }

    void operationsHaveLanesByTheirNames()
    {
        QCOMPARE(
            described(
                R"([{"name":"load","cat":"n","ph":"b","ts":0,"pid":1,"tid":1,"id":"0x1"},{"name":"load","cat":"n","ph":"b","ts":1,"pid":1,"tid":2,"id":2},
                               {"name":"load","cat":"n","ph":"e","ts":4,"pid":1,"tid":1,"id":"0x1"},{"name":"load","cat":"n","ph":"e","ts":5,"pid":1,"tid":2,"id":2},
                               {"name":"load","cat":"n","ph":"b","ts":6,"pid":1,"tid":1,"id":3},{"name":"load","cat":"n","ph":"e","ts":7,"pid":1,"tid":1,"id":3},
                               {"name":"other","cat":"n","ph":"b","ts":6,"pid":1,"tid":1,"id":4},{"name":"other","cat":"n","ph":"e","ts":7,"pid":1,"tid":1,"id":4}])"),
            lines({R"(process "process 1")", R"(async "load" of 1: load/n 0-4000, load/n 6000-7000)",
                   R"(row "load" of 2: load/n 1000-5000)", R"(async "other" of 1: other/n 6000-7000)"}));
    }

    void whatHasTheIdOfAnOperationIsNestedInIt()
    {
        QCOMPARE(
            described(
                R"([{"name":"load","ph":"b","ts":0,"pid":1,"id":1},{"name":"connect","ph":"b","ts":1,"pid":1,"id":1},{"name":"sent","ph":"n","ts":2,"pid":1,"id":1},
                               {"name":"connect","ph":"e","ts":3,"pid":1,"id":1},{"name":"load","ph":"e","ts":4,"pid":1,"id":1}])"),
            lines({R"(process "process 1")", R"(async "load" of 1: load 0-4000, sent@2000)", R"(row "load" of 2: connect 1000-3000)"}));
    }

    void idsBelongToCategoryScopeAndProcess()
    {
        QCOMPARE(described(R"([{"name":"a","cat":"1","ph":"b","ts":0,"pid":1,"id":1},{"name":"a","cat":"2","ph":"b","ts":1,"pid":1,"id":1},
                               {"name":"a","cat":"2","ph":"b","ts":2,"pid":1,"id":1,"scope":"s"},{"name":"a","cat":"2","ph":"b","ts":3,"pid":2,"id":1},
                               {"ph":"e","cat":"1","ts":10,"pid":1,"id":1},{"ph":"e","cat":"2","ts":11,"pid":1,"id":1},
                               {"ph":"e","cat":"2","ts":12,"pid":1,"id":1,"scope":"s"},{"ph":"e","cat":"2","ts":13,"pid":2,"id":1}])"),
                 lines({R"(process "process 1")", R"(async "a" of 1: a/1 0-10000)", R"(async "a" of 1: a/2 1000-11000)",
                        R"(row "a" of 3: a/2 2000-12000)", R"(process "process 2")", R"(async "a" of 5: a/2 3000-13000)"}));
    }

    void aGlobalIdIsThatOfAllProcesses()
    {
        QCOMPARE(
            described(
                R"([{"name":"a","ph":"b","ts":0,"pid":1,"id2":{"global":"9"}},{"name":"a","ph":"e","ts":2,"pid":2,"id2":{"global":"9"}},
                               {"name":"l","ph":"b","ts":3,"pid":1,"id2":{"local":"9"}},{"name":"l","ph":"e","ts":4,"pid":1,"id2":{"local":"9"}}])"),
            lines({R"(process "process 1")", R"(async "a" of 1: a 0-2000)", R"(async "l" of 1: l 3000-4000)"}));
    }

    void legacyOperationsHaveSteps()
    {
        QCOMPARE(
            described(R"([{"name":"a","ph":"S","ts":0,"pid":1,"id":1},{"name":"a","ph":"T","ts":1,"pid":1,"id":1,"args":{"step":"half"}},
                               {"name":"a","ph":"p","ts":2,"pid":1,"id":1},{"name":"b","ph":"S","ts":2,"pid":1,"id":1},
                               {"name":"a","ph":"F","ts":3,"pid":1,"id":1},{"name":"b","ph":"F","ts":4,"pid":1,"id":1}])"),
            lines({R"(process "process 1")", R"(async "a" of 1: a 0-3000, half@1000, a@2000)", R"(async "b" of 1: b 2000-4000)"}));
    }

    void flowsBindToTheSlicesAroundThem()
    {
        QCOMPARE(
            described(R"([{"name":"a","ph":"X","ts":0,"dur":9,"pid":1,"tid":1},{"name":"in","ph":"X","ts":1,"dur":5,"pid":1,"tid":1},
                               {"name":"b","ph":"X","ts":10,"dur":9,"pid":1,"tid":2},{"name":"c","ph":"X","ts":20,"dur":9,"pid":1,"tid":1},
                               {"name":"f","ph":"s","ts":2,"pid":1,"tid":1,"id":1},{"name":"f","ph":"t","ts":12,"pid":1,"tid":2,"id":1},
                               {"name":"f","ph":"f","bp":"e","ts":21,"pid":1,"tid":1,"id":1}])"),
            lines({R"(process "process 1")", R"(thread "thread 1" of 1: a 0-9000, c 20000-29000)", R"(row "thread 1" of 2: in 1000-6000)",
                   R"(thread "thread 2" of 1: b 10000-19000)", "flow f: 3@2000 -> 4@12000", "flow f: 4@12000 -> 2@21000"}));
    }

    void aFlowEndsAtTheNextSliceUnlessItSaysEnclosing()
    {
        QCOMPARE(
            described(R"([{"name":"a","ph":"X","ts":0,"dur":5,"pid":1,"tid":1},{"name":"b","ph":"X","ts":2,"dur":9,"pid":1,"tid":2},
                               {"name":"c","ph":"X","ts":20,"dur":9,"pid":1,"tid":2},{"name":"f","ph":"s","ts":1,"pid":1,"tid":1,"id":1},
                               {"name":"f","ph":"f","ts":4,"pid":1,"tid":2,"id":1},{"name":"g","ph":"s","ts":1,"pid":1,"tid":1,"id":1},
                               {"name":"g","ph":"f","ts":29,"pid":1,"tid":2,"id":1}])"),
            lines({R"(process "process 1")", R"(thread "thread 1" of 1: a 0-5000)",
                   R"(thread "thread 2" of 1: b 2000-11000, c 20000-29000)", "flow f: 2@1000 -> 3@20000", "flow g: 2@1000 -> 3@29000"}));
    }

    void slicesTellFlowsThemselves()
    {
        QCOMPARE(described(R"([{"name":"a","ph":"X","ts":0,"dur":5,"pid":1,"tid":1,"bind_id":"0x1","flow_out":true},
                               {"name":"b","ph":"B","ts":6,"pid":1,"tid":2,"bind_id":"0x1","flow_in":true,"flow_out":true},
                               {"ph":"E","ts":9,"pid":1,"tid":2},
                               {"name":"c","ph":"X","ts":10,"dur":5,"pid":1,"tid":1,"bind_id":"0x1","flow_in":true},
                               {"name":"d","ph":"X","ts":20,"dur":5,"pid":1,"tid":1,"bind_id":"0x1"},
                               {"name":"a","ph":"X","ts":30,"dur":5,"pid":1,"tid":1,"bind_id":"0x2","flow_in":false}])"),
                 lines({R"(process "process 1")", R"(thread "thread 1" of 1: a 0-5000, c 10000-15000, d 20000-25000, a 30000-35000)",
                        R"(thread "thread 2" of 1: b 6000-9000)", "flow a: 2@0 -> 3@6000", "flow b: 3@6000 -> 2@10000"}));
    }

    void flowsBelongTogetherByCategoryNameAndId()
    {
        const std::string text =
            R"([{"name":"a","ph":"X","ts":0,"dur":5,"pid":1,"tid":1},{"name":"b","ph":"X","ts":6,"dur":5,"pid":2,"tid":1},
                               {"name":"f","cat":"c","ph":"s","ts":1,"pid":1,"tid":1,"id":1},{"name":"f","cat":"c","ph":"f","bp":"e","ts":7,"pid":2,"tid":1,"id":1},
                               {"name":"g","cat":"c","ph":"s","ts":2,"pid":1,"tid":1,"id":2},{"name":"h","cat":"c","ph":"f","bp":"e","ts":7,"pid":2,"tid":1,"id":2},
                               {"name":"i","cat":"c","ph":"s","ts":3,"pid":1,"tid":1,"id":3},{"name":"i","cat":"d","ph":"f","bp":"e","ts":7,"pid":2,"tid":1,"id":3}])";
        QCOMPARE(described(text), lines({R"(process "process 1")", R"(thread "thread 1" of 1: a 0-5000)", R"(process "process 2")",
                                         R"(thread "thread 1" of 3: b 6000-11000)", "flow f/c: 2@1000 -> 4@7000"}));
        QVERIFY(problemsOf(text).startsWith(QLatin1String("4 at ")));
    }

    // What Go's tool writes.
    void aFlowMayEndInAStep()
    {
        QCOMPARE(described(R"([{"name":"a","ph":"X","ts":0,"dur":5,"pid":1,"tid":1},{"name":"b","ph":"X","ts":6,"dur":5,"pid":1,"tid":2},
                               {"name":"f","ph":"s","ts":1,"pid":1,"tid":1,"id":1},{"name":"f","ph":"t","ts":7,"pid":1,"tid":2,"id":1}])"),
                 lines({R"(process "process 1")", R"(thread "thread 1" of 1: a 0-5000)", R"(thread "thread 2" of 1: b 6000-11000)",
                        "flow f: 2@1000 -> 3@7000"}));
    }

    void aCounterMayBeText()
    {
        const std::string text =
            R"([{"name":"n","ph":"C","ts":0,"pid":1,"args":{"a":".75","b":"246.","c":"01.5","d":"-5e1","e":"1.5e","f":"2e+","g":".","h":"-","i":"","j":true,"k":null}}])";
        QCOMPARE(described(text), lines({R"(process "process 1")", R"(counter "n a" of 1: 0.75@0)", R"(counter "n b" of 1: 246@0)",
                                         R"(counter "n c" of 1: 1.5@0)", R"(counter "n d" of 1: -50@0)"}));
        QCOMPARE(problemsOf(text), QStringLiteral("7 at 1: values of counters that are no finite numbers were left out\n"));
    }

    void instantsOfAnyScopeAreWhereTheyHappened()
    {
        QCOMPARE(
            described(
                R"([{"name":"global","ph":"i","s":"g","ts":0,"pid":1,"tid":1},{"name":"process","ph":"i","s":"p","ts":1,"pid":1,"tid":1},
                               {"name":"thread","ph":"i","s":"t","ts":2,"pid":1,"tid":1},{"name":"none","ph":"R","ts":3,"pid":1,"tid":2}])"),
            lines({R"(process "process 1")", R"(thread "thread 1" of 1: global@0, process@1000, thread@2000)",
                   R"(thread "thread 2" of 1: none@3000)"}));
    }

    // Even if it is the innermost one: the two do not belong together.
    void anEndOfAnotherNameEndsNothing()
    {
        const std::string text =
            R"([{"name":"a","ph":"B","ts":0,"pid":1,"tid":1},{"name":"b","ph":"E","ts":2,"pid":1,"tid":1},{"name":"c","ph":"i","ts":3,"pid":1,"tid":1}])";
        QCOMPARE(described(text), lines({R"(process "process 1")", R"(thread "thread 1" of 1: a 0-?, c@3000)"}));
        QVERIFY(problemsOf(text).contains(QLatin1String("ends of slices that did not begin were left out")));
    }

    void everyKeyOfACounterIsALane()
    {
        QCOMPARE(
            described(
                R"([{"name":"m","ph":"C","ts":0,"pid":1,"args":{"cats":1,"dogs":2.5}},{"name":"m","ph":"C","ts":1,"pid":1,"args":{"cats":"3"}},
                               {"name":"v","ph":"C","ts":2,"pid":1,"args":{"value":-7}},{"name":"v","ph":"C","ts":2,"pid":1,"id":"k","args":{"v":8}},
                               {"name":"v","ph":"C","ts":2,"pid":2,"args":{"v":9}}])"),
            lines({R"(process "process 1")", R"(counter "m cats" of 1: 1@0, 3@1000)", R"(counter "m dogs" of 1: 2.5@0)",
                   R"(counter "v" of 1: -7@2000)", R"(counter "v[k]" of 1: 8@2000)", R"(process "process 2")",
                   R"(counter "v" of 6: 9@2000)"}));
    }

    void processesAndThreadsHaveNames()
    {
        QCOMPARE(
            described(
                R"([{"name":"a","ph":"X","ts":0,"dur":1,"pid":1,"tid":2},{"name":"process_name","ph":"M","pid":1,"args":{"name":"first"}},
                               {"name":"process_name","ph":"M","pid":1,"args":{"name":"tool"}},{"name":"thread_name","ph":"M","pid":1,"tid":2,"args":{"name":"main"}},
                               {"name":"process_labels","ph":"M","pid":1,"args":{"labels":"tab, x"}},{"name":"thread_name","ph":"M","pid":1,"tid":3,"args":{"name":"idle"}},
                               {"name":"num_cpus","ph":"M","pid":1,"tid":0,"ts":0,"args":{"number":4}}])"),
            lines({"process \"tool (1)\" (tab, x)", R"(thread "main" of 1: a 0-1000)"}));
    }

    void sortIndicesOrderLanes()
    {
        QCOMPARE(described(R"([{"name":"a","ph":"X","ts":0,"dur":1,"pid":1,"tid":1},{"name":"b","ph":"X","ts":0,"dur":1,"pid":2,"tid":1},
                               {"name":"c","ph":"X","ts":0,"dur":1,"pid":2,"tid":2},{"name":"d","ph":"X","ts":0,"dur":1,"pid":3,"tid":9},
                               {"name":"e","ph":"X","ts":0,"dur":1,"pid":2,"tid":0},{"name":"process_sort_index","ph":"M","pid":1,"args":{"sort_index":5}},
                               {"name":"process_sort_index","ph":"M","pid":3,"args":{"sort_index":-1}},
                               {"name":"thread_sort_index","ph":"M","pid":2,"tid":1,"args":{"sort_index":"1"}}])"),
                 lines({R"(process "process 3")", R"(thread "thread 9" of 1: d 0-1000)", R"(process "process 2")",
                        R"(thread "thread 2" of 3: c 0-1000)", R"(thread "thread 0" of 3: e 0-1000)", R"(thread "thread 1" of 3: b 0-1000)",
                        R"(process "process 1")", R"(thread "thread 1" of 7: a 0-1000)"}));
    }

    void metadataHasNoTime()
    {
        // A time of 0 there is not when the trace begins.
        QCOMPARE(
            described(
                R"([{"name":"thread_name","ph":"M","ts":0,"pid":1,"tid":1,"args":{"name":"main"}},{"name":"a","ph":"X","ts":1000,"dur":1,"pid":1,"tid":1}])"),
            lines({R"(process "process 1")", R"(thread "main" of 1: a 0-1000)"}));
    }
};

QTEST_GUILESS_MAIN(ChromeEventsTest)
#include "chrome_events_test.moc"
