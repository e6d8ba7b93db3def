#include "tests/support/program.h"
#include "tests/support/scratch_folder.h"

#include <QFile>
#include <QTest>

#include <filesystem>
#include <optional>
#include <string>

using namespace loopscope::test;

/// A program that was installed without its modules, or with damaged ones.
class MissingModuleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        scratch_.emplace();
        std::filesystem::create_directory(scratch_->path("bin"));
        QVERIFY(QFile::copy(programPath(), QString::fromStdString(scratch_->path("bin/loopscope"))));
        scratch_->write("a.txt", "a line\n");
    }

    void socketsAreMissedByTheServerAlone()
    {
        const ProgramResult result = runCopy("run --scenario connections");
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.err.contains("server: it cannot listen: the part with the sockets cannot be loaded"), result.err.constData());
        QVERIFY2(result.err.contains("install or build the program anew"), result.err.constData());
        QCOMPARE(runCopy("run a.txt").exitCode, 0);
        QCOMPARE(runCopy("run --scenario connections --set place=thread").exitCode, 0);
    }
    void archivesAreMissedBeforeAnythingIsMeasured()
    {
        const ProgramResult result = runCopy("compare --save saved.loopcompare a.txt");
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.err.contains("cannot be saved to saved.loopcompare: the part for archives cannot be loaded"),
                 result.err.constData());
        QVERIFY(result.out.isEmpty());
        QVERIFY(!std::filesystem::exists(scratch_->path("saved.loopcompare")));
    }
    void aDamagedModuleIsAsGoodAsNone()
    {
        const std::string folder = "bin/" LOOPSCOPE_MODULES;
        std::filesystem::create_directories(scratch_->path(folder));
        scratch_->write(folder + "/loopscope-archives.so", "no library");
        const ProgramResult result = runCopy("compare --save saved.loopcompare a.txt");
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.err.contains("loopscope-archives.so: file too short"), result.err.constData());
    }

private:
    ProgramResult runCopy(const char *line)
    {
        return run(QString::fromStdString(scratch_->path("bin/loopscope")), words(line),
                   {QString::fromStdString(scratch_->path()), {}, {}, {}});
    }

    std::optional<ScratchFolder> scratch_;
};

QTEST_GUILESS_MAIN(MissingModuleTest)
#include "missing_module_test.moc"
