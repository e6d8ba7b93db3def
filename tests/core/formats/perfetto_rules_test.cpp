#include "core/formats/trace_registry.h"
#include "tests/support/perfetto_model.h"
#include "tests/support/random_events.h"
#include "tests/support/random_trace.h"
#include "tests/support/scratch_folder.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <filesystem>

using namespace loopscope;
using namespace loopscope::test;

/// What is exported, by the rules that Perfetto's importer has for writers.
class PerfettoRulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // A model that takes anything would prove nothing.
    void theModelKnowsWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("events");
        QTest::addColumn<QString>("rule");
        const auto row = [](const char *rule, const char *events) {
            QTest::newRow(rule) << QByteArray(events) << QString::fromLatin1(rule);
        };
        row("slices of a thread nest",
            R"({"ph":"X","pid":1,"tid":1,"ts":0,"dur":5,"name":"a"},{"ph":"X","pid":1,"tid":1,"ts":3,"dur":5,"name":"b"})");
        row("a complete slice has a length", R"({"ph":"X","pid":1,"tid":1,"ts":0,"name":"a"})");
        row("an end is that of the innermost slice that was begun",
            R"({"ph":"B","pid":1,"tid":1,"ts":0,"name":"a"},{"ph":"B","pid":1,"tid":1,"ts":1,"name":"b"},{"ph":"E","pid":1,"tid":1,"ts":2,"name":"a"})");
        row("a flow is within a slice",
            R"({"ph":"X","pid":1,"tid":1,"ts":0,"dur":5,"name":"a"},{"ph":"s","pid":1,"tid":1,"ts":5,"id":1,"name":"w"})");
        row("a flow begins once, and before it ends",
            R"({"ph":"X","pid":1,"tid":1,"ts":0,"dur":5,"name":"a"},{"ph":"f","bp":"e","pid":1,"tid":1,"ts":1,"id":1,"name":"w"})");
        row("a flow that ends at the next slice has one",
            R"({"ph":"X","pid":1,"tid":1,"ts":0,"dur":5,"name":"a"},{"ph":"s","pid":1,"tid":1,"ts":1,"id":1,"name":"w"},{"ph":"f","pid":1,"tid":1,"ts":2,"id":1,"name":"w"})");
        row("an operation has an id", R"({"ph":"b","pid":1,"ts":0,"id":"","name":"a"})");
        row("a counter has numbers", R"({"ph":"C","pid":1,"ts":0,"name":"a","args":{"x":"1"}})");
        row("a name is not empty", R"({"ph":"M","pid":1,"name":"process_name","args":{"name":""}})");
        row("an instant says what it belongs to", R"({"ph":"i","pid":1,"tid":1,"ts":0,"name":"a"})");
        row("its phase is known", R"({"ph":"q","pid":1,"ts":0})");
    }

    void theModelKnowsWhatIsWrong()
    {
        QFETCH(const QByteArray, events);
        QFETCH(const QString, rule);
        const QStringList refused = refusedByPerfetto("{\"traceEvents\":[" + events.toStdString() + "]}");
        QCOMPARE(refused.size(), 1);
        QVERIFY2(refused.front().startsWith(rule), qPrintable(refused.front()));
    }

    void allOfARunIsTaken()
    {
        for (std::uint32_t seed = 0; seed < 20; ++seed)
            QCOMPARE(told(seed, refusedIn(*randomTrace(seed, TraceOrigin::Run), randomMarks(seed))), QString());
    }

    // What overlapped others, or was an arrow without a slice at its ends, still is; all else is as it has to be.
    void allButWhatWasWrongBeforeIsTakenOfATraceOfOthers()
    {
        const QRegularExpression wasWrong(QStringLiteral("^(slices of a thread nest|an end is that of|a flow is within|a flow that ends)"));
        for (std::uint32_t seed = 0; seed < 40; ++seed) {
            const auto opened = openTrace(scratch_.write("in.json", randomEvents(seed)), {});
            QVERIFY(opened);
            QStringList refused = refusedIn(*opened->trace, {});
            refused.removeIf([&wasWrong](const QString &sentence) { return wasWrong.match(sentence).hasMatch(); });
            QCOMPARE(told(seed, refused), QString());
        }
    }

    void allOfTheSamplesIsTaken()
    {
        int samples = 0;
        for (const auto &entry : std::filesystem::recursive_directory_iterator(LOOPSCOPE_TEST_DATA "/traces")) {
            if (entry.path().extension() != ".json" || entry.path().parent_path().filename() == "faults")
                continue;
            ++samples;
            const auto opened = openTrace(entry.path().string(), {});
            QVERIFY2(opened, entry.path().c_str());
            QStringList refused = refusedIn(*opened->trace, opened->marks);
            if (entry.path().stem() == "go") // whose first goroutine begins before anything goes on
                refused = refused.filter(QRegularExpression(QStringLiteral("^(?!a flow is within a slice.*\"ts\":0\\})")));
            QVERIFY2(refused.isEmpty(),
                     qPrintable(QString::fromStdString(entry.path().filename()) + QLatin1Char(' ') + refused.join(QLatin1Char('\n'))));
        }
        QVERIFY(samples > 10);
    }

private:
    QStringList refusedIn(const Trace &trace, const Marks &marks)
    {
        const std::string path = scratch_.path("out.json");
        if (!exportTrace(trace, marks, path, {}))
            return {QStringLiteral("it was not exported")};
        QFile file(QString::fromStdString(path));
        return refusedByPerfetto(file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string());
    }

    static QString told(std::uint32_t seed, const QStringList &refused)
    {
        return refused.isEmpty() ? QString() : QStringLiteral("seed %1: ").arg(seed) + refused.mid(0, 3).join(QLatin1Char('\n'));
    }

    ScratchFolder scratch_;
};

QTEST_GUILESS_MAIN(PerfettoRulesTest)
#include "perfetto_rules_test.moc"
