#include "core/formats/output_file.h"

#include "core/files/file_descriptor.h"
#include "tests/support/scratch_folder.h"

#include <QTest>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace loopscope;
using namespace loopscope::test;

namespace {

std::string contentOf(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::ptrdiff_t entriesIn(const std::string &folder)
{
    return std::distance(std::filesystem::directory_iterator(folder), {});
}

std::string reasonAgainst(const std::string &path)
{
    const auto file = OutputFile::create(path);
    return file ? "none" : file.error();
}

/// Lets files be no longer than `bytes` for a while.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    FileSizeLimit(const FileSizeLimit &) = delete;
    FileSizeLimit &operator=(const FileSizeLimit &) = delete;
    ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }

private:
    rlimit before_{};
};

} // namespace

class OutputFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { scratch_.emplace(); }

    void isThereOnceCommitted()
    {
        const std::string path = scratch_->path("f");
        auto file = OutputFile::create(path);
        QVERIFY(file);
        const std::string large(200'000, 'x');
        file->stream() << "one " << 2 << large << "three";
        file->stream().put('!');
        QVERIFY(!std::filesystem::exists(path));
        QVERIFY(file->commit());
        QCOMPARE(contentOf(path), "one 2" + large + "three!");
        QCOMPARE(entriesIn(scratch_->path()), 1);
    }

    void leavesNothingWithoutACommit()
    {
        const std::string path = scratch_->write("f", "earlier");
        {
            auto file = OutputFile::create(path);
            QVERIFY(file);
            file->stream() << "half";
        }
        QCOMPARE(contentOf(path), std::string("earlier"));
        QCOMPARE(entriesIn(scratch_->path()), 1);
    }

    void leavesNothingWhenItsProcessIsKilled_data()
    {
        QTest::addColumn<bool>("isThere");
        QTest::newRow("a new file") << false;
        QTest::newRow("beside an earlier one") << true;
    }

    void leavesNothingWhenItsProcessIsKilled()
    {
        QFETCH(const bool, isThere);
        const std::string path = isThere ? scratch_->write("f", "earlier") : scratch_->path("f");
        if (!FileDescriptor(::open(scratch_->path().c_str(), O_WRONLY | O_TMPFILE | O_CLOEXEC, 0600)).isOpen())
            QSKIP("this file system has no files without a name");
        std::array<int, 2> pipe{};
        QCOMPARE(::pipe(pipe.data()), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            auto file = OutputFile::create(path);
            file->stream() << std::string(200'000, 'x') << std::flush;
            static_cast<void>(::write(pipe[1], file->stream().good() ? "y" : "n", 1));
            ::pause();
        }
        char isWritten = 0;
        QCOMPARE(::read(pipe[0], &isWritten, 1), ssize_t(1));
        ::kill(child, SIGKILL);
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        ::close(pipe[0]);
        ::close(pipe[1]);
        QVERIFY(WIFSIGNALED(status));
        QCOMPARE(isWritten, 'y');
        QCOMPARE(entriesIn(scratch_->path()), isThere ? 1 : 0);
        QCOMPARE(contentOf(path), std::string(isThere ? "earlier" : ""));
    }

    void replacesAFileAndKeepsItsPermissions()
    {
        const std::string path = scratch_->write("f", "earlier");
        QCOMPARE(::chmod(path.c_str(), 0640), 0);
        auto file = OutputFile::create(path);
        QVERIFY(file);
        file->stream() << "later";
        QVERIFY(file->commit());
        QCOMPARE(contentOf(path), std::string("later"));
        struct stat status { };
        QCOMPARE(::stat(path.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 07777U, 0640U);
    }

    void givesANewFileThePermissionsOfTheUmask()
    {
        const mode_t before = ::umask(027);
        auto file = OutputFile::create(scratch_->path("f"));
        ::umask(before);
        QVERIFY(file);
        QVERIFY(file->commit());
        struct stat status { };
        QCOMPARE(::stat(scratch_->path("f").c_str(), &status), 0);
        QCOMPARE(status.st_mode & 07777U, 0640U);
    }

    void followsALink()
    {
        const std::string target = scratch_->write(scratch_->makeFolder("d").substr(scratch_->path().size() + 1) + "/f", "earlier");
        std::filesystem::create_symlink("d/f", scratch_->path("link"));
        auto file = OutputFile::create(scratch_->path("link"));
        QVERIFY(file);
        file->stream() << "later";
        QVERIFY(file->commit());
        QCOMPARE(contentOf(target), std::string("later"));
        QVERIFY(std::filesystem::is_symlink(scratch_->path("link")));
    }

    void refusesWhatIsNoFile()
    {
        QCOMPARE(::mkfifo(scratch_->path("fifo").c_str(), 0600), 0);
        std::filesystem::create_symlink("nowhere", scratch_->path("dangling"));
        QCOMPARE(reasonAgainst(scratch_->makeFolder("d")), std::string("it is a folder"));
        QCOMPARE(reasonAgainst(scratch_->path("d/")), std::string("it is a folder"));
        QCOMPARE(reasonAgainst(scratch_->path("fifo")), std::string("it is a FIFO, not a file"));
        QCOMPARE(reasonAgainst("/dev/full"), std::string("it is a device, not a file"));
        QCOMPARE(reasonAgainst(scratch_->path("dangling")), std::string("it is a link, but where it leads: No such file or directory"));
        QCOMPARE(reasonAgainst(scratch_->path("missing/f")), std::string("No such file or directory"));
        QCOMPARE(reasonAgainst(scratch_->path(std::string(300, 'n'))), std::string("File name too long"));
        QCOMPARE(reasonAgainst(""), std::string("it has no name"));
        QCOMPARE(entriesIn(scratch_->path()), 3);
    }

    void aFullDiskLeavesWhatWasThere()
    {
        const std::string path = scratch_->write("f", "earlier");
        const FileSizeLimit limit(100'000);
        for (const std::size_t atOnce : {std::size_t(1'000), std::size_t(500'000)}) {
            auto file = OutputFile::create(path);
            QVERIFY(file);
            for (std::size_t written = 0; written < 500'000; written += atOnce)
                file->stream() << std::string(atOnce, 'x');
            QVERIFY(file->stream().fail());
            const auto committed = file->commit();
            QVERIFY(!committed);
            QCOMPARE(committed.error(), std::string("File too large"));
        }
        QCOMPARE(contentOf(path), std::string("earlier"));
        QCOMPARE(entriesIn(scratch_->path()), 1);
    }

    void whatFailedOnTheWayIsNotCommitted()
    {
        auto file = OutputFile::create(scratch_->path("f"));
        QVERIFY(file);
        file->stream().setstate(std::ios::failbit); // as who writes says that it is not whole
        QVERIFY(!file->commit());
        file = tl::unexpected(std::string());
        QCOMPARE(entriesIn(scratch_->path()), 0);
    }

private:
    std::optional<ScratchFolder> scratch_;
};

QTEST_GUILESS_MAIN(OutputFileTest)
#include "output_file_test.moc"
