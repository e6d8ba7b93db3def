#include "core/formats/own/own_file_reader.h"

#include "tests/support/folder_contents.h"
#include "tests/support/program.h"
#include "tests/support/scratch_folder.h"

#include <QFile>
#include <QTest>

#include <filesystem>

#include <csignal>
#include <sys/stat.h>
#include <unistd.h>

using namespace loopscope;
using namespace loopscope::test;

namespace {

constexpr int watchdogMs = 20'000;

void kill(const QProcess &process)
{
    ::kill(static_cast<pid_t>(process.processId()), SIGKILL);
}

/// The names in a folder that are not those that users give: of what was not finished.
std::vector<std::string> temporariesIn(const std::string &folder)
{
    std::vector<std::string> names;
    for (const auto &entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().filename().string().starts_with('.'))
            names.push_back(entry.path().filename());
    }
    return names;
}

} // namespace

/// `loopscope run --save`.
class SaveTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { scratch_.emplace().write("file", "one\ntwo\n"); }

    void aRunIsSaved()
    {
        const ProgramResult result = runHere(words("run file --save t.loopscope"));
        QCOMPARE(result.err, QByteArray());
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(entriesIn(scratch_->path()), 2); // the journal is gone
        const auto opened = openOwnFile(scratch_->path("t.loopscope"), {});
        QVERIFY(opened);
        const Trace &trace = *opened->trace;
        QVERIFY(trace.info().finished);
        QCOMPARE(trace.tasks().size(), std::size_t(1));
        const Lane &task = trace.lane(trace.tasks()[0]);
        QCOMPARE(task.task.outcome, Outcome::Done);
        QCOMPARE(task.task.file->path, std::string("file"));
        QCOMPARE(task.task.file->lines, std::uint64_t(2));
        QCOMPARE(trace.times(task.id).total(), *task.end() - task.begin);
        QVERIFY(!trace.wakes().empty());
    }

    void theReportOfTheRunIsThatOfTheTrace()
    {
        const ProgramResult result = runHere(words("run --scenario executor --set seconds=0.05 --save t.loopscope"));
        QCOMPARE(result.exitCode, 0);
        const auto opened = openOwnFile(scratch_->path("t.loopscope"), {});
        QVERIFY(opened);
        QVERIFY(result.out.startsWith(QByteArray::fromStdString(opened->trace->info().title) + ": "));
    }

    void whatCannotBeWrittenIsSaidBeforeTheRun_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("a folder that is missing") << QStringLiteral("missing/t.loopscope") << QByteArray("No such file or directory");
        QTest::newRow("a folder") << QStringLiteral(".") << QByteArray("it is a folder");
        QTest::newRow("a device") << QStringLiteral("/dev/full") << QByteArray("it is a device, not a file");
        QTest::newRow("a folder that takes no files") << QStringLiteral("/sys/t.loopscope") << QByteArray("Permission denied");
    }

    void whatCannotBeWrittenIsSaidBeforeTheRun()
    {
        QFETCH(const QString, target);
        QFETCH(const QByteArray, reason);
        const ProgramResult result = runHere(words("run file --save") + QStringList(target));
        QCOMPARE(result.exitCode, 1);
        QCOMPARE(result.err, "loopscope: the trace was not saved to " + target.toUtf8() + ": " + reason + '\n');
        QCOMPARE(result.out, QByteArray());
        QCOMPARE(entriesIn(scratch_->path()), 1);
    }

    void aFullDiskKeepsWhatWasThere_data()
    {
        QTest::addColumn<int>("blocks"); // of 512 bytes; the file has some 120
        QTest::addColumn<QByteArray>("kept");
        QTest::newRow("room for nothing") << 8 << QByteArray();
        QTest::newRow("room for some") << 80 << QByteArray("; the beginning of what was recorded is in t.loopscope.part");
    }

    void aFullDiskKeepsWhatWasThere()
    {
        QFETCH(const int, blocks);
        QFETCH(const QByteArray, kept);
        scratch_->write("t.loopscope", "earlier");
        const QString line =
            QStringLiteral("ulimit -f %1; exec '%2' run --scenario async-sleep --set tasks=500 --set seconds=1 --save t.loopscope")
                .arg(blocks)
                .arg(programPath());
        const ProgramResult result =
            run(QStringLiteral("sh"), {QStringLiteral("-c"), line}, {QString::fromStdString(scratch_->path()), {}, {}, {}});
        QCOMPARE(result.exitCode, 1);
        // The notes of the run may follow.
        QVERIFY2(result.err.startsWith("loopscope: the trace was not saved to t.loopscope: File too large" + kept + '\n'),
                 result.err.constData());
        QVERIFY(result.out.contains("500 done")); // the report is written all the same
        QFile earlier(QString::fromStdString(scratch_->path("t.loopscope")));
        QVERIFY(earlier.open(QIODevice::ReadOnly));
        QCOMPARE(earlier.readAll(), QByteArray("earlier"));
        QVERIFY(temporariesIn(scratch_->path()).empty());
        const auto journal = openOwnFile(scratch_->path("t.loopscope.part"), {});
        QCOMPARE(journal.has_value(), !kept.isEmpty());
        QVERIFY(!journal || !journal->trace->tasks().empty());
        QVERIFY(journal || !std::filesystem::exists(scratch_->path("t.loopscope.part")));
    }

    void anInterruptedRunIsSaved()
    {
        const auto interrupt = [this](QProcess &process) {
            QVERIFY(QTest::qWaitFor([this] { return hasSpans("t.loopscope.part"); }, watchdogMs));
            ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        };
        const ProgramResult result = runHere(words("run --scenario async-sleep --set seconds=60 --save t.loopscope"), interrupt);
        QCOMPARE(result.exitCode, 130);
        const auto opened = openOwnFile(scratch_->path("t.loopscope"), {});
        QVERIFY(opened);
        QVERIFY(opened->trace->info().stopped);
        QVERIFY(!std::filesystem::exists(scratch_->path("t.loopscope.part")));
    }

    void aKilledRunLeavesAJournalThatOpens()
    {
        scratch_->write("t.loopscope", "earlier");
        const auto whenItHasSpans = [this](QProcess &process) {
            QVERIFY(QTest::qWaitFor([this] { return hasSpans("t.loopscope.part"); }, watchdogMs));
            kill(process);
        };
        const ProgramResult result = runHere(words("run --scenario async-sleep --set seconds=60 --save t.loopscope"), whenItHasSpans);
        QCOMPARE(result.exitCode, -1);
        QCOMPARE(std::filesystem::file_size(scratch_->path("t.loopscope")), std::uintmax_t(7));
        const auto opened = openOwnFile(scratch_->path("t.loopscope.part"), {});
        QVERIFY(opened);
        const RunInfo &info = opened->trace->info();
        QVERIFY(info.finished && info.wall > 0);
        QVERIFY2(info.notes.back().starts_with("the run was cut off: its first "), info.notes.back().c_str());
        QVERIFY(!opened->trace->tasks().empty());
        for (const LaneId task : opened->trace->tasks())
            QCOMPARE(opened->trace->lane(task).task.outcome, Outcome::Unfinished);
    }

    void aKilledSaveLeavesTheEarlierFileAndTheJournal()
    {
        // So many tasks that saving takes a while. Killed ever later, until a run has got to its end in time.
        const std::string file = scratch_->path("t.loopscope");
        int killed = 0;
        for (int delayMs = 0, exitCode = -1; exitCode != 0; delayMs += 15) {
            scratch_->write("t.loopscope", "earlier");
            std::filesystem::remove(file + ".part");
            const auto killInTime = [delayMs](QProcess &process) {
                if (!process.waitForFinished(delayMs))
                    kill(process);
            };
            exitCode =
                runHere(words("run --scenario async-sleep --set tasks=2000 --set seconds=0 --save t.loopscope"), killInTime).exitCode;
            killed += exitCode == -1 ? 1 : 0;
            const bool isEarlier = std::filesystem::file_size(file) == 7;
            QVERIFY(isEarlier || openOwnFile(file, {}));
            QVERIFY(exitCode != 0 || !isEarlier);
            for (const std::string &temporary : temporariesIn(scratch_->path()))
                std::filesystem::remove(scratch_->path(temporary));
        }
        QVERIFY(killed > 0);
    }

    void aKilledConversionLeavesTheEarlierFileOrAllOfTheNewOne()
    {
        constexpr int events = 200'000;
        std::string text = "[";
        for (int i = 0; i < events; ++i)
            text += "{\"ph\":\"X\",\"pid\":1,\"tid\":1,\"ts\":" + std::to_string(i)
                    + ",\"dur\":1,\"name\":\"n\",\"args\":{\"i\":" + std::to_string(i) + "}},";
        text.back() = ']';
        scratch_->write("t.json", text);
        const std::string file = scratch_->path("t.loopscope");
        int killed = 0;
        for (int delayMs = 0, exitCode = -1; exitCode != 0; delayMs += 25) {
            scratch_->write("t.loopscope", "earlier");
            const auto killInTime = [delayMs](QProcess &process) {
                if (!process.waitForFinished(delayMs))
                    kill(process);
            };
            exitCode = runHere(words("convert t.json t.loopscope"), killInTime).exitCode;
            killed += exitCode == -1 ? 1 : 0;
            if (std::filesystem::file_size(file) == 7) {
                QVERIFY(exitCode != 0);
                continue;
            }
            const auto opened = openOwnFile(file, {});
            QVERIFY(opened);
            QVERIFY(opened->trace->info().problems.empty());
            QCOMPARE(opened->trace->spanCount(), std::size_t(events));
        }
        QVERIFY(killed > 0);
    }

private:
    ProgramResult runHere(const QStringList &arguments, std::function<void(QProcess &)> whenStarted = {})
    {
        return runProgram(arguments, {QString::fromStdString(scratch_->path()), {}, {}, std::move(whenStarted)});
    }

    /// Whether a file opens and has spans, as a journal once the run goes on.
    bool hasSpans(const char *name)
    {
        const auto opened = openOwnFile(scratch_->path(name), {});
        return opened && opened->trace->spanCount() > 0;
    }

    std::optional<ScratchFolder> scratch_;
};

QTEST_GUILESS_MAIN(SaveTest)
#include "save_test.moc"
