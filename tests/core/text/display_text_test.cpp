#include "core/text/display_text.h"

#include <QTest>

using namespace loopscope;

class DisplayTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatNobodyCanSeeIsEscaped_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("shown");
        QTest::newRow("plain") << QByteArray("notes.txt") << QByteArray("notes.txt");
        QTest::newRow("other scripts") << QByteArray("žluťoučký 你好 שלום 👩‍🔬.txt")
                                       << QByteArray("žluťoučký 你好 שלום 👩‍🔬.txt");
        QTest::newRow("newline, tab, escape") << QByteArray("a\nb\tc\x1B[31m\x7F") << QByteArray("a\\nb\\tc\\x1B[31m\\x7F");
        QTest::newRow("no UTF-8") << QByteArray("caf\xE9\xFF.txt") << QByteArray("caf\\xE9\\xFF.txt");
        QTest::newRow("override") << QByteArray("a\xE2\x80\xAEtxt.exe") << QByteArray("a\\u{202E}txt.exe");
        QTest::newRow("isolate") << QByteArray("\xE2\x81\xA6x") << QByteArray("\\u{2066}x");
        QTest::newRow("C1 control") << QByteArray("\xC2\x9B"
                                                  "31m")
                                    << QByteArray("\\u{009B}31m");
        QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF") << QByteArray("\\u{FEFF}");
        QTest::newRow("no character") << QByteArray("a\xEF\xBF\xBE \xEF\xBF\xBF \xEF\xB7\x90 \xF0\x9F\xBF\xBF \xF4\x8F\xBF\xBE")
                                      << QByteArray("a\\u{FFFE} \\u{FFFF} \\u{FDD0} \\u{1FFFF} \\u{10FFFE}");
        QTest::newRow("replacement") << QByteArray("\xEF\xBF\xBD") << QByteArray("\xEF\xBF\xBD");
        QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << QByteArray("\\xED\\xA0\\x80");
        QTest::newRow("backslash") << QByteArray("a\\b") << QByteArray("a\\b");
    }

    void whatNobodyCanSeeIsEscaped()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, shown);
        QCOMPARE(QByteArray::fromStdString(displayText(bytes.toStdString())), shown);
    }

    void longTextsLoseTheirMiddle()
    {
        QCOMPARE(elidedMiddle("abcde", 5), std::string("abcde"));
        QCOMPARE(elidedMiddle("abcdef", 5), std::string("ab…ef"));
        QCOMPARE(elidedMiddle("abcdef", 4), std::string("ab…f"));
        QCOMPARE(elidedMiddle("abcdef", 1), std::string("…"));
        QCOMPARE(elidedMiddle("äöüß€é", 5), std::string("äö…€é"));
        QCOMPARE(elidedMiddle("", 5), std::string());
        const std::string name = displayName("begin\n" + std::string(4000, 'x') + "end.txt");
        QCOMPARE(name.size(), std::string("…").size() + 199);
        QVERIFY(name.starts_with("begin\\nxx") && name.ends_with("xxend.txt"));
        QCOMPARE(displayName("a\xff"), std::string("a\\xFF"));
    }
};

QTEST_GUILESS_MAIN(DisplayTextTest)
#include "display_text_test.moc"
