// The program as a process: without a display, and ended by signals.

#include "tests/support/program.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/x_display.h"

#include <QElapsedTimer>
#include <QTest>

#include <csignal>

using namespace loopscope;

namespace {

constexpr int watchdogMs = 60'000;
constexpr int soonMs = 15'000; // the run would last an hour

QProcessEnvironment without(QProcessEnvironment environment, const QStringList &names)
{
    for (const QString &name : names)
        environment.remove(name);
    return environment;
}

} // namespace

class WindowProcessTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysThatThereIsNoDisplay_data();
    void saysThatThereIsNoDisplay();
    void endsInOrderBySignal_data();
    void endsInOrderBySignal();

private:
    test::ScratchFolder scratch_;
};

void WindowProcessTest::saysThatThereIsNoDisplay_data()
{
    QTest::addColumn<QString>("display");
    QTest::addColumn<QString>("platform");
    QTest::newRow("nothing set") << QString() << QString();
    QTest::newRow("a display that nobody serves") << QStringLiteral(":6543") << QString();
    QTest::newRow("a platform that does not exist") << QString() << QStringLiteral("no-such-platform");
}

void WindowProcessTest::saysThatThereIsNoDisplay()
{
    QFETCH(QString, display);
    QFETCH(QString, platform);
    QProcessEnvironment environment =
        without(QProcessEnvironment::systemEnvironment(), {QStringLiteral("DISPLAY"), QStringLiteral("WAYLAND_DISPLAY"),
                                                           QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("XDG_SESSION_TYPE")});
    if (!display.isNull())
        environment.insert(QStringLiteral("DISPLAY"), display);
    if (!platform.isNull())
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), platform);
    QProcess program;
    program.setProcessEnvironment(environment);
    program.start(test::programPath(), QStringList());
    QVERIFY(program.waitForFinished(watchdogMs));
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 1);
    const QByteArray said = program.readAllStandardError();
    QVERIFY2(said.startsWith("loopscope: "), said.constData());
    QCOMPARE(said.count('\n'), 1);
    QVERIFY(program.readAllStandardOutput().isEmpty());
}

void WindowProcessTest::endsInOrderBySignal_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
}

void WindowProcessTest::endsInOrderBySignal()
{
    QFETCH(int, signal);
    const XDisplay display(1000, 700);
    QVERIFY2(display.isUp(), "Xvfb could not be started: is the package xvfb installed?");
    const std::string scenario = scratch_.write("hour.json", R"({"loopscope_scenario": 1, "name": "hour", "title": "An hour", "workers": 1,
        "tasks": [{"name": "on the loop", "kind": "sleep", "place": "loop", "duration_s": 3600},
                  {"name": "on a worker", "kind": "sleep", "duration_s": 3600}]})");
    QProcess program;
    program.setProcessEnvironment(display.environment(QString::fromStdString(scratch_.makeFolder("home"))));
    program.start(test::programPath(), {QString::fromStdString(scenario)});
    QVERIFY(program.waitForStarted(watchdogMs));
    QString window;
    QTRY_VERIFY_WITH_TIMEOUT(!(window = display.findWindow(program.processId(), QStringLiteral("Loopscope"))).isEmpty(), watchdogMs);
    display.place(window, 0, 0, 900, 600);
    display.focus(window);
    QTRY_COMPARE_WITH_TIMEOUT(display.titleOf(window), QStringLiteral("An hour – Loopscope"), watchdogMs);
    display.press(QStringLiteral("ctrl+r"));
    QTRY_COMPARE_WITH_TIMEOUT(display.titleOf(window), QStringLiteral("Untitled* – hour: 0 of 2 tasks done – Loopscope"), watchdogMs);

    QElapsedTimer sinceSignal;
    sinceSignal.start();
    QCOMPARE(::kill(static_cast<pid_t>(program.processId()), signal), 0);
    QVERIFY(program.waitForFinished(watchdogMs));
    QVERIFY2(sinceSignal.elapsed() < soonMs, qPrintable(QString::number(sinceSignal.elapsed())));
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
}

QTEST_GUILESS_MAIN(WindowProcessTest)
#include "window_process_test.moc"
