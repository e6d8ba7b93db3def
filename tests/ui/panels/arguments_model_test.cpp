#include "ui/panels/arguments_model.h"

#include "tests/support/quoted_json.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace loopscope;
using loopscope::test::json;

class ArgumentsModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void membersAreRowsBelowEachOther()
    {
        ArgumentsModel model;
        const QAbstractItemModelTester tester(&model);
        model.show(json("{'url':'https://example.org/','size':{'width':800,'height':600},'frames':[7,8]}"));
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.index(0, ArgumentsModel::Name).data().toString(), QStringLiteral("url"));
        QCOMPARE(model.index(0, ArgumentsModel::Value).data().toString(), QStringLiteral("https://example.org/"));
        const QModelIndex size = model.index(1, ArgumentsModel::Name);
        QCOMPARE(model.rowCount(size), 2);
        QCOMPARE(model.index(1, ArgumentsModel::Value, size).data().toString(), QStringLiteral("600"));
        QCOMPARE(model.parent(model.index(1, ArgumentsModel::Value, size)), size);
        const QModelIndex frames = model.index(2, ArgumentsModel::Name);
        QCOMPARE(model.index(1, ArgumentsModel::Name, frames).data().toString(), QStringLiteral("1"));
        QCOMPARE(model.index(1, ArgumentsModel::Value, frames).data().toString(), QStringLiteral("8"));
    }

    void copyingTakesAllOfAValue()
    {
        ArgumentsModel model;
        const QAbstractItemModelTester tester(&model);
        const QString huge(100'000, QLatin1Char('x'));
        model.show(QStringLiteral("{\"t\":\"a\\nb\",\"huge\":\"%1\",\"o\":{\"x\":1}}").arg(huge).toStdString());
        QCOMPARE(model.valueOf(model.index(0, 0)), QStringLiteral("a\nb"));
        QCOMPARE(model.jsonOf(model.index(0, 0)), QStringLiteral("\"a\\nb\""));
        QCOMPARE(model.index(0, ArgumentsModel::Value).data().toString(), QStringLiteral("a\\nb")); // in one line
        QCOMPARE(model.valueOf(model.index(1, 0)), huge);
        QVERIFY(model.index(1, ArgumentsModel::Value).data().toString().size() < 2000);
        QCOMPARE(model.valueOf(model.index(2, 0)), QStringLiteral("{\"x\":1}"));
    }

    void anythingElseIsOneRowOrNone()
    {
        ArgumentsModel model;
        const QAbstractItemModelTester tester(&model);
        model.show("42");
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0, ArgumentsModel::Value).data().toString(), QStringLiteral("42"));
        model.show("no JSON");
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.valueOf({}), QStringLiteral("no JSON"));
        model.show({});
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_GUILESS_MAIN(ArgumentsModelTest)
#include "arguments_model_test.moc"
