// A real drag: a second program drags files onto the real window, on an X server of the test's own.

#include "tests/support/program.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/x_display.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

namespace {

constexpr int watchdogMs = 60'000;
constexpr QRect windowPlace(0, 0, 1100, 800);
constexpr QRect sourcePlace(1150, 300, 200, 200);

/// The colours of states in a light picture, as SVG spells them.
constexpr auto inWorkerColour = "#1f4e9e";
constexpr auto runningColour = "#009e73";
constexpr auto blockingColour = "#b23a00";

constexpr auto blockedForTenSeconds = R"({"loopscope_scenario": 1, "name": "ten", "title": "Ten seconds", "workers": 2, "tasks": [
    {"name": "time.sleep", "kind": "sleep", "place": "loop", "duration_s": 10}]})";

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

} // namespace

class DragTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void readsFilesDraggedFromAnotherProgram();
    void goesOnWhileTheLoopIsBlocked();

private:
    void startWindow(const QStringList &arguments);
    void startSource(const QStringList &files);
    void dragFiles();
    QByteArray exportSvg(const QString &name);
    [[nodiscard]] QString title() const { return display_.titleOf(window_); }
    [[nodiscard]] QStringList writeFiles() const;

    XDisplay display_{1400, 850};
    std::unique_ptr<test::ScratchFolder> scratch_;
    std::unique_ptr<QProcess> program_;
    std::unique_ptr<QProcess> source_;
    QString window_;
};

void DragTest::initTestCase()
{
    QVERIFY2(display_.isUp(), "Xvfb could not be started: is the package xvfb installed?");
    QVERIFY2(!display_.xdotool({QStringLiteral("version")}).isNull(), "xdotool could not be started: is the package xdotool installed?");
}

void DragTest::init()
{
    scratch_ = std::make_unique<test::ScratchFolder>();
    scratch_->makeFolder("home");
}

void DragTest::cleanup()
{
    if (source_) {
        source_->kill();
        source_->waitForFinished(watchdogMs);
    }
    source_.reset();
    if (program_) {
        program_->terminate();
        QVERIFY(program_->waitForFinished(watchdogMs));
        QCOMPARE(program_->exitStatus(), QProcess::NormalExit);
    }
    program_.reset();
    scratch_.reset();
}

void DragTest::startWindow(const QStringList &arguments)
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

void DragTest::startSource(const QStringList &files)
{
    source_ = std::make_unique<QProcess>();
    source_->setProcessEnvironment(display_.environment(text(scratch_->path("home"))));
    source_->start(QStringLiteral(LOOPSCOPE_DRAG_SOURCE), files);
    QVERIFY(source_->waitForStarted(watchdogMs));
    QString found;
    QTRY_VERIFY_WITH_TIMEOUT(!(found = display_.findWindow(source_->processId(), QStringLiteral("drag source"))).isEmpty(), watchdogMs);
    display_.place(found, sourcePlace.x(), sourcePlace.y(), sourcePlace.width(), sourcePlace.height());
}

void DragTest::dragFiles()
{
    display_.drag(sourcePlace.center(), windowPlace.center());
    QByteArray printed;
    QTRY_VERIFY_WITH_TIMEOUT((printed += source_->readAllStandardOutput()).contains("copied"), watchdogMs);
    display_.focus(window_);
}

QStringList DragTest::writeFiles() const
{
    return {text(scratch_->write("alpha.txt", std::string(1000, 'a'))), text(scratch_->write("beta.bin", std::string(2'500'000, '\0'))),
            text(scratch_->write("gamma ray.txt", std::string(123, 'c')))};
}

QByteArray DragTest::exportSvg(const QString &name)
{
    const QString path = text(scratch_->path()) + QLatin1Char('/') + name;
    display_.press(QStringLiteral("ctrl+e"));
    QString dialog;
    const auto isOpen = [&] {
        dialog = display_.findWindow(program_->processId(), QStringLiteral("Export picture"));
        return !dialog.isEmpty();
    };
    if (!QTest::qWaitFor(isOpen, watchdogMs))
        return {};
    display_.focus(dialog);
    display_.type(path);
    display_.press(QStringLiteral("Return"));
    QFile file(path);
    if (!QTest::qWaitFor([&file] { return file.exists(); }, watchdogMs) || !file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll();
}

void DragTest::readsFilesDraggedFromAnotherProgram()
{
    startWindow({});
    startSource(writeFiles());
    dragFiles();
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("3 files read – Loopscope"), watchdogMs);

    const QString svg = QString::fromUtf8(exportSvg(QStringLiteral("run.svg")));
    for (const char *name : {"alpha.txt", "beta.bin", "gamma ray.txt"})
        QVERIFY2(svg.contains(QLatin1String(name)), name);
    const QString plain = QString(svg).replace(QChar(0x202F), QLatin1Char(' '));
    for (const char *bytes : {">1000 bytes<", ">2500000 bytes<", ">123 bytes<"})
        QVERIFY2(plain.contains(QLatin1String(bytes)), bytes);
    QVERIFY(svg.contains(QLatin1String(inWorkerColour), Qt::CaseInsensitive));
    QVERIFY(svg.contains(QLatin1String(runningColour), Qt::CaseInsensitive));
}

void DragTest::goesOnWhileTheLoopIsBlocked()
{
    startWindow({text(scratch_->write("ten.json", blockedForTenSeconds))});
    startSource(writeFiles());
    // The scenario is opened, and does not run until it is told to.
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("Ten seconds – Loopscope"), watchdogMs);
    display_.press(QStringLiteral("ctrl+r"));
    QTRY_VERIFY_WITH_TIMEOUT(title() == QStringLiteral("ten: 0 of 1 tasks done – Loopscope"), watchdogMs);
    QElapsedTimer sinceStart;
    sinceStart.start();

    dragFiles();
    const QByteArray blocked = exportSvg(QStringLiteral("blocked.svg"));
    QVERIFY2(sinceStart.elapsed() < 10'000, "too slow to tell whether the window answered while the loop was blocked");
    QVERIFY(blocked.toLower().contains(blockingColour));

    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("ten: 4 tasks done – Loopscope"), watchdogMs);
    const QByteArray svg = exportSvg(QStringLiteral("after.svg"));
    for (const char *name : {"alpha.txt", "beta.bin", "gamma ray.txt", "time.sleep"})
        QVERIFY2(svg.contains(name), name);
}

QTEST_GUILESS_MAIN(DragTest)
#include "drag_test.moc"
