#include "tests/support/program.h"

#include <QTest>

using namespace loopscope::test;

/// A system that grants no thread.
class NoThreadTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRunThatGetsNoThreadEndsAndSaysSo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("note");
        const auto row = [](const char *line, const char *note) { QTest::newRow(line) << words(line) << QByteArray(note); };
        row("run /etc/hostname", "loopscope: the system grants no thread to look for the files: nothing was run\n");
        row("run --scenario executor", "loopscope: the system grants no thread or no descriptor for the loop: nothing was run\n");
    }

    void aRunThatGetsNoThreadEndsAndSaysSo()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, note);
        const QStringList environment = {QStringLiteral("LD_PRELOAD=" LOOPSCOPE_REFUSING_THREADS),
                                         QStringLiteral("LD_LIBRARY_PATH=" LOOPSCOPE_PRELOADS)};
        const ProgramResult result = runProgram(arguments, {{}, environment, {}, {}});
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.err.contains(note), result.err.constData());
    }
};

QTEST_GUILESS_MAIN(NoThreadTest)
#include "no_thread_test.moc"
