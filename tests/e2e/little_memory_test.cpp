#include "tests/support/program.h"
#include "tests/support/scratch_folder.h"

#include <QTest>

using namespace loopscope::test;

/// A system that grants little memory. The program's own allocator is what is asked, so that this tells nothing of builds with sanitizers.
class LittleMemoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTraceThatIsTooLargeIsRefused_data()
    {
        QTest::addColumn<QString>("command");
        QTest::newRow("report") << QStringLiteral("report big.json");
        QTest::newRow("convert") << QStringLiteral("convert big.json big.csv");
    }
    void aTraceThatIsTooLargeIsRefused()
    {
        QFETCH(const QString, command);
        const ScratchFolder scratch;
        std::string events = "[";
        for (int i = 0; i < 600'000; ++i)
            events += "{\"ph\":\"X\",\"pid\":1,\"tid\":" + std::to_string(i % 100) + ",\"ts\":" + std::to_string(i)
                      + ",\"dur\":1,\"name\":\"slice number " + std::to_string(i) + "\"},\n";
        scratch.write("big.json", events + "{\"ph\":\"i\",\"pid\":1,\"tid\":1,\"ts\":1,\"name\":\"x\"}]");
        const ProgramResult result =
            run(QStringLiteral("sh"), {QStringLiteral("-c"), QStringLiteral("ulimit -v 200000; exec \"$0\" ") + command, programPath()},
                {QString::fromStdString(scratch.path()), {}, {}, {}});
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.err.contains("there is not enough memory"), result.err.constData());
    }
    /// Threads come by the hundred, and each has a little memory of its own.
    void aThreadTakesLittle()
    {
        const ProgramResult result =
            run(QStringLiteral("sh"), {QStringLiteral("-c"),
                                       QStringLiteral("ulimit -d 4000000; exec \"$0\" run --scenario connections --set "
                                                      "place=thread --set clients=300 /etc/hostname"),
                                       programPath()});
        QCOMPARE(result.err, QByteArray("loopscope: each blocking job had a thread of its own\n"));
        QCOMPARE(result.exitCode, 0);
    }
};

QTEST_GUILESS_MAIN(LittleMemoryTest)
#include "little_memory_test.moc"
