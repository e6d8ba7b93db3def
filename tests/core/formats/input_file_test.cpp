#include "core/formats/input_file.h"

#include "core/formats/byte_stream.h"
#include "tests/support/scratch_folder.h"

#include <QTest>

#include <filesystem>
#include <memory>

#include <sys/stat.h>

using namespace loopscope;
using loopscope::test::ScratchFolder;

class InputFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itIsReadByOffsets()
    {
        const ScratchFolder folder;
        const auto file = InputFile::open(folder.write("a", "0123456789")).value();
        QCOMPARE(file.size(), std::uint64_t(10));
        std::string part(4, '\0');
        QCOMPARE(file.readAt(3, part.data(), 4).value(), std::size_t(4));
        QCOMPARE(part, std::string("3456"));
        QCOMPARE(file.readAt(8, part.data(), 4).value(), std::size_t(2));
        QCOMPARE(file.readAt(20, part.data(), 4).value(), std::size_t(0));
    }

    void whatIsNoRegularFileIsRefused()
    {
        const ScratchFolder folder;
        const std::string fifo = folder.path("fifo");
        QCOMPARE(::mkfifo(fifo.c_str(), 0600), 0);
        QCOMPARE(InputFile::open(fifo).error(), std::string("it is a FIFO, not a file")); // and it did not wait for a writer
        QCOMPARE(InputFile::open("/dev/null").error(), std::string("it is a device, not a file"));
        QCOMPARE(InputFile::open(folder.path()).error(), std::string("it is a folder"));
        QCOMPARE(InputFile::open(folder.path("none")).error(), std::string("No such file or directory"));
    }

    void aChangeIsNoticed()
    {
        const ScratchFolder folder;
        const std::string path = folder.write("a", "0123456789");
        const auto file = InputFile::open(path).value();
        QVERIFY(file.isUnchanged());
        std::filesystem::resize_file(path, 5);
        QVERIFY(!file.isUnchanged());
    }

    void whatIsAppendedMeanwhileIsLeftOut()
    {
        const ScratchFolder folder;
        const std::string path = folder.write("a", "0123456789");
        PlainStream stream(std::make_shared<const InputFile>(InputFile::open(path).value()), 2);
        std::filesystem::resize_file(path, 50);
        std::string all(100, '\0');
        QCOMPARE(stream.read(all.data(), all.size()).value(), std::size_t(8));
        QCOMPARE(stream.usedBytes(), std::uint64_t(10));
        QCOMPARE(stream.read(all.data(), all.size()).value(), std::size_t(0));
    }

    void filesOfProcHaveNoSize()
    {
        PlainStream stream(std::make_shared<const InputFile>(InputFile::open("/proc/self/status").value()));
        std::string all(100, '\0');
        QVERIFY(stream.read(all.data(), all.size()).value() > 0);
    }
};

QTEST_GUILESS_MAIN(InputFileTest)
#include "input_file_test.moc"
