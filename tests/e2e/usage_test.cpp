#include "tests/support/program.h"

#include <QTest>

using namespace loopscope::test;

/// Help, version and wrong usage, as a caller sees them.
class UsageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void helpAndVersionGoToTheStandardOutput()
    {
        for (const char *line : {"--help", "-h", "run --help", "scenarios --help", "--version"}) {
            const ProgramResult result = runProgram(words(line));
            QCOMPARE(result.exitCode, 0);
            QVERIFY2(!result.out.isEmpty(), line);
            QCOMPARE(result.err, QByteArray());
        }
    }

    void wrongUsageIsASentenceAndTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        for (const char *line :
             {"run", "run --nonsense x", "run --workers 0 x", "run --workers", "run --scenario no-such-scenario",
              "run --scenario executor --set tsks=3", "run --scenario executor --set tasks=many", "run --scenario /etc/hostname",
              "run --set a=b x", "run --report xml x", "run --screenshot p.bmp x", "scenarios x", "--nonsense"})
            QTest::newRow(line) << words(line);
    }

    void wrongUsageIsASentenceAndTwo()
    {
        QFETCH(const QStringList, arguments);
        const ProgramResult result = runProgram(arguments);
        QCOMPARE(result.exitCode, 2);
        QCOMPARE(result.out, QByteArray());
        QVERIFY2(result.err.startsWith("loopscope: "), result.err.constData());
    }

    void scenariosAreListed()
    {
        const ProgramResult text = runProgram({QStringLiteral("scenarios")});
        const ProgramResult json = runProgram(words("scenarios --json"));
        QCOMPARE(text.exitCode, 0);
        QCOMPARE(json.exitCode, 0);
        for (const char *name : {"async-read", "executor", "blocked-loop", "async-sleep", "gather", "cpu-bound"}) {
            QVERIFY2(text.out.contains(QByteArray(name) + " - "), name);
            QVERIFY2(json.out.contains('"' + QByteArray(name) + '"'), name);
        }
    }

    void theWindowWithoutADisplaySaysSo()
    {
        const ProgramResult result =
            runProgram({}, {{}, {QStringLiteral("DISPLAY"), QStringLiteral("WAYLAND_DISPLAY"), QStringLiteral("QT_QPA_PLATFORM")}, {}, {}});
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.err.contains("display"), result.err.constData());
    }
};

QTEST_GUILESS_MAIN(UsageTest)
#include "usage_test.moc"
