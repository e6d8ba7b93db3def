#include "core/workload/scenario_parameter.h"

#include <QTest>

using namespace loopscope;
using Type = ScenarioParameter::Type;

namespace {

const std::vector<ScenarioParameter> parameters{
    {"tasks", Type::Integer, "3", 1, 100, {}, "How many."},
    {"seconds", Type::Number, "0.5", 0, 60, {}, "How long."},
    {"place", Type::Choice, "pool", 0, 0, {"pool", "loop"}, "Where."},
    {"on", Type::Boolean, "true", 0, 0, {}, "Whether."},
};

} // namespace

class ScenarioParameterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void defaultsAreUsedWhereNothingIsGiven()
    {
        const auto values = resolveParameters(parameters, {{"seconds", "1.25"}});
        QVERIFY(values);
        QCOMPARE(values->size(), std::size_t(4));
        QCOMPARE(std::get<double>(values->at("tasks")), 3.0);
        QCOMPARE(std::get<double>(values->at("seconds")), 1.25);
        QCOMPARE(std::get<std::string>(values->at("place")), std::string("pool"));
        QCOMPARE(std::get<bool>(values->at("on")), true);
    }

    void wrongValuesAreRefusedWithWhatIsAllowed_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("error");
        const auto row = [](const char *title, const char *name, const char *text, const char *error) {
            QTest::newRow(title) << QByteArray(name) << QByteArray(text) << QByteArray(error);
        };
        row("too small", "tasks", "0", "parameter tasks: \"0\" is not allowed; it takes integer, 1 to 100");
        row("too large", "tasks", "1000000000", "parameter tasks: \"1000000000\" is not allowed; it takes integer, 1 to 100");
        row("fraction", "tasks", "2.5", "parameter tasks: \"2.5\" is not allowed; it takes integer, 1 to 100");
        row("text", "tasks", "three", "parameter tasks: \"three\" is not allowed; it takes integer, 1 to 100");
        row("more behind", "tasks", "3x", "parameter tasks: \"3x\" is not allowed; it takes integer, 1 to 100");
        row("empty", "tasks", "", "parameter tasks: \"\" is not allowed; it takes integer, 1 to 100");
        row("no number", "seconds", "nan", "parameter seconds: \"nan\" is not allowed; it takes number, 0 to 60");
        row("infinity", "seconds", "inf", "parameter seconds: \"inf\" is not allowed; it takes number, 0 to 60");
        row("overflow", "seconds", "1e999", "parameter seconds: \"1e999\" is not allowed; it takes number, 0 to 60");
        row("control", "seconds", "\x1b[2J", "parameter seconds: \"\\x1B[2J\" is not allowed; it takes number, 0 to 60");
        row("choice", "place", "Pool", "parameter place: \"Pool\" is not allowed; it takes pool or loop");
        row("boolean", "on", "1", "parameter on: \"1\" is not allowed; it takes true or false");
    }
    void wrongValuesAreRefusedWithWhatIsAllowed()
    {
        QFETCH(const QByteArray, name);
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, error);
        const auto values = resolveParameters(parameters, {{name.toStdString(), text.toStdString()}});
        QVERIFY(!values);
        QCOMPARE(QByteArray::fromStdString(values.error().text()), error);
    }

    void anUnknownNameListsTheKnownOnes()
    {
        QCOMPARE(resolveParameters(parameters, {{"count", "3"}}).error().text(),
                 std::string("parameter \"count\": there is no such parameter; the parameters are: tasks (integer, 1 to 100); "
                             "seconds (number, 0 to 60); place (pool or loop); on (true or false)"));
        QCOMPARE(resolveParameters({}, {{"count", "3"}}).error().text(),
                 std::string("parameter \"count\": there is no such parameter; the scenario has none"));
    }

    void numbersAreSpeltAsShortAsPossible()
    {
        QCOMPARE(numberText(3), std::string("3"));
        QCOMPARE(numberText(0.1), std::string("0.1"));
        QCOMPARE(numberText(1e9), std::string("1000000000"));
        QCOMPARE(numberText(-2.5), std::string("-2.5"));
        QCOMPARE(numberText(1e300), std::string("1e+300"));
    }
};

QTEST_GUILESS_MAIN(ScenarioParameterTest)
#include "scenario_parameter_test.moc"
