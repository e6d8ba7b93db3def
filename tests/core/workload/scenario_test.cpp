#include "core/workload/scenario.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace loopscope;

namespace {

const QString dataDir = QStringLiteral(LOOPSCOPE_TEST_DATA "/scenarios/");

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

std::string errorOf(std::string_view json)
{
    const auto scenario = parseScenario(json);
    return scenario ? "no error" : scenario.error().text();
}

/// A document whose one task has, beside its name, `members`.
std::string withTask(const std::string &members)
{
    return R"({"loopscope_scenario":1,"name":"x","title":"x","tasks":[{"name":"a",)" + members + "}]}";
}

} // namespace

class ScenarioTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goodDocumentsAreRead_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString &name : QDir(dataDir + QStringLiteral("good")).entryList({QStringLiteral("*.json")}))
            QTest::newRow(qPrintable(name)) << dataDir + QStringLiteral("good/") + name;
    }
    void goodDocumentsAreRead()
    {
        QFETCH(const QString, path);
        const auto scenario = loadScenario(path.toStdString());
        QVERIFY2(scenario, scenario ? "" : scenario.error().text().c_str());
        QVERIFY(looksLikeScenario(path.toStdString()));
    }

    void badDocumentsAreRefusedWithTheirPlaceAndReason_data()
    {
        QTest::addColumn<QString>("name");
        const QStringList names = QDir(dataDir + QStringLiteral("bad")).entryList({QStringLiteral("*.json")});
        QVERIFY(names.size() > 40);
        for (const QString &name : names)
            QTest::newRow(qPrintable(name)) << dataDir + QStringLiteral("bad/") + name.chopped(5);
    }
    void badDocumentsAreRefusedWithTheirPlaceAndReason()
    {
        QFETCH(const QString, name);
        const QByteArray expected = contentOf(name + QStringLiteral(".error")).trimmed();
        QVERIFY(!expected.isEmpty());
        const auto scenario = loadScenario((name + QStringLiteral(".json")).toStdString());
        QVERIFY(!scenario);
        QCOMPARE(QByteArray::fromStdString(scenario.error().text()), expected);
    }

    void everyValueIsKept()
    {
        const auto scenario = loadScenario((dataDir + QStringLiteral("good/every_key.json")).toStdString());
        QVERIFY(scenario);
        QCOMPARE(scenario->workers, 2);
        QCOMPARE(scenario->parameters.size(), std::size_t(4));
        QCOMPARE(scenario->parameters[1].defaultValue, std::string("0.01"));
        QCOMPARE(scenario->parameters[1].max, 1.5);
        QCOMPARE(scenario->parameters[2].choices, (std::vector<std::string>{"pool", "loop"}));
        const ScenarioTask &sleep = scenario->tasks.at(0);
        QCOMPARE(sleep.count.parameter, std::string("n"));
        QCOMPARE(sleep.timeout.value, 60.0);
        QCOMPARE(sleep.repeat.value, 2);
        QCOMPARE(scenario->tasks.at(2).place.value, Place::Loop);
        QCOMPARE(scenario->tasks.at(6).children.at(2).children.at(0).path, std::string("tasks[6].children[2].children[0]"));
    }

    void theExampleOfTheReferenceIsOne()
    {
        const QByteArray reference = contentOf(QStringLiteral(LOOPSCOPE_TEST_DATA "/../../resources/scenarios/README.md"));
        const QByteArray fence = "```json\n";
        const auto begin = reference.indexOf(fence) + fence.size();
        const QByteArray example = reference.mid(begin, reference.indexOf("```", begin) - begin);
        QCOMPARE(errorOf(example.toStdString()), std::string("no error"));
    }

    void relativeFilesAreRelativeToTheDocument()
    {
        const auto scenario = loadScenario((dataDir + QStringLiteral("good/every_key.json")).toStdString());
        QVERIFY(scenario);
        const std::string file = scenario->tasks.at(6).children.at(1).files.at(1);
        QCOMPARE(file, (dataDir + QStringLiteral("good/smallest.json")).toStdString());
    }

    void aByteOrderMarkIsNoError() { QVERIFY(parseScenario("\xEF\xBB\xBF" + withTask(R"("kind":"timer","duration_s":1)"))); }

    void wholeNumbersMayBeSpeltInAnyWay()
    {
        const auto scenario = parseScenario(withTask(R"("kind":"timer","duration_s":1,"count":2e1)"));
        QVERIFY(scenario);
        QCOMPARE(scenario->tasks[0].count.value, 20);
    }

    void aNestingOfAMillionIsRefused()
    {
        const std::string deep(1'000'000, '[');
        QVERIFY(errorOf(deep).starts_with("line 1, column 1000001: "));
        QVERIFY(errorOf(deep + std::string(1'000'000, ']')).starts_with("a scenario is an object"));
        const std::string inside = R"({"loopscope_scenario":1,"name":"x","title":"x","tasks":)" + deep + std::string(1'000'000, ']') + "}";
        QCOMPARE(errorOf(inside), std::string("tasks[0]: must be an object, not an array"));
    }

    void parentsNestToTheLimitOnly()
    {
        const auto nested = [](int depth) {
            std::string json = R"({"name":"leaf","kind":"timer","duration_s":0})";
            for (int i = 1; i < depth; ++i)
                json = R"({"name":"p","kind":"parent","children":[)" + json + "]}";
            return R"({"loopscope_scenario":1,"name":"x","title":"x","tasks":[)" + json + "]}";
        };
        QCOMPARE(errorOf(nested(maxScenarioDepth)), std::string("no error"));
        QVERIFY(errorOf(nested(maxScenarioDepth + 1)).ends_with(": is nested deeper than 32 parents"));
        QVERIFY(errorOf(nested(10'000)).ends_with(": is nested deeper than 32 parents"));
    }

    void hugeDocumentsAreNotRead()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("huge.json"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.resize(qint64(100) << 30)); // sparse: reading all of it would time out
        file.close();
        QCOMPARE(loadScenario(path.toStdString()).error().text(), std::string("the document is larger than 4.19 MB"));
        QVERIFY(!looksLikeScenario(path.toStdString()));
    }

    void thousandsOfUnknownKeysAreOneError()
    {
        std::string json = R"({"loopscope_scenario":1)";
        for (int i = 0; i < 200'000; ++i)
            json += ",\"k" + std::to_string(i) + "\":0";
        QVERIFY(errorOf(json + "}").starts_with("k0: unknown key"));
    }

    void longForeignTextIsElidedAndEscapedInErrors()
    {
        const std::string error = errorOf(withTask("\"kind\":\"\\u202e\\u0007" + std::string(100'000, 'x') + "\""));
        QVERIFY(error.size() < 400);
        QVERIFY(error.find('\x07') == std::string::npos);
        QVERIFY(error.find("\\x07") != std::string::npos);
    }

    void whatIsNoRegularFileIsRefused()
    {
        QTemporaryDir dir;
        const std::string fifo = dir.filePath(QStringLiteral("fifo.json")).toStdString();
        QCOMPARE(mkfifo(fifo.c_str(), 0600), 0);
        QCOMPARE(loadScenario(fifo).error().text(), std::string("is not a regular file"));
        QVERIFY(!looksLikeScenario(fifo));
        QCOMPARE(loadScenario(dir.path().toStdString()).error().text(), std::string("is not a regular file"));
        QCOMPARE(loadScenario(fifo + "x").error().text(), std::string("cannot be opened: No such file or directory"));
    }

    void itsNameAndItsKeyMakeAScenario()
    {
        QTemporaryDir dir;
        const QByteArray scenario = contentOf(dataDir + QStringLiteral("good/smallest.json"));
        const auto looks = [&](const char *name, const QByteArray &content) {
            const QString path = dir.filePath(QString::fromUtf8(name));
            writeFile(path, content);
            return looksLikeScenario(path.toStdString());
        };
        QVERIFY(looks("a.json", scenario));
        QVERIFY(looks("A.JSON", scenario));
        QVERIFY(!looks("a.txt", scenario));
        QVERIFY(!looks("b.json", "{\"name\": 1}"));
        QVERIFY(looks("broken.json", "{\"loopscope_scenario\": 1, "));
        QVERIFY(!looks(".json", ""));
    }
};

QTEST_GUILESS_MAIN(ScenarioTest)
#include "scenario_test.moc"
