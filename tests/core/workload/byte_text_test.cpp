#include "core/workload/byte_text.h"

#include <QSysInfo>
#include <QTest>

#include <algorithm>
#include <random>

using namespace loopscope;

class ByteTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pathsSurviveTheWayThroughAString_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("UTF-8") << QByteArray("/tmp/žluťoučký 👩‍🔬");
        QTest::newRow("Latin-1") << QByteArray("/tmp/caf\xE9");
        QTest::newRow("surrogates in UTF-8") << QByteArray("\xED\xB2\x80 \xED\xA0\xBD\xED\xB8\x80");
        QTest::newRow("bad bytes behind a pair") << QByteArray("\xF0\x9F\x98\x80\x80\xFF");
        QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBFx");
        QTest::newRow("newline") << QByteArray("a\nb");
    }

    void pathsSurviveTheWayThroughAString()
    {
        QFETCH(QByteArray, bytes);
        QCOMPARE(QByteArray::fromStdString(pathToBytes(pathToQString(bytes.toStdString()))), bytes);
    }

    void anyBytesSurviveTheWayThroughAString()
    {
        std::mt19937 random(1);
        for (int round = 0; round < 5'000; ++round) {
            std::string bytes(random() % 20, '\0');
            std::ranges::generate(bytes, [&] { return static_cast<char>(random()); });
            QCOMPARE(pathToBytes(pathToQString(bytes)), bytes);
        }
    }

    void validPathsAreTheStringsThatQtWouldMake()
    {
        const QString name = QStringLiteral("/tmp/žluťoučký 你好 😀");
        QCOMPARE(pathToQString(name.toUtf8().toStdString()), name);
        QCOMPARE(pathToBytes(name), name.toUtf8().toStdString());
    }

    void aUriListNamesLocalFiles()
    {
        const QByteArray host = QSysInfo::machineHostName().toUtf8();
        const QByteArray list = "# a comment\r\n"
                                "file:///tmp/a%20b.txt\r\n"
                                "\r\n"
                                "file://localhost/tmp/%E9%ff.txt\n"
                                "FILE:/tmp/short\r\n"
                                "file://"
                                + host + "/tmp/here\r\n"
                                + "file:///tmp/100%25%zz%4\r\n"
                                  "file:///tmp/new%0Aline?query#fragment";
        std::vector<RefusedUri> refused;
        const std::vector<std::string> paths = pathsOfUriList(list, refused);
        const std::vector<std::string> expected = {"/tmp/a b.txt", "/tmp/\xE9\xFF.txt", "/tmp/short",
                                                   "/tmp/here",    "/tmp/100%%zz%4",    "/tmp/new\nline"};
        QCOMPARE(paths, expected);
        QVERIFY(refused.empty());
    }

    void whatIsNoLocalFileIsRefusedWithTheReason_data()
    {
        QTest::addColumn<QByteArray>("uri");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("web") << QByteArray("http://example.org/a") << QByteArray("http: is not read, only files on this machine are");
        QTest::newRow("share") << QByteArray("smb://server/a") << QByteArray("smb: is not read, only files on this machine are");
        QTest::newRow("host") << QByteArray("file://far.example/a") << QByteArray("it is on another machine, far.example");
        QTest::newRow("relative") << QByteArray("file:a") << QByteArray("it names no absolute path");
        QTest::newRow("nothing") << QByteArray("file://") << QByteArray("it names no absolute path");
        QTest::newRow("zero byte") << QByteArray("file:///tmp/a%00b") << QByteArray("its path has a zero byte");
        QTest::newRow("no scheme") << QByteArray("/tmp/a") << QByteArray("not a URL");
        QTest::newRow("text") << QByteArray("hello there") << QByteArray("not a URL");
    }

    void whatIsNoLocalFileIsRefusedWithTheReason()
    {
        QFETCH(QByteArray, uri);
        QFETCH(QByteArray, reason);
        std::vector<RefusedUri> refused;
        QVERIFY(pathsOfUriList(uri, refused).empty());
        QCOMPARE(refused.size(), std::size_t(1));
        QCOMPARE(QByteArray::fromStdString(refused[0].uri), uri);
        QCOMPARE(QByteArray::fromStdString(refused[0].reason), reason);
    }

    void aPathWithAColonIsNoUrl()
    {
        for (const char *url : {"http://x/", "smb://server/a", "file:///a", "FILE:/a", "git+ssh://x"})
            QVERIFY2(looksLikeUrl(url), url);
        for (const char *path : {"", "/a://b", "a:b", "./http://x", "c:/windows", "://x", "1a://x", "a b://c"})
            QVERIFY2(!looksLikeUrl(path), path);
    }

    void aZeroByteEndsALine()
    {
        std::vector<RefusedUri> refused;
        QCOMPARE(pathsOfUriList(QByteArray("file:///a\r\n\0", 12), refused), std::vector<std::string>{"/a"});
        QVERIFY(refused.empty());
    }
};

QTEST_GUILESS_MAIN(ByteTextTest)
#include "byte_text_test.moc"
