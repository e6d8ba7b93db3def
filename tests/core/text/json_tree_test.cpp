#include "core/text/json_tree.h"

#include "tests/support/quoted_json.h"

#include <QTest>

using namespace loopscope;
using loopscope::test::json;

class JsonTreeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void valuesAreKeptAsTheyAreWritten()
    {
        const JsonTree tree(json("{'n':1.50e3,'big':123456789012345678901234567890,'t':'a\\`b\\u00e9','b':true,'z':null,'o':{'x':[1,2]}}"));
        QVERIFY(tree.isWhole());
        const auto &nodes = tree.nodes();
        QCOMPARE(nodes[0].children.size(), std::size_t(6));
        QCOMPARE(nodes[1].key, std::string("n"));
        QCOMPARE(nodes[1].value, std::string("1.50e3"));
        QCOMPARE(nodes[2].value, std::string("123456789012345678901234567890"));
        QCOMPARE(nodes[3].value, std::string("a\"bé"));
        QCOMPARE(tree.jsonOf(3), std::string("\"a\\\"bé\""));
        QCOMPARE(nodes[4].value, std::string("true"));
        QCOMPARE(nodes[5].value, std::string("null"));
        QCOMPARE(tree.jsonOf(6), json("{'x':[1,2]}"));
        QCOMPARE(nodes[7].key, std::string("x"));
        QCOMPARE(tree.jsonOf(7), std::string("[1,2]"));
        QCOMPARE(nodes[8].key, std::string());
        QCOMPARE(nodes[9].row, 1U);
        QCOMPARE(nodes[9].parent, 7U);
    }

    void aMillionLevelsAreBounded()
    {
        const std::string deep = std::string(1'000'000, '[') + std::string(1'000'000, ']');
        const JsonTree tree(deep);
        QVERIFY(!tree.isWhole());
        QVERIFY(tree.nodes().size() <= 200);
        QCOMPARE(tree.jsonOf(0).size(), deep.size());
    }

    void aMillionValuesAreBounded()
    {
        std::string wide = "[0";
        for (int i = 0; i < 1'000'000; ++i)
            wide += ",1";
        const JsonTree tree(wide + "]");
        QVERIFY(!tree.isWhole());
        QCOMPARE(tree.nodes().size(), std::size_t(20'000));
    }

    void whatStandsBeforeAnErrorIsKept()
    {
        const JsonTree tree(json("{'a':1,'b':[2,oops"));
        QVERIFY(!tree.isWhole());
        QCOMPARE(tree.nodes().size(), std::size_t(4));
        QCOMPARE(tree.nodes()[3].value, std::string("2"));
        QCOMPARE(tree.jsonOf(2), std::string("[2,oops"));
    }

    void whatIsNoJsonHasNoValues()
    {
        QVERIFY(JsonTree("hello").nodes().empty());
        QVERIFY(!JsonTree("hello").isWhole());
        QVERIFY(JsonTree(std::string()).isWhole());
    }

    void aSingleValueIsARoot()
    {
        const JsonTree tree("\"text\"");
        QCOMPARE(tree.nodes().size(), std::size_t(1));
        QCOMPARE(tree.nodes()[0].value, std::string("text"));
    }

    void notANumberIsOne()
    {
        const JsonTree tree("{\"x\":NaN,\"y\":-Infinity}");
        QVERIFY(tree.isWhole());
        QCOMPARE(tree.nodes()[1].value, std::string("NaN"));
    }
};

QTEST_GUILESS_MAIN(JsonTreeTest)
#include "json_tree_test.moc"
