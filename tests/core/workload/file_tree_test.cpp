#include "core/workload/file_tree.h"

#include "core/files/file_descriptor.h"
#include "tests/support/descriptors.h"
#include "tests/support/found_files.h"
#include "tests/support/scratch_folder.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <filesystem>

#include <fcntl.h>
#include <sys/fsuid.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

using namespace loopscope;
using namespace loopscope::test;

namespace {

using Skipped = std::map<std::string, std::uint64_t>;

FileDescriptor bindSocket(const std::string &path)
{
    FileDescriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    if (::bind(socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        socket.reset();
    return socket;
}

// Makes `depth` folders in one another and a file in the last one; the path may be longer than the system takes at once.
std::string makeDeepFile(const std::string &root, const std::string &name, int depth)
{
    std::string path = root;
    FileDescriptor folder = openPath(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (int level = 0; level < depth; ++level) {
        if (::mkdirat(folder.get(), name.c_str(), 0755) != 0)
            return {};
        folder = FileDescriptor(::openat(folder.get(), name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        path += '/' + name;
    }
    const FileDescriptor file(::openat(folder.get(), "deep.txt", O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
    return file.isOpen() && ::write(file.get(), "deep\n", 5) == 5 ? path + "/deep.txt" : std::string();
}

} // namespace

class FileTreeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFolderBecomesItsFilesSortedByTheirBytes()
    {
        const ScratchFolder scratch;
        scratch.makeFolder("b/c");
        for (const char *name : {"b/c/z", "b/y", "a", "b.txt", "B", "\xFF", "new\nline", "caf\xE9", ".hidden"})
            scratch.write(name, "x");
        const FileList list = expandPaths({scratch.path()});
        std::vector<std::string> expected;
        for (const char *name : {".hidden", "B", "a", "b.txt", "b/c/z", "b/y", "caf\xE9", "new\nline", "\xFF"})
            expected.push_back(scratch.path(name));
        QCOMPARE(pathsOf(list), expected);
        QVERIFY(list.skipped.empty());
    }

    void namedPathsKeepTheirOrderAndTheirNumber()
    {
        const ScratchFolder scratch;
        const std::string b = scratch.write("b", "");
        const std::string a = scratch.write("a", "");
        const std::string missing = scratch.path("missing");
        QCOMPARE(pathsOf(expandPaths({b, a, missing, b})), (std::vector<std::string>{b, a, missing, b}));
        QCOMPARE(expandPaths({scratch.path() + '/', scratch.path()}).files.size(), std::size_t(4));
        QCOMPARE(expandPaths({scratch.path() + '/'}).files.front().path, a); // no second slash
    }

    void whatIsNoFileInAFolderIsSkippedAndCounted()
    {
        const ScratchFolder scratch;
        const std::string file = scratch.write("file", "x");
        scratch.makeFolder("folder");
        QCOMPARE(::mkfifo(scratch.path("fifo").c_str(), 0600), 0);
        const FileDescriptor socket = bindSocket(scratch.path("socket"));
        QVERIFY(socket.isOpen());
        QCOMPARE(::symlink("file", scratch.path("link to file").c_str()), 0);
        QCOMPARE(::symlink("folder", scratch.path("link to folder").c_str()), 0);
        QCOMPARE(::symlink("..", scratch.path("folder/loop").c_str()), 0);
        QCOMPARE(::symlink("itself", scratch.path("itself").c_str()), 0);
        QCOMPARE(::symlink("nowhere", scratch.path("dangling").c_str()), 0);
        QCOMPARE(::symlink("fifo", scratch.path("link to fifo").c_str()), 0);
        QCOMPARE(::symlink("/dev/null", scratch.path("link to device").c_str()), 0);

        const FileList list = expandPaths({scratch.path()});
        QCOMPARE(pathsOf(list), (std::vector<std::string>{file, scratch.path("link to file")}));
        QCOMPARE(list.skipped, (Skipped{{"fifo", 2}, {"socket", 1}, {"folder_link", 2}, {"dangling_link", 2}, {"device", 1}}));
    }

    void devicesInAFolderAreSkipped()
    {
        const FileList list = expandPaths({"/dev"});
        QVERIFY(list.skipped.at("device") > 0);
        QVERIFY(std::ranges::find(list.files, "/dev/null", &FoundFile::path) == list.files.end());
    }

    void whatIsNamedDirectlyIsKeptToFailOnItsLane()
    {
        const ScratchFolder scratch;
        scratch.makeFolder("folder");
        scratch.write("folder/file", "");
        const std::string fifo = scratch.path("fifo");
        const std::string link = scratch.path("link");
        QCOMPARE(::mkfifo(fifo.c_str(), 0600), 0);
        QCOMPARE(::symlink("folder", link.c_str()), 0);
        const FileList list = expandPaths({fifo, link, link + '/', "/dev/null", ""});
        QCOMPARE(pathsOf(list), (std::vector<std::string>{fifo, link, link + "/file", "/dev/null", ""}));
        QVERIFY(list.skipped.empty());
    }

    void unreadableFoldersAreCounted()
    {
        const ScratchFolder scratch;
        scratch.write("file", "");
        const std::string locked = scratch.makeFolder("locked");
        QCOMPARE(::chmod(scratch.path().c_str(), 0755), 0);
        QCOMPARE(::chmod(locked.c_str(), 0), 0);
        ::setfsuid(65534); // permissions do not bind root, so this thread steps down for a moment
        const FileList list = expandPaths({scratch.path()});
        const FileList named = expandPaths({locked});
        ::setfsuid(::geteuid());
        QCOMPARE(::chmod(locked.c_str(), 0700), 0);
        QCOMPARE(pathsOf(list), (std::vector<std::string>{scratch.path("file")}));
        QCOMPARE(list.skipped, (Skipped{{"unreadable_folder", 1}}));
        QCOMPARE(pathsOf(named), (std::vector<std::string>{locked}));
    }

    void foldersMayBeDeeperThanTheDescriptorLimitAndLongerThanAPath_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("depth");
        QTest::newRow("256 deep") << QStringLiteral("d") << 256;
        QTest::newRow("path of 50 KB") << QString(200, u'n') << 256;
        QTest::newRow("3000 deep") << QStringLiteral("folder") << 3000;
    }

    void foldersMayBeDeeperThanTheDescriptorLimitAndLongerThanAPath()
    {
        QFETCH(QString, name);
        QFETCH(int, depth);
        const ScratchFolder scratch;
        const std::string file = makeDeepFile(scratch.path(), name.toStdString(), depth);
        QVERIFY(!file.empty());
        const test::DescriptorLimit limit(3); // for the walk: one folder, and one more on the way to it
        QCOMPARE(pathsOf(expandPaths({scratch.path()})), std::vector<std::string>{file});
        QVERIFY(openPath(file, O_RDONLY | O_CLOEXEC).isOpen());
    }

    void aHundredThousandFilesAreFoundQuickly()
    {
        const ScratchFolder scratch;
        test::writeManyFiles(scratch, 100, 1000, "x");
        std::vector<std::size_t> told;
        QElapsedTimer clock;
        clock.start();
        const FileList list = expandPaths({scratch.path()}, {}, [&](std::size_t found) { told.push_back(found); });
        qInfo("%lld ms", clock.elapsed());
        QCOMPARE(list.files.size(), std::size_t(100'000));
        QVERIFY(std::ranges::is_sorted(list.files, {}, &FoundFile::path));
        QVERIFY(std::ranges::is_sorted(told));
        QCOMPARE(told.back(), std::size_t(100'000));
        QVERIFY(told.size() > 10);
    }

    void aStopEndsTheSearch()
    {
        std::stop_source stop;
        const auto stopAtFirstWord = [&](std::size_t) { stop.request_stop(); };
        const FileList list = expandPaths({"/usr", "/etc"}, stop.get_token(), stopAtFirstWord);
        QVERIFY(list.files.size() <= 1025);
        QCOMPARE(list.files.back().path, std::string("/etc")); // not looked at, and not lost
    }
};

QTEST_GUILESS_MAIN(FileTreeTest)
#include "file_tree_test.moc"
