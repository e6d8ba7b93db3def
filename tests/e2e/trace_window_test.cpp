// Traces in the real window: opened, dragged in, saved, and found again after a kill.

#include "tests/support/program.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/x_display.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <csignal>

using namespace loopscope;

namespace {

constexpr int watchdogMs = 60'000;
constexpr QRect windowPlace(0, 0, 1100, 800);
constexpr QRect sourcePlace(1150, 300, 200, 200);
constexpr auto othersTrace = R"([{"ph": "X", "name": "work", "ts": 1, "dur": 2000, "pid": 1, "tid": 1}])";
constexpr auto hour = R"({"loopscope_scenario": 1, "name": "hour", "title": "An hour", "workers": 1,
    "tasks": [{"name": "nap", "kind": "timer", "duration_s": 3600}]})";

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

} // namespace

class TraceWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void opensATraceThatIsDraggedIn();
    void savesARunAndOpensItAgain();
    void findsWhatAKilledProgramLeftBehind();

private:
    void startWindow(const QStringList &arguments);
    void endWindow(int signal);
    [[nodiscard]] QString title() const { return display_.titleOf(window_); }
    /// The dialog of that title, once it is there.
    QString dialog(const QString &named) const;
    void writeSettings(const QByteArray &lines) const;

    XDisplay display_{1400, 850};
    std::unique_ptr<test::ScratchFolder> scratch_;
    std::unique_ptr<QProcess> program_;
    std::unique_ptr<QProcess> source_;
    QString window_;
};

void TraceWindowTest::initTestCase()
{
    QVERIFY2(display_.isUp(), "Xvfb could not be started: is the package xvfb installed?");
}

void TraceWindowTest::init()
{
    scratch_ = std::make_unique<test::ScratchFolder>();
    scratch_->makeFolder("home");
}

void TraceWindowTest::cleanup()
{
    if (source_) {
        source_->kill();
        source_->waitForFinished(watchdogMs);
    }
    source_.reset();
    if (program_)
        endWindow(SIGTERM);
    scratch_.reset();
}

void TraceWindowTest::startWindow(const QStringList &arguments)
{
    program_ = std::make_unique<QProcess>();
    program_->setProcessEnvironment(display_.environment(text(scratch_->path("home"))));
    program_->setProcessChannelMode(QProcess::ForwardedChannels);
    program_->start(test::programPath(), arguments);
    QVERIFY(program_->waitForStarted(watchdogMs));
    QTRY_VERIFY_WITH_TIMEOUT(!(window_ = display_.findWindow(program_->processId(), QStringLiteral("Loopscope"))).isEmpty(), watchdogMs);
    display_.place(window_, windowPlace.x(), windowPlace.y(), windowPlace.width(), windowPlace.height());
    display_.focus(window_);
}

void TraceWindowTest::endWindow(int signal)
{
    QCOMPARE(::kill(static_cast<pid_t>(program_->processId()), signal), 0);
    QVERIFY(program_->waitForFinished(watchdogMs));
    QCOMPARE(program_->exitStatus(), signal == SIGKILL ? QProcess::CrashExit : QProcess::NormalExit);
    program_.reset();
}

QString TraceWindowTest::dialog(const QString &named) const
{
    QString found;
    (void)QTest::qWaitFor([&] { return !(found = display_.findWindow(program_->processId(), named)).isEmpty(); }, watchdogMs);
    return found;
}

void TraceWindowTest::writeSettings(const QByteArray &lines) const
{
    const QString folder = text(scratch_->path("home")) + QStringLiteral("/XDG_CONFIG_HOME/loopscope");
    QVERIFY(QDir().mkpath(folder));
    QFile file(folder + QStringLiteral("/loopscope.conf"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(lines);
}

void TraceWindowTest::opensATraceThatIsDraggedIn()
{
    startWindow({});
    source_ = std::make_unique<QProcess>();
    source_->setProcessEnvironment(display_.environment(text(scratch_->path("home"))));
    source_->start(QStringLiteral(LOOPSCOPE_DRAG_SOURCE), {text(scratch_->write("others.json", othersTrace))});
    QVERIFY(source_->waitForStarted(watchdogMs));
    QString found;
    QTRY_VERIFY_WITH_TIMEOUT(!(found = display_.findWindow(source_->processId(), QStringLiteral("drag source"))).isEmpty(), watchdogMs);
    display_.place(found, sourcePlace.x(), sourcePlace.y(), sourcePlace.width(), sourcePlace.height());
    const auto dragIt = [this] {
        display_.drag(sourcePlace.center(), windowPlace.center());
        QByteArray printed;
        QTRY_VERIFY_WITH_TIMEOUT((printed += source_->readAllStandardOutput()).contains("copied"), watchdogMs);
        display_.focus(window_);
    };
    // The offer has the keyboard; until it is there, Return does nothing.
    dragIt();
    const auto isOpen = [this] {
        display_.press(QStringLiteral("Return"));
        return title() == QStringLiteral("others.json – 1 thread of 1 process – Loopscope");
    };
    QTRY_VERIFY_WITH_TIMEOUT(isOpen(), watchdogMs);
    const auto isRead = [this] {
        display_.press(QStringLiteral("Right"));
        display_.press(QStringLiteral("Return"));
        return title() == QStringLiteral("Untitled* – 1 file read – Loopscope");
    };
    // An offer that comes between the two keys is answered by the second one, with what it has first: then another one is needed.
    constexpr int mostTries = 10;
    bool wasRead = false;
    for (int i = 0; i < mostTries && !wasRead; ++i) {
        dragIt();
        wasRead = QTest::qWaitFor(isRead, watchdogMs / mostTries);
    }
    QVERIFY(wasRead);
}

void TraceWindowTest::savesARunAndOpensItAgain()
{
    const QString path = text(scratch_->path("mine.loopscope"));
    startWindow({text(scratch_->write("alpha", "1"))});
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("Untitled* – 1 file read – Loopscope"), watchdogMs);
    display_.press(QStringLiteral("ctrl+s"));
    const QString save = dialog(QStringLiteral("Save the trace"));
    QVERIFY(!save.isEmpty());
    display_.focus(save);
    display_.press(QStringLiteral("ctrl+a"));
    display_.type(path);
    display_.press(QStringLiteral("Return"));
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("mine.loopscope – 1 file read – Loopscope"), watchdogMs);
    endWindow(SIGTERM);

    startWindow({QStringLiteral("open"), path});
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("mine.loopscope – 1 file read – Loopscope"), watchdogMs);
    display_.press(QStringLiteral("m"));
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("mine.loopscope* – 1 file read – Loopscope"), watchdogMs);
    display_.press(QStringLiteral("ctrl+s"));
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("mine.loopscope – 1 file read – Loopscope"), watchdogMs);
    // A run that is in no file asks before it goes; Esc keeps it.
    display_.press(QStringLiteral("ctrl+1"));
    QTRY_VERIFY_WITH_TIMEOUT(title().endsWith(QStringLiteral("files read – Loopscope")) && !title().contains(QStringLiteral("mine")),
                             watchdogMs);
    display_.press(QStringLiteral("ctrl+q"));
    const QString question = dialog(QStringLiteral("Not saved"));
    QVERIFY(!question.isEmpty());
    display_.focus(question);
    display_.press(QStringLiteral("Escape"));
    QTRY_VERIFY_WITH_TIMEOUT(display_.findWindow(program_->processId(), QStringLiteral("Not saved")).isEmpty(), watchdogMs);
    QCOMPARE(program_->state(), QProcess::Running);
}

void TraceWindowTest::findsWhatAKilledProgramLeftBehind()
{
    writeSettings("[run]\nautosaves=true\n");
    startWindow({text(scratch_->write("hour.json", hour))});
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("An hour – Loopscope"), watchdogMs);
    display_.press(QStringLiteral("ctrl+r"));
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("Untitled* – hour: 0 of 1 tasks done – Loopscope"), watchdogMs);
    QTest::qWait(2500); // so long that something is written: that is done every second
    endWindow(SIGKILL);

    startWindow({});
    const auto isOpen = [this] { // the offer, once it is there, has the keyboard
        display_.press(QStringLiteral("Return"));
        return title().startsWith(QStringLiteral("Untitled* – hour: "));
    };
    QTRY_VERIFY_WITH_TIMEOUT(isOpen(), watchdogMs);
}

QTEST_GUILESS_MAIN(TraceWindowTest)
#include "trace_window_test.moc"
