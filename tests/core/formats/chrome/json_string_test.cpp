#include "core/formats/chrome/json_string.h"

#include <QTest>

using namespace loopscope::chrome;

class JsonStringTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void quotesAreNoContent()
    {
        QCOMPARE(contentOf("\"a\""), std::string_view("a"));
        QCOMPARE(contentOf("\"\""), std::string_view());
        QCOMPARE(contentOf("12"), std::string_view("12"));
        QCOMPARE(contentOf(""), std::string_view());
        QCOMPARE(contentOf("\""), std::string_view("\""));
    }

    void escapesAreResolved_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("plain") << QByteArray("abc \xC3\xA4") << QByteArray("abc \xC3\xA4");
        QTest::newRow("letters") << QByteArray("\\\"\\\\\\/\\b\\f\\n\\r\\t") << QByteArray("\"\\/\b\f\n\r\t");
        QTest::newRow("one, two and three bytes") << QByteArray("\\u0041\\u00e4\\u20AC") << QByteArray("A\xC3\xA4\xE2\x82\xAC");
        QTest::newRow("a surrogate pair") << QByteArray("\\ud83d\\ude00") << QByteArray("\xF0\x9F\x98\x80");
        QTest::newRow("half a pair") << QByteArray("\\ud83dx") << QByteArray("\xEF\xBF\xBDx");
        QTest::newRow("the other half") << QByteArray("\\ude00") << QByteArray("\xEF\xBF\xBD");
        QTest::newRow("two first halves") << QByteArray("\\ud83d\\ud83d\\ude00") << QByteArray("\xEF\xBF\xBD\xF0\x9F\x98\x80");
        QTest::newRow("no hexadecimal") << QByteArray("\\u00g1") << QByteArray("\\u00g1");
        QTest::newRow("signs are none") << QByteArray("\\u-001") << QByteArray("\\u-001");
        QTest::newRow("cut off") << QByteArray("\\u00") << QByteArray("\\u00");
        QTest::newRow("unknown") << QByteArray("\\q\\") << QByteArray("\\q\\");
    }

    void escapesAreResolved()
    {
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, text);
        bool isMended = false;
        QCOMPARE(QByteArray::fromStdString(plainText(content.toStdString(), isMended)), text);
        QVERIFY(!isMended);
    }

    void whatIsNoUtf8IsEscaped()
    {
        bool isMended = false;
        QCOMPARE(plainText("a\xFF\xC3z", isMended), std::string("a\\xFF\\xC3z"));
        QVERIFY(isMended);
    }
};

QTEST_GUILESS_MAIN(JsonStringTest)
#include "json_string_test.moc"
