#include "tests/support/folder_contents.h"
#include "tests/support/program.h"
#include "tests/support/scratch_folder.h"

#include <QTest>

#include <filesystem>

#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace loopscope::test;

namespace {

const QString shell = QStringLiteral("sh");

/// Runs a line of shell in which $0 is the program, in `folder`.
ProgramResult runInShell(const char *line, const ScratchFolder &folder)
{
    return run(shell, {QStringLiteral("-c"), QString::fromUtf8(line), programPath()}, {QString::fromStdString(folder.path()), {}, {}, {}});
}

QByteArray bytesOf(const std::string &path)
{
    return QByteArray::fromStdString(contentOf(path));
}

} // namespace

/// What the program writes, and what happens when it cannot.
class OutputTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { scratch_.emplace().write("file", "one\ntwo\n"); }

    void withoutATerminalNothingButTheReportIsWritten()
    {
        const ProgramResult result = runInShell("exec \"$0\" run file", *scratch_);
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.err, QByteArray());
        QVERIFY2(result.out.startsWith("1 file: 1 task, 1 done\n"), result.out.constData());
    }

    void progressIsShownOnATerminalAlone()
    {
        // script(1) gives the program a terminal for its standard error.
        const QString line = QStringLiteral("'%1' run --scenario async-sleep --set seconds=1 >report").arg(programPath());
        const ProgramResult result = run(QStringLiteral("script"), {QStringLiteral("-qec"), line, QStringLiteral("/dev/null")},
                                         {QString::fromStdString(scratch_->path()), {}, {}, {}});
        QCOMPARE(result.exitCode, 0);
        QVERIFY2(result.out.contains("0 of 6 tasks, "), result.out.constData());
        QVERIFY(result.out.endsWith("\r\x1b[K")); // and removed
        QVERIFY(bytesOf(scratch_->path("report")).startsWith("async-sleep: 6 tasks, 6 done\n"));
    }

    void aFullDiskIsASentence()
    {
        for (const char *line : {"exec \"$0\" run file >/dev/full", "exec \"$0\" run --report json file >/dev/full",
                                 "exec \"$0\" --version >/dev/full", "exec \"$0\" scenarios >/dev/full"}) {
            const ProgramResult result = runInShell(line, *scratch_);
            QCOMPARE(result.exitCode, 1);
            QCOMPARE(result.err, QByteArray("loopscope: cannot write to the standard output: No space left on device\n"));
        }
    }

    void aClosedOutputIsASentence()
    {
        const ProgramResult result = runInShell("exec \"$0\" run --report json file >&-", *scratch_);
        QCOMPARE(result.exitCode, 1);
        QVERIFY(result.err.startsWith("loopscope: cannot write to the standard output: "));
        QCOMPARE(bytesOf(scratch_->path("file")), QByteArray("one\ntwo\n"));
    }

    void aReaderThatWentAwayIsNoNews()
    {
        const std::string pipe = scratch_->path("pipe");
        QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
        const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        // The program needs a second; the reader is gone as soon as it has started.
        const QStringList arguments = words("run --report json --scenario async-sleep --set seconds=1");
        const ProgramResult result =
            runProgram(arguments, {{}, {}, QString::fromStdString(pipe), [reader](QProcess &) { ::close(reader); }});
        QCOMPARE(result.err, QByteArray());
        QCOMPARE(result.exitCode, 1);
    }

    void picturesAreDrawnWithoutADisplay_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("beginning");
        QTest::newRow("PNG") << QStringLiteral("p.png") << QByteArray("\x89PNG\r\n");
        QTest::newRow("SVG") << QStringLiteral("p.svg") << QByteArray("<?xml");
        QTest::newRow("PDF") << QStringLiteral("p.pdf") << QByteArray("%PDF-");
    }

    void picturesAreDrawnWithoutADisplay()
    {
        QFETCH(const QString, name);
        QFETCH(const QByteArray, beginning);
        const QStringList noDisplay = {QStringLiteral("DISPLAY=:4711"), QStringLiteral("WAYLAND_DISPLAY=nowhere"),
                                       QStringLiteral("QT_QPA_PLATFORM=xcb"), QStringLiteral("QT_QPA_PLATFORMTHEME=gtk3")};
        const ProgramResult result = runProgram({QStringLiteral("run"), QStringLiteral("file"), QStringLiteral("--screenshot"), name},
                                                {QString::fromStdString(scratch_->path()), noDisplay, {}, {}});
        QCOMPARE(result.err, QByteArray());
        QCOMPARE(result.exitCode, 0);
        QVERIFY(bytesOf(scratch_->path(name.toStdString())).startsWith(beginning));
    }

    void aPictureHasTheSizeAndThemeAskedFor()
    {
        const QStringList arguments = words("run file --size 640x400 --scale 2 --theme dark --screenshot p.png");
        QCOMPARE(runProgram(arguments, {QString::fromStdString(scratch_->path()), {}, {}, {}}).exitCode, 0);
        const QByteArray png = bytesOf(scratch_->path("p.png"));
        QCOMPARE(png.mid(16, 8), QByteArray("\x00\x00\x05\x00\x00\x00\x03\x20", 8)); // 1280 × 800, as its header has them
    }

    void aPictureThatHasNoPlaceIsToldBeforeTheRun_data()
    {
        QTest::addColumn<QByteArray>("preparation");
        QTest::addColumn<QByteArray>("picture");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char *name, const char *preparation, const char *picture, const char *reason) {
            QTest::newRow(name) << QByteArray(preparation) << QByteArray(picture) << QByteArray(reason);
        };
        row("no folder", ":", "missing/p.svg",
            "The picture was not written to missing/p.svg: No such file or directory. There is no such folder: make it, or choose another "
            "one.");
        row("a folder", "mkdir p.svg", "p.svg", "The picture was not written: p.svg is a folder. Name a file in it.");
        row("a device", "ln -s /dev/full p.svg", "p.svg",
            "The picture was not written: p.svg is a device, not a file. Choose another name.");
        row("a FIFO", "mkfifo p.svg", "p.svg", "The picture was not written: p.svg is a FIFO, not a file. Choose another name.");
        row("control characters", ":", "\x1b[31m/p.svg",
            "The picture was not written to \\x1B[31m/p.svg: No such file or directory. There is no such folder: make it, or choose "
            "another "
            "one.");
    }

    void aPictureThatHasNoPlaceIsToldBeforeTheRun()
    {
        QFETCH(const QByteArray, preparation);
        QFETCH(const QByteArray, picture);
        QFETCH(const QByteArray, reason);
        runInShell(preparation.constData(), *scratch_);
        const auto before = entriesIn(scratch_->path());
        const QByteArray line = "exec \"$0\" run file --screenshot '" + picture + '\'';
        const ProgramResult result = runInShell(line.constData(), *scratch_);
        QCOMPARE(result.exitCode, 1);
        QCOMPARE(result.err, "loopscope: " + reason + '\n');
        QCOMPARE(result.out, QByteArray());
        QCOMPARE(entriesIn(scratch_->path()), before);
        QVERIFY(picture != "p.svg" || !std::filesystem::is_regular_file(scratch_->path("p.svg")));
    }

    // Before the run, but for root: what permissions forbid others, root finds out by trying, and only in /sys is root refused.
    void aFolderThatTakesNoFilesIsTold()
    {
        const bool isRoot = ::geteuid() == 0;
        const std::string closed = scratch_->makeFolder("closed");
        QCOMPARE(::chmod(closed.c_str(), 0555), 0);
        const char *line = isRoot ? "exec \"$0\" run file --screenshot /sys/p.svg" : "exec \"$0\" run file --screenshot closed/p.svg";
        const ProgramResult result = runInShell(line, *scratch_);
        QCOMPARE(result.exitCode, 1);
        QCOMPARE(result.out.isEmpty(), !isRoot);
        QVERIFY2(result.err.contains("Permission denied.") && result.err.contains("Files cannot be made there"), result.err.constData());
    }

    void aPictureThatCannotBeWrittenLeavesNothing()
    {
        scratch_->makeFolder("full");
        const ProgramResult result =
            runInShell("cd full; ulimit -f 1; exec \"$0\" run ../file --size 3000x2000 --screenshot p.png", *scratch_);
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.err.startsWith("loopscope: The picture was not written to p.png: File too large."), result.err.constData());
        QVERIFY2(!result.err.contains("Free some space"), result.err.constData());
        QVERIFY(result.out.startsWith("1 file: 1 task, 1 done\n")); // the report is written all the same
        QCOMPARE(entriesIn(scratch_->path("full")), 0);
    }

    void anotherSizeThanAskedForIsSaid()
    {
        const auto said = [this](const char *options) {
            const QByteArray line = QByteArray("exec \"$0\" run file --screenshot ") + options;
            const ProgramResult result = runInShell(line.constData(), *scratch_);
            return result.exitCode == 0 ? result.err : QByteArray("it failed: ") + result.err;
        };
        QCOMPARE(said("P.SVG --size 14400x14400"), QByteArray());
        QVERIFY(bytesOf(scratch_->path("P.SVG")).contains("viewBox=\"0 0 14400 14400\""));
        QVERIFY(said("p.svg --size 10x10").contains("p.svg: 4 of 4 lanes are not shown. Made larger than 10 × 10 pixels: "));
        QVERIFY(said("p.pdf --size 20000x500").startsWith("loopscope: p.pdf: "));
    }

    void aKilledRunLeavesTheEarlierPicture()
    {
        const std::string picture = scratch_->write("p.png", "earlier");
        // Killed ever later, until a run has got to its end in time.
        int killed = 0;
        for (int delayMs = 0, exitCode = -1; exitCode != 0; delayMs += 40) {
            const auto kill = [delayMs](QProcess &process) {
                if (!process.waitForFinished(delayMs))
                    ::kill(static_cast<pid_t>(process.processId()), SIGKILL);
            };
            const QStringList arguments = words("run file --size 2000x1500 --screenshot p.png");
            exitCode = runProgram(arguments, {QString::fromStdString(scratch_->path()), {}, {}, kill}).exitCode;
            killed += exitCode == -1 ? 1 : 0;
            const QByteArray content = bytesOf(picture);
            QVERIFY(content == "earlier" || content.endsWith(QByteArray("IEND\xae\x42\x60\x82")));
            QVERIFY(exitCode != 0 || content != "earlier");
        }
        QVERIFY(killed > 0);
    }

private:
    std::optional<ScratchFolder> scratch_;
};

QTEST_GUILESS_MAIN(OutputTest)
#include "output_test.moc"
