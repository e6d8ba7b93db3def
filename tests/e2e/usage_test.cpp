#include "tests/support/program.h"

#include <QTest>

using namespace loopscope::test;

/// Help, version and wrong usage, as a caller sees them.
class UsageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void helpAndVersionGoToTheStandardOutput()
    {
        for (const char *line : {"--help", "-h", "run --help", "compare --help", "what-if --help", "scenarios --help", "open --help",
                                 "report -h", "convert --help", "screenshot --help", "--version"}) {
            const ProgramResult result = runProgram(words(line));
            QCOMPARE(result.exitCode, 0);
            QVERIFY2(!result.out.isEmpty(), line);
            QCOMPARE(result.err, QByteArray());
        }
    }

    void wrongUsageIsASentenceAndTwo_data()
    {
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *line, const char *sentence) { QTest::newRow(line) << QString::fromUtf8(sentence); };
        row("run", "run: there is nothing to run: name a file, a folder or a --scenario");
        row("run --nonsense x", "run: there is no option --nonsense");
        row("run --workers 0 x", "run: --workers: \"0\" is neither per-job nor a whole number from 1 to 1024");
        row("run --workers", "run: --workers needs a value: N|per-job");
        row("run --scenario no-such-scenario",
            "scenario no-such-scenario: cannot be opened: No such file or directory; built in are async-read, executor, blocked-loop, "
            "async-sleep, gather, cpu-bound, connections");
        row("run --scenario executor --set tsks=3",
            "scenario executor: parameter \"tsks\": there is no such parameter; the parameters are: tasks (integer, 1 to 1000); seconds "
            "(number, 0 to 3600); place (pool, loop or timer)");
        row("run --scenario executor --set tasks=many",
            "scenario executor: parameter tasks: \"many\" is not allowed; it takes integer, 1 to 1000");
        row("run --scenario /dev/null", "scenario /dev/null: is not a regular file");
        row("run --set a=b x", "run: --set needs a --scenario whose parameter it sets");
        row("run --set --help x", "run: --set: \"--help\" is not of the form KEY=VALUE");
        row("run --report xml x", "run: --report: \"xml\" is none of text, json and none");
        row("run --screenshot p.bmp x", "run: --screenshot: \"p.bmp\" does not end in .png, .svg or .pdf");
        row("run --theme dark x", "run: --theme needs a --screenshot");
        row("open", "open: TRACE is missing");
        row("what-if a", "what-if: nothing would be otherwise: say --workers, --loop-jobs-to-pool or --endless-in-flight");
        row("convert a b.txt", "convert: b.txt ends in none of .loopscope, .json, .json.gz and .csv");
        row("screenshot a b.png --range x", "screenshot: --range: \"x\" is no range of time such as 1.5s..2s");
        row("scenarios x", "scenarios: takes no file, yet there is x");
        row("--nonsense", "there is no option --nonsense");
    }

    void wrongUsageIsASentenceAndTwo()
    {
        QFETCH(const QString, sentence);
        const ProgramResult result = runProgram(words(QTest::currentDataTag()));
        QCOMPARE(result.exitCode, 2);
        QCOMPARE(result.out, QByteArray());
        // Then, if it is the command line that is wrong, where to find help.
        const QString said = QString::fromUtf8(result.err);
        const QString firstLine = said.left(said.indexOf(QLatin1Char('\n')));
        QCOMPARE(firstLine, QStringLiteral("loopscope: ") + sentence);
        QCOMPARE(said.contains(QStringLiteral("\nTry `loopscope")), !sentence.startsWith(QStringLiteral("scenario ")));
    }

    void tooFewDescriptorsAreASentence_data()
    {
        QTest::addColumn<QByteArray>("command");
        QTest::newRow("run") << QByteArray("run /etc/hostname");
        QTest::newRow("window") << QByteArray();
    }

    void tooFewDescriptorsAreASentence()
    {
        QFETCH(const QByteArray, command);
        for (int limit = 3; limit < 9; ++limit) {
            const QString line = QStringLiteral("ulimit -n %1; exec \"$0\" %2").arg(limit).arg(QString::fromUtf8(command));
            const ProgramResult result = run(QStringLiteral("sh"), {QStringLiteral("-c"), line, programPath()});
            if (result.exitCode == 127)
                continue; // the program could not be loaded
            QCOMPARE(result.exitCode, 1);
            QCOMPARE(result.err, QByteArray("loopscope: too few files may be open at once: raise the limit (ulimit -n)\n"));
        }
    }

    void scenariosAreListed()
    {
        const ProgramResult text = runProgram({QStringLiteral("scenarios")});
        const ProgramResult json = runProgram(words("scenarios --json"));
        QCOMPARE(text.exitCode, 0);
        QCOMPARE(json.exitCode, 0);
        for (const char *name : {"async-read", "executor", "blocked-loop", "async-sleep", "gather", "cpu-bound", "connections"}) {
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
