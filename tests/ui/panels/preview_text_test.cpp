#include "ui/panels/preview_text.h"

#include <QTest>

using namespace loopscope;
using namespace std::string_view_literals;

class PreviewTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textIsUtf8WithoutNul_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<bool>("isWhole");
        QTest::addColumn<bool>("expected");
        QTest::newRow("words") << QByteArray("GET /\n") << true << true;
        QTest::newRow("nothing") << QByteArray() << true << true;
        QTest::newRow("umlaut") << QByteArray("\xC3\xBC") << true << true;
        QTest::newRow("cut umlaut at the end of the file") << QByteArray("a\xC3") << true << false;
        QTest::newRow("cut umlaut at the end of the preview") << QByteArray("a\xC3") << false << true;
        QTest::newRow("lone byte") << QByteArray("a\xFF"
                                                 "b")
                                   << false << false;
        QTest::newRow("zeros") << QByteArray(20, '\0') << true << false;
    }

    void textIsUtf8WithoutNul()
    {
        QFETCH(QByteArray, head);
        QFETCH(bool, isWhole);
        QTEST(isText(std::string_view(head.data(), static_cast<std::size_t>(head.size())), isWhole), "expected");
    }

    void controlCharactersAreVisible()
    {
        QCOMPARE(visibleText("a\tb\r\n\x1b[31m\x7f"), QStringLiteral("a\tb␍\n␛[31m␡"));
        QCOMPARE(visibleText("x\u202Ey\u0085\u2028"), QStringLiteral("x\\u{202E}y\\u{85}\\u{2028}"));
    }

    void aCutCharacterIsDropped() { QCOMPARE(visibleText("gr\xC3"), QStringLiteral("gr")); }

    void charactersBeyondTheBasicPlaneStay() { QCOMPARE(visibleText("🙂"), QStringLiteral("🙂")); }

    void hexDumpShowsOffsetBytesAndLetters()
    {
        QCOMPARE(hexDump("II*\0\x08 text, more\xFF"sv),
                 QStringLiteral("0000  49 49 2a 00 08 20 74 65  78 74 2c 20 6d 6f 72 65  II*.. text, more\n"
                                "0010  ff                                                ."));
        QCOMPARE(hexDump("0123456789"sv, 8), QStringLiteral("0000  30 31 32 33 34 35 36 37  01234567\n"
                                                            "0008  38 39                    89"));
        QCOMPARE(hexDump({}), QString());
    }

    void fullLinesAreAsLongAsPromised_data()
    {
        QTest::addColumn<int>("bytes");
        QTest::newRow("8") << 8;
        QTest::newRow("16") << 16;
    }

    void fullLinesAreAsLongAsPromised()
    {
        QFETCH(int, bytes);
        const std::string line(static_cast<std::size_t>(bytes), 'x');
        QCOMPARE(hexDump(line, line.size()).size(), qsizetype(hexLineLength(line.size())));
    }

    void lastOffsetOfAFullPreviewFits()
    {
        const QString dump = hexDump(std::string(64 << 10, 'x'));
        QCOMPARE(dump.count(QLatin1Char('\n')), 4095);
        QVERIFY(dump.section(QLatin1Char('\n'), -1).startsWith(QStringLiteral("fff0  78")));
    }
};

QTEST_GUILESS_MAIN(PreviewTextTest)
#include "preview_text_test.moc"
