#include "core/workload/small_file_ring.h"

#include "core/files/file_descriptor.h"
#include "tests/support/scratch_folder.h"

#include <QDir>
#include <QTest>

#include <fstream>
#include <map>
#include <sstream>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace loopscope;
using namespace loopscope::test;

namespace {

using Contents = std::map<std::string, std::string>;

Contents readTogether(SmallFileRing &ring, const std::vector<std::string> &paths)
{
    std::vector<const std::string *> asked;
    for (const std::string &path : paths)
        asked.push_back(&path);
    Contents contents;
    ring.read(asked, [&](std::size_t file, std::string_view content) { contents.emplace(paths[file], content); });
    return contents;
}

std::string contentOf(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    return content.str();
}

// So that the next read has to wait for the disk, or at least for another thread.
void dropFromCache(const std::string &path)
{
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    QCOMPARE(::fdatasync(file.get()), 0);
    QCOMPARE(::posix_fadvise(file.get(), 0, 0, POSIX_FADV_DONTNEED), 0);
}

} // namespace

class SmallFileRingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!SmallFileRing::isBuiltIn())
            QSKIP("built without liburing");
        auto ring = SmallFileRing::open();
        if (!ring)
            QSKIP("the system grants no io_uring");
        ring_ = *std::move(ring);
    }

    void smallFilesAreReadWhole()
    {
        const ScratchFolder scratch;
        std::vector<std::string> paths;
        // Around the ends of pages, where a second read has to look for the end.
        for (const std::size_t size : {1UL, 4095UL, 4096UL, 4097UL, 8192UL, SmallFileRing::largestBytes})
            paths.push_back(scratch.write("f" + std::to_string(size), std::string(size, 'x')));
        const Contents contents = readTogether(*ring_, paths);
        QCOMPARE(contents.size(), paths.size());
        for (const std::string &path : paths)
            QVERIFY(contents.at(path) == contentOf(path));
    }

    void whatIsNotSimpleIsLeftToOthers()
    {
        const ScratchFolder scratch;
        const std::string good = scratch.write("good", "x");
        const std::string empty = scratch.write("empty", "");
        const std::string large = scratch.write("large", std::string(SmallFileRing::largestBytes + 1, 'x'));
        const std::string link = scratch.path("link");
        QCOMPARE(::symlink("good", link.c_str()), 0);
        const std::string fifo = scratch.path("fifo");
        QCOMPARE(::mkfifo(fifo.c_str(), 0600), 0);
        const std::string folder = scratch.makeFolder("folder");
        const Contents contents = readTogether(*ring_, {empty, large, link, fifo, folder, scratch.path("missing"), good});
        QCOMPARE(contents, (Contents{{good, "x"}}));
    }

    void otherFileSystemsAreLeftToOthers()
    {
        QCOMPARE(readTogether(*ring_, {"/proc/version", "/proc/uptime"}), Contents{});
        const ScratchFolder scratch;
        const std::string good = scratch.write("good", "x");
        QCOMPARE(readTogether(*ring_, {"/proc/version", good}), (Contents{{good, "x"}})); // no mount is crossed
    }

    void pathsMayBeOfSeveralFoldersAndSpeltInManyWays()
    {
        const ScratchFolder scratch;
        scratch.makeFolder("a/b");
        scratch.makeFolder("ab");
        const std::string first = scratch.write("a/b/1", "1");
        const std::string second = scratch.write("ab/2", "2");
        const std::string doubled = scratch.path() + "//a//b//1";
        QCOMPARE(readTogether(*ring_, {first, second}), (Contents{{first, "1"}, {second, "2"}}));
        QCOMPARE(readTogether(*ring_, {doubled}), (Contents{{doubled, "1"}}));
        for (const auto &[path, content] : readTogether(*ring_, {first, doubled, second}))
            QCOMPARE(content, contentOf(path)); // never another file's
        QCOMPARE(readTogether(*ring_, {scratch.path(std::string(5000, 'x') + "/y"), first}), (Contents{{first, "1"}}));
    }

    void relativePathsAreBelowTheCurrentFolder()
    {
        const ScratchFolder scratch;
        scratch.write("here", "x");
        const QString before = QDir::currentPath();
        QVERIFY(QDir::setCurrent(QString::fromStdString(scratch.path())));
        const Contents contents = readTogether(*ring_, {"here", "missing"});
        QVERIFY(QDir::setCurrent(before));
        QCOMPARE(contents, (Contents{{"here", "x"}}));
    }

    void filesThatAreNotInTheCacheAreReadToo()
    {
        const ScratchFolder scratch;
        std::vector<std::string> paths;
        for (std::size_t i = 0; i < SmallFileRing::mostFiles; ++i) {
            paths.push_back(scratch.write("f" + std::to_string(i), std::string(3000 + i, static_cast<char>('a' + i % 26))));
            dropFromCache(paths.back());
        }
        const Contents contents = readTogether(*ring_, paths);
        QCOMPARE(contents.size(), paths.size());
        for (const std::string &path : paths)
            QVERIFY(contents.at(path) == contentOf(path));
    }

    void noFileStaysOpen()
    {
        const ScratchFolder scratch;
        const std::string small = scratch.write("small", "x");
        const std::string large = scratch.write("large", std::string(100'000, 'x'));
        static_cast<void>(readTogether(*ring_, {small, large}));
        for (const std::string &path : {small, large}) {
            const FileDescriptor file(::open(path.c_str(), O_RDWR | O_CLOEXEC));
            // Granted only if nobody else has it open. Some kernels let go of what a ring has closed a moment later.
            QTRY_COMPARE_WITH_TIMEOUT(::fcntl(file.get(), F_SETLEASE, F_WRLCK), 0, 30'000);
        }
    }

private:
    std::unique_ptr<SmallFileRing> ring_;
};

QTEST_GUILESS_MAIN(SmallFileRingTest)
#include "small_file_ring_test.moc"
