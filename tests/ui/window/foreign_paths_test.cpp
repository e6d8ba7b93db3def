#include "ui/window/foreign_paths.h"

#include "tests/support/scratch_folder.h"

#include <QMimeData>
#include <QTest>
#include <QUrl>

using namespace loopscope;

class ForeignPathsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesUriListsByTheirBytes();
    void refusesWhatIsNoFile();
    void ignoresWhatNamesNoFiles();
    void takesPathsFromTheClipboard();
    void countsFilesAndFolders();
};

void ForeignPathsTest::takesUriListsByTheirBytes()
{
    QMimeData data;
    data.setData(QStringLiteral("text/uri-list"), "file:///tmp/a%20b\r\nfile:///tmp/%FF%0A\r\n");
    const ForeignPaths dropped = droppedPaths(data);
    QCOMPARE(dropped.paths, (std::vector<std::string>{"/tmp/a b", "/tmp/\xff\n"}));
    QVERIFY(dropped.refusals.empty());

    QMimeData urls;
    urls.setUrls({QUrl::fromLocalFile(QStringLiteral("/tmp/ä ö"))});
    QCOMPARE(droppedPaths(urls).paths, std::vector<std::string>{"/tmp/ä ö"});
}

void ForeignPathsTest::refusesWhatIsNoFile()
{
    QMimeData data;
    data.setData(QStringLiteral("text/uri-list"), "https://example.org/x\r\nfile:///tmp/a\r\n");
    const ForeignPaths dropped = droppedPaths(data);
    QCOMPARE(dropped.paths, std::vector<std::string>{"/tmp/a"});
    QCOMPARE(dropped.refusals.size(), 1U);
    QVERIFY(describeRefusals(dropped.refusals).contains(QStringLiteral("https://example.org/x")));
    const std::vector<QString> odd(3, QStringLiteral("http://a/%2 is not read"));
    QCOMPARE(describeRefusals(odd), QStringLiteral("http://a/%2 is not read (and 2 more like it)"));
}

void ForeignPathsTest::ignoresWhatNamesNoFiles()
{
    QMimeData data;
    data.setText(QStringLiteral("a word"));
    QVERIFY(!offersFiles(data));
    QVERIFY(pastedPaths(data).isEmpty());
}

void ForeignPathsTest::takesPathsFromTheClipboard()
{
    QMimeData data;
    data.setText(QStringLiteral("/tmp/a b\n  /tmp/c\r\nfile:///tmp/d%20e\nno path\n"));
    QCOMPARE(pastedPaths(data).paths, (std::vector<std::string>{"/tmp/a b", "/tmp/c", "/tmp/d e"}));
}

void ForeignPathsTest::countsFilesAndFolders()
{
    const test::ScratchFolder scratch;
    const std::string file = scratch.write("a", "1");
    const std::string folder = scratch.makeFolder("f");
    QCOMPARE(describeReading({file}), QStringLiteral("Read 1 file"));
    QCOMPARE(describeReading({folder}), QStringLiteral("Read 1 folder"));
    QCOMPARE(describeReading({file, file, folder}), QStringLiteral("Read 2 files and 1 folder"));
    QCOMPARE(describeReading(std::vector<std::string>(100'000, file)), QStringLiteral("Read 100000 files or folders"));
}

QTEST_GUILESS_MAIN(ForeignPathsTest)
#include "foreign_paths_test.moc"
