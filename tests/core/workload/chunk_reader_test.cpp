#include "core/workload/chunk_reader.h"

#include "tests/support/descriptors.h"
#include "tests/support/scratch_folder.h"

#include <QElapsedTimer>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include <fcntl.h>
#include <sys/fsuid.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

using namespace loopscope;
using loopscope::test::DescriptorLimit;
using loopscope::test::openDescriptors;
using loopscope::test::ScratchFolder;

namespace {

bool keepAlways(std::uint64_t)
{
    return true;
}

ReadStep readWhole(ChunkReader &reader)
{
    ReadStep step = ReadStep::More;
    while (step == ReadStep::More)
        step = reader.step();
    return step;
}

std::string errorOf(const std::string &path)
{
    ChunkReader reader(path);
    const std::size_t before = openDescriptors();
    const bool hasFailed = readWhole(reader) == ReadStep::Failed;
    return hasFailed && openDescriptors() == before ? reader.error() : "it did not fail, or left its descriptor open";
}

std::string contentOf(const std::string &path)
{
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

const std::string threeChunks(3 * ChunkReader::chunkBytes, 'x');

} // namespace

class ChunkReaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSmallFileIsReadInOneStep()
    {
        const ScratchFolder scratch;
        ChunkReader reader(scratch.write("a", "one\ntwo\nthree"), keepAlways);
        QCOMPARE(reader.step(), ReadStep::Finished);
        QCOMPARE(reader.bytes(), std::uint64_t(13));
        QCOMPARE(reader.size(), std::optional<std::uint64_t>(13));
        QCOMPARE(reader.lines(), std::uint64_t(2));
        QVERIFY(!reader.firstInvalidUtf8());
        QCOMPARE(*reader.preview(), std::string("one\ntwo\nthree"));
        QCOMPARE(reader.note(), std::string());
    }

    void aLargeFileTakesAStepAChunk()
    {
        const ScratchFolder scratch;
        std::string content(2 * ChunkReader::chunkBytes + 1, '\n');
        content[ChunkReader::chunkBytes] = '\xE9';
        ChunkReader reader(scratch.write("a", content), keepAlways);
        QCOMPARE(reader.step(), ReadStep::More);
        QCOMPARE(reader.bytes(), std::uint64_t(ChunkReader::chunkBytes));
        QCOMPARE(reader.step(), ReadStep::More);
        QCOMPARE(reader.step(), ReadStep::Finished);
        QCOMPARE(reader.bytes(), std::uint64_t(content.size()));
        QCOMPARE(reader.lines(), std::uint64_t(content.size() - 1));
        QCOMPARE(reader.firstInvalidUtf8(), std::optional<std::uint64_t>(ChunkReader::chunkBytes));
        QCOMPARE(reader.preview()->size(), ChunkReader::previewBytes);
    }

    void aFileOfExactlyOneChunkTakesOneStep()
    {
        const ScratchFolder scratch;
        ChunkReader reader(scratch.write("a", std::string(ChunkReader::chunkBytes, 'x')));
        QCOMPARE(reader.step(), ReadStep::Finished);
        QVERIFY(!reader.preview());
    }

    void aPreviewIsKeptOnlyWithinTheBudget()
    {
        const ScratchFolder scratch;
        const std::string path = scratch.write("a", "content");
        std::uint64_t asked = 0;
        ChunkReader reader(path, [&](std::uint64_t bytes) {
            asked = bytes;
            return false;
        });
        QCOMPARE(reader.step(), ReadStep::Finished);
        QCOMPARE(asked, std::uint64_t(7));
        QVERIFY(!reader.preview());
    }

    void anEmptyFileCompletes()
    {
        const ScratchFolder scratch;
        ChunkReader reader(scratch.write("a", ""), keepAlways);
        QCOMPARE(reader.step(), ReadStep::Finished);
        QCOMPARE(reader.bytes(), std::uint64_t(0));
        QCOMPARE(reader.size(), std::optional<std::uint64_t>(0));
        QCOMPARE(reader.note(), std::string());
    }

    void anEmptyFileThatGrowsStaysEmpty_data()
    {
        QTest::addColumn<std::size_t>("bytes");
        QTest::newRow("a little") << std::size_t(5);
        QTest::newRow("a chunk") << ChunkReader::chunkBytes;
        QTest::newRow("more") << 3 * ChunkReader::chunkBytes;
    }
    void anEmptyFileThatGrowsStaysEmpty()
    {
        QFETCH(const std::size_t, bytes);
        const ScratchFolder scratch;
        std::stop_source stop;
        stop.request_stop();
        ChunkReader reader(scratch.write("a", ""));
        const ReadStep opened = reader.step(stop.get_token());
        scratch.write("a", std::string(bytes, 'x'));
        QCOMPARE(opened == ReadStep::More ? reader.step() : opened, ReadStep::Finished);
        QCOMPARE(reader.bytes(), std::uint64_t(0));
        QCOMPARE(reader.note(), std::string("changed while read"));
    }

    void filesOfProcAreReadToTheirEnd_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("status") << QStringLiteral("/proc/self/status");
        QTest::newRow("cpuinfo") << QStringLiteral("/proc/cpuinfo");
        QTest::newRow("maps") << QStringLiteral("/proc/self/maps");
    }

    void filesOfProcAreReadToTheirEnd()
    {
        QFETCH(QString, path);
        ChunkReader reader(path.toStdString(), keepAlways);
        QCOMPARE(readWhole(reader), ReadStep::Finished);
        QVERIFY(reader.bytes() > 0);
        QVERIFY(reader.lines() > 0);
        QVERIFY(!reader.size());
        QCOMPARE(reader.note(), std::string());
    }

    void anEndlessFileWithoutASizeIsCapped()
    {
        // Eight bytes for every page of the address space: without an end, for our purposes.
        ChunkReader reader("/proc/self/pagemap");
        QCOMPARE(readWhole(reader), ReadStep::Finished);
        QCOMPARE(reader.bytes(), ChunkReader::unsizedBytesMax);
        QCOMPARE(reader.note(), std::string("it has no size and goes on: read up to 64 MiB"));
    }

    void aFileThatStatesTooMuchIsReadToItsEnd()
    {
        ChunkReader reader("/sys/kernel/mm/transparent_hugepage/enabled");
        if (!std::filesystem::exists(reader.path()))
            QSKIP("this kernel has no such file");
        QCOMPARE(readWhole(reader), ReadStep::Finished);
        QVERIFY(reader.bytes() > 0 && reader.bytes() < 4096);
        QCOMPARE(reader.note(), std::string("shorter than the size it states"));
    }

    void whatIsNoRegularFileIsRefusedWithoutWaiting()
    {
        const ScratchFolder scratch;
        const std::string fifo = scratch.path("fifo");
        QCOMPARE(::mkfifo(fifo.c_str(), 0600), 0);
        QCOMPARE(errorOf(fifo), std::string("it is a FIFO, not a file"));

        const std::string path = scratch.path("socket");
        const FileDescriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        QCOMPARE(::bind(socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
        QCOMPARE(errorOf(path), std::string("it is a socket, not a file"));

        QCOMPARE(errorOf("http://x/"), std::string("http: is not read, only files on this machine are"));
        QCOMPARE(errorOf("file://far.example/a"), std::string("it is on another machine, far.example"));
        QCOMPARE(errorOf("a:b"), std::string("No such file or directory"));

        QCOMPARE(errorOf("/dev/null"), std::string("it is a device, not a file"));
        QCOMPARE(errorOf("/dev/tty"), std::string("it is a device, not a file"));
        QCOMPARE(errorOf(scratch.path()), std::string("it is a folder"));

        QCOMPARE(::symlink(".", scratch.path("link").c_str()), 0);
        QCOMPARE(errorOf(scratch.path("link")), std::string("it is a link to a folder"));
        QCOMPARE(::symlink("nowhere", scratch.path("dangling").c_str()), 0);
        QCOMPARE(errorOf(scratch.path("dangling")), std::string("a dangling link: No such file or directory"));
    }

    void whatCannotBeOpenedFailsWithTheSystemsReason()
    {
        const ScratchFolder scratch;
        const std::string locked = scratch.write("locked", "x");
        QCOMPARE(::chmod(scratch.path().c_str(), 0755), 0);
        QCOMPARE(::chmod(locked.c_str(), 0), 0);
        ::setfsuid(65534); // permissions do not bind root, so this thread steps down for a moment
        ChunkReader reader(locked);
        const ReadStep step = reader.step();
        ::setfsuid(::geteuid());
        QCOMPARE(step, ReadStep::Failed);
        QCOMPARE(reader.error(), std::string("Permission denied"));

        QCOMPARE(errorOf(scratch.path("vanished")), std::string("No such file or directory"));
        QCOMPARE(errorOf(locked + "/below"), std::string("Not a directory"));
        QCOMPARE(errorOf(scratch.path(std::string(300, 'n'))), std::string("File name too long"));
        QCOMPARE(errorOf(""), std::string("No such file or directory"));
        QCOMPARE(errorOf(std::string("/tmp\0/x", 7)), std::string("Invalid argument"));
        QCOMPARE(::symlink("itself", scratch.path("itself").c_str()), 0);
        QCOMPARE(errorOf(scratch.path("itself")), std::string("Too many levels of symbolic links"));
    }

    void anInputOutputErrorTellsItsOffset() { QCOMPARE(errorOf("/proc/self/mem"), std::string("input/output error at offset 0")); }

    void anotherNameThatGoesIsNoChange()
    {
        const ScratchFolder scratch;
        const std::string path = scratch.write("a", threeChunks);
        std::filesystem::create_hard_link(path, scratch.path("b"));
        ChunkReader reader(path);
        QCOMPARE(reader.step(), ReadStep::More);
        std::filesystem::remove(scratch.path("b"));
        QCOMPARE(readWhole(reader), ReadStep::Finished);
        QCOMPARE(reader.note(), std::string());
    }

    void aFileTruncatedWhileReadIsDoneAndSaysSo()
    {
        const ScratchFolder scratch;
        ChunkReader reader(scratch.write("a", threeChunks));
        QCOMPARE(reader.step(), ReadStep::More);
        std::filesystem::resize_file(reader.path(), ChunkReader::chunkBytes + 10);
        QCOMPARE(readWhole(reader), ReadStep::Finished);
        QCOMPARE(reader.bytes(), std::uint64_t(ChunkReader::chunkBytes + 10));
        QCOMPARE(reader.size(), std::optional<std::uint64_t>(threeChunks.size()));
        QCOMPARE(reader.note(), std::string("changed while read"));
    }

    void aFileThatGrowsWhileReadStopsAtItsStartingSize()
    {
        const ScratchFolder scratch;
        ChunkReader reader(scratch.write("a", threeChunks));
        QCOMPARE(reader.step(), ReadStep::More);
        std::filesystem::resize_file(reader.path(), threeChunks.size() + 100);
        QCOMPARE(readWhole(reader), ReadStep::Finished);
        QCOMPARE(reader.bytes(), std::uint64_t(threeChunks.size()));
        QCOMPARE(reader.note(), std::string("changed while read"));
    }

    void aFileReplacedWhileReadKeepsItsDescriptor()
    {
        const ScratchFolder scratch;
        ChunkReader reader(scratch.write("a", threeChunks));
        QCOMPARE(reader.step(), ReadStep::More);
        std::filesystem::rename(scratch.write("b", "short"), reader.path());
        QCOMPARE(readWhole(reader), ReadStep::Finished);
        QCOMPARE(reader.bytes(), std::uint64_t(threeChunks.size()));
        QCOMPARE(reader.note(), std::string("changed while read"));
    }

    void aFileRewrittenInPlaceSaysSo()
    {
        const ScratchFolder scratch;
        const std::string path = scratch.write("a", threeChunks);
        constexpr timespec longAgo[2] = {{1, 0}, {1, 0}}; // so that the clock's coarse steps cannot hide the change
        QCOMPARE(::utimensat(AT_FDCWD, path.c_str(), longAgo, 0), 0);
        ChunkReader reader(path);
        QCOMPARE(reader.step(), ReadStep::More);
        const FileDescriptor writer(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
        QCOMPARE(::pwrite(writer.get(), "y", 1, 0), ssize_t(1));
        QCOMPARE(readWhole(reader), ReadStep::Finished);
        QCOMPARE(reader.note(), std::string("changed while read"));
    }

    void aFileRemovedWhileReadIsReadToItsEnd()
    {
        const ScratchFolder scratch;
        ChunkReader reader(scratch.write("a", threeChunks));
        QCOMPARE(reader.step(), ReadStep::More);
        std::filesystem::remove(reader.path());
        QCOMPARE(readWhole(reader), ReadStep::Finished);
        QCOMPARE(reader.bytes(), std::uint64_t(threeChunks.size()));
        QCOMPARE(reader.note(), std::string("changed while read"));
    }

    void aTerabyteIsStreamedAndCanBeLeft()
    {
        const ScratchFolder scratch;
        const std::string path = scratch.write("sparse", "");
        std::error_code error;
        std::filesystem::resize_file(path, std::uintmax_t(1) << 40, error);
        if (error)
            std::filesystem::resize_file(path, std::uintmax_t(1) << 34); // some file systems hold less
        std::stop_source stop;
        {
            ChunkReader reader(path);
            for (std::uint64_t step = 1; step <= ChunkReader::largeBytes / ChunkReader::chunkBytes; ++step) {
                QCOMPARE(reader.step(stop.get_token()), ReadStep::More);
                QCOMPARE(reader.bytes(), step * ChunkReader::chunkBytes);
            }
            // Then as much as a millisecond allows, which on an overloaded machine may be a chunk as well, but not every time.
            ReadStep step = ReadStep::More;
            std::uint64_t before = 0;
            QVERIFY(QTest::qWaitFor([&] {
                before = reader.bytes();
                step = reader.step(stop.get_token());
                return step != ReadStep::More || reader.bytes() > before + ChunkReader::chunkBytes;
            }));
            QCOMPARE(step, ReadStep::More);
            QCOMPARE(reader.bytes() % ChunkReader::chunkBytes, std::uint64_t(0));
            before = reader.bytes();
            stop.request_stop();
            QCOMPARE(reader.step(stop.get_token()), ReadStep::More);
            QCOMPARE(reader.bytes(), before); // nothing more once asked to stop
        }
        QCOMPARE(errorOf(scratch.path("vanished")), std::string("No such file or directory")); // counts descriptors
    }

    void withoutDescriptorsItCanTryAgain()
    {
        const ScratchFolder scratch;
        ChunkReader reader(scratch.write("a", "later"));
        {
            const DescriptorLimit limit(0);
            QCOMPARE(reader.step(), ReadStep::NoDescriptors);
            QCOMPARE(reader.step(), ReadStep::NoDescriptors);
        }
        QCOMPARE(reader.step(), ReadStep::Finished);
        QCOMPARE(reader.bytes(), std::uint64_t(5));
    }

    void namesAreBytesAndPathsHaveNoLimit()
    {
        const ScratchFolder scratch;
        for (const char *name : {"new\nline", "caf\xE9", "\xE2\x80\xAEright to left", " ", "-", "%41", "a\\b"}) {
            ChunkReader reader(scratch.write(name, name));
            QCOMPARE(reader.step(), ReadStep::Finished);
            QCOMPARE(reader.bytes(), std::uint64_t(strlen(name)));
        }

        std::string folder = scratch.path();
        FileDescriptor at = openPath(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        const std::string name(250, 'n');
        while (folder.size() < 20'000) {
            QCOMPARE(::mkdirat(at.get(), name.c_str(), 0755), 0);
            at = FileDescriptor(::openat(at.get(), name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
            folder += '/' + name;
        }
        QVERIFY(FileDescriptor(::openat(at.get(), "file", O_WRONLY | O_CREAT | O_CLOEXEC, 0644)).isOpen());
        for (const char *spelling : {"/file", "//file", "/./file"}) {
            ChunkReader reader(folder + spelling);
            QCOMPARE(reader.step(), ReadStep::Finished);
        }
        QCOMPARE(errorOf(folder + "/missing"), std::string("No such file or directory"));
        QCOMPARE(errorOf(std::string(10'000, 'n')), std::string("File name too long"));
        QCOMPARE(errorOf("/" + std::string(10'000, '/') + "dev/null"), std::string("it is a device, not a file"));
    }

    void chunksAddUpToTheWholeFile()
    {
        const ScratchFolder scratch;
        std::mt19937 random(11);
        for (const std::size_t size :
             {std::size_t(1), ChunkReader::chunkBytes - 1, ChunkReader::chunkBytes + 1, 5 * ChunkReader::chunkBytes + 77}) {
            std::string text;
            while (text.size() < size)
                text += random() % 9 == 0 ? "\n" : random() % 2 == 0 ? "\xE2\x82\xAC" : "\xF0\x9F\x98\x80"; // characters across every edge
            const std::string path = scratch.write("a", text);
            ChunkReader reader(path);
            QCOMPARE(readWhole(reader), ReadStep::Finished);
            QCOMPARE(reader.bytes(), std::uint64_t(text.size()));
            QCOMPARE(reader.lines(), static_cast<std::uint64_t>(std::ranges::count(contentOf(path), '\n')));
            QVERIFY(!reader.firstInvalidUtf8());
        }
    }

    void aCharacterCutOffByTheEndIsInvalid()
    {
        const ScratchFolder scratch;
        ChunkReader reader(scratch.write("a", std::string(ChunkReader::chunkBytes - 1, 'x') + "\xE2\x82"));
        QCOMPARE(readWhole(reader), ReadStep::Finished);
        QCOMPARE(reader.firstInvalidUtf8(), std::optional<std::uint64_t>(ChunkReader::chunkBytes - 1));
    }

    void noDescriptorStaysOpen()
    {
        const ScratchFolder scratch;
        const std::size_t before = openDescriptors();
        for (int i = 0; i < 100; ++i) {
            ChunkReader whole(scratch.write("a", "x"));
            QCOMPARE(whole.step(), ReadStep::Finished);
            QCOMPARE(openDescriptors(), before);
        }
        {
            ChunkReader left(scratch.write("a", threeChunks));
            QCOMPARE(left.step(), ReadStep::More);
            QCOMPARE(openDescriptors(), before + 1);
        }
        QCOMPARE(openDescriptors(), before);
    }
};

QTEST_GUILESS_MAIN(ChunkReaderTest)
#include "chunk_reader_test.moc"
