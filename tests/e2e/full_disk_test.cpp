#include "tests/support/program.h"
#include "tests/support/scratch_folder.h"

#include <QTest>

#include <cstdint>
#include <filesystem>
#include <string>

using namespace loopscope::test;

/// What is written onto a disk that has no room for it: a file system of its own, in memory, that ends with each test.
class FullDiskTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        std::string events = "[";
        for (std::uint32_t i = 0; i < 20'000; ++i)
            events += "{\"ph\":\"X\",\"pid\":1,\"tid\":1,\"ts\":" + std::to_string(i) + ",\"dur\":1,\"name\":\""
                      + std::to_string(i * 2654435761U) + "\"},\n";
        scratch_.write("large.json", events + "{\"ph\":\"i\",\"pid\":1,\"tid\":1,\"ts\":1,\"name\":\"x\"}]");
        scratch_.makeFolder("disk");
        if (onDisk(QStringLiteral("true")).exitCode != 0)
            QSKIP("the system grants no file system of one's own");
    }

    void aConversionLeavesWhatWasThere_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"t.loopscope", "t.json", "t.json.gz", "t.csv"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void aConversionLeavesWhatWasThere()
    {
        QFETCH(const QString, name);
        const ProgramResult result =
            onDisk(QStringLiteral("printf earlier > %1; \"$0\" convert ../large.json %1; echo $? $(ls -A) $(cat %1)").arg(name));
        QCOMPARE(result.out, "1 " + name.toUtf8() + " earlier\n");
        QCOMPARE(result.err, "loopscope: " + name.toUtf8() + ": No space left on device\n");
    }

    void aConversionLeavesNothing()
    {
        const ProgramResult result = onDisk(QStringLiteral("\"$0\" convert ../large.json t.csv; echo $? $(ls -A)"));
        QCOMPARE(result.out, QByteArray("1\n"));
        QCOMPARE(result.err, QByteArray("loopscope: t.csv: No space left on device\n"));
    }

    // The run is the dearer one: its report is written, and the journal keeps what it could.
    void aRunGoesOn()
    {
        const ProgramResult result =
            onDisk(QStringLiteral("printf earlier > t.loopscope; \"$0\" run --scenario async-sleep --set tasks=3000 --set seconds=0.01 "
                                  "--save t.loopscope > ../report; echo $? $(cat t.loopscope) $(ls -A | grep -v part)"));
        QCOMPARE(result.out, QByteArray("1 earlier t.loopscope\n"));
        QVERIFY2(result.err.startsWith("loopscope: the trace was not saved to t.loopscope: No space left on device"),
                 result.err.constData());
        QVERIFY(std::filesystem::file_size(scratch_.path("report")) > 0);
    }

    void aReportThatCannotBeWrittenIsAFailure()
    {
        const ProgramResult result = onDisk(QStringLiteral("\"$0\" report ../large.json --json > t.json; echo $?"));
        QCOMPARE(result.out, QByteArray("1\n"));
        QVERIFY2(result.err.contains("No space left on device"), result.err.constData());
    }

private:
    /// Runs a line of the shell in the folder of the disk, which has 60 KB; "$0" is the program.
    ProgramResult onDisk(const QString &line)
    {
        const QString whole = QStringLiteral("mount -t tmpfs -o size=60k none disk && cd disk && ") + line;
        return run(QStringLiteral("unshare"),
                   {QStringLiteral("--user"), QStringLiteral("--map-root-user"), QStringLiteral("--mount"), QStringLiteral("sh"),
                    QStringLiteral("-c"), whole, programPath()},
                   {QString::fromStdString(scratch_.path()), {}, {}, {}});
    }

    ScratchFolder scratch_;
};

QTEST_GUILESS_MAIN(FullDiskTest)
#include "full_disk_test.moc"
