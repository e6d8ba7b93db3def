#include "core/experiment/comparison_report.h"
#include "tests/support/simulated_run.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <sstream>

using namespace loopscope;
using namespace loopscope::test;
using Kind = SimulatedStep::Kind;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

RunFigures figures(Nanoseconds wall)
{
    RunFigures run;
    run.wall = wall;
    run.tasks = run.tasksDone = 2;
    run.resources.userCpuNs = 3 * ms;
    run.resources.systemCpuNs = 1 * ms;
    run.resources.peakRssBytes = 20'000'000;
    run.resources.peakThreads = 4;
    return run;
}

CandidateResult result(std::size_t strategy, const std::vector<Nanoseconds> &walls, std::shared_ptr<const Trace> trace = nullptr)
{
    CandidateResult result{{readingStrategies()[strategy], std::nullopt}, {}, {}, 0, std::move(trace)};
    for (const Nanoseconds wall : walls)
        result.runs.push_back(figures(wall));
    return result;
}

/// Two tasks of one name and another one: one after the other, and on the pool.
Comparison sample()
{
    const SimulatedTask onLoop{"a", "sleep", {{Kind::Block, 10 * ms}}};
    const SimulatedTask onPool{"a", "sleep", {{Kind::Job, 10 * ms}}};
    const SimulatedTask other{"b", "sleep", {{Kind::Block, 5 * ms}}};
    Comparison comparison;
    comparison.title = "sample";
    comparison.repetitions = 3;
    comparison.cores = 2;
    comparison.isComplete = true;
    comparison.candidates = {result(0, {30 * ms, 10 * ms, 20 * ms}, simulatedRun({onLoop, onLoop, other}, 1)),
                             result(1, {10 * ms, 11 * ms, 5 * ms}, simulatedRun({onPool, onPool}, 2))};
    return comparison;
}

std::string csvOf(const Comparison &comparison)
{
    std::ostringstream out;
    writeComparisonCsv(comparison, out);
    return out.str();
}

QJsonObject jsonOf(const Comparison &comparison)
{
    std::ostringstream out;
    writeComparisonJson(comparison, out);
    return QJsonDocument::fromJson(QByteArray::fromStdString(out.str())).object();
}

} // namespace

class ComparisonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theMedianIsOneThatWasMeasured()
    {
        QCOMPARE(result(0, {30, 10, 20}).wall(), (Spread{20, 10, 30}));
        QCOMPARE(result(0, {40, 30, 10, 20}).wall(), (Spread{20, 10, 40}));
        QCOMPARE(result(0, {7}).wall(), (Spread{7, 7, 7}));
        QCOMPARE(result(0, {}).wall(), Spread{});
    }

    void ratiosAreToTheFirst()
    {
        const Comparison comparison = sample();
        QCOMPARE(comparison.ratioOf(comparison.candidates[0]), 1.0);
        QCOMPARE(comparison.ratioOf(comparison.candidates[1]), 0.5);
        QCOMPARE(Comparison{}.ratioOf(comparison.candidates[1]), 0.0);
    }

    void tasksAreMatchedByNameAndTurn()
    {
        const std::vector<ComparedTask> tasks = compareTasks(sample());
        QCOMPARE(tasks.size(), std::size_t(3));
        QCOMPARE(tasks[0].name, std::string("a"));
        QCOMPARE(tasks[0].ends[0].value_or(-1), 10 * ms);
        QCOMPARE(tasks[0].ends[1].value_or(-1), 10 * ms);
        QCOMPARE(tasks[0].difference(), Nanoseconds(0));
        QCOMPARE(tasks[1].ends[0].value_or(-1), 20 * ms);
        QCOMPARE(tasks[1].ends[1].value_or(-1), 10 * ms);
        QCOMPARE(tasks[1].difference(), 10 * ms);
        QCOMPARE(tasks[1].idles[0].value_or(-1), 10 * ms);
        QCOMPARE(tasks[2].name, std::string("b"));
        QCOMPARE(tasks[2].ends[0].value_or(-1), 25 * ms);
        QVERIFY(!tasks[2].ends[1]);
        QCOMPARE(tasks[2].difference(), Nanoseconds(0));
    }

    void notesTellWhatFiguresDoNot()
    {
        Comparison comparison = sample();
        QVERIFY(comparison.notes().empty());
        comparison.candidates[0].runs[1].tasksDone = 1;
        comparison.candidates[0].runs[2].resources.blocksRead = 8;
        comparison.candidates[1].obstacle = "the system refuses it";
        QCOMPARE(comparison.notes(),
                 (std::vector<std::string>{"sequential: not every task succeeded in 1 of 3 runs",
                                           "sequential: some data came from the disk, not from the page cache, in 1 of 3 runs",
                                           "coroutines: the system refuses it"}));
        comparison.isCold = true;
        QCOMPARE(comparison.notes()[1], std::string("sequential: nothing came from the disk in 2 of 3 runs"));
    }

    void theTextIsATable()
    {
        Comparison comparison = sample();
        comparison.candidates.push_back(result(4, {}));
        comparison.candidates.back().obstacle = "the system refuses it";
        const std::string expected = R"(sample: 3 runs of each after one that does not count, in turn; page cache hot; 2 cores

               wall     x              range      cpu   memory  threads  files  switches  longest stall  ready in all  queued in all
sequential  20.0 ms  1.00  10.0 ms - 30.0 ms  4.00 ms  20.0 MB        4      0         0           0 ns          0 ns           0 ns
coroutines  10.0 ms  0.50  5.00 ms - 11.0 ms  4.00 ms  20.0 MB        4      0         0           0 ns          0 ns           0 ns
io_uring          -

io_uring: the system refuses it

done after  sequential  coroutines  io_uring
a              20.0 ms     10.0 ms         -
)";
        QCOMPARE(QString::fromStdString(comparisonText(comparison)), QString::fromStdString(expected));
    }

    void jsonHasAllOfIt()
    {
        const QJsonObject json = jsonOf(sample());
        QCOMPARE(json[QLatin1String("version")].toInt(), 1);
        QCOMPARE(json[QLatin1String("cache")].toString(), QStringLiteral("hot"));
        QVERIFY(json[QLatin1String("complete")].toBool());
        const QJsonArray candidates = json[QLatin1String("candidates")].toArray();
        QCOMPARE(candidates.size(), 2);
        const QJsonObject second = candidates[1].toObject();
        QCOMPARE(second[QLatin1String("strategy")].toString(), QStringLiteral("coroutines"));
        QCOMPARE(second[QLatin1String("ratio")].toDouble(), 0.5);
        QVERIFY(second[QLatin1String("workers")].isNull());
        QCOMPARE(second[QLatin1String("wall_ns")].toObject()[QLatin1String("most")].toInt(), 11'000'000);
        const QJsonArray runs = second[QLatin1String("runs")].toArray();
        QCOMPARE(runs.size(), 3);
        QCOMPARE(runs[2].toObject()[QLatin1String("wall_ns")].toInt(), 5'000'000);
        QCOMPARE(runs[2].toObject()[QLatin1String("peak_rss_bytes")].toInt(), 20'000'000);
        const QJsonArray tasks = json[QLatin1String("tasks")].toArray();
        QCOMPARE(tasks.size(), 3);
        QCOMPARE(tasks[2].toObject()[QLatin1String("end_ns")].toArray(), (QJsonArray{25'000'000, QJsonValue::Null}));
    }

    void csvHasARowARun()
    {
        const QString csv = QString::fromStdString(csvOf(sample()));
        const QStringList lines = csv.split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 8);
        QVERIFY(lines[0].startsWith(QLatin1String("strategy,workers,run,wall_ns,longest_stall_ns,")));
        QVERIFY(lines[1].startsWith(QLatin1String("sequential,,1,30000000,0,0,0,2,2,0,3000000,1000000,20000000,")));
        QVERIFY(lines[6].startsWith(QLatin1String("coroutines,,3,5000000,")));
        for (int i = 1; i < 7; ++i)
            QCOMPARE(lines[i].count(QLatin1Char(',')), lines[0].count(QLatin1Char(',')));
    }
};

QTEST_GUILESS_MAIN(ComparisonTest)
#include "comparison_test.moc"
